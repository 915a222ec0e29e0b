package breaker_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/breaker"
)

// model is a breaker as simple as can be: no timers, no atomics, one list of calls. It is what the real one must look
// like from outside.
type model struct {
	breaker.Config
	state      breaker.State
	generation int
	row        int
	until      time.Time
	streak     int
	places     int
	good       int
	lease      time.Duration
	leaseEnd   time.Time

	anchor time.Time // of the window's steps
	calls  []modelCall
}

type modelCall struct {
	step      int
	bad, slow bool
}

type modelTicket struct {
	generation int
	start      time.Time
}

// look brings the state up to now.
func (m *model) look(now time.Time) {
	if m.state == breaker.Open && !now.Before(m.until.Add(-time.Millisecond)) { // no cooldown here is under 100 ms
		m.trial(m.Cooldown)
	}
}

func (m *model) trial(lease time.Duration) {
	m.state, m.generation, m.places, m.good, m.lease, m.leaseEnd =
		breaker.HalfOpen, m.generation+1, m.Probes, 0, lease, time.Time{}
}

func (m *model) open(now time.Time, streak int) {
	cooldown := m.Cooldown
	for range streak {
		cooldown = min(2*cooldown, max(m.MaxCooldown, m.Cooldown))
	}
	m.state, m.generation, m.until, m.streak = breaker.Open, m.generation+1, now.Add(cooldown), streak
}

func (m *model) close() {
	m.state, m.generation, m.row, m.streak, m.calls, m.anchor = breaker.Closed, m.generation+1, 0, 0, nil, time.Time{}
}

func (m *model) begin(now time.Time) (modelTicket, bool) {
	m.look(now)
	switch m.state {
	case breaker.Closed:
		return modelTicket{m.generation, now}, true
	case breaker.HalfOpen:
		if m.places == 0 && !m.leaseEnd.IsZero() && !now.Before(m.leaseEnd) {
			m.trial(2 * m.lease)
		}
		if m.places > 0 {
			m.places--
			m.leaseEnd = now.Add(m.lease)
			return modelTicket{m.generation, now}, true
		}
	}
	return modelTicket{}, false
}

func (m *model) end(now time.Time, ticket modelTicket, err error) {
	m.look(now)
	if ticket.generation != m.generation {
		return
	}
	slow := m.Slow > 0 && now.Sub(ticket.start) >= m.Slow
	failed := err != nil && !fault.IsPermanent(err)
	if errors.Is(err, breaker.ErrOpen) { // neutral
		if m.state == breaker.HalfOpen {
			m.places++
			m.leaseEnd = time.Time{}
		}
		return
	}
	if m.state == breaker.HalfOpen {
		if failed || slow {
			m.open(now, m.streak+1)
		} else if m.good++; m.good == m.Probes {
			m.close()
		}
		return
	}
	bad := failed || slow && m.Window.SlowRate == 0
	m.row++
	if !bad {
		m.row = 0
	}
	if m.Failures > 0 && m.row >= m.Failures || m.Window.Span > 0 && m.windowFull(now, bad, slow) && (bad || slow) {
		m.open(now, 0)
	}
}

// windowFull enters one call and adds up the last ten steps.
func (m *model) windowFull(now time.Time, bad, slow bool) bool {
	width := m.Window.Span / 10
	if n := len(m.calls); n == 0 || now.Sub(m.anchor) >= time.Duration(m.calls[n-1].step+10)*width {
		m.anchor, m.calls = now, nil
	}
	step := int(now.Sub(m.anchor) / width)
	m.calls = append(m.calls, modelCall{step, bad, slow})
	all, bads, slows := 0, 0, 0
	for _, c := range m.calls {
		if c.step > step-10 {
			all++
			if c.bad {
				bads++
			}
			if c.slow {
				slows++
			}
		}
	}
	return all >= m.Window.MinCalls && (float64(bads) >= m.Window.FailureRate*float64(all) ||
		m.Window.SlowRate > 0 && float64(slows) >= m.Window.SlowRate*float64(all))
}

// TestAgainstModel drives a breaker and its model through random schedules: calls that overlap, come back late or
// never, pauses of all lengths, and a hand that isolates and closes.
func TestAgainstModel(t *testing.T) {
	schedules, steps := 400, 300
	if testing.Short() {
		schedules = 60
	}
	reached := map[breaker.State]int{}
	for seed := range schedules {
		synctest.Test(t, func(t *testing.T) { compare(t, uint64(seed), steps, reached) })
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	for s := breaker.Closed; s <= breaker.Isolated; s++ {
		if reached[s] < schedules {
			t.Errorf("the schedules reach %v only %d times", s, reached[s])
		}
	}
}

func compare(t *testing.T, seed uint64, steps int, reached map[breaker.State]int) {
	r := rand.New(rand.NewPCG(seed, 7))
	// Odd nanoseconds: two events of one instant have no order.
	c := breaker.Config{
		Failures:    1 + r.IntN(4),
		Cooldown:    time.Duration(1+r.IntN(20))*time.Second + 1,
		MaxCooldown: time.Duration(r.IntN(60)) * time.Second,
		Probes:      1 + r.IntN(3),
		Jitter:      -1,
		Logger:      quiet,
	}
	if r.IntN(2) == 0 {
		c.Window = breaker.Window{Span: time.Duration(1+r.IntN(30))*time.Second + 10, MinCalls: 1 + r.IntN(8), FailureRate: 0.1 + r.Float64()*0.9}
		c.Failures = r.IntN(2) * 6
		if r.IntN(2) == 0 {
			c.Window.SlowRate = 0.1 + r.Float64()*0.9
		}
	}
	if r.IntN(2) == 0 {
		c.Slow = time.Duration(1+r.IntN(5))*time.Second + 3
	}
	failing := r.Float64()
	b, m := breaker.New(c), &model{Config: c}
	inner := breaker.New(breaker.Config{Logger: quiet})
	inner.Isolate(nil)

	type open struct {
		done   func(error)
		ticket modelTicket
	}
	var under []open
	for step := range steps {
		now := time.Now()
		switch k := r.IntN(100); {
		case k < 45:
			done, err := b.Allow(t.Context())
			ticket, ok := m.begin(now)
			if ok != (err == nil) {
				t.Fatalf("step %d: begin: %v, model %v", step, err, ok)
			}
			if ok {
				under = append(under, open{done, ticket})
			}
		case k < 80 && len(under) > 0:
			i := r.IntN(len(under))
			var err error
			switch r.IntN(8) {
			case 0:
				err = inner.Check()
			case 1:
				err = fault.Permanent(errDown)
			default:
				if r.Float64() < failing {
					err = errDown
				}
			}
			under[i].done(err)
			m.end(now, under[i].ticket, err)
			under = append(under[:i], under[i+1:]...)
		case k < 98:
			time.Sleep(time.Duration(1 + r.Int64N([]int64{1e3, 1e9, 5e9, 60e9}[r.IntN(4)])))
			synctest.Wait()
		case k < 99:
			b.Isolate(nil)
			m.look(now)
			m.state, m.generation = breaker.Isolated, m.generation+1
		default:
			b.Close()
			m.close()
		}
		m.look(time.Now())
		if b.State() != m.state {
			t.Fatalf("step %d of %+v: state %v, model %v", step, c, b.State(), m.state)
		}
		if e, ok := errors.AsType[*breaker.OpenError](b.Check()); ok && m.state == breaker.Open && !e.Until.Equal(m.until) {
			t.Fatalf("step %d: until %v, model %v", step, e.Until, m.until)
		}
		reached[m.state]++
	}
}
