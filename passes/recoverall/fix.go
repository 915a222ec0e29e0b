package recoverall

import (
	"go/ast"

	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix logs the panic that a call of recover throws away, with the stack: nothing changes unless there is one.
func fix(m *mend.Mender, call *ast.CallExpr) *report.Fix {
	f, path, ok := m.At(call)
	if !ok {
		return nil
	}
	stmt := path[1]
	p := mend.Place{File: f, Path: path[1:], Name: "r", Call: call}
	spot, ok := f.Spot(p.Path)
	if !ok || !f.Predeclared(call.Pos(), "nil", "string") {
		return nil
	}
	line, add, ok := m.Panic(p)
	if !ok {
		return nil
	}
	list := add
	switch stmt := stmt.(type) {
	case *ast.ExprStmt:
		list = append(list, spot.If("r := ", "r != nil", line)...)
	case *ast.AssignStmt:
		if len(stmt.Lhs) != 1 || len(stmt.Rhs) != 1 || stmt.Rhs[0] != ast.Expr(call) {
			return nil
		}
		if id, ok := stmt.Lhs[0].(*ast.Ident); !ok || id.Name != "_" {
			return nil
		}
		list = append(list, spot.Test(call.Pos(), "r := ", "r != nil", line)...)
	default:
		return nil
	}
	return &report.Fix{Message: "Log the panic and its stack", Edits: list, Class: report.Safe}
}
