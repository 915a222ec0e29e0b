package known

import (
	"fmt"
	"strings"
)

// A Tell says what a bool result says about an error argument.
type Tell struct {
	Result    int // index among the results
	Arg       int // index among the parameters
	WhenTrue  Nilness
	WhenFalse Nilness
}

// A Summary is what is known of one function, whatever its arguments are. It
// is also the fact that crosses packages, so its fields stay few and small.
type Summary struct {
	Infallible  bool     // the error result is always nil
	AlwaysFails bool     // the error result is never nil
	NilOnError  uint32   // bit i: result i is nil whenever the error is not
	Follows     int      // 1 + the argument that the error is nil exactly with; 0 if there is none
	Args        []Fate   // by parameter; a variadic parameter's goes for all its arguments
	Tells       []Tell   // by result, then argument
	Kind        Kind     // what it is for
	Sentinels   []string // errors it hands out unwrapped, sorted: "io.EOF"
}

// AFact makes a Summary a fact.
func (*Summary) AFact() {}

// String gives the summary in the words of the table.
func (s *Summary) String() string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if s.Infallible {
		add("infallible")
	}
	if s.AlwaysFails {
		add("fails")
	}
	for i := range 32 {
		if s.NilOnError&(1<<i) != 0 {
			add("nil-on-error %d", i)
		}
	}
	if s.Follows > 0 {
		add("follows %d", s.Follows-1)
	}
	for i, fate := range s.Args {
		if fate != 0 {
			add("arg %d %v", i, fate)
		}
	}
	for _, t := range s.Tells {
		add("%s", t)
	}
	if s.Kind != 0 {
		add("kind %v", s.Kind)
	}
	if len(s.Sentinels) > 0 {
		add("sentinels %s", strings.Join(s.Sentinels, " "))
	}
	return strings.Join(parts, "; ")
}

func (t Tell) String() string {
	text := fmt.Sprintf("tells %d", t.Arg)
	if t.Result != 0 {
		text += fmt.Sprintf(" result=%d", t.Result)
	}
	if t.WhenTrue != Unknown {
		text += " true=" + t.WhenTrue.String()
	}
	if t.WhenFalse != Unknown {
		text += " false=" + t.WhenFalse.String()
	}
	return text
}

// empty reports whether the summary says nothing.
func (s *Summary) empty() bool {
	return !s.Infallible && !s.AlwaysFails && s.NilOnError == 0 && s.Follows == 0 && len(s.Args) == 0 &&
		len(s.Tells) == 0 && s.Kind == 0 && len(s.Sentinels) == 0
}

// trim cuts trailing unknown arguments, so that equal summaries are equal facts.
func (s *Summary) trim() {
	for len(s.Args) > 0 && s.Args[len(s.Args)-1] == 0 {
		s.Args = s.Args[:len(s.Args)-1]
	}
	if len(s.Args) == 0 {
		s.Args = nil
	}
}
