package errflow

import (
	"go/ast"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
)

// Errors in whose place that of tidying up is told.

// tidied reports whether the handler assigns the error of tidying up over the one that it is entered for, so that success
// is told where what was left could be removed. Where the same is tried again behind that, to make way was the purpose.
func (fl *Flow) tidied(v *Value, e *End) bool {
	next := e.op.val
	if !inHandler(e) || next == nil || next.Call == nil || v.Callee == nil || e.Acts&Unmatched != 0 {
		return false
	}
	if fl.known.Kind(next.Call)&(known.Remove|known.Rollback|known.Close) == 0 || fl.calledBack(e) {
		return false
	}
	again := false
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && call.Pos() > next.Call.End() && fl.known.Callee(call) == v.Callee {
			again = true
		}
		return !again
	})
	return !again && v.Callee != next.Callee
}

// calledBack reports whether the handler, above where the error gets lost, hands an error to a function if there is one: on
// the way that leads past it, nobody wants to know.
//
//	if onError != nil {
//		onError(err)
//	}
func (fl *Flow) calledBack(e *End) bool {
	found := false
	ast.Inspect(e.Handler, func(n ast.Node) bool {
		s, ok := n.(*ast.IfStmt)
		if !ok || found || s.End() > e.Node.Pos() {
			return !found
		}
		fn, equal := known.WithNil(fl.info, s.Cond)
		if fn == nil || equal || s.Else != nil {
			return true
		}
		h, ok := fl.handleOf(fn)
		if !ok {
			return true
		}
		for _, s := range s.Body.List {
			x, ok := s.(*ast.ExprStmt)
			if !ok {
				continue
			}
			call, ok := ast.Unparen(x.X).(*ast.CallExpr)
			found = found || ok && fl.is(h, call.Fun) && slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return isError(fl.info.TypeOf(a)) })
		}
		return !found
	})
	return found
}
