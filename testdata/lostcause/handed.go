package lostcause

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
)

// The same shapes as in verdicts.go, with the cause in hand.

func okHandedBody(f *fields) ([]byte, error) { return f.read("body") }

func okHandedHead(f *fields) ([]byte, error) {
	b, err := f.read("head")
	if err != nil {
		return nil, fmt.Errorf("failed to load the head: %w", err)
	}
	return b, nil
}

func okHandedTail(f *fields) ([]byte, error) {
	b, err := f.read("tail")
	if err != nil {
		return nil, errors.Join(errors.New("failed to load the tail"), err)
	}
	return b, nil
}

func okHandedLogged(f *fields) ([]byte, error) {
	b, err := f.read("tail")
	if err != nil {
		log.Print(err)
		return nil, errors.New("failed to load the tail")
	}
	return b, nil
}

func okHandedKind(f *fields) ([]byte, error) {
	b, err := f.read("tail")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("no tail")
	}
	return b, err
}

func okAllWrapped(d *db, id string, want int) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errTorn, err)
	}
	if len(b) == 0 {
		return nil, errTorn
	}
	if len(b) < want {
		return nil, errTorn
	}
	return b, nil
}

func okAllJoined(d *db, id string, want int) error {
	b, err := d.get(id)
	if err != nil {
		return errors.Join(errTorn, err)
	}
	if len(b) < want {
		return errTorn
	}
	return nil
}

func okAllKept(d *db, s *struct{ err error }, id string) error {
	b, err := d.get(id)
	if err != nil {
		s.err = err
		return errTorn
	}
	if len(b) == 0 {
		return errTorn
	}
	return nil
}

func okAllSent(d *db, errs chan<- error, id string) error {
	b, err := d.get(id)
	if err != nil {
		errs <- err
		return errTorn
	}
	if len(b) == 0 {
		return errTorn
	}
	return nil
}

func okAllKinds(d *db, id string) error {
	b, err := d.get(id)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errTorn
	case err != nil:
		return err
	case len(b) == 0:
		return errTorn
	}
	return nil
}

func okVerdictWithoutFailure(b []byte, want int) error {
	if len(b) == 0 {
		return errTorn
	}
	if len(b) < want {
		return errTorn
	}
	return nil
}

func okYesLogged(d *db, id string) error {
	is, err := exists(d, id)
	if err != nil {
		log.Printf("order %s: %v", id, err)
	}
	if err != nil || is {
		return fmt.Errorf("there may be an order %s", id)
	}
	return d.put(id, nil)
}

func okYesWrapped(d *db, id string) error {
	is, err := exists(d, id)
	if err != nil {
		return fmt.Errorf("is there an order %s: %w", id, err)
	}
	if is {
		return fmt.Errorf("there is an order %s", id)
	}
	return nil
}

func okYesOnly(d *db, id string) error {
	is, err := exists(d, id)
	if err == nil && is {
		return fmt.Errorf("there is an order %s", id)
	}
	return err
}

func okYesJoined(d *db, id string) error {
	is, err := exists(d, id)
	if err != nil || !is {
		return errors.Join(errNoOrder, err)
	}
	return nil
}

func okYesNoError(d *db, id string) bool {
	is, err := exists(d, id)
	if err != nil {
		log.Print(err)
		return false
	}
	return is
}

func okFirstThatFits(d *db, ids []string) ([]byte, error) {
	var all error
	for _, id := range ids {
		b, err := d.get(id)
		if err == nil {
			return b, nil
		}
		all = errors.Join(all, err)
	}
	return nil, all
}

func okFittedOrWhy(d *db, id string) ([]byte, error) {
	if b, err := d.get(id); err == nil {
		return b, nil
	} else if c, err := d.get(id + ".bak"); err == nil {
		return c, nil
	} else {
		return nil, fmt.Errorf("neither %s nor its backup: %w", id, err)
	}
}

func okFittedLogged(d *db, id string) ([]byte, error) {
	if b, err := d.get(id); err == nil {
		return b, nil
	} else if c, berr := d.get(id + ".bak"); berr == nil {
		return c, nil
	} else {
		log.Print(err, berr)
		return nil, errNoOrder
	}
}

func okFittedLast(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		b, err = d.get(id + ".bak")
	}
	return b, err
}

func okServedLogged(fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		log.Print(err)
		return errFileNotFound
	}
	return f.Close()
}

func okServedJoined(fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return errors.Join(errFileNotFound, err)
	}
	return f.Close()
}

func okServedStat(name string) error {
	_, err := os.Stat(name)
	if os.IsNotExist(err) {
		return errFileNotFound
	}
	return err
}

func okServedOpen(name string) (*os.File, error) {
	f, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errFileNotFound
	case errors.Is(err, fs.ErrPermission):
		return nil, errRefused
	}
	return f, err
}

func okServedDir(fsys fs.FS, name string) error {
	fi, err := fs.Stat(fsys, name)
	if err != nil {
		return err
	}
	if fi.IsDir() {
		return errFileNotFound
	}
	return nil
}

func okBlankWrapped(ctx context.Context, d *db) error {
	if err := addRule(ctx, d, "y"); err != nil {
		return fmt.Errorf("adding: %w", err)
	}
	return nil
}

func okBlankReturned(ctx context.Context, d *db) error { return addRule(ctx, d, "z") }

func okUsedWrapped(ctx context.Context, d *db) error {
	if err := waitRule(ctx, d, "y"); err != nil {
		return fmt.Errorf("waiting: %w", err)
	}
	return nil
}

func okAsksUsedWrapped(ctx context.Context, d *db) {
	if err := okUsedWrapped(ctx, d); err != nil && !errors.Is(err, context.Canceled) {
		log.Print(err)
	}
}

func okAsksBlankWrapped(ctx context.Context, d *db) {
	if err := okBlankWrapped(ctx, d); err != nil && !errors.Is(err, context.Canceled) {
		log.Print(err)
	}
}

func okOwnWrapped(ctx context.Context) error {
	if err := ownContext(ctx, func(ctx context.Context) error { return ctx.Err() }); err != nil {
		return fmt.Errorf("own: %w", err)
	}
	return nil
}
