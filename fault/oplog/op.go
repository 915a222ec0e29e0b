package oplog

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// A Config says how operations are logged. The zero value works. It is a plain value: one may be shared by all
// operations of a service, and be used by several goroutines at once.
type Config struct {
	// Logger gets the records. nil means slog.Default() at the time of Start: a forgotten logger
	// must not be the reason that failures vanish.
	Logger *slog.Logger

	// Slow is the time from which on an operation counts as slow. Zero and negative: no operation is slow.
	Slow time.Duration

	// Routine is the level of the records that need nobody's attention: started and succeeded.
	// The zero value is slog.LevelInfo.
	Routine slog.Level

	// Level gives the level that a failure deserves: lower than Error for what the business expects (a
	// declined card). nil means Error for every failure. It is asked for panics too if their value is an
	// error, such as http.ErrAbortHandler, which a proxy's handler may panic with on purpose; never with nil or for
	// cancelled operations.
	Level func(error) slog.Level
}

// An Op is one run of an operation, from Start to End. Its methods may be called from several goroutines, and do nothing
// on a nil *Op.
type Op struct {
	config  Config
	ctx     context.Context // an Op lives as long as one call, as its context does
	outer   *Op
	name    string
	begun   time.Time
	starter [2]uintptr // the caller of Start, and its caller, in case the first is a helper

	mu    sync.Mutex
	attrs []slog.Attr
	ended bool
}

type contextKey struct{}

// Start logs that the operation called name begins, and returns it. The caller defers End. The attributes
// are on every record of the operation, and of those inside it. A nil ctx is context.Background(), a nil logger
// slog.Default(), an empty name "operation".
//
// It is Config{Logger: logger}.Start.
func Start(ctx context.Context, logger *slog.Logger, name string, attrs ...slog.Attr) *Op {
	return start(Config{Logger: logger}, ctx, name, attrs)
}

// Start is like the function [Start], with the settings of c.
func (c Config) Start(ctx context.Context, name string, attrs ...slog.Attr) *Op {
	return start(c, ctx, name, attrs)
}

func start(c Config, ctx context.Context, name string, attrs []slog.Attr) *Op {
	if ctx == nil {
		ctx = context.Background()
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	if name == "" {
		name = "operation"
	}
	outer, _ := ctx.Value(contextKey{}).(*Op)
	// The caller's slice is not kept: it may be changed after Start.
	o := &Op{config: c, ctx: ctx, outer: outer, name: name, attrs: slices.Clone(attrs)}
	callers(2, o.starter[:])
	o.log(c.Routine, "started", o.starter[0])
	o.begun = time.Now()
	return o
}

// Context returns the context to be handed on to what the operation calls. Operations started from it carry the
// attributes of o, as they are at the time of the record. Of a nil *Op it is context.Background().
func (o *Op) Context() context.Context {
	if o == nil {
		return context.Background()
	}
	return context.WithValue(o.ctx, contextKey{}, o)
}

// Add gives the operation further attributes, such as the id that a gateway returned. A key given before
// gets the new value.
func (o *Op) Add(attrs ...slog.Attr) {
	if o == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.attrs = append(o.attrs, attrs...)
}

// End logs how the operation ended. It is deferred, with the address of the function's named error result:
//
//	defer op.End(&err)
//
// A failure is logged once: *err is then replaced by a wrapper that marks it as logged, for which
// errors.Is and errors.As hold, but == and type assertions do not. With a nil pointer there is no error to
// look at: the operation has succeeded unless it was left by a panic or runtime.Goexit, which
// both go on. Of several calls of End the first counts.
func (o *Op) End(err *error) {
	if o == nil {
		return
	}
	// recover works in the deferred function itself only, so this cannot move into a function of its own.
	if value := recover(); value != nil {
		if o.end() && o.panicked(value) || PanicLogged() {
			repanic(value)
		}
		panic(value)
	}
	if !o.end() {
		return
	}
	how, pc := o.left()
	switch {
	case how == byPanic:
		o.panickedUnseen()
	case how == byGoexit:
		o.abandoned()
	case err == nil || *err == nil:
		o.succeeded(pc)
	default:
		*err = o.failed(*err, pc)
	}
}

// end reports whether this is the first call.
func (o *Op) end() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	first := !o.ended
	o.ended = true
	return first
}
