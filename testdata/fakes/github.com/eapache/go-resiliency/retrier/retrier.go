// Package retrier stands in for github.com/eapache/go-resiliency/retrier.
package retrier

import (
	"context"
	"time"
)

type Classifier interface{ Classify(error) Action }

type Action int

type Retrier struct{}

func New(backoff []time.Duration, class Classifier) *Retrier      { return &Retrier{} }
func ConstantBackoff(n int, amount time.Duration) []time.Duration { return nil }
func (r *Retrier) Run(work func() error) error                    { return work() }
func (r *Retrier) RunCtx(ctx context.Context, work func(ctx context.Context) error) error {
	return work(ctx)
}
