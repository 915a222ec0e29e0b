// Package swallowed finds errors that were tested, and then neither returned, reported nor handled.
//
// # What is flagged
//
// In the default tier, a branch taken on failure that answers success:
//
//	if err := l.Charge(o); err != nil {
//		return nil
//	}
//	return nil
//
// A branch that is empty, or holds no more than a TODO.
//
// An error of which one kind is handled while all others fall through:
//
//	data, err := os.ReadFile(path)
//	if errors.Is(err, fs.ErrNotExist) {
//		return []byte("{}"), nil
//	}
//	return data, nil
//
// A failure that is only logged, although the code behind it needs what failed; also where only everybody takes for
// granted that there is nothing then, as of a pointer from a method of an interface:
//
//	resp, err := http.Get(url)
//	if err != nil {
//		log.Print(err)
//	}
//	defer resp.Body.Close()
//
// So is what joins a local list whose elements are all called or reached into later, and what takes the place of a default
// that the same function gave to a field. A result that is nil on some failures only counts where it is reached into.
//
// Two tests that were meant otherwise: page == nil || errors.Is(err, io.EOF), which takes every failure for the end,
// since nothing comes with any of them; and if err == nil { log }, behind which what the call gave is returned with nil.
//
// So does count == 0 || errors.Is(err, sql.ErrNoRows), where count is only given something by the call that failed.
//
// A test of the error where what comes only without one was asked for, as in the body of
// for row, err := next(); row != nil; row, err = next(), if no other test follows.
//
// A test for success where what only its branch makes, a variable that was declared without a value, is reached into
// behind it, and nobody asks whether it is there.
//
// And a request that is answered with the failure, or refused for any other reason by http.Error or by a function of your
// own that does no more than to answer with failures, and then goes on behind the branch. So does a failure that
// somebody is told of by a call with it, where the same call with nil stands behind the branch, which tells of success:
//
//	if err := l.Charge(o); err != nil {
//		m.Ack(err)
//	}
//	m.Ack(nil)
//
// And what could not be decoded, where the branch does no more than to close what it came from and the half of it is
// used behind.
//
// The strict tier adds: a failure that is only logged or printed, also where what is nil then takes the place of what was
// there and was no default of this function, that is replaced by a default value without a trace,
// that is dealt with under a further condition only, or of which only the success has code; jumps that count or print on
// their way, or that go on to the next way of doing the same; a continue or break out of a loop, since most loops that skip
// are there to skip what cannot be read:
//
//	for _, o := range orders {
//		if err := l.Refund(o); err != nil {
//			continue
//		}
//	}
//	return nil
//
// Success returned is strict where the package does so with the errors of one function five times at least, if nothing
// outside the program can bring those about: what is not there is no failure then.
//
// And all of these for calls whose failure is an answer, such as os.Stat and strconv.Atoi. Kinds that fall through are
// strict too where the callee can be seen to fail by nothing that happens outside the program, since whoever wrote the
// call knows its few errors, where the documentation of what was called says that errors may be ignored, where the
// function probes or detects something by its name, where all other results are blank, so that the kind asked for is
// the whole question, where all other kinds have a branch of their own, where the same call, or the same program, is
// run again further down and its error taken, in a literal that gives a bool alone to what asks it until it is true, as
// Eventually does, where a comment right behind the if says what happens otherwise, and where the package drops the
// callee's error as a matter of course; what is printed as a warning; success, where the condition has a call that says
// how things are after all, where the doc comment says what becomes of errors, where the callee gives one error only,
// which has a name, where the callee has told of each of its failures itself (in a log, or as the Parse of a
// flag.FlagSet does, to whoever typed the flags), where the callee does nothing but refuse, by errors that it makes on
// the spot and that have no cause, where a function that is called for each of many things passes over what does not
// parse, or where nobody would hear of it, where no caller takes the error, where a comment above the call says that
// what it looks for may not exist, and where a value is given that was made to fall back on: true, a text, a literal.
// In reading findings on large trees such places were meant nearly always.
//
// # Why it is harmful
//
// Whoever wrote the test knew that the call can fail, and everybody who reads it believes that the case is taken care
// of. The caller is told that all went well, and builds on it.
//
// # How to fix it
//
// Return the error, with what was being done:
//
//	if err := l.Charge(o); err != nil {
//		return fmt.Errorf("charging order %s: %w", o.ID, err)
//	}
//
// Where the work has to go on, keep all errors and give them back together:
//
//	var errs []error
//	for _, o := range orders {
//		if err := l.Refund(o); err != nil {
//			errs = append(errs, fmt.Errorf("order %s: %w", o.ID, err))
//		}
//	}
//	return errors.Join(errs...)
//
// If the failure is no failure here, say why inside the branch:
//
//	if _, err := l.Orders(); err != nil {
//		// The cache fills itself on the first request.
//		return nil
//	}
//
// Fixes add a trace where a logger is at hand, and otherwise return the error. A log, and the return that is missing
// behind one or behind an answer with the failure, are safe; a return in the place of success, or behind a refusal, is
// left for review, since somebody has seen the error there. A loop that skips failures keeps them all and joins them at
// its function's end, if its only return is the last statement. There is no fix for the strict cases of default values
// and further conditions, for conditions that ask for more than the error's kind or skip what need not be a failure,
// and where the error is no longer in the variable it was born into.
//
// # When it is silent
//
//   - The error, or another one in its place, is returned, wrapped, stored, sent, answered to a client, passed on to a
//     function that may do anything with it, or ends the program, the goroutine or the test.
//   - It was recognised: errors.Is, errors.As, a case or a predicate of your own matched, and the branch acts on that.
//   - It was expected by kind, and every other kind is handled too, or there is none: the source of the callee, or of the
//     closure that it runs, shows that it gives no other error.
//   - What answers the client writes a piece of an answer only, or only its status, may be without a failure, or says by its
//     result whether to go on.
//   - The request is refused in one arm, the other one sets the status, and what is written behind goes with either.
//   - The same is tried in another way, or again.
//   - It is logged where nobody can be told and nothing goes on: at the end of a handler, a goroutine or main, or right
//     before the function is left.
//   - An error that came first is kept, and this one came on top of it.
//   - A comment of at least three words in the branch, on its statement or directly above, says why, one right behind a
//     question of kinds says what becomes of other errors, or the function is
//     named …BestEffort. No comment makes it right to reach into what is nil then.
package swallowed
