package fault

import "errors"

// A Code names a kind of error: stable, short, fit for a log query, a metric's label and a JSON answer.
// It is an error itself, to be declared as a constant, returned as it is, wrapped with %w, or returned by
// the Unwrap method of a type that carries values.
//
// Codes are hierarchical by dots: errors.Is(err, "payment") holds for an error with code "payment",
// "payment.fraud" or "payment.fraud.velocity", and not for "payments".
type Code string

// Error returns the code itself, or "unspecified error" for the empty code, so that no text is empty.
func (c Code) Error() string {
	if c == "" {
		return "unspecified error"
	}
	return string(c)
}

// Is reports whether target is c or a code above it. It is what errors.Is asks. The empty code is
// above nothing.
func (c Code) Is(target error) bool {
	above, ok := target.(Code)
	if !ok {
		return false
	}
	n := len(above)
	return c == above || n > 0 && n < len(c) && c[n] == '.' && c[:n] == above
}

// CodeOf returns the first code found in err and what it wraps (depth first, the order of errors.As),
// or "" if there is none. An outer code therefore wins over an inner one.
func CodeOf(err error) Code {
	c, _ := errors.AsType[Code](err)
	return c
}
