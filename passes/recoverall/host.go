package recoverall

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/errflow"
)

// A host is a function whose panics end at a recover; deferred is the statement that sees to it.

func (p place) any(is func(host, deferred inspector.Cursor) bool) bool {
	return slices.ContainsFunc(p.defers, func(d inspector.Cursor) bool { return is(function(d), d) })
}

func (p place) all(is func(host, deferred inspector.Cursor) bool) bool {
	return len(p.defers) > 0 && !p.any(func(host, d inspector.Cursor) bool { return !is(host, d) })
}

// whose names the functions for a message.
func (p place) whose(c *checker) string {
	if len(p.defers) != 1 {
		return "the functions that defer this"
	}
	switch n := function(p.defers[0]).Node().(type) {
	case *ast.FuncDecl:
		return n.Name.Name
	default:
		return "the function literal"
	}
}

// contracted reports whether a doc comment declares the function a boundary, which may recover as it likes.
func (c *checker) contracted(host, _ inspector.Cursor) bool {
	for d := range host.Enclosing((*ast.FuncDecl)(nil)) {
		if fn, ok := c.info.Defs[d.Node().(*ast.FuncDecl).Name].(*types.Func); ok {
			return c.flow.Known().Contract(fn).Boundary
		}
	}
	return false
}

// boundary reports whether a panic has nowhere else to go: above main, a handler or a goroutine nobody recovers.
func (c *checker) boundary(host, _ inspector.Cursor) bool {
	if errflow.IsHandler(c.signature(host.Node())) {
		return true
	}
	switch n := host.Node().(type) {
	case *ast.FuncDecl:
		role := c.flow.RoleOf(n, false)
		return role == errflow.Main || role == errflow.Boundary
	case *ast.FuncLit:
		p, kind, _ := parent(host)
		_, outer, _ := parent(p)
		return kind == edge.CallExpr_Fun && outer == edge.GoStmt_Call
	}
	return false
}

// middleware reports whether host is a handler that, after the defer, calls one it was given.
func (c *checker) middleware(host, deferred inspector.Cursor) bool {
	if !errflow.IsHandler(c.signature(host.Node())) {
		return false
	}
	for cur := range host.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		sig, ok := c.info.TypeOf(call.Fun).Underlying().(*types.Signature)
		if !ok || call.Pos() < deferred.Node().End() || !errflow.IsHandler(sig) {
			continue
		}
		if fn := c.flow.Known().Callee(call); fn == nil || fn.Pkg() != c.pass.Pkg || isAbstract(fn) {
			return true
		}
	}
	return false
}

func isAbstract(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// guarded returns the statements of host whose panics the deferred function takes, but for a last return that only
// hands out what they made.
func (c *checker) guarded(host, deferred inspector.Cursor) []inspector.Cursor {
	var list []inspector.Cursor
	for s := range host.Child(body(host.Node())).Children() {
		if s.Node().Pos() >= deferred.Node().End() {
			list = append(list, s)
		}
	}
	if n := len(list); n > 1 {
		if _, ok := list[n-1].Node().(*ast.ReturnStmt); ok && !c.works(list[n-1]) {
			list = list[:n-1]
		}
	}
	return list
}

// guard reports whether host exists to run one statement that may panic: turning that panic into an error is the
// answer its callers ask for.
func (c *checker) guard(host, deferred inspector.Cursor) bool {
	list := c.guarded(host, deferred)
	if len(list) != 1 {
		return false
	}
	switch list[0].Node().(type) {
	case *ast.ReturnStmt, *ast.AssignStmt, *ast.ExprStmt, *ast.DeclStmt:
		return true
	}
	return false
}

// operators reports whether only operators can panic in host, as where interfaces are compared that may hold what
// cannot be compared: there the panic is the operator's answer.
func (c *checker) operators(host, deferred inspector.Cursor) bool {
	list := c.guarded(host, deferred)
	return len(list) > 0 && !slices.ContainsFunc(list, c.works)
}

// sending reports whether nothing can panic in host but a channel that is closed: whoever sends to one that others close
// has no other way to learn of it.
func (c *checker) sending(host, deferred inspector.Cursor) bool {
	var rest []ast.Stmt
	for s := range host.Child(body(host.Node())).Children() {
		if n, ok := s.Node().(ast.Stmt); ok && n != deferred.Node() {
			rest = append(rest, n)
		}
	}
	return c.flow.Known().OnlySends(rest)
}

// works reports whether something in cur does more than compute: a call, a send, a new goroutine.
func (c *checker) works(cur inspector.Cursor) bool {
	for n := range cur.Preorder((*ast.CallExpr)(nil), (*ast.SendStmt)(nil)) {
		call, ok := n.Node().(*ast.CallExpr)
		if !ok {
			return true
		}
		switch c.builtin(call) {
		case "":
			if !c.info.Types[call.Fun].IsType() {
				return true
			}
		case "close", "panic":
			return true
		}
	}
	return false
}
