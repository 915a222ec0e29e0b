// Package overwritten finds errors that are replaced or go out of scope before anyone looked at them.
//
// # What is flagged
//
// An error that is assigned over:
//
//	err := d.Format(path)
//	err = d.Mount(path)
//
// A failure whose own branch assigns the error of tidying up over it, so that success is told where a file could be
// removed, unless the same is tried again behind that.
//
// A failure that is only noted in a field, which its success sets as well and the next call hands on, where that call's
// error takes its place and is returned: d.State = "failed" in one branch, d.State = "mounted" in the other, and
// err = save(d) behind both.
//
// A loop of which only the last turn's error is looked at:
//
//	for _, path := range paths {
//		err = d.Format(path)
//	}
//	return err
//
// A deferred closure that puts its error in place of the function's own:
//
//	defer func() {
//		err = d.Unmount(path)
//	}()
//	return d.Mount(path)
//
// Or into a variable that is no result, so that nobody reads it any more, at once or once it was tested:
//
//	var err error
//	defer func() {
//		err = d.Unmount(path)
//	}()
//
// An error that := puts into a new variable, while the outer one of that name, which nothing on that way assigned, is
// read behind it:
//
//	var err error
//	for _, path := range paths {
//		err := d.Format(path)
//		if err != nil {
//			slog.Debug("skipped", "path", path)
//		}
//	}
//	return err
//
// Further: the error of a turn that was looked at, perhaps logged, but is given by a return behind the loop, where a
// later turn's success may have taken its place (not where the name says that the last one is meant, and not in
// loops that try again); a := that hides the variable which the condition of the loop asks; the error handed to a
// callback, as to that of filepath.WalkDir, if it is assigned over unread; and an error that nobody looks at on any
// path before the function is left. The strict tier adds errors that are looked at on some paths only (but if inner =
// f(); err != nil is a mistake, whoever looks later): that are left behind there, that another result returned takes
// the place of, or that are assigned over there (of 13 on large trees the error was lost in seven); those assigned over
// where something else that the call gave was asked about; the error of a call which ran a function literal that keeps each
// of its failures, or their texts, outside; a loop of which each failure takes the place of the one before, so that one is
// told anyway (of 13 that were read nine would have been waved away), and one where all that the call gives takes the
// place of the function's whole result, and what is assigned under one constant of a switch and nowhere else in the loop,
// since each key of a thing comes once; what a deferred closure assigns over the function's own error where it is an error itself, so that one of two
// is told; and a hiding variable whose failure only goes on with the next turn of a loop: who skips an item may well
// mean it.
//
// # Why it is harmful
//
// The code seems to keep the error: it has a name and is returned at the end. What is returned is another one, or nil,
// and the first failure, which is most often the cause of what follows, never happened.
//
// # How to fix it
//
// Test each error before the next one takes its place. Where all the work has to be done, keep them all:
//
//	var errs []error
//	for _, path := range paths {
//		errs = append(errs, d.Format(path))
//	}
//	return errors.Join(errs...)
//
// In a deferred closure, join both and give the result a name:
//
//	func useKeepingBoth(d disk, path string) (err error) {
//		defer func() {
//			err = errors.Join(err, d.Unmount(path))
//		}()
//		return d.Mount(path)
//	}
//
// A safe fix tests the error directly behind the call, and returns or logs it. A deferred closure assigns only where
// there is no error yet, or joins its error with the function's result, which gets a name for that: the variable's own,
// if nobody else would notice. To join the errors of all turns, or what was found with what was handed in, and to
// assign to the outer variable in the place of a new one, is left for review. There is no fix where later turns would
// meet the errors of earlier ones, for an error masked by another, and where the function can neither log nor return
// without more ado.
//
// # When it is silent
//
//   - Somebody looked before: a test, a log record, a wrapper that takes the old error, multierr.Append, errors.Join.
//   - What the error of tidying up takes the place of was handed to a callback before, if there is one.
//   - The new content is nil as written, or another error that is certainly set: one that was tested, x.(error).
//   - The way leads past a test that finds another result of the call, a pointer or the like, not nil, or a list not empty:
//     such a call gives a result or an error, not both. This holds for v in for v != nil { v, err = it.Next() }.
//   - The old content was made to be replaced: err := errors.New("not found") in front of a search.
//   - The variable is a field, or an element of a map or slice: whoever holds it can ask.
//   - A parameter gives way to an error that was found to be set, or behind a switch that asks for it in one case and has
//     others above that: what stands first has the say.
//   - What is assigned over it comes of a call with a function literal that reads it.
//   - The error in the hiding variable was logged, or its branch returns without asking the outer one.
//   - The closure that assigns recovers: what the function was about to return when it panicked is not its error.
//   - A comment of at least three words on the statement says why, or one directly above it speaks of errors or has another
//     word that excuses: what is only taken is described there, and not why it may be lost.
package overwritten
