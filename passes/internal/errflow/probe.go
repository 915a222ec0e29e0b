package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// probes reports whether v's call has results beside the error, and takes none of them: it is made to see how it
// goes, so that the kind of error that is asked for is the whole question.
func (fl *Flow) probes(v *Value) bool {
	taken := fl.takenBy(v)
	if len(taken) < 2 {
		return false
	}
	for _, l := range taken {
		if t := fl.info.TypeOf(l); !isBlank(l) && (t == nil || !isError(t)) {
			return false
		}
	}
	return true
}

// takenBy returns what the results of v's call are assigned to.
func (fl *Flow) takenBy(v *Value) []ast.Expr {
	if v.Call == nil {
		return nil
	}
	cur, ok := fl.cursor(v.Call)
	if !ok {
		return nil
	}
	if a, ok := cur.Parent().Node().(*ast.AssignStmt); ok && len(a.Rhs) == 1 {
		return a.Lhs
	}
	return nil
}

// inside reports whether v's callee is there to be looked at, and fails by nothing that happens outside the program:
// which errors it gives is known to whoever wrote the call.
func (fl *Flow) inside(v *Value) bool {
	if v.Call == nil || fl.outside(v) {
		return false
	}
	if v.Callee == nil {
		return fl.closure(v) != nil
	}
	if recv := v.Callee.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		if v.Callee.Pkg() == nil || known.IsStandard(v.Callee.Pkg().Path()) {
			return false
		}
		_, seen := fl.known.Summary(v.Callee) // by the types of its package that have the method
		return seen
	}
	body := fl.bodyOfCallee(v)
	return body == nil || !fl.asksUnseen(body)
}

// asksUnseen reports whether a function may get an error from what cannot be seen: a function value, or a method of
// an interface.
func (fl *Flow) asksUnseen(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found && fl.known.ErrorResult(call) >= 0 {
			fn := fl.known.Callee(call)
			if fn == nil {
				found = true
			} else if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
				_, never := fl.known.Infallible(call)
				found = !never
			}
		}
		return !found
	})
	return found
}

// wholeResult reports whether v's call is assigned to what the function gives back as a whole: a later turn's result
// takes the place of the one before, and its error that of the error.
func (fl *Flow) wholeResult(v *Value) bool {
	taken := fl.takenBy(v)
	if len(taken) < 2 {
		return false
	}
	results := map[types.Object]bool{}
	for r := range v.Func.Sig.Results().Variables() {
		results[r] = true
	}
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok && v.home != nil && v.home.v != nil && mentions(fl.info, r, v.home.v) {
			for _, e := range r.Results {
				if id, ok := ast.Unparen(e).(*ast.Ident); ok {
					results[fl.info.Uses[id]] = true
				}
			}
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	for _, l := range taken {
		id, ok := ast.Unparen(l).(*ast.Ident)
		if !ok || id.Name == "_" || !results[fl.info.ObjectOf(id)] {
			return false
		}
	}
	return true
}

// askedBeside reports whether between v's call and what takes its error's place a condition asks what the call gave
// beside the error, where that is no variable of its own, or asks for the error together with something else that
// leads the same way: how it went is known by that.
func (fl *Flow) askedBeside(v *Value, e *End) bool {
	if v.Call == nil {
		return false
	}
	given := map[string]bool{}
	for _, l := range fl.takenBy(v) {
		if _, plain := ast.Unparen(l).(*ast.Ident); !plain {
			given[types.ExprString(ast.Unparen(l))] = true
		}
	}
	for _, arg := range v.Call.Args {
		if u, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && u.Op == token.AND {
			given[types.ExprString(u.X)] = true
		}
	}
	found := false
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.IfStmt)
		if !ok || found {
			return !found
		}
		if s.Cond.Pos() > v.Call.End() && s.Pos() < e.Node.End() {
			found = fl.asksAny(s.Cond, given) || v.home != nil && v.home.v != nil && eitherAsks(fl.info, s.Cond, v.home.v)
		}
		return !found
	})
	return found
}

// asksAny reports whether cond holds one of the expressions.
func (fl *Flow) asksAny(cond ast.Expr, given map[string]bool) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && len(given) > 0 {
			found = found || given[types.ExprString(e)]
		}
		return !found
	})
	return found
}

// eitherAsks reports whether v is asked on one side of an ||.
func eitherAsks(info *types.Info, cond ast.Expr, v *types.Var) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && b.Op == token.LOR && mentions(info, b, v)
}
