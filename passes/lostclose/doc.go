// Package lostclose finds calls that close, flush, sync or commit what was written, and whose error nobody takes.
//
// # What is flagged
//
// What was written through a handle decides, not the name of the call. A file that takes the place of another, and is
// closed without a look at the error on a path that reports success:
//
//	f.Close()
//	return os.Rename(name+".new", name)
//
// A writer that buffers, compresses or packs writes the rest only when it is flushed or closed: bufio.Writer,
// tabwriter.Writer, gzip, zlib, flate, zip, tar, xml, multipart, any io.WriteCloser, and every own type whose Close flushes
// or writes. Closing the file below does not help:
//
//	gz := gzip.NewWriter(f)
//	defer gz.Close()
//
// Sync and Commit say whether what was written lasts:
//
//	tx.Commit()
//	return nil
//
// A csv.Writer keeps its error until it is asked for it, so after Flush somebody has to:
//
//	out.Flush()
//	return nil
//
// And a method that is named where it was to be called:
//
//	_ = f.Close
//
// The strict tier adds closing a file that is nothing more, deferred or not:
//
//	defer f.Close()
//	_, err = f.Write(state)
//	return err
//
// Most of the writes told how they went, and what only Close can tell is what a quota or a file system on another
// machine kept back. Of 61 such findings that were read in some 35 repositories people would have asked about three
// quarters, and called a third worth a patch; of 190 defects that somebody has mended, none was of this kind. It goes
// for a file behind an interface, too, and for a type of one's own that closes a file and no more. By default are told:
// files that are renamed or linked once they are open, and files over which a buffer was made that nobody flushes,
// unless in package main, where whoever runs it sees that.
//
// For the strict tier are also: files that were opened for writing where nothing is seen to be written, or where
// somebody else writes; compressors and the like that are written to again and again, if a checked Flush follows each
// write; what is written for those who look for a fault, as the name of the function, of its receiver's type or of the
// source file says (debug, pprof); flushing a tabwriter or a writer that the function was given without a way to tell
// an error; closing a stream that a caller handed in by an interface of the standard library, since only that caller
// knows what it is (of five such findings all five were the end of a pipe or a buffer); and what has not been written
// to here although closing it can lose data.
//
// # Why it is harmful
//
// A full disk, a quota, a network file system or a full buffer shows only at the end. The program reports success, renames
// the file over the good one, deletes the source; that the last kilobytes are missing turns up when somebody reads it.
//
// # How to fix it
//
// Close where the result counts and return the error. A second, deferred Close for the other paths does no harm:
//
//	if err := f.Close(); err != nil {
//		return fmt.Errorf("save %s: %w", name, err)
//	}
//
// Or let the deferred call put its error into a named result, if there is no earlier one:
//
//	defer func() { err = errors.Join(err, f.Close()) }()
//
// Where the data has to survive a crash, check Sync; after that Close has nothing left to say.
//
// A safe fix takes the error where the call stands, and returns it, logs it, or keeps it together with the function's
// own in a deferred closure: only where there is no other, if the call is deferred before it is known that there is
// something to close. There is none for a deferred call where the same is closed elsewhere in the function too: the
// second Close fails, as is expected.
//
// # When it is silent
//
//   - What is closed was only read: os.Open, response bodies, rows, readers; or it is a listener, a connection, a pipe.
//   - Somebody vouched for it: a checked Sync, Flush or Close after the last write, in a deferred closure as well, a
//     helper that takes the handle and closes it, or another method of the handle's that does.
//   - The path has an error to tell already, or nothing was written on it: a function of the package that the handle is
//     handed to only reads through it, as far as can be seen.
//   - What was written goes to memory, also by a compressor of the standard library, or of the usual modules for zstd, s2,
//     snappy, brotli and lz4, to a terminal, to the client of a request, to another machine, also by an own type or one of
//     another package whose Close ends a connection and does no more, or to a file below /dev, /proc or /sys.
//   - Behind a csv.Writer's Flush somebody writes to what is under it, which is no file, and looks at the error.
//   - A buffer that was not flushed well keeps its error, and is flushed again with a look at it, or asked for the error; that
//     goes for what a compressor writes into as well, and where all callers that hand it in do so behind the call.
//   - The file is removed in any case and not renamed before: a scratch file.
//   - The handle goes to the caller, a field, a channel or a goroutine, whose business it is then.
//   - Test files.
//   - A comment of at least three words on the statement or directly above it says why, or the function is named
//     …BestEffort.
package lostclose
