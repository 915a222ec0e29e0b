package retry_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/breaker"
	"github.com/errvet/errvet/fault/retry"
)

var errDown = errors.New("down")

// failing fails so many times with err, then succeeds, and counts its calls.
type failing struct {
	times int
	err   error
	calls int
}

func (f *failing) call(context.Context) (int, error) {
	if f.calls++; f.calls <= f.times {
		return -f.calls, f.err
	}
	return f.calls, nil
}

// exact waits without jitter.
var exact = retry.Policy{Attempts: 4, Base: time.Second, Max: 10 * time.Second, Jitter: -1}

func TestRepeatsUntilItSucceeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &failing{times: 3, err: fault.Transient(errDown)}
		var waits []time.Duration
		p := exact
		p.OnRetry = func(_ context.Context, try retry.Try) {
			if try.Number != len(waits)+2 || !errors.Is(try.Err, errDown) {
				t.Errorf("%+v", try)
			}
			waits = append(waits, try.Wait)
		}
		start := time.Now()
		v, err := retry.Do(t.Context(), p, f.call)
		if v != 4 || err != nil || time.Since(start) != 7*time.Second {
			t.Errorf("%v, %v after %v", v, err, time.Since(start))
		}
		if want := []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}; !reflect.DeepEqual(waits, want) {
			t.Errorf("waits %v", waits)
		}
	})
}

func TestWhyItStops(t *testing.T) {
	transient := fault.Transient(errDown)
	cause := errors.New("tab closed")
	forever := func(p retry.Policy) retry.Policy { p.Attempts = math.MaxInt; return p }
	for name, c := range map[string]struct {
		ctx      func(context.Context) (context.Context, context.CancelFunc)
		policy   retry.Policy
		err      error
		attempts int // 0: the error comes back as it is
		stopped  []error
		took     time.Duration
	}{
		"unknown error":     {policy: exact, err: errDown},
		"permanent":         {policy: exact, err: fault.Permanent(context.DeadlineExceeded)},
		"all tries used up": {policy: exact, err: transient, attempts: 4, stopped: []error{retry.ErrAttempts}, took: 7 * time.Second},
		"defaults": {policy: retry.Policy{Jitter: -1}, err: transient, attempts: 3, stopped: []error{retry.ErrAttempts},
			took: 300 * time.Millisecond},
		"capped": {policy: retry.Policy{Attempts: 6, Base: 4 * time.Second, Max: 10 * time.Second, Jitter: -1}, err: transient,
			attempts: 6, stopped: []error{retry.ErrAttempts}, took: 42 * time.Second},
		"cancel while it waits": {policy: forever(exact), err: transient, attempts: 3, took: 5 * time.Second,
			stopped: []error{context.Canceled, cause},
			ctx: func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancelCause(ctx)
				time.AfterFunc(5*time.Second, func() { cancel(cause) })
				return ctx, func() { cancel(nil) }
			}},
		"canceled before": {policy: exact, err: transient, attempts: 1, stopped: []error{context.Canceled},
			ctx: func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(ctx)
				cancel()
				return ctx, cancel
			}},
		"no sleep into the deadline": {policy: forever(exact), err: transient, attempts: 3, took: 3 * time.Second,
			stopped: []error{retry.ErrDeadline, context.DeadlineExceeded},
			ctx: func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, 7*time.Second) // the third wait would end at this very moment
			}},
		"server asks for more than the backoff": {policy: exact, err: fault.After(errDown, 3*time.Second), attempts: 4,
			stopped: []error{retry.ErrAttempts}, took: 10 * time.Second},
		"server asks for too much": {policy: exact, err: fault.After(errDown, 11*time.Second), attempts: 1,
			stopped: []error{retry.ErrWait}},
		"Retry overrides": {policy: func() retry.Policy { p := exact; p.Retry = func(error) bool { return true }; return p }(),
			err: errDown, attempts: 4, stopped: []error{retry.ErrAttempts}, took: 7 * time.Second},
		"budget": {policy: func() retry.Policy { p := forever(exact); p.Budget = &retry.Budget{Burst: 2}; return p }(),
			err: transient, attempts: 3, stopped: []error{retry.ErrBudget}, took: 3 * time.Second},
		"context.Canceled of the call": {policy: exact, err: context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := t.Context(), func() {}
				if c.ctx != nil {
					ctx, cancel = c.ctx(ctx)
				}
				defer cancel()
				f := &failing{times: math.MaxInt, err: c.err}
				start := time.Now()
				v, err := retry.Do(ctx, c.policy, f.call)
				if v != -f.calls {
					t.Errorf("value %v, want that of the last of %d calls", v, f.calls)
				}
				if took := time.Since(start); took != c.took {
					t.Errorf("took %v, want %v", took, c.took)
				}
				if c.attempts == 0 {
					if err != c.err || f.calls != 1 {
						t.Errorf("got %v after %d calls, want the error as it is", err, f.calls)
					}
					return
				}
				e, ok := errors.AsType[*retry.Error](err)
				if !ok || e.Attempts != c.attempts || f.calls != c.attempts || e.Last != c.err {
					t.Fatalf("got %v (%d calls), want %d attempts", err, f.calls, c.attempts)
				}
				for _, want := range append(c.stopped, c.err) {
					if !errors.Is(err, want) {
						t.Errorf("%v is not %v", err, want)
					}
				}
			})
		})
	}
}

func TestLaterPermanentErrorIsWrappedWithItsCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		err := retry.Run(t.Context(), exact, func(context.Context) error {
			if calls++; calls == 1 {
				return fault.Transient(errDown)
			}
			return fault.Code("payment.fraud")
		})
		if !errors.Is(err, retry.ErrPermanent) || fault.CodeOf(err) != "payment.fraud" || errors.Is(err, errDown) {
			t.Errorf("got %v", err)
		}
		if want := "gave up after 2 tries (not worth another): payment.fraud"; err.Error() != want {
			t.Errorf("text %q", err)
		}
	})
}

func TestCancelExplainsTheLastError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		err := retry.Run(ctx, exact, func(ctx context.Context) error {
			if calls++; calls == 1 {
				return fault.Transient(errDown)
			}
			cancel()
			return ctx.Err()
		})
		e, ok := errors.AsType[*retry.Error](err)
		if !ok || e.Stopped != context.Canceled || fault.IsTransient(err) {
			t.Errorf("got %v", err)
		}
	})
}

func TestTexts(t *testing.T) {
	for stopped, want := range map[error]string{
		retry.ErrAttempts: "no tries left",
		retry.ErrDeadline: "outlast the deadline",
		retry.ErrWait:     "too long a wait",
		retry.ErrBudget:   "budget used up",
		context.Canceled:  "context canceled",
		nil:               "nil",
	} {
		e := &retry.Error{Attempts: 1, Stopped: stopped, Last: errDown}
		if text := e.Error(); !strings.Contains(text, want) || !strings.HasPrefix(text, "gave up after 1 try (") || !strings.HasSuffix(text, ": down") {
			t.Errorf("%q has no %q", text, want)
		}
	}
}

type declined struct{ UserID int }

func (declined) Error() string  { return "declined" }
func (declined) Public() string { return "Your card was declined." }

func TestWhatALogAndAStrangerSee(t *testing.T) {
	var out bytes.Buffer
	err := error(&retry.Error{Attempts: 3, Stopped: retry.ErrAttempts, Last: fmt.Errorf("charge: %w", declined{7})})
	slog.New(slog.NewTextHandler(&out, nil)).Error("payment failed", fault.Attr(err))
	for _, want := range []string{"error.type=retry_test.declined", "error.details.user_id=7", "gave up after 3 tries"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, &out)
		}
	}
	if text, _ := fault.PublicOf(err); text != "Your card was declined." {
		t.Errorf("public text %q", text)
	}
}

func TestJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		seen := map[time.Duration]bool{}
		for range 50 {
			p := retry.Policy{Attempts: 2, Base: time.Second, OnRetry: func(_ context.Context, try retry.Try) {
				if try.Wait > time.Second || try.Wait < time.Second/2 {
					t.Errorf("wait %v", try.Wait)
				}
				seen[try.Wait.Round(10*time.Millisecond)] = true
			}}
			_, _ = retry.Do(t.Context(), p, (&failing{times: 9, err: fault.Transient(errDown)}).call)
		}
		if len(seen) < 10 {
			t.Errorf("hardly random: %v", seen)
		}
	})
}

func TestBadSettings(t *testing.T) {
	nan := math.NaN()
	for name, p := range map[string]retry.Policy{
		"negative": {Attempts: -1, Base: -1, Max: -1, Budget: &retry.Budget{Ratio: -1, Burst: -1}},
		"NaN":      {Jitter: nan, Budget: &retry.Budget{Ratio: nan}},
		"inf":      {Jitter: math.Inf(1), Budget: &retry.Budget{Ratio: math.Inf(1), Burst: math.MaxInt}},
		"huge":     {Base: math.MaxInt64, Max: math.MaxInt64},
		"max only": {Base: math.MaxInt64, Max: time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			defer cancel()
			f := &failing{times: 99, err: fault.Transient(errDown)}
			start := time.Now()
			_, err := retry.Do(ctx, p, f.call)
			want := 3
			if name == "huge" {
				want = 1
			}
			if e, ok := errors.AsType[*retry.Error](err); !ok || e.Attempts != want || time.Since(start) > 3*time.Second {
				t.Errorf("%s: %v after %v", name, err, time.Since(start))
			}
		})
	}
	if _, err := retry.Do[int](t.Context(), exact, nil); err == nil {
		t.Error("a nil function gives no error")
	}
	if err := retry.Run(t.Context(), exact, nil); err == nil {
		t.Error("a nil function gives no error")
	}
	err := retry.Run(nil, exact, func(ctx context.Context) error { return ctx.Err() }) //nolint:staticcheck // a nil ctx is allowed
	if err != nil {
		t.Errorf("nil context: %v", err)
	}
}

func TestPanicPassesThrough(t *testing.T) {
	defer func() {
		if r := recover(); r != "boom" {
			t.Errorf("recovered %v", r)
		}
	}()
	_ = retry.Run(t.Context(), exact, func(context.Context) error { panic("boom") })
}

func TestWithABreakerInBothOrders(t *testing.T) {
	transient := fault.Transient(errDown)
	synctest.Test(t, func(t *testing.T) { // the breaker outside: one failure is one exhausted retry
		b := breaker.New(breaker.Config{Name: "api", Failures: 3, Jitter: -1, Logger: slog.New(slog.DiscardHandler)})
		f := &failing{times: math.MaxInt, err: transient}
		for call := 1; call <= 4; call++ {
			_, err := breaker.Do(t.Context(), b, func(ctx context.Context) (int, error) {
				return retry.Do(ctx, retry.Policy{Attempts: 3}, f.call)
			})
			if call <= 3 && (f.calls != 3*call || !errors.Is(err, retry.ErrAttempts)) {
				t.Errorf("call %d: %d tries, %v", call, f.calls, err)
			}
			if call == 4 && (f.calls != 9 || !errors.Is(err, breaker.ErrOpen)) {
				t.Errorf("call %d: %d tries, %v", call, f.calls, err)
			}
		}
	})
	synctest.Test(t, func(t *testing.T) { // the retry outside: the opening breaker ends it
		b := breaker.New(breaker.Config{Name: "api", Failures: 3, Jitter: -1, Logger: slog.New(slog.DiscardHandler)})
		f := &failing{times: math.MaxInt, err: transient}
		_, err := retry.Do(t.Context(), retry.Policy{Attempts: 10}, func(ctx context.Context) (int, error) {
			return breaker.Do(ctx, b, f.call)
		})
		e, ok := errors.AsType[*retry.Error](err)
		if !ok || f.calls != 3 || e.Attempts != 4 || !errors.Is(err, breaker.ErrOpen) {
			t.Errorf("%d calls, %v", f.calls, err)
		}
		if d, ok := fault.RetryAfter(err); !ok || d > time.Minute || d < 59*time.Second {
			t.Errorf("retry after %v, %v", d, ok)
		}
	})
	synctest.Test(t, func(t *testing.T) { // a cancel that ends an inner retry is neutral for the breaker
		b := breaker.New(breaker.Config{Failures: 1, Logger: slog.New(slog.DiscardHandler)})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Millisecond, cancel)
		_, err := breaker.Do(ctx, b, func(ctx context.Context) (int, error) {
			return retry.Do(ctx, retry.Policy{Base: time.Second}, (&failing{times: 9, err: transient}).call)
		})
		if !errors.Is(err, context.Canceled) || !errors.Is(err, errDown) || b.State() != breaker.Closed {
			t.Errorf("%v, breaker %v", err, b.State())
		}
	})
}
