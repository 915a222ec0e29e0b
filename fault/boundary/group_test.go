package boundary_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault/boundary"
	"github.com/errvet/errvet/fault/oplog"
)

// parts returns the failures that a group returned.
func parts(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return several.Unwrap()
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

func TestGroupSuccess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // and so no goroutine is left, or the test would fail
		g := boundary.NewGroup(t.Context())
		var n atomic.Int32
		var ctx context.Context
		g.Go(func(c context.Context) error { ctx = c; return nil })
		for range 10 {
			g.Go(func(ctx context.Context) error {
				time.Sleep(time.Second)
				n.Add(1)
				return ctx.Err()
			})
		}
		if err := g.Wait(); err != nil || n.Load() != 10 {
			t.Error(err, n.Load())
		}
		if ctx.Err() == nil {
			t.Error("the context outlives the group")
		}
	})
}

func TestGroupKeepsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first, second := errors.New("first"), uncomparable{[]int{2}}
		g := boundary.NewGroup(t.Context())
		after := func(d time.Duration, f func() error) {
			g.Go(func(context.Context) error { time.Sleep(d); return f() })
		}
		after(2*time.Second, func() error { return second })
		after(1*time.Second, func() error { return first })
		after(3*time.Second, func() error { panic("third") })
		after(4*time.Second, func() error { runtime.Goexit(); return nil })
		after(5*time.Second, func() error { return first }) // the same sentinel, another failure
		after(6*time.Second, func() error { return nil })
		err := g.Wait()
		got := parts(err)
		if len(got) != 5 || got[0] != first || got[1].Error() != "uncomparable" || got[3] != boundary.ErrGoexit || got[4] != first {
			t.Fatalf("got %v", got)
		}
		if p, ok := errors.AsType[*boundary.PanicError](got[2]); !ok || p.Value != "third" {
			t.Errorf("got %v", got[2])
		}
	})
}

func TestGroupCancels(t *testing.T) {
	boom := errors.New("boom")
	for name, failing := range map[string]func() error{
		"error":  func() error { return boom },
		"panic":  func() error { panic(boom) },
		"Goexit": func() error { runtime.Goexit(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				want := boom
				if name == "Goexit" {
					want = boundary.ErrGoexit
				}
				g := boundary.NewGroup(t.Context())
				causes := make([]error, 3)
				g.Go(func(ctx context.Context) error { <-ctx.Done(); causes[0] = context.Cause(ctx); return ctx.Err() })
				g.Go(func(ctx context.Context) error {
					<-ctx.Done()
					causes[1] = context.Cause(ctx)
					return context.Cause(ctx)
				})
				g.Go(func(ctx context.Context) error {
					<-ctx.Done()
					causes[2] = context.Cause(ctx)
					return fmt.Errorf("fetch: %w", errors.Join(ctx.Err(), context.Cause(ctx)))
				})
				g.Go(func(context.Context) error { time.Sleep(time.Second); return failing() })
				err := g.Wait()
				if got := parts(err); len(got) != 1 || !errors.Is(err, want) || errors.Is(err, context.Canceled) {
					t.Errorf("got %v", got)
				}
				for _, cause := range causes {
					if !errors.Is(cause, want) {
						t.Errorf("cause %v", cause)
					}
				}
			})
		})
	}
}

// What is joined to a cancel is not lost with it.
func TestGroupKeepsFailureBesideCancel(t *testing.T) {
	rollback := errors.New("roll back: disk full")
	g := boundary.NewGroup(t.Context())
	g.Go(func(ctx context.Context) error { <-ctx.Done(); return errors.Join(ctx.Err(), rollback) })
	g.Go(func(context.Context) error { return errors.New("boom") })
	if err := g.Wait(); !errors.Is(err, rollback) || len(parts(err)) != 2 {
		t.Error(err)
	}
}

func TestGroupParentCancelled(t *testing.T) {
	shutdown := errors.New("shut down")
	ctx, cancel := context.WithCancelCause(t.Context())
	g := boundary.NewGroup(ctx)
	for range 5 {
		g.Go(func(ctx context.Context) error { <-ctx.Done(); return context.Cause(ctx) })
	}
	cancel(shutdown)
	if err := g.Wait(); !errors.Is(err, shutdown) || len(parts(err)) != 1 {
		t.Error(err)
	}
}

func TestGroupLimit(t *testing.T) {
	for _, c := range []struct{ limit, want int }{{1, 1}, {3, 3}, {0, 20}, {-1, 20}, {100, 20}} {
		t.Run(fmt.Sprint(c.limit), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := boundary.NewGroup(t.Context())
				g.Limit(c.limit)
				var mu sync.Mutex
				running, most := 0, 0
				for i := range 20 {
					g.Go(func(context.Context) error {
						mu.Lock()
						running++
						most = max(most, running)
						mu.Unlock()
						defer func() {
							mu.Lock()
							running--
							mu.Unlock()
						}()
						time.Sleep(time.Second)
						// A slot is given back however the function ends.
						switch i % 4 {
						case 0:
							panic("boom")
						case 1:
							runtime.Goexit()
						}
						return nil
					})
				}
				err := g.Wait()
				if most != c.want || len(parts(err)) != 10 {
					t.Errorf("%d at a time, want %d; %v", most, c.want, err)
				}
			})
		})
	}
}

func TestGroupGoAfterWait(t *testing.T) {
	first, late := errors.New("first"), errors.New("late")
	g := boundary.NewGroup(t.Context())
	g.Go(func(context.Context) error { return first })
	if err := g.Wait(); err != first {
		t.Error(err)
	}
	g.Go(func(ctx context.Context) error {
		if ctx.Err() == nil {
			t.Error("the context is not cancelled")
		}
		return late
	})
	if err := g.Wait(); !slices.Equal(parts(err), []error{first, late}) {
		t.Error(err)
	}
}

func TestGroupGoInGroup(t *testing.T) {
	var g boundary.Group // the zero Group works
	var n atomic.Int32
	var grow func(depth int)
	grow = func(depth int) {
		g.Go(func(context.Context) error {
			n.Add(1)
			if depth > 0 {
				grow(depth - 1)
				grow(depth - 1)
			}
			return nil
		})
	}
	grow(8)
	if err := g.Wait(); err != nil || n.Load() != 1<<9-1 {
		t.Error(err, n.Load())
	}
}

// Go and Wait may meet at any moment.
func TestGroupGoDuringWait(t *testing.T) {
	g := boundary.NewGroup(t.Context())
	var ran atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 500 {
				g.Go(func(context.Context) error { ran.Add(1); return nil })
			}
		})
		all.Go(func() {
			for range 500 {
				if err := g.Wait(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if err := g.Wait(); err != nil || ran.Load() != 8*500 {
		t.Error(err, ran.Load())
	}
}

func TestGroupBadInput(t *testing.T) {
	//lint:ignore SA1012 the test is about a nil context
	g := boundary.NewGroup(nil)
	g.Go(nil)
	if err := g.Wait(); err == nil {
		t.Error("a nil function is no success")
	}
	var zero boundary.Group
	if err := zero.Wait(); err != nil {
		t.Error(err)
	}
}

// 64 goroutines at a time, thousands of calls from several goroutines: nothing is lost or counted twice.
func TestGroupLoad(t *testing.T) {
	before := runtime.NumGoroutine()
	const callers, each = 64, 250
	g := boundary.NewGroup(t.Context())
	g.Limit(64)
	var ran atomic.Int64
	var all sync.WaitGroup
	for c := range callers {
		all.Go(func() {
			for i := range each {
				g.Go(func(context.Context) error {
					ran.Add(1)
					switch i % 5 {
					case 0:
						return fmt.Errorf("%d/%d", c, i)
					case 1:
						panic(fmt.Sprintf("%d/%d", c, i))
					case 2:
						runtime.Goexit()
					}
					return nil
				})
			}
		})
	}
	all.Wait()
	got := parts(g.Wait())
	if ran.Load() != callers*each || len(got) != callers*each*3/5 {
		t.Errorf("ran %d of %d, %d failures, want %d", ran.Load(), callers*each, len(got), callers*each*3/5)
	}
	panics, texts := 0, map[string]int{}
	for _, err := range got {
		if _, ok := errors.AsType[*boundary.PanicError](err); ok {
			panics++
		}
		if err != boundary.ErrGoexit {
			texts[err.Error()]++
		}
	}
	if panics != callers*each/5 || len(texts) != callers*each*2/5 {
		t.Errorf("%d panics, %d different texts", panics, len(texts))
	}
	// The last goroutines may still be on their way out when Wait returns.
	for runtime.NumGoroutine() > before {
		runtime.Gosched()
	}
}

// Operations in several goroutines: one record per failure, with the attributes around it, and none for the group's.
func TestGroupLogsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, logger := newJournal()
		err := func() (err error) {
			op := oplog.Start(t.Context(), logger, "import", slog.Int("import_id", 9))
			defer op.End(&err)
			g := boundary.NewGroup(op.Context())
			for i := range 3 {
				g.Go(func(ctx context.Context) (err error) {
					defer oplog.Start(ctx, logger, "file", slog.Int("file_id", i)).End(&err)
					time.Sleep(time.Duration(i+1) * time.Second)
					switch i {
					case 0:
						panic("bang")
					case 1:
						return ctx.Err()
					}
					return errors.New("boom")
				})
			}
			return g.Wait()
		}()
		var got []string
		for _, r := range j.records(t)[4:] {
			got = append(got, fmt.Sprint(r["level"], " ", r["msg"], " ", r["import_id"], " ", r["file_id"]))
		}
		// The last failure came after the cancel, so the operation could not tell whether it is one; the import can.
		want := []string{"ERROR file panicked 9 0", "INFO file cancelled 9 1", "WARN file cancelled 9 2", "ERROR import failed 9 <nil>"}
		if !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
		if len(parts(errors.Unwrap(err))) != 2 {
			t.Errorf("got %v", err)
		}
	})
}
