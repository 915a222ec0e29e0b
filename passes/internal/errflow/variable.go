package errflow

import (
	"go/ast"
	"go/types"
)

// From an expression to the variable it begins with, and to what that holds.

// rootVar returns the variable that a chain of selectors begins with.
func rootVar(info *types.Info, e ast.Expr) *types.Var {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.Ident:
			v, _ := info.Uses[x].(*types.Var)
			return v
		default:
			return nil
		}
	}
}

// targetVar gives the variable through which an assignment reaches what it gives new content: m in m[k].f. Unlike
// [rootVar] it goes through elements and pointers, and takes what is declared there.
func targetVar(info *types.Info, e ast.Expr) *types.Var {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.Ident:
			v, _ := info.ObjectOf(x).(*types.Var)
			return v
		default:
			return nil
		}
	}
}

// accesses visits the places that name a variable in the order in which they are evaluated, for as long as visit says so:
// of an assignment, what is assigned before what it is assigned to.
func (fl *Flow) accesses(body ast.Node, v *types.Var, visit func(id *ast.Ident, written bool) (more bool)) {
	more := true
	var look func(n ast.Node) bool
	look = func(n ast.Node) bool {
		if !more {
			return false
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, r := range n.Rhs {
				ast.Inspect(r, look)
			}
			for _, l := range n.Lhs {
				switch {
				case !more:
				case fl.names(l, v):
					more = visit(ast.Unparen(l).(*ast.Ident), true)
				default:
					ast.Inspect(l, look)
				}
			}
			return false
		case *ast.Ident:
			if fl.info.Uses[n] == v {
				more = visit(n, false)
			}
		}
		return more
	}
	ast.Inspect(body, look)
}

// variable returns the variable that e names, or nil.
func (fl *Flow) variable(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := fl.info.Uses[id].(*types.Var)
	return v
}

// names reports whether e is the variable, be it where it is declared.
func (fl *Flow) names(e ast.Expr, v *types.Var) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && v != nil && fl.info.ObjectOf(id) == v
}

// definition returns the call that is all that e, a variable, is ever given, or nil.
func (fl *Flow) definition(e ast.Expr) *ast.CallExpr {
	v := fl.variable(e)
	if v == nil {
		return nil
	}
	return fl.known.Definition(v)
}

func (fl *Flow) assignsAny(s *ast.AssignStmt, v *types.Var) bool {
	for _, l := range s.Lhs {
		if fl.assignsTo(l, v) {
			return true
		}
	}
	return false
}

func (fl *Flow) assignsTo(l ast.Expr, v *types.Var) bool {
	switch l := ast.Unparen(l).(type) {
	case *ast.Ident:
		return fl.info.ObjectOf(l) == v
	case *ast.SelectorExpr:
		return fl.info.Uses[l.Sel] == v
	}
	return false
}
