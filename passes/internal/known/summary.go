package known

import (
	"strconv"
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
	NoReturn    bool     // it never returns: it ends the program, the goroutine or the test
	TakesNil    bool     // the method asks whether its receiver is nil before it reaches into it
	NilOnError  uint32   // bit i: result i is nil whenever the error is not
	MayNil      uint32   // bit i: result i, a pointer, an interface or a function, is nil with an error on some path, though not on all
	Held        uint32   // bit i: result i, of such a type too, is there beside an error on some path
	Follows     int      // 1 + the argument that the error is nil exactly with; 0 if there is none
	Through     Sources  // by what alone its error comes about; 0 if it may fail by itself
	Guards      int      // 1 + the function argument whose panics alone bring about its error; 0 if there is none
	Status      int      // 1 + the argument that becomes the status of the answer that it gives a client; 0 if there is none
	Args        []Fate   // by parameter; a variadic parameter's goes for all its arguments
	Tells       []Tell   // by result, then argument
	Kind        Kind     // what it is for
	Sentinels   []string // errors it hands out unwrapped, sorted: "io.EOF"
	Only        Sources  // not 0: it gives no others but Sentinels, and why these contexts ended
	OneWay      bool     // it can fail in one way only, by an error without a name
	Wrapped     []string // errors it hands out inside others, sorted
}

// AFact makes a Summary a fact.
func (*Summary) AFact() {}

// String gives the summary in the words of the table.
func (s *Summary) String() string {
	var parts []string
	for _, f := range s.facts(false) {
		parts = append(parts, strings.TrimSpace(f.verb+" "+f.operands))
	}
	return strings.Join(parts, "; ")
}

// A fact is one line of the table without its name.
type fact struct{ verb, operands string }

// facts gives the summary in the words of the table. The index of a variadic
// parameter stands for all arguments from there on.
func (s *Summary) facts(variadic bool) []fact {
	var list []fact
	add := func(verb, operands string) { list = append(list, fact{verb, operands}) }
	if s.Infallible {
		add("infallible", "")
	}
	if s.AlwaysFails {
		add("fails", "")
	}
	if s.NoReturn {
		add("noreturn", "")
	}
	if s.TakesNil {
		add("takes-nil", "")
	}
	if s.Through != 0 {
		add("through", s.Through.String())
	}
	results := func(verb string, set uint32) {
		var which []string
		for i := range 32 {
			if set&(1<<i) != 0 {
				which = append(which, strconv.Itoa(i))
			}
		}
		if which != nil {
			add(verb, strings.Join(which, " "))
		}
	}
	results("nil-on-error", s.NilOnError)
	results("may-nil", s.MayNil)
	results("held", s.Held)
	if s.Follows > 0 {
		add("follows", strconv.Itoa(s.Follows-1))
	}
	if s.Guards > 0 {
		add("guards", strconv.Itoa(s.Guards-1))
	}
	if s.Status > 0 {
		add("status", strconv.Itoa(s.Status-1))
	}
	for i, fate := range s.Args {
		if fate == 0 {
			continue
		}
		where := strconv.Itoa(i)
		if variadic && i == len(s.Args)-1 {
			where += ".."
		}
		add("arg", where+" "+fate.String())
	}
	for _, t := range s.Tells {
		add("tells", t.String())
	}
	if s.Kind != 0 {
		add("kind", s.Kind.String())
	}
	switch {
	case s.Only != 0:
		add("only", s.only())
	case len(s.Sentinels) > 0:
		add("sentinels", strings.Join(s.Sentinels, " "))
	}
	if s.OneWay {
		add("one-way", "")
	}
	if len(s.Wrapped) > 0 {
		add("wraps", strings.Join(s.Wrapped, " "))
	}
	return list
}

func (t Tell) String() string {
	text := strconv.Itoa(t.Arg)
	if t.Result != 0 {
		text += " result=" + strconv.Itoa(t.Result)
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
	return !s.Infallible && !s.AlwaysFails && !s.NoReturn && !s.TakesNil && s.Through == 0 && s.NilOnError == 0 && s.MayNil == 0 && s.Held == 0 && s.Follows == 0 && s.Guards == 0 && s.Status == 0 && len(s.Args) == 0 &&
		len(s.Tells) == 0 && s.Kind == 0 && len(s.Sentinels) == 0 && len(s.Wrapped) == 0 && s.Only == 0 && !s.OneWay
}

// Little reports whether the summary says no more than that a result may be nil.
func (s *Summary) Little() bool {
	t := *s
	t.MayNil = 0
	return t.empty()
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
