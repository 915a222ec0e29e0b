package breaker_test

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault/breaker"
)

func keys[K comparable](g *breaker.Group[K]) map[K]*breaker.Breaker {
	all := map[K]*breaker.Breaker{}
	for k, b := range g.All() {
		all[k] = b
	}
	return all
}

func TestGroupKeepsKeysApart(t *testing.T) {
	g := breaker.NewGroup[string](breaker.Config{Name: "api", Failures: 2, Logger: quiet}, 0)
	fail(t, g.Get("eu"), 2)
	in(t, g.Get("eu"), breaker.Open)
	in(t, g.Get("us"), breaker.Closed)
	if name := g.Get("eu").Name(); name != "api/eu" {
		t.Errorf("name %q", name)
	}
	if g.Get("us") != g.Get("us") || len(keys(g)) != 2 {
		t.Errorf("keys %v", keys(g))
	}
	if name := breaker.NewGroup[int](breaker.Config{}, 0).Get(7).Name(); name != "7" {
		t.Errorf("name %q", name)
	}
	for range g.All() {
		break // early
	}
}

func TestGroupForgetsTheIdleNeverTheOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := breaker.NewGroup[string](breaker.Config{Failures: 2, Cooldown: 100 * time.Hour, Logger: quiet}, time.Hour)
		open, isolated, counting, busy, idle := g.Get("open"), g.Get("isolated"), g.Get("counting"), g.Get("busy"), g.Get("idle")
		fail(t, open, 2)
		isolated.Isolate(nil)
		fail(t, counting, 1)
		succeed(t, idle)
		for hour := range 5 {
			time.Sleep(time.Hour)
			if g.Get("busy") != busy {
				t.Fatalf("a busy breaker is forgotten after %d hours", hour+1)
			}
			g.Get(fmt.Sprint("new ", hour)) // growth is what sweeps
		}
		all := keys(g)
		for name, b := range map[string]*breaker.Breaker{"open": open, "isolated": isolated, "counting": counting, "busy": busy} {
			if all[name] != b {
				t.Errorf("%s is forgotten", name)
			}
		}
		if all["idle"] != nil || all["new 0"] != nil || all["new 4"] == nil {
			t.Errorf("kept %v", all)
		}
		if g.Get("idle") == idle {
			t.Error("a forgotten breaker comes back")
		}
	})
}

// TestGroupLoad: keys come and go under 64 goroutines, and no failure that was counted is forgotten.
func TestGroupLoad(t *testing.T) {
	noGoroutinesLeft(t)
	g := breaker.NewGroup[int64](breaker.Config{Failures: math.MaxInt, Logger: quiet}, time.Nanosecond)
	const hot, each = 8, 500
	var failed [hot]atomic.Int64
	var fresh atomic.Int64
	fresh.Store(hot)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range each {
				key := int64((w + i) % hot)
				err := g.Get(key).Run(context.Background(), func(context.Context) error { return errDown })
				if err != errDown {
					t.Error(err)
				}
				failed[key].Add(1)
				g.Get(fresh.Add(1)) // a key that nobody asks for again
				if i%64 == 0 {
					runtime.Gosched()
				}
			}
		})
	}
	wg.Wait()
	for key := range failed {
		// A breaker with a failure on its count is not forgotten; one may be, between Get and its first failure.
		got, want := g.Get(int64(key)).Row(), failed[key].Load()
		if got > want || got < want-workers {
			t.Errorf("key %d: %d failures counted, %d made", key, got, want)
		}
	}
	if n := len(keys(g)); n > workers*each/2 {
		t.Errorf("%d of %d keys are kept", n, workers*each)
	}
}

func TestGroupGetDoesNotAllocate(t *testing.T) {
	g := breaker.NewGroup[string](breaker.Config{Logger: quiet}, 0)
	g.Get("eu")
	if n := testing.AllocsPerRun(100, func() { g.Get("eu") }); n > 1 { // the key's way into sync.Map
		t.Errorf("%v allocations", n)
	}
}
