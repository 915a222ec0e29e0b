package breaker_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault/breaker"
)

func windowed(w breaker.Window, slow time.Duration) *breaker.Breaker {
	return breaker.New(breaker.Config{Window: w, Slow: slow, Jitter: -1, Logger: quiet})
}

func TestWindowOpensOnFailureRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := windowed(breaker.Window{Span: 10 * time.Second, MinCalls: 10, FailureRate: 0.5}, 0)
		fail(t, b, 9) // too few to mean anything
		in(t, b, breaker.Closed)
		for range 20 {
			succeed(t, b)
		}
		fail(t, b, 10)
		in(t, b, breaker.Closed) // 19 of 39
		fail(t, b, 1)
		in(t, b, breaker.Open) // 20 of 40
		time.Sleep(time.Minute)
		succeed(t, b)
		in(t, b, breaker.Closed)
		fail(t, b, 9) // the window of before is gone
		in(t, b, breaker.Closed)
	})
}

func TestWindowForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := windowed(breaker.Window{Span: 10 * time.Second, MinCalls: 10, FailureRate: 0.5}, 0)
		for range 20 { // never more than nine failures within ten seconds
			fail(t, b, 9)
			time.Sleep(10*time.Second + time.Millisecond)
			in(t, b, breaker.Closed)
		}
		time.Sleep(time.Hour) // a pause without steps
		fail(t, b, 9)
		in(t, b, breaker.Closed)
		time.Sleep(8500 * time.Millisecond)
		fail(t, b, 1)
		in(t, b, breaker.Open)
	})
}

func TestWindowSlowRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		call := func(b *breaker.Breaker, d time.Duration) {
			if err := b.Run(t.Context(), func(context.Context) error { time.Sleep(d); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		apart := windowed(breaker.Window{Span: time.Hour, MinCalls: 10, FailureRate: 0.3, SlowRate: 0.8}, time.Second)
		for range 2 {
			call(apart, time.Millisecond)
		}
		for range 7 {
			call(apart, time.Second)
		}
		in(t, apart, breaker.Closed) // 7 of 9
		call(apart, time.Second)
		in(t, apart, breaker.Open) // 8 of 10

		together := windowed(breaker.Window{Span: time.Hour, MinCalls: 10, FailureRate: 0.3}, time.Second)
		for range 7 {
			call(together, time.Millisecond)
		}
		fail(t, together, 1)
		call(together, time.Second)
		in(t, together, breaker.Closed) // 2 of 9
		call(together, time.Second)
		in(t, together, breaker.Open) // 3 of 10
	})
}

func TestWindowAndRow(t *testing.T) {
	b := breaker.New(breaker.Config{Failures: 4, Window: breaker.Window{Span: time.Hour, MinCalls: 1000}, Logger: quiet})
	fail(t, b, 3)
	succeed(t, b)
	fail(t, b, 3)
	in(t, b, breaker.Closed)
	fail(t, b, 1)
	in(t, b, breaker.Open)
}

// TestWindowStopsItsTimer: a breaker without traffic costs nothing, and counts on when traffic comes back.
func TestWindowStopsItsTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := windowed(breaker.Window{Span: 10 * time.Second, MinCalls: 5}, 0)
		for round := range 5 {
			for range 4 {
				succeed(t, b)
			}
			if calls, _, _ := b.WindowSum(); calls != 4 {
				t.Fatalf("round %d: %d calls in the window", round, calls)
			}
			time.Sleep(time.Duration(11+round) * time.Second)
			if calls, _, _ := b.WindowSum(); calls != 0 {
				t.Fatalf("round %d: %d calls stay in the window", round, calls)
			}
		}
	})
}
