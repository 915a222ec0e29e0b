// Package retry stands in for github.com/sethvargo/go-retry.
package retry

import (
	"context"
	"time"
)

type Backoff interface {
	Next() (next time.Duration, stop bool)
}

type RetryFunc func(ctx context.Context) error

func Do(ctx context.Context, b Backoff, f RetryFunc) error                   { return f(ctx) }
func Exponential(ctx context.Context, base time.Duration, f RetryFunc) error { return f(ctx) }
func NewExponential(base time.Duration) Backoff                              { return nil }
func WithMaxRetries(max uint64, next Backoff) Backoff                        { return next }

type retryable struct{ err error }

func (e *retryable) Error() string { return e.err.Error() }
func (e *retryable) Unwrap() error { return e.err }

func RetryableError(err error) error {
	if err == nil {
		return nil
	}
	return &retryable{err}
}
