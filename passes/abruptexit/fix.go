package abruptexit

import (
	"go/ast"
	"go/types"
	"strconv"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix returns the error where the function can. Whoever calls it has to be ready for that: it is always to review.
func fix(m *mend.Mender, know *known.Index, v *errflow.Value, call *ast.CallExpr) *report.Fix {
	f, path, ok := m.At(call)
	if !ok {
		return nil
	}
	stmt, ok := path[1].(*ast.ExprStmt)
	if !ok || !staysUsed(f, know, call) {
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
	if text := said(f, call); text != "" {
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

// said is the text that the exit gives, if it is one without verbs.
func said(f *edits.File, call *ast.CallExpr) string {
	for _, a := range call.Args {
		if inner, ok := ast.Unparen(a).(*ast.CallExpr); ok && !f.Info.Types[inner.Fun].IsType() {
			if text := said(f, inner); text != "" {
				return text
			}
			continue
		}
		if tv := f.Info.Types[a]; tv.Value != nil && types.Identical(tv.Type.Underlying(), types.Typ[types.String]) {
			text, err := strconv.Unquote(tv.Value.ExactString())
			if err != nil {
				return ""
			}
			text = strings.TrimRight(text, " :.\n")
			for _, verb := range []string{"%v", "%s", "%w", "%+v"} {
				if head, ok := strings.CutSuffix(text, ": "+verb); ok {
					text = head
				}
			}
			if strings.Contains(text, "%") {
				return ""
			}
			return text
		}
	}
	return ""
}

// staysUsed reports whether the packages and variables that the call names are used elsewhere, where no fix of this rule
// is: Go knows no unused ones.
func staysUsed(f *edits.File, know *known.Index, call *ast.CallExpr) bool {
	missing := map[types.Object]bool{}
	ast.Inspect(call, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			switch obj := f.Info.Uses[id].(type) {
			case *types.PkgName:
				missing[obj] = true
			case *types.Var:
				if !obj.IsField() && obj.Parent() != f.Pkg.Scope() {
					missing[obj] = true
				}
			}
		}
		return true
	})
	if fn, ok := f.Function(f.Path(call)); ok {
		for v := range fn.Sig.Params().Variables() {
			delete(missing, v)
		}
	}
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && (c == call || know.NoReturn(c)) {
			return false
		}
		if id, ok := n.(*ast.Ident); ok {
			delete(missing, f.Info.Uses[id])
		}
		return true
	})
	return len(missing) == 0
}
