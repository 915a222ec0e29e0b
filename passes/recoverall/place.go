package recoverall

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
)

// A helper is a named function with a recover in it, or a variable that holds one, by how the package uses it.
type helper struct {
	deferred []inspector.Cursor // defer statements
	called   []inspector.Cursor // calls of any other kind
	value    bool               // handed on as a value, so that anybody may defer it
}

// A place says whether a recover can take a panic there, and of which functions.
type place struct {
	never  string             // why it cannot
	defers []inspector.Cursor // the statements that defer its function; none if they are elsewhere
	own    bool               // all that call the function defer it
}

// function returns the innermost function around cur.
func function(cur inspector.Cursor) inspector.Cursor {
	for f := range cur.Parent().Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		return f
	}
	return cur.Inspector().Root() // an initializer of the package
}

func body(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}

func (c *checker) signature(fn ast.Node) *types.Signature {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		if obj, ok := c.info.Defs[fn.Name].(*types.Func); ok {
			return obj.Signature()
		}
	case *ast.FuncLit:
		sig, _ := c.info.TypeOf(fn).(*types.Signature)
		return sig
	}
	return nil
}

// builtin names the builtin function that is called, or gives "".
func (c *checker) builtin(call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := c.info.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

// parent is like cur.Parent, without parentheses.
func parent(cur inspector.Cursor) (p inspector.Cursor, kind edge.Kind, index int) {
	for {
		kind, index = cur.ParentEdge()
		if cur = cur.Parent(); kind != edge.ParenExpr_X {
			return cur, kind, index
		}
	}
}

// index finds the bodies of the package's functions and how those that recover are used.
func (c *checker) index(calls []inspector.Cursor) {
	c.helpers, c.bodies = map[types.Object]*helper{}, map[*types.Func]inspector.Cursor{}
	for _, call := range calls {
		if obj := c.nameOf(function(call)); obj != nil && c.helpers[obj] == nil {
			c.helpers[obj] = new(helper)
			c.order = append(c.order, obj)
		}
	}
	deferredMethods := map[string]bool{}
	for cur := range calls[0].Inspector().Root().Preorder((*ast.Ident)(nil), (*ast.FuncDecl)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.FuncDecl:
			if fn, ok := c.info.Defs[n.Name].(*types.Func); ok && n.Body != nil {
				c.bodies[fn] = cur
			}
		case *ast.Ident:
			obj := c.info.Uses[n]
			if fn, ok := obj.(*types.Func); ok {
				obj = fn.Origin()
			}
			at := cur
			if kind, _ := cur.ParentEdge(); kind == edge.SelectorExpr_Sel {
				at = cur.Parent()
			}
			use, kind, _ := parent(at)
			_, outer, _ := parent(use)
			if kind == edge.CallExpr_Fun && outer == edge.DeferStmt_Call {
				deferredMethods[n.Name] = true
			}
			h := c.helpers[obj]
			if h == nil {
				continue
			}
			switch {
			case kind == edge.CallExpr_Fun && outer == edge.DeferStmt_Call:
				h.deferred = append(h.deferred, use.Parent())
			case kind == edge.CallExpr_Fun:
				h.called = append(h.called, use)
			case kind != edge.AssignStmt_Lhs:
				h.value = true
			}
		}
	}
	for obj, h := range c.helpers {
		if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil && deferredMethods[fn.Name()] {
			h.value = true // perhaps through an interface
		}
	}
}

// nameOf returns the function or the variable that fn is called by.
func (c *checker) nameOf(fn inspector.Cursor) types.Object {
	if d, ok := fn.Node().(*ast.FuncDecl); ok {
		return c.info.Defs[d.Name]
	}
	var name ast.Expr
	switch p, kind, i := parent(fn); kind {
	case edge.AssignStmt_Rhs:
		if assign := p.Node().(*ast.AssignStmt); len(assign.Lhs) == len(assign.Rhs) {
			name = assign.Lhs[i]
		}
	case edge.ValueSpec_Values:
		name = p.Node().(*ast.ValueSpec).Names[i]
	}
	if id, ok := name.(*ast.Ident); ok {
		if v, ok := c.info.ObjectOf(id).(*types.Var); ok && v.Parent() != c.pass.Pkg.Scope() {
			return v
		}
	}
	return nil
}

// place says what a call of recover in fn can take.
func (c *checker) place(call, fn inspector.Cursor) place {
	p := c.placeOf(fn)
	switch kind, _ := call.ParentEdge(); {
	case kind == edge.GoStmt_Call:
		p.never = "a go statement calls it, not a deferred function"
	case kind == edge.DeferStmt_Call && len(p.defers) == 0:
		p.never = "it is deferred itself instead of being called by a deferred function"
	case len(p.defers) == 0:
		for stmt := range call.Enclosing((*ast.DeferStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
			if _, ok := stmt.Node().(*ast.DeferStmt); ok {
				p.never = "a defer statement evaluates its arguments at once, before any panic"
			}
			break
		}
	}
	return p
}

func (c *checker) placeOf(fn inspector.Cursor) place {
	switch n := fn.Node().(type) {
	case *ast.FuncDecl:
		if role := c.flow.RoleOf(n, false); role == errflow.Main || role == errflow.Init {
			return place{never: n.Name.Name + " is no deferred function"}
		}
	case *ast.FuncLit:
		p, kind, i := parent(fn)
		_, outer, _ := parent(p)
		switch kind {
		case edge.CallExpr_Fun:
			switch outer {
			case edge.DeferStmt_Call:
				return place{defers: []inspector.Cursor{p.Parent()}, own: true}
			case edge.GoStmt_Call:
				return place{never: "the function started by the go statement is not deferred"}
			}
			return place{never: "the function literal around it is called where it stands, not deferred"}
		case edge.CallExpr_Args:
			if outer == edge.DeferStmt_Call && c.flow.Known().Arg(p.Node().(*ast.CallExpr), i) == known.Calls {
				return place{never: "the function literal around it is called by the deferred function, not deferred itself"}
			}
		}
	default:
		return place{never: "nothing is deferred here"}
	}
	obj := c.nameOf(fn)
	h := c.helpers[obj]
	if h == nil {
		return place{}
	}
	if len(h.deferred) == 0 && len(h.called) > 0 && !h.value && !c.exported(obj) {
		return place{never: fmt.Sprintf("%s is called on line %d, and deferred nowhere", obj.Name(), c.line(h.called[0].Node()))}
	}
	return place{defers: h.deferred, own: len(h.deferred) > 0 && len(h.called) == 0 && !h.value && !c.exported(obj)}
}

func (c *checker) exported(obj types.Object) bool {
	_, isFunc := obj.(*types.Func)
	return isFunc && obj.Exported() && c.pass.Pkg.Name() != "main"
}

func (c *checker) line(n ast.Node) int { return c.pass.Fset.Position(n.Pos()).Line }

// misplaced reports the calls, in deferred functions, of functions that would have to be deferred themselves to recover.
func (c *checker) misplaced() {
	for _, obj := range c.order {
		h := c.helpers[obj]
		if len(h.deferred) == 0 && !h.value && !c.exported(obj) {
			continue // told at its recover
		}
		for _, call := range h.called {
			at := function(call)
			if _, ok := at.Node().(*ast.FuncLit); !ok || c.report.Skips(call.Node().Pos()) {
				continue
			}
			if p := c.placeOf(at); p.own && len(p.defers) > 0 {
				c.tell(call, p, finding{kind: never, text: fmt.Sprintf("%s recovers only where it is deferred itself; called by a deferred function it takes no panic", obj.Name())}, nil)
			}
		}
	}
}
