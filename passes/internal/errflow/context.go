package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// contexts finds the clauses of a select that a context ends, and that return an error without the context's
// own, or success although something was still to be handed over.
func (fl *Flow) contexts(f *Func) {
	if len(f.errs) != 1 {
		return
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if _, lit := n.(*ast.FuncLit); lit {
			return false
		}
		sel, ok := n.(*ast.SelectStmt)
		if !ok {
			return true
		}
		var ended *ast.CommClause
		sends, limited := false, false
		for _, c := range sel.Body.List {
			c := c.(*ast.CommClause)
			if _, ok := c.Comm.(*ast.SendStmt); ok {
				sends = true
			}
			if ctx := fl.doneOf(c.Comm); ctx != nil {
				ended, limited = c, fl.limited(ctx)
			}
		}
		if ended == nil {
			return true
		}
		r, ok := lastStmt(ended.Body).(*ast.ReturnStmt)
		if !ok || len(r.Results) <= f.errs[0] {
			return true
		}
		l := &Loss{Class: LostCause, At: r, Strict: f.Support || !limited, Value: &Value{Func: f, Origin: FromNothing, Node: ended.Comm}}
		x := ast.Unparen(r.Results[f.errs[0]])
		switch call, made := x.(*ast.CallExpr); {
		case fl.info.Types[x].IsNil():
			if !sends || f.Role == Goroutine {
				return true
			}
			l.Case, l.Strict = CaseEnded, true // a reader who goes away on purpose is owed nothing
		case made && fl.known.AlwaysFails(call) && !fl.asksContext(ended) && !fl.carriesError(call):
			l.Case = CaseContext
		default:
			return true
		}
		fl.losses[LostCause] = append(fl.losses[LostCause], l)
		return true
	})
}

// doneOf returns the variable of the context whose end a clause waits for.
func (fl *Flow) doneOf(comm ast.Stmt) *types.Var {
	x, ok := comm.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	u, ok := ast.Unparen(x.X).(*ast.UnaryExpr)
	if !ok || u.Op != token.ARROW {
		return nil
	}
	call, ok := ast.Unparen(u.X).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && s.Sel.Name == "Done" && isContext(fl.info.TypeOf(s.X)) {
		v, _ := objectOf(fl.info, s.X).(*types.Var)
		return v
	}
	return nil
}

// asksContext reports whether a clause asks a context for its error or its cause.
func (fl *Flow) asksContext(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			found = found || (s.Sel.Name == "Err" || s.Sel.Name == "Cause")
		}
		return !found
	})
	return found
}

// limited reports whether this function set the time that a context has: then its end is a failure of its own, a time
// that ran out, beside that of the caller who no longer wants the answer, and nobody can tell them apart without the
// context's error. Of a caller's context, and one in a field, it is mostly clear which of them it was.
func (fl *Flow) limited(ctx *types.Var) bool {
	def := fl.known.Definition(ctx)
	if def == nil {
		return false
	}
	fn := fl.known.Callee(def)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "context" && (strings.HasPrefix(fn.Name(), "WithTimeout") || strings.HasPrefix(fn.Name(), "WithDeadline"))
}
