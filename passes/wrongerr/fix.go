package wrongerr

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix puts the error at hand in the place of the one that is nil. Both stand where a failure is told, so that nothing
// changes without one.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	switch l.Case {
	case errflow.CaseOther:
		if l.End == nil {
			return nil
		}
		stmt, ok := l.End.Exit()
		if !ok || len(stmt.Results) == 0 {
			return nil
		}
		id, ok := ast.Unparen(stmt.Results[len(stmt.Results)-1]).(*ast.Ident)
		if !ok || id.Name != l.Other() {
			return nil
		}
		p, ok := m.Holding(l.Value, stmt)
		if !ok || p.Name == id.Name {
			return nil
		}
		return instead(id, p.Name)
	case errflow.CaseInstead:
		id, ok := l.At.(*ast.Ident)
		if !ok || l.AtHand == "" || l.AtHand == id.Name {
			return nil
		}
		f, path, ok := m.At(id)
		if !ok || !errorHere(f, path, l.AtHand) {
			return nil
		}
		return instead(id, l.AtHand)
	}
	return nil
}

func instead(id *ast.Ident, name string) *report.Fix {
	return &report.Fix{
		Message: "Use " + name + " instead", Class: report.Safe,
		Edits: []analysis.TextEdit{edits.Replace(id.Pos(), id.End(), name)},
	}
}

// errorHere reports whether text means an error where path begins.
func errorHere(f *edits.File, path []ast.Node, text string) bool {
	tv, err := types.Eval(f.Fset, f.Pkg, path[0].Pos(), text)
	return err == nil && tv.Type != nil && edits.IsError(tv.Type)
}
