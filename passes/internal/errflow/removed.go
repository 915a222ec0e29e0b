package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// removed reports whether the function removes what a handle stands for, whatever happens: a scratch file that
// is not given another name before.
func (fl *Flow) removed(f *Func, recv ast.Expr) bool {
	h, ok := fl.handleOf(recv)
	if !ok {
		return false
	}
	names := fl.namesOf(f, h)
	gone, kept := false, false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		kind := fl.known.Kind(call)
		if !fl.namesAny(h, names, call.Args[0]) {
			return true
		}
		switch {
		case kind&known.Remove != 0:
			gone = gone || fl.always(f, call)
		case fl.givesName(call):
			kept = true // renamed, or linked
		}
		return true
	})
	return gone && !kept
}

// namesOf collects how f writes the name of a handle's file: the argument of the call that opened it, the
// directory it was made in, and variables that hold f.Name().
func (fl *Flow) namesOf(f *Func, h handle) map[string]bool {
	names := map[string]bool{}
	for call, of := range fl.made(f.Body) {
		if of == h {
			for _, a := range call.Args {
				if b, ok := fl.info.TypeOf(a).Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 && fl.info.Types[a].Value == nil {
					names[types.ExprString(a)] = true
					if in, ok := ast.Unparen(a).(*ast.CallExpr); ok && len(in.Args) > 0 { // filepath.Join(dir, name)
						names[types.ExprString(in.Args[0])] = true
					}
				}
			}
		}
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.AssignStmt); ok && len(s.Lhs) == 1 && len(s.Rhs) == 1 && fl.namesAny(h, nil, s.Rhs[0]) {
			names[types.ExprString(s.Lhs[0])] = true
		}
		return true
	})
	return names
}

// namesAny reports whether e is f.Name() or one of the names.
func (fl *Flow) namesAny(h handle, names map[string]bool, e ast.Expr) bool {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && lastName(call.Fun) == "Name" && fl.is(h, receiverOf(call)) {
		return true
	}
	return names[types.ExprString(e)]
}

// always reports whether a call runs on every way out of f that succeeds: deferred, or in line on no failure
// path.
func (fl *Flow) always(f *Func, call *ast.CallExpr) bool {
	for _, d := range f.g.defers {
		if within(call, d.stmt) {
			lit, ok := ast.Unparen(d.stmt.Call.Fun).(*ast.FuncLit)
			return !ok || unconditional(fl, handle{}, lit.Body, call)
		}
	}
	return !f.fails(call)
}
