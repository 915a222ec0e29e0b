package gopls

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes"
)

// What gopls has, as far as it matters here.
type (
	actionKind string
	row        struct {
		analyzer    *analysis.Analyzer
		nonDefault  bool
		actionKinds []actionKind
		severity    uint32
	}
)

func TestAdd(t *testing.T) {
	own := &analysis.Analyzer{Name: "own"}
	table := []*row{{analyzer: own}}
	a, b := &analysis.Analyzer{Name: "a"}, &analysis.Analyzer{Name: "b"}
	if err := add(&table, []entry{{a, true}, {b, false}}); err != nil {
		t.Fatal(err)
	}
	if len(table) != 3 || table[0].analyzer != own || table[1].analyzer != a || table[2].analyzer != b {
		t.Fatalf("the table is %v", table)
	}
	if !slices.Equal(table[1].actionKinds, []actionKind{"quickfix", "source.fixAll"}) || !slices.Equal(table[2].actionKinds, []actionKind{"quickfix"}) {
		t.Errorf("kinds are %v and %v", table[1].actionKinds, table[2].actionKinds)
	}
}

// A gopls that has another table is told from one that works.
func TestAddRefuses(t *testing.T) {
	type renamed struct {
		pass        *analysis.Analyzer
		actionKinds []actionKind
	}
	type retyped struct {
		analyzer    string
		actionKinds []actionKind
	}
	type single struct {
		analyzer   *analysis.Analyzer
		actionKind actionKind
	}
	for _, test := range []struct {
		table any
		want  string
	}{
		{[]*row{}, "want a pointer to a slice"},
		{&map[string]*row{}, "want a pointer to a slice"},
		{&[]row{}, "want a pointer to a slice of pointers"},
		{&[]*renamed{}, "no field analyzer"},
		{&[]*retyped{}, "no field analyzer of type *analysis.Analyzer"},
		{&[]*single{}, "no field actionKinds"},
	} {
		if err := add(test.table, []entry{{new(analysis.Analyzer), false}}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%T: got %v, want an error that says %q", test.table, err, test.want)
		}
	}
}

// workspace makes a module with some files and returns its directory.
func workspace(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files["go.mod"] = "module example.com/w\n\ngo 1.26\n"
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// names lists the analyzers of entries.
func names(entries []entry) []string {
	var list []string
	for _, e := range entries {
		list = append(list, e.analyzer.Name)
	}
	return list
}

func TestFind(t *testing.T) {
	dir := workspace(t, map[string]string{
		".errvet.yaml":     "strict: true\n",
		"a/b/x.go":         "package b\n",
		"other/mine.yaml":  "tests: true\n",
		"wrong/typo.yaml":  "strcit: true\n",
		"wrong/rule.yaml":  "rules: {droped: false}\n",
		"wrong/known.yaml": "known: [nonsense]\n",
	})
	for _, from := range []string{dir, filepath.Join(dir, "a", "b")} {
		if s := find(from, ""); s.err != nil || !s.Strict || s.root != dir {
			t.Errorf("from %s: %+v", from, s)
		}
	}
	for _, name := range []string{"other/mine.yaml", filepath.Join(dir, "other", "mine.yaml")} {
		if s := find(dir, name); s.err != nil || s.Strict || !s.Tests {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if s := find(dir, "none"); s.err != nil || s.Strict {
		t.Errorf("none: %+v", s)
	}
	for name, want := range map[string]string{
		"typo": "typo.yaml:1:1: no setting is called strcit; did you mean strict?", "rule": "did you mean dropped?",
		"known": "known.yaml: ", "missing": "the settings cannot be read",
	} {
		s := find(dir, "wrong/"+name+".yaml")
		if s.err == nil || !strings.Contains(s.err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, s.err, want)
		}
		if _, err := analyzers(s); err != nil {
			t.Errorf("%s: errvet does not run with its defaults: %v", name, err)
		}
	}
}

// The settings are part of one analyzer's name, so that gopls takes nothing for valid that was found with others.
func TestMark(t *testing.T) {
	dir := workspace(t, map[string]string{"strict.yaml": "strict: true\n", "empty.yaml": "# nothing\n", "wrong.yaml": "strcit: true\n"})
	name := func(file string) string {
		entries, err := analyzers(find(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		var list []*analysis.Analyzer
		for _, e := range entries {
			list = append(list, e.analyzer)
		}
		if err := analysis.Validate(list); err != nil {
			t.Error(err)
		}
		i := slices.IndexFunc(list, func(a *analysis.Analyzer) bool { return strings.HasPrefix(a.Name, "known") })
		return list[i].Name
	}
	if name("none") != "known" || name("empty.yaml") != "known" {
		t.Errorf("without settings known is called %s and %s", name("none"), name("empty.yaml"))
	}
	a, b := name("strict.yaml"), name("wrong.yaml")
	if a == "known" || b == "known" || a == b || a != name("strict.yaml") {
		t.Errorf("with settings known is called %s, with wrong ones %s", a, b)
	}
}

// Each rule has one part whose fixes may be applied unseen, and one whose may not, of the same name.
func TestParts(t *testing.T) {
	entries, err := analyzers(source{})
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range passes.Rules {
		var safe, review int
		for _, e := range entries {
			switch {
			case e.analyzer.Name != rule.Name():
			case e.fixAll:
				safe++
			default:
				review++
			}
		}
		if safe != 1 || review != 1 {
			t.Errorf("%s has %d and %d parts", rule.Name(), safe, review)
		}
	}
	s := source{}
	s.Rules = map[string]bool{"losses": false}
	if entries, err = analyzers(s); err != nil || slices.Contains(names(entries), "dropped") || !slices.Contains(names(entries), "errmatch") {
		t.Errorf("with losses off: %v, %v", names(entries), err)
	}
}

const lossy = `package p

import "os"

func Drop() { os.Remove("x"); os.Rename("a", "b") }

func Move() bool {
	if err := os.Rename("a", "b"); err != nil {
		return false
	}
	return true
}
`

// check runs the entries over the workspace as gopls does, and returns what they report.
func check(t *testing.T, dir string, entries []entry) (found []string) {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Env: append(os.Environ(), "GOWORK=off")}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	var list []*analysis.Analyzer
	for _, e := range entries {
		list = append(list, e.analyzer)
	}
	graph, err := checker.Analyze(list, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, action := range graph.Roots {
		if action.Err != nil {
			t.Errorf("%s: %v", action, action.Err)
		}
		for _, d := range action.Diagnostics {
			pos := action.Package.Fset.Position(d.Pos)
			file, err := filepath.Rel(dir, pos.Filename)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, filepath.ToSlash(file)+" "+d.Category+" "+d.Message)
		}
	}
	slices.Sort(found)
	return found
}

// has reports whether a finding begins so.
func has(found []string, prefix string) bool {
	return slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, prefix) })
}

// Paths mean what they mean to errvet.
func TestPaths(t *testing.T) {
	dir := workspace(t, map[string]string{
		"a/a.go":       strings.Replace(lossy, "package p", "package a", 1),
		"b/b.go":       strings.Replace(lossy, "package p", "package b", 1),
		"c/c.go":       strings.Replace(lossy, "package p", "package c", 1),
		".errvet.yaml": "paths:\n  - path: b/...\n    strict: true\n  - path: c/...\n    exclude: true\n",
	})
	entries, err := analyzers(find(dir, ""))
	if err != nil {
		t.Fatal(err)
	}
	found := check(t, dir, entries)
	if !has(found, "a/a.go dropped/statement ") || has(found, "a/a.go nilonfail/") || !has(found, "b/b.go dropped/") || has(found, "c/") {
		t.Errorf("found:\n%s", strings.Join(found, "\n"))
	}
	if !has(found, "b/b.go nilonfail/") {
		t.Errorf("nothing of the strict tier in b:\n%s", strings.Join(found, "\n"))
	}
}

// What may be done with a fix unseen is one analyzer's business, what needs a look another's; nothing is told twice.
func TestDivide(t *testing.T) {
	toy := &analysis.Analyzer{
		Name: "toy", Doc: "reports a finding of each kind",
		Run: func(pass *analysis.Pass) (any, error) {
			pos := pass.Files[0].Name.Pos()
			fix := []analysis.SuggestedFix{{Message: "mend", TextEdits: []analysis.TextEdit{{Pos: pos, End: pos, NewText: []byte("p")}}}}
			pass.Report(analysis.Diagnostic{Pos: pos, Category: "toy/one/safe", Message: "safe", SuggestedFixes: fix})
			pass.Report(analysis.Diagnostic{Pos: pos, Category: "toy/two/review", Message: "review", SuggestedFixes: fix})
			pass.Report(analysis.Diagnostic{Pos: pos, Category: "toy/three/review", Message: "withheld"})
			pass.Report(analysis.Diagnostic{Pos: pos, Category: "toy/four", Message: "none"})
			pass.Report(analysis.Diagnostic{Pos: pos, Category: "toy/five/strict", Message: "strict"})
			return nil, nil
		},
	}
	dir := workspace(t, map[string]string{"p.go": "package p\n"})
	review := source{}.divide(toy)
	if review.Name != toy.Name {
		t.Errorf("the parts are called %s and %s", toy.Name, review.Name)
	}
	if err := analysis.Validate([]*analysis.Analyzer{toy, review}); err != nil {
		t.Error(err)
	}
	safe, both := check(t, dir, []entry{{analyzer: toy}}), check(t, dir, []entry{{analyzer: toy}, {analyzer: review}})
	if want := []string{"p.go toy/four none", "p.go toy/one/safe safe", "p.go toy/three/review withheld"}; !slices.Equal(safe, want) {
		t.Errorf("got %q, want %q", safe, want)
	}
	if want := []string{"p.go toy/four none", "p.go toy/one/safe safe", "p.go toy/three/review withheld", "p.go toy/two/review review"}; !slices.Equal(both, want) {
		t.Errorf("got %q, want %q", both, want)
	}
}

// Settings that are wrong are seen in the editor.
func TestComplains(t *testing.T) {
	dir := workspace(t, map[string]string{"p.go": lossy, ".errvet.yaml": "rules: {droped: false}\n"})
	entries, err := analyzers(find(dir, ""))
	if err != nil {
		t.Fatal(err)
	}
	found := check(t, dir, entries)
	if !has(found, "p.go directive/settings errvet runs with its defaults: .errvet.yaml: rules: no rule is called droped; did you mean dropped?") || !has(found, "p.go dropped/") {
		t.Errorf("found:\n%s", strings.Join(found, "\n"))
	}
}
