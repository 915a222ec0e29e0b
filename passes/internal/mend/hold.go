package mend

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
)

// Hold makes edits by which the error that a call makes, errors.New or fmt.Errorf with its text in place, holds cause.
func (m *Mender) Hold(f *edits.File, maker *ast.CallExpr, cause string) ([]analysis.TextEdit, bool) {
	fn := m.known.Callee(maker)
	if fn == nil || len(maker.Args) == 0 || maker.Ellipsis.IsValid() {
		return nil, false
	}
	lit, ok := ast.Unparen(maker.Args[0]).(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil, false
	}
	last := maker.Args[len(maker.Args)-1]
	switch fn.FullName() {
	case "errors.New":
		name, list, ok := f.Qualify("fmt", "Errorf", maker.Pos())
		if !ok || strings.Contains(lit.Value, "%") || !m.asksErrors(f) {
			return nil, false
		}
		list = append(list, edits.Replace(maker.Fun.Pos(), maker.Fun.End(), name+".Errorf"))
		return append(list, edits.Insert(lit.End()-1, ": %w"), edits.Insert(lit.End(), ", "+cause)), true
	case "fmt.Errorf":
		wraps := strings.Contains(lit.Value, "%w")
		if wraps && !f.Has("go1.20") {
			return nil, false
		}
		if f.Text(last) == cause && len(maker.Args) > 1 { // it is in it already, as text
			at := strings.LastIndex(lit.Value, "%")
			if at < 0 || at+1 >= len(lit.Value) || lit.Value[at+1] != 'v' && lit.Value[at+1] != 's' || strings.Contains(lit.Value, "%[") {
				return nil, false
			}
			return []analysis.TextEdit{edits.Replace(lit.Pos()+token.Pos(at)+1, lit.Pos()+token.Pos(at)+2, "w")}, true
		}
		if edits.Mentions(maker, cause) || strings.Contains(lit.Value, "%[") {
			return nil, false // in some other way
		}
		if len(maker.Args) == 1 {
			return []analysis.TextEdit{edits.Insert(lit.End()-1, ": %w"), edits.Insert(lit.End(), ", "+cause)}, true
		}
		return []analysis.TextEdit{edits.Insert(lit.End()-1, ": %w"), edits.Insert(last.End(), ", "+cause)}, true
	}
	return nil, false
}

// asksErrors reports whether the file uses package errors where no fix takes it away: outside functions, or not to make
// errors.
func (m *Mender) asksErrors(f *edits.File) bool {
	found := false
	for _, decl := range f.Syntax.Decls {
		_, inFunc := decl.(*ast.FuncDecl)
		ast.Inspect(decl, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if obj := m.info.Uses[sel.Sel]; obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "errors" {
					found = found || !inFunc || obj.Name() != "New"
				}
			}
			return !found
		})
	}
	return found
}

// Show makes edits by which a log record of a failure shows its error, too.
func (m *Mender) Show(f *edits.File, call *ast.CallExpr, name string) ([]analysis.TextEdit, bool) {
	m.logging.Do(m.findTemplates)
	if len(call.Args) == 0 || call.Ellipsis.IsValid() {
		return nil, false
	}
	end := call.Args[len(call.Args)-1].End()
	for _, t := range m.templates {
		if t.call != call {
			continue
		}
		switch t.shape {
		case printf:
			for _, a := range call.Args {
				lit, ok := ast.Unparen(a).(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					continue
				}
				if strings.HasSuffix(lit.Value, "\\n\"") || strings.HasSuffix(lit.Value, ".\"") || !strings.HasSuffix(exprName(call.Fun), "f") {
					return nil, false
				}
				if lit.End() == end {
					return []analysis.TextEdit{edits.Replace(lit.End()-1, lit.End(), ": %v"+lit.Value[len(lit.Value)-1:]+", "+name)}, true
				}
				return []analysis.TextEdit{edits.Insert(lit.End()-1, ": %v"), edits.Insert(end, ", "+name)}, true
			}
		case fields:
			zap, ok := f.PackageAt("go.uber.org/zap", call.Pos())
			return []analysis.TextEdit{edits.Insert(end, ", "+zap+".Error("+name+")")}, ok
		}
	}
	if fn := m.known.Callee(call); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "log/slog" && !strings.HasSuffix(fn.Name(), "Attrs") {
		return []analysis.TextEdit{edits.Insert(end, ", \"err\", "+name)}, true
	}
	return nil, false
}
