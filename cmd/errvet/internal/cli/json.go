package cli

import (
	"encoding/json"
	"fmt"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
)

// A jsonFinding is a finding as -json prints it: what go vet -json prints of a diagnostic, and its category taken
// apart.
type jsonFinding struct {
	vetjson.Diagnostic
	Rule     string       `json:"rule"`
	Case     string       `json:"case,omitempty"`
	Tier     string       `json:"tier"`               // default or strict
	FixClass string       `json:"fix_class"`          // none, safe or review
	Silenced *jsonSilence `json:"silenced,omitempty"` // only with -show-silenced
}

// A jsonSilence says by what a finding is silenced.
type jsonSilence struct {
	By   string `json:"by"`
	Line int    `json:"line,omitempty"`
}

// writeJSON prints one object that maps package to rule to findings, or to {"error": …} for a rule that failed.
// Packages without either are left out.
func (r *run) writeJSON(list []*finding.Finding) error {
	tree := make(map[string]map[string]any)
	in := func(pkg string) map[string]any {
		if tree[pkg] == nil {
			tree[pkg] = make(map[string]any)
		}
		return tree[pkg]
	}
	for _, f := range list {
		rules := in(f.Package)
		found, _ := rules[f.Rule].([]jsonFinding) // nil at first
		rules[f.Rule] = append(found, jsonOf(f))
	}
	for _, failure := range r.set.Failures() {
		in(failure.Package)[failure.Analyzer] = vetjson.Failure{Error: failure.Message}
	}
	data, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return fmt.Errorf("encoding the findings: %w", err)
	}
	return write(r.stdout, string(data)+"\n")
}

func jsonOf(f *finding.Finding) jsonFinding {
	out := jsonFinding{
		Diagnostic: vetjson.Diagnostic{
			Category: f.Category.String(), Posn: f.Pos.String(), End: f.End.String(), Message: f.Message, URL: f.URL,
		},
		Rule: f.Rule, Case: f.Case, Tier: f.Tier.String(), FixClass: f.Fix.String(),
	}
	if f.Suggest != nil {
		out.Fixes = []vetjson.Fix{*f.Suggest}
	}
	for _, s := range f.Steps {
		out.Related = append(out.Related, vetjson.Related{Posn: s.Pos.String(), End: s.End.String(), Message: s.Text})
	}
	if f.Silenced() {
		out.Silenced = &jsonSilence{By: f.Silence.How, Line: f.Silence.Line}
	}
	return out
}
