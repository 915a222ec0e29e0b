package errmatch

import (
	"errors"
	"fmt"
)

type absent struct{ cause error }

func (e absent) Error() string { return "absent: " + e.cause.Error() }
func (e absent) Unwrap() error { return e.cause }

type denied struct{ cause error }

func (e *denied) Error() string { return "denied: " + e.cause.Error() }

type limited struct{ n int }

func (e *limited) Error() string { return fmt.Sprint("limit ", e.n) }

// converted makes what is asked for, as the outermost error.
func converted(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, ErrNoRows) {
		return absent{err}
	}
	if errors.Is(err, ErrConflict) {
		return &denied{err}
	}
	return fmt.Errorf("store: %w", err)
}

func badConverted(id string) bool {
	err := converted(find(id))
	switch err.(type) { // want `^strict: err comes wrapped from converted`
	case absent:
		return true
	}
	return false
}

func badConvertedAsserted(id string) bool {
	err := converted(find(id))
	_, ok := err.(*denied) // want `^strict: err comes wrapped from converted`
	return ok
}

func badOtherMade(id string) bool {
	err := converted(find(id))
	_, ok := err.(*limited) // want `^err comes wrapped from converted`
	return ok
}

func okConvertedAs(id string) bool {
	var gone absent
	return errors.As(converted(find(id)), &gone)
}

func okConvertedAsPointer(id string) bool {
	var no *denied
	return errors.As(converted(find(id)), &no)
}

func okConvertedIs(id string) bool { return errors.Is(converted(find(id)), ErrNoRows) }

func okMadeHere(id string) bool {
	err := &limited{len(id)}
	return err.n > 0
}

func okUnconverted(id string) bool { return find(id) == ErrNoRows }

func okConvertedText(id string) string {
	if err := converted(find(id)); err != nil {
		return err.Error()
	}
	return ""
}
