package mend

import (
	"go/ast"
	"go/token"

	"github.com/errvet/errvet/passes/internal/edits"
)

// Certain reports whether the tests around path[0], up to its function, say that the error in the variable of that name
// is not nil: err != nil || n == 0 does not.
func Certain(path []ast.Node, name string) bool {
	for i, n := range path[:len(path)-1] {
		switch around := path[i+1].(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		case *ast.IfStmt:
			if n == ast.Node(around.Body) && implies(around.Cond, name) || n == ast.Node(around.Else) && isNil(around.Cond, name) {
				return true
			}
		case *ast.CaseClause:
			if len(around.List) == 1 && implies(around.List[0], name) {
				return true
			}
		}
	}
	return false
}

// Doubtful reports whether a test around path[0] that asks for the error in the variable of that name leaves open whether
// there is one: err != nil || n == 0 does.
func Doubtful(path []ast.Node, name string) bool {
	for i, n := range path[:len(path)-1] {
		switch around := path[i+1].(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		case *ast.IfStmt:
			if n == ast.Node(around.Body) && edits.Mentions(around.Cond, name) {
				return !implies(around.Cond, name)
			}
		}
	}
	return false
}

// isNil reports whether a condition asks whether the variable of that name is nil, and nothing else.
func isNil(cond ast.Expr, name string) bool {
	return compares(cond, token.EQL, name)
}

// compares reports whether a condition compares the variable of that name with nil, by op, and asks nothing else.
func compares(cond ast.Expr, op token.Token, name string) bool {
	c, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && c.Op == op && isName(c.X, name) && isName(c.Y, "nil")
}

// implies reports whether a condition holds only where the variable of that name is not nil.
func implies(cond ast.Expr, name string) bool {
	switch c := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		switch c.Op {
		case token.LAND:
			return implies(c.X, name) || implies(c.Y, name)
		case token.LOR:
			return implies(c.X, name) && implies(c.Y, name)
		case token.NEQ:
			return isName(c.X, name) && isName(c.Y, "nil") || isName(c.X, "nil") && isName(c.Y, name)
		case token.EQL:
			return isName(c.X, name) && !isName(c.Y, "nil")
		}
	case *ast.CallExpr: // errors.Is(err, …), errors.As(err, …)
		kind := exprName(c.Fun)
		return (kind == "Is" || kind == "As") && len(c.Args) == 2 && isName(c.Args[0], name)
	}
	return false
}

func isName(e ast.Expr, name string) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && id.Name == name
}
