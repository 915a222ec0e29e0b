package rivals_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	retrygo "github.com/avast/retry-go/v5"
	"github.com/cenkalti/backoff/v7"
	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/retry"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
)

// retrier tries up to five times, a second apart at first, as each library does by default otherwise.
type retrier func(ctx context.Context, f func(context.Context) (int, error)) (int, error)

var retriers = map[string]retrier{
	"fault": func(ctx context.Context, f func(context.Context) (int, error)) (int, error) {
		return retry.Do(ctx, retry.Policy{Attempts: 5, Base: time.Second}, f)
	},
	"backoff": func(ctx context.Context, f func(context.Context) (int, error)) (int, error) {
		waits := backoff.NewExponentialBackOff()
		waits.InitialInterval = time.Second
		return backoff.Retry(ctx, func() (int, error) { return f(ctx) }, backoff.WithMaxTries(5), backoff.WithBackOff(waits))
	},
	"retry-go": func(ctx context.Context, f func(context.Context) (int, error)) (int, error) {
		return retrygo.NewWithData[int](retrygo.Context(ctx), retrygo.Attempts(5), retrygo.Delay(time.Second)).
			Do(func() (int, error) { return f(ctx) })
	},
	"failsafe-go": func(ctx context.Context, f func(context.Context) (int, error)) (int, error) {
		policy := retrypolicy.NewBuilder[int]().WithMaxAttempts(5).WithBackoff(time.Second, time.Minute).Build()
		return failsafe.With[int](policy).WithContext(ctx).Get(func() (int, error) { return f(ctx) })
	},
}

var retryTable = []struct {
	name     string
	scenario func(t *testing.T, do retrier) string
	want     string
	rivals   map[string]string // where they differ from want
}{
	{"an error nobody has called transient", tries(errDown), "1 try",
		map[string]string{"backoff": "5 tries", "retry-go": "5 tries", "failsafe-go": "5 tries"}},
	{"context.Canceled from the call", tries(context.Canceled), "1 try",
		map[string]string{"backoff": "5 tries", "retry-go": "5 tries", "failsafe-go": "5 tries"}},
	{"ctx ends while it waits", keptOnCancel, "both errors kept",
		map[string]string{"failsafe-go": "the last error is lost"}},
	{"the next wait outlasts the deadline", sleepsIntoDeadline, "stops at once",
		map[string]string{"backoff": "sleeps on", "retry-go": "sleeps on", "failsafe-go": "sleeps on"}},
}

func TestRetryBehaviour(t *testing.T) {
	for _, row := range retryTable {
		for _, name := range slices.Sorted(maps.Keys(retriers)) {
			t.Run(row.name+"/"+name, func(t *testing.T) {
				want := row.want
				if differs, ok := row.rivals[name]; ok {
					want = differs
				}
				synctest.Test(t, func(t *testing.T) {
					if got := row.scenario(t, retriers[name]); got != want {
						t.Errorf("%s: %s, recorded is %s", name, got, want)
					}
				})
			})
		}
	}
}

func tries(err error) func(*testing.T, retrier) string {
	return func(t *testing.T, do retrier) string {
		n := 0
		if _, got := do(t.Context(), func(context.Context) (int, error) { n++; return 0, err }); got == nil {
			t.Error("no error")
		}
		if n == 1 {
			return "1 try"
		}
		return strconv.Itoa(n) + " tries"
	}
}

func keptOnCancel(t *testing.T, do retrier) string {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel) // before the second try in all of them
	_, err := do(ctx, func(context.Context) (int, error) { return 0, fault.Transient(errDown) })
	switch last, why := errors.Is(err, errDown), errors.Is(err, context.Canceled); {
	case last && why:
		return "both errors kept"
	case why:
		return "the last error is lost"
	case last:
		return "the reason is lost"
	}
	return "both are lost"
}

func sleepsIntoDeadline(t *testing.T, do retrier) string {
	// Shorter than the shortest first wait of all of them, jitter included.
	const left = 400 * time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), left)
	defer cancel()
	start := time.Now()
	if _, err := do(ctx, func(context.Context) (int, error) { return 0, fault.Transient(errDown) }); err == nil {
		t.Error("no error")
	}
	if time.Since(start) < left {
		return "stops at once"
	}
	return "sleeps on"
}
