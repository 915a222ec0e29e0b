package lostcause

import (
	"go/ast"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix lets the new error hold the one that caused it. Callers can ask for its kind then, which may not be what its
// author wants to promise: it is always to review.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	if l.Case != errflow.CaseReplaced && l.Case != errflow.CaseAsked && l.Case != errflow.CaseFlattened {
		return nil
	}
	p, ok := m.Holding(l.Value, l.At)
	if !ok {
		return nil
	}
	var makers []*ast.CallExpr
	switch at := l.At.(type) {
	case *ast.CallExpr:
		makers = append(makers, at)
	case *ast.ReturnStmt:
		for _, e := range at.Results {
			if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
				makers = append(makers, call)
			}
		}
	}
	for _, maker := range makers {
		if list, ok := m.Hold(p.File, maker, p.Name); ok {
			return &report.Fix{Message: "Wrap the cause", Edits: list, Class: report.Review}
		}
	}
	return nil
}
