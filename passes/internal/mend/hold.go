package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
)

// Hold makes edits by which the error that a call makes, errors.New or fmt.Errorf with its text in place, their like in
// package errors of others, or a maker of one's own that takes a format, holds cause.
func (m *Mender) Hold(f *edits.File, maker *ast.CallExpr, cause string) ([]analysis.TextEdit, bool) {
	fn := m.known.Callee(maker)
	if fn == nil || len(maker.Args) == 0 || maker.Ellipsis.IsValid() {
		return nil, false
	}
	lit, ok := ast.Unparen(maker.Args[0]).(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING || strings.ToUpper(lit.Value) == lit.Value {
		return nil, false // MISSING_ARG is a code for whoever reads it, no text to go on with
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
	sel, ok := ast.Unparen(maker.Fun).(*ast.SelectorExpr)
	if edits.Mentions(maker, cause) {
		return nil, false
	}
	if wrap := wrappers[fn.FullName()]; wrap != "" {
		if !ok || fn.Pkg().Scope().Lookup(wrap) == nil {
			return nil, false
		}
		return []analysis.TextEdit{edits.Replace(sel.Sel.Pos(), sel.Sel.End(), wrap), edits.Insert(lit.Pos(), cause+", ")}, true
	}
	if makesByFormat(fn) && !strings.Contains(lit.Value, "%[") && !strings.Contains(lit.Value, "%w") {
		return append([]analysis.TextEdit{edits.Insert(lit.End()-1, ": %v")}, behind(lit, last, ", "+cause)...), true
	}
	return nil, false
}

// behind inserts text behind the last argument of a call, which may be its text.
func behind(lit *ast.BasicLit, last ast.Expr, text string) []analysis.TextEdit {
	if last.End() == lit.End() {
		return []analysis.TextEdit{edits.Insert(lit.End(), text)}
	}
	return []analysis.TextEdit{edits.Insert(last.End(), text)}
}

// wrappers lists, for the functions that make errors, those of the same package that wrap one with the same text.
var wrappers = map[string]string{
	"github.com/pkg/errors.New":            "Wrap",
	"github.com/pkg/errors.Errorf":         "Wrapf",
	"github.com/cockroachdb/errors.New":    "Wrap",
	"github.com/cockroachdb/errors.Newf":   "Wrapf",
	"github.com/cockroachdb/errors.Errorf": "Wrapf",
}

// makesByFormat reports whether a function makes an error of a format and what belongs to it, as fmt.Errorf does: then
// what is added to both gets into its text. Whether the chain holds it, only the function knows.
func makesByFormat(fn *types.Func) bool {
	params, results := fn.Signature().Params(), fn.Signature().Results()
	if !fn.Signature().Variadic() || params.Len() != 2 || results.Len() != 1 || !strings.HasSuffix(fn.Name(), "f") || !isString(params.At(0).Type()) {
		return false
	}
	rest, ok := params.At(1).Type().(*types.Slice)
	return ok && edits.IsError(results.At(0).Type()) && isAny(rest.Elem())
}

// Beside makes edits by which a sentinel that is returned alone comes with its cause. Nobody may compare it: it has to be
// one of the package's own, which is returned, or asked for by errors.Is, and nothing else.
func (m *Mender) Beside(f *edits.File, sentinel ast.Expr, cause string) ([]analysis.TextEdit, bool) {
	id, ok := ast.Unparen(sentinel).(*ast.Ident)
	if !ok || !f.Has("go1.20") {
		return nil, false
	}
	v, ok := m.info.Uses[id].(*types.Var)
	if !ok || v.Parent() != m.pass.Pkg.Scope() || v.Exported() || !edits.IsError(v.Type()) || m.compared(v) {
		return nil, false
	}
	name, list, ok := f.Qualify("fmt", "Errorf", id.Pos())
	if !ok {
		return nil, false
	}
	return append(list, edits.Insert(id.Pos(), name+".Errorf(\"%w: %w\", "), edits.Insert(id.End(), ", "+cause+")")), true
}

// compared reports whether a variable of the package is used for anything but to be returned, or asked for by errors.Is.
func (m *Mender) compared(v *types.Var) bool {
	compared := false
	for _, file := range m.pass.Files {
		var stack []ast.Node
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				stack = stack[:len(stack)-1]
				return true
			}
			stack = append(stack, n)
			if id, ok := n.(*ast.Ident); ok && m.info.Uses[id] == v {
				switch around := stack[len(stack)-2].(type) {
				case *ast.ReturnStmt:
				case *ast.CallExpr:
					fn := m.known.Callee(around)
					compared = compared || fn == nil || fn.FullName() != "errors.Is" && fn.FullName() != "fmt.Errorf"
				default:
					compared = true
				}
			}
			return true
		})
	}
	return compared
}

// asksErrors reports whether the file uses package errors where no fix takes it away: not to make an error that loses
// its cause.
func (m *Mender) asksErrors(f *edits.File) bool {
	lost := map[ast.Node]bool{}
	for l := range errflow.Of(m.pass).Losses(errflow.LostCause) {
		lost[l.At] = true
	}
	found := false
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		if lost[n] {
			return false
		}
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if obj := m.info.Uses[sel.Sel]; obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "errors" {
				found = true
			}
		}
		return !found
	})
	return found
}
