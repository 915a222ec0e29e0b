package retry_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/errvet/errvet/fault/breaker"
	"github.com/errvet/errvet/fault/internal/cputime"
	"github.com/errvet/errvet/fault/retry"
)

// call is the empty call that every row makes; bare calls it through a function of the shape of Do, the least anything
// of that shape costs.
var call = func(context.Context) (int, error) { return 1, nil }

//go:noinline
func bare[T any](ctx context.Context, f func(context.Context) (T, error)) (T, error) { return f(ctx) }

var (
	sink  int
	quiet = slog.New(slog.DiscardHandler)
)

func rows() []struct {
	name string
	op   func(context.Context)
} {
	b := breaker.New(breaker.Config{Logger: slog.New(slog.DiscardHandler)})
	policy := retry.Policy{Attempts: 3}
	budgeted := retry.Policy{Budget: &retry.Budget{}}
	return []struct {
		name string
		op   func(context.Context)
	}{
		{"inline-call", func(ctx context.Context) { sink, _ = call(ctx) }},
		{"bare", func(ctx context.Context) { sink, _ = bare(ctx, call) }},
		{"retry", func(ctx context.Context) { sink, _ = retry.Do(ctx, policy, call) }},
		{"retry+budget", func(ctx context.Context) { sink, _ = retry.Do(ctx, budgeted, call) }},
		{"breaker(retry)", func(ctx context.Context) {
			sink, _ = breaker.Do(ctx, b, func(ctx context.Context) (int, error) { return retry.Do(ctx, policy, call) })
		}},
		{"retry(breaker)", func(ctx context.Context) {
			sink, _ = retry.Do(ctx, policy, func(ctx context.Context) (int, error) { return breaker.Do(ctx, b, call) })
		}},
	}
}

func TestNoAllocs(t *testing.T) {
	for _, row := range rows() {
		if n := testing.AllocsPerRun(100, func() { row.op(context.Background()) }); n != 0 {
			t.Errorf("%s: %v allocations", row.name, n)
		}
	}
}

func BenchmarkDo(b *testing.B) {
	for _, row := range rows() {
		b.Run(row.name, func(b *testing.B) {
			ctx := context.Background()
			cputime.Measure(b, func() {
				for b.Loop() {
					row.op(ctx)
				}
			})
		})
	}
}
