package breaker_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault/breaker"
)

func TestHookSeesEachChangeInOrderAndMayCallTheBreaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen []string
		var b *breaker.Breaker
		b = three(func(c *breaker.Config) {
			c.OnChange = func(ctx context.Context, ch breaker.Change) {
				seen = append(seen, ch.From.String()+">"+ch.To.String())
				if ch.Name != "api" || ctx == nil {
					t.Errorf("change %+v", ch)
				}
				_, _ = b.State(), b.Check()
				if ch.To == breaker.Open {
					if ch.Cause != errDown || time.Until(ch.Until) != time.Minute {
						t.Errorf("change %+v", ch)
					}
					refused(t, b)
				}
				if ch.To == breaker.Isolated {
					b.Close() // a change within the hook: told after this one
					seen = append(seen, "hook ends")
				}
			}
		})
		fail(t, b, 3)
		time.Sleep(time.Minute)
		synctest.Wait()
		succeed(t, b)
		b.Isolate(nil)
		want := []string{"closed>open", "open>half-open", "half-open>closed", "closed>isolated", "hook ends", "isolated>closed"}
		if !reflect.DeepEqual(seen, want) {
			t.Errorf("got %v\nwant %v", seen, want)
		}
		in(t, b, breaker.Closed)
		b.Close()
		if len(seen) != len(want) {
			t.Errorf("a change that is none: %v", seen[len(want):])
		}
	})
}

func TestHookGetsTheCallersContext(t *testing.T) {
	type key struct{}
	var got any
	b := three(func(c *breaker.Config) {
		c.OnChange = func(ctx context.Context, _ breaker.Change) { got = ctx.Value(key{}) }
	})
	ctx := context.WithValue(t.Context(), key{}, "trace")
	for range 3 {
		_ = b.Run(ctx, func(context.Context) error { return errDown })
	}
	if got != "trace" {
		t.Errorf("got %v", got)
	}
}

func TestHookThatPanicsIsNotTheLast(t *testing.T) {
	var calls int
	b := three(func(c *breaker.Config) {
		c.OnChange = func(context.Context, breaker.Change) {
			if calls++; calls == 1 {
				panic("hook")
			}
		}
	})
	func() {
		defer func() {
			if recover() != "hook" {
				t.Error("the panic is swallowed")
			}
		}()
		b.Isolate(nil)
	}()
	b.Close()
	if calls != 2 {
		t.Errorf("%d calls", calls)
	}
}

func TestHookThatBlocksStopsNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen []breaker.State
		release := make(chan bool)
		b := three(func(c *breaker.Config) {
			c.OnChange = func(_ context.Context, ch breaker.Change) {
				<-release
				seen = append(seen, ch.To)
			}
		})
		var wg sync.WaitGroup
		wg.Go(func() { fail(t, b, 3) })
		synctest.Wait()
		refused(t, b)
		time.Sleep(time.Minute)
		synctest.Wait()
		succeed(t, b)
		in(t, b, breaker.Closed)
		close(release)
		wg.Wait()
		if want := []breaker.State{breaker.Open, breaker.HalfOpen, breaker.Closed}; !reflect.DeepEqual(seen, want) {
			t.Errorf("got %v, want %v", seen, want)
		}
	})
}

func TestLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		log := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
		b := three(func(c *breaker.Config) { c.Logger = log })
		fail(t, b, 3)
		time.Sleep(time.Minute)
		synctest.Wait()
		hung := make(chan error)
		var wg sync.WaitGroup
		wg.Go(func() { _ = b.Run(t.Context(), func(context.Context) error { return <-hung }) })
		synctest.Wait()
		time.Sleep(time.Minute)
		succeed(t, b)
		hung <- nil
		wg.Wait()
		b.Isolate(errDown)
		b.Close()
		b.Close()
		var got []string
		for line := range strings.Lines(out.String()) {
			var r struct {
				Level, Msg, Breaker string
				Error               struct{ Message string }
			}
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			got = append(got, r.Level+" "+r.Msg+" "+r.Breaker+" "+r.Error.Message)
		}
		want := []string{
			"WARN circuit breaker open api down",
			"INFO circuit breaker half-open api ",
			"WARN circuit breaker half-open: a trial call has not come back, another may try api ",
			"INFO circuit breaker closed api ",
			"WARN circuit breaker isolated api down",
			"INFO circuit breaker closed api ",
			"DEBUG circuit breaker closed api ",
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
