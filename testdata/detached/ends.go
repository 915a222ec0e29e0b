package detached

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"
)

type slots struct{ free chan struct{} }

// wait fails only where the context ends.
func (s *slots) wait(ctx context.Context) error {
	select {
	case <-s.free:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// waitFor can fail in another way as well.
func (s *slots) waitFor(ctx context.Context, n int) error {
	if n > cap(s.free) {
		return fmt.Errorf("%d slots are more than there are", n)
	}
	return s.wait(ctx)
}

// That a context has ended is told by whoever ended it: a worker that stops then has done well.
func badEnds(ctx context.Context, s *slots, turn func()) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		for {
			if err := s.wait(ctx); err != nil {
				return nil // want `^strict: s.wait failed \(line \d+\), yet the group that runs this closure is told that all went well`
			}
			turn()
		}
	})
	return g.Wait()
}

func badEndsOrFails(ctx context.Context, s *slots, turn func()) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		for {
			if err := s.waitFor(ctx, 2); err != nil {
				return nil // want `^s.waitFor failed \(line \d+\), yet the group that runs this closure is told that all went well`
			}
			turn()
		}
	})
	return g.Wait()
}

func okEndsReturned(ctx context.Context, s *slots, turn func()) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		for {
			if err := s.wait(ctx); err != nil {
				return err
			}
			turn()
		}
	})
	return g.Wait()
}

func okEndsAsked(ctx context.Context, s *slots, turn func()) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		for ctx.Err() == nil {
			turn()
		}
		return nil
	})
	return g.Wait()
}

func okEndsWrapped(ctx context.Context, s *slots, turn func()) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := s.waitFor(ctx, 1); err != nil {
			return fmt.Errorf("waiting: %w", err)
		}
		turn()
		return nil
	})
	return g.Wait()
}

func okEndsSelected(ctx context.Context, s *slots, turn func()) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		select {
		case <-s.free:
			turn()
		case <-ctx.Done():
		}
		return nil
	})
	return g.Wait()
}
