package lostclose

import (
	"go/ast"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix looks at the error where the call stands, or asks for the one that it leaves behind.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	switch l.Case {
	case errflow.CaseNeverCalled:
		return nil
	case errflow.CaseSticky:
		return ask(m, l)
	}
	return m.Take(l)
}

// ask asks a writer for its error behind the call that flushes it.
func ask(m *mend.Mender, l *errflow.Loss) *report.Fix {
	f, path, ok := m.At(l.Value.Call)
	if !ok {
		return nil
	}
	sel, ok := l.Value.Call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Flush" {
		return nil
	}
	if _, ok := path[1].(*ast.ExprStmt); !ok || !f.Predeclared(sel.Pos(), "nil") {
		return nil
	}
	p := mend.Place{File: f, Path: path[1:], Call: l.Value.Call}
	spot, ok := f.Spot(p.Path)
	if !ok {
		return nil
	}
	r, ok := m.Remedy(p)
	if !ok {
		return nil
	}
	return r.Fix(r.Message(), spot.Behind("if "+r.Name+" := "+f.Text(sel.X)+".Error(); "+mend.If(r.Name, r.Lines)[len("if "):]))
}
