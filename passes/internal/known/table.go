package known

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A key names a function: the package's path, the receiver's type without
// pointer and type parameters, and the function's own name.
type key struct{ pkg, recv, name string }

func (k key) String() string {
	switch {
	case k.recv == "":
		return k.pkg + "." + k.name
	case k.pkg == "":
		return "(" + k.recv + ")." + k.name
	}
	return "(" + k.pkg + "." + k.recv + ")." + k.name
}

// An aspect is one question a line of the table answers.
type aspect uint8

const (
	failing aspect = iota // infallible, fallible, fails
	nilOnError
	harmless
	kinds
	args
	tells
	noReturn
	sentinels
	wrapping
	built
	following
	sourcing
)

// verbs maps the first word of a line to the question it answers.
var verbs = map[string]aspect{
	"infallible":   failing,
	"fallible":     failing, // takes an "infallible" of a lower source back
	"fails":        failing,
	"nil-on-error": nilOnError,
	"harmless":     harmless,
	"kind":         kinds,
	"arg":          args,
	"tells":        tells,
	"noreturn":     noReturn,
	"returns":      noReturn, // takes a "noreturn" back
	"sentinels":    sentinels,
	"wraps":        wrapping,
	"over":         built,
	"follows":      following,
	"through":      sourcing,
}

// A line is one fact of the table.
type line struct {
	verb    string
	aspect  aspect
	key     key
	ptr     bool // the receiver was written with a star
	when    *condition
	because string

	// What it says, by verb.
	results uint32   // nil-on-error
	kind    Kind     // kind
	lo, hi  int      // arg: the arguments meant, hi < 0 for all that follow
	fate    Fate     // arg
	format  bool     // arg: a format string before the arguments decides
	tell    Tell     // tells
	names   []string // sentinels, wraps
	index   int      // over, follows: the argument meant
	sources Sources  // through

	pos string // file:line
}

// A Table is a set of lines by function and question. It is immutable once
// parsed.
type Table struct {
	lines map[key][]*line // conditioned lines first, else in order of the text
	pkgs  map[string]bool // packages any line is about
	// asks holds, by function, the methods that its lines ask about of the
	// types of its arguments.
	asks map[key][]string
	// asking holds the bare names of those functions: most calls are told from
	// them without resolving the callee.
	asking map[string]bool
}

// parse reads lines into t. Each line is
//
//	verb name operands  # because
//
// Empty lines and lines that begin with # are comments. A line without a
// because, an unknown word, or a second answer to the same question about the
// same call is an error that names file and line.
func (t *Table) parse(file, text string, sep string, needBecause bool) error {
	seen := map[string]string{}
	n := 0
	for raw := range strings.SplitSeq(text, sep) {
		n++
		pos := fmt.Sprintf("%s:%d", file, n)
		body, because, _ := strings.Cut(raw, "#")
		if body = strings.TrimSpace(body); body == "" {
			continue
		}
		l, err := parseLine(body)
		if err != nil {
			return fmt.Errorf("%s: %w", pos, err)
		}
		l.pos = pos
		l.because = strings.TrimSpace(because)
		if l.because == "" {
			if needBecause {
				return fmt.Errorf("%s: %s has no because: end the line with # and a reason", pos, l.key)
			}
			l.because = "said so by -known.facts"
		}
		for _, id := range l.identities() {
			if other, dup := seen[id]; dup {
				return fmt.Errorf("%s: %s is answered a second time (first at %s)", pos, id, other)
			}
			seen[id] = pos
		}
		t.add(l)
	}
	return nil
}

func (t *Table) add(l *line) {
	if t.lines == nil {
		t.lines = map[key][]*line{}
		t.pkgs = map[string]bool{}
		t.asks = map[key][]string{}
		t.asking = map[string]bool{}
	}
	t.pkgs[l.key.pkg] = true
	list := append(t.lines[l.key], l)
	slices.SortStableFunc(list, func(a, b *line) int { return b.when.weight() - a.when.weight() })
	t.lines[l.key] = list
	ask := func(method string) {
		if !slices.Contains(t.asks[l.key], method) {
			t.asks[l.key] = append(t.asks[l.key], method)
			t.asking[l.key.name] = true
		}
	}
	if l.aspect == built {
		ask("Write") // what writers built over others ask for
	}
	if l.when != nil {
		for _, m := range l.when.args {
			if m.method != "" {
				ask(m.method)
			}
		}
	}
}

// identities gives what must be unique: the question, the function, the
// condition and, for arguments, each bounded argument.
func (l *line) identities() []string {
	base := fmt.Sprintf("%v %v%v", questionWords[l.aspect], l.key, l.when)
	switch {
	case l.aspect == args && l.hi < 0:
		return []string{fmt.Sprintf("%s %d..", base, l.lo)}
	case l.aspect == args:
		ids := make([]string, 0, 1)
		for i := l.lo; i <= l.hi; i++ {
			ids = append(ids, fmt.Sprintf("%s %d", base, i))
		}
		return ids
	case l.aspect == tells:
		return []string{fmt.Sprintf("%s %d", base, l.tell.Result)}
	}
	return []string{base}
}

var questionWords = [...]string{
	failing: "failing", nilOnError: "nil-on-error", harmless: "harmless", kinds: "kind",
	args: "arg", tells: "tells", noReturn: "noreturn", sentinels: "sentinels", wrapping: "wraps", built: "over", following: "follows", sourcing: "through",
}

func parseLine(body string) (*line, error) {
	verb, rest, _ := strings.Cut(body, " ")
	a, ok := verbs[verb]
	if !ok {
		return nil, fmt.Errorf("unknown word %q at the start of the line", verb)
	}
	l := &line{verb: verb, aspect: a}
	operands, err := l.parseName(strings.TrimSpace(rest))
	if err != nil {
		return nil, err
	}
	if err := l.parseOperands(strings.Fields(operands)); err != nil {
		return nil, fmt.Errorf("%s %s: %w", verb, l.key, err)
	}
	return l, nil
}

func (l *line) parseOperands(words []string) error {
	want := func(ok bool, what string) error {
		if !ok {
			return fmt.Errorf("want %s, have %q", what, strings.Join(words, " "))
		}
		return nil
	}
	switch l.aspect {
	case failing, harmless, noReturn:
		return want(len(words) == 0, "nothing after the name")
	case nilOnError:
		for _, w := range words {
			i, err := strconv.Atoi(w)
			if err != nil || i < 0 || i > 31 {
				return fmt.Errorf("%q is no index of a result", w)
			}
			l.results |= 1 << i
		}
		return want(l.results != 0, "the indices of results")
	case kinds:
		for _, w := range words {
			if w == "none" {
				continue
			}
			b, ok := bit(w, kindWords)
			if !ok {
				return fmt.Errorf("%q is no kind", w)
			}
			l.kind |= Kind(b)
		}
		return want(len(words) > 0, "kinds, or none")
	case args:
		if err := want(len(words) > 1, "an argument's index and fates"); err != nil {
			return err
		}
		return l.parseFates(words[0], words[1:])
	case tells:
		return l.parseTell(words)
	case sentinels, wrapping:
		l.names = slices.Sorted(slices.Values(words))
		return want(len(words) > 0, "names of errors, or none")
	case sourcing:
		for _, w := range words {
			if w == "receiver" {
				l.sources |= ByReceiver
				continue
			}
			i, err := strconv.Atoi(w)
			if err != nil || i < 0 || i >= maxSource {
				return fmt.Errorf("%q is no index of an argument", w)
			}
			l.sources |= 1 << i
		}
		return want(len(words) > 0, "indices of arguments, or receiver")
	case built, following:
		if err := want(len(words) == 1, "the index of an argument"); err != nil {
			return err
		}
		i, err := strconv.Atoi(words[0])
		if err != nil || i < 0 {
			return fmt.Errorf("%q is no index of an argument", words[0])
		}
		l.index = i
	}
	return nil
}

// parseFates reads "0 logs", "1.. logs" or "1.. format".
func (l *line) parseFates(where string, fates []string) error {
	number, open := strings.CutSuffix(where, "..")
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 {
		return fmt.Errorf("%q is no index of an argument", where)
	}
	l.lo, l.hi = i, i
	if open {
		l.hi = -1
	}
	for _, w := range fates {
		switch w {
		case "unknown":
			continue
		case "format":
			l.format = true
			continue
		}
		b, ok := bit(w, fateWords)
		if !ok {
			return fmt.Errorf("%q is no fate of an argument", w)
		}
		l.fate |= Fate(b)
	}
	return nil
}

// parseTell reads "0 true=non-nil false=nil" or "0 result=1 true=non-nil".
func (l *line) parseTell(words []string) error {
	if len(words) < 2 {
		return fmt.Errorf("want an argument's index and what true or false says")
	}
	arg, err := strconv.Atoi(words[0])
	if err != nil || arg < 0 {
		return fmt.Errorf("%q is no index of an argument", words[0])
	}
	l.tell.Arg = arg
	for _, w := range words[1:] {
		name, value, _ := strings.Cut(w, "=")
		nilness := map[string]Nilness{"nil": Nil, "non-nil": NonNil}[value]
		switch {
		case name == "result":
			if l.tell.Result, err = strconv.Atoi(value); err != nil || l.tell.Result < 0 {
				return fmt.Errorf("%q is no index of a result", value)
			}
		case name == "true" && nilness != Unknown:
			l.tell.WhenTrue = nilness
		case name == "false" && nilness != Unknown:
			l.tell.WhenFalse = nilness
		default:
			return fmt.Errorf("%q says nothing about the argument", w)
		}
	}
	return nil
}
