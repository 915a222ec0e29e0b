// Package multierror stands in for github.com/hashicorp/go-multierror.
package multierror

import "errors"

type Error struct{ Errors []error }

func (e *Error) Error() string { return errors.Join(e.Errors...).Error() }
func (e *Error) ErrorOrNil() error {
	if e == nil || len(e.Errors) == 0 {
		return nil
	}
	return e
}

func Append(err error, errs ...error) *Error { return &Error{append([]error{err}, errs...)} }

type Group struct{}

func (g *Group) Go(f func() error) { go f() }
func (g *Group) Wait() *Error      { return nil }
