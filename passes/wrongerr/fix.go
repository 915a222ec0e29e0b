package wrongerr

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

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
	case errflow.CaseNilWrapped:
		return withoutCause(m, l)
	}
	return nil
}

// withoutCause takes the cause that there is none of out of a new error, with its verb.
func withoutCause(m *mend.Mender, l *errflow.Loss) *report.Fix {
	f, path, ok := m.At(l.At)
	if !ok || len(path) < 2 {
		return nil
	}
	cause, ok := path[0].(*ast.Ident)
	call, isCall := path[1].(*ast.CallExpr)
	if !ok || !isCall || len(call.Args) < 2 || call.Args[len(call.Args)-1] != ast.Expr(cause) || types.ExprString(call.Fun) != "fmt.Errorf" {
		return nil
	}
	lit, ok := call.Args[0].(*ast.BasicLit)
	fn, isFunc := f.Function(path)
	if !ok || !isFunc || !m.Elsewhere(fn, cause, mend.Statement(path)[0].(ast.Stmt)) {
		return nil
	}
	for _, n := range path {
		if s, ok := n.(*ast.IfStmt); ok && edits.Mentions(s.Cond, cause.Name) {
			return nil // it may be the test that is wrong
		}
	}
	quote := lit.Value[len(lit.Value)-1:]
	for _, verb := range []string{": %w", ": %v", ": %s"} {
		if head, ok := strings.CutSuffix(lit.Value, verb+quote); ok && !strings.Contains(lit.Value, "%[") {
			return &report.Fix{Message: "Take out the cause", Class: report.Review, Edits: []analysis.TextEdit{
				edits.Replace(lit.Pos()+token.Pos(len(head)), lit.End(), quote),
				edits.Replace(call.Args[len(call.Args)-2].End(), cause.End(), ""),
			}}
		}
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
