package gopls

import (
	"fmt"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes"
)

// analyzers returns the suite as the settings want it, each rule in two parts: gopls says for a whole analyzer what
// may be done with its fixes, so those that need a look are reported by a second one of the same name.
func analyzers(s source) ([]entry, error) {
	list, err := passes.New(s.suite())
	if err != nil {
		return nil, err
	}
	mark, err := s.mark()
	if err != nil {
		return nil, err
	}
	var entries []entry
	for _, a := range list {
		if !isRule(a.Name) {
			if len(a.FactTypes) > 0 {
				a.Name += mark // what gopls has kept was found with other settings
			}
			s.filter(a)
			entries = append(entries, entry{analyzer: a})
			continue
		}
		entries = append(entries, entry{analyzer: a, fixAll: true}, entry{analyzer: s.divide(a)})
	}
	if s.err != nil {
		s.complain(list[0])
	}
	return entries, nil
}

func isRule(name string) bool { return len(passes.Members(passes.Rules, name)) > 0 }

// filter has a leave out what the settings do not want. The analyzer is a copy that nobody else has.
func (s source) filter(a *analysis.Analyzer) {
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		p := *pass
		p.Report = func(d analysis.Diagnostic) {
			if s.keeps(pass, d) {
				pass.Report(d)
			}
		}
		return run(&p)
	}
}

// keeps reports whether a diagnostic is wanted.
func (s source) keeps(pass *analysis.Pass, d analysis.Diagnostic) bool {
	c, err := passes.ParseCategory(d.Category)
	if err != nil {
		c = passes.Category{} // what says nothing of itself is shown
	}
	return s.wants(pass.Fset.PositionFor(d.Pos, false).Filename, c)
}

// toReview holds the findings of a rule in one package whose fix needs a look.
type toReview struct{ diagnostics []analysis.Diagnostic }

// divide has a report only what has a safe fix or none, and returns an analyzer that reports the rest.
func (s source) divide(a *analysis.Analyzer) (review *analysis.Analyzer) {
	run := a.Run
	a.ResultType = reflect.TypeFor[*toReview]()
	a.Run = func(pass *analysis.Pass) (any, error) {
		held := new(toReview)
		p := *pass
		p.Report = func(d analysis.Diagnostic) {
			if !s.keeps(pass, d) {
				return
			}
			if c, err := passes.ParseCategory(d.Category); len(d.SuggestedFixes) > 0 && (err != nil || c.Fix != passes.Safe) {
				held.diagnostics = append(held.diagnostics, d)
				return
			}
			pass.Report(d)
		}
		if _, err := run(&p); err != nil {
			return nil, err
		}
		return held, nil
	}
	return &analysis.Analyzer{
		Name: a.Name, Doc: a.Doc, URL: a.URL, Requires: []*analysis.Analyzer{a},
		Run: func(pass *analysis.Pass) (any, error) {
			held, ok := pass.ResultOf[a].(*toReview)
			if !ok {
				return nil, fmt.Errorf("the other part of %s has no result", a.Name)
			}
			for _, d := range held.diagnostics {
				pass.Report(d)
			}
			return nil, nil
		},
	}
}

// complain has a report in every package that the settings are wrong: in an editor nobody reads what a server prints.
func (s source) complain(a *analysis.Analyzer) {
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		if len(pass.Files) > 0 {
			name := pass.Files[0].Name
			pass.Report(analysis.Diagnostic{
				Pos: name.Pos(), End: name.End(),
				Category: passes.Category{Rule: passes.DirectiveRule, Case: "settings"}.String(),
				Message:  fmt.Sprintf("errvet runs with its defaults: %v; restart gopls when that is mended", s.err),
			})
		}
		return run(pass)
	}
}
