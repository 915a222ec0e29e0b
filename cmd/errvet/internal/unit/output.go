package unit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/token"
	"io"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
)

// report prints the unit's findings and failures as JSON, in the form that the go command reads and passes on. A unit
// that ran in full is always named, even if there is nothing to tell of it: that is how the front end knows that it
// was analysed.
func report(w io.Writer, cfg *Config, l *loaded, results []*result, m mode, dirs bool) error {
	unit := make(map[string]any)
	if dirs && m == full {
		unit[vetjson.DirKey+cfg.Dir] = []vetjson.Diagnostic{}
	}
	for _, r := range results {
		switch {
		case r.err != nil:
			unit[r.analyzer.Name] = vetjson.Failure{Error: r.err.Error()}
		case len(r.diagnostics) > 0:
			list := make([]vetjson.Diagnostic, len(r.diagnostics))
			for i, d := range r.diagnostics {
				list[i] = describe(l.fset, d)
			}
			unit[r.analyzer.Name] = list
		}
	}
	if m != full && len(unit) == 0 {
		return nil
	}
	data, err := json.MarshalIndent(map[string]any{cfg.ID: unit}, "", "\t")
	if err != nil {
		return fmt.Errorf("encoding findings of %s: %w", cfg.ID, err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// reportPlain prints findings and failures as lines, for a call without -json: by hand, or by another build system.
// It reports whether there were any.
func reportPlain(w io.Writer, l *loaded, results []*result) bool {
	some := false
	for _, r := range results {
		if r.err != nil {
			some = true
			message, _, _ := strings.Cut(r.err.Error(), "\n")
			fmt.Fprintf(w, "errvet: rule %s failed on %s: %s\n", r.analyzer.Name, l.pkg.Path(), message)
		}
		for _, d := range r.diagnostics {
			some = true
			fmt.Fprintf(w, "%s: %s\n", l.fset.Position(d.Pos), d.Message)
		}
	}
	return some
}

func describe(fset *token.FileSet, d analysis.Diagnostic) vetjson.Diagnostic {
	out := vetjson.Diagnostic{
		Category: d.Category,
		Posn:     fset.Position(d.Pos).String(),
		End:      fset.Position(cmp.Or(d.End, d.Pos)).String(),
		Message:  d.Message,
		URL:      d.URL,
	}
	for _, fix := range d.SuggestedFixes {
		if f, ok := fixOf(fset, fix); ok {
			out.Fixes = append(out.Fixes, f)
		}
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, vetjson.Related{
			Posn:    fset.Position(r.Pos).String(),
			End:     fset.Position(cmp.Or(r.End, r.Pos)).String(),
			Message: r.Message,
		})
	}
	return out
}
