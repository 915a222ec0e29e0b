package breaker_test

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/errvet/errvet/fault/breaker"
)

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// inParallel does op b.N times, shared by so many goroutines.
func inParallel(b *testing.B, goroutines int, op func(context.Context)) {
	var wg sync.WaitGroup
	for g := range goroutines {
		n := (b.N + g) / goroutines
		wg.Go(func() {
			ctx := context.Background()
			for range n {
				op(ctx)
			}
		})
	}
	wg.Wait()
}

const workers = 64

// loadTime is how long each load lasts: short, unless FAULT_LOAD says otherwise (FAULT_LOAD=10s).
func loadTime(t *testing.T) time.Duration {
	t.Helper()
	text := os.Getenv("FAULT_LOAD")
	if text == "" {
		return 200 * time.Millisecond
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("FAULT_LOAD: %v", err)
	}
	return d
}

// load does op in 64 goroutines until the time is over and enough has happened.
func load(d time.Duration, enough func() bool, op func()) {
	end := time.Now().Add(d)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for time.Now().Before(end) || !enough() {
				op()
			}
		})
	}
	wg.Wait()
}

// noGoroutinesLeft reports goroutines that outlive the test.
func noGoroutinesLeft(t *testing.T) {
	t.Helper()
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		for range 100 {
			if runtime.NumGoroutine() <= before {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
	})
}

// TestLoadClosed: all failures in a row are counted, and each once.
func TestLoadClosed(t *testing.T) {
	noGoroutinesLeft(t)
	b := breaker.New(breaker.Config{Failures: math.MaxInt, Logger: quiet})
	var made atomic.Int64
	load(loadTime(t), func() bool { return made.Load() > 0 }, func() {
		made.Add(1)
		_ = b.Run(context.Background(), func(context.Context) error { return errDown })
	})
	if got := b.Row(); got != made.Load() {
		t.Errorf("%d failures made, %d counted", made.Load(), got)
	}
}

// TestLoadOpening: however many goroutines fail at once, the row ends at its length, in one opening.
func TestLoadOpening(t *testing.T) {
	noGoroutinesLeft(t)
	end := time.Now().Add(loadTime(t))
	for round := 0; round == 0 || time.Now().Before(end); round++ {
		const each = 40
		var opened atomic.Int64
		b := breaker.New(breaker.Config{Failures: workers * each, Cooldown: time.Hour, Logger: quiet,
			OnChange: func(context.Context, breaker.Change) { opened.Add(1) }})
		var wg sync.WaitGroup
		for g := range workers {
			n := each
			if g == 0 {
				n-- // one too few in all
			}
			wg.Go(func() {
				for range n {
					_ = b.Run(context.Background(), func(context.Context) error { return errDown })
				}
			})
		}
		wg.Wait()
		in(t, b, breaker.Closed)
		for range workers {
			wg.Go(func() { _ = b.Run(context.Background(), func(context.Context) error { return errDown }) })
		}
		wg.Wait()
		in(t, b, breaker.Open)
		if opened.Load() != 1 {
			t.Fatalf("opened %d times", opened.Load())
		}
	}
}

// lapses counts the records that say that a trial call has lost its place.
type lapses struct {
	slog.Handler
	n atomic.Int64
}

func (*lapses) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

func (l *lapses) Handle(_ context.Context, r slog.Record) error {
	if strings.Contains(r.Message, "has not come back") {
		l.n.Add(1)
	}
	return nil
}

// TestLoadOpenAndHalfOpen: while a dependency is down, each half-open phase lets exactly as many calls through as it
// may, and each attempt is either made or refused. When the dependency is well again the breaker finds out.
func TestLoadOpenAndHalfOpen(t *testing.T) {
	noGoroutinesLeft(t)
	var reopened, wrong atomic.Int64
	last := breaker.Closed // the hook is called by one goroutine at a time
	lapsed := &lapses{Handler: slog.DiscardHandler}
	b := breaker.New(breaker.Config{Failures: 1, Cooldown: time.Millisecond, Logger: slog.New(lapsed), Jitter: -1,
		OnChange: func(_ context.Context, c breaker.Change) {
			if c.From != last {
				wrong.Add(1)
			}
			last = c.To
			if c.From == breaker.HalfOpen && c.To == breaker.Open {
				reopened.Add(1)
			}
		}})
	fail(t, b, 1)
	var made, turned, attempts atomic.Int64
	var well atomic.Bool
	attempt := func() {
		attempts.Add(1)
		err := b.Run(context.Background(), func(context.Context) error {
			made.Add(1)
			if well.Load() {
				return nil
			}
			return errDown
		})
		if errors.Is(err, breaker.ErrOpen) {
			turned.Add(1)
		}
	}
	load(loadTime(t), func() bool { return reopened.Load() >= 3 }, attempt)
	if made.Load() != reopened.Load()+lapsed.n.Load() {
		t.Errorf("%d trial calls: %d opened the breaker again, %d lost their place", made.Load(), reopened.Load(), lapsed.n.Load())
	}
	if made.Load()+turned.Load() != attempts.Load() || wrong.Load() != 0 {
		t.Errorf("%d attempts: %d made, %d refused; %d changes out of order", attempts.Load(), made.Load(), turned.Load(), wrong.Load())
	}
	well.Store(true)
	for b.State() != breaker.Closed {
		attempt()
		runtime.Gosched()
	}
}

// TestLoadMixed: with outcomes of all kinds and a hand that interferes, nothing gets stuck.
func TestLoadMixed(t *testing.T) {
	noGoroutinesLeft(t)
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	b := breaker.New(breaker.Config{Failures: 3, Cooldown: time.Millisecond, Probes: 2, Slow: time.Hour, Logger: quiet,
		Window: breaker.Window{Span: 20 * time.Millisecond, MinCalls: 5, FailureRate: 0.3}})
	var n atomic.Int64
	load(loadTime(t), func() bool { return n.Load() > 20000 }, func() {
		defer func() { _ = recover() }()
		i := n.Add(1)
		ctx := context.Background()
		switch {
		case i%10007 == 0:
			b.Isolate(nil)
		case i%1009 == 0:
			b.Close()
		case i%5 == 0:
			ctx = canceled
		}
		_ = b.Run(ctx, func(context.Context) error {
			switch i % 7 {
			case 0:
				return errDown
			case 1:
				panic("boom")
			}
			return nil
		})
	})
	b.Close()
	succeed(t, b)
}
