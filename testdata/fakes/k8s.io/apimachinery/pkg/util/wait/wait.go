// Package wait stands in for k8s.io/apimachinery/pkg/util/wait.
package wait

import (
	"context"
	"time"
)

type (
	ConditionFunc            func() (done bool, err error)
	ConditionWithContextFunc func(context.Context) (done bool, err error)
	Backoff                  struct{ Steps int }
)

func PollUntilContextTimeout(ctx context.Context, interval, timeout time.Duration, immediate bool, condition ConditionWithContextFunc) error {
	_, err := condition(ctx)
	return err
}

func ExponentialBackoff(backoff Backoff, condition ConditionFunc) error {
	_, err := condition()
	return err
}

func Until(f func(), period time.Duration, stopCh <-chan struct{}) { f() }
func Interrupted(err error) bool                                   { return err == context.DeadlineExceeded }
