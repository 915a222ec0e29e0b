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

// definition returns the call that is all that e, a variable, is ever given, or nil.
func (fl *Flow) definition(e ast.Expr) *ast.CallExpr {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := fl.info.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	return fl.known.Definition(v)
}
