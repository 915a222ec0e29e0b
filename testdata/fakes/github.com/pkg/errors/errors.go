// Package errors stands in for github.com/pkg/errors.
package errors

import (
	"errors"
	"fmt"
)

func New(message string) error                        { return errors.New(message) }
func Errorf(format string, args ...interface{}) error { return fmt.Errorf(format, args...) }
func Wrap(err error, message string) error            { return wrap(err, message) }
func Wrapf(err error, format string, args ...interface{}) error {
	return wrap(err, fmt.Sprintf(format, args...))
}
func WithMessage(err error, message string) error { return wrap(err, message) }
func WithMessagef(err error, format string, args ...interface{}) error {
	return wrap(err, fmt.Sprintf(format, args...))
}
func WithStack(err error) error             { return wrap(err, "") }
func Cause(err error) error                 { return errors.Unwrap(err) }
func Unwrap(err error) error                { return errors.Unwrap(err) }
func Is(err, target error) bool             { return errors.Is(err, target) }
func As(err error, target interface{}) bool { return errors.As(err, target) }

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
