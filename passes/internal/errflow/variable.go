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
