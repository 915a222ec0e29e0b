package mend

import (
	"go/ast"
	"go/types"
	"strconv"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/report"
)

// ReturnInstead returns an error where the program would end on it, with the text that the exit gives. Whoever calls the
// function has to be ready for that: it is always to review.
func (m *Mender) ReturnInstead(v *errflow.Value, exit *ast.CallExpr) *report.Fix {
	f, path, ok := m.At(exit)
	if !ok {
		return nil
	}
	stmt, ok := path[1].(*ast.ExprStmt)
	if !ok || !m.staysUsed(f, exit) {
		return nil
	}
	p, ok := m.Holding(v, stmt)
	if !ok {
		return nil
	}
	if _, ok := f.Spot(p.Path); !ok {
		return nil
	}
	fn, ok := f.Function(p.Path)
	if !ok {
		return nil
	}
	value, add := m.Wrapped(p, fn)
	if text := m.said(exit); text != "" {
		if fmtName, imports, ok := f.Qualify("fmt", "Errorf", stmt.Pos()); ok {
			value, add = fmtName+".Errorf("+strconv.Quote(text+": %w")+", "+p.Name+")", imports
		}
	}
	lines, ok := f.Return(fn, stmt.Pos(), value)
	if !ok {
		return nil
	}
	return &report.Fix{Message: "Return the error", Class: report.Review, Edits: append(add, edits.Replace(stmt.Pos(), stmt.End(), lines))}
}

// said is the text that a call gives, if it is one without verbs but for the last.
func (m *Mender) said(call *ast.CallExpr) string {
	for _, a := range call.Args {
		if inner, ok := ast.Unparen(a).(*ast.CallExpr); ok && !m.info.Types[inner.Fun].IsType() {
			if text := m.said(inner); text != "" {
				return text
			}
			continue
		}
		if tv := m.info.Types[a]; tv.Value != nil && isString(tv.Type) {
			text, err := strconv.Unquote(tv.Value.ExactString())
			if err != nil {
				return ""
			}
			text = strings.TrimRight(text, " :.\n")
			for _, verb := range [...]string{"%v", "%s", "%w", "%+v"} {
				text = strings.TrimSuffix(text, ": "+verb)
			}
			if strings.Contains(text, "%") {
				return ""
			}
			return text
		}
	}
	return ""
}

// staysUsed reports whether the packages and variables that an exit names are used elsewhere, where no fix takes an exit
// away: Go knows no unused ones.
func (m *Mender) staysUsed(f *edits.File, exit *ast.CallExpr) bool {
	missing := map[types.Object]bool{}
	ast.Inspect(exit, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			switch obj := m.info.Uses[id].(type) {
			case *types.PkgName:
				missing[obj] = true
			case *types.Var:
				if !obj.IsField() && obj.Parent() != m.pass.Pkg.Scope() {
					missing[obj] = true
				}
			}
		}
		return true
	})
	if fn, ok := f.Function(f.Path(exit)); ok {
		for v := range fn.Sig.Params().Variables() {
			delete(missing, v)
		}
	}
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && (call == exit || m.known.NoReturn(call)) {
			return false
		}
		if id, ok := n.(*ast.Ident); ok {
			delete(missing, m.info.Uses[id])
		}
		return true
	})
	return len(missing) == 0
}
