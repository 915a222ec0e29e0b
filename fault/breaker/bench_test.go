package breaker_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/errvet/errvet/fault/breaker"
	"github.com/errvet/errvet/fault/internal/cputime"
)

// call is the empty call that every row makes. It is a variable and not inlined, as the function that a breaker is
// given never is.
var call = func(context.Context) (int, error) { return 1, nil }

// bare is the least that anything of the shape of Do costs; bound adds the one atomic load without which
// nothing can know its state.
//
//go:noinline
func bare[T any](ctx context.Context, f func(context.Context) (T, error)) (T, error) { return f(ctx) }

//go:noinline
func bound[T any](ctx context.Context, closed *atomic.Pointer[int], f func(context.Context) (T, error)) (T, error) {
	if closed.Load() != nil {
		var none T
		return none, errDown
	}
	return f(ctx)
}

var (
	errDown = errors.New("down")
	quiet   = slog.New(slog.DiscardHandler)
)

// rows are the benchmark's rows. Each op does one operation.
func rows() map[string]func(ctx context.Context) {
	var closed atomic.Pointer[int]
	consecutive := breaker.New(breaker.Config{Logger: quiet})
	window := breaker.New(breaker.Config{Window: breaker.Window{Span: 10 * time.Second}, Logger: quiet})
	slow := breaker.New(breaker.Config{Window: breaker.Window{Span: 10 * time.Second}, Slow: time.Second, Logger: quiet})
	open := breaker.New(breaker.Config{Failures: 1, Cooldown: time.Hour, Logger: quiet})
	_ = open.Run(context.Background(), func(context.Context) error { return errDown }) // opens it
	return map[string]func(ctx context.Context){
		"0-inline-load+call": func(ctx context.Context) {
			if closed.Load() == nil {
				call(ctx)
			}
		},
		"1-bare":        func(ctx context.Context) { bare(ctx, call) },
		"2-bound":       func(ctx context.Context) { bound(ctx, &closed, call) },
		"3-consecutive": func(ctx context.Context) { breaker.Do(ctx, consecutive, call) },
		"4-window":      func(ctx context.Context) { breaker.Do(ctx, window, call) },
		"5-window+slow": func(ctx context.Context) { breaker.Do(ctx, slow, call) },
		"6-open":        func(ctx context.Context) { breaker.Do(ctx, open, call) },
	}
}

func BenchmarkDo(b *testing.B) {
	all := rows()
	for _, name := range sortedNames(all) {
		op := all[name]
		b.Run(name, func(b *testing.B) {
			ctx := context.Background()
			cputime.Measure(b, func() {
				for b.Loop() {
					op(ctx)
				}
			})
		})
	}
}

// BenchmarkParallel runs the rows in 2 and in 64 goroutines at once.
func BenchmarkParallel(b *testing.B) {
	all := rows()
	for _, goroutines := range []int{2, 64} {
		for _, name := range sortedNames(all) {
			op := all[name]
			b.Run(fmt.Sprintf("%s/%d", name, goroutines), func(b *testing.B) {
				cputime.Measure(b, func() { inParallel(b, goroutines, op) })
			})
		}
	}
}
