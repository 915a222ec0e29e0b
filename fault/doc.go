// Package fault gives errors the three things a production system asks of them: a stable code, an
// answer to "is it worth trying again", and a form that a structured log can hold. It adds to package
// errors and replaces nothing: errors.Is, errors.As and errors.AsType work on everything made here.
//
// A [Code] is a string constant that is itself an error. Codes form a hierarchy by dots, so the error
// "payment.fraud" is a "payment" error too. Errors that carry values stay plain structs of the
// user's own; one line, Unwrap, gives them their code:
//
//	const ErrInsufficientFunds fault.Code = "payment.insufficient_funds"
//
//	type InsufficientFundsError struct {
//		UserID          int64
//		Amount, Balance float64
//	}
//
//	func (e *InsufficientFundsError) Error() string { … }
//	func (e *InsufficientFundsError) Unwrap() error { return ErrInsufficientFunds }
//
// # Decisions
//
// Whether a call may be repeated is opt-in: [IsTransient] is false for an error nobody has said
// anything about, since repeating a charge or an insert by mistake costs more than giving up. The
// breaker decides the other way and counts an unknown error as a failure: opening too early costs little.
//
// No stack is recorded. It costs some microseconds on every error, and a code, a wrapped cause and a
// log record tell more. Only package boundary, which recovers panics, keeps one.
//
// What is logged ([Attr]) and what a stranger may read ([PublicOf]) are different texts. An error's own
// text never leaves the process through this module; only a text that was given as public does.
//
// The keys of details in logs are snake_case (the field UserID is logged as user_id). A `log:"name"` tag
// names another key, `log:"-"` hides a field, and a type's LogValue method is respected.
//
// Codes are one name space for the whole program: two constants with one string are one code. Begin a
// code with the name of its domain.
//
// All functions are safe for concurrent use. None panics unless a method of the error itself does.
package fault
