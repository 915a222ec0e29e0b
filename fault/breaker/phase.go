package breaker

import (
	"sync/atomic"
	"time"
)

// A phase is one stay of a breaker in one state. A change of state puts a new phase in place and never changes
// the old one, so the pointer is the generation: a result is of the present only if its phase still is. What a phase
// counts lives in it and dies with it.
type phase struct {
	b     *Breaker
	state State

	// quick: closed, and slow calls do not matter. Then a success with no failure before it has nothing to
	// write but its place in the window, if there is one, and nothing to read but failures.
	quick bool

	// Closed.
	failures atomic.Int64 // in a row
	window   *window      // nil if there is none

	// Not closed.
	refusal *OpenError
	streak  int // how often the breaker has opened without closing in between

	// Half-open.
	permits   atomic.Int64 // trial calls that may still begin
	successes atomic.Int64
	lease     time.Duration // how long a trial call keeps its place
	leaseEnd  atomic.Int64  // on the breaker's clock; 0 before the first trial call
}

// take gets a place for a trial call, until the lease that begins now is over. The lease is written before the
// place is taken: whoever finds no place left finds the lease of the last taker, not an older one.
func (p *phase) take(now time.Duration) bool {
	for n := p.permits.Load(); n > 0; n = p.permits.Load() {
		p.leaseEnd.Store(int64(later(now, p.lease)))
		if p.permits.CompareAndSwap(n, n-1) {
			return true
		}
	}
	return false
}

// lapsed reports whether the trial call that began last has been out for longer than its lease.
func (p *phase) lapsed(now time.Duration) bool {
	end := p.leaseEnd.Load()
	return end != 0 && int64(now) >= end
}

// later is now+d, and the end of time instead of an overflow. It is never 0.
func later(now, d time.Duration) time.Duration {
	if sum := now + d; sum > 0 {
		return sum
	}
	return 1<<63 - 1
}
