package retry

import (
	"context"
	"errors"
	"time"
)

var errNoFunction = errors.New("retry: no function to call")

// Do calls f, at least once, until it succeeds or p says stop, and returns what the last call returned; in place of an
// error that was or would have been repeated, an [*Error] with it. See the package's documentation for what is
// repeated, when, and why Do stops.
//
// A nil ctx is context.Background(). A nil f is an error. A first call that succeeds costs nothing but the call:
// no allocation, no clock, no timer.
func Do[T any](ctx context.Context, p Policy, f func(context.Context) (T, error)) (v T, err error) {
	if f == nil {
		return v, errNoFunction
	}
	if ctx == nil {
		ctx = context.Background()
	}
	if p.Budget != nil {
		p.Budget.earn()
	}
	v, err = f(ctx)
	if err == nil {
		return v, nil
	}
	return again(ctx, p.settled(), f, v, err)
}

// Run is [Do] for a function that gives nothing but an error.
func Run(ctx context.Context, p Policy, f func(context.Context) error) error {
	if f == nil {
		return errNoFunction
	}
	_, err := Do(ctx, p, func(ctx context.Context) (struct{}, error) { return struct{}{}, f(ctx) })
	return err
}

// again goes on after the first try gave v and err. p is settled.
func again[T any](ctx context.Context, p Policy, f func(context.Context) (T, error), v T, err error) (T, error) {
	for tries := 1; ; tries++ {
		if stop := p.pause(ctx, tries, err); stop != nil {
			if stop == ErrPermanent && tries == 1 {
				return v, err
			}
			return v, &Error{Attempts: tries, Stopped: stop, Last: err}
		}
		if v, err = f(ctx); err == nil {
			return v, nil
		}
	}
}

// pause waits until the next try may begin, or says why there is none.
func (p Policy) pause(ctx context.Context, tries int, err error) (stop error) {
	again, over := p.Retry(err), ctx.Err() != nil
	if !again && (tries == 1 || !over) {
		return ErrPermanent
	}
	if over { // which explains an error that is not worth another try, too
		return done(ctx)
	}
	if tries >= p.Attempts {
		return ErrAttempts
	}
	wait, ok := p.wait(tries, err)
	if !ok {
		return ErrWait
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
		return pastDeadline()
	}
	if p.Budget != nil && !p.Budget.spend() {
		return ErrBudget
	}
	if p.OnRetry != nil {
		p.OnRetry(ctx, Try{Number: tries + 1, Wait: wait, Err: err})
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return done(ctx)
	}
	if ctx.Err() != nil { // both were ready, and select chose the timer
		return done(ctx)
	}
	return nil
}
