package lostcause

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// An error of another kind beside one that is handed on.

func okFirstOf(d *db, ids []string) error {
	for _, id := range ids {
		if err := d.put(id, nil); err != nil {
			return fmt.Errorf("first of %d: %w", len(ids), err)
		}
	}
	return nil
}

func okStatus(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %s", resp.Status)
	}
	return nil
}

func okStored(d *db, s *struct{ err error }, id string) error {
	if err := d.put(id, nil); err != nil {
		s.err = err
		return errStorage
	}
	return nil
}

func okSent(d *db, errs chan<- error, id string) error {
	if err := d.put(id, nil); err != nil {
		errs <- err
		return errStorage
	}
	return nil
}

func okPassedOn(d *db, report func(error), id string) error {
	if err := d.put(id, nil); err != nil {
		report(err)
		return errStorage
	}
	return nil
}

func okOwnTypeKeeps(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return &orderError{id: id, cause: err}
	}
	return nil
}

type orderError struct {
	id    string
	cause error
}

func (e *orderError) Error() string { return e.id + ": " + e.cause.Error() }
func (e *orderError) Unwrap() error { return e.cause }

func okNamed(d *db, id string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("order %s: %w", id, err)
		}
	}()
	return d.put(id, nil)
}

func okScanner(r io.Reader) error {
	s := bufio.NewScanner(r)
	for s.Scan() {
		if s.Text() == "" {
			return errNoOrder
		}
	}
	return s.Err()
}

func okExpectsFailure(d *db, id string) error {
	if _, err := d.get(id); err == nil {
		return fmt.Errorf("order %s is there already", id)
	}
	return d.put(id, nil)
}

func okCreateOnce(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return errors.New("locked by another process")
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// Contexts that end what was to go on for ever, or that belong to the function.

func okGroup(ctx context.Context, ids []string, d *db) error {
	g, ctx := errgroup.WithContext(ctx)
	in := make(chan string)
	g.Go(func() error {
		defer close(in)
		for _, id := range ids {
			select {
			case in <- id:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	g.Go(func() error {
		for id := range in {
			if err := d.put(id, nil); err != nil {
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

func okTicks(ctx context.Context, d *db) error {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
			if err := d.put("state", nil); err != nil {
				return err
			}
		}
	}
}

func okWaitGroup(ctx context.Context, wg *sync.WaitGroup) error {
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("still at work: %w", context.Cause(ctx))
	}
}

func okStops(stop <-chan struct{}, out chan<- string) error {
	select {
	case out <- "x":
		return nil
	case <-stop:
		return errNotReady
	}
}
