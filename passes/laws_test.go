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

	// In either flavour, the fixes that the drivers make unseen, those of the default tier, and all of them go together,
	// and leave nothing to fix.
	for _, flavour := range []report.Flavour{report.Std, report.Fault} {
		list := flavoured(t, nil, flavour)
		all := analyse(t, list, pkgs)
		added := 0
		for name, wanted := range map[string]func(report.Category) bool{"safe": safeByDefault, "default": byDefault, "all": whole} {
			t.Run("fixes/"+string(flavour)+"/"+name, func(t *testing.T) {
				fixed := applied(t, all, wanted)
				if len(fixed) == 0 {
					t.Error("nothing to fix")
				}
				settled(t, list, fixed, wanted, patterns)
				for name, content := range fixed {
					if before, err := os.ReadFile(name); err != nil {
						t.Error(err)
					} else if n := bytes.Count(content, []byte(companion)); n > bytes.Count(before, []byte(companion)) {
						added++
					}
				}
			})
		}
		if flavour == report.Std && added > 0 {
			t.Errorf("%d files with fixes import the companion, although they are those of the standard library", added)
		}
		if flavour == report.Fault && added == 0 {
			t.Error("no file with all fixes imports the companion")
		}
	}
}

// companion is how the import of a package of errvet's companion begins.
const companion = "\"github.com/errvet/errvet/fault/"

func whole(report.Category) bool           { return true }
func byDefault(c report.Category) bool     { return c.Tier == report.Default }
func safeByDefault(c report.Category) bool { return byDefault(c) && c.Fix == report.Safe }

// fixable reports whether a finding has a fix of those that are wanted.
func fixable(f found, wanted func(report.Category) bool) bool {
	c, err := report.ParseCategory(f.Category)
	return err == nil && c.Silence.How == "" && len(f.SuggestedFixes) > 0 && wanted(c)
}

// applied makes the fixes that are wanted.
func applied(t *testing.T, all []found, wanted func(report.Category) bool) map[string][]byte {
	t.Helper()
	var diagnostics []analysis.Diagnostic
	for _, f := range all {
		if fixable(f, wanted) {
			diagnostics = append(diagnostics, f.Diagnostic)
		}
	}
	if len(diagnostics) == 0 {
		return nil
	}
	fixed, err := passtest.Apply(all[0].pkg.Fset, diagnostics)
	if err != nil {
		t.Fatal(err)
	}
	return fixed
}

// settled fails the test if files with their fixes do not compile, or a second run would fix more.
func settled(t *testing.T, list []*analysis.Analyzer, fixed map[string][]byte, wanted func(report.Category) bool, patterns []string) {
	t.Helper()
	again := passtest.CheckFixed(t, fixed, patterns...)
	for _, f := range analyse(t, list, again) {
		if fixable(f, wanted) {
			t.Errorf("after all fixes, there is still one to make: %s", f)
		}
	}
}

// Shapes of fixes that no rule has for itself, in testdata/fixes.
func TestFixShapes(t *testing.T) {
	const pattern = "./fixes/..."
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule,
		Dir:  passtest.Dir(t),
		Env:  append(os.Environ(), "GOPROXY=off", "GOWORK=off"),
	}, pattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("testdata does not compile: %v", err)
		}
	}
	list := suite(t, nil)
	fixed := applied(t, analyse(t, list, pkgs), byDefault)
	passtest.Golden(t, fixed)
	settled(t, list, fixed, byDefault, []string{pattern})
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
