package known

import "strings"

// A Nilness says what is known of an error at one point.
type Nilness uint8

const (
	Unknown Nilness = iota
	Nil
	NonNil
)

func (n Nilness) String() string { return [...]string{"unknown", "nil", "non-nil"}[n] }

// A Kind says what a function is for. Kinds form sets.
type Kind uint32

const (
	Close    Kind = 1 << iota // ends the use of a handle
	Flush                     // hands on what was buffered
	Sync                      // asks for durability
	Commit                    // makes a transaction's work final
	Rollback                  // gives a transaction's work up
	Remove                    // removes files or temporary data
	Print                     // prints for people: fmt.Print and fmt.Fprint and their like
	Write                     // hands data to a writer
	Probe                     // its failure is an answer: os.Stat, strconv.Atoi
	Persist                   // what it does is lost or undecided if it fails
	Respond                   // answers a client
	Log                       // writes a log record
	// LogNoError is set beside Log where neither the call nor the chain it
	// ends has an error among its arguments.
	LogNoError
	External // asks another process or machine
	Wait     // waits for time to pass
	Deadline // sets a deadline
	Teardown // best effort by nature: environment, signals, half-closes
	Create   // opens something for writing
	Spawn    // runs a function beside its caller: on another goroutine, or when a time has come
	Pure     // gives the same again for the same arguments
	Gather   // waits for what was spawned, and gives its error
	Verdict  // fails only over what it is given, never by what happens outside
	Outside  // can fail by what happens outside the program: files, peers, processes, devices
	Reports  // has told of each of its failures before it gives it back, unless it is no more than a state
	Refuse   // answers a client with a failure, on every path and in whole
	GoesOn   // says that there is more, too, where it keeps an error: the loop over it sees that turn
)

var kindWords = []string{
	"close", "flush", "sync", "commit", "rollback", "remove", "print", "write", "probe", "persist",
	"respond", "log", "log-no-error", "external", "wait", "deadline", "teardown", "create", "spawn", "pure", "gather", "verdict", "outside", "reports", "refuse", "goes-on",
}

func (k Kind) String() string { return words(uint64(k), kindWords) }

// A Fate says what a function does with one of its arguments. Fates form sets:
// each bit may happen on some path. Zero is unknown. Panics and Exits hold on
// every path.
type Fate uint32

const (
	Logs     Fate = 1 << iota // goes into a log record
	Prints                    // goes to a terminal or a writer for people
	Wraps                     // a result's chain holds it
	Flattens                  // only its text gets into a result
	Returns                   // a result may be the argument itself
	Stores                    // kept in a field, a variable of the package, a map, a slice
	Sends                     // sent on a channel
	Answers                   // told to the client
	// Panics means that the call panics, exits or fails the test unless the
	// argument is nil: after the call it is nil, and was handled.
	Panics
	Exits      // recorded, then the program, goroutine or test ends whatever it is
	Tests      // compared only
	Drops      // nobody looks at it, or it is swallowed
	Calls      // a function argument, called zero or more times before the call returns
	CallsLater // a function argument, called after the call returned or on another goroutine
	Disposes   // handled for good, as the function's contract says (//errvet:handles)
	// Escapes means that it also goes where nothing is known. A fate is complete
	// only without it: Calls alone means that nothing else happens.
	Escapes
)

var fateWords = []string{
	"logs", "prints", "wraps", "flattens", "returns", "stores", "sends", "answers", "panics", "exits",
	"tests", "drops", "calls", "calls-later", "disposes", "escapes",
}

func (f Fate) String() string { return words(uint64(f), fateWords) }

// words names the bits of a set.
func words(set uint64, names []string) string {
	var b strings.Builder
	for i, name := range names {
		if set&(1<<i) != 0 {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(name)
		}
	}
	return b.String()
}

// bit is the inverse of words for one word.
func bit(word string, names []string) (uint64, bool) {
	for i, name := range names {
		if name == word {
			return 1 << i, true
		}
	}
	return 0, false
}
