package unit

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/analysis/passes/inspect"
)

type isMarked struct{ By string }

func (*isMarked) AFact() {}

// marked exports a fact about every function and method whose name begins with Mark, and about packages that have one.
var marked = &analysis.Analyzer{
	Name: "marked", Doc: "marks", FactTypes: []analysis.Fact{new(isMarked), new(hasMarked)},
	Run: func(pass *analysis.Pass) (any, error) {
		for _, f := range pass.Files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(fn.Name.Name, "Mark") {
					pass.ExportObjectFact(pass.TypesInfo.Defs[fn.Name], &isMarked{pass.Pkg.Path()})
					pass.ExportPackageFact(new(hasMarked))
				}
			}
		}
		return nil, nil
	},
}

type hasMarked struct{}

func (*hasMarked) AFact() {}

// uses reports every use of a function that has a fact, and every call after which nothing is reached.
var uses = &analysis.Analyzer{
	Name: "uses", Doc: "reports uses", Requires: []*analysis.Analyzer{marked, ctrlflow.Analyzer, inspect.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		cfgs := pass.ResultOf[ctrlflow.Analyzer].(*ctrlflow.CFGs)
		for id, obj := range pass.TypesInfo.Uses {
			fn, ok := obj.(*types.Func)
			if !ok {
				continue
			}
			if cfgs.NoReturn(fn) {
				pass.Reportf(id.Pos(), "%s never returns", fn.FullName())
			}
		}
		return nil, nil
	},
}

// reports is like uses, for facts: only marked itself may import its facts.
var reports = &analysis.Analyzer{
	Name: "reports", Doc: "reports facts", FactTypes: []analysis.Fact{new(isMarked), new(hasMarked)},
	Run: func(pass *analysis.Pass) (any, error) {
		for id, obj := range pass.TypesInfo.Uses {
			fn, ok := obj.(*types.Func)
			if !ok || fn.Pkg() == nil {
				continue
			}
			fact := new(isMarked)
			if pass.ImportObjectFact(fn, fact) && pass.ImportPackageFact(fn.Pkg(), new(hasMarked)) {
				pass.Reportf(id.Pos(), "%s is marked by %s", fn.FullName(), fact.By)
			}
		}
		return nil, nil
	},
}

// A tree of units is analysed in a directory, without the go command: types travel in the units' own files.
type tree struct {
	t    *testing.T
	dir  string
	tool Tool
}

// run analyses a package whose imports were analysed before, and returns the findings' messages.
func (tr *tree) run(path, src string, vetxOnly bool, imports ...string) []string {
	tr.t.Helper()
	base := filepath.Join(tr.dir, strings.ReplaceAll(path, "/", "_"))
	if err := os.WriteFile(base+".go", []byte(src), 0o644); err != nil {
		tr.t.Fatal(err)
	}
	cfg := &Config{
		ID: path, ImportPath: path, Dir: tr.dir, GoFiles: []string{base + ".go"}, ModulePath: "example.com", ModuleVersion: "v1.0.0",
		ImportMap: make(map[string]string), PackageVetx: make(map[string]string), VetxOnly: vetxOnly, VetxOutput: base + ".vetx", Stdout: base + ".json",
	}
	for _, imp := range imports {
		cfg.ImportMap[imp] = imp
		cfg.PackageVetx[imp] = filepath.Join(tr.dir, strings.ReplaceAll(imp, "/", "_")+".vetx")
	}
	data, err := json.Marshal(cfg)
	if err != nil {
		tr.t.Fatal(err)
	}
	if err := os.WriteFile(base+".cfg", data, 0o644); err != nil {
		tr.t.Fatal(err)
	}
	if code, err := tr.tool.call([]string{"-json", base + ".cfg"}, nil); code != 0 || err != nil {
		tr.t.Fatalf("%s: exit code %d, %v", path, code, err)
	}
	out, err := os.ReadFile(base + ".json")
	if err != nil {
		tr.t.Fatal(err)
	}
	var messages []string
	var parsed map[string]map[string][]struct{ Message string }
	if len(out) > 0 {
		if err := json.Unmarshal(out, &parsed); err != nil {
			tr.t.Fatal(err)
		}
	}
	for _, list := range parsed[path] {
		for _, d := range list {
			messages = append(messages, d.Message)
		}
	}
	return messages
}

const (
	srcA = "package a\n\ntype T struct{}\n\nfunc (T) Mark() {}\n\nfunc Mark() {}\n\nfunc Plain() {}\n\nfunc Die() { panic(1) }\n"
	srcB = "package b\n\nimport \"a\"\n\nfunc Get() a.T { return a.T{} }\n"
	srcC = "package c\n\nimport \"b\"\n\nfunc f() { b.Get().Mark() }\n"
	srcD = "package d\n\nimport \"a\"\n\nfunc f() { a.Mark(); a.Plain(); a.Die() }\n"
)

// TestFactsCross follows facts over two packages, the second of which the last does not import.
func TestFactsCross(t *testing.T) {
	t.Setenv("GOVERSION", "") // an unknown go command may hand over no types
	tr := &tree{t: t, dir: t.TempDir(), tool: Tool{Analyzers: []*analysis.Analyzer{marked, reports, uses}}}
	if got := tr.run("a", srcA, true); len(got) != 0 {
		t.Errorf("a dependency got findings: %q", got)
	}
	tr.run("b", srcB, true, "a")
	if got := strings.Join(tr.run("c", srcC, false, "b"), "; "); got != "(a.T).Mark is marked by a" {
		t.Errorf("c: %s", got)
	}
	got := tr.run("d", srcD, false, "a")
	if len(got) != 2 || !strings.Contains(strings.Join(got, "; "), "a.Mark is marked by a") || !strings.Contains(strings.Join(got, "; "), "a.Die never returns") {
		t.Errorf("d: %q", got)
	}
}

// TestFactsSame holds the files of two runs against each other.
func TestFactsSame(t *testing.T) {
	t.Setenv("GOVERSION", "")
	var first []byte
	for range 5 {
		tr := &tree{t: t, dir: t.TempDir(), tool: Tool{Analyzers: []*analysis.Analyzer{marked, reports, uses}}}
		tr.run("a", srcA, true)
		x, err := readVetx(filepath.Join(tr.dir, "a.vetx"))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = x.facts
		}
		if len(x.facts) == 0 || !bytes.Equal(first, x.facts) {
			t.Fatalf("facts differ: %x and %x", first, x.facts)
		}
	}
}

func TestStdNeverReturns(t *testing.T) {
	pkg := types.NewPackage("os", "os")
	exit := types.NewFunc(0, pkg, "Exit", types.NewSignatureType(nil, nil, nil, nil, nil, false))
	open := types.NewFunc(0, pkg, "Open", types.NewSignatureType(nil, nil, nil, nil, nil, false))
	fact := ctrlflow.Analyzer.FactTypes[0]
	if !neverReturns(exit, fact) || neverReturns(open, fact) || neverReturns(exit, new(isMarked)) {
		t.Error("os.Exit is not told from os.Open, or one fact from another")
	}
}

func TestModeOf(t *testing.T) {
	t.Setenv("GOROOT", "/goroot")
	plain, tested, constrained, external := t.TempDir(), t.TempDir(), t.TempDir(), t.TempDir()
	for dir, src := range map[string]string{
		tested: "package p\n", constrained: "//go:build foo\n\npackage p\n", external: "package p_test\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, "p_test.go"), []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	std := &Config{Dir: "/goroot/src/io", VetxOnly: true}
	dep := &Config{Dir: plain, VetxOnly: true, ModulePath: "m", ModuleVersion: "v1.0.0"}
	ours := func(dir string) *Config { return &Config{Dir: dir, VetxOnly: true, ModulePath: "m"} }
	for _, test := range []struct {
		name              string
		cfg               *Config
		fixing, everyUnit bool
		want              mode
	}{
		{"asked for", &Config{Dir: "/goroot/src/io"}, false, false, full},
		{"std", std, false, false, nothing},
		{"std, every unit", std, false, true, full},
		{"a command of the distribution", &Config{Dir: "/goroot/src/cmd/internal/obj", VetxOnly: true}, false, false, full},
		{"module cache", dep, false, false, factsOnly},
		{"module cache, every unit", dep, false, true, full},
		{"main module", ours(plain), false, false, full},
		{"main module, fixing", ours(plain), true, false, factsOnly},
		{"every unit, fixing", ours(plain), true, true, factsOnly},
		{"with tests", ours(tested), false, false, factsOnly},
		{"with tests under a tag", ours(constrained), false, false, full},
		{"with an external test", ours(external), false, false, full},
		{"with tests, every unit", ours(tested), false, true, full},
	} {
		if got := modeOf(test.cfg, test.fixing, test.everyUnit); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
