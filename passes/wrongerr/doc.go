// Package wrongerr finds errors that are nil, or can match nothing, where another one is meant.
//
// # What is flagged
//
// An error that is nil on every path to where it is returned, wrapped, logged, printed or sent, while the failure at
// hand is another one:
//
//	if a.err != nil {
//		return fmt.Errorf("asking %s: %w", a.host, err)
//	}
//
// The failure may have no name:
//
//	if json.Unmarshal(data, &c) != nil {
//		return nil, err
//	}
//
// An error that is nil and becomes the cause of a new one, which says %!w(<nil>), or of none at all, where errors.Wrap of
// github.com/pkg/errors makes success of what is told in a branch. To ask such an error for its text panics,
// as does to hand it to a function of the package that asks for it in any case:
//
//	if len(answers) != 1 {
//		return fmt.Errorf("%d answers: %w", len(answers), err)
//	}
//
// An error that may be nil, and is returned where the test has just found another one, counts too.
//
// An error that is wrapped and returned, logged with words such as failed, or put into a list that is counted, by a caller
// as well, as soon as it is there, nil or not:
//
//	err := n.Check()
//	return fmt.Errorf("checking: %w", err)
//
// The test of an error that is nil already, where the one just made is meant, which includes the if statement whose
// head calls f(x) and whose condition asks an older err:
//
//	checkErr := n.Check()
//	if err != nil {
//		return checkErr
//	}
//
// A test that is the wrong way round, as its branches show: the result is used on failure only, a failure is logged
// where the error is nil, both outcomes are returned as success, or the first of several errors is kept only where one
// has been kept before, or what the call was to fill is used on failure only:
//
//	if n, err := strconv.Atoi(text); err != nil {
//		c.retries = n
//	}
//
// A loop that tries the same again keeps the error of a try that failed, and returns it although a later try succeeded:
//
//	for range 3 {
//		n, e := dial()
//		if e == nil {
//			conn = n
//			break
//		}
//		err = e
//	}
//	return conn, err
//
// A deferred closure that asks a local error how the function went, while the error of a call is returned directly:
//
//	var err error
//	defer func() {
//		if err != nil {
//			log.Print("verification failed: ", err)
//		}
//	}()
//	if err = n.Check(); err != nil {
//		return err
//	}
//	return n.Verify()
//
// Questions that have one answer only: errors.Is with its arguments swapped, errors.Is and == with an error made on
// the spot, errors.Is of an error with itself, errors.As with the address of a sentinel, which any error matches, and
// errors.As and errors.AsType with a pointer where errors of that type are made as values, or the other way round:
//
//	return errors.Is(os.ErrNotExist, err)
//
// The strict tier adds tests of an error that is nil for certain, without more; errors made on the spot and returned
// past a deferred closure that asks a local error; and nil errors in texts like "want an error, got".
//
// # Why it is harmful
//
// The failure was found, and success is reported: nil is returned, or the log says error=<nil> when somebody looks for
// the cause. Such slips survive reviews, since every line has its test and its error, and tests, since failures are
// rarely tested.
//
// # How to fix it
//
// Name the error at hand:
//
//	if a.err != nil {
//		return fmt.Errorf("asking %s: %w", a.host, a.err)
//	}
//
// A safe fix puts the error at hand in the place of the nil one that is returned, wrapped, logged or sent. To take a
// nil cause out of a new error is left for review. There is no fix for wrong tests, for closures that ask the wrong
// variable, and for questions with one answer only: what was meant is not in the code.
//
// # When it is silent
//
//   - The error may be set: on some path, by a closure, through a pointer, by another goroutine.
//   - The statement names the error at hand as well, or its branch has dealt with it before.
//   - A log record tells how it went, whichever way, and does not speak of a failure.
//   - The call cannot fail, and its error is handled all the same.
//   - An error that was handed in is given back where no better one was found.
//   - What a deferred closure asks about is filled in by another deferred call, as by one that catches a panic.
//   - An Is method compares its argument; a list of errors is compared with a sentinel; a type has an Is method.
//   - A return without operands has a comment of at least three words.
//   - Another error is given back than the one a test has found, and a comment right above the test says that this one is
//     ignored. No comment makes any other slip right.
package wrongerr
