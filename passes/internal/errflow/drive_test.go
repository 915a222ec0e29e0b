package errflow

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// std imports the standard library for all snippets. It is not safe for concurrent use.
var std = sync.OnceValue(importer.Default)

// check type-checks a snippet, a whole file of package p. Type errors are returned and leave what could be
// made of the rest.
func check(t *testing.T, src string) (pass analysis.Pass, typeErrors []error) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		typeErrors = append(typeErrors, err)
	}
	info := &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Instances:    map[*ast.Ident]types.Instance{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		Scopes:       map[ast.Node]*types.Scope{},
		FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: std(), Error: func(err error) { typeErrors = append(typeErrors, err) }}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil && len(typeErrors) == 0 {
		typeErrors = append(typeErrors, err)
	}
	return analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		TypesSizes: types.SizesFor("gc", "amd64")}, typeErrors
}

// flow runs the engine and what it needs over one package, without facts from others.
func flow(t *testing.T, pass analysis.Pass) *Flow {
	t.Helper()
	results := map[*analysis.Analyzer]any{}
	var run func(a *analysis.Analyzer) error
	run = func(a *analysis.Analyzer) error {
		if _, done := results[a]; done {
			return nil
		}
		own := pass
		own.Analyzer = a
		own.ResultOf = map[*analysis.Analyzer]any{}
		for _, req := range a.Requires {
			if err := run(req); err != nil {
				return err
			}
			own.ResultOf[req] = results[req]
		}
		own.Report = func(analysis.Diagnostic) {}
		own.ImportObjectFact = func(types.Object, analysis.Fact) bool { return false }
		own.ImportPackageFact = func(*types.Package, analysis.Fact) bool { return false }
		own.ExportObjectFact = func(types.Object, analysis.Fact) {}
		own.ExportPackageFact = func(analysis.Fact) {}
		own.AllObjectFacts = func() []analysis.ObjectFact { return nil }
		own.AllPackageFacts = func() []analysis.PackageFact { return nil }
		r, err := a.Run(&own)
		if err != nil {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		results[a] = r
		return nil
	}
	if err := run(Analyzer); err != nil {
		t.Fatal(err)
	}
	return results[Analyzer].(*Flow)
}

// flowOf runs the engine over a snippet that has to compile.
func flowOf(t *testing.T, src string) (*Flow, *token.FileSet) {
	t.Helper()
	pass, errs := check(t, src)
	for _, err := range errs {
		t.Errorf("snippet does not compile: %v", err)
	}
	if t.Failed() {
		t.FailNow()
	}
	return flow(t, pass), pass.Fset
}

// funcNamed finds a function by its name.
func funcNamed(t *testing.T, fl *Flow, name string) *Func {
	t.Helper()
	for f := range fl.Funcs() {
		if f.Name() == name {
			return f
		}
	}
	t.Fatalf("no function %s", name)
	return nil
}
