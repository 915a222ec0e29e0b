package breaker_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault/breaker"
)

// In a bubble, since the clock must stand still while calls are counted: a trial call that takes as long as the cooldown
// makes room for another.
func TestAllocs(t *testing.T) { synctest.Test(t, allocs) }

func allocs(t *testing.T) {
	ctx := t.Context()
	all := rows()
	half := three(func(c *breaker.Config) { c.Cooldown = 10 * time.Millisecond })
	fail(t, half, 3)
	for half.State() != breaker.HalfOpen {
		time.Sleep(time.Millisecond)
	}
	done, err := half.Allow(ctx) // takes the one place, and keeps it
	if err != nil {
		t.Fatal(err)
	}
	defer done(nil)
	all["half-open"] = func(context.Context) {
		if err := half.Check(); err == nil {
			t.Error("a second trial call would pass")
		}
		_ = half.Run(ctx, func(context.Context) error { return nil })
	}
	captured := 0
	consecutive := three(nil)
	all["closure"] = func(ctx context.Context) {
		v, err := breaker.Do(ctx, consecutive, func(context.Context) (int, error) { return captured + 1, nil })
		captured += v
		if err != nil {
			t.Error(err)
		}
	}
	all["Run"] = func(ctx context.Context) {
		if err := consecutive.Run(ctx, func(context.Context) error { captured++; return nil }); err != nil {
			t.Error(err)
		}
	}
	failing := three(func(c *breaker.Config) { c.Failures = 1 << 30 })
	all["failure"] = func(ctx context.Context) {
		_ = failing.Run(ctx, func(context.Context) error { return errDown })
	}
	for name, op := range all {
		if n := testing.AllocsPerRun(100, func() { op(ctx) }); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
