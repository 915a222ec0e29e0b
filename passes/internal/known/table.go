package known

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
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
	onlyWay
	guarding
	takesNil
	answering
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
	"only":         sentinels, // all of them
	"one-way":      onlyWay,
	"wraps":        wrapping,
	"over":         built,
	"follows":      following,
	"through":      sourcing,
	"guards":       guarding,
	"takes-nil":    takesNil,
	"status":       answering,
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
	names   []string // sentinels, only, wraps
	index   int      // over, follows, guards, status: the argument meant
	sources Sources  // through; only: the contexts whose end it tells

	at place
}

// A place is where a line stands.
type place struct {
	file   string
	number int
}

func (p place) String() string { return p.file + ":" + strconv.Itoa(p.number) }

// A Table is a set of lines by package, function and question. It says the same
// always, and is safe for concurrent use once filled.
type Table struct {
	sections map[string]*section // by the package that their lines are about
	// asking holds the bare names of the functions about whose arguments lines
	// ask, and may hold more: most calls are told from those without resolving
	// the callee.
	asking map[string]bool
}

// A section is what a table says of one package. Of the built-in tables it is
// read when somebody first asks: every unit of go vet is a process of its own,
// and has to do with few of the packages that they know.
type section struct {
	unread []source
	read   sync.Once

	lines map[key][]*line // conditioned lines first, else in order of the text
	// asks holds, by function, the methods that its lines ask about of the
	// types of its arguments; jsonWord stands for their marshallers.
	asks map[key][]string
}

// A source is the text of a line.
type source struct {
	place
	text string
}

// section gives what the table says of a package, or nil.
func (t *Table) section(pkg string) *section {
	s := t.sections[pkg]
	if s != nil {
		s.read.Do(func() {
			for _, src := range s.unread {
				l, err := src.parse(true)
				if err != nil {
					panic(err) // a test reads all of them
				}
				s.add(l)
			}
			s.unread = nil
		})
	}
	return s
}

// about gives the lines about one function.
func (t *Table) about(k key) []*line {
	if s := t.section(k.pkg); s != nil {
		return s.lines[k]
	}
	return nil
}

// parse reads lines into t. Each line is
//
//	verb name operands  # because
//
// Empty lines and lines that begin with # are comments. A line without a
// because, an unknown word, or a second answer to the same question about the
// same call is an error that names file and line.
func (t *Table) parse(file, text string, sep string, needBecause bool) error {
	seen := map[string]place{}
	for src := range sources(file, text, sep) {
		l, err := src.parse(needBecause)
		if err != nil {
			return err
		}
		for _, id := range l.identities() {
			if other, dup := seen[id]; dup {
				return fmt.Errorf("%s: %s is answered a second time (first at %s)", l.at, id, other)
			}
			seen[id] = l.at
		}
		s := t.open(l.key.pkg)
		s.add(l)
		if s.asks[l.key] != nil {
			t.asking[l.key.name] = true
		}
	}
	return nil
}

// shelve takes lines into t as parse does, but leaves them to be read once
// somebody asks about their package.
func (t *Table) shelve(file, text string) {
	for src := range sources(file, text, "\n") {
		pkg, name, asks := outline(src.text)
		s := t.open(pkg)
		s.unread = append(s.unread, src)
		if asks {
			t.asking[name] = true
		}
	}
}

// open gives the section of a package, a new one if need be.
func (t *Table) open(pkg string) *section {
	if t.sections == nil {
		t.sections = map[string]*section{}
		t.asking = map[string]bool{}
	}
	s := t.sections[pkg]
	if s == nil {
		s = new(section)
		t.sections[pkg] = s
	}
	return s
}

// sources gives the lines of a text that are no comments.
func sources(file, text, sep string) iter.Seq[source] {
	return func(yield func(source) bool) {
		n := 0
		for raw := range strings.SplitSeq(text, sep) {
			n++
			if raw = strings.TrimSpace(raw); raw == "" || raw[0] == '#' {
				continue
			}
			if !yield(source{place{file, n}, raw}) {
				return
			}
		}
	}
}

// outline gives as much of a line as it takes to find it: the package and the
// name of its function, and whether it may ask about arguments.
func outline(text string) (pkg, name string, asks bool) {
	verb, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimLeft(rest, " ")
	recv := ""
	if inner, method := strings.CutPrefix(rest, "("); method {
		recv, rest, _ = cutReceiver(inner)
		recv = strings.TrimPrefix(recv, "*")
		recv = recv[:end(recv, " [")]
	}
	i := end(rest, " (")
	name, asks = rest[:i], verbs[verb] == built || strings.HasPrefix(rest[i:], "(")
	qualified := recv
	if recv == "" {
		qualified = name
		name = name[strings.LastIndexByte(name, '.')+1:]
	}
	return qualified[:max(strings.LastIndexByte(qualified, '.'), 0)], name, asks
}

// end gives where the first of some characters stands in text, or its length.
func end(text, chars string) int {
	if i := strings.IndexAny(text, chars); i >= 0 {
		return i
	}
	return len(text)
}

// parse reads one line.
func (src source) parse(needBecause bool) (*line, error) {
	body, because, _ := strings.Cut(src.text, "#")
	l, err := parseLine(strings.TrimSpace(body))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", src.place, err)
	}
	l.at = src.place
	l.because = strings.TrimSpace(because)
	if l.because == "" {
		if needBecause {
			return nil, fmt.Errorf("%s: %s has no because: end the line with # and a reason", l.at, l.key)
		}
		l.because = "said so by -known.facts"
	}
	return l, nil
}

func (s *section) add(l *line) {
	if s.lines == nil {
		s.lines = map[key][]*line{}
		s.asks = map[key][]string{}
	}
	list := append(s.lines[l.key], l)
	slices.SortStableFunc(list, func(a, b *line) int { return b.when.weight() - a.when.weight() })
	s.lines[l.key] = list
	ask := func(method string) {
		if !slices.Contains(s.asks[l.key], method) {
			s.asks[l.key] = append(s.asks[l.key], method)
		}
	}
	if l.aspect == built {
		ask("Write") // what writers built over others ask for
	}
	if l.when != nil {
		for _, m := range l.when.args {
			switch {
			case m.method != "":
				ask(m.method)
			case m.word == jsonWord:
				ask(jsonWord)
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
