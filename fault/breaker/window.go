package breaker

import (
	"sync/atomic"
	"time"
)

const buckets = 10

// A window counts calls in a ring of buckets. The step from one bucket to the next is made by a timer that runs while there
// are calls, so counting a call reads no clock: it is one atomic addition. A call is counted in exactly one bucket; one that is
// delayed between reading cur and adding is at worst counted a step too old.
type window struct {
	// Read by every call and written once a step.
	cur     atomic.Pointer[bucket]
	stepped atomic.Bool // the timer runs
	step    time.Duration
	at      int // index of cur; the timer's own

	_    [64]byte // the ring is written by every call: keep it off the line above
	ring [buckets]bucket
}

type bucket struct{ good, bad, slow atomic.Int64 }

func newWindow(span time.Duration) *window {
	w := &window{step: span / buckets}
	w.cur.Store(&w.ring[0])
	return w
}

// addGood counts a call that was neither bad nor slow: small enough to be inlined.
func (w *window) addGood() {
	w.cur.Load().good.Add(1)
	if !w.stepped.Load() {
		w.start()
	}
}

// add counts one call.
func (w *window) add(bad, slow bool) {
	b := w.cur.Load()
	if slow {
		b.slow.Add(1)
	}
	if bad {
		b.bad.Add(1)
	} else {
		b.good.Add(1)
	}
	if !w.stepped.Load() {
		w.start()
	}
}

// start begins the steps, if nobody else has. Each step is a timer of its own: one that is set again would have to
// be set in the synctest bubble it came from.
func (w *window) start() {
	if w.stepped.CompareAndSwap(false, true) {
		time.AfterFunc(w.step, w.advance)
	}
}

// advance makes one step. After a whole span without a call it makes no more. A call that comes in between either is seen
// by the second look at the sum, or sees that the steps have ended and starts them.
func (w *window) advance() {
	w.at = (w.at + 1) % buckets
	next := &w.ring[w.at]
	next.good.Store(0)
	next.bad.Store(0)
	next.slow.Store(0)
	w.cur.Store(next)
	if calls, _, _ := w.sum(); calls == 0 {
		w.stepped.Store(false)
		if calls, _, _ := w.sum(); calls != 0 {
			w.start()
		}
		return
	}
	time.AfterFunc(w.step, w.advance)
}

func (w *window) sum() (calls, bad, slow int64) {
	for i := range w.ring {
		b := &w.ring[i]
		n := b.bad.Load()
		bad += n
		calls += n + b.good.Load()
		slow += b.slow.Load()
	}
	return calls, bad, slow
}

// exceeds reports whether the calls in the window go beyond what c allows.
func (w *window) exceeds(c Window) bool {
	calls, bad, slow := w.sum()
	if calls < int64(c.MinCalls) {
		return false
	}
	return float64(bad) >= c.FailureRate*float64(calls) ||
		c.SlowRate > 0 && float64(slow) >= c.SlowRate*float64(calls)
}
