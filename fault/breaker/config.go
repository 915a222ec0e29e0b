package breaker

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/errvet/errvet/fault"
)

// Config says when a breaker opens and how it closes again. The zero value is of use: five failures in a row
// open it, a minute later one trial call decides. A number that makes no sense (negative, NaN) is taken as not set.
type Config struct {
	// Name is the dependency's name, for errors and logs.
	Name string

	// Failures in a row that open the breaker. Not set: 5, or, if there is a Window, never: then
	// the window alone decides. A rare caller's breaker never gathers Window.MinCalls; set both for it.
	Failures int

	// Window, if its Span is set, opens the breaker on a share of failed or slow calls.
	Window Window

	// Slow is the duration from which a call that succeeded is slow. In a row of failures it counts as one; so it
	// does in a window, unless Window.SlowRate gives slow calls a limit of their own. A slow trial call has
	// failed. Not set: no call is slow, and the clock is not read on calls that succeed.
	Slow time.Duration

	// Cooldown is how long the breaker stays open before the first trial call. Not set: 60 s.
	Cooldown time.Duration

	// MaxCooldown bounds the cooldown, which doubles each time a trial call fails. Not set, or less than
	// Cooldown: it does not double. A server that asks for a longer wait (fault.RetryAfter of the error that
	// opened the breaker) gets it, up to MaxCooldown or one hour, whichever is more.
	MaxCooldown time.Duration

	// Jitter is the share of the cooldown by which it is shortened at random, at most 1, so that many
	// processes do not try at the same moment. Not set: 0.1. Negative: none. A server's wish is never shortened.
	Jitter float64

	// Probes is how many trial calls pass at once, and how many must succeed to close the breaker. Not set: 1.
	Probes int

	// Failed decides whether an error is a failure of the dependency; if not, the call was a success. Not set: every
	// error that is not declared permanent. It is not asked about a caller's cancel or an Ignored error. It may
	// be called at the same time from many goroutines.
	Failed func(error) bool

	// Ignored decides whether an error says nothing about the dependency, such as one of the caller's own making
	// before anything was sent: such a call is neutral. Not set: the open error of another breaker.
	Ignored func(error) bool

	// Logger gets one record per change of state. Not set: slog.Default().
	Logger *slog.Logger

	// OnChange is called after each change of state, outside all locks and in order: it may call the
	// breaker, and it delays the caller whose result changed the state. ctx is that of this call, or
	// context.Background() where a timer, a hand or a call that panicked changed the state.
	OnChange func(ctx context.Context, change Change)
}

// A Window opens a breaker on the share of bad calls in the recent past. It slides in ten steps, which begin with
// the first call after a pause. It is looked at whenever a call fails or is slow.
type Window struct {
	// Span is how far back the window reaches, at least 10 ms. Not set: no window.
	Span time.Duration

	// MinCalls is how many calls the window must hold before a share of them means something. Not set: 20.
	MinCalls int

	// FailureRate is the share of failed calls, more than 0 and at most 1, at which the breaker opens. Not set: 0.5.
	FailureRate float64

	// SlowRate is the share of slow calls (see Config.Slow) at which the breaker opens. Not set: a slow call counts as failed.
	SlowRate float64
}

// Bounds that are no settings.
const (
	defaultFailures = 5
	defaultCooldown = time.Minute
	defaultJitter   = 0.1
	defaultMinCalls = 20
	defaultRate     = 0.5

	shortestSpan = 10 * time.Millisecond

	// A server may ask for a day by mistake; a breaker that follows it is an outage of its own.
	longestWish = time.Hour
)

// settled returns c with every setting that is not set, or makes no sense, replaced.
func (c Config) settled() Config {
	if c.Window.Span > 0 {
		w := &c.Window
		w.Span = max(w.Span, shortestSpan)
		w.MinCalls = positive(w.MinCalls, defaultMinCalls)
		w.FailureRate = share(w.FailureRate, defaultRate)
		w.SlowRate = share(w.SlowRate, 0)
		c.Failures = max(c.Failures, 0)
	} else {
		c.Window = Window{}
		c.Failures = positive(c.Failures, defaultFailures)
	}
	c.Slow = max(c.Slow, 0)
	c.Cooldown = positive(c.Cooldown, defaultCooldown)
	c.MaxCooldown = max(c.MaxCooldown, c.Cooldown)
	if c.Jitter < 0 {
		c.Jitter = 0
	} else {
		c.Jitter = share(c.Jitter, defaultJitter)
	}
	c.Probes = positive(c.Probes, 1)
	if c.Failed == nil {
		c.Failed = func(err error) bool { return !fault.IsPermanent(err) }
	}
	if c.Ignored == nil {
		c.Ignored = func(err error) bool { return errors.Is(err, ErrOpen) }
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	return c
}

func positive[N int | time.Duration](n, unset N) N {
	if n <= 0 {
		return unset
	}
	return n
}

// share returns x, at most 1, or unset where x is not positive; NaN is not.
func share(x, unset float64) float64 {
	if x > 0 {
		return min(x, 1)
	}
	return unset
}
