// Package errmatch finds errors that are told apart by ==, by their concrete type or by their text, and so missed once
// they are wrapped.
//
// # What is flagged
//
// A comparison with a sentinel, by ==, != or in a switch, of an error that is known to come wrapped from the function
// that gave it:
//
//	rec, err := decode(r)
//	if err == io.ErrUnexpectedEOF {
//		return record{}, nil
//	}
//
// Type assertions on errors that are known to come wrapped. The functions os.IsNotExist, os.IsExist and os.IsPermission
// on an error that was wrapped after the standard library made it:
//
//	data, err := read(name)
//	if os.IsNotExist(err) {
//		return nil, nil
//	}
//
// A decision on the text of an error, by ==, a switch or the functions of package strings, where there is another way:
// an error of the package that gave it, or of one that is imported already, has these words in its name (and more than
// "not found"), the package that gave it has an error type with a StatusCode and the text is such a number ("HTTP 404"),
// or the text is one for which package net, net/http, context, database/sql or os/exec has an error:
//
//	if err := account(name); err != nil && strings.Contains(err.Error(), "no such account") {
//		return nil
//	}
//
// The strict tier adds comparisons and assertions of errors of which nobody knows where they come from, of parameters:
//
//	func Retryable(err error) bool {
//		return err == net.ErrClosed
//	}
//
// Assertions of parameters, where no reader of large trees found one that went wrong, and of types that hold errors
// themselves; sentinels (and what os.IsNotExist asks for) that a function gives both as they are and wrapped, as one
// that gives io.EOF at the end and wraps it where something is cut off, for which errors.Is is no repair; and all other
// decisions on texts: those of the system's errors, which are as good as frozen, those on the text that a sentinel
// itself gives, which mostly ask what came over a wire, those on the text of a parameter, which may have done so as well,
// those beside a question of errors.Is or errors.As for the same error, and those by regular expressions among them.
//
// # Why it is harmful
//
// It works until somebody adds context to the error, perhaps in another module. Then the comparison is false, the error
// takes the branch of those that nobody expected, and no compiler and seldom a test says so.
//
// # How to fix it
//
// Ask the chain. errors.Is compares each error in it, errors.As finds the type:
//
//	if _, err := decode(r); errors.Is(err, io.ErrUnexpectedEOF) {
//		return nil
//	}
//	if _, err := read(name); errors.Is(err, fs.ErrNotExist) {
//		return nil
//	}
//	var op *net.OpError
//	if _, err := net.Dial("tcp", name); errors.As(err, &op) {
//		return op
//	}
//
// A safe fix asks by errors.Is, in a comparison, in a whole switch and for os.IsNotExist and its like, or by errors.As
// (errors.AsType from Go 1.26 on) for an assertion: the answer changes only for wrapped errors, which were missed. A
// comparison with a sentinel's text becomes errors.Is to be reviewed, since it no longer finds errors that only read
// alike. A switch over types becomes one over questions by errors.As, if no more than one case uses its variable. There
// is no fix for other decisions by text, since the text may come from another process or from an error that was wrapped
// by %v; where ok is asked for anywhere but first; and where errors names something that has no Is.
//
// # When it is silent
//
//   - The function that gave the error hands the sentinel out as it is, by its documentation or its source: io.EOF from
//     Read, sql.ErrNoRows from Scan, what ctx.Err returns.
//   - The error came over a wire, from a gRPC stub or stream or an RPC client: of what failed at the other end only text
//     and a code are left (decisions on its text are strict).
//   - The error comes straight from the standard library, and is asked for its type, or by os.IsNotExist.
//   - The function that wraps it, one of this package, makes a value of the type that is asked for itself (strict); one that
//     gives more errors as they are than can be told apart may give this one, too.
//   - A function of the package asks os.IsNotExist of each error that it wraps, and gives it as it is where the answer is yes.
//   - In methods named Is, As, Unwrap, Cause and Error, and in functions that walk along the chain themselves.
//   - Two variables are compared with each other, or one with nil.
//   - A comment at the decision or in its branch speaks of texts, messages or wrapping.
//   - The text is shown, logged, cut or compared with the text of another error at hand.
package errmatch
