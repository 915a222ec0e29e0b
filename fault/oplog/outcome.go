package oplog

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/errvet/errvet/fault"
)

func (o *Op) succeeded(pc uintptr) {
	attrs, slow := o.latency()
	if slow {
		o.log(slog.LevelWarn, "was slow", pc, attrs...)
		return
	}
	o.log(o.config.Routine, "succeeded", pc, attrs...)
}

// failed logs err unless that was done, and returns it with the mark.
func (o *Op) failed(err error, pc uintptr) error {
	level, what := slog.LevelError, "failed"
	attrs, _ := o.latency()
	attrs = append(attrs, fault.Attr(err))
	switch {
	case errors.Is(o.ctx.Err(), context.Canceled):
		level, what = slog.LevelInfo, "cancelled"
		cause := context.Cause(o.ctx)
		if !errors.Is(err, context.Canceled) && !errors.Is(err, cause) {
			level = slog.LevelWarn
		}
		if cause != context.Canceled { // and not errors.Is: a cause around Canceled says more
			attrs = append(attrs, slog.String("cause", cause.Error()))
		}
	case o.config.Level != nil:
		level = o.config.Level(err)
	}
	if isLogged(err, level, o.begun) {
		o.log(slog.LevelDebug, what, pc, append(attrs, slog.Bool("already_logged", true))...)
		return err
	}
	if !o.log(level, what, pc, attrs...) && level >= slog.LevelError {
		return err // nobody has it yet: the next layer may have a logger that takes it
	}
	return &logged{error: err, level: level, at: time.Now()}
}

// panicked logs a panic and reports whether there is an Error record of it now.
func (o *Op) panicked(value any) bool {
	level := slog.LevelError
	attrs, _ := o.latency()
	attrs = append(attrs, slog.String("panic", fmt.Sprint(value)))
	if err, ok := value.(error); ok {
		attrs = append(attrs, fault.Attr(err))
		if o.config.Level != nil {
			level = o.config.Level(err)
		}
	}
	if PanicLogged() {
		o.log(slog.LevelDebug, "panicked", o.starter[0], append(attrs, slog.Bool("already_logged", true))...)
		return true
	}
	return o.log(level, "panicked", o.starter[0], append(attrs, stack())...) && level >= slog.LevelError
}

// panickedUnseen logs a panic whose value End cannot know, as it was not deferred itself.
func (o *Op) panickedUnseen() {
	attrs, _ := o.latency()
	o.log(slog.LevelError, "panicked", o.starter[0],
		append(attrs, slog.String("panic", "unknown: End was not deferred directly"), stack())...)
}

func (o *Op) abandoned() {
	attrs, _ := o.latency()
	o.log(slog.LevelWarn, "abandoned", o.starter[0],
		append(attrs, slog.String("by", "runtime.Goexit"), stack())...)
}

// latency returns the attributes about the time the operation took, with the unit in the key, and
// whether it was slow.
func (o *Op) latency() (attrs []slog.Attr, slow bool) {
	took := time.Since(o.begun)
	attrs = append(make([]slog.Attr, 0, 6), slog.Float64("latency_ms", milliseconds(took)))
	if slow = o.config.Slow > 0 && took >= o.config.Slow; slow {
		attrs = append(attrs, slog.Float64("slow_after_ms", milliseconds(o.config.Slow)))
	}
	return attrs, slow
}

// milliseconds keeps three decimals: a log needs no nanoseconds.
func milliseconds(d time.Duration) float64 {
	return float64(d.Round(time.Microsecond)) / float64(time.Millisecond)
}

func stack() slog.Attr {
	return slog.String("stack", string(debug.Stack()))
}
