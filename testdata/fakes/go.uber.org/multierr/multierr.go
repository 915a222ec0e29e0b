// Package multierr stands in for go.uber.org/multierr.
package multierr

import "errors"

func Append(left error, right error) error { return errors.Join(left, right) }
func Combine(errs ...error) error          { return errors.Join(errs...) }
func AppendInto(into *error, err error) (errored bool) {
	*into = errors.Join(*into, err)
	return err != nil
}
func Errors(err error) []error { return []error{err} }
