// Package passtest runs an analyzer over the module in testdata and compares
// what it reports with the expectations written there.
//
// It asks for everything: in a `// want` comment a finding of the strict tier
// reads `strict: …` and a silenced one `silenced(comment): …`, so that the
// testdata of a rule shows all it sees.
package passtest

import (
	"go/ast"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes/internal/instance"
	"github.com/errvet/errvet/passes/internal/report"
)

// ExampleFile is the file of a rule's testdata from which its documentation
// takes its examples. Names there are chosen for readers.
const ExampleFile = "example.go"

// CompanionDir is the directory in a rule's testdata whose package imports errvet's companion: its golden files hold
// fixes in that flavour. What is flagged and what is not, the other packages show.
const CompanionDir = "companion"

// Run checks a over the packages of the testdata module that match patterns,
// such as "./dropped/...", and the proportion of its cases: of the functions
// there (but for [ExampleFile] and [CompanionDir]), those named ok… must have no finding and those
// named bad… at least one; there must be twice as many of the former.
func Run(t *testing.T, a *analysis.Analyzer, patterns ...string) []*analysistest.Result {
	t.Helper()
	results := Check(t, a, patterns...)
	if !t.Failed() { // what does not compile has no cases
		checkProportion(t, results)
	}
	return results
}

// Check does what [Run] does but for the proportion of the cases.
func Check(t *testing.T, a *analysis.Analyzer, patterns ...string) []*analysistest.Result {
	t.Helper()
	results := analysistest.Run(t, Dir(t), Everything(t, a), patterns...)
	checked := make(map[*packages.Package]bool)
	for _, result := range results {
		checkTypes(t, result.Action.Package, checked)
		for _, d := range result.Action.Diagnostics {
			if fault := Fault(result.Pass, a, d); fault != "" {
				t.Errorf("%s: %s (%s)", result.Pass.Fset.Position(d.Pos), fault, d.Message)
			}
		}
		checkFixes(t, result)
	}
	return results
}

// Dir returns the testdata module of this repository.
func Dir(t *testing.T) string {
	t.Helper()
	return filepath.Join(Root(t), "testdata")
}

// Root returns the directory of this repository's main module. Tests run in
// the directory of their package.
func Root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test's directory")
		}
		dir = parent
	}
}

// Everything returns a copy of a that reports all there is, with the tier or
// the kind of silence in front of the message.
func Everything(t *testing.T, a *analysis.Analyzer) *analysis.Analyzer {
	t.Helper()
	copies, err := instance.Of([]*analysis.Analyzer{a})
	if err != nil {
		t.Fatal(err)
	}
	shown := *copies[0]
	if s := settingsOf(&shown); s != nil {
		if err := s.Flags.Set("all", "true"); err != nil {
			t.Fatal(err)
		}
	}
	run := shown.Run
	shown.Run = func(pass *analysis.Pass) (any, error) {
		labelled := *pass
		labelled.Report = func(d analysis.Diagnostic) {
			d.Message = label(d.Category) + d.Message
			pass.Report(d)
		}
		return run(&labelled)
	}
	return &shown
}

// settingsOf finds the reporter's analyzer among a and its prerequisites.
func settingsOf(a *analysis.Analyzer) *analysis.Analyzer {
	if a.Name == report.Analyzer.Name {
		return a
	}
	for _, req := range a.Requires {
		if s := settingsOf(req); s != nil {
			return s
		}
	}
	return nil
}

// label returns what stands before the message of a diagnostic of category.
func label(category string) string {
	c, err := report.ParseCategory(category)
	switch {
	case err != nil:
		return "" // a finding that did not come through package report
	case c.Silence.How != "":
		return "silenced(" + c.Silence.How + "): "
	case c.Tier == report.Strict:
		return "strict: "
	}
	return ""
}

// checkTypes fails the test if pkg, or a package of the testdata module that it
// imports, does not compile: analysistest only logs that.
func checkTypes(t *testing.T, pkg *packages.Package, checked map[*packages.Package]bool) {
	t.Helper()
	if checked[pkg] {
		return
	}
	checked[pkg] = true
	for _, err := range pkg.Errors {
		t.Errorf("testdata does not compile: %v", err)
	}
	for _, imp := range pkg.Imports {
		checkTypes(t, imp, checked)
	}
}

// Fault says in what d breaks the rules for diagnostics that all drivers can
// take, or returns "".
func Fault(pass *analysis.Pass, a *analysis.Analyzer, d analysis.Diagnostic) string {
	message := strings.TrimPrefix(d.Message, label(d.Category))
	file := pass.Fset.File(d.Pos)
	switch {
	case d.End <= d.Pos:
		return "the end of the finding is not after its beginning"
	case strings.HasPrefix(message, a.Name+":"):
		return "the message names the rule, which drivers do"
	case strings.HasSuffix(message, "."):
		return "the message ends in a full stop"
	case startsSentence(pass, d, message):
		return "the message begins with a capital letter"
	case len(d.SuggestedFixes) > 1:
		return "more than one fix: golangci-lint applies them all"
	case d.URL == "":
		return "no page for the rule"
	}
	if _, err := report.ParseCategory(d.Category); err != nil {
		return err.Error()
	}
	for _, fix := range d.SuggestedFixes {
		for _, e := range fix.TextEdits {
			if pass.Fset.File(e.Pos) != file {
				return "the fix edits another file, which golangci-lint skips"
			}
		}
	}
	for _, step := range d.Related {
		if pass.Fset.File(step.Pos) != file {
			return "a step of the path lies in another file"
		}
		if step.Message == "" {
			return "a step of the path has no text"
		}
	}
	return ""
}

// startsSentence reports whether message begins with a capital letter although
// its first word is no name from the code.
func startsSentence(pass *analysis.Pass, d analysis.Diagnostic, message string) bool {
	word, _, _ := strings.Cut(message, " ")
	if word == "" || !unicode.IsUpper([]rune(word)[0]) || strings.ContainsAny(word, ".(") {
		return false
	}
	for _, file := range pass.Files {
		if file.FileStart <= d.Pos && d.Pos < file.FileEnd {
			named := false
			ast.Inspect(file, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				named = named || ok && id.Name == strings.TrimRight(word, ",:'")
				return !named
			})
			return !named
		}
	}
	return true
}

// checkProportion compares the names of the functions with their findings.
func checkProportion(t *testing.T, results []*analysistest.Result) {
	t.Helper()
	var silent, flagged int
	for _, result := range results {
		if isTestVariant(result.Action.Package) {
			continue // holds the same files again
		}
		findings := make(map[string]int) // by the position of the function
		for _, d := range result.Action.Diagnostics {
			position := result.Pass.Fset.Position(d.Pos)
			if c, err := report.ParseCategory(d.Category); err == nil && c.Silence.How != "" || !counts(position.Filename) {
				continue
			}
			name, at := enclosingDecl(result.Pass, d)
			if !strings.HasPrefix(strings.ToLower(name), "bad") {
				t.Errorf("%s: finding in %s, which is not named bad…", position, name)
			}
			findings[at]++
		}
		for _, file := range result.Pass.Files {
			if !counts(result.Pass.Fset.Position(file.Package).Filename) {
				continue
			}
			for name, at := range cases(result.Pass, file) {
				switch lower := strings.ToLower(name); {
				case strings.HasPrefix(lower, "ok"):
					silent++
				case strings.HasPrefix(lower, "bad"):
					flagged++
					if findings[at] == 0 {
						t.Errorf("%s: %s has no finding", at, name)
					}
				}
			}
		}
	}
	if silent < 2*flagged || silent == 0 {
		t.Errorf("%d cases where the rule must stay silent (ok…) for %d where it must not (bad…): want twice as many", silent, flagged)
	}
}

// counts reports whether the functions of a file are cases.
func counts(name string) bool {
	return filepath.Base(name) != ExampleFile && filepath.Base(filepath.Dir(name)) != CompanionDir
}

func isTestVariant(pkg *packages.Package) bool {
	return pkg.ID != pkg.PkgPath
}

// cases yields the name and the position of each declaration that holds code.
func cases(pass *analysis.Pass, file *ast.File) func(yield func(name, at string) bool) {
	return func(yield func(name, at string) bool) {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if !yield(decl.Name.Name, pass.Fset.Position(decl.Pos()).String()) {
					return
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if spec, ok := spec.(*ast.ValueSpec); ok && len(spec.Values) > 0 {
						if !yield(spec.Names[0].Name, pass.Fset.Position(spec.Pos()).String()) {
							return
						}
					}
				}
			}
		}
	}
}

// enclosingDecl returns the name and the position of the declaration around d.
func enclosingDecl(pass *analysis.Pass, d analysis.Diagnostic) (name, at string) {
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if d.Pos < decl.Pos() || decl.End() <= d.Pos {
				continue
			}
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				return decl.Name.Name, pass.Fset.Position(decl.Pos()).String()
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if spec, ok := spec.(*ast.ValueSpec); ok && spec.Pos() <= d.Pos && d.Pos < spec.End() {
						return spec.Names[0].Name, pass.Fset.Position(spec.Pos()).String()
					}
				}
			}
		}
	}
	return "no declaration of " + pass.Pkg.Path(), ""
}
