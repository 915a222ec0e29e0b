package breaker

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/errvet/errvet/fault"
)

// slowError is the cause where calls that succeeded too late have opened the breaker.
type slowError struct{ took, limit time.Duration }

func (e slowError) Error() string {
	return fmt.Sprintf("the call took %v, slow from %v", e.took, e.limit)
}

// count enters one outcome into the phase its call began in, and changes the state if that was the last straw. In a phase
// that is over it changes nothing that anybody reads.
func (b *Breaker) count(ctx context.Context, p *phase, o outcome, slow bool, cause error) {
	switch {
	case o == neutral:
		if p.state == HalfOpen {
			p.leaseEnd.Store(0) // the next taker writes its own
			p.permits.Add(1)
		}
	case p.state == HalfOpen:
		b.countTrial(ctx, p, o == success && !slow, cause)
	default:
		b.countCall(ctx, p, o, slow, cause)
	}
}

func (b *Breaker) countTrial(ctx context.Context, p *phase, good bool, cause error) {
	switch {
	case !good:
		b.replace(ctx, p, b.open(cause, p.streak+1))
	case p.successes.Add(1) == int64(b.config.Probes):
		b.replace(ctx, p, b.closed())
	}
}

func (b *Breaker) countCall(ctx context.Context, p *phase, o outcome, slow bool, cause error) {
	c := &b.config
	bad := o == failure || slow && c.Window.SlowRate == 0
	last := false
	if c.Failures > 0 {
		if bad {
			last = p.failures.Add(1) >= int64(c.Failures)
		} else if p.failures.Load() != 0 {
			p.failures.Store(0)
		}
	}
	if p.window != nil {
		p.window.add(bad, slow)
		last = last || (bad || slow) && p.window.exceeds(c.Window)
	}
	if last {
		b.replace(ctx, p, b.open(cause, 0))
	}
}

// closed returns a fresh closed phase.
func (b *Breaker) closed() *phase {
	p := &phase{b: b, state: Closed, quick: !b.timed}
	if b.config.Window.Span > 0 {
		p.window = newWindow(b.config.Window.Span)
	}
	return p
}

// open returns an open phase; its cooldown begins now.
func (b *Breaker) open(cause error, streak int) *phase {
	return &phase{b: b, state: Open, streak: streak, refusal: &OpenError{
		Name:  b.config.Name,
		State: Open,
		Until: time.Now().Add(b.cooldown(cause, streak)),
		Cause: cause,
	}}
}

// cooldown doubles with each trial that failed, is shortened by the jitter, and is not shorter than the server asked for.
func (b *Breaker) cooldown(cause error, streak int) time.Duration {
	c := &b.config
	d := doubled(c.Cooldown, streak, c.MaxCooldown)
	d -= time.Duration(c.Jitter * rand.Float64() * float64(d))
	if wish, ok := fault.RetryAfter(cause); ok {
		d = max(d, min(wish, max(c.MaxCooldown, longestWish)))
	}
	return max(d, 1)
}

// halfOpen returns the phase that follows open.
func (b *Breaker) halfOpen(open *phase) *phase {
	return b.trial(open.refusal.Cause, open.streak, b.config.Cooldown)
}

func (b *Breaker) trial(cause error, streak int, lease time.Duration) *phase {
	p := &phase{b: b, state: HalfOpen, streak: streak, lease: lease, refusal: &OpenError{
		Name:  b.config.Name,
		State: HalfOpen,
		Cause: cause,
	}}
	p.permits.Store(int64(b.config.Probes))
	return p
}

// replaceProbes gives the places of trial calls that have not come back to others. The lease doubles, or a dependency
// whose calls take longer than one cooldown would never be found well.
func (b *Breaker) replaceProbes(p *phase) {
	longer := doubled(p.lease, 1, max(b.config.Cooldown, longestWish))
	b.replace(context.Background(), p, b.trial(p.refusal.Cause, p.streak, longer))
}

// doubled is d doubled n times, at most limit.
func doubled(d time.Duration, n int, limit time.Duration) time.Duration {
	for ; n > 0 && d < limit; n-- {
		if d > limit/2 {
			return limit
		}
		d *= 2
	}
	return min(d, limit)
}
