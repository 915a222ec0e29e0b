package breaker_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/breaker"
)

// three opens after three failures for a minute exactly.
func three(change func(*breaker.Config)) *breaker.Breaker {
	c := breaker.Config{Name: "api", Failures: 3, Jitter: -1, Logger: quiet}
	if change != nil {
		change(&c)
	}
	return breaker.New(c)
}

func fail(t *testing.T, b *breaker.Breaker, times int) {
	t.Helper()
	for range times {
		if err := b.Run(t.Context(), func(context.Context) error { return errDown }); err != errDown {
			t.Fatalf("the failing call gave %v", err)
		}
	}
}

func succeed(t *testing.T, b *breaker.Breaker) {
	t.Helper()
	v, err := breaker.Do(t.Context(), b, func(context.Context) (string, error) { return "ok", nil })
	if v != "ok" || err != nil {
		t.Fatalf("the healthy call gave %q, %v", v, err)
	}
}

func refused(t *testing.T, b *breaker.Breaker) *breaker.OpenError {
	t.Helper()
	err := b.Run(t.Context(), func(context.Context) error { t.Error("a refused call was made"); return nil })
	open, ok := errors.AsType[*breaker.OpenError](err)
	if !ok || !errors.Is(err, breaker.ErrOpen) {
		t.Fatalf("not refused: %v", err)
	}
	if check := b.Check(); check != err {
		t.Errorf("Check() = %v, a call got %v", check, err)
	}
	return open
}

func in(t *testing.T, b *breaker.Breaker, want breaker.State) {
	t.Helper()
	if got := b.State(); got != want {
		t.Fatalf("state %v, want %v", got, want)
	}
}

func TestOpensRefusesProbesAndCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := three(nil)
		fail(t, b, 2)
		succeed(t, b)
		fail(t, b, 2)
		in(t, b, breaker.Closed)
		fail(t, b, 1)
		in(t, b, breaker.Open)
		open := refused(t, b)
		if open.Name != "api" || open.Cause != errDown || open.RetryAfter() != time.Minute || errors.Is(open, errDown) {
			t.Errorf("%+v", open)
		}
		if d, ok := fault.RetryAfter(fmt.Errorf("x: %w", open)); !ok || d != time.Minute || fault.IsTransient(open) {
			t.Errorf("RetryAfter %v %v, transient %v", d, ok, fault.IsTransient(open))
		}
		time.Sleep(29500 * time.Millisecond)
		if got, want := open.Error(), `circuit breaker "api" open: retry in 31s`; got != want {
			t.Errorf("text %q, want %q", got, want)
		}
		time.Sleep(30500 * time.Millisecond)
		synctest.Wait()
		in(t, b, breaker.HalfOpen) // nobody has called
		succeed(t, b)
		in(t, b, breaker.Closed)
		fail(t, b, 2)
		in(t, b, breaker.Closed) // counting began anew
	})
}

func TestFailedTrialReopensWithLongerCooldown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := three(func(c *breaker.Config) { c.MaxCooldown = 3 * time.Minute })
		fail(t, b, 3)
		for _, want := range []time.Duration{1, 2, 3, 3} {
			if got := refused(t, b).RetryAfter(); got != want*time.Minute {
				t.Fatalf("cooldown %v, want %v", got, want*time.Minute)
			}
			time.Sleep(want * time.Minute)
			synctest.Wait()
			fail(t, b, 1)
		}
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		succeed(t, b)
		fail(t, b, 3)
		if got := refused(t, b).RetryAfter(); got != time.Minute {
			t.Errorf("after closing the cooldown is %v", got)
		}
	})
}

func TestJitterShortens(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 50 {
		b := breaker.New(breaker.Config{Failures: 1, Cooldown: time.Hour, Jitter: 0.5, Logger: quiet})
		fail(t, b, 1)
		d := refused(t, b).RetryAfter()
		if d > time.Hour || d < 29*time.Minute {
			t.Errorf("cooldown %v", d)
		}
		seen[d.Round(time.Minute)] = true
	}
	if len(seen) < 5 {
		t.Errorf("hardly random: %v", seen)
	}
}

func TestServersRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for wish, want := range map[time.Duration]time.Duration{
			time.Second:     time.Minute,
			5 * time.Minute: 5 * time.Minute,
			48 * time.Hour:  time.Hour,
		} {
			b := three(func(c *breaker.Config) { c.Failures = 1; c.Jitter = 0 })
			err := b.Run(t.Context(), func(context.Context) error { return fault.After(errDown, wish) })
			if !errors.Is(err, errDown) {
				t.Fatal(err)
			}
			got := refused(t, b).RetryAfter()
			if got > want || got < want*9/10 || wish > time.Minute && got != want {
				t.Errorf("server asks for %v: open for %v, want %v", wish, got, want)
			}
		}
	})
}

func TestWhatCounts(t *testing.T) {
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	caused, cancelCause := context.WithCancelCause(context.Background())
	cancelCause(errors.New("tab closed"))
	late, cancelLate := context.WithTimeout(context.Background(), -1)
	defer cancelLate()
	inner := three(nil)
	inner.Isolate(nil)
	ours := errors.New("ours")
	live := context.Background()

	for name, c := range map[string]struct {
		ctx    context.Context
		err    error
		config func(*breaker.Config)
		opens  bool
	}{
		"unknown error":                  {live, errDown, nil, true},
		"transient":                      {live, fault.Transient(errDown), nil, true},
		"permanent":                      {live, fault.Permanent(errDown), nil, false},
		"caller cancels":                 {canceled, canceled.Err(), nil, false},
		"caller cancels, driver's error": {canceled, errDown, nil, false},
		"caller cancels with a cause":    {caused, context.Cause(caused), nil, false},
		"caller's deadline":              {late, late.Err(), nil, true},
		"cancel inside the call":         {live, context.Canceled, nil, true},
		"another breaker":                {live, inner.Check(), nil, false},
		"Failed says no":                 {late, late.Err(), func(c *breaker.Config) { c.Failed = func(error) bool { return false } }, false},
		"Failed says yes":                {live, fault.Permanent(errDown), func(c *breaker.Config) { c.Failed = func(error) bool { return true } }, true},
		"Failed and a cancel":            {canceled, errDown, func(c *breaker.Config) { c.Failed = func(error) bool { return true } }, false},
		"Ignored":                        {live, ours, func(c *breaker.Config) { c.Ignored = func(err error) bool { return err == ours } }, false},
		"Ignored, another error":         {live, errDown, func(c *breaker.Config) { c.Ignored = func(err error) bool { return err == ours } }, true},
	} {
		b := three(c.config)
		for range 3 {
			if err := b.Run(c.ctx, func(context.Context) error { return c.err }); err != c.err {
				t.Fatalf("%s: got %v", name, err)
			}
		}
		if opened := b.State() == breaker.Open; opened != c.opens {
			t.Errorf("%s: opened %v, want %v", name, opened, c.opens)
		}
	}
}

func TestNeutralKeepsTheRowSuccessEndsIt(t *testing.T) {
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	b := three(nil)
	fail(t, b, 2)
	_ = b.Run(canceled, func(ctx context.Context) error { return ctx.Err() }) // neutral
	fail(t, b, 1)
	in(t, b, breaker.Open)

	b = three(nil)
	fail(t, b, 2)
	_ = b.Run(t.Context(), func(context.Context) error { return fault.Permanent(errDown) }) // an answer
	fail(t, b, 2)
	in(t, b, breaker.Closed)
}

func TestPanicAndGoexitCount(t *testing.T) {
	for name, end := range map[string]func(){
		"panic":     func() { panic("boom") },
		"nil panic": func() { panic(nil) },
		"Goexit":    runtime.Goexit,
	} {
		synctest.Test(t, func(t *testing.T) {
			b := three(func(c *breaker.Config) { c.Probes = 1 })
			abort := func() {
				var wg sync.WaitGroup
				wg.Add(1)
				go func() {
					defer wg.Done()
					defer func() { _ = recover() }()
					_ = b.Run(t.Context(), func(context.Context) error { end(); return nil })
					t.Errorf("%s did not pass through", name)
				}()
				wg.Wait()
			}
			for range 3 {
				abort()
			}
			in(t, b, breaker.Open)
			if refused(t, b).Cause == nil {
				t.Errorf("%s: no cause", name)
			}
			time.Sleep(time.Minute)
			synctest.Wait()
			abort() // as the trial call
			in(t, b, breaker.Open)
			time.Sleep(time.Minute)
			synctest.Wait()
			succeed(t, b)
			in(t, b, breaker.Closed)
		})
	}
}

func TestPredicateThatPanicsCountsAsFailure(t *testing.T) {
	b := three(func(c *breaker.Config) { c.Failures = 1; c.Failed = func(error) bool { panic("predicate") } })
	func() {
		defer func() {
			if recover() != "predicate" {
				t.Error("the panic is swallowed")
			}
		}()
		_ = b.Run(t.Context(), func(context.Context) error { return errDown })
	}()
	in(t, b, breaker.Open)
}

func TestIsolateAndClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := three(nil)
		why := errors.New("maintenance")
		b.Isolate(why)
		time.Sleep(24 * time.Hour)
		in(t, b, breaker.Isolated)
		if e := refused(t, b); e.Cause != why || !e.Until.IsZero() || e.RetryAfter() != time.Minute {
			t.Errorf("%+v", e)
		}
		b.Close()
		succeed(t, b)

		fail(t, b, 3)
		b.Close() // resets, and the timer of the open phase comes to nothing
		b.Isolate(nil)
		time.Sleep(time.Hour)
		synctest.Wait()
		in(t, b, breaker.Isolated)
		b.Close()
		fail(t, b, 2)
		b.Close()
		fail(t, b, 2)
		in(t, b, breaker.Closed)
	})
}

func TestSlowCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := three(func(c *breaker.Config) { c.Slow = time.Second })
		slowly := func(d time.Duration) {
			if err := b.Run(t.Context(), func(context.Context) error { time.Sleep(d); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		slowly(time.Second)
		slowly(time.Second)
		slowly(time.Second - 1)
		slowly(time.Second)
		slowly(2 * time.Second)
		in(t, b, breaker.Closed)
		slowly(time.Second)
		in(t, b, breaker.Open)
		if got := refused(t, b).Cause.Error(); got != "the call took 1s, slow from 1s" {
			t.Error(got)
		}
		time.Sleep(time.Minute)
		slowly(time.Minute) // the trial call, itself slow
		in(t, b, breaker.Open)
	})
}

func TestAllow(t *testing.T) {
	b := three(nil)
	for range 3 {
		done, err := b.Allow(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		done(errDown)
		done(errDown) // no second time
		done(nil)
	}
	in(t, b, breaker.Open)
	if _, err := b.Allow(nil); !errors.Is(err, breaker.ErrOpen) { //nolint:staticcheck // a nil ctx is allowed
		t.Errorf("got %v", err)
	}
}

func TestBadSettings(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]breaker.Config{
		"zero":     {},
		"negative": {Failures: -1, Cooldown: -1, MaxCooldown: -1, Probes: -1, Slow: -1, Jitter: -1, Window: breaker.Window{Span: -1, MinCalls: -1, FailureRate: -1, SlowRate: -1}},
		"NaN":      {Jitter: nan, Window: breaker.Window{FailureRate: nan, SlowRate: nan}},
		"huge":     {Failures: 5, Cooldown: math.MaxInt64, MaxCooldown: math.MaxInt64, Slow: math.MaxInt64, Jitter: math.Inf(1), Probes: math.MaxInt},
	} {
		c.Logger = quiet
		b := breaker.New(c)
		fail(t, b, 4)
		in(t, b, breaker.Closed)
		fail(t, b, 1)
		if e := refused(t, b); e.RetryAfter() < 0 || name != "huge" && e.RetryAfter() > time.Minute {
			t.Errorf("%s: %+v", name, e)
		}
		in(t, b, breaker.Open)
	}
	w := breaker.New(breaker.Config{Window: breaker.Window{Span: 1, FailureRate: nan, MinCalls: -5}, Logger: quiet})
	fail(t, w, 20)
	in(t, w, breaker.Open)
	w = breaker.New(breaker.Config{Window: breaker.Window{Span: math.MaxInt64, FailureRate: 7, MinCalls: math.MaxInt}, Logger: quiet})
	fail(t, w, 30)
	in(t, w, breaker.Closed)
}

func TestNilArguments(t *testing.T) {
	b := three(nil)
	for range 5 {
		if _, err := breaker.Do[int](t.Context(), b, nil); err == nil || errors.Is(err, breaker.ErrOpen) {
			t.Fatalf("nil function: %v", err)
		}
		if err := b.Run(t.Context(), nil); err == nil || errors.Is(err, breaker.ErrOpen) {
			t.Fatalf("nil function: %v", err)
		}
	}
	if _, err := breaker.Do(nil, b, func(ctx context.Context) (int, error) { return 0, ctx.Err() }); err != nil { //nolint:staticcheck // as above
		t.Errorf("nil context: %v", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("documented to panic")
		}
	}()
	_ = new(breaker.Breaker).Run(t.Context(), func(context.Context) error { return nil })
}

func TestOpenErrorInTheLog(t *testing.T) {
	b := three(func(c *breaker.Config) { c.Failures = 1; c.Name = "" })
	fail(t, b, 1)
	e := refused(t, b)
	got := map[string]slog.Value{}
	for _, a := range e.LogValue().Group() {
		got[a.Key] = a.Value
	}
	if got["cause"].String() != "down" || got["state"].String() != "open" || got["retry_after"].Duration() <= 0 {
		t.Errorf("%v", got)
	}
	if text, ok := fault.PublicOf(e); !ok || text == "" || fault.CodeOf(e) != breaker.ErrOpen {
		t.Errorf("public %q, code %q", text, fault.CodeOf(e))
	}
	if got := (&breaker.OpenError{State: breaker.Open}).Error(); got != "circuit breaker open: retry now" {
		t.Error(got)
	}
	if got := breaker.State(9).String(); got != "State(9)" {
		t.Error(got)
	}
}
