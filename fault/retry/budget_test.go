package retry_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/retry"
)

func TestBudgetBoundsTheRetries(t *testing.T) {
	const calls = 640
	budget := &retry.Budget{Ratio: 0.25, Burst: 8}
	p := retry.Policy{Attempts: 10, Base: time.Nanosecond, Budget: budget}
	var made, out atomic.Int64
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			for range calls / 64 {
				err := retry.Run(context.Background(), p, func(context.Context) error {
					made.Add(1)
					return fault.Transient(errDown)
				})
				if errors.Is(err, retry.ErrBudget) {
					out.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if repeated, most := made.Load()-calls, int64(8+calls/4); repeated > most || repeated < most-8 {
		t.Errorf("%d retries, want at most %d and about that", repeated, most)
	}
	if out.Load() == 0 {
		t.Error("no call was told about the budget")
	}
}

func TestBudgetRecovers(t *testing.T) {
	budget := &retry.Budget{Ratio: 0.5, Burst: 2}
	p := retry.Policy{Attempts: 10, Base: time.Nanosecond, Budget: budget}
	retries := func() (n int) {
		_ = retry.Run(t.Context(), p, func(context.Context) error { n++; return fault.Transient(errDown) })
		return n - 1
	}
	if n := retries(); n != 2 {
		t.Errorf("a full budget gives %d", n)
	}
	if n := retries(); n != 0 {
		t.Errorf("half a retry gives %d", n)
	}
	for range 10 {
		if err := retry.Run(t.Context(), p, func(context.Context) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if n := retries(); n != 2 {
		t.Errorf("a budget filled up gives %d", n)
	}
}
