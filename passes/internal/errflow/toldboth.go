package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errvet/errvet/passes/internal/known"
)

// toldBoth finds the branches that tell somebody of a failure and go on, where the same is called behind them to tell of
// success, whatever happened:
//
//	if err := store(m); err != nil {
//		m.Ack(err)
//	}
//	m.Ack(nil)
func (fl *Flow) toldBoth() {
	for _, site := range fl.known.Sites() {
		if i := fl.tellsFailure(site); i >= 0 {
			fl.goesOn(site, CaseToldBoth, func(s ast.Stmt) bool { return fl.tellsSuccess(s, site, i) }, "a failure is told here", "and success here")
		}
	}
}

// tellsFailure returns the argument of a call, one that stands alone, by which it tells somebody of a failure: an error
// that is known to be one. It is -1 where there is none, in a log, and where what is called has an end that comes once,
// so that a second call changes nothing.
func (fl *Flow) tellsFailure(site known.Site) int {
	if _, alone := site.Parent().Node().(*ast.ExprStmt); !alone || site.Object == nil || site.Builtin() != "" {
		return -1
	}
	sig, ok := fl.info.TypeOf(site.Call.Fun).Underlying().(*types.Signature)
	if !ok || sig.Variadic() || sig.Params().Len() != len(site.Call.Args) {
		return -1
	}
	found := -1
	for i, a := range site.Call.Args {
		if isError(sig.Params().At(i).Type()) && !fl.info.Types[a].IsNil() {
			if found >= 0 || !fl.isFailure(site.Cursor, a) {
				return -1
			}
			found = i
		}
	}
	if found < 0 || begins(lastName(site.Call.Fun), "close", "cancel", "stop", "abort") || isCancel(fl.info.TypeOf(site.Call.Fun)) ||
		fl.known.Kind(site.Call)&(known.Log|known.Close) != 0 || fl.known.NoReturn(site.Call) {
		return -1
	}
	return found
}

// isCancel reports whether t is context.CancelCauseFunc, of which the first call counts.
func isCancel(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context"
}

// isFailure reports whether an expression is an error that is not nil at a place: one made there, one that has a name, or
// a variable of which an if around it says so.
func (fl *Flow) isFailure(at inspector.Cursor, e ast.Expr) bool {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok {
		return fl.known.AlwaysFails(call)
	}
	if _, ok := fl.known.Sentinel(e); ok {
		return true
	}
	v := fl.variable(e)
	if v == nil {
		return false
	}
	for cur := range at.Enclosing((*ast.IfStmt)(nil), (*ast.FuncLit)(nil)) {
		s, ok := cur.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		if within(at.Node(), s.Body) && fl.saysFailed(s.Cond, v) {
			return true
		}
	}
	return false
}

// saysFailed reports whether v is not nil wherever a condition holds.
func (fl *Flow) saysFailed(cond ast.Expr, v *types.Var) bool {
	return slices.ContainsFunc(operands(cond, token.LAND), func(e ast.Expr) bool { return fl.foundThere(e) == v })
}

// operands lists what an operator joins, && or ||, in a condition; the condition alone if none does.
func operands(cond ast.Expr, op token.Token) []ast.Expr {
	if b, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && b.Op == op {
		return append(operands(b.X, op), operands(b.Y, op)...)
	}
	return []ast.Expr{cond}
}

// failureIn returns the error of which a condition says that it is not nil; nil if there is none.
func (fl *Flow) failureIn(cond ast.Expr) *types.Var {
	for _, e := range operands(cond, token.LAND) {
		if v := fl.foundThere(e); v != nil && isError(v.Type()) {
			return v
		}
	}
	return nil
}

// foundThere returns the variable of which an expression says that it is not nil, or nil: err != nil.
func (fl *Flow) foundThere(e ast.Expr) *types.Var {
	x, equal := known.WithNil(fl.info, e)
	if x == nil || equal {
		return nil
	}
	return fl.variable(x)
}

// tellsSuccess reports whether a statement is the call of a site again, but for nil in the place of the error. Where the
// failure stands beside nothing, a result may stand beside success.
func (fl *Flow) tellsSuccess(s ast.Stmt, site known.Site, i int) bool {
	x, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := ast.Unparen(x.X).(*ast.CallExpr)
	if !ok || len(call.Args) != len(site.Call.Args) || !fl.info.Types[call.Args[i]].IsNil() || types.ExprString(call.Fun) != types.ExprString(site.Call.Fun) || typeutil.Callee(fl.info, call) != site.Object {
		return false
	}
	for j, a := range call.Args {
		was := site.Call.Args[j]
		if j != i && types.ExprString(a) != types.ExprString(was) && !fl.isNothing(was) {
			return false
		}
	}
	return true
}

// isNothing reports whether an expression is nil, false, 0 or an empty text, or a literal without content.
func (fl *Flow) isNothing(e ast.Expr) bool {
	e = ast.Unparen(e)
	if lit, ok := e.(*ast.CompositeLit); ok {
		return len(lit.Elts) == 0
	}
	tv := fl.info.Types[e]
	if tv.IsNil() {
		return true
	}
	if tv.Value == nil {
		return false
	}
	switch tv.Value.ExactString() {
	case `""`, "0", "false":
		return true
	}
	return false
}
