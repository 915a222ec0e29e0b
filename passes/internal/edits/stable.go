package edits

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Stable reports whether the function and the arguments of a call are the same whenever they are evaluated in fn, so
// that a deferred call may move into a closure.
func (f *File) Stable(fn *Function, call *ast.CallExpr) bool {
	if call.Ellipsis.IsValid() || !f.stable(fn, call.Fun, true) {
		return false
	}
	for _, a := range call.Args {
		if !f.stable(fn, a, false) {
			return false
		}
	}
	return true
}

func (f *File) stable(fn *Function, e ast.Expr, called bool) bool {
	if f.Info.Types[e].Value != nil {
		return true // a constant
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit, *ast.FuncLit:
		return true
	case *ast.IndexExpr:
		tv := f.Info.Types[e.Index]
		return called && tv.IsType() && f.stable(fn, e.X, true)
	case *ast.SelectorExpr:
		if id, ok := e.X.(*ast.Ident); ok {
			if _, ok := f.Info.Uses[id].(*types.PkgName); ok {
				_, variable := f.Info.Uses[e.Sel].(*types.Var)
				return !variable
			}
		}
		s := f.Info.Selections[e]
		return called && s != nil && s.Kind() == types.MethodVal && !s.Indirect() == !pointer(s.Recv()) && f.stable(fn, e.X, false)
	case *ast.Ident:
		switch obj := f.Info.ObjectOf(e).(type) {
		case *types.Func, *types.Const, *types.Nil, *types.TypeName, *types.PkgName:
			return true
		case *types.Var:
			switch obj.Type().Underlying().(type) {
			case *types.Struct, *types.Array:
				return false // copied when the call is deferred, changed perhaps until it runs
			}
			return obj.Parent() != f.Pkg.Scope() && !f.changes(fn, obj)
		}
	}
	return false
}

func pointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// changes reports whether a variable may be given another value after its declaration.
func (f *File) changes(fn *Function, v *types.Var) bool {
	root := fn.Node
	for _, n := range fn.Outer {
		switch n.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			root = n
		}
	}
	changes := false
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && f.Info.Uses[id] == v
	}
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				changes = changes || is(l)
			}
		case *ast.IncDecStmt:
			changes = changes || is(n.X)
		case *ast.UnaryExpr:
			changes = changes || n.Op == token.AND && is(n.X)
		case *ast.RangeStmt:
			changes = changes || n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value)
			if n.Tok == token.DEFINE && !f.Has("go1.22") {
				for _, e := range []ast.Expr{n.Key, n.Value} {
					if id, ok := e.(*ast.Ident); ok && f.Info.Defs[id] == v {
						changes = true // one variable for all turns
					}
				}
			}
		case *ast.ValueSpec:
			for i, id := range n.Names {
				changes = changes || f.Info.Defs[id] == v && i >= len(n.Values) && len(n.Values) != 1
			}
		}
		return !changes
	})
	return changes
}
