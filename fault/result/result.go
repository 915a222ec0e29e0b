// Package result holds a value or the error in place of it, for where (T, error) cannot travel: a channel, a
// fan-out, a cache, a JSON answer. It is not for return values: a function that can fail returns (T, error).
//
//	results := make(chan result.Of[User])
//	go func() { results <- result.From(load(ctx, id)) }()
//	user, err := (<-results).Get()
//
// The only way in is [From], the only way out is [Of.Get], which gives the error along with the value: there is no
// shortcut that drops it.
package result

import "github.com/errvet/errvet/fault"

// ErrEmpty is the failure that an Of is of which nobody said anything: its zero value, as a receive from
// a closed channel gives it.
const ErrEmpty fault.Code = "result.empty"

// Of is a value of type T or an error, never both and never neither. The zero value is a failure, [ErrEmpty]. It is
// immutable, and so safe for concurrent use as far as T is.
type Of[T any] struct {
	value T
	err   error
	ok    bool
}

// From takes what a call returned: result.From(f()). Where err is not nil, v is dropped: a result that says both yes and
// no leaves it to each reader which one counts.
func From[T any](v T, err error) Of[T] {
	if err != nil {
		return Of[T]{err: err}
	}
	return Of[T]{value: v, ok: true}
}

// Get returns the value and nil, or T's zero value and the error that From was given.
func (r Of[T]) Get() (T, error) {
	if r.err == nil && !r.ok {
		return r.value, ErrEmpty
	}
	return r.value, r.err
}
