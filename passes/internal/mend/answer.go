package mend

import (
	"go/ast"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/report"
)

// Answer is the fix of a return statement that gives nil where an error is at hand: it gives the error.
func (m *Mender) Answer(l *errflow.Loss) *report.Fix {
	stmt, ok := l.At.(*ast.ReturnStmt)
	if !ok {
		return nil
	}
	p, ok := m.Holding(l.Value, stmt)
	if !ok {
		return nil
	}
	fn, ok := p.File.Function(p.Path)
	if !ok || fn.Err < 0 || len(stmt.Results) != fn.Err+1 {
		return nil
	}
	last := stmt.Results[fn.Err]
	if id, ok := last.(*ast.Ident); !ok || id.Name != "nil" {
		return nil
	}
	value, add := m.Wrapped(p, fn)
	return &report.Fix{Message: "Return the error", Edits: append(add, edits.Replace(last.Pos(), last.End(), value)), Class: report.Review}
}
