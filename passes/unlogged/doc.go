// Package unlogged finds failures that end where nobody learns of them, or of what they were.
//
// # What is flagged
//
// A function that is the last to have the error, and leaves without a trace of it: a handler, what a go statement
// starts, a callback or a handler of events, none of which can return it:
//
//	go func() {
//		if err := o.renew(); err != nil {
//			return
//		}
//		log.Print("renewed")
//	}()
//
// A record in the log, perhaps the last one of the program, that tells of the failure but does not hold the error:
//
//	if err := o.renew(); err != nil {
//		log.Print("renewal failed")
//	}
//
// fmt.Println or println as the only report, in a package that is no command and does not read a command line:
//
//	if err := o.renew(); err != nil {
//		fmt.Println("renewal failed:", err)
//		return
//	}
//
// The strict tier adds: functions without a result that somebody calls and waits for; packages that write no log at
// all, and those of commands, whose users see what they do; functions that are handed an error to tell of or to count;
// handlers that do other work, which may tell of the failure in its own way (a counter, a state, a message to
// somebody else); failures of functions kept in variables, which may have told already; records about functions that
// can fail in one way only, or only because a context ended or the time that they have was up, as those that ask a
// function literal again and again which never fails; records that hold an error which the function was called with;
// records for debugging, of which three of ten on large trees wanted the error, and those of functions that dump
// something, by their name; failures of parsers and checks, which
// say no more than their input does; prints to os.Stderr, in commands, in functions that print other things as well or
// hand the terminal on, and under a condition that is settled before the program runs; loops that take what comes from
// something (Accept, Read, Next) in a function that closes the same when it is left, or whose branch says in a comment,
// however short, that it was closed; writing to a connection, closing it, and setting its deadlines, since the peer is
// gone then, but not sending datagrams; what documentation says goes unheard (that of the function, of the type a
// closure is a field of, or of what the function is to report to: minor errors are discarded); and consumers' loops,
// without an end of their own, that go on to the next thing, of which none of seven on large trees needed repair:
//
//	for order := range in {
//		if err := o.store(order); err != nil {
//			continue
//		}
//		log.Print("stored ", order)
//	}
//
// It has a request that is answered with a fixed text, while nothing is logged, since which answers stand for a record is a
// custom of each service:
//
//	order, err := o.find(r.URL.Path)
//	if err != nil {
//		http.Error(w, "internal error", http.StatusInternalServerError)
//		return
//	}
//	fmt.Fprint(w, order)
//
// With -unlogged.critical the strict tier also asks for structured records around operations that matter to you. The
// flag takes names of functions, separated by commas, as go doc and stack traces write them:
// (*example.com/shop/payment.Gateway).Charge. Each call of one of them needs a record before it, one after it, and one
// that holds the error where it failed; a record is structured if it is written by log/slog, zap, zerolog, logrus, logr,
// hclog, klog's …S functions, or an operation of fault/oplog, which writes all three.
//
// # Why it is harmful
//
// The customer calls and says that it does not work. The log has nothing, or "renewal failed", which everybody knew
// already: whether the disk was full, the password wrong or the network down takes another night to find out.
//
// # How to fix it
//
// Where an error ends, write it down, with what was being done:
//
//	if err := o.renew(); err != nil {
//		slog.Error("renewal failed", "err", err)
//	}
//
// The client need not see it; the log should:
//
//	slog.ErrorContext(r.Context(), "finding order", "path", r.URL.Path, "err", err)
//	http.Error(w, "internal error", http.StatusInternalServerError)
//
// A safe fix logs the error where a logger is at hand, or adds it to the record there is, whatever its level; in the
// flavour of the module fault it goes to the operation of package oplog that the function is a part of, if it is one.
// There is none where no code around shows how to log, and where a record consists of more than one sentence.
//
// # When it is silent
//
//   - The error is returned, stored, sent, joined, answered to the client, or handed to a function that may do anything
//     with it.
//   - What failed tells of it: it was given the http.ResponseWriter, or it stands in this package and writes to the log
//     (reported in the strict tier).
//   - The client is answered by a function that logs some of what it is given, and not all.
//   - Another result of the call is in the record, such as the output of a command, and other text (strict).
//   - The error is offered to somebody who may be gone: select { case errs <- err: case <-ctx.Done(): }.
//   - What failed is writing to the client of a handler: it is gone, and knows.
//   - What failed turns a panic of what it is given into an error, and is given a function that only sends on a channel
//     or closes it, apart from logging and the like: that the channel was closed is all there is to tell.
//   - A context is cancelled that the function around asks, later, whether it has ended.
//   - It was recognised: errors.Is, errors.As, a case or a predicate of your own matched.
//   - A comment of at least three words in the branch, on its statement or directly above, says why.
package unlogged
