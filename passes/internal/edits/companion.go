package edits

import (
	"go/ast"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

// companions lists the packages of errvet's companion that fixes may import, in the order in which gofmt sorts them.
// As those of addable they have offsets of their own in a gap.
var companions = []string{"github.com/errvet/errvet/fault/boundary", "github.com/errvet/errvet/fault/retry"}

// addCompanion makes the edit that imports one of companions: among imports of modules where there is a run of these,
// otherwise in a run of its own at the end. It keeps away from the places where addImport may insert.
func (f *File) addCompanion(path string) (analysis.TextEdit, bool) {
	first := path == companions[0]
	quoted := strconv.Quote(path)
	decl := f.importDecl()
	if decl == nil {
		return analysis.TextEdit{}, false
	}
	if !decl.Lparen.IsValid() { // the only import: another line below
		next := f.nextLine(f.lineEnd(decl.End()))
		if !first || decl.Doc != nil || f.tok.Offset(next) > len(f.src) {
			return analysis.TextEdit{}, false
		}
		return Insert(next, "import "+quoted+"\n"), true
	}
	if !slices.ContainsFunc(decl.Specs, func(s ast.Spec) bool { return isStandard(importPath(s.(*ast.ImportSpec))) }) {
		return analysis.TextEdit{}, false // here addImport takes the places
	}
	run := f.foreign(decl)
	if len(run) == 0 {
		return f.newRun(decl, first, quoted)
	}
	at := slices.IndexFunc(run, func(s *ast.ImportSpec) bool { return importPath(s) >= path })
	if at < 0 {
		at = len(run)
	}
	if at == 0 {
		if run[0].Doc != nil {
			return analysis.TextEdit{}, false // whose comment it is nobody knows
		}
		start := f.tok.LineStart(f.Line(run[0].Pos()))
		if f.Line(decl.Lparen) == f.Line(run[0].Pos()) {
			return analysis.TextEdit{}, false
		}
		if first {
			return Insert(start, "\t"+quoted+"\n"), true
		}
		return Insert(start+1, quoted+"\n\t"), f.slice(start, start+1) == "\t"
	}
	if first {
		return Insert(f.lineEnd(run[at-1].End()), "\n\t"+quoted), true
	}
	return Insert(f.nextLine(f.lineEnd(run[at-1].End())), "\t"+quoted+"\n"), true
}

// newRun makes the edit that puts an import behind all others, unless another one may have to go there. The second of
// companions, which would need the same place as the first, stands alone.
func (f *File) newRun(decl *ast.GenDecl, first bool, quoted string) (analysis.TextEdit, bool) {
	if !first {
		return Insert(decl.End(), "\n\nimport "+quoted), f.lineEnd(decl.End()) == decl.End()
	}
	last := decl.Specs[len(decl.Specs)-1].(*ast.ImportSpec)
	start, ok := f.LineStart(decl.Rparen)
	return Insert(start, "\n\t"+quoted+"\n"), ok && f.Line(last.End())+1 == f.Line(decl.Rparen) && f.settled(last)
}

// foreign returns the run of imports that has nothing of the standard library in it: one with the companion, or else
// the first.
func (f *File) foreign(decl *ast.GenDecl) []*ast.ImportSpec {
	var found, run []*ast.ImportSpec
	mixed := false
	end := func() {
		if len(run) > 0 && !mixed && (found == nil || slices.ContainsFunc(run, isCompanion) && !slices.ContainsFunc(found, isCompanion)) {
			found = run
		}
		run, mixed = nil, false
	}
	for _, s := range decl.Specs {
		spec := s.(*ast.ImportSpec)
		begin := spec.Pos()
		if spec.Doc != nil {
			begin = spec.Doc.Pos()
		}
		if len(run) > 0 && f.Line(begin) > f.Line(run[len(run)-1].End())+1 {
			end()
		}
		run = append(run, spec)
		mixed = mixed || isStandard(importPath(spec))
	}
	end()
	return found
}

func isCompanion(s *ast.ImportSpec) bool {
	const module = "github.com/errvet/errvet/fault"
	path := importPath(s)
	return path == module || len(path) > len(module) && path[:len(module)+1] == module+"/"
}
