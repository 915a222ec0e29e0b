package boundary

import (
	"context"
	"reflect"
)

// isEcho reports whether err says nothing but that its context was cancelled, for the given cause: whether every chain in it
// ends at one of the two. errors.Is would ask for one chain only, and hide a failure joined to a cancel.
func isEcho(err, cause error) bool {
	for err != nil {
		if same(err, context.Canceled) || same(err, cause) {
			return true
		}
		switch x := err.(type) {
		case interface{ Unwrap() error }:
			err = x.Unwrap()
		case interface{ Unwrap() []error }:
			for _, e := range x.Unwrap() {
				if !isEcho(e, cause) {
					return false
				}
			}
			return len(x.Unwrap()) > 0
		default:
			return false
		}
	}
	return false
}

// same is == without its panic on types that cannot be compared.
func same(a, b error) bool {
	return reflect.ValueOf(a).Comparable() && reflect.ValueOf(b).Comparable() && a == b
}
