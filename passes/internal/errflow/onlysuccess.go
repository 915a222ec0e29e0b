package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
)

// needsSuccess returns the statement behind the branch for success that reaches into what only that branch makes: a
// variable declared without a value, which nobody compares with nil, is nil there after a failure.
//
//	var conn *Conn
//	if conf, err := load(); err == nil {
//		conn = dial(conf)
//	}
//	conn.Send()
func (fl *Flow) needsSuccess(v *Value, e *End) ast.Stmt {
	if e.nilBody == nil {
		return nil
	}
	cur, ok := fl.cursor(e.nilBody)
	if !ok {
		return nil
	}
	for _, s := range bodyOf(e.nilBody) {
		assign, ok := s.(*ast.AssignStmt)
		if !ok || assign.Tok != token.ASSIGN {
			continue
		}
		for _, l := range assign.Lhs {
			if made := fl.variable(l); made != nil && fl.nilUntil(made, v.Func, e.nilBody) {
				if use := fl.reachedBehind(v, cur, made); use != nil {
					return use
				}
			}
		}
	}
	return nil
}

// reachedBehind returns the statement behind a branch that reaches into a variable, whatever the state is.
func (fl *Flow) reachedBehind(v *Value, cur inspector.Cursor, made *types.Var) ast.Stmt {
	replaced := false
	return fl.behindBody(cur, func(s ast.Stmt) bool {
		if !replaced && fl.usesAlways(s, made) && fl.reachesInto(v, s, func(x ast.Expr) bool { return fl.variable(x) == made }) {
			return true
		}
		replaced = replaced || fl.putsAnother(s, made)
		return false
	})
}

// nilUntil reports whether a local variable of f's is nil up to a branch, if the one before it that leads there was not
// taken: it is declared without a value, and given none further up. Who compares it with nil has thought of that.
func (fl *Flow) nilUntil(made *types.Var, f *Func, branch ast.Node) bool {
	switch made.Type().Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature:
	default:
		return false
	}
	if fl.comparedWithNil(made) {
		return false
	}
	empty, given := false, false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for _, name := range n.Names {
				empty = empty || fl.info.Defs[name] == made && len(n.Values) == 0
			}
		case *ast.AssignStmt:
			given = given || n.Pos() < branch.Pos() && fl.assignsAny(n, made)
		case *ast.UnaryExpr: // whoever has its address may give it something
			given = given || n.Op == token.AND && fl.variable(n.X) == made
		}
		return !given
	})
	return empty && !given
}
