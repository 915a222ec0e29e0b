package passtest_test

import (
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/passtest"
)

// Identical edits are made once, as drivers do; whatever else meets is an error.
func TestApply(t *testing.T) {
	name := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(name, []byte("abcdef"), 0o600); err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	file := fset.AddFile(name, -1, 6)
	edit := func(from, to int, text string) analysis.Diagnostic {
		e := analysis.TextEdit{Pos: file.Pos(from), NewText: []byte(text)}
		if to >= 0 {
			e.End = file.Pos(to)
		}
		return analysis.Diagnostic{SuggestedFixes: []analysis.SuggestedFix{{TextEdits: []analysis.TextEdit{e}}}}
	}
	for _, test := range []struct {
		name  string
		edits []analysis.Diagnostic
		want  string // "" where the edits overlap
	}{
		{"replacement", []analysis.Diagnostic{edit(1, 2, "X")}, "aXcdef"},
		{"in any order", []analysis.Diagnostic{edit(4, 5, "Y"), edit(1, 2, "X")}, "aXcdYf"},
		{"side by side", []analysis.Diagnostic{edit(1, 2, "X"), edit(2, 3, "Y")}, "aXYdef"},
		{"insertion without end", []analysis.Diagnostic{edit(0, -1, "X")}, "Xabcdef"},
		{"identical insertions", []analysis.Diagnostic{edit(0, 0, "X"), edit(0, -1, "X")}, "Xabcdef"},
		{"insertion before a replacement", []analysis.Diagnostic{edit(1, 2, "Y"), edit(1, 1, "X")}, "aXYcdef"},
		{"overlap", []analysis.Diagnostic{edit(1, 3, "X"), edit(2, 4, "Y")}, ""},
		{"two texts for one place", []analysis.Diagnostic{edit(1, 2, "X"), edit(1, 2, "Y")}, ""},
		{"two insertions at one place", []analysis.Diagnostic{edit(1, 1, "X"), edit(1, 1, "Y")}, ""},
		{"insertion inside a replacement", []analysis.Diagnostic{edit(1, 4, "X"), edit(2, 2, "Y")}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			fixed, err := passtest.Apply(fset, test.edits)
			if got := string(fixed[name]); got != test.want || (err != nil) != (test.want == "") {
				t.Errorf("got %q and error %v, want %q", got, err, test.want)
			}
		})
	}
}
