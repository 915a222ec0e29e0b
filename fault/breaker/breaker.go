package breaker

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// A Breaker guards the calls to one dependency. It is made by [New] and safe for concurrent use.
type Breaker struct {
	phase  atomic.Pointer[phase]
	config Config

	// timed: the duration of calls matters.
	timed bool

	base   time.Time  // what clock counts from: one reading of the monotonic clock is half as dear as time.Now
	mu     sync.Mutex // held while a phase is replaced and its event queued, never while foreign code runs
	events events
}

// New returns a closed breaker. It never fails: see [Config] for what becomes of settings that make no sense.
func New(config Config) *Breaker {
	b := &Breaker{config: config.settled(), base: time.Now()}
	b.timed = b.config.Slow > 0
	b.phase.Store(b.closed())
	return b
}

var (
	errNoFunction = errors.New("breaker: no function to call")
	errNoReturn   = errors.New("the call panicked or ended its goroutine")
)

// Do calls f unless b is open, counts the outcome, and returns what f returns, or an [*OpenError] and T's zero value if b refuses. A
// panic of f and runtime.Goexit pass through and count as a failure.
//
// A nil ctx is context.Background(). A nil f is an error, which does not count. On a closed breaker Do
// allocates nothing and takes no lock.
func Do[T any](ctx context.Context, b *Breaker, f func(context.Context) (T, error)) (v T, err error) {
	switch {
	case f == nil:
		return v, errNoFunction
	case ctx == nil:
		return Do(context.Background(), b, f)
	}
	p := b.phase.Load()
	if !p.quick {
		if p.state >= Open { // admit would find out too, at the price of a call
			return v, p.refusal
		}
		return admitted(ctx, p, f)
	}
	t := ticket{p}
	defer t.unreturned()
	v, err = f(ctx)
	if err != nil || p.failures.Load() != 0 {
		t.settle(ctx, 0, err)
		return v, err
	}
	t.phase = nil
	if p.window != nil {
		p.window.addGood()
	}
	return v, err
}

// admitted is Do where the phase is not quick: it may refuse, or the duration matters.
func admitted[T any](ctx context.Context, p *phase, f func(context.Context) (T, error)) (v T, err error) {
	p, start, err := p.b.admit(p)
	if err != nil {
		return v, err
	}
	t := ticket{p}
	defer t.unreturned()
	v, err = f(ctx)
	t.settle(ctx, start, err)
	return v, err
}

// Run is [Do] for a function that gives nothing but an error.
func (b *Breaker) Run(ctx context.Context, f func(context.Context) error) error {
	if f == nil {
		return errNoFunction
	}
	_, err := Do(ctx, b, func(ctx context.Context) (struct{}, error) { return struct{}{}, f(ctx) })
	return err
}

// Allow is [Do] in two steps, for work that is not one function call: a stream, a handler. Unless b refuses,
// done must be called with the outcome; calls after the first do nothing. If it never is, that is no
// outcome, and a trial call loses its place when its lease is over. ctx is asked at the time of done.
func (b *Breaker) Allow(ctx context.Context) (done func(error), err error) {
	if ctx == nil {
		ctx = context.Background()
	}
	p, start, err := b.admit(b.phase.Load())
	if err != nil {
		return nil, err
	}
	t := ticket{p}
	var once sync.Once
	return func(err error) { once.Do(func() { t.settle(ctx, start, err) }) }, nil
}

// Name returns [Config.Name].
func (b *Breaker) Name() string { return b.config.Name }

// State returns the present state.
func (b *Breaker) State() State { return b.phase.Load().state }

// Check returns the error a call would get now, or nil if one would pass. It takes no place of a trial
// call, so it suits health checks and a choice between replicas.
func (b *Breaker) Check() error {
	p := b.phase.Load()
	if p.state == Closed || p.state == HalfOpen && (p.permits.Load() > 0 || p.lapsed(b.clock())) {
		return nil
	}
	return p.refusal
}

// clock is the time since the breaker was made.
func (b *Breaker) clock() time.Duration { return time.Since(b.base) }

// admit lets a call pass, and returns the phase it counts in and when it began, if that matters, or the refusal. It goes
// round again where the phase changes under it.
func (b *Breaker) admit(p *phase) (*phase, time.Duration, error) {
	for ; ; p = b.phase.Load() {
		switch p.state {
		case Closed:
			if b.timed {
				return p, b.clock(), nil
			}
			return p, 0, nil
		case HalfOpen:
			now := b.clock()
			if p.take(now) {
				return p, now, nil
			}
			if !p.lapsed(now) {
				return nil, 0, p.refusal
			}
			b.replaceProbes(p)
		default:
			return nil, 0, p.refusal
		}
	}
}

// A ticket is the duty to count one call. It is no larger than this because every call makes one.
type ticket struct {
	phase *phase // nil once the outcome is counted
}

// unreturned counts a call that has not come back: it is deferred, and finds nothing to do otherwise.
func (t *ticket) unreturned() {
	if p := t.phase; p != nil {
		t.phase = nil
		p.b.count(context.Background(), p, failure, false, errNoReturn)
	}
}

// settle counts a call that began at start and has come back with err.
func (t *ticket) settle(ctx context.Context, start time.Duration, err error) {
	p := t.phase
	b := p.b
	o := b.judge(ctx, err)
	slow := false
	if b.timed && o != neutral {
		took := b.clock() - start
		slow = took >= b.config.Slow
		if slow && o == success {
			err = slowError{took, b.config.Slow}
		}
	}
	t.phase = nil // not before: where Failed or Ignored panics, the call has not come back
	b.count(ctx, p, o, slow, err)
}

type outcome uint8

const (
	neutral outcome = iota
	success
	failure
)

// judge tells what a call that returned err says about the dependency.
func (b *Breaker) judge(ctx context.Context, err error) outcome {
	switch {
	case err == nil:
		return success
	case errors.Is(ctx.Err(), context.Canceled):
		return neutral
	case b.config.Ignored(err):
		return neutral
	case b.config.Failed(err):
		return failure
	}
	return success
}
