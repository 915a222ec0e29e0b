package errflow

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	astedge "golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// Where a call of recover stands, and whose panics end there.

// A rescuer is a named function with a recover in it, or a variable that holds one, by how the package uses it.
type rescuer struct {
	deferred []inspector.Cursor // defer statements
	called   []inspector.Cursor // calls of any other kind
	value    bool               // handed on as a value, so that anybody may defer it
}

// rescuers are those of a package, by what they are called by.
type rescuers struct {
	fl    *Flow
	of    map[types.Object]*rescuer
	order []types.Object // the keys, as they stand in the source
}

// A standing says whether a recover can take a panic where it stands, and of which functions.
type standing struct {
	fn    inspector.Cursor // the innermost function around, or the package
	sig   *types.Signature // of fn
	never string           // why it cannot
	hosts []Host           // none if they are elsewhere
	own   bool             // all that call fn defer it
}

func (s *standing) recoverAt(call inspector.Cursor, via string) *Recover {
	r := &Recover{Call: call.Node().(*ast.CallExpr), Via: via, Decl: declAround(call), Hosts: s.hosts, vars: map[*types.Var]bool{}}
	if s.never != "" {
		r.Case, r.Why = CaseNoPanic, s.never
	}
	return r
}

func (s *standing) any(is func(Host) bool) bool { return slices.ContainsFunc(s.hosts, is) }

func (s *standing) all(is func(Host) bool) bool {
	return len(s.hosts) > 0 && !s.any(func(h Host) bool { return !is(h) })
}

// funcAround returns the innermost function around cur, or the whole package for its initializers.
func funcAround(cur inspector.Cursor) inspector.Cursor {
	for f := range cur.Parent().Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		return f
	}
	return cur.Inspector().Root()
}

// declAround returns the declared function that cur is, or stands in; nil if there is none.
func declAround(cur inspector.Cursor) *ast.FuncDecl {
	for d := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		return d.Node().(*ast.FuncDecl)
	}
	return nil
}

// parent is like cur.Parent, without parentheses.
func parent(cur inspector.Cursor) (p inspector.Cursor, kind astedge.Kind, index int) {
	for {
		kind, index = cur.ParentEdge()
		if cur = cur.Parent(); kind != astedge.ParenExpr_X {
			return cur, kind, index
		}
	}
}

// signatureAt returns the signature of a declared function or a literal.
func (fl *Flow) signatureAt(fn ast.Node) *types.Signature {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		if obj := fl.info.Defs[fn.Name]; obj != nil {
			return signatureOf(obj)
		}
	case *ast.FuncLit:
		sig, _ := fl.info.TypeOf(fn).(*types.Signature)
		return sig
	}
	return nil
}

// findRescuers finds the functions around some calls of recover, and how the package uses them.
func (fl *Flow) findRescuers(calls []inspector.Cursor) *rescuers {
	w := &rescuers{fl: fl, of: map[types.Object]*rescuer{}}
	for _, call := range calls {
		if obj := fl.nameOf(funcAround(call)); obj != nil && w.of[obj] == nil {
			w.of[obj] = new(rescuer)
			w.order = append(w.order, obj)
		}
	}
	deferredMethods := map[string]bool{}
	for cur := range fl.inspect.Root().Preorder((*ast.Ident)(nil)) {
		id := cur.Node().(*ast.Ident)
		obj := fl.info.Uses[id]
		if fn, ok := obj.(*types.Func); ok {
			obj = fn.Origin()
		}
		if kind, _ := cur.ParentEdge(); kind == astedge.SelectorExpr_Sel {
			cur = cur.Parent()
		}
		use, kind, _ := parent(cur)
		_, outer, _ := parent(use)
		deferred := kind == astedge.CallExpr_Fun && outer == astedge.DeferStmt_Call
		if deferred {
			deferredMethods[id.Name] = true
		}
		r := w.of[obj]
		switch {
		case r == nil:
		case deferred:
			r.deferred = append(r.deferred, use.Parent())
		case kind == astedge.CallExpr_Fun:
			r.called = append(r.called, use)
		case kind != astedge.AssignStmt_Lhs:
			r.value = true
		}
	}
	for obj, r := range w.of {
		if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil && deferredMethods[fn.Name()] {
			r.value = true // perhaps through an interface
		}
	}
	return w
}

// nameOf returns the function or the local variable that fn is called by.
func (fl *Flow) nameOf(fn inspector.Cursor) types.Object {
	if d, ok := fn.Node().(*ast.FuncDecl); ok {
		return fl.info.Defs[d.Name]
	}
	var name ast.Expr
	switch p, kind, i := parent(fn); kind {
	case astedge.AssignStmt_Rhs:
		if assign := p.Node().(*ast.AssignStmt); len(assign.Lhs) == len(assign.Rhs) {
			name = assign.Lhs[i]
		}
	case astedge.ValueSpec_Values:
		name = p.Node().(*ast.ValueSpec).Names[i]
	}
	if id, ok := name.(*ast.Ident); ok {
		if v, ok := fl.info.ObjectOf(id).(*types.Var); ok && v.Parent() != fl.pkg.Scope() {
			return v
		}
	}
	return nil
}

// standsAt says what a call of recover can take.
func (w *rescuers) standsAt(call inspector.Cursor) *standing {
	s := w.standingOf(funcAround(call))
	switch kind, _ := call.ParentEdge(); {
	case kind == astedge.GoStmt_Call:
		s.never = "a go statement calls it, not a deferred function"
	case kind == astedge.DeferStmt_Call && len(s.hosts) == 0:
		s.never = "it is deferred itself instead of being called by a deferred function"
	case len(s.hosts) == 0:
		for stmt := range call.Enclosing((*ast.DeferStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
			if _, ok := stmt.Node().(*ast.DeferStmt); ok {
				s.never = "a defer statement evaluates its arguments at once, before any panic"
			}
			break
		}
	}
	return s
}

// standingOf says what a call of recover can take that fn makes.
func (w *rescuers) standingOf(fn inspector.Cursor) *standing {
	fl := w.fl
	s := &standing{fn: fn, sig: fl.signatureAt(fn.Node())}
	switch n := fn.Node().(type) {
	case *ast.FuncDecl:
		if role := fl.roleOfDecl(n); role == Main || role == Init {
			s.never = n.Name.Name + " is no deferred function"
			return s
		}
	case *ast.FuncLit:
		p, kind, i := parent(fn)
		_, outer, _ := parent(p)
		switch {
		case kind == astedge.CallExpr_Fun && outer == astedge.DeferStmt_Call:
			s.own, s.hosts = true, fl.hosts(p.Parent())
			return s
		case kind == astedge.CallExpr_Fun && outer == astedge.GoStmt_Call:
			s.never = "the function started by the go statement is not deferred"
			return s
		case kind == astedge.CallExpr_Fun:
			s.never = "the function literal around it is called where it stands, not deferred"
			return s
		case kind == astedge.CallExpr_Args && outer == astedge.DeferStmt_Call && fl.known.Arg(p.Node().(*ast.CallExpr), i) == known.Calls:
			s.never = "the function literal around it is called by the deferred function, not deferred itself"
			return s
		}
	default:
		s.never = "nothing is deferred here"
		return s
	}
	obj := fl.nameOf(fn)
	r := w.of[obj]
	if r == nil {
		return s
	}
	if w.onlyCalled(obj) && len(r.called) > 0 {
		s.never = fmt.Sprintf("%s is called on line %d, and deferred nowhere", obj.Name(), fl.fset.Position(r.called[0].Node().Pos()).Line)
		return s
	}
	s.hosts, s.own = fl.hosts(r.deferred...), len(r.deferred) > 0 && len(r.called) == 0 && !w.elsewhere(obj)
	return s
}

// elsewhere reports whether more than what the package shows may call, or defer, a function with a recover in it.
func (w *rescuers) elsewhere(obj types.Object) bool {
	_, isFunc := obj.(*types.Func)
	return w.of[obj].value || isFunc && obj.Exported() && w.fl.pkg.Name() != "main"
}

// onlyCalled reports whether nobody defers a function with a recover in it.
func (w *rescuers) onlyCalled(obj types.Object) bool {
	return len(w.of[obj].deferred) == 0 && !w.elsewhere(obj)
}

// hosts gives the functions around defer statements.
func (fl *Flow) hosts(deferred ...inspector.Cursor) []Host {
	var list []Host
	for _, d := range deferred {
		fn := funcAround(d)
		list = append(list, Host{Func: fn.Node(), Defer: d.Node().(*ast.DeferStmt), fn: fn, deferred: d, sig: fl.signatureAt(fn.Node())})
	}
	return list
}

// called gives the calls, in deferred functions, of functions that would have to be deferred themselves to recover.
func (w *rescuers) called(skips func(token.Pos) bool) []*Recover {
	var list []*Recover
	for _, obj := range w.order {
		if w.onlyCalled(obj) {
			continue // told at its recover
		}
		for _, call := range w.of[obj].called {
			at := funcAround(call)
			if _, ok := at.Node().(*ast.FuncLit); !ok || skips(call.Node().Pos()) {
				continue
			}
			if s := w.standingOf(at); s.own && len(s.hosts) > 0 {
				r := s.recoverAt(call, obj.Name())
				r.Case = CaseNoPanic
				list = append(list, r)
			}
		}
	}
	return list
}

// reasons gives the places where a comment may say why a panic is no news: anywhere in the deferred function, on or above
// the statement that defers it, and above one that only holds that statement.
func (c *caught) reasons() []ast.Node {
	list := []ast.Node{c.rec.Call}
	for block := range c.fn.Preorder((*ast.BlockStmt)(nil)) {
		list = append(list, block.Node())
	}
	for _, h := range c.hosts {
		list = append(list, h.Defer)
		if _, ok := h.deferred.PrevSibling(); ok {
			continue
		}
		switch holder := h.deferred.Parent().Parent(); holder.Node().(type) {
		case *ast.IfStmt:
			list = append(list, holder.Node())
		case *ast.FuncLit:
			if p, kind, _ := parent(holder); kind == astedge.CallExpr_Fun {
				list = append(list, p.Parent().Node())
			}
		}
	}
	return list
}

// optional reports whether a switch decides about the recover: it, or the statement that defers its function, stands
// in a branch of a condition on something else, or behind one that leaves.
func (c *caught) optional() bool {
	if c.any(func(h Host) bool { _, ok := h.deferred.Parent().Parent().Node().(*ast.IfStmt); return ok }) {
		return true
	}
	at := c.call.Node().Pos()
	for s := range c.call.Enclosing((*ast.IfStmt)(nil), (*ast.BlockStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := s.Node().(type) {
		case *ast.IfStmt:
			if n.Body.Pos() < at {
				return true
			}
		case *ast.BlockStmt:
			for _, stmt := range n.List {
				if b, ok := stmt.(*ast.IfStmt); ok && stmt.End() <= at && b.Else == nil && len(b.Body.List) == 1 && leavesFunc(b.Body) {
					return true
				}
			}
		default:
			return false
		}
	}
	return false
}
