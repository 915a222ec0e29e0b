package breaker

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/errvet/errvet/fault"
)

// ErrOpen is the code of every [OpenError]: errors.Is(err, breaker.ErrOpen).
const ErrOpen fault.Code = "breaker.open"

// An OpenError is what a call gets that a breaker refuses. One value is shared by all refusals of one
// period: do not change it.
type OpenError struct {
	Name  string    // of the breaker
	State State     // why it refuses: Open, HalfOpen (the trial calls are taken) or Isolated
	Until time.Time // the end of the cooldown; zero unless State is Open

	// Cause is the error that opened the breaker, or that Isolate was given; nil if there is none. It belongs to another call,
	// so it is not in the chain: errors.Is finds ErrOpen only.
	Cause error

	wait time.Duration // told by RetryAfter where there is no Until
}

// Error names the breaker and says when to try again, in whole seconds rounded up, never "0s" too early.
func (e *OpenError) Error() string {
	name := "circuit breaker"
	if e.Name != "" {
		name = fmt.Sprintf("circuit breaker %q", e.Name)
	}
	switch e.State {
	case HalfOpen:
		return name + " half-open: a trial call is under way"
	case Isolated:
		return name + " isolated by hand"
	}
	if left := e.RetryAfter(); left > 0 {
		return fmt.Sprintf("%s open: retry in %v", name, wholeSeconds(left))
	}
	return name + " open: retry now"
}

func wholeSeconds(d time.Duration) time.Duration {
	if up := d.Truncate(time.Second); up != d && up < up+time.Second {
		return up + time.Second
	}
	return d
}

// Unwrap makes errors.Is(err, ErrOpen) hold, and fault.CodeOf(err) "breaker.open".
func (e *OpenError) Unwrap() error { return ErrOpen }

// RetryAfter returns how long to wait before the next call: what is left of the cooldown, 0 while trial
// calls are under way, and the configured cooldown, for want of anything better, where a hand has isolated the breaker.
func (e *OpenError) RetryAfter() time.Duration {
	if e.Until.IsZero() {
		return e.wait
	}
	return max(time.Until(e.Until), 0)
}

// Transient is false: package retry, and others that ask fault.IsTransient, end at an open breaker.
func (e *OpenError) Transient() bool { return false }

// Public returns a text for people outside, which does not name the dependency.
func (e *OpenError) Public() string { return "temporarily unavailable, please try again later" }

// LogValue gives the fields, the wait and the text of the cause as a group.
func (e *OpenError) LogValue() slog.Value {
	attrs := append(make([]slog.Attr, 0, 4),
		slog.String("name", e.Name),
		slog.String("state", e.State.String()),
		slog.Duration("retry_after", e.RetryAfter()))
	if e.Cause != nil {
		attrs = append(attrs, slog.String("cause", e.Cause.Error()))
	}
	return slog.GroupValue(attrs...)
}
