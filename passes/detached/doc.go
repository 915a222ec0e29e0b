// Package detached finds errors of goroutines, groups and timers that reach nobody.
//
// # What is flagged
//
// In the default tier, a variable that several goroutines assign at the same time, or one that is read without waiting
// for the goroutine that assigns it, or not at all, since nobody asks or all that ask put another error in first. The
// closures that errgroup, WaitGroup.Go, time.AfterFunc and their like run are meant too:
//
//	for _, name := range names {
//		wg.Go(func() { err = fetch(name) })
//	}
//	wg.Wait()
//	return err
//
// A channel of errors, or of results with an error in them, from which nobody receives; which a select empties that has
// a default and waits for nothing before; on which a select with an empty default sends although the channel holds
// nothing; or that holds nothing and whose reader may leave before it has received, so that the sender blocks for ever:
//
//	errc := make(chan error)
//	go func() { errc <- fetch("all") }()
//	select {
//	case err := <-errc:
//		return err
//	case <-ctx.Done():
//		return ctx.Err()
//	}
//
// A group that nobody waits for, one whose Wait stands alone, and a closure of a group's that answers nil after a
// failure:
//
//	var g errgroup.Group
//	for _, name := range names {
//		g.Go(func() error { return fetch(name) })
//	}
//	g.Wait()
//
// The strict tier adds a go statement that starts a function whose error is its only way to tell of a failure, since mostly
// that is a server on a listener which is there already:
//
//	go fetch("news")
//
// It has _ = g.Wait(), closures of groups that do some work on a failure before they answer nil, and
// goroutines in which nothing recovers, where a panic would end a service: those that a handler or an accept loop
// starts, and those that run for ever in a package that serves. And senders that are left behind in a package that is a
// command, reads a command line, or stands where commands keep their parts, since the program ends soon then.
//
// # Why it is harmful
//
// Nobody stands above a goroutine: an error that it returns is gone. A server that could not listen looks like one that
// has nothing to do. A variable that several goroutines assign holds the error of whoever came last, mostly nil, and is a
// data race besides. A sender that nobody receives from keeps what it holds until the process ends.
//
// # How to fix it
//
// Let a group run what can fail, and take what Wait gives:
//
//	var all errgroup.Group
//	for _, name := range names {
//		all.Go(func() error { return fetch(name) })
//	}
//	return all.Wait()
//
// Give a channel room for every error that may be sent on it, so that a sender never needs a reader:
//
//	room := make(chan error, len(names))
//
// Where a goroutine has nobody to tell, let it log its failure. A retry, a restart, or the end of the program may be the
// better answer, but that is for the goroutine to say too.
//
// A safe fix makes a goroutine log the error of the one call that it runs, where a logger is at hand:
//
//	go func() {
//		if err := fetch("news"); err != nil {
//			log.Printf("fetch failed: %v", err)
//		}
//	}()
//
// but for an error by which it ends in good order, such as http.ErrServerClosed; where it takes a context, the fix is left
// for review, since nobody wants to read that it was cancelled. Other safe ones log what is put where nobody reads it, take
// what Wait gives, and give a channel room for every error, if its senders can be counted and do nothing behind the send.
// To review: room where they do, the error in place of nil in a group's closure, a variable of its own for a goroutine that
// looks at its error itself, and a deferred recover that logs.
//
// Where the package, or one of its module that it imports, uses github.com/errvet/errvet/fault, a panic is logged too, by
// its package boundary; since the service lives on then, that is always to review:
//
//	if err := boundary.Call(func() error { return run(ctx) }); err != nil {
//		log.Printf("run failed: %v", err)
//	}
//
// There is no fix where no code around logs, for a variable that is read too early or that several goroutines assign
// without a look, for a group nobody waits for, and for a channel from which nobody receives: where such an error is to
// arrive, the code does not say.
//
// # When it is silent
//
//   - The reader leaves after it has received from another channel on which the same goroutine sends in place of its
//     error.
//   - The reader leaves with the error that it has received, and the one sender returns as soon as it has sent one.
//   - The goroutine logs its failures, keeps them, or gives only why its context ended.
//   - The closure drops the error inside, as in go func() { _ = srv.Serve(l) }(): that is dropped's to tell.
//   - What is started only closes, removes or answers something.
//   - The variable is guarded by a lock or a sync.Once, each goroutine has one of its own, or the function waits before
//     it reads: by Wait, a receive, a lock, or a call named so.
//   - The channel is handed out, kept in something exported, or received from elsewhere: in another goroutine, in a
//     deferred closure.
//   - There is room for all errors, the sender has another way out (ctx.Done in its select), or it has logged the error.
//   - A group whose closures never fail, which is only there to wait or to set a limit.
//   - The function is main: what blocks there ends with it.
//   - A comment of at least three words on the statement, or directly above it, says why.
package detached
