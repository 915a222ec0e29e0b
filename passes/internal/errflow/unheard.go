package errflow

import (
	"go/ast"
	"go/types"
	"slices"
)

// Errors that callers throw away.

// givenAway reports whether nobody takes what a call gives that gives an error.
func (fl *Flow) givenAway(call *ast.CallExpr) bool {
	if fl.known.ErrorResult(call) < 0 {
		return false
	}
	return fl.dropped(call) || fl.allBlank(call)
}

// allBlank reports whether all that a call gives is assigned to _.
func (fl *Flow) allBlank(call *ast.CallExpr) bool {
	cur, ok := fl.cursor(call)
	if !ok {
		return false
	}
	s, ok := cur.Parent().Node().(*ast.AssignStmt)
	return ok && !slices.ContainsFunc(s.Lhs, func(l ast.Expr) bool { return !isBlank(l) })
}

// unheardOf reports whether nobody takes what an unexported function of this package gives: whatever it answers is
// without effect.
func (fl *Flow) unheardOf(f *Func) bool {
	if f.Obj == nil || f.Obj.Exported() {
		return false
	}
	calls := fl.callsOf(f.Obj)
	for _, cur := range calls {
		if call, ok := cur.Node().(*ast.CallExpr); !ok || !fl.givenAway(call) {
			return false
		}
	}
	if len(calls) == 0 {
		return false
	}
	mentioned := 0
	for _, obj := range fl.info.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Origin() == f.Obj {
			mentioned++
		}
	}
	return mentioned == len(calls)
}

// blankError reports whether the error of a call is assigned to _.
func (fl *Flow) blankError(call *ast.CallExpr) bool {
	cur, ok := fl.cursor(call)
	if !ok {
		return true
	}
	s, ok := cur.Parent().Node().(*ast.AssignStmt)
	i := fl.known.ErrorResult(call)
	return ok && len(s.Rhs) == 1 && i < len(s.Lhs) && isBlank(s.Lhs[i])
}
