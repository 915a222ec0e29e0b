package rivals_test

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/errvet/errvet/fault/breaker"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/sony/gobreaker/v2"
)

var errDown = errors.New("down")

// subject is a breaker under test: open after three failures in a row, for a minute, then one trial call.
type subject struct {
	call  func(ctx context.Context, f func(context.Context) error) error
	open  error // what a refusal is
	state func() string

	// retryAfter is what a refusal says about when to come back.
	retryAfter func(err error) (time.Duration, bool)
}

func (s *subject) refuses(err error) bool { return errors.Is(err, s.open) }

// makeSubject builds one. Its hook, if not nil, is called on each change with a function that reads the breaker, as one
// does who wants to log more than the hook is told.
type makeSubject func(hook func(look func())) *subject

var subjects = map[string]makeSubject{"fault": ours, "gobreaker": sony, "failsafe-go": failsafeGo}

func ours(hook func(look func())) *subject {
	var b *breaker.Breaker
	b = breaker.New(breaker.Config{
		Name: "api", Failures: 3, Cooldown: time.Minute, Jitter: -1, Logger: slog.New(slog.DiscardHandler),
		OnChange: func(context.Context, breaker.Change) {
			if hook != nil {
				hook(func() { _, _ = b.State(), b.Check() })
			}
		},
	})
	return &subject{
		call:  b.Run,
		open:  breaker.ErrOpen,
		state: func() string { return b.State().String() },
		retryAfter: func(err error) (time.Duration, bool) {
			open, ok := errors.AsType[*breaker.OpenError](err)
			if !ok {
				return 0, false
			}
			return open.RetryAfter(), true
		},
	}
}

func sony(hook func(look func())) *subject {
	var b *gobreaker.CircuitBreaker[any]
	settings := gobreaker.Settings{
		Name: "api", Timeout: time.Minute, MaxRequests: 1,
		ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= 3 },
	}
	if hook != nil {
		settings.OnStateChange = func(string, gobreaker.State, gobreaker.State) { hook(func() { b.Counts() }) }
	}
	b = gobreaker.NewCircuitBreaker[any](settings)
	return &subject{
		call: func(ctx context.Context, f func(context.Context) error) error {
			_, err := b.Execute(func() (any, error) { return nil, f(ctx) })
			if errors.Is(err, gobreaker.ErrTooManyRequests) { // its word for a refusal while half-open
				return gobreaker.ErrOpenState
			}
			return err
		},
		open:       gobreaker.ErrOpenState,
		state:      func() string { return b.State().String() },
		retryAfter: func(error) (time.Duration, bool) { return 0, false },
	}
}

func failsafeGo(hook func(look func())) *subject {
	var b circuitbreaker.CircuitBreaker[any]
	builder := circuitbreaker.NewBuilder[any]().WithFailureThreshold(3).WithDelay(time.Minute).WithSuccessThreshold(1)
	if hook != nil {
		builder = builder.OnStateChanged(func(circuitbreaker.StateChangedEvent) { hook(func() { b.Metrics().Failures() }) })
	}
	b = builder.Build()
	executor := failsafe.With[any](b)
	return &subject{
		call: func(ctx context.Context, f func(context.Context) error) error {
			return executor.WithContext(ctx).Run(func() error { return f(ctx) })
		},
		open:       circuitbreaker.ErrOpen,
		state:      func() string { return b.State().String() },
		retryAfter: func(error) (time.Duration, bool) { return 0, false }, // the breaker tells, its error does not
	}
}
