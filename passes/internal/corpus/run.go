package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/errvet/errvet/passes"
	"github.com/errvet/errvet/passes/internal/errflow"
)

// A run is a small driver of go/analysis. Unlike x/tools' own it can do without
// the source of dependencies, and keeps facts by name, so that packages may be
// loaded in batches.
type run struct {
	analyzers []*analysis.Analyzer // prerequisites first
	tests     bool                 // whether findings in test files count
	facts     map[factKey]analysis.Fact
	findings  []*finding
	packages  int
	lines     int // of files that are neither tests nor generated
	spent     map[string]time.Duration
	engine    errflow.Stats
	problems  []string
	failed    int // packages that could not be analysed
}

// A factKey names a fact by what it is about, and its type. An empty object
// means the package.
type factKey struct {
	pkg    string
	object objectpath.Path
	fact   reflect.Type
}

// A finding is a diagnostic, apart from the package it was found in.
type finding struct {
	passes.Category
	pkg, function  string
	ordinal        int // among the function's findings of the same rule and case
	position       token.Position
	endLine        int
	message        string
	path           []string
	start, endByte int // offsets, for the order
}

func newRun(suite []*analysis.Analyzer, tests bool) *run {
	r := &run{tests: tests, facts: make(map[factKey]analysis.Fact), spent: make(map[string]time.Duration)}
	seen := make(map[*analysis.Analyzer]bool)
	var add func(a *analysis.Analyzer)
	add = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, req := range a.Requires {
			add(req)
		}
		r.analyzers = append(r.analyzers, a)
	}
	for _, a := range suite {
		add(a)
	}
	return r
}

// analyse runs the analyzers over pkg: all of them if it was asked for, those
// that make facts if it is a dependency.
func (r *run) analyse(pkg *packages.Package, asked bool) {
	if len(pkg.Errors) > 0 || pkg.IllTyped {
		if asked {
			r.failed++
			for _, err := range pkg.Errors {
				r.problems = append(r.problems, fmt.Sprintf("%s: %v", pkg.ID, err))
			}
		}
		return
	}
	if asked {
		r.packages++
		r.count(pkg)
	}
	needed := r.analyzers
	if !asked {
		needed = slices.DeleteFunc(slices.Clone(needed), func(a *analysis.Analyzer) bool { return !makesFacts(r.analyzers, a) })
	}
	results := make(map[*analysis.Analyzer]any)
	for _, a := range needed {
		result, err := r.apply(a, pkg, results, asked)
		if err != nil {
			r.failed++
			r.problems = append(r.problems, fmt.Sprintf("%s: %v", pkg.ID, err))
			return // those that require it cannot run
		}
		results[a] = result
		if flow, ok := result.(*errflow.Flow); ok {
			stats := flow.Stats()
			r.engine.Funcs += stats.Funcs
			r.engine.Values += stats.Values
			r.engine.Shared += stats.Shared
			r.engine.Over += stats.Over
		}
	}
}

// makesFacts reports whether a makes facts or is required by one that does.
func makesFacts(all []*analysis.Analyzer, a *analysis.Analyzer) bool {
	return len(a.FactTypes) > 0 || slices.ContainsFunc(all, func(b *analysis.Analyzer) bool {
		return slices.Contains(b.Requires, a) && len(b.FactTypes) > 0
	})
}

// apply runs a over pkg. A panic is this package's failure, not the run's.
func (r *run) apply(a *analysis.Analyzer, pkg *packages.Package, results map[*analysis.Analyzer]any, asked bool) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s panicked: %v\n%s", a.Name, p, debug.Stack())
		}
	}()
	pass := &analysis.Pass{
		Analyzer: a, Fset: pkg.Fset, Files: pkg.Syntax,
		OtherFiles: pkg.OtherFiles, IgnoredFiles: pkg.IgnoredFiles,
		Pkg: pkg.Types, TypesInfo: pkg.TypesInfo, TypesSizes: pkg.TypesSizes, TypeErrors: pkg.TypeErrors,
		Module: moduleOf(pkg), ReadFile: os.ReadFile,
		ResultOf: make(map[*analysis.Analyzer]any),
		Report: func(d analysis.Diagnostic) {
			if asked {
				r.report(a, pkg, d)
			}
		},
	}
	for _, req := range a.Requires {
		pass.ResultOf[req] = results[req]
	}
	r.serveFacts(pass)
	begin := time.Now()
	result, err = a.Run(pass)
	if asked {
		r.spent[a.Name] += time.Since(begin)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.Name, err)
	}
	return result, nil
}

func moduleOf(pkg *packages.Package) *analysis.Module {
	if pkg.Module == nil {
		return &analysis.Module{}
	}
	return &analysis.Module{Path: pkg.Module.Path, Version: pkg.Module.Version, GoVersion: pkg.Module.GoVersion}
}

// serveFacts gives pass access to the facts.
func (r *run) serveFacts(pass *analysis.Pass) {
	object := func(obj types.Object, fact analysis.Fact) (factKey, bool) {
		if obj == nil || obj.Pkg() == nil {
			return factKey{}, false
		}
		path, err := objectpath.For(obj)
		if err != nil {
			return factKey{}, false // nothing outside the package can refer to obj
		}
		return factKey{obj.Pkg().Path(), path, reflect.TypeOf(fact)}, true
	}
	local := make(map[types.Object][]analysis.Fact) // of objects without a path
	get := func(key factKey, into analysis.Fact) bool {
		fact, ok := r.facts[key]
		if ok {
			reflect.ValueOf(into).Elem().Set(reflect.ValueOf(fact).Elem())
		}
		return ok
	}
	pass.ImportObjectFact = func(obj types.Object, fact analysis.Fact) bool {
		key, ok := object(obj, fact)
		if !ok {
			for _, f := range local[obj] {
				if reflect.TypeOf(f) == reflect.TypeOf(fact) {
					reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(f).Elem())
					return true
				}
			}
			return false
		}
		if pass.Analyzer == ctrlflow.Analyzer && neverReturns(obj) {
			return true // its fact is an empty struct
		}
		return get(key, fact)
	}
	pass.ExportObjectFact = func(obj types.Object, fact analysis.Fact) {
		if key, ok := object(obj, fact); ok {
			r.facts[key] = fact
		} else {
			local[obj] = append(local[obj], fact)
		}
	}
	pass.ImportPackageFact = func(pkg *types.Package, fact analysis.Fact) bool {
		return get(factKey{pkg.Path(), "", reflect.TypeOf(fact)}, fact)
	}
	pass.ExportPackageFact = func(fact analysis.Fact) {
		r.facts[factKey{pass.Pkg.Path(), "", reflect.TypeOf(fact)}] = fact
	}
	// None of the suite lists facts; a driver has to offer it all the same.
	pass.AllObjectFacts = func() []analysis.ObjectFact { return nil }
	pass.AllPackageFacts = func() []analysis.PackageFact { return nil }
}

// neverReturns lists functions of the standard library that do not return and
// that ctrlflow learns of by facts.
func neverReturns(obj types.Object) bool {
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	switch fn.Pkg().Path() {
	case "log":
		return strings.HasPrefix(fn.Name(), "Fatal") || strings.HasPrefix(fn.Name(), "Panic")
	case "testing":
		switch fn.Name() {
		case "Fatal", "Fatalf", "FailNow", "Skip", "Skipf", "SkipNow":
			return fn.Signature().Recv() != nil && !types.IsInterface(fn.Signature().Recv().Type())
		}
	}
	return false
}

// report keeps d.
func (r *run) report(a *analysis.Analyzer, pkg *packages.Package, d analysis.Diagnostic) {
	position := pkg.Fset.Position(d.Pos)
	if !r.tests && strings.HasSuffix(position.Filename, "_test.go") {
		return
	}
	category, err := passes.ParseCategory(d.Category)
	if err != nil {
		category = passes.Category{Rule: a.Name, Case: "contract"} // known speaks for itself
	}
	f := &finding{
		Category: category, pkg: pkg.PkgPath, function: functionAt(pkg, d.Pos),
		position: position, endLine: pkg.Fset.Position(d.End).Line, message: d.Message,
		start: position.Offset,
	}
	if d.End.IsValid() {
		f.endByte = pkg.Fset.Position(d.End).Offset
	}
	for _, step := range d.Related {
		f.path = append(f.path, fmt.Sprintf("line %d: %s", pkg.Fset.Position(step.Pos).Line, step.Message))
	}
	r.findings = append(r.findings, f)
}

// functionAt names the declaration around pos.
func functionAt(pkg *packages.Package, pos token.Pos) string {
	for _, file := range pkg.Syntax {
		if pos < file.FileStart || file.FileEnd < pos {
			continue
		}
		for _, decl := range file.Decls {
			if pos < decl.Pos() || decl.End() < pos {
				continue
			}
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Recv != nil && len(decl.Recv.List) > 0 {
					return "(" + types.ExprString(decl.Recv.List[0].Type) + ")." + decl.Name.Name
				}
				return decl.Name.Name
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if spec, ok := spec.(*ast.ValueSpec); ok && spec.Pos() <= pos && pos <= spec.End() {
						return "var " + spec.Names[0].Name
					}
				}
			}
		}
	}
	return "-"
}

// number puts findings in the order of their source and gives each its ordinal.
func number(findings []*finding) {
	slices.SortStableFunc(findings, func(a, b *finding) int {
		return cmp.Or(
			cmp.Compare(a.pkg, b.pkg), cmp.Compare(a.position.Filename, b.position.Filename),
			cmp.Compare(a.start, b.start), cmp.Compare(a.endByte, b.endByte),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Case, b.Case), cmp.Compare(a.message, b.message),
		)
	})
	type key struct{ pkg, function, rule, kind string }
	seen := make(map[key]int)
	for _, f := range findings {
		k := key{f.pkg, f.function, f.Rule, f.Case}
		seen[k]++
		f.ordinal = seen[k]
	}
}

// count adds the lines of pkg's files.
func (r *run) count(pkg *packages.Package) {
	for _, file := range pkg.Syntax {
		name := pkg.Fset.Position(file.Package).Filename
		cgo := name != pkg.Fset.PositionFor(file.Package, false).Filename
		if strings.HasSuffix(name, "_test.go") || !cgo && ast.IsGenerated(file) {
			continue
		}
		r.lines += pkg.Fset.Position(file.FileEnd).Line
	}
}
