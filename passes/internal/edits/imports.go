package edits

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// addable lists the packages that fixes may import, in the order in which gofmt sorts them. Each has an offset of its
// own in a gap between two imports, so that two that go into one gap keep their order in any driver.
var addable = []string{"errors", "fmt", "runtime/debug"}

// Qualify returns the name under which the file has a package with the function fn, as it reads at pos, and the edits
// that import it if the file does not yet. The name of the package decides, not its path: where errors is
// github.com/pkg/errors, that package is used if it has the function.
func (f *File) Qualify(path_, fn string, pos token.Pos) (name string, add []analysis.TextEdit, ok bool) {
	for _, spec := range f.Syntax.Imports {
		p := f.imported(spec)
		if p == nil || p.Imported().Path() != path_ && p.Name() != path.Base(path_) {
			continue
		}
		if p.Name() == "_" || p.Name() == "." {
			continue
		}
		if p.Imported().Path() != path_ && !sameFunc(p.Imported(), fn) {
			return "", nil, false // another package has the name
		}
		if f.At(p.Name(), pos) != p {
			return "", nil, false // shadowed
		}
		return p.Name(), nil, true
	}
	name = path.Base(path_)
	if f.At(name, pos) != nil || f.Pkg.Scope().Lookup(name) != nil {
		return "", nil, false
	}
	var edit analysis.TextEdit
	switch {
	case slices.Contains(addable, path_):
		edit, ok = f.addImport(path_)
	case slices.Contains(companions, path_):
		edit, ok = f.addCompanion(path_)
	}
	return name, []analysis.TextEdit{edit}, ok
}

// PackageAt returns the name by which the package of that path reads at pos, if the file imports it.
func (f *File) PackageAt(path_ string, pos token.Pos) (string, bool) {
	for _, spec := range f.Syntax.Imports {
		if p := f.imported(spec); p != nil && p.Imported().Path() == path_ && f.At(p.Name(), pos) == p {
			return p.Name(), true
		}
	}
	return "", false
}

// sameFunc reports whether another package has a function of the standard library's name that does the same. Of the
// errors packages in use, those that have Is, As and Join mean the standard library's.
func sameFunc(pkg *types.Package, fn string) bool {
	f, ok := pkg.Scope().Lookup(fn).(*types.Func)
	if !ok || pkg.Name() != "errors" || f.Signature().TypeParams() != nil {
		return false
	}
	text := "" // the types alone, without the names of the parameters
	for v := range f.Signature().Params().Variables() {
		text += types.TypeString(types.Unalias(v.Type()), nil) + " "
	}
	for v := range f.Signature().Results().Variables() {
		text += "-> " + types.TypeString(v.Type(), nil)
	}
	return strings.ReplaceAll(text, "interface{}", "any") == signatures[fn]
}

var signatures = map[string]string{
	"Is":   "error error -> bool",
	"As":   "error any -> bool",
	"Join": "[]error -> error",
}

func (f *File) imported(spec *ast.ImportSpec) *types.PkgName {
	obj := f.Info.Implicits[spec]
	if spec.Name != nil {
		obj = f.Info.Defs[spec.Name]
	}
	p, _ := obj.(*types.PkgName)
	return p
}

// addImport makes the edit that imports a package of the standard library.
func (f *File) addImport(path string) (analysis.TextEdit, bool) {
	rank := slices.Index(addable, path)
	quoted := strconv.Quote(path)
	decl := f.importDecl()
	switch {
	case decl == nil:
		end := f.lineEnd(f.Syntax.Name.End())
		switch rank {
		case 0:
			return Insert(end, "\n\nimport "+quoted), true
		case 1:
			if f.tok.Offset(end)+1 <= len(f.src) {
				return Insert(end+1, "\nimport "+quoted+"\n"), true
			}
		}
		return analysis.TextEdit{}, false
	case !decl.Lparen.IsValid():
		switch {
		case rank == 0 && decl.Doc == nil:
			return Insert(decl.Pos(), "import "+quoted+"\n"), true
		case rank == 1:
			return Insert(f.lineEnd(decl.End()), "\nimport "+quoted), true
		}
		return analysis.TextEdit{}, false
	}
	// The gap behind the last import of the first section of standard packages that sorts before path.
	section := f.section(decl)
	if len(section) == 0 || f.Line(decl.Lparen) == f.Line(section[0].Pos()) {
		return analysis.TextEdit{}, false
	}
	at := slices.IndexFunc(section, func(s *ast.ImportSpec) bool { return importPath(s) >= path })
	if at < 0 {
		at = len(section)
	}
	var before token.Pos // the end of the line that the gap follows
	switch {
	case at > 0:
		before = f.lineEnd(section[at-1].End())
	case section[0].Doc != nil:
		return analysis.TextEdit{}, false // whose comment it is nobody knows
	default:
		before = f.tok.LineStart(f.Line(section[0].Pos())) - 1
	}
	switch rank {
	case 0:
		return Insert(before, "\n\t"+quoted), true
	case 1:
		return Insert(before+1, "\t"+quoted+"\n"), true
	}
	if next := f.tok.Offset(before) + 1; next < len(f.src) && f.src[next] == '\t' {
		return Insert(before+2, quoted+"\n\t"), true
	}
	// At the end of the section there is no such place, but room where none of the others can have to go.
	return Insert(before, "\n\t"+quoted), at > 0 && f.settled(section[at-1])
}

// settled reports whether no import that sorts behind spec but before runtime/debug will ever be added to the file.
func (f *File) settled(spec *ast.ImportSpec) bool {
	for _, path := range addable[:2] {
		if importPath(spec) < path && !slices.ContainsFunc(f.Syntax.Imports, func(s *ast.ImportSpec) bool { return importPath(s) == path }) {
			return false
		}
	}
	return true
}

// importDecl returns the declaration that gets a new import: the first in parentheses, or else the first. That of
// cgo is nobody else's.
func (f *File) importDecl() *ast.GenDecl {
	var first *ast.GenDecl
	for _, decl := range f.Syntax.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			break
		}
		if slices.ContainsFunc(d.Specs, func(s ast.Spec) bool { return importPath(s.(*ast.ImportSpec)) == "C" }) {
			continue
		}
		if d.Lparen.IsValid() && len(d.Specs) > 0 {
			return d
		}
		if first == nil && !d.Lparen.IsValid() {
			first = d
		}
	}
	return first
}

// section returns the imports of the first run of lines that holds one of the standard library, or of the first run.
func (f *File) section(decl *ast.GenDecl) []*ast.ImportSpec {
	var first, run []*ast.ImportSpec
	standard := false
	for _, s := range decl.Specs {
		spec := s.(*ast.ImportSpec)
		begin := spec.Pos()
		if spec.Doc != nil {
			begin = spec.Doc.Pos()
		}
		if len(run) > 0 && f.Line(begin) > f.Line(run[len(run)-1].End())+1 {
			if standard {
				return run
			}
			if first == nil {
				first = run
			}
			run = nil
		}
		run = append(run, spec)
		standard = standard || isStandard(importPath(spec))
	}
	if standard || first == nil {
		return run
	}
	return first
}

func isStandard(path string) bool {
	for i := range len(path) {
		switch path[i] {
		case '.':
			return false
		case '/':
			return true
		}
	}
	return true
}

func importPath(spec *ast.ImportSpec) string {
	p, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return p
}
