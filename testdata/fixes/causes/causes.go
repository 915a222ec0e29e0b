// Package causes makes errors without their cause in many ways.
package causes

import (
	"context"
	stderrors "errors"
	"fmt"
	"os"
	"time"

	"github.com/pkg/errors"
)

// Nobody compares the first; the second is compared, and the third may be by any caller.
var (
	errUnreadable = stderrors.New("cannot be read")
	errCompared   = stderrors.New("cannot be opened")
	ErrExported   = stderrors.New("not there")
)

func alone(path string) error {
	if _, err := os.ReadFile(path); err != nil {
		return errUnreadable
	}
	return nil
}

func compared(path string) error {
	if _, err := os.Open(path); err != nil {
		return errCompared
	}
	if _, err := os.ReadFile(path); err != nil {
		return ErrExported
	}
	return nil
}

func compares(path string) bool { return compared(path) == errCompared }

func wrapped(path string, n int) error {
	if _, err := os.ReadFile(path); err != nil {
		return errors.Errorf("read %d of %s", n, path)
	}
	if _, err := os.Open(path); err != nil {
		return errors.New("cannot open the file")
	}
	return nil
}

func invalidf(format string, args ...any) error {
	return &invalid{fmt.Sprintf(format, args...)}
}

type invalid struct{ text string }

func (i *invalid) Error() string { return i.text }

func formatted(path string) error {
	if _, err := os.ReadFile(path); err != nil {
		return invalidf("invalid path %s", path)
	}
	if err := os.Chdir(path); err != nil {
		return invalidf("invalid directory")
	}
	return nil
}

func waits(parent context.Context, ready <-chan time.Time) error {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return errors.New("not ready")
	}
}

// Where there need not be an error, none is wrapped.
func perhaps(path string) error {
	data, err := os.ReadFile(path)
	if err != nil || len(data) == 0 {
		return fmt.Errorf("nothing in %s", path)
	}
	return nil
}

// A code that others compare stays one.
func code(path string) error {
	if _, err := os.ReadFile(path); err != nil {
		return stderrors.New("MISSING_FILE")
	}
	return nil
}
