package retry

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/errvet/errvet/fault"
)

// A Policy says how often and how fast to try. It is a plain value: copy it, change it, share it between goroutines. The zero
// value makes three tries, about 0.1 and 0.2 s apart. A number that makes no sense (negative, NaN) is taken as not set.
type Policy struct {
	// Attempts is how many tries there are in all, the first included. Not set: 3.
	Attempts int

	// Base is the wait before the second try; it doubles with each further one. Not set: 100 ms.
	Base time.Duration

	// Max is the longest wait. Not set: 30 s. If it is less than Base, Base is lowered to it.
	Max time.Duration

	// Jitter is the share by which a wait is shortened at random, at most 1, so that callers who failed together do not
	// come back together. Not set: 0.5. Negative: none. A wait that a server asks for is never shortened.
	Jitter float64

	// Retry decides whether an error is worth another try. Not set: fault.IsTransient.
	Retry func(error) bool

	// Budget, if set, bounds the retries of all that share it.
	Budget *Budget

	// OnRetry is told of each wait before it begins, for logs and metrics.
	OnRetry func(ctx context.Context, next Try)
}

// A Try is what [Policy.OnRetry] is told.
type Try struct {
	Number int           // of the try to come: 2 after the first has failed
	Wait   time.Duration // before it
	Err    error         // of the try before it
}

const (
	defaultAttempts = 3
	defaultBase     = 100 * time.Millisecond
	defaultMax      = 30 * time.Second
	defaultJitter   = 0.5
)

// settled returns p with everything that is not set, or makes no sense, replaced.
func (p Policy) settled() Policy {
	if p.Attempts <= 0 {
		p.Attempts = defaultAttempts
	}
	if p.Base <= 0 {
		p.Base = defaultBase
	}
	if p.Max <= 0 {
		p.Max = defaultMax
	}
	switch {
	case p.Jitter < 0:
		p.Jitter = 0
	case p.Jitter > 0:
		p.Jitter = min(p.Jitter, 1)
	default: // 0 or NaN
		p.Jitter = defaultJitter
	}
	if p.Retry == nil {
		p.Retry = fault.IsTransient
	}
	return p
}

// wait returns the wait after so many tries, the last of which gave err; ok is false if the server asks for more than Max.
func (p Policy) wait(tries int, err error) (d time.Duration, ok bool) {
	d = min(p.Base, p.Max)
	for i := 1; i < tries && d < p.Max; i++ {
		if d > p.Max/2 {
			d = p.Max
			break
		}
		d *= 2
	}
	d -= time.Duration(p.Jitter * rand.Float64() * float64(d))
	wish, _ := fault.RetryAfter(err)
	return max(d, wish), wish <= p.Max
}
