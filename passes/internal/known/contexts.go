package known

import (
	"go/ast"
	"go/types"
)

// contextMaker gives the call that makes a context, and that call's function of package context, or nil. Contexts of
// which only one definition is in sight count, parameters do not.
func (x *Index) contextMaker(e ast.Expr) (*ast.CallExpr, *types.Func) {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		v, ok := x.info.Uses[id].(*types.Var)
		if !ok || x.Definition(v) == nil || !x.declared[v] {
			return nil, nil
		}
	}
	call := x.origin(e)
	if call == nil {
		return nil, nil
	}
	fn := x.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "context" {
		return nil, nil
	}
	return call, fn
}

// endless reports whether a context never ends.
func (x *Index) endless(e ast.Expr) bool {
	call, fn := x.contextMaker(e)
	if call == nil {
		return false
	}
	switch fn.Name() {
	case "Background", "TODO", "WithoutCancel":
		return true
	case "WithValue":
		return x.endless(call.Args[0])
	}
	return false
}

// timed reports whether a context ends when its time has come, as can be seen where it was made: what fails by it then
// has failed, and was not given up.
func (x *Index) timed(e ast.Expr) bool {
	call, fn := x.contextMaker(e)
	if call == nil {
		return false
	}
	switch fn.Name() {
	case "WithTimeout", "WithTimeoutCause", "WithDeadline", "WithDeadlineCause":
		return true
	case "WithValue", "WithCancel", "WithCancelCause":
		return x.timed(call.Args[0])
	}
	return false
}

// throughEndless reports whether the call fails only by contexts that never end.
func (x *Index) throughEndless(s *subject, call *ast.CallExpr) bool {
	via, ok := x.via(s, call)
	for _, e := range via {
		t := x.info.TypeOf(e)
		ok = ok && t != nil && isContext(t) && x.endless(e)
	}
	return ok
}
