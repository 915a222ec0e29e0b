package lostcause

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix lets the new error hold the one that caused it. Callers can ask for its kind then, which may not be what its
// author wants to promise: it is always to review.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	var f *edits.File
	var cause string
	switch l.Case {
	case errflow.CaseReplaced, errflow.CaseAsked, errflow.CaseFlattened:
		p, ok := m.Holding(l.Value, l.At)
		if !ok || l.Case == errflow.CaseReplaced && !mend.Certain(p.Path, p.Name) {
			return nil // a %w of nil is none
		}
		f, cause = p.File, p.Name
	case errflow.CaseContext, errflow.CaseEnded:
		file, _, ok := m.At(l.At)
		if !ok {
			return nil
		}
		if f, cause = file, ended(file, l.Value.Node, l.At); cause == "" {
			return nil
		}
	default:
		return nil
	}
	var made []ast.Expr
	switch at := l.At.(type) {
	case *ast.CallExpr:
		made = append(made, at)
	case *ast.ReturnStmt:
		made = at.Results
	}
	for _, e := range made {
		if l.Case == errflow.CaseEnded && f.Info.Types[e].IsNil() && e == made[len(made)-1] {
			return &report.Fix{Message: "Return the reason", Edits: []analysis.TextEdit{edits.Replace(e.Pos(), e.End(), cause)}, Class: report.Review}
		}
		list, ok := m.Beside(f, e, cause)
		if maker, isCall := ast.Unparen(e).(*ast.CallExpr); isCall {
			list, ok = m.Hold(f, maker, cause)
		}
		if ok {
			return &report.Fix{Message: "Wrap the cause", Edits: list, Class: report.Review}
		}
	}
	return nil
}

// ended spells, as it reads at a return, why the context ended whose end the communication waits for; "" if that cannot
// be said.
func ended(f *edits.File, wait, at ast.Node) string {
	var ctx *ast.Ident
	ast.Inspect(wait, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Done" {
			ctx, _ = ast.Unparen(sel.X).(*ast.Ident)
		}
		return true
	})
	if ctx == nil || f.At(ctx.Name, at.Pos()) != f.Info.Uses[ctx] {
		return ""
	}
	if name, ok := f.PackageAt("context", at.Pos()); ok && f.Has("go1.20") {
		return name + ".Cause(" + ctx.Name + ")"
	}
	return ctx.Name + ".Err()"
}
