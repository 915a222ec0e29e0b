package retry

import (
	"context"
	"fmt"

	"github.com/errvet/errvet/fault"
)

// Why the trying stopped, as [Error.Stopped], unless ctx was done.
const (
	ErrAttempts  fault.Code = "retry.attempts"  // all tries are used up
	ErrPermanent fault.Code = "retry.permanent" // the last error is not worth another try
	ErrDeadline  fault.Code = "retry.deadline"  // the next wait would outlast the deadline; errors.Is(err, context.DeadlineExceeded) holds too
	ErrWait      fault.Code = "retry.wait"      // the server asks for a longer wait than Policy.Max
	ErrBudget    fault.Code = "retry.budget"    // the shared budget is used up
)

// An Error is a failure that other tries came before, or would have come after. It unwraps to Last and to Stopped, in this
// order, so that the code, the public text and the log's type and details are those of the failure itself.
type Error struct {
	_ struct{} `log:"-"` // a log names the type of Last

	Attempts int   // tries made
	Stopped  error // why there were no more
	Last     error // what the last one gave
}

// Error gives the number of tries, the reason for stopping and the last error.
func (e *Error) Error() string {
	tries := "tries"
	if e.Attempts == 1 {
		tries = "try"
	}
	return fmt.Sprintf("gave up after %d %s (%s): %v", e.Attempts, tries, reason(e.Stopped), e.Last)
}

// reason puts a code into words.
func reason(stopped error) string {
	switch code := fault.CodeOf(stopped); code {
	case ErrAttempts:
		return "no tries left"
	case ErrPermanent:
		return "not worth another"
	case ErrDeadline:
		return "the next wait would outlast the deadline"
	case ErrWait:
		return "the server asks for too long a wait"
	case ErrBudget:
		return "retry budget used up"
	}
	return fmt.Sprint(stopped)
}

// Unwrap returns Last and Stopped.
func (e *Error) Unwrap() []error { return []error{e.Last, e.Stopped} }

// done says why ctx is done: context.Canceled or context.DeadlineExceeded, and the cause if it was given another.
func done(ctx context.Context) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	if cause == nil || cause == err {
		return err
	}
	return fmt.Errorf("%w: %w", err, cause)
}

// pastDeadline is ErrDeadline for those who ask for the standard library's error.
func pastDeadline() error { return fmt.Errorf("%w: %w", ErrDeadline, context.DeadlineExceeded) }
