package boundary

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/errvet/errvet/fault/oplog"
)

// A PanicError is a panic that was recovered. What its value says of itself as an error holds for it too: a panic with a
// transient error is transient. Of all others nobody says anything, so package retry does not repeat
// them, and package breaker counts them as failures, as it does panics that pass through it.
type PanicError struct {
	// Value is what panic was called with. It is never nil: panic(nil) gives a *runtime.PanicNilError.
	Value any
	// Stack is the stack of the goroutine at the panic, as of debug.Stack.
	Stack []byte
}

// Error returns "panic: " and the value. It does not have the stack: error texts end up in answers to clients.
func (e *PanicError) Error() string { return "panic: " + fmt.Sprint(e.Value) }

// Unwrap returns the value if it is an error, so that errors.Is and errors.As see it, else nil.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// LogValue gives value and stack as text.
func (e *PanicError) LogValue() slog.Value {
	return slog.GroupValue(slog.String("value", fmt.Sprint(e.Value)), slog.String("stack", string(e.Stack)))
}

var errNilFunc = errors.New("boundary: there is no function to call, it is nil")

// Call calls f and returns its error. If f panics, the error is, or wraps, a *PanicError. A nil f is an error too.
//
// If f ends the goroutine by runtime.Goexit, so does Call: nobody can stop that, and Call
// does not return. Call does not log: its caller has the error.
func Call(f func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = panicError(value)
		}
	}()
	if f == nil {
		return errNilFunc
	}
	return f()
}

// panicError is called in a deferred function, while the stack is still that of the panic.
func panicError(value any) error {
	err := error(&PanicError{Value: value, Stack: debug.Stack()})
	if oplog.PanicLogged() {
		err = oplog.MarkLogged(err)
	}
	return err
}
