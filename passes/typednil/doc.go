// Package typednil finds nil pointers of a concrete error type that become an error, which is not nil then.
//
// # What is flagged
//
// A variable that some path leaves nil:
//
//	var invalid *InvalidError
//	if o.amount <= 0 {
//		invalid = &InvalidError{"amount"}
//	}
//	return invalid
//
// A call of a function that returns a nil pointer for no error:
//
//	return o.check()
//
// Both at a return, in an assignment or a declaration, as an argument, in a composite literal and on a channel,
// wherever an error is wanted. A named slice of errors that is an error itself counts like a pointer.
//
// # Why it is harmful
//
// An interface that holds a nil pointer is not nil. The caller's test finds an error where all is well, calls its
// method, and that method finds a nil receiver.
//
// # How to fix it
//
// Declare results and variables as error; a pointer becomes one only after a test:
//
//	if invalid := o.check(); invalid != nil {
//		return invalid
//	}
//	return nil
//
// There is no fix: whether the result or the variable is to change its type, the code does not say.
//
// # When it is silent
//
//   - Every path gives the variable an error, or tests it, or the slice's length, by len or its own method Len.
//   - The pointer stays what it is: a result, a parameter or a variable of its own type.
//   - The callee is not known to return nil: a constructor, a function of another package. Where a condition around the
//     call asks about its receiver or its arguments, only the strict tier tells it: that mostly says when there is one.
//   - The callee gives nil only for an error that is nil, and the one it is given is known not to be.
//   - A function of the package that it is handed to asserts it back to the pointer's type, and does not reach into it.
//   - The variable is the target of errors.As, or a closure or a pointer may set it.
//   - Only the kind is asked for, as by errors.Is.
//   - The pointer is no error: a nil reader that becomes an io.Reader is another matter.
package typednil
