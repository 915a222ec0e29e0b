package rivals_test

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// row is one line of the table: a scenario, what is wanted of it, and what each of the three gives.
type row struct {
	name     string
	scenario func(t *testing.T, build makeSubject) string
	want     string
	rivals   map[string]string // where they differ from want
}

var table = []row{
	{"100 callers after the cooldown", herd, "1 trial call", nil},
	{"5 callers cancel, default settings", cancels(nil), "calls pass",
		map[string]string{"gobreaker": "refused", "failsafe-go": "refused"}},
	{"5 callers cancel with a cause of their own", cancels(errors.New("tab closed")), "calls pass",
		map[string]string{"gobreaker": "refused", "failsafe-go": "refused"}},
	{"50 stale successes while half-open", stale, "1 call passes",
		map[string]string{"failsafe-go": "4 calls pass"}},
	{"the trial call panics", dyingTrial(func() { panic("boom") }), "recovers",
		map[string]string{"failsafe-go": "refuses for ever"}},
	{"the trial call ends by runtime.Goexit", dyingTrial(runtime.Goexit), "recovers",
		map[string]string{"gobreaker": "refuses for ever", "failsafe-go": "refuses for ever"}},
	{"the trial call hangs, a healthy call a day later", hungTrial, "recovers",
		map[string]string{"gobreaker": "refuses for ever", "failsafe-go": "refuses for ever"}},
	{"the late result of a hung trial call", lateTrial, "ignored",
		map[string]string{"gobreaker": "closes", "failsafe-go": "closes"}},
	{"state after the cooldown, without a call", quietState, "half-open",
		map[string]string{"failsafe-go": "open"}},
	{"a refusal says when to come back", whenToComeBack, "in 1m0s",
		map[string]string{"gobreaker": "does not say", "failsafe-go": "does not say"}},
}

func TestBehaviour(t *testing.T) {
	for _, row := range table {
		for _, name := range slices.Sorted(maps.Keys(subjects)) {
			t.Run(row.name+"/"+name, func(t *testing.T) {
				want := row.want
				if differs, ok := row.rivals[name]; ok {
					want = differs
				}
				synctest.Test(t, func(t *testing.T) {
					if got := row.scenario(t, subjects[name]); got != want {
						t.Errorf("%s: %s, recorded is %s", name, got, want)
					}
				})
			})
		}
	}
}

// opened returns a subject whose dependency is down.
func opened(t *testing.T, build makeSubject) *subject {
	t.Helper()
	s := build(nil)
	for range 3 {
		if err := s.call(t.Context(), func(context.Context) error { return errDown }); err != errDown {
			t.Fatal(err)
		}
	}
	if err := s.call(t.Context(), func(context.Context) error { return nil }); !s.refuses(err) {
		t.Fatalf("not open: %v", err)
	}
	return s
}

func cooledDown(t *testing.T, build makeSubject) *subject {
	t.Helper()
	s := opened(t, build)
	time.Sleep(time.Minute + time.Millisecond)
	return s
}

// recovers makes a healthy call now and, if that is refused, ten more at intervals of an hour.
func recovers(t *testing.T, s *subject) string {
	t.Helper()
	for range 11 {
		if err := s.call(t.Context(), func(context.Context) error { return nil }); err == nil {
			return "recovers"
		}
		time.Sleep(time.Hour)
	}
	return "refuses for ever"
}

func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(n, 10) + " " + many
}

func herd(t *testing.T, build makeSubject) string {
	s := cooledDown(t, build)
	var passed atomic.Int64
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			_ = s.call(t.Context(), func(context.Context) error { passed.Add(1); time.Sleep(time.Second); return nil })
		})
	}
	wg.Wait()
	return plural(passed.Load(), "trial call", "trial calls")
}

func cancels(cause error) func(*testing.T, makeSubject) string {
	return func(t *testing.T, build makeSubject) string {
		s := build(nil)
		for range 5 {
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(time.Second, func() { cancel(cause) })
			_ = s.call(ctx, func(ctx context.Context) error {
				<-ctx.Done()
				return context.Cause(ctx)
			})
		}
		if err := s.call(t.Context(), func(context.Context) error { return nil }); s.refuses(err) {
			return "refused"
		}
		return "calls pass"
	}
}

func stale(t *testing.T, build makeSubject) string {
	s := build(nil)
	release := make(chan struct{})
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { _ = s.call(t.Context(), func(context.Context) error { <-release; return nil }) })
	}
	synctest.Wait()
	for range 3 {
		_ = s.call(t.Context(), func(context.Context) error { return errDown })
	}
	time.Sleep(time.Minute + time.Millisecond)
	var passed atomic.Int64
	hang := make(chan struct{})
	probe := func() {
		wg.Go(func() {
			_ = s.call(t.Context(), func(context.Context) error { passed.Add(1); <-hang; return errDown })
		})
		synctest.Wait()
	}
	probe() // the trial call is under way
	for range 3 {
		release <- struct{}{} // and now results come in from before
		synctest.Wait()
		probe()
	}
	close(release)
	close(hang)
	wg.Wait()
	return plural(passed.Load(), "call passes", "calls pass")
}

func dyingTrial(end func()) func(*testing.T, makeSubject) string {
	return func(t *testing.T, build makeSubject) string {
		s := cooledDown(t, build)
		var wg sync.WaitGroup
		wg.Add(1)
		go func() { // as net/http runs a handler
			defer wg.Done()
			defer func() { _ = recover() }()
			_ = s.call(t.Context(), func(context.Context) error { end(); return nil })
		}()
		wg.Wait()
		time.Sleep(time.Minute + time.Millisecond)
		return recovers(t, s)
	}
}

// hang starts a trial call that comes back when release is closed.
func hang(t *testing.T, s *subject) (release func(err error)) {
	t.Helper()
	result := make(chan error)
	var wg sync.WaitGroup
	wg.Go(func() { _ = s.call(t.Context(), func(context.Context) error { return <-result }) })
	synctest.Wait()
	return func(err error) { result <- err; wg.Wait() }
}

func hungTrial(t *testing.T, build makeSubject) string {
	s := cooledDown(t, build)
	release := hang(t, s)
	time.Sleep(24 * time.Hour)
	verdict := recovers(t, s)
	release(errDown)
	return verdict
}

func lateTrial(t *testing.T, build makeSubject) string {
	s := cooledDown(t, build)
	first := hang(t, s)
	time.Sleep(2 * time.Minute)
	second := hang(t, s) // where the first has not lost its place, this one is refused and gone
	first(nil)
	closed := s.state() == "closed"
	defer func() {
		if !closed {
			second(errDown)
		}
	}()
	if closed {
		return "closes"
	}
	return "ignored"
}

func quietState(t *testing.T, build makeSubject) string {
	s := opened(t, build)
	time.Sleep(time.Hour)
	return s.state()
}

func whenToComeBack(t *testing.T, build makeSubject) string {
	s := opened(t, build)
	err := s.call(t.Context(), func(context.Context) error { return nil })
	if d, ok := s.retryAfter(err); ok {
		return "in " + d.String()
	}
	return "does not say"
}
