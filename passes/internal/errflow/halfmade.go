package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// usesHalfMade returns the statement behind a handler that uses what a call failed to decode, where the handler does no
// more than to close something: whoever closes what the data came from, or what the answer was to go to, is done with
// both, and only forgot to leave:
//
//	if err := json.Unmarshal(data, &m); err != nil {
//		conn.Close()
//	}
//	switch m.Kind {
func (fl *Flow) usesHalfMade(v *Value, e *End) ast.Stmt {
	if v.Call == nil || v.Callee == nil || !known.Decodes(v.Callee) || !fl.closesOnly(bodyOf(e.Handler)) {
		return nil
	}
	target := fl.target(v.Call)
	cur, ok := fl.cursor(e.Handler)
	if target == nil || !ok {
		return nil
	}
	replaced := false
	return fl.behindBody(cur, func(s ast.Stmt) bool {
		if !replaced && fl.asks(s, target, v.home) {
			return true
		}
		replaced = replaced || fl.putsAnother(s, target)
		return false
	})
}

// closesOnly reports whether the statements of a handler close something, and do nothing else.
func (fl *Flow) closesOnly(body []ast.Stmt) bool {
	for _, s := range body {
		var call *ast.CallExpr
		switch s := s.(type) {
		case *ast.ExprStmt:
			call, _ = ast.Unparen(s.X).(*ast.CallExpr)
		case *ast.AssignStmt: // _ = conn.Close()
			if len(s.Lhs) == 1 && isBlank(s.Lhs[0]) {
				call, _ = ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
			}
		}
		if call == nil || fl.known.Kind(call)&known.Close == 0 {
			return false
		}
	}
	return len(body) > 0
}

// target returns the local variable that a call decodes into: the last of its arguments that is a pointer.
func (fl *Flow) target(call *ast.CallExpr) *types.Var {
	for i := len(call.Args) - 1; i >= 0; i-- {
		a := ast.Unparen(call.Args[i])
		if u, ok := a.(*ast.UnaryExpr); ok {
			return fl.variable(u.X)
		}
		if v := fl.variable(a); v != nil {
			if _, ok := v.Type().Underlying().(*types.Pointer); ok {
				return v
			}
		}
	}
	return nil
}

// asks reports whether a statement that always runs, or the head of one that branches, reads v, and does not ask for the
// error of failed beside it.
func (fl *Flow) asks(s ast.Stmt, v *types.Var, failed *place) bool {
	switch s := s.(type) {
	case *ast.AssignStmt:
		return !fl.putsAnother(s, v) && fl.usesAlways(s, v)
	case *ast.SwitchStmt:
		return s.Init != nil && fl.asks(s.Init, v, failed) || s.Tag != nil && mentions(fl.info, s.Tag, v)
	case *ast.IfStmt:
		if s.Init != nil && fl.asks(s.Init, v, failed) {
			return true
		}
		return mentions(fl.info, s.Cond, v) && (failed == nil || failed.v == nil || !mentions(fl.info, s.Cond, failed.v))
	}
	return fl.usesAlways(s, v)
}

// putsAnother reports whether a statement in n gives v something else.
func (fl *Flow) putsAnother(n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.AssignStmt); ok && fl.assignsAny(s, v) {
			found = true
		}
		return !found
	})
	return found
}
