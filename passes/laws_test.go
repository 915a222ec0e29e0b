package passes_test

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes"
	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/internal/report"
)

// Every directory of a rule is in the table, under its name, and tested.
func TestDirectories(t *testing.T) {
	root := passtest.Root(t)
	entries, err := os.ReadDir(filepath.Join(root, "passes"))
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string]passes.Rule)
	for _, rule := range passes.Rules {
		rows[rule.Name()] = rule
	}
	for _, entry := range entries {
		if name := entry.Name(); entry.IsDir() && name != "internal" {
			if _, ok := rows[name]; !ok {
				t.Errorf("passes/%s is not in the table", name)
			}
			delete(rows, name)
			for _, file := range []string{"passes/%s/doc.go", "passes/%s/%[1]s.go", "passes/%s/%[1]s_test.go", "testdata/%s"} {
				if _, err := os.Stat(filepath.Join(root, fmt.Sprintf(file, name))); err != nil {
					t.Errorf("rule %s: %v", name, err)
				}
			}
		}
	}
	for name := range rows {
		t.Errorf("the table has %s, for which there is no directory", name)
	}
}

// suite is an instance that reports everything there is.
func suite(t *testing.T, rules map[string]bool) []*analysis.Analyzer {
	t.Helper()
	return flavoured(t, rules, report.Auto)
}

// flavoured is a suite whose fixes are of a flavour.
func flavoured(t *testing.T, rules map[string]bool, fixes report.Flavour) []*analysis.Analyzer {
	t.Helper()
	list, err := passes.New(passes.Settings{Rules: rules, Fixes: string(fixes), Flags: map[string]string{"errvet.all": "true"}})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A found is a diagnostic with the package it lies in and the analyzer that made it.
type found struct {
	analysis.Diagnostic
	analyzer *analysis.Analyzer
	pkg      *packages.Package
}

func (f found) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", f.pkg.Fset.Position(f.Pos), f.analyzer.Name, f.Message, f.Category)
}

// analyse runs list over pkgs and returns what it finds, in order.
func analyse(t *testing.T, list []*analysis.Analyzer, pkgs []*packages.Package) []found {
	t.Helper()
	graph, err := checker.Analyze(list, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var all []found
	for _, action := range graph.Roots {
		if action.Err != nil {
			t.Errorf("%s: %v", action, action.Err)
		}
		for _, d := range action.Diagnostics {
			all = append(all, found{d, action.Analyzer, action.Package})
		}
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Compare(a.String(), b.String()) })
	return all
}

// The laws that a look at all testdata at once can check.
func TestTestdata(t *testing.T) {
	var patterns []string
	for _, rule := range passes.Rules {
		patterns = append(patterns, "./"+rule.Name()+"/...")
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule,
		Dir:  passtest.Dir(t),
		Env:  append(os.Environ(), "GOPROXY=off", "GOWORK=off"),
	}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("testdata does not compile: %v", err)
		}
	}
	all := analyse(t, suite(t, nil), pkgs)
	if len(all) == 0 {
		t.Fatal("nothing found in testdata")
	}

	t.Run("diagnostics", func(t *testing.T) {
		for _, f := range all {
			pass := &analysis.Pass{Fset: f.pkg.Fset, Files: f.pkg.Syntax}
			if fault := passtest.Fault(pass, f.analyzer, f.Diagnostic); fault != "" {
				t.Errorf("%s: %s", f, fault)
			}
		}
	})

	t.Run("categories", func(t *testing.T) {
		for _, f := range all {
			c, err := report.ParseCategory(f.Category)
			if err != nil {
				t.Errorf("%s: %v", f, err)
			} else if c.Rule != f.analyzer.Name && c.Rule != passes.DirectiveRule {
				t.Errorf("%s reports as %s", f, c.Rule)
			}
		}
	})

	t.Run("generated", func(t *testing.T) {
		for _, f := range all {
			for _, file := range f.pkg.Syntax {
				if file.FileStart <= f.Pos && f.Pos < file.FileEnd && ast.IsGenerated(file) {
					t.Errorf("%s: in a generated file", f)
				}
			}
		}
	})

	// Selecting rules never changes whose a finding is.
	t.Run("alone", func(t *testing.T) {
		for _, rule := range passes.Rules {
			off := make(map[string]bool)
			for _, other := range passes.Rules {
				off[other.Name()] = other.Name() == rule.Name()
			}
			with := texts(all, rule.Name())
			if alone := texts(analyse(t, suite(t, off), pkgs), rule.Name()); !slices.Equal(with, alone) {
				t.Errorf("%s finds, with the others:\n%s\nalone:\n%s", rule.Name(), strings.Join(with, "\n"), strings.Join(alone, "\n"))
			}
		}
	})

	t.Run("routes", func(t *testing.T) { routes(t, all, patterns) })

	// In either flavour, all fixes go together, and leave nothing to fix.
	fixes := func(t *testing.T, flavour report.Flavour) map[string][]byte {
		t.Helper()
		fixed, err := passtest.Apply(pkgs[0].Fset, mendable(analyse(t, flavoured(t, nil, flavour), pkgs)))
		if err != nil {
			t.Fatal(err)
		}
		if len(fixed) == 0 {
			t.Fatal("no rule has a fix")
		}
		again := passtest.CheckFixed(t, fixed, patterns...)
		for _, f := range analyse(t, flavoured(t, nil, flavour), again) {
			if c, err := report.ParseCategory(f.Category); err == nil && c.Silence.How == "" && len(f.SuggestedFixes) > 0 {
				t.Errorf("after all fixes, there is still one to make: %s", f)
			}
		}
		return fixed
	}
	t.Run("fixes", func(t *testing.T) {
		fixed := fixes(t, report.Std)
		for name, content := range fixed {
			if before, err := os.ReadFile(name); err != nil {
				t.Error(err)
			} else if n := bytes.Count(content, []byte(companion)); n > bytes.Count(before, []byte(companion)) {
				t.Errorf("%s with all fixes imports the companion, although they are those of the standard library", name)
			}
		}
	})
	t.Run("fault fixes", func(t *testing.T) {
		added := 0
		for name, content := range fixes(t, report.Fault) {
			if before, err := os.ReadFile(name); err != nil {
				t.Error(err)
			} else if bytes.Count(content, []byte(companion)) > bytes.Count(before, []byte(companion)) {
				added++
			}
		}
		if added == 0 {
			t.Error("no file with all fixes imports the companion")
		}
	})
}

// companion is how the import of a package of errvet's companion begins.
const companion = "\"github.com/errvet/errvet/fault/"

// mendable returns the findings that are not silenced.
func mendable(all []found) []analysis.Diagnostic {
	var list []analysis.Diagnostic
	for _, f := range all {
		if c, err := report.ParseCategory(f.Category); err == nil && c.Silence.How == "" {
			list = append(list, f.Diagnostic)
		}
	}
	return list
}

// texts returns what the rule found.
func texts(all []found, rule string) []string {
	var list []string
	for _, f := range all {
		if f.analyzer.Name == rule {
			list = append(list, f.String())
		}
	}
	return list
}

// The suite is silent on this repository.
func TestSilentHere(t *testing.T) {
	root := passtest.Root(t)
	corpus := filepath.Join(t.TempDir(), "corpus")
	build := exec.Command("go", "build", "-o", corpus, "./passes/internal/corpus")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	modules := map[string]string{"github.com/errvet/errvet": root}
	if _, err := os.Stat(filepath.Join(root, "fault", "go.mod")); err == nil {
		modules["github.com/errvet/errvet/fault"] = filepath.Join(root, "fault")
	}
	for _, module := range slices.Sorted(maps.Keys(modules)) {
		run := exec.Command(corpus, "-C", modules[module], "-context", "2", "./...")
		out, err := run.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", module, err, out)
		} else if strings.Contains(string(out), "#1 ") {
			t.Errorf("%s has findings:\n%s", module, out)
		}
	}
}
