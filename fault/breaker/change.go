package breaker

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/errvet/errvet/fault"
)

// A Change is what [Config.OnChange] is told.
type Change struct {
	Name     string
	From, To State
	Until    time.Time // the end of the cooldown, if To is Open
	Cause    error     // the error that opened the breaker, or that Isolate was given; may be nil
}

// Isolate refuses all calls until [Breaker.Close] is called: for maintenance, or a switch in an
// incident. cause, which may be nil, is told to the calls refused.
func (b *Breaker) Isolate(cause error) {
	b.force(&phase{b: b, state: Isolated, refusal: &OpenError{
		Name:  b.config.Name,
		State: Isolated,
		Cause: cause,
		wait:  b.config.Cooldown,
	}})
}

// Close closes the breaker, whatever its state, and forgets all it has counted. There is nothing to release: a breaker
// that is not used any more needs no Close.
func (b *Breaker) Close() { b.force(b.closed()) }

func (b *Breaker) force(to *phase) {
	b.mu.Lock()
	b.enter(context.Background(), b.phase.Load(), to)
	b.mu.Unlock()
	b.events.deliver(&b.config)
}

// replace puts to in the place of from, unless another has done so before: then this result is stale.
func (b *Breaker) replace(ctx context.Context, from, to *phase) {
	b.mu.Lock()
	present := b.phase.Load() == from
	if present {
		b.enter(ctx, from, to)
	}
	b.mu.Unlock()
	if present {
		b.events.deliver(&b.config)
	}
}

// early is how much sooner than promised a cooldown ends, or a hundredth of it if that is less: a caller who waits for
// exactly RetryAfter should find the timer gone off, though it wakes at the same moment.
const early = time.Millisecond

// enter makes to the present phase. b.mu is held.
//
// The timer of an open phase is never stopped: when it fires too late, it finds another phase and does nothing. Stopping it would end
// the program where the breaker was opened inside a synctest bubble and is closed outside.
func (b *Breaker) enter(ctx context.Context, from, to *phase) {
	change := Change{Name: b.config.Name, From: from.state, To: to.state}
	if to.refusal != nil {
		change.Until, change.Cause = to.refusal.Until, to.refusal.Cause
	}
	b.phase.Store(to)
	if to.state == Open {
		left := time.Until(to.refusal.Until)
		time.AfterFunc(left-min(left/100, early), func() {
			b.replace(context.Background(), to, b.halfOpen(to))
		})
	}
	b.events.push(event{ctx, change})
}

type event struct {
	ctx    context.Context
	change Change
}

// events holds changes that are still to be told. They are queued under the breaker's lock, so their order is that of the changes,
// and told outside of it by whoever comes first; a hook that changes the state only queues.
type events struct {
	mu    sync.Mutex
	queue []event
	busy  bool
}

func (q *events) push(e event) {
	q.mu.Lock()
	q.queue = append(q.queue, e)
	q.mu.Unlock()
}

func (q *events) deliver(c *Config) {
	for {
		e, ok := q.next()
		if !ok {
			return
		}
		q.tell(c, e)
	}
}

// next takes the oldest event, unless there is none or another goroutine is telling one.
func (q *events) next() (e event, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy || len(q.queue) == 0 {
		return event{}, false
	}
	e = q.queue[0]
	q.queue = append(q.queue[:0:0], q.queue[1:]...) // a copy, so that the old array does not keep causes alive
	q.busy = true
	return e, true
}

// tell writes the record and calls the hook. A hook that panics does not silence the breaker for good.
func (q *events) tell(c *Config, e event) {
	defer func() {
		q.mu.Lock()
		q.busy = false
		q.mu.Unlock()
	}()
	e.change.log(e.ctx, c.Logger)
	if c.OnChange != nil && e.change.From != e.change.To {
		c.OnChange(e.ctx, e.change)
	}
}

func (c Change) log(ctx context.Context, log *slog.Logger) {
	level, message := slog.LevelInfo, "circuit breaker "+c.To.String()
	switch {
	case c.From == HalfOpen && c.To == HalfOpen:
		level, message = slog.LevelWarn, "circuit breaker half-open: a trial call has not come back, another may try"
	case c.From == c.To:
		level = slog.LevelDebug // closed or isolated again by hand
	case c.To == Open || c.To == Isolated:
		level = slog.LevelWarn
	}
	attrs := append(make([]slog.Attr, 0, 4), slog.String("breaker", c.Name), slog.String("from", c.From.String()))
	if !c.Until.IsZero() {
		attrs = append(attrs, slog.Time("until", c.Until))
	}
	if c.Cause != nil && c.To != HalfOpen {
		attrs = append(attrs, fault.Attr(c.Cause))
	}
	log.LogAttrs(ctx, level, message, attrs...)
}
