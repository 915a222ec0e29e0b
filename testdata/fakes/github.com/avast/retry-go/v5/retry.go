// Package retry stands in for github.com/avast/retry-go/v5.
package retry

type Option func(*Config)

type Config struct{}

type RetryableFunc func() error

func Attempts(attempts uint) Option { return func(*Config) {} }

type unrecoverable struct{ error }

func Unrecoverable(err error) error { return unrecoverable{err} }

type Retrier struct{}

func New(opts ...Option) *Retrier                       { return &Retrier{} }
func (r *Retrier) Do(retryableFunc RetryableFunc) error { return retryableFunc() }
