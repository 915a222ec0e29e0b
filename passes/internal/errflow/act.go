package errflow

import "strings"

// Act says what happens to an error on a path. Acts form sets.
type Act uint32

const (
	Tested    Act = 1 << iota // compared with nil
	Matched                   // told by kind: errors.Is, errors.As, ==, a type
	Unmatched                 // asked for its kind, and it was another one
	Rendered                  // turned into text
	Logged                    // written to a log
	Printed                   // written to a terminal
	Wrapped                   // became part of another error
	Flattened                 // its text became part of another error
	Returned
	Responded // told to the client of a request
	Panicked  // raised, or ended the program or the test
	Joined    // kept beside others
	Stored    // in a field, a global, a map, a composite
	Sent      // on a channel
	Passed    // to a function that may do anything with it
	Captured  // by a closure that may do anything with it
	Folded    // turned into a bool
	Ignored   // assigned to _

	Sided       // another result of the call was asked about
	Conditional // told apart by a condition of another kind
	Handler     // a branch taken only on failure was entered
	Jumped      // that branch was left by continue, break or goto
	Weighed     // another result was asked about, and not only, beside the kind of the error, whether it is there
	Fixed       // the client was answered with a text that does not hold the error

	// Handled is what ends our interest: from here on somebody else knows of the error.
	Handled = Matched | Wrapped | Flattened | Returned | Responded | Panicked | Joined | Stored | Sent | Passed |
		Captured | Folded | Ignored
	// Looked is what shows that the author had the error in hand.
	Looked = Tested | Unmatched | Rendered | Logged | Printed | Sided | Handled
)

var actNames = []string{"tested", "matched", "unmatched", "rendered", "logged", "printed", "wrapped", "flattened", "returned",
	"responded", "panicked", "joined", "stored", "sent", "passed", "captured", "folded", "ignored",
	"sided", "conditional", "handler", "jumped", "weighed", "fixed"}

// String lists the acts of a set in the order they are declared.
func (a Act) String() string {
	var names []string
	for i, n := range actNames {
		if a&(1<<i) != 0 {
			names = append(names, n)
		}
	}
	return strings.Join(names, "+")
}

// Ending says how a path ends for an error that nobody handled on it.
type Ending uint8

const (
	Overwritten Ending = iota // its last holder got something else
	ScopeEnd                  // its last holder went out of scope
	Succeeded                 // the function returned a nil error
	Replaced                  // the function returned another error
	Supplanted                // the function returned what another call gives
	Left                      // a function without an error result returned
	PeerUsed                  // another result of the failed call was used, the error being unseen or only logged
	Exited                    // the program, the goroutine or the test ended
	Textual                   // only its text went on, into another error
	Outlived                  // it is returned although the call has succeeded since
)

func (e Ending) String() string {
	return [...]string{"overwritten", "scope end", "success returned", "another error returned", "another result returned", "function left",
		"result used", "exited", "text kept", "returned after a success"}[e]
}
