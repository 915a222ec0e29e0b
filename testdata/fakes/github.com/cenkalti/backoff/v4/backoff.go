// Package backoff stands in for github.com/cenkalti/backoff/v4.
package backoff

import (
	"errors"
	"time"
)

type BackOff interface {
	NextBackOff() time.Duration
	Reset()
}

type ExponentialBackOff struct{ MaxElapsedTime time.Duration }

func (b *ExponentialBackOff) NextBackOff() time.Duration { return 0 }
func (b *ExponentialBackOff) Reset()                     {}

type ExponentialBackOffOpts func(*ExponentialBackOff)

func NewExponentialBackOff(opts ...ExponentialBackOffOpts) *ExponentialBackOff {
	return &ExponentialBackOff{}
}

type (
	Operation                func() error
	OperationWithData[T any] func() (T, error)
	Notify                   func(error, time.Duration)
)

func Retry(o Operation, b BackOff) error                                { return o() }
func RetryWithData[T any](o OperationWithData[T], b BackOff) (T, error) { return o() }
func RetryNotify(operation Operation, b BackOff, notify Notify) error   { return operation() }
func WithMaxRetries(b BackOff, max uint64) BackOff                      { return b }

type PermanentError struct{ Err error }

func (e *PermanentError) Error() string { return e.Err.Error() }
func (e *PermanentError) Unwrap() error { return e.Err }

func Permanent(err error) error {
	if err == nil || errors.Is(err, nil) {
		return nil
	}
	return &PermanentError{err}
}
