package wrongerr

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// Questions with one answer only.

type valueError struct{ code int }

func (e valueError) Error() string { return "value" }

type pointerError struct{ code int }

func (e pointerError) Error() string { return "pointer" }

type bothError struct{ code int }

func (e bothError) Error() string { return "both" }

type matchError struct{ code int }

func (e *matchError) Error() string        { return "match" }
func (e *matchError) Is(target error) bool { _, ok := target.(*matchError); return ok }

var errGone = errors.New("gone")

func makes(i int) error {
	switch i {
	case 0:
		return valueError{1}
	case 1:
		return &pointerError{1}
	case 2:
		return bothError{1}
	case 3:
		return &bothError{1}
	}
	return &matchError{1}
}

func badSwapped(err error) bool {
	return errors.Is(os.ErrNotExist, err) // want `^the arguments of errors.Is are swapped: the error comes first, then os.ErrNotExist`
}

func badSwappedErrno() bool {
	_, err := os.Open("x")
	return errors.Is(syscall.ENOENT, err) // want `^the arguments of errors.Is are swapped`
}

func badFreshTarget(err error) bool {
	return errors.Is(err, errors.New("gone")) // want `^no error is the one that errors.New makes here: this is always false`
}

func badFreshPointer(err error) bool {
	return errors.Is(err, &pointerError{1}) // want `^no error is the one that pointerError makes here`
}

func badFreshCompared(err error) bool {
	return err == fmt.Errorf("gone") // want `^no error is the one that fmt.Errorf makes here: this comparison has one outcome only`
}

func badItself(err error) bool {
	return errors.Is(err, err) // want `^err is compared with itself: this is always true`
}

func badAsSentinel(err error) bool {
	return errors.As(err, &errGone) // want `^errors.As matches any error here, and puts it into errGone for all: errors.Is is meant`
}

func badAskedForNothing(next func() (string, error), line func(string)) error {
	var err error
	for {
		l, err := next()
		if err != nil || errors.Is(err, io.EOF) { // want `^err is nil here and matches nothing`
			break
		}
		line(l)
	}
	return err
}

// dgraph: what is done behind the question is wrong for the same reason.
func badComparedWithCall(flush func() error) error {
	_, err := os.Open("x")
	if err != nil {
		return err
	}
	if err != flush() { // want `^err is nil here and matches nothing`
		return fmt.Errorf("flushing: %w", err)
	}
	return nil
}

// cloudflared: the answer leads into the branch, and there the program ends.
func badAskedInVain(tell func(string)) {
	_, err := os.Open("x")
	if err != nil {
		return
	}
	if !errors.Is(err, errGone) {
		tell(err.Error()) // want `^err is nil here: to ask for its text panics`
	}
}

func okComparedWithCall(flush func() error) error {
	_, err := os.Open("x")
	if err != nil {
		return err
	}
	if err = flush(); err != nil {
		return fmt.Errorf("flushing: %w", err)
	}
	return nil
}

func okAskedWhereItIs(tell func(string)) {
	_, err := os.Open("x")
	if err != nil && !errors.Is(err, errGone) {
		tell(err.Error())
	}
}

func badNeverPointer(err error) bool {
	var v *valueError
	return errors.As(err, &v) // want `^no error is a \*valueError: this package makes them as values`
}

func badNeverValue(err error) bool {
	var v pointerError
	return errors.As(err, &v) // want `^no error is a pointerError: this package makes them as pointers`
}

func badNeverStd(err error) bool {
	var v *x509.UnknownAuthorityError
	return errors.As(err, &v) // want `^no error is a \*crypto/x509.UnknownAuthorityError: they are made as values`
}

func badNeverType(err error) bool {
	_, ok := errors.AsType[*valueError](err) // want `^no error is a \*valueError`
	return ok
}

func okIs(err error) bool        { return errors.Is(err, errGone) }
func okIsEOF(err error) bool     { return errors.Is(err, io.EOF) }
func okSentinels() bool          { return errors.Is(errGone, os.ErrNotExist) }
func okWanted(want error) bool   { return errors.Is(errGone, want) }
func okAsValue(err error) bool   { var v valueError; return errors.As(err, &v) }
func okAsPointer(err error) bool { var v *pointerError; return errors.As(err, &v) }
func okAsBoth(err error) bool    { var v bothError; return errors.As(err, &v) }
func okAsBothPointer(err error) bool {
	var v *bothError
	return errors.As(err, &v)
}
func okAsStd(err error) bool {
	var v x509.UnknownAuthorityError
	return errors.As(err, &v)
}
func okAsPath(err error) bool {
	var v *os.PathError
	return errors.As(err, &v)
}
func okAsErrno(err error) bool {
	var v syscall.Errno
	return errors.As(err, &v)
}
func okAsInterface(err error) bool {
	var v interface{ Timeout() bool }
	return errors.As(err, &v)
}
func okAsType(err error) bool      { _, ok := errors.AsType[*os.PathError](err); return ok }
func okOwnIs(err error) bool       { return errors.Is(err, &matchError{2}) }
func okValueTarget(err error) bool { return errors.Is(err, valueError{1}) }
func okNilTarget(err error) bool   { return err == nil }
func okTwo(a, b error) bool        { return errors.Is(a, b) }
func okRanged(errs []error) bool {
	for _, err := range errs {
		if errors.Is(errGone, err) {
			return true
		}
	}
	return false
}

type reason struct{ err error }

func (r reason) Error() string        { return "reason" }
func (r reason) Is(err error) bool    { return errors.Is(errGone, err) }
func (r reason) OkField(e error) bool { return errors.Is(r.err, e) }

func okCompared(err error) bool     { return err == io.EOF }
func okNotNil(err error) bool       { return err != nil }
func okMade(text string) error      { return errors.New(text) }
func okFresh() bool                 { return errors.Is(fmt.Errorf("x: %w", errGone), errGone) }
func okComparedTwo(a, b error) bool { return a == b }
