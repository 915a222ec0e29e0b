package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// cell evaluates an expression.
func (w *walk) cell(e ast.Expr, s state) cell {
	if v := w.variable(e); v != nil {
		if at, ok := w.vars[v]; ok {
			return s[at]
		}
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		c := w.result(call, 0, s)
		c.nilness = w.eval(e, s)
		return c
	}
	c := cell{nilness: w.eval(e, s), set: w.setOf(e)}
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		v, _ := w.info.Uses[sel.Sel].(*types.Var)
		c.field = v != nil && v.IsField()
	}
	return c
}

// result evaluates a result of a call.
func (w *walk) result(call *ast.CallExpr, i int, s state) cell {
	c := cell{nilness: w.resultNilness(call, i, s), call: call, result: i, from: w.comesFrom(call, s)}
	t := w.info.TypeOf(call)
	if tuple, ok := t.(*types.Tuple); ok && i < tuple.Len() {
		t = tuple.At(i).Type()
	}
	if t != nil && implementsError(t) {
		c.set = w.givenBy(call, s)
	}
	return c
}

// eval says whether an expression is nil.
func (w *walk) eval(e ast.Expr, s state) Nilness {
	e = ast.Unparen(e)
	tv := w.info.Types[e]
	if tv.IsNil() {
		return Nil
	}
	if tv.Type != nil && !nilable(tv.Type) {
		if _, tuple := tv.Type.(*types.Tuple); !tuple && !types.IsInterface(tv.Type) {
			return NonNil // a value of a concrete type makes a non-nil error
		}
	}
	switch e := e.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		if v := w.variable(e); v != nil {
			if at, ok := w.vars[v]; ok {
				return s[at].nilness
			}
		}
		if w.isSentinel(object(w.info, e)) {
			return NonNil
		}
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return NonNil
		}
	case *ast.CompositeLit, *ast.FuncLit:
		return NonNil
	case *ast.CallExpr:
		if w.info.Types[e.Fun].IsType() && len(e.Args) == 1 {
			return w.eval(e.Args[0], s)
		}
		return w.resultNilness(e, 0, s)
	}
	return Unknown
}

// resultNilness says whether a result of a call is nil.
func (w *walk) resultNilness(call *ast.CallExpr, result int, s state) Nilness {
	sub, ok := w.subject(call)
	if !ok {
		return Unknown
	}
	sig := sub.fn.Signature()
	if result >= sig.Results().Len() || !isError(sig.Results().At(result).Type()) {
		return Unknown
	}
	if w.pending[sub.fn] {
		return bottom
	}
	if _, never := w.infallible(sub, call); never {
		return Nil
	}
	if w.alwaysFails(sub, call) {
		return NonNil
	}
	if arg, ok := w.follows(sub, call); ok && arg < len(call.Args) {
		return w.eval(call.Args[arg], s)
	}
	return Unknown
}

// isSentinel reports whether obj is a package's variable that by its name
// holds an error from the start of the program to its end. One of this package
// has to be declared with a value, too.
func (f *inference) isSentinel(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	if !ok || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() || !implementsError(v.Type()) {
		return false
	}
	if v.Pkg() == f.pkg && !f.initialized[v] {
		return false
	}
	name := v.Name()
	return strings.HasPrefix(name, "Err") || strings.HasPrefix(name, "err") && len(name) > 3 && name[3] >= 'A' && name[3] <= 'Z' ||
		name == "EOF" || name == "SkipDir" || name == "SkipAll" || name == "Canceled" || name == "DeadlineExceeded"
}
