package known

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

var questionWords = [...]string{
	failing: "failing", nilOnError: "nil-on-error", harmless: "harmless", kinds: "kind",
	args: "arg", tells: "tells", noReturn: "noreturn", sentinels: "sentinels", wrapping: "wraps", built: "over", following: "follows", sourcing: "through", onlyWay: "one-way", guarding: "guards", takesNil: "takes-nil", answering: "status",
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
	case failing, harmless, noReturn, onlyWay, takesNil:
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
		if l.verb == "only" {
			l.parseOnly(words)
			return want(len(words) > 0, "names of errors, or contexts")
		}
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
	case built, following, guarding, answering:
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
