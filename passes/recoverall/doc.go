// Package recoverall finds calls of recover that take every panic and lose it, or can take none.
//
// # What is flagged
//
// A panic thrown away. The program goes on, and nobody learns that it is broken:
//
//	defer func() {
//		recover()
//	}()
//	j.run()
//
// The same where only kinds that are asked for are dealt with and all others vanish.
//
// A panic of which a log, or another message, says that there was one, and not which. What keeps the program alive is
// fine; a bug that nobody can find is not, and no comment makes it so:
//
//	if r := recover(); r != nil {
//		log.Printf("recovered from a panic in %s", name)
//	}
//
// A panic logged without its stack (by log, log/slog and fmt; in the strict tier by loggers that can be told to add stacks
// themselves, and where nothing is guarded but the call of a function or of an interface that was handed in, unless in
// middleware or above a goroutine):
//
//	if r := recover(); r != nil {
//		log.Printf("job failed: %v", r)
//	}
//
// A panic turned into an ordinary error, nil dereferences and all, in a function that is no boundary, where another recover
// of the package panics again with what is not its own:
//
//	if r := recover(); r != nil {
//		err = fmt.Errorf("loading %s: %v", path, r)
//	}
//
// The strict tier adds such errors in packages that never tell bugs from their own panics, in functions that do nothing
// but guard one statement or whose documentation speaks of panics, and in helpers that only other packages defer;
// panics answered by one and the same error, by another result, or by something else that others may learn of (of 18
// such findings on seven large trees a reviewer would have had one repaired: parsers that are hardened against their
// input say that it is bad, and mean it); and all that a switch decides about, such as an option or a constant for
// debugging.
//
// A panic put where nobody reads it: into a variable that is no result, or into a result of the deferred function.
// Here loadAll returns nil after a panic:
//
//	var err error
//	defer func() {
//		if r := recover(); r != nil {
//			err = fmt.Errorf("loading %s: %v", path, r)
//		}
//	}()
//
// http.ErrAbortHandler taken away from net/http by a middleware: the client is to see a broken response, and gets
// what looks like a whole one.
//
//	if v := recover(); v != nil {
//		log.Printf("panic: %v\n%s", v, debug.Stack())
//		w.WriteHeader(http.StatusInternalServerError)
//	}
//
// A recover that can take no panic, since only a function that is deferred itself can: in a function that a deferred
// one calls, in a literal called where it stands, in the function of a go statement, or itself deferred.
//
//	defer recover()
//
// # Why it is harmful
//
// A panic is a bug more often than not. Whoever takes all of them takes those too, and what they leave behind: locks
// held, data half written. Without value and stack there is nothing to repair it by; as an ordinary error it is
// retried, ignored, or shown to a user.
//
// # How to fix it
//
// Recover at the boundary only (a handler, the root of a goroutine, main), and log the value with its stack:
//
//	if r := recover(); r != nil {
//		log.Printf("job failed: %v\n%s", r, debug.Stack())
//	}
//
// Below it, take what is yours and panic again with the rest:
//
//	r := recover()
//	if _, bug := r.(runtime.Error); bug {
//		panic(r)
//	}
//
// In a middleware let http.ErrAbortHandler pass:
//
//	if v == http.ErrAbortHandler {
//		panic(v)
//	}
//
// A safe fix logs a panic that is thrown away, with its stack, where a logger is at hand; adds the stack to the only
// record of a panic, if log, fmt or log/slog writes it; or gives http.ErrAbortHandler back to net/http. Others are left
// for review: to panic again with kinds that are not asked for, and with errors of the runtime before the rest becomes
// an ordinary error (not in functions that exist to take panics).
//
// Where the package, or one of its module that it imports, uses github.com/errvet/errvet/fault, two fixes are the
// pattern of its package boundary, to review too. The error that a panic is turned into by fmt.Errorf keeps its value
// and its stack:
//
//	err = fmt.Errorf("loading %s: %w", path, &boundary.PanicError{Value: r, Stack: debug.Stack()})
//
// And a middleware that does nothing but recover, log and answer becomes
//
//	return boundary.HTTP(next, logger)
//
// There is no fix for a recover that can take no panic, for a value that is put where nobody reads it, and where the branch
// that follows a panic is not plain: if r := recover(); r != nil, or its like.
//
// # When it is silent
//
// Where the function panics again or ends the program for some values, where it takes a stack, where the value goes
// somewhere else (into a struct, a channel, another function, an error type that keeps it), where a bool tells that
// there was a panic, where only operators can panic, where a function does nothing but send on a channel that may be
// closed, or close it, where a comment in or above the deferred function says why the
// panic is no news (not for slips: those of the last three kinds, and logging without a stack), under
// //errvet:boundary, and in tests.
package recoverall
