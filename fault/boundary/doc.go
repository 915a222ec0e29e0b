// Package boundary holds the places of a program where a panic may end: a call, a request, a group
// of goroutines, main. Everywhere else a panic is a bug on its way to one of them, and recovering it earlier
// only hides where it came from.
//
//   - [Call] turns a panic into a [*PanicError], for plug-ins, callbacks and jobs.
//   - [HTTP] answers a request whose handler panicked, and logs the stack.
//   - [Group] runs functions in goroutines and keeps all their errors and panics.
//   - [Main] runs a program until it ends or is told to end, and makes an exit code of the outcome.
//
// Nothing is lost on the way: a panic becomes an error with value and stack or is logged with both,
// runtime.Goexit is reported and never stopped, and http.ErrAbortHandler goes on to the server.
//
// What an operation of package oplog has logged already is logged at Debug here, so that one failure
// gives one Error record.
//
// A fatal error of the runtime (a concurrent map write, exhausted memory, a stack overflow) cannot be
// recovered by anyone, nor can a panic in a goroutine that was started by a plain go statement: for this there is Group.
package boundary
