// Package errors stands in for github.com/fatedier/golib/errors.
package errors

import "fmt"

func PanicToError(fn func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic error: %v", r)
		}
	}()

	fn()
	return
}
