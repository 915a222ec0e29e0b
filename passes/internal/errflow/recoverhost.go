package errflow

import (
	"go/ast"
	"go/types"
	"slices"

	astedge "golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// What a function is whose panics a recover takes: where it may be right to take them.

// declaredBoundary reports whether a doc comment declares the function a boundary, which may recover as it likes.
func (fl *Flow) declaredBoundary(h Host) bool {
	d := declAround(h.fn)
	if d == nil {
		return false
	}
	fn, ok := fl.info.Defs[d.Name].(*types.Func)
	return ok && fl.known.Contract(fn).Boundary
}

// endsHere reports whether a panic has nowhere else to go: above main, a handler or a goroutine nobody recovers.
func (fl *Flow) endsHere(h Host) bool {
	if IsHandler(h.sig) {
		return true
	}
	if d, ok := h.Func.(*ast.FuncDecl); ok {
		role := fl.roleOfDecl(d)
		return role == Main || role == Boundary
	}
	p, kind, _ := parent(h.fn)
	_, outer, _ := parent(p)
	return kind == astedge.CallExpr_Fun && outer == astedge.GoStmt_Call
}

// isMiddleware reports whether the function is a handler of net/http that, after the defer, calls one it was given.
func (fl *Flow) isMiddleware(h Host) bool {
	if !IsHandler(h.sig) {
		return false
	}
	for cur := range h.fn.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		sig, ok := fl.info.TypeOf(call.Fun).Underlying().(*types.Signature)
		if !ok || call.Pos() < h.Defer.End() || !IsHandler(sig) {
			continue
		}
		fn := fl.known.Callee(call)
		if fn == nil || fn.Pkg() != fl.pkg || fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type()) {
			return true
		}
	}
	return false
}

// guarded returns the statements of a host whose panics end at the recover, but for a last return that only hands out what
// they made.
func (fl *Flow) guarded(h Host) []inspector.Cursor {
	var list []inspector.Cursor
	for s := range h.body().Children() {
		if s.Node().Pos() >= h.Defer.End() {
			list = append(list, s)
		}
	}
	if n := len(list); n > 1 {
		if _, ok := list[n-1].Node().(*ast.ReturnStmt); ok && fl.computes(list[n-1]) {
			list = list[:n-1]
		}
	}
	return list
}

func (h Host) body() inspector.Cursor {
	if _, ok := h.Func.(*ast.FuncDecl); ok {
		return h.fn.ChildAt(astedge.FuncDecl_Body, -1)
	}
	return h.fn.ChildAt(astedge.FuncLit_Body, -1)
}

// guardsOne reports whether the function exists to run one statement that may panic: turning that panic into an error is
// the answer its callers ask for.
func (fl *Flow) guardsOne(h Host) bool {
	list := fl.guarded(h)
	if len(list) != 1 {
		return false
	}
	switch list[0].Node().(type) {
	case *ast.ReturnStmt, *ast.AssignStmt, *ast.ExprStmt, *ast.DeclStmt:
		return true
	}
	return false
}

// guardsCallback reports whether the function exists to run one callback: a function value, or a method of an interface. Whose
// it is says where it happened, mostly, and what others hand in must not end what calls it.
func (fl *Flow) guardsCallback(h Host) bool {
	list := fl.guarded(h)
	if len(list) != 1 {
		return false
	}
	x, ok := list[0].Node().(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := ast.Unparen(x.X).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := fl.known.Callee(call)
	if fn == nil {
		return fl.known.Builtin(call) == ""
	}
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// onlyComputes reports whether only operators can panic in the function, as where interfaces are compared that may hold
// what cannot be compared: there the panic is the operator's answer.
func (fl *Flow) onlyComputes(h Host) bool {
	list := fl.guarded(h)
	return len(list) > 0 && !slices.ContainsFunc(list, func(s inspector.Cursor) bool { return !fl.computes(s) })
}

// onlySends reports whether nothing can panic in the function but a channel that is closed: whoever sends to one that
// others close has no other way to learn of it.
func (fl *Flow) onlySends(h Host) bool {
	list := slices.Clone(h.body().Node().(*ast.BlockStmt).List)
	return fl.known.OnlySends(slices.DeleteFunc(list, func(s ast.Stmt) bool { return s == ast.Stmt(h.Defer) }))
}

// computes reports whether nothing in cur does more than compute: no call, no send, no new goroutine.
func (fl *Flow) computes(cur inspector.Cursor) bool {
	for n := range cur.Preorder((*ast.CallExpr)(nil), (*ast.SendStmt)(nil)) {
		call, ok := n.Node().(*ast.CallExpr)
		if !ok {
			return false
		}
		switch fl.known.Builtin(call) {
		case "":
			if !fl.info.Types[call.Fun].IsType() {
				return false
			}
		case "close", "panic":
			return false
		}
	}
	return true
}
