package breaker_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault/breaker"
)

func TestOneTrialCallAtATime(t *testing.T) {
	for _, probes := range []int{1, 3} {
		synctest.Test(t, func(t *testing.T) {
			b := three(func(c *breaker.Config) { c.Probes = probes })
			fail(t, b, 3)
			time.Sleep(24 * time.Hour) // long after the cooldown: the lease begins with the call
			var made, turned atomic.Int64
			var wg sync.WaitGroup
			for range 100 {
				wg.Go(func() {
					err := b.Run(t.Context(), func(context.Context) error {
						made.Add(1)
						time.Sleep(time.Second)
						return nil
					})
					if errors.Is(err, breaker.ErrOpen) {
						turned.Add(1)
					}
				})
			}
			wg.Wait()
			if int(made.Load()) != probes || int(turned.Load()) != 100-probes {
				t.Errorf("%d trial calls and %d refusals, want %d and %d", made.Load(), turned.Load(), probes, 100-probes)
			}
			in(t, b, breaker.Closed)
		})
	}
}

func TestHungTrialCallLosesItsPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := three(nil)
		fail(t, b, 3)
		time.Sleep(time.Minute)
		synctest.Wait()
		hung := make(chan error)
		var wg sync.WaitGroup
		wg.Go(func() { _ = b.Run(t.Context(), func(context.Context) error { return <-hung }) })
		synctest.Wait()
		if refused(t, b).State != breaker.HalfOpen {
			t.Error("refused in another state")
		}
		time.Sleep(time.Minute)
		succeed(t, b)
		in(t, b, breaker.Closed)
		fail(t, b, 2)
		hung <- errDown // late, and of a time that is over
		wg.Wait()
		in(t, b, breaker.Closed)
	})
}

func TestSlowRecoveryIsFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := three(func(c *breaker.Config) { c.Cooldown = time.Second })
		fail(t, b, 3)
		var wg sync.WaitGroup
		for range 60 { // healthy, but each call takes seven cooldowns
			time.Sleep(time.Second)
			wg.Go(func() {
				_ = b.Run(t.Context(), func(context.Context) error { time.Sleep(7 * time.Second); return nil })
			})
		}
		wg.Wait()
		in(t, b, breaker.Closed)
	})
}

func TestStaleResultsAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := three(nil)
		release := make(chan error)
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() { _ = b.Run(t.Context(), func(context.Context) error { return <-release }) })
		}
		synctest.Wait()
		fail(t, b, 3)
		time.Sleep(time.Minute)
		synctest.Wait()
		for range 50 {
			release <- nil
		}
		wg.Wait()
		in(t, b, breaker.HalfOpen)
		var made int
		for range 5 {
			_ = b.Run(t.Context(), func(context.Context) error { made++; return errDown })
		}
		if made != 1 {
			t.Errorf("%d trial calls", made)
		}
	})
}

func TestCanceledTrialGivesItsPlaceBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := three(nil)
		fail(t, b, 3)
		time.Sleep(time.Minute)
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 3 {
			if err := b.Run(ctx, func(ctx context.Context) error { return ctx.Err() }); err != context.Canceled {
				t.Fatal(err)
			}
			in(t, b, breaker.HalfOpen)
			time.Sleep(time.Hour)
		}
		succeed(t, b)
		in(t, b, breaker.Closed)
	})
}
