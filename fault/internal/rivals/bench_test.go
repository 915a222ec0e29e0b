package rivals_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	retrygo "github.com/avast/retry-go/v5"
	"github.com/cenkalti/backoff/v7"
	"github.com/errvet/errvet/fault/breaker"
	"github.com/errvet/errvet/fault/internal/cputime"
	"github.com/errvet/errvet/fault/retry"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/sony/gobreaker/v2"
)

// call is the empty call of all rows.
var call = func(context.Context) (int, error) { return 1, nil }

// bound is what nothing of this shape is cheaper than: a call through a generic function that reads one atomic word.
//
//go:noinline
func bound[T any](ctx context.Context, closed *atomic.Pointer[int], f func(context.Context) (T, error)) (T, error) {
	if closed.Load() != nil {
		var none T
		return none, errDown
	}
	return f(ctx)
}

//go:noinline
func bare[T any](ctx context.Context, f func(context.Context) (T, error)) (T, error) { return f(ctx) }

type benchmark struct {
	name string
	op   func(ctx context.Context) (int, error)
}

var quiet = slog.New(slog.DiscardHandler)

func closedRows() []benchmark {
	var none atomic.Pointer[int]
	mine := breaker.New(breaker.Config{Logger: quiet})
	window := breaker.New(breaker.Config{Logger: quiet, Window: breaker.Window{Span: 10 * time.Second}})
	sony := gobreaker.NewCircuitBreaker[int](gobreaker.Settings{})
	rolling := gobreaker.NewCircuitBreaker[int](gobreaker.Settings{Interval: 10 * time.Second, BucketPeriod: time.Second})
	safe := circuitbreaker.NewBuilder[int]().WithFailureThreshold(5).Build()
	executor := failsafe.With[int](safe)
	safeWindow := failsafe.With[int](circuitbreaker.NewBuilder[int]().WithFailureRateThreshold(0.5, 20, 10*time.Second).Build())
	return []benchmark{
		{"bare", func(ctx context.Context) (int, error) { return bare(ctx, call) }},
		{"bound", func(ctx context.Context) (int, error) { return bound(ctx, &none, call) }},
		{"fault", func(ctx context.Context) (int, error) { return breaker.Do(ctx, mine, call) }},
		{"fault-window", func(ctx context.Context) (int, error) { return breaker.Do(ctx, window, call) }},
		{"gobreaker", func(ctx context.Context) (int, error) {
			return sony.Execute(func() (int, error) { return call(ctx) })
		}},
		{"gobreaker-rolling", func(ctx context.Context) (int, error) {
			return rolling.Execute(func() (int, error) { return call(ctx) })
		}},
		{"failsafe-permits", func(ctx context.Context) (int, error) {
			if !safe.TryAcquirePermit() {
				return 0, circuitbreaker.ErrOpen
			}
			v, err := call(ctx)
			if err != nil {
				safe.RecordError(err)
			} else {
				safe.RecordSuccess()
			}
			return v, err
		}},
		{"failsafe", func(ctx context.Context) (int, error) {
			return executor.Get(func() (int, error) { return call(ctx) })
		}},
		{"failsafe-window", func(ctx context.Context) (int, error) {
			return safeWindow.Get(func() (int, error) { return call(ctx) })
		}},
	}
}

func openRows() []benchmark {
	var some atomic.Pointer[int]
	some.Store(new(int))
	ctx := context.Background()
	fails := func(context.Context) (int, error) { return 0, errDown }
	mine := breaker.New(breaker.Config{Failures: 1, Cooldown: time.Hour, Logger: quiet})
	sony := gobreaker.NewCircuitBreaker[int](gobreaker.Settings{Timeout: time.Hour,
		ReadyToTrip: func(gobreaker.Counts) bool { return true }})
	safe := circuitbreaker.NewBuilder[int]().WithFailureThreshold(1).WithDelay(time.Hour).Build()
	executor := failsafe.With[int](safe)
	all := []benchmark{
		{"bound", func(ctx context.Context) (int, error) { return bound(ctx, &some, call) }},
		{"fault", func(ctx context.Context) (int, error) { return breaker.Do(ctx, mine, fails) }},
		{"gobreaker", func(ctx context.Context) (int, error) {
			return sony.Execute(func() (int, error) { return fails(ctx) })
		}},
		{"failsafe", func(ctx context.Context) (int, error) {
			return executor.Get(func() (int, error) { return fails(ctx) })
		}},
	}
	for _, b := range all {
		_, _ = b.op(ctx) // opens it
	}
	return all
}

func retryRows() []benchmark {
	policy := retry.Policy{Attempts: 3}
	data := retrygo.NewWithData[int](retrygo.Attempts(3))
	safe := failsafe.With[int](retrypolicy.NewBuilder[int]().WithMaxAttempts(3).Build())
	return []benchmark{
		{"bare", func(ctx context.Context) (int, error) { return bare(ctx, call) }},
		{"fault", func(ctx context.Context) (int, error) { return retry.Do(ctx, policy, call) }},
		{"backoff", func(ctx context.Context) (int, error) {
			return backoff.Retry(ctx, func() (int, error) { return call(ctx) }, backoff.WithMaxTries(3))
		}},
		{"retry-go", func(ctx context.Context) (int, error) {
			return data.Do(func() (int, error) { return call(ctx) })
		}},
		{"retry-go-per-ctx", func(ctx context.Context) (int, error) {
			return retrygo.NewWithData[int](retrygo.Attempts(3), retrygo.Context(ctx)).Do(func() (int, error) { return call(ctx) })
		}},
		{"failsafe", func(ctx context.Context) (int, error) {
			return safe.WithContext(ctx).Get(func() (int, error) { return call(ctx) })
		}},
	}
}

func bothRows() []benchmark {
	mine := breaker.New(breaker.Config{Logger: quiet})
	policy := retry.Policy{Attempts: 3}
	sony := gobreaker.NewCircuitBreaker[int](gobreaker.Settings{})
	safe := failsafe.With[int](circuitbreaker.NewWithDefaults[int](), retrypolicy.NewWithDefaults[int]())
	return []benchmark{
		{"bare", func(ctx context.Context) (int, error) { return bare(ctx, call) }},
		{"fault", func(ctx context.Context) (int, error) {
			return breaker.Do(ctx, mine, func(ctx context.Context) (int, error) { return retry.Do(ctx, policy, call) })
		}},
		{"gobreaker+backoff", func(ctx context.Context) (int, error) {
			return sony.Execute(func() (int, error) {
				return backoff.Retry(ctx, func() (int, error) { return call(ctx) }, backoff.WithMaxTries(3))
			})
		}},
		{"failsafe", func(ctx context.Context) (int, error) {
			return safe.WithContext(ctx).Get(func() (int, error) { return call(ctx) })
		}},
	}
}

// result is written by every operation, so that none is optimised away.
var result atomic.Int64

// BenchmarkOne runs each row in one goroutine.
func BenchmarkOne(b *testing.B) {
	each(b, func(b *testing.B, row benchmark) {
		ctx := context.Background()
		sum := 0
		cputime.Measure(b, func() {
			for b.Loop() {
				v, _ := row.op(ctx)
				sum += v
			}
		})
		result.Store(int64(sum))
	})
}

// BenchmarkMany runs each row in 2 and in 64 goroutines.
func BenchmarkMany(b *testing.B) {
	for _, goroutines := range []int{2, 64} {
		b.Run(fmt.Sprint(goroutines), func(b *testing.B) {
			each(b, func(b *testing.B, row benchmark) {
				cputime.Measure(b, func() {
					var wg sync.WaitGroup
					for g := range goroutines {
						n := (b.N + g) / goroutines
						wg.Go(func() {
							ctx := context.Background()
							sum := 0
							for range n {
								v, _ := row.op(ctx)
								sum += v
							}
							result.Store(int64(sum))
						})
					}
					wg.Wait()
				})
			})
		})
	}
}

func each(b *testing.B, run func(b *testing.B, row benchmark)) {
	for _, group := range []struct {
		name string
		rows []benchmark
	}{{"closed", closedRows()}, {"open", openRows()}, {"retry", retryRows()}, {"breaker(retry)", bothRows()}} {
		b.Run(group.name, func(b *testing.B) {
			for _, row := range group.rows {
				b.Run(row.name, func(b *testing.B) { run(b, row) })
			}
		})
	}
}
