// Package lostcause finds new errors that do not hold the error that caused them.
//
// # What is flagged
//
// An error is replaced by a new one, a text that has nothing of the cause, and no log has it:
//
//	b, err := os.ReadFile(path)
//	if err != nil {
//		return nil, errors.New("cannot load the orders")
//	}
//
// An error of which only the text goes into the new one, or nothing at all, while a caller in the same package asks for
// something that only the lost error could answer:
//
//	b, err := os.ReadFile(path)
//	if err != nil {
//		return nil, fmt.Errorf("reading %s: %v", path, err)
//	}
//	return b, nil
//
// where read is that function, and its caller never gets to the second line:
//
//	b, err := read(path)
//	if errors.Is(err, os.ErrNotExist) {
//		return []byte("{}"), nil
//	}
//
// A new error, without the context's reason, where a context ended that the function itself gave a time: it may have run
// out, or the caller may have gone:
//
//	ctx, cancel := context.WithTimeout(parent, time.Minute)
//	defer cancel()
//	select {
//	case <-ready:
//		return nil
//	case <-ctx.Done():
//		return errors.New("not ready in time")
//
// The strict tier adds: every error of which only the text goes into one made by fmt.Errorf or errors.New (whether your
// callers may see the cause is for you to decide: %w makes it part of what you promise); verdicts on an input, of a
// parser, a check or cryptography, that are replaced by your own (of 69 such findings in the standard library a
// reviewer would have waved away most: what was wrong with the input is seen in the input, or must not be told); an
// error with a name or a type of its own in the place of another, since whoever chose it says what the failure counts
// as (of 12 such findings on 35 repositories readers waved 8), but for io.EOF where a read failed, which says that all
// went well; a new error that nobody reads, since all callers of an unexported function, or of a literal that is called
// in place, only ask whether it is nil; contexts that come from the caller or are kept in a field, whose end mostly
// means one thing; success where a context ended before everything was sent; and verdicts of which the failure is one
// way to come to them: a text that the function gives, word for word, where it asks for something else than a failure
// as well; the last else of a chain that tried several ways, or a branch for two that have both failed; a text that
// says that something was not found, where a function has looked for it; a text that begins with internal error or the
// like, by which a program says that it is wrong itself (of 22 such findings on one repository readers waved 9, and
// called 3 worth a patch); an own function's errors that the package replaces at three places at least and hands on
// nowhere (the last unless the failure depends on what is outside the program: what cannot be read is no verdict).
//
// A loop that tries again and ends without the last error is retryloop's.
//
// # Why it is harmful
//
// "cannot load the orders" is all that the log will ever have: whether the file is missing, unreadable or on a broken
// disk is gone. errors.Is and errors.As see the chain only, so what a caller wants to do for one kind of error is never
// done, and nothing says so. Without the context's reason a deadline looks like a cancel.
//
// # How to fix it
//
// Wrap the cause, or give both:
//
//	return nil, fmt.Errorf("loading the orders: %w", err)
//
// A sentinel of your own and the cause go together:
//
//	return nil, fmt.Errorf("%w: loading the orders: %w", errStorage, err)
//
// A context knows why it ended:
//
//	return fmt.Errorf("not ready in time: %w", context.Cause(ctx))
//
// If clients must not see the cause, log it where it is replaced.
//
// A fix wraps the cause, or what context.Cause gives, where errors.New, fmt.Errorf or their like in pkg/errors stand
// with their text in place; other makers that take a format get the cause's text. A sentinel comes with the cause by
// two %w, if it is the package's own and nobody compares it. It is always to review: callers can ask for the kind of
// the cause then, which makes it a part of what the function promises. There is none for errors of one's own types and
// for exported sentinels.
//
// # When it is silent
//
//   - The cause is in the new error, as its chain or (in the default tier) as its text; one %w is enough.
//   - It was recognised before it was replaced: errors.Is, errors.As, a case. Your errNotFound for their sql.ErrNoRows is
//     what sentinels are for, and so is your own error for all other kinds where one was told apart (strict).
//   - What is asked for by its kind is why a context ended, and the failed function does nothing with the one it is given.
//   - What is asked for by its kind is an error of a package of which another function is called as well whose error is
//     handed on, and nothing says that the failed one gives it.
//   - The failure says no more than that it failed: it can come about in one way only, only because a context ended, or,
//     of setting a deadline, only on what is closed; or what was given is the text from which something was to be made (strict).
//   - It was logged, stored, sent, or handed to a function that may do anything with it.
//   - What failed turns a panic of what it is given into an error, and is given a function that only sends on a channel
//     or closes it: that the channel was closed is all there is to tell.
//   - Another call failed on the way, and its error is returned: cleaning up, or another way of doing the same.
//   - The new error is no plain one: a status for a client of an RPC, or a type of your own that holds text.
//   - A comment of at least three words in the branch, on its statement or directly above, says why.
package lostcause
