package report_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/instance"
	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/internal/report"
)

// diagnose runs rule over one file, without types, and returns what it and the
// reporter's own analyzer report. Flags are those of the latter.
func diagnose(t *testing.T, flags map[string]string, rule *analysis.Analyzer, filename, src string) []analysis.Diagnostic {
	t.Helper()
	copies, err := instance.Of([]*analysis.Analyzer{report.Analyzer})
	if err != nil {
		t.Fatal(err)
	}
	settings := copies[0]
	for name, value := range flags {
		if err := settings.Flags.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, filename, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var diagnostics []analysis.Diagnostic
	pass := &analysis.Pass{
		Analyzer: settings, Fset: fset, Files: []*ast.File{file},
		ResultOf: map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New([]*ast.File{file})},
		Report:   func(d analysis.Diagnostic) { diagnostics = append(diagnostics, d) },
	}
	reporter, err := settings.Run(pass)
	if err != nil {
		t.Fatal(err)
	}
	pass.Analyzer, pass.ResultOf[settings] = rule, reporter
	if _, err := rule.Run(pass); err != nil {
		t.Fatal(err)
	}
	for _, d := range diagnostics {
		if fault := passtest.Fault(pass, rule, d); fault != "" {
			t.Errorf("%s: %s", fault, d.Message)
		}
	}
	return diagnostics
}

// categories are the categories of diagnostics, in order.
func categories(diagnostics []analysis.Diagnostic) []string {
	list := []string{}
	for _, d := range diagnostics {
		list = append(list, d.Category)
	}
	return list
}

const mixed = `package p

func f() {
	lose()
	strict()
	lose() // nothing depends on it
	lose() //nolint
	lose() //nolint:errcheck
	lose() //errvet:ignore dropped logged
	lose() //errvet:ignore swallowed logged
}
`

func TestSettings(t *testing.T) {
	for _, test := range []struct {
		name, file string
		flags      map[string]string
		want       []string
	}{
		{"defaults", "p.go", nil, []string{"dropped/bare", "dropped/bare"}},
		{"strict", "p.go", map[string]string{"strict": "true"}, []string{"dropped/bare", "dropped/blank/strict", "dropped/bare"}},
		{"test file", "p_test.go", nil, []string{}},
		{"tests", "p_test.go", map[string]string{"tests": "true"}, []string{"dropped/bare", "dropped/bare"}},
		{"no nolint", "p.go", map[string]string{"nolint": "false"}, []string{"dropped/bare", "dropped/bare", "dropped/bare"}},
		{"silenced", "p.go", map[string]string{"show-silenced": "true"}, []string{
			"dropped/bare", "dropped/bare/silenced:comment:6", "dropped/bare/silenced:nolint:7",
			"dropped/bare/silenced:nolint:8", "dropped/bare/silenced:ignore:9", "dropped/bare",
		}},
		{"all", "p_test.go", map[string]string{"all": "true"}, []string{
			"directive/ignore", "directive/ignore",
			"dropped/bare", "dropped/blank/strict", "dropped/bare/silenced:comment:6", "dropped/bare/silenced:nolint:7",
			"dropped/bare/silenced:nolint:8", "dropped/bare/silenced:ignore:9", "dropped/bare",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := categories(diagnose(t, test.flags, loses, test.file, mixed)); !slices.Equal(got, test.want) {
				t.Errorf("got  %v\nwant %v", got, test.want)
			}
		})
	}
}

// A silenced finding says so in its text where the category is not shown.
func TestSilencedText(t *testing.T) {
	for _, d := range diagnose(t, map[string]string{"show-silenced": "true"}, loses, "p.go", mixed) {
		c, err := report.ParseCategory(d.Category)
		if err != nil {
			t.Fatal(err)
		}
		if said := strings.Contains(d.Message, "(silenced: "); said != (c.Silence.How != "") {
			t.Errorf("category %s, message %q", d.Category, d.Message)
		}
	}
}

func TestDirectiveFaults(t *testing.T) {
	none := &analysis.Analyzer{Name: "none", Run: func(*analysis.Pass) (any, error) { return nil, nil }}
	for _, test := range []struct{ comment, category, message string }{
		{"//errvet:ignore dropped", "directive/no-reason", "write //errvet:ignore dropped reason"},
		{"//errvet:ignore dropped ---", "directive/no-reason", "write //errvet:ignore dropped reason"},
		{"//errvet:ignore", "directive/no-reason", "needs a rule and a reason"},
		{"//errvet:ignore droped it is fine", "directive/unknown-rule", "no rule droped"},
		{"//errvet:ignore dropped,all it is fine", "directive/unknown-rule", "no rule all"},
		{"//errvet:ingore dropped it is fine", "directive/unknown-name", "no directive ingore"},
		{"// errvet:ignore dropped it is fine", "directive/unknown-name", "no space"},
		// Right, or none of ours.
		{"//errvet:ignore dropped it is fine", "", ""},
		{"//errvet:ignore dropped,swallowed it is fine", "", ""},
		{"//errvet:ignore dropped - fine", "", ""},
		{"//errvet:infallible", "", ""},
		{"//errvet:handles err", "", ""},
		{"//errvet:nil-on-error", "", ""},
		{"//errvet:boundary", "", ""},
		{"//othererrvet:ignore", "", ""},
		{"// see errvet:ignore", "", ""},
		{"// the form is //errvet:ignore RULE reason", "", ""},
		{"//lint:ignore dropped", "", ""},
		{"/* errvet:nothing */", "", ""},
	} {
		src := "package p\n\n" + test.comment + "\nfunc f() {}\n"
		got := diagnose(t, nil, none, "p.go", src)
		switch {
		case test.category == "" && len(got) > 0:
			t.Errorf("%s: got %s", test.comment, got[0].Message)
		case test.category != "" && len(got) != 1:
			t.Errorf("%s: got %d findings, want one", test.comment, len(got))
		case test.category != "" && (got[0].Category != test.category || !strings.Contains(got[0].Message, test.message)):
			t.Errorf("%s: got %s: %s", test.comment, got[0].Category, got[0].Message)
		}
	}
	generated := "// Code generated by a tool; DO NOT EDIT.\n\npackage p\n\n//errvet:ignore dropped\nfunc f() {}\n"
	if got := diagnose(t, map[string]string{"all": "true"}, none, "p.go", generated); len(got) > 0 {
		t.Errorf("in a generated file: %s", got[0].Message)
	}
	bare := strings.Replace(generated, "// Code generated by a tool; DO NOT EDIT.\n\n", "", 1)
	if got := diagnose(t, map[string]string{"all": "true"}, none, "zz_generated_p.go", bare); len(got) > 0 {
		t.Errorf("in a file that a generator named: %s", got[0].Message)
	}
	if got := diagnose(t, map[string]string{"all": "true"}, none, "p.go", bare); len(got) == 0 {
		t.Error("the same in a file of another name was taken for generated")
	}
}

// fixing reports one finding at the first declaration of the file, with the
// fix that edits makes.
func fixing(class report.FixClass, edits func(fset *token.FileSet, file *ast.File) []analysis.TextEdit) *analysis.Analyzer {
	return &analysis.Analyzer{Name: "fixing", Run: func(pass *analysis.Pass) (any, error) {
		decl := pass.Files[0].Decls[0]
		report.Of(pass).Report(pass, report.Finding{
			Rule: "dropped", Case: "bare", Pos: decl.Pos(), End: decl.End(), Message: "f is lost",
			Path: []report.Step{{Pos: decl.Pos(), End: decl.End(), Text: "born here"}, {Text: "elsewhere"}},
			Fix: func() *report.Fix {
				return &report.Fix{Message: "Keep f", Edits: edits(pass.Fset, pass.Files[0]), Class: class}
			},
		})
		return nil, nil
	}}
}

func TestFixes(t *testing.T) {
	inPlace := func(_ *token.FileSet, file *ast.File) []analysis.TextEdit {
		return []analysis.TextEdit{{Pos: file.Decls[0].Pos(), End: file.Decls[0].End(), NewText: []byte("func g() {}")}}
	}
	insertion := func(_ *token.FileSet, file *ast.File) []analysis.TextEdit {
		return []analysis.TextEdit{{Pos: file.Decls[0].Pos(), NewText: []byte("// G\n")}}
	}
	elsewhere := func(fset *token.FileSet, file *ast.File) []analysis.TextEdit {
		other := fset.AddFile("other.go", -1, 100)
		return append(inPlace(fset, file), analysis.TextEdit{Pos: other.Pos(1), End: other.Pos(2)})
	}
	backwards := func(_ *token.FileSet, file *ast.File) []analysis.TextEdit {
		return []analysis.TextEdit{{Pos: file.Decls[0].End(), End: file.Decls[0].Pos()}}
	}
	nothing := func(*token.FileSet, *ast.File) []analysis.TextEdit { return nil }
	const plain, moved = "package p\n\nfunc f() {}\n", "package p\n\n//line grammar.y:7\nfunc f() {}\n"
	review := map[string]string{"review-fixes": "true"}

	for _, test := range []struct {
		name     string
		class    report.FixClass
		edits    func(*token.FileSet, *ast.File) []analysis.TextEdit
		src      string
		flags    map[string]string
		category string
		fix      string
	}{
		{"safe", report.Safe, inPlace, plain, nil, "dropped/bare/safe", "Keep f"},
		{"insertion", report.Safe, insertion, plain, nil, "dropped/bare/safe", "Keep f"},
		{"review asked for", report.Review, inPlace, plain, review, "dropped/bare/review", "Keep f (review)"},
		{"review", report.Review, inPlace, plain, nil, "dropped/bare/review", ""},
		{"no class", report.NoFix, inPlace, plain, review, "dropped/bare", ""},
		{"no edits", report.Safe, nothing, plain, review, "dropped/bare", ""},
		{"two files", report.Safe, elsewhere, plain, review, "dropped/bare", ""},
		{"backwards", report.Safe, backwards, plain, review, "dropped/bare", ""},
		{"another source", report.Safe, inPlace, moved, review, "dropped/bare", ""},
		{"another source, to review", report.Review, inPlace, moved, review, "dropped/bare", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := diagnose(t, test.flags, fixing(test.class, test.edits), "p.go", test.src)
			if len(got) != 1 {
				t.Fatalf("got %d findings, want one", len(got))
			}
			if got[0].Category != test.category {
				t.Errorf("category %s, want %s", got[0].Category, test.category)
			}
			fix := ""
			if len(got[0].SuggestedFixes) > 0 {
				fix = got[0].SuggestedFixes[0].Message
			}
			if fix != test.fix {
				t.Errorf("fix %q, want %q", fix, test.fix)
			}
		})
	}
}

func TestRelated(t *testing.T) {
	rule := fixing(report.NoFix, func(*token.FileSet, *ast.File) []analysis.TextEdit { return nil })
	const src = "package p\n\nfunc f() {}\n"
	if got := diagnose(t, nil, rule, "p.go", src)[0].Related; len(got) != 1 || got[0].Message != "born here" {
		t.Errorf("got steps %v, want the one with a place in the file", got)
	}
	if got := diagnose(t, map[string]string{"related": "false"}, rule, "p.go", src)[0].Related; len(got) != 0 {
		t.Errorf("got steps %v although they are switched off", got)
	}
}

func TestCategory(t *testing.T) {
	for _, test := range []struct {
		category report.Category
		want     string
	}{
		{report.Category{Rule: "dropped", Case: "bare"}, "dropped/bare"},
		{report.Category{Rule: "dropped", Case: "blank", Tier: report.Strict, Fix: report.Review}, "dropped/blank/strict/review"},
		{report.Category{Rule: "dropped", Case: "bare", Fix: report.Safe, Silence: report.Silence{How: report.ByNolint, Line: 12}}, "dropped/bare/safe/silenced:nolint:12"},
		{report.Category{Rule: "dropped", Case: "bare", Silence: report.Silence{How: report.ByBestEffort}}, "dropped/bare/silenced:best-effort"},
	} {
		if got := test.category.String(); got != test.want {
			t.Errorf("%+v is written %q, want %q", test.category, got, test.want)
		}
		if got, err := report.ParseCategory(test.want); err != nil || got != test.category {
			t.Errorf("%q is read as %+v, %v", test.want, got, err)
		}
	}
	for _, s := range []string{"", "dropped", "/bare", "dropped/", "dropped/bare/", "dropped/bare/loud", "dropped/bare/safe/strict", "dropped/bare/silenced:nolint:x", "dropped/bare/strict/strict"} {
		if got, err := report.ParseCategory(s); err == nil {
			t.Errorf("%q is read as %+v, want an error", s, got)
		}
	}
}
