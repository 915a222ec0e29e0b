package rivals_test

import (
	"errors"
	"log/slog"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault/breaker"
	"github.com/sony/gobreaker/v2"
)

var errNeutral = errors.New("neutral")

// TestAgainstGobreaker drives both breakers through random schedules with settings in which they mean the same: failures
// in a row, a fixed cooldown, as many trial calls as successes are needed, three outcomes. Trial calls come back
// before their lease is over, since gobreaker knows none.
func TestAgainstGobreaker(t *testing.T) {
	reached := map[string]int{}
	for seed := range uint64(300) {
		synctest.Test(t, func(t *testing.T) { compare(t, seed, reached) })
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	for _, state := range []string{"closed", "open", "half-open"} {
		if reached[state] < 1000 {
			t.Errorf("the schedules reach %s only %d times", state, reached[state])
		}
	}
}

type underWay struct {
	ours, theirs func(error)
	begun        time.Time
}

func compare(t *testing.T, seed uint64, reached map[string]int) {
	r := rand.New(rand.NewPCG(seed, 11))
	failures, probes := 1+r.IntN(4), 1+r.IntN(3)
	cooldown := time.Duration(10+r.IntN(20))*time.Second + 1
	ours := breaker.New(breaker.Config{
		Failures: failures, Cooldown: cooldown, Probes: probes, Jitter: -1, Logger: slog.New(slog.DiscardHandler),
		Ignored: func(err error) bool { return err == errNeutral },
	})
	theirs := gobreaker.NewTwoStepCircuitBreaker[any](gobreaker.Settings{
		MaxRequests: uint32(probes),
		Timeout:     cooldown - time.Millisecond, // ours ends so much early
		ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= uint32(failures) },
		IsExcluded:  func(err error) bool { return err == errNeutral },
	})
	failing := r.Float64()
	var calls []underWay
	end := func(i int) {
		var err error
		if r.IntN(8) == 0 {
			err = errNeutral
		} else if r.Float64() < failing {
			err = errDown
		}
		calls[i].ours(err)
		calls[i].theirs(err)
		calls = append(calls[:i], calls[i+1:]...)
	}
	for step := range 400 {
		switch k := r.IntN(10); {
		case k < 4:
			mine, err := ours.Allow(t.Context())
			its, itsErr := theirs.Allow()
			if (err == nil) != (itsErr == nil) {
				t.Fatalf("step %d: ours %v, gobreaker's %v", step, err, itsErr)
			}
			if err == nil {
				calls = append(calls, underWay{mine, its, time.Now()})
			}
		case k < 8 && len(calls) > 0:
			end(r.IntN(len(calls)))
		default:
			pause := time.Duration(1 + r.Int64N([]int64{1e6, 1e9, 8e9}[r.IntN(3)]))
			if theirs.State() == gobreaker.StateHalfOpen {
				for i := len(calls) - 1; i >= 0; i-- {
					if time.Since(calls[i].begun)+pause >= cooldown {
						end(i)
					}
				}
			}
			time.Sleep(pause)
			synctest.Wait()
		}
		if mine, its := ours.State().String(), theirs.State().String(); mine != its {
			t.Fatalf("step %d: ours %s, gobreaker's %s", step, mine, its)
		}
		reached[ours.State().String()]++
	}
}
