package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	astedge "golang.org/x/tools/go/ast/edge"
)

// handedToText reports whether an expression is handed to a function of this package that asks for the text of what it
// gets without asking whether there is any:
//
//	func denied(err error) error { return status.Error(codes.PermissionDenied, err.Error()) }
func (s *stale) handedToText(n ast.Node) bool {
	cur, ok := s.fl.cursor(n)
	if !ok {
		return false
	}
	e, i := cur.ParentEdge()
	if e != astedge.CallExpr_Args {
		return false
	}
	call := cur.Parent().Node().(*ast.CallExpr)
	fn := s.fl.known.Callee(call)
	decl := s.fl.declOf(fn)
	if decl == nil || i >= fn.Signature().Params().Len() || fn.Signature().Variadic() {
		return false
	}
	return s.fl.asksTextFirst(decl.Body.List, fn.Origin().Signature().Params().At(i))
}

// asksTextFirst reports whether statements come to ask for the text of a parameter whatever it is. What kind of error
// it is may be asked before: nil is of no kind.
func (fl *Flow) asksTextFirst(list []ast.Stmt, p *types.Var) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ReturnStmt, *ast.ExprStmt, *ast.AssignStmt:
			if fl.asksTextOf(s, p) {
				return true
			}
			if fl.leavesHere(s) || mentions(fl.info, s, p) {
				return false // handed on, or given something else
			}
		case *ast.DeclStmt:
		case *ast.IfStmt:
			if s.Init != nil && mentions(fl.info, s.Init, p) || mentions(fl.info, s.Cond, p) && !fl.asksKindOnly(s.Cond, p) {
				return false
			}
		default:
			if mentions(fl.info, s, p) {
				return false
			}
		}
	}
	return false
}

// asksTextOf reports whether a statement calls p.Error, whatever the state is.
func (fl *Flow) asksTextOf(s ast.Stmt, p *types.Var) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BinaryExpr:
			return n.Op != token.LAND && n.Op != token.LOR
		case *ast.CallExpr:
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			found = found || ok && asksText(n) && fl.variable(sel.X) == p
		}
		return !found
	})
	return found
}

// asksKindOnly reports whether a condition has p in calls of errors.Is and errors.As only.
func (fl *Flow) asksKindOnly(cond ast.Expr, p *types.Var) bool {
	call, ok := ast.Unparen(cond).(*ast.CallExpr)
	return ok && fl.known.AsksKind(call) != "" && fl.variable(call.Args[0]) == p
}
