package wrongerr

import (
	"encoding/json"
	"errors"
	"fmt"
)

// What errors.As fills in is nothing that a package makes: others may make values of its types.

// pulumi
type LoginError struct{ URL string }

func (e LoginError) Error() string { return "log in at " + e.URL }

type DeniedError struct{ What string }

func (e DeniedError) Error() string { return "denied: " + e.What }

func okAuth(err error) bool {
	return errors.As(err, &LoginError{}) || errors.As(err, &DeniedError{})
}

// What is decoded may be given away as it is.

type apiError struct{ Message string }

func (e apiError) Error() string { return e.Message }

func decoded(b []byte) error {
	var e apiError
	if err := json.Unmarshal(b, &e); err != nil {
		return fmt.Errorf("decoding the error: %w", err)
	}
	return e
}

func okDecoded(b []byte) bool {
	var e apiError
	return errors.As(decoded(b), &e)
}

// What is made in one form is never found in the other, whatever asks for it.

type quotaError struct{ left int }

func (e quotaError) Error() string { return fmt.Sprint(e.left, " left") }

func quota(left int) error {
	if left < 1 {
		return &quotaError{left}
	}
	return nil
}

func badQuota(left int) bool {
	return errors.As(quota(left), &quotaError{}) // want `^no error is a quotaError: this package makes them as pointers`
}

func okQuota(left int) bool {
	var e *quotaError
	return errors.As(quota(left), &e)
}

// Nor is what a test's ErrorAs fills in.

type askedError struct{ what string }

func (e askedError) Error() string { return e.what }

type asserts struct{}

func (asserts) ErrorAs(err error, target any) bool { return errors.As(err, target) }

func okAsked(a asserts, err error) bool {
	var e askedError
	return a.ErrorAs(err, &askedError{}) && errors.As(err, &e)
}
