// Package finding holds the findings of a run, as the front end sees them.
package finding

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
	"github.com/errvet/errvet/passes"
)

// A Position is a place in a file. Line and Col count from 1, Col in bytes; Col is 0 if unknown.
type Position struct {
	File      string // absolute
	Line, Col int
}

func (p Position) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

// A Step is one step of the way an error took.
type Step struct {
	Pos, End Position
	Text     string
}

// A Finding is one place where an error gets lost.
type Finding struct {
	passes.Category
	Package  string // import path, without the mark of an external test
	Pos, End Position
	Message  string
	URL      string // of the rule's page; may be empty
	Steps    []Step
	Suggest  *vetjson.Fix // nil if there is no fix
}

// InTest reports whether the finding is in a test file.
func (f *Finding) InTest() bool { return strings.HasSuffix(f.Pos.File, "_test.go") }

// Silenced reports whether something in the source silences the finding.
func (f *Finding) Silenced() bool { return f.Silence.How != "" }

// A Failure is an analyzer that did not finish a package.
type Failure struct {
	Analyzer, Package string
	Message           string // one line
	Stack             string // may be empty
}

// A Set collects what go vet says. Its zero value is empty. It is not safe for concurrent use.
type Set struct {
	// Wanted holds the import paths that were asked for; others are passed over. Nil wants all.
	Wanted map[string]bool

	seen     map[string]bool
	findings []*Finding
	failures []Failure
}

// Add takes what the tool said of one unit, and reports whether it is the first of a wanted package, its external test aside.
func (s *Set) Add(unit string, analyzers map[string]json.RawMessage) (fresh bool, err error) {
	unit, _, _ = strings.Cut(unit, " ") // "p [p.test]"
	pkg, testsOnly, ok := s.packageOf(unit)
	for name, msg := range analyzers {
		if strings.HasPrefix(name, vetjson.DirKey) {
			continue
		}
		list, failure, err := vetjson.Parse(msg)
		if err != nil {
			return false, err
		}
		if failure != nil {
			message, stack, _ := strings.Cut(failure.Error, "\n")
			s.failures = append(s.failures, Failure{Analyzer: name, Package: pkg, Message: message, Stack: stack})
			continue
		}
		if !ok {
			continue
		}
		for _, d := range list {
			f, err := Parse(name, d)
			if err != nil {
				return false, err
			}
			f.Package = pkg
			if !testsOnly || f.InTest() {
				s.findings = append(s.findings, f)
			}
		}
	}
	if !ok {
		return false, nil
	}
	if s.seen == nil {
		s.seen = make(map[string]bool)
	}
	fresh = !s.seen[unit]
	s.seen[unit] = true
	return fresh && unit == pkg, nil
}

// DirOf returns the directory of a unit, if the tool told it.
func DirOf(analyzers map[string]json.RawMessage) string {
	for name := range analyzers {
		if dir, ok := strings.CutPrefix(name, vetjson.DirKey); ok {
			return dir
		}
	}
	return ""
}

// packageOf returns the package that a unit belongs to, and whether that is wanted. The unit of a package's external
// test is named like the package with "_test" behind it. A package of its own may have such a name, too; but all that
// an external test finds is in test files.
func (s *Set) packageOf(unit string) (pkg string, testsOnly, ok bool) {
	if s.Wanted == nil || s.Wanted[unit] {
		return unit, false, true
	}
	base, isTest := strings.CutSuffix(unit, "_test")
	if isTest && s.Wanted[base] {
		return base, true, true
	}
	return unit, false, false
}

// Seen reports whether the unit was analysed in full.
func (s *Set) Seen(unit string) bool { return s.seen[unit] }

// Failures returns the analyzers that failed, each once a package, in order.
func (s *Set) Failures() []Failure {
	slices.SortFunc(s.failures, func(a, b Failure) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Analyzer, b.Analyzer), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(s.failures, func(a, b Failure) bool { return a.Package == b.Package && a.Analyzer == b.Analyzer })
}

// Findings returns what was found, each once, by file and position. A package and its test variant find the same.
func (s *Set) Findings() []*Finding {
	slices.SortFunc(s.findings, compare)
	return slices.CompactFunc(s.findings, func(a, b *Finding) bool { return compare(a, b) == 0 })
}

func compare(a, b *Finding) int {
	return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col),
		cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Case, b.Case), cmp.Compare(a.Message, b.Message))
}

// Parse reads one diagnostic, but for the package, which it does not tell. One without a category of ours, from a foreign analyzer, is a finding of the default
// tier whose rule is the analyzer.
func Parse(analyzer string, d vetjson.Diagnostic) (*Finding, error) {
	f := &Finding{Message: d.Message, URL: d.URL}
	var err error
	if f.Category, err = passes.ParseCategory(d.Category); err != nil {
		f.Category = passes.Category{Rule: analyzer, Case: d.Category}
		if len(d.Fixes) > 0 {
			f.Fix = passes.Review
		}
	}
	if f.Pos, err = parsePosition(d.Posn); err != nil {
		return nil, err
	}
	if f.End, err = parsePosition(d.End); err != nil {
		return nil, err
	}
	for _, r := range d.Related {
		step := Step{Text: r.Message}
		if step.Pos, err = parsePosition(r.Posn); err != nil {
			return nil, err
		}
		if step.End, err = parsePosition(r.End); err != nil {
			return nil, err
		}
		f.Steps = append(f.Steps, step)
	}
	if len(d.Fixes) > 0 {
		f.Suggest = &d.Fixes[0]
	}
	return f, nil
}

// parsePosition reads file:line:column. The file may hold colons; the column may be missing, as behind a //line
// directive.
func parsePosition(s string) (Position, error) {
	rest, last, ok := cutLastNumber(s)
	if !ok {
		return Position{File: s}, nil // no position at all
	}
	if file, line, ok := cutLastNumber(rest); ok {
		return Position{File: file, Line: line, Col: last}, nil
	}
	if rest == "" {
		return Position{}, fmt.Errorf("position %q: want file:line:column", s)
	}
	return Position{File: rest, Line: last}, nil
}

func cutLastNumber(s string) (before string, n int, ok bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, 0, false
	}
	n, err := strconv.Atoi(s[i+1:])
	return s[:i], n, err == nil
}
