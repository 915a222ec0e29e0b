// Package retryloop finds retry loops that do harm: they never end, never wait, cannot be cancelled, repeat what fails
// again, or end in success or without the last error.
//
// A retry is a loop that makes the same attempt until it succeeds: a failure leads to the next turn, a success out of
// the loop.
//
// # What is flagged
//
// All of it in the strict tier, since whether a loop may go on for long is for those to say who know what waits for it. A
// loop that nothing but a success leaves:
//
//	for {
//		c, err := dial(addr)
//		if err == nil {
//			return c, nil
//		}
//	}
//
// A loop that repeats at once; one that sleeps for seconds in a function that is given a
// context, and asks neither the context nor a channel whether to go on; one that repeats what gives the same again for
// the same arguments:
//
//	for range 10 {
//		err = send(ctx, msg)
//		if err == nil {
//			return nil
//		}
//		time.Sleep(time.Second)
//	}
//
// What follows when all attempts have failed: nil is returned, or an error that does not hold the last one:
//
//	return errors.New("could not send")
//
// And waits of the same length (no jitter) and waits that grow without bound (no cap).
//
// # Why it is harmful
//
// A retry that neither waits nor ends turns a server's short trouble into an outage: everyone who lost the connection
// asks again as fast as they can. One that cannot be cancelled holds up every shutdown. And one that forgets why it
// failed leaves whoever is called at night with "retries exhausted".
//
// # How to fix it
//
// Bound the attempts, wait longer each time, end with the context, and return what went wrong last:
//
//	wait := 100 * time.Millisecond
//	for range 5 {
//		if err = send(ctx, msg); err == nil {
//			return nil
//		}
//		select {
//		case <-time.After(wait + rand.N(wait)):
//			wait = min(2*wait, 10*time.Second)
//		case <-ctx.Done():
//			return errors.Join(err, ctx.Err())
//		}
//	}
//	return fmt.Errorf("send: %w", err)
//
// Or leave it to one of the libraries, such as github.com/errvet/errvet/fault/retry.
//
// Fixes are to review. They return the error of the last attempt where nil is returned, add it to an error that lacks it,
// and let the only time.Sleep of a loop end with the function's context:
//
//	select {
//	case <-time.After(time.Second):
//	case <-ctx.Done():
//		return errors.Join(err, ctx.Err())
//	}
//
// Where the package, or one of its module that it imports, uses github.com/errvet/errvet/fault, a loop of the plain form
// (so many turns; one call, whose success leaves the function; perhaps a sleep; behind the loop a return) becomes a call of
// its package retry, which waits longer each time, ends with the context, and keeps the last error:
//
//	return retry.Run(ctx, retry.Policy{Attempts: 10, Base: 2 * time.Second, Retry: func(error) bool { return true }}, func(ctx context.Context) error {
//		return send(ctx, b)
//	})
//
// It tries again whatever the error was, as the loop did. Take Retry away, and only what is marked as transient is.
//
// There is no other fix for loops that never wait, and none for those that never end and for what fails again: how
// often and how long to try is not in the code.
//
// # When it is silent
//
//   - Loops that go on to the next thing after a success: they accept, consume, page or drain.
//   - Loops that a failure ends (polls), and those whose attempts differ: the next address, port or name.
//   - Only some kinds of failure are tried again (EINTR, a conflict, what a helper says may pass).
//   - A backoff, a limiter or a retry policy of somebody else's decides; attempts run by a retry library.
//   - Nothing waits, and the attempt has nothing to do with other processes as far as can be seen: it searches or samples.
//   - The attempt reads from whoever types or sends.
//   - The waits of all attempts together take no more than five seconds: nobody needs to cancel that.
//   - A comment of at least three words on the loop or directly above it says why.
package retryloop
