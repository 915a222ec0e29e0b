// Package retry stands in for github.com/avast/retry-go/v4.
package retry

type Option func(*Config)

type Config struct{}

type RetryableFunc func() error

func Attempts(attempts uint) Option { return func(*Config) {} }

type unrecoverable struct{ error }

func Unrecoverable(err error) error                        { return unrecoverable{err} }
func Do(retryableFunc RetryableFunc, opts ...Option) error { return retryableFunc() }
