package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// A declaration is a function of the package, with what inference needs of its
// body.
type declaration struct {
	fn      *types.Func
	syntax  *ast.FuncDecl
	cursor  inspector.Cursor
	calls   []*ast.CallExpr // in its body, function literals included
	callees []*declaration  // of this package; values of functions count too

	// For the search of strongly connected components.
	index, low int
	onStack    bool
}

// inference derives summaries from source, bottom up.
type inference struct {
	*Index
	decls   []*declaration
	byFunc  map[*types.Func]*declaration
	pending map[*types.Func]bool // of the component at work, before its first round
	written map[*types.Var]bool  // fields that the package writes through

	joined   map[*types.Func]*Summary // of interfaces' methods, by those of this package's types
	abstract []*types.Func            // interfaces' methods of which other packages are told something

	pkg         *types.Package
	initialized map[*types.Var]bool // the package's variables that are declared with a value other than nil
}

// rounds bounds the work on one component. Must-facts only ever get weaker from
// round to round, so a component that is not stable by then is left without.
const rounds = 8

// infer fills x.summaries for the functions this package declares.
func (x *Index) infer(pkg *types.Package) *inference {
	f := &inference{Index: x, byFunc: map[*types.Func]*declaration{}, pending: map[*types.Func]bool{}, pkg: pkg, initialized: map[*types.Var]bool{}}
	for _, init := range x.info.InitOrder {
		for _, v := range init.Lhs {
			f.initialized[v] = !x.info.Types[init.Rhs].IsNil()
		}
	}
	f.collect()
	for _, component := range f.components() {
		f.solve(component)
	}
	f.joinImplementations()
	return f
}

// collect finds the declarations and their calls in one walk.
func (f *inference) collect() {
	for c := range f.syntax.Root().Preorder((*ast.FuncDecl)(nil)) {
		decl := c.Node().(*ast.FuncDecl)
		fn, ok := f.info.Defs[decl.Name].(*types.Func)
		if !ok || decl.Body == nil {
			continue
		}
		d := &declaration{fn: fn, syntax: decl, cursor: c}
		f.decls = append(f.decls, d)
		f.byFunc[fn] = d
	}
	for _, d := range f.decls {
		seen := map[*declaration]bool{}
		depend := func(fn *types.Func) {
			if callee := f.byFunc[fn]; callee != nil && !seen[callee] {
				seen[callee] = true
				d.callees = append(d.callees, callee)
			}
		}
		for c := range d.cursor.Preorder((*ast.CallExpr)(nil), (*ast.Ident)(nil)) {
			switch n := c.Node().(type) {
			case *ast.CallExpr:
				d.calls = append(d.calls, n)
				for _, fn := range f.asked(n) {
					depend(fn)
				}
			case *ast.Ident:
				if fn, ok := f.info.Uses[n].(*types.Func); ok && fn.Pkg() == d.fn.Pkg() {
					depend(fn.Origin())
				}
			}
		}
	}
	f.written = f.writtenFields()
}

// components gives the strongly connected components of the package's call
// graph, callees first (Tarjan's algorithm).
func (f *inference) components() [][]*declaration {
	var all [][]*declaration
	var stack []*declaration
	next := 0
	var visit func(d *declaration)
	visit = func(d *declaration) {
		next++
		d.index, d.low, d.onStack = next, next, true
		stack = append(stack, d)
		for _, c := range d.callees {
			if c.index == 0 {
				visit(c)
				d.low = min(d.low, c.low)
			} else if c.onStack {
				d.low = min(d.low, c.index)
			}
		}
		if d.low != d.index {
			return
		}
		i := slices.Index(stack, d)
		component := slices.Clone(stack[i:])
		stack = stack[:i]
		for _, m := range component {
			m.onStack = false
		}
		all = append(all, component)
	}
	for _, d := range f.decls {
		if d.index == 0 {
			visit(d)
		}
	}
	return all
}

// solve brings the summaries of one component to a fixed point.
func (f *inference) solve(component []*declaration) {
	recursive := len(component) > 1 || slices.Contains(component[0].callees, component[0])
	if recursive {
		for _, d := range component {
			f.pending[d.fn] = true
		}
	}
	stable := false
	for round := 0; round < rounds && !stable; round++ {
		stable = true
		for _, d := range component {
			s := f.summarize(d)
			old := f.summaries[d.fn]
			if recursive && (old == nil || !equal(old, s)) {
				stable = false
			}
			f.summaries[d.fn] = s
			delete(f.pending, d.fn)
		}
	}
	for _, d := range component {
		s := f.summaries[d.fn]
		if !stable {
			*s = Summary{Kind: s.Kind}
		}
		if s.empty() {
			delete(f.summaries, d.fn)
		}
	}
}

func equal(a, b *Summary) bool {
	return a.Infallible == b.Infallible && a.NoReturn == b.NoReturn && a.Through == b.Through && a.AlwaysFails == b.AlwaysFails && a.NilOnError == b.NilOnError &&
		a.Follows == b.Follows && a.Kind == b.Kind && slices.Equal(a.Args, b.Args) &&
		slices.Equal(a.Tells, b.Tells) && slices.Equal(a.Sentinels, b.Sentinels) && slices.Equal(a.Wrapped, b.Wrapped)
}

// summarize looks at one function, given what is known of those it calls.
func (f *inference) summarize(d *declaration) *Summary {
	s := &Summary{NoReturn: f.neverReturns(d)}
	f.fates(d, s)
	if w := f.newWalk(d); w != nil {
		w.results(s)
		w.arguments(s)
	}
	s.settle()
	s.Kind = f.kindOf(d, s)
	s.trim()
	return s
}

// kindOf tells what a function is for by the functions it calls.
func (f *inference) kindOf(d *declaration, s *Summary) Kind {
	var k, called Kind
	for _, call := range d.calls {
		sub, ok := f.subject(call)
		if !ok {
			continue
		}
		ck := f.kind(sub, call)
		if ck&Close != 0 && ck&Persist == 0 && f.written[f.field(receiver(call))] {
			ck |= Persist
		}
		if ck&Write != 0 && f.InMemory(receiver(call)) {
			ck &^= Write // text in the making
		}
		if ck&Write != 0 && f.field(receiver(call)) == nil && (len(call.Args) == 0 || f.field(call.Args[0]) == nil) {
			ck &^= Write // not to what the receiver holds
		}
		called |= ck
		if ck&Wait != 0 && call.Args != nil && sub.fn.Pkg() != nil && sub.fn.Pkg().Path() == "time" {
			k |= Wait // it calls time itself; waiting is not passed on further
		}
	}
	shape := kindByShape(d.fn)
	k |= shape
	if shape&(Close|Flush|Sync|Commit) != 0 && called&(Flush|Sync|Commit|Write|Persist) != 0 {
		k |= Persist
	}
	if called&Write != 0 && d.fn.Signature().Recv() != nil && shape == 0 {
		k |= Write // what it is given goes on to what the receiver holds
	}
	if d.fn.Signature().Results().Len() == 0 {
		for _, fate := range s.Args {
			if fate&Logs != 0 {
				k |= Log
			}
		}
	}
	if called&Respond != 0 && takesResponseWriter(d.fn) {
		k |= Respond
	}
	switch {
	case f.verdict(d, s):
		k |= Verdict
	case f.failsOutside(d, s):
		k |= Outside
	}
	if k == shape {
		return 0 // anyone can see it
	}
	return k
}

var responseWriter = parseMatch("net/http.ResponseWriter")

func takesResponseWriter(fn *types.Func) bool {
	for p := range fn.Signature().Params().Variables() {
		if responseWriter.matchesType(p.Type(), 0) {
			return true
		}
	}
	return false
}

// writtenFields finds the fields that the package writes to, or hands to
// something that writes: closing what they hold can lose data.
func (f *inference) writtenFields() map[*types.Var]bool {
	written := map[*types.Var]bool{}
	for _, d := range f.decls {
		for _, call := range d.calls {
			v := f.field(receiver(call))
			var arg *types.Var
			if len(call.Args) > 0 {
				arg = f.field(call.Args[0])
			}
			if v == nil && arg == nil {
				continue
			}
			sub, ok := f.subject(call)
			if !ok {
				continue
			}
			k := f.kind(sub, call)
			if k&(Write|Print) == 0 {
				if l, _ := f.lookup(sub, call, built, nil); l == nil || l.index != 0 {
					continue
				}
			} else if v != nil {
				written[v] = true
			}
			if arg != nil {
				written[arg] = true
			}
		}
	}
	return written
}

// field gives the struct field that an expression names, or nil.
func (f *inference) field(e ast.Expr) *types.Var {
	if e == nil {
		return nil
	}
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if s := f.info.Selections[sel]; s != nil && s.Kind() == types.FieldVal {
		v, _ := s.Obj().(*types.Var)
		return v.Origin()
	}
	return nil
}
