package lostcause

import (
	"context"
	"errors"
	"fmt"
)

type poll struct{ ready <-chan struct{} }

// until fails only where the context ends.
func (p *poll) until(ctx context.Context) error {
	select {
	case <-p.ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// untilWith can fail in another way as well.
func (p *poll) untilWith(ctx context.Context, n int) error {
	if n == 0 {
		return errors.New("nothing to wait for")
	}
	return p.until(ctx)
}

// A text says as much as that a context has ended.
func badDeadline(ctx context.Context, p *poll) error {
	if err := p.until(ctx); err != nil {
		return errors.New("took too long") // want `^strict: the error of p.until \(line \d+\) is replaced`
	}
	return nil
}

func badDeadlineOrMore(ctx context.Context, p *poll) error {
	if err := p.untilWith(ctx, 2); err != nil {
		return errors.New("took too long") // want `^the error of p.untilWith \(line \d+\) is replaced`
	}
	return nil
}

func okDeadlineWrapped(ctx context.Context, p *poll) error {
	if err := p.until(ctx); err != nil {
		return fmt.Errorf("took too long: %w", err)
	}
	return nil
}

func okDeadlineReturned(ctx context.Context, p *poll) error { return p.until(ctx) }

func okDeadlineJoined(ctx context.Context, p *poll) error {
	if err := p.untilWith(ctx, 1); err != nil {
		return errors.Join(errors.New("took too long"), err)
	}
	return nil
}

func okDeadlineCause(ctx context.Context, p *poll) error {
	if err := p.until(ctx); err != nil {
		return fmt.Errorf("took too long: %w", context.Cause(ctx))
	}
	return nil
}
