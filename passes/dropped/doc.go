// Package dropped finds calls whose error nobody takes.
//
// # What is flagged
//
// In the default tier, a call that can fail by what happens outside the program (files, peers, processes, time) or over
// data from there, and stands alone, as a statement of its own:
//
//	os.WriteFile(dir+"/session.json", data, 0o600)
//
// It can be seen in the bodies of functions, across packages, whether a call gets that far; of a method of an interface,
// that it takes a context. In the init statement of an if or a switch that asks about
// something else, whatever can fail counts.
//
// A deferred call is no better off:
//
//	defer os.Rename(log+".new", log)
//
// A loop that goes on while Next or Scan says so, over something that keeps its error and that nobody asks for it, as the
// iterators of databases and parsers do; for those of the standard library there are the passes sqlrowserr and scannererr:
//
//	for it.Next() {
//		keys = append(keys, it.Key())
//	}
//	return keys, nil
//
// An error assigned to _ is taken to be given up on purpose, so it is flagged in the default tier only where the other
// result is nil if the call fails by what happens outside, and is used:
//
//	resp, _ := http.Get(url)
//	return resp.Status
//
// So is what is called because something failed, in a function that gives no more than an error, where the branch tells
// of neither failure and returns success, as _ = sendToDeadLetter(msg) and return nil where a message could not be handled:
// where both fail, what was to be done is taken for done.
//
// The strict tier wants a reason for every other _ too:
//
//	_ = os.Truncate(log, 0)
//
// And of results that are used all the same:
//
//	data, _ := json.Marshal(s)
//
// And of those that are nil if the call fails, what is taken apart from a field, which was looked at when it was put
// there. It has the calls that fail only over their arguments or over what is in memory (a name registered twice, a
// length that does not fit), since whoever wrote the code mostly knows that they cannot fail there; those that fail
// only because something came to its end (a context, or what a channel that is closed tells of), or to state one thing,
// such as being closed; the calls of which nothing is known; those whose callee logs its failures; those that take
// apart what json.Marshal has just given, are handed a context that was cancelled above, stand behind a go statement in
// the same function as well, or give what nobody takes before a call with the same arguments on the same thing, whose
// error is taken; those that wait for what was cancelled or killed above, or for what the next statement asks to be
// there, put something back as it was, greet a peer that is served further down, ask one whose answer is read there,
// with a look at the error, only look something up, fill a cache, warn, tell a service manager how things are, or set
// the mode of a file that the same function has made; what takes apart a text made of whole numbers; those in code that
// has neither an error result nor a log nor a field for errors to tell it by, unless something is written for good;
// those that by their name take something back (delete, stop, forceUnmount), whose failure leaves something behind
// rather than loses it; those that only make a directory, or make way for the next call on the same thing, which fails
// if they did; reads, since what was read is looked at; lines that are printed, but for those to a file in a function
// that can return the error, and profiles; what a function for debugging shows on a terminal; what is written to a log
// or a trace, by its name or that of its file; methods of interfaces that take no context; calls in a closure that is
// deferred, and those in a package main that neither write, nor serve, nor move files; functions of another project
// whose error this package never takes, and methods of another package's type whose errors it takes of none; and
// functions that log some of their failures themselves, or are handed a literal that does; loops in functions that have
// no error result; what takes apart a text that the program made itself, by a String method or as the key of a map; what
// stands in a select of which another clause hears that the other side is gone; what only reads away what nobody wants; and what by its name only tests call, or stands in a file testing.go or in a package of mocks or fakes. Findings on 31 repositories
// were read to draw this line: of those on its strict side 7 of 43 were worth a change, of those on the other 43 of 72.
// A function whose error the package mostly drops, three times at least, or once in so many words (_ =), is reported
// there as well: its callers seem to know that it is only advice. So is one of the package's own that is called on its
// own, five times at least and mostly, in functions that answer without an error, as the getters of a client do:
// whoever gave them no error result decided once. None of these customs count for a call that runs a function literal
// which works outside of the program, as helpers for retries do: the error is the literal's.
//
// # Why it is harmful
//
// The program goes on as if the call had done its work: the session is not on disk, the log was not rotated, the node
// never proposed the change. What fails later is something else, and nothing leads from there to the cause.
//
// # How to fix it
//
// Return the error, with what was being done. In a deferred call, a named result takes it if there is no earlier one:
//
//	defer func() {
//		if moveErr := os.Rename(log+".new", log); err == nil {
//			err = moveErr
//		}
//	}()
//
// If the error is really of no use, say why where it is dropped; _ = alone says that it was seen, not why it may go:
//
//	_, _ = io.Copy(io.Discard, r) // only to let the connection be used again
//
// A safe fix tests the error where the call stands, and does with it what the code around does with others: it returns
// it (with context, where the function or its file gives context), or logs it by the logger at hand. A deferred call
// becomes a closure that keeps the error together with the function's own, in its named result. In the flavour of the
// module fault, what would be logged goes to the operation of package oplog that the function is a part of, if it is one:
//
//	op.Add(slog.Any("save_state_error", err))
//
// To return is left for review, or is not offered, where that skips clean-up, an unlock, the rest of a loop, or an
// error that waits to be looked at; what is assigned to _ is always left for review, and so is ending the program, in
// init and at the end of main, where nothing is logged. What is done because something else failed has none, since only
// the author knows which of the two failures is to be told. Where only debugging is logged, the same logger warns. There is
// no fix where the function can neither return nor log, for a deferred call whose arguments may change before it runs,
// and for calls in the head of an if or that share their line with others.
//
// # When it is silent
//
//   - The call cannot fail: bytes.Buffer, strings.Builder, hashes, and every function whose source shows that it always
//     gives nil, in any package that is analysed, or that it fails only by a context that is handed in and never ends. So does //errvet:infallible in a doc comment.
//   - Its failure changes nothing: printing to a terminal, answering the client of a request, setting a deadline,
//     closing what was only read, removing scratch files, rolling back after a commit.
//   - The writer keeps its error and is asked later: bufio.Writer up to Flush, csv.Writer up to Error, one of a project's own
//     with a field for it up to the method that gives it.
//   - The path already has an error to tell, and the call cleans up.
//   - Close, Flush, Sync and Commit of what was written, and errors lost in a go statement: those are rules of their own.
//   - It can fail only by a writer or closure it is given, or that its receiver holds, and that cannot fail, keeps its
//     error, or was given to a function without an error result, which leaves the writer to remember.
//   - It runs a function literal that puts its error into a variable, which is read behind the call.
//   - A function that closes or takes back, and has no error result, passes that down to another.
//   - A comment right behind a loop speaks of the error.
//   - A comment above a go statement speaks of errors, and the call is the first that the goroutine makes.
//   - A comment directly above an if statement around the call says that errors are ignored there, unless an error is what
//     the statement asks for.
//   - The call is handed an error that the statements behind it send, return or log.
//   - What a loop runs over is seen by others, who may ask; its Close gives the error, and is looked at; or it never fails.
//   - The callee tells of each of its failures before it gives it back: to a log, to a client, on a channel.
//   - A comment of at least three words on the statement or directly above it says why, or one further up in the same
//     block says that errors are ignored there, or the function or its caller is named …BestEffort. A TODO is no reason.
package dropped
