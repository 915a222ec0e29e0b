// Package oops stands in for github.com/samber/oops.
package oops

import (
	"errors"
	"fmt"
)

type OopsErrorBuilder struct{}

func (o OopsErrorBuilder) Code(code any) OopsErrorBuilder    { return o }
func (o OopsErrorBuilder) In(domain string) OopsErrorBuilder { return o }
func (o OopsErrorBuilder) With(kv ...any) OopsErrorBuilder   { return o }
func (o OopsErrorBuilder) New(message string) error          { return errors.New(message) }
func (o OopsErrorBuilder) Errorf(format string, args ...any) error {
	return fmt.Errorf(format, args...)
}
func (o OopsErrorBuilder) Wrap(err error) error { return wrap(err, "") }
func (o OopsErrorBuilder) Wrapf(err error, format string, args ...any) error {
	return wrap(err, fmt.Sprintf(format, args...))
}
func (o OopsErrorBuilder) Join(e ...error) error         { return errors.Join(e...) }
func (o OopsErrorBuilder) Recover(cb func()) (err error) { cb(); return nil }

func New(message string) error                { return errors.New(message) }
func Errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }
func Wrap(err error) error                    { return wrap(err, "") }
func Wrapf(err error, format string, args ...any) error {
	return wrap(err, fmt.Sprintf(format, args...))
}
func Join(e ...error) error             { return errors.Join(e...) }
func In(domain string) OopsErrorBuilder { return OopsErrorBuilder{} }
func Code(code any) OopsErrorBuilder    { return OopsErrorBuilder{} }

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
