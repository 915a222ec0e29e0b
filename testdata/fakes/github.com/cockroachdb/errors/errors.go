// Package errors stands in for github.com/cockroachdb/errors.
package errors

import (
	"errors"
	"fmt"
)

func New(msg string) error                                      { return errors.New(msg) }
func Newf(format string, args ...interface{}) error             { return fmt.Errorf(format, args...) }
func Errorf(format string, args ...interface{}) error           { return fmt.Errorf(format, args...) }
func AssertionFailedf(format string, args ...interface{}) error { return fmt.Errorf(format, args...) }
func Wrap(err error, msg string) error                          { return wrap(err, msg) }
func Wrapf(err error, format string, args ...interface{}) error {
	return wrap(err, fmt.Sprintf(format, args...))
}
func WithStack(err error) error                               { return wrap(err, "") }
func WithMessage(err error, msg string) error                 { return wrap(err, msg) }
func WithHint(err error, msg string) error                    { return wrap(err, msg) }
func WithDetail(err error, msg string) error                  { return wrap(err, msg) }
func WithSecondaryError(err error, additionalErr error) error { return wrap(err, "") }
func CombineErrors(err error, otherErr error) error           { return errors.Join(err, otherErr) }
func Mark(err error, reference error) error                   { return wrap(err, "") }
func Handled(err error) error                                 { return wrap(err, "") }
func Join(errs ...error) error                                { return errors.Join(errs...) }
func Is(err, reference error) bool                            { return errors.Is(err, reference) }
func IsAny(err error, references ...error) bool {
	return len(references) > 0 && errors.Is(err, references[0])
}
func As(err error, target interface{}) bool { return errors.As(err, target) }
func Cause(err error) error                 { return errors.Unwrap(err) }
func UnwrapAll(err error) error             { return errors.Unwrap(err) }

type wrapped struct {
	msg string
	err error
}

func (w *wrapped) Error() string { return w.msg + ": " + w.err.Error() }
func (w *wrapped) Unwrap() error { return w.err }

func wrap(err error, msg string) error {
	if err == nil {
		return nil
	}
	return &wrapped{msg, err}
}
