package unlogged

import (
	"go/ast"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix leaves a trace: a log where there is none, or the error in the one there is.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	if l.Case == errflow.CaseNoError {
		call, ok := l.At.(*ast.CallExpr)
		if !ok {
			return nil
		}
		p, ok := m.Holding(l.Value, call)
		if !ok {
			return nil
		}
		list, ok := m.Show(p.File, call, p.Name)
		if !ok {
			return nil
		}
		class := report.Safe
		if !mend.Certain(p.Path, p.Name) {
			class = report.Review // the record may be one of a failure without an error, too
		}
		return &report.Fix{Message: "Log the error, too", Edits: list, Class: class}
	}
	if block, ok := l.At.(*ast.BlockStmt); ok {
		p, ok := m.Holding(l.Value, block)
		if !ok {
			return nil
		}
		r, ok := m.Log(p)
		if !ok || len(block.List) > 0 && mend.Ends(block.List) {
			return nil
		}
		list, ok := mend.AtEnd(p.File, block, r.Lines)
		if !ok {
			return nil
		}
		return r.Fix(r.Message(), list)
	}
	p, ok := m.Holding(l.Value, l.At)
	if !ok || l.End == nil || l.End.Handler == nil || l.At.Pos() < l.End.Handler.Pos() || l.End.Handler.End() < l.At.End() {
		return nil
	}
	p.Path = mend.Statement(p.Path)
	spot, ok := p.File.Spot(p.Path)
	if !ok {
		return nil
	}
	r, ok := m.Log(p)
	if !ok || mend.Doubtful(p.Path, p.Name) {
		return nil
	}
	return r.Fix(r.Message(), spot.Before(r.Lines))
}
