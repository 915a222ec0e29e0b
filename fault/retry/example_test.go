package retry_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/breaker"
	"github.com/errvet/errvet/fault/retry"
)

func ExampleDo() {
	tries := 0
	body, err := retry.Do(context.Background(), retry.Policy{Base: time.Millisecond},
		func(context.Context) (string, error) {
			if tries++; tries < 3 {
				return "", fault.Transient(errors.New("503 Service Unavailable"))
			}
			return "hello", nil
		})
	fmt.Println(body, err, tries)
	// Output: hello <nil> 3
}

func ExampleRun() {
	err := retry.Run(context.Background(), retry.Policy{}, func(context.Context) error {
		return errors.New("duplicate key") // nobody has called it transient: one try, and the error as it is
	})
	fmt.Println(err)
	// Output: duplicate key
}

func ExampleError() {
	policy := retry.Policy{Attempts: 4, Base: time.Millisecond}
	err := retry.Run(context.Background(), policy, func(context.Context) error {
		return fault.Transient(errors.New("connection reset"))
	})
	fmt.Println(err)
	fmt.Println(errors.Is(err, retry.ErrAttempts), fault.IsTransient(err))
	if gaveUp, ok := errors.AsType[*retry.Error](err); ok {
		fmt.Println(gaveUp.Attempts, gaveUp.Stopped, gaveUp.Last)
	}
	// Output:
	// gave up after 4 tries (no tries left): connection reset
	// true true
	// 4 retry.attempts connection reset
}

// The next wait would end after the deadline: Do returns at once, and the caller still has time to do something else.
func ExampleError_deadline() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	err := retry.Run(ctx, retry.Policy{Base: time.Hour, Max: time.Hour}, func(context.Context) error {
		return fault.Transient(errors.New("connection reset"))
	})
	fmt.Println(err)
	fmt.Println(errors.Is(err, retry.ErrDeadline), errors.Is(err, context.DeadlineExceeded), ctx.Err())
	// Output:
	// gave up after 1 try (the next wait would outlast the deadline): connection reset
	// true true <nil>
}

func ExamplePolicy() {
	policy := retry.Policy{
		Attempts: 3,
		Base:     time.Millisecond,
		Jitter:   -1, // only for the sake of the output
		Retry:    func(err error) bool { return fault.IsTransient(err) || errors.Is(err, errDown) },
		OnRetry: func(_ context.Context, next retry.Try) {
			fmt.Printf("try %d in %v: %v\n", next.Number, next.Wait, next.Err)
		},
	}
	_ = retry.Run(context.Background(), policy, func(context.Context) error { return errDown })
	// Output:
	// try 2 in 1ms: down
	// try 3 in 2ms: down
}

// One budget for all calls to one dependency: when everything fails, the retries do not make it three times worse.
func ExampleBudget() {
	policy := retry.Policy{Base: time.Millisecond, Budget: &retry.Budget{Ratio: 0.1, Burst: 5}}
	tries := 0
	for range 100 {
		_ = retry.Run(context.Background(), policy, func(context.Context) error {
			tries++
			return fault.Transient(errDown)
		})
	}
	fmt.Println(tries, "tries for 100 calls")
	// Output: 114 tries for 100 calls
}

// The default order: one failure of the breaker is one exhausted retry.
func Example_insideABreaker() {
	api := breaker.New(breaker.Config{Name: "api", Failures: 3, Cooldown: 30 * time.Second, Logger: quiet})
	policy := retry.Policy{Attempts: 3, Base: time.Millisecond}
	tries := 0
	for range 5 {
		_, err := breaker.Do(context.Background(), api, func(ctx context.Context) (string, error) {
			return retry.Do(ctx, policy, func(context.Context) (string, error) {
				tries++
				return "", fault.Transient(errDown)
			})
		})
		fmt.Println(tries, errors.Is(err, breaker.ErrOpen))
	}
	// Output:
	// 3 false
	// 6 false
	// 9 false
	// 9 true
	// 9 true
}

// The other order: the breaker sees each try, and ends the retrying when it opens.
func Example_aroundABreaker() {
	api := breaker.New(breaker.Config{Name: "api", Failures: 3, Logger: quiet})
	tries := 0
	err := retry.Run(context.Background(), retry.Policy{Attempts: 10, Base: time.Millisecond}, func(ctx context.Context) error {
		return api.Run(ctx, func(context.Context) error {
			tries++
			return fault.Transient(errDown)
		})
	})
	fmt.Println(tries, errors.Is(err, breaker.ErrOpen), errors.Is(err, retry.ErrPermanent))
	// Output: 3 true true
}
