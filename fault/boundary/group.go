package boundary

import (
	"context"
	"errors"
	"sync"
)

// ErrGoexit is the failure of a function whose goroutine was ended by runtime.Goexit, as t.FailNow does.
var ErrGoexit = errors.New("goroutine was ended by runtime.Goexit")

// A Group runs functions in goroutines of their own and waits for them. Unlike a sync.WaitGroup it keeps what they
// return, and unlike an errgroup all of it: every error and every panic.
//
// The zero Group is one of context.Background(). A Group must not be copied after first use. Its methods
// may be called from several goroutines, those of the group included.
type Group struct {
	begin  sync.Once
	ctx    context.Context
	cancel context.CancelCauseFunc

	// Not a sync.WaitGroup: that one must not be added to from outside while somebody waits.
	mu      sync.Mutex
	idle    *sync.Cond // running is 0
	running int
	slots   chan struct{} // nil: no limit
	errs    []error       // in the order in which they occurred
}

// NewGroup returns a group whose functions get a context derived from ctx. A nil ctx is context.Background().
// Wait must be called in the end, or the context is kept as long as ctx.
func NewGroup(ctx context.Context) *Group {
	g := new(Group)
	g.init(ctx)
	return g
}

func (g *Group) init(ctx context.Context) {
	g.begin.Do(func() {
		if ctx == nil {
			ctx = context.Background()
		}
		g.ctx, g.cancel = context.WithCancelCause(ctx)
		g.idle = sync.NewCond(&g.mu)
	})
}

// Limit lets at most n functions run at a time; further calls of Go wait for one to end. Less than 1 is
// no limit. It counts for the calls of Go that come after it. With a limit, a function of the group that calls Go may
// wait for its own end.
func (g *Group) Limit(n int) {
	var slots chan struct{}
	if n > 0 {
		slots = make(chan struct{}, n)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.slots = slots
}

// Go calls f in a new goroutine. The first failure cancels the context that all functions get;
// context.Cause of it then wraps that failure. A failure is an error, a panic (as a *PanicError),
// runtime.Goexit (as ErrGoexit), or an f that is nil.
//
// Functions are started although the context is cancelled: whether there is something left to do is
// theirs to know. This goes for a Go after Wait as well. Such a function finds its context cancelled,
// and its failure is returned by the next Wait.
func (g *Group) Go(f func(ctx context.Context) error) {
	g.init(nil)
	g.mu.Lock()
	g.running++
	slots := g.slots
	g.mu.Unlock()
	if slots != nil {
		slots <- struct{}{}
	}
	go func() {
		defer g.done()
		if slots != nil {
			defer func() { <-slots }()
		}
		g.run(f)
	}()
}

func (g *Group) done() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running--
	if g.running == 0 {
		g.idle.Broadcast()
	}
}

func (g *Group) run(f func(ctx context.Context) error) {
	err := ErrGoexit // unless Call returns
	defer func() {
		if err != nil {
			g.fail(err)
		}
	}()
	if f == nil {
		err = errNilFunc
		return
	}
	err = Call(func() error { return f(g.ctx) })
}

// failure is the cause of the group's cancel. It has an identity of its own: two functions may fail by one sentinel
// error, and both failures count.
type failure struct{ error }

func (f *failure) Unwrap() error { return f.error }

func (g *Group) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.errs) == 0 || !isEcho(err, context.Cause(g.ctx)) {
		g.errs = append(g.errs, err)
	}
	g.cancel(&failure{err})
}

// Wait waits until all functions have ended, cancels their context, and returns what failed: nil, the one failure, or all
// joined by errors.Join, the first first. After the first failure, an error that says nothing but that
// the context was cancelled is left out, as it says of every other function what the first failure says of all.
//
// A panic does not go on in the goroutine that waits; errors.AsType[*PanicError] finds it. Wait may be called
// again, also after further calls of Go, and returns the failures of all.
func (g *Group) Wait() error {
	g.init(nil)
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.running > 0 {
		g.idle.Wait()
	}
	g.cancel(nil)
	if len(g.errs) == 1 {
		return g.errs[0]
	}
	return errors.Join(g.errs...)
}
