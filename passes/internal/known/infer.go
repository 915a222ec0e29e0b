package known

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// A declaration is a function of the package, with what inference needs of its
// body.
type declaration struct {
	function
	fn      *types.Func
	callees []*declaration // of this package; values of functions count too
	caller  *declaration   // the last that was found to have it among its callees

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
	f.settleVariables()
	x.inferred = f
	return f
}

// collect lists the declarations, and what each asks of the others.
func (f *inference) collect() {
	for _, decl := range f.functions {
		if fn, ok := f.info.Defs[decl.syntax.Name].(*types.Func); ok {
			d := &declaration{function: decl, fn: fn}
			f.decls = append(f.decls, d)
			f.byFunc[fn] = d
		}
	}
	mentions := f.mentions()
	for _, d := range f.decls {
		i, _ := slices.BinarySearchFunc(mentions, d.syntax.Pos(), func(m mention, pos token.Pos) int { return cmp.Compare(m.pos, pos) })
		for ; i < len(mentions) && mentions[i].pos < d.syntax.End(); i++ {
			if callee := mentions[i].of; callee.caller != d {
				callee.caller = d
				d.callees = append(d.callees, callee)
			}
		}
	}
	f.written = f.writtenFields()
}

// A mention is a place that names a declared function, or where a call asks about one.
type mention struct {
	pos token.Pos
	of  *declaration
}

// mentions gives all of them in source order.
func (f *inference) mentions() []mention {
	var all []mention
	add := func(pos token.Pos, fn *types.Func) {
		if d := f.byFunc[fn]; d != nil {
			all = append(all, mention{pos, d})
		}
	}
	for i := range f.sites {
		for _, fn := range f.asked(&f.sites[i]) {
			add(f.sites[i].Call.Pos(), fn)
		}
	}
	for _, u := range f.uses {
		if u.fn.Pkg() == f.pkg {
			add(u.pos, u.fn)
		}
	}
	f.uses = nil
	slices.SortStableFunc(all, func(a, b mention) int { return cmp.Compare(a.pos, b.pos) })
	return all
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
	return a.Infallible == b.Infallible && a.NoReturn == b.NoReturn && a.TakesNil == b.TakesNil && a.Through == b.Through && a.AlwaysFails == b.AlwaysFails && a.NilOnError == b.NilOnError && a.MayNil == b.MayNil && a.Held == b.Held &&
		a.Follows == b.Follows && a.Guards == b.Guards && a.Status == b.Status && a.Kind == b.Kind && slices.Equal(a.Args, b.Args) &&
		slices.Equal(a.Tells, b.Tells) && slices.Equal(a.Sentinels, b.Sentinels) && a.Only == b.Only && a.OneWay == b.OneWay && slices.Equal(a.Wrapped, b.Wrapped)
}

// summarize looks at one function, given what is known of those it calls.
func (f *inference) summarize(d *declaration) *Summary {
	s := &Summary{NoReturn: f.neverReturns(d), TakesNil: f.takesNil(d)}
	f.fates(d, s)
	var ends failings
	if w := f.newWalk(d); w != nil {
		ends = w.results(s)
		w.arguments(s)
	}
	s.Guards = f.guards(d) + 1
	s.settle()
	refuses, status := f.refuses(d)
	s.Status = status + 1
	s.Kind = f.kindOf(d, s, ends, refuses)
	if f.goesOn(d) {
		s.Kind |= GoesOn
	}
	s.trim()
	return s
}

// kindOf tells what a function is for by the functions it calls, by the ways in which it fails, and by whether it
// answers all clients with failures.
func (f *inference) kindOf(d *declaration, s *Summary, ends failings, refuses bool) Kind {
	var k, called Kind
	for i := range d.sites {
		sub, call := d.sites[i].sub, d.sites[i].Call
		if sub == nil {
			continue
		}
		ck := f.kind(sub, call)
		if ck&Close != 0 && ck&Persist == 0 && f.written[f.field(receiver(call))] && sinkOfType(f.info.TypeOf(receiver(call))) != PeerSink {
			ck |= Persist // but what went to another machine, its own answer vouches for
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
	if called&Respond != 0 && writerOf(d.fn) >= 0 {
		k |= Respond
	}
	if refuses {
		k |= Refuse
	}
	switch {
	case f.verdict(d, s):
		k |= Verdict
	case f.failsOutside(d, s, ends.stated):
		k |= Outside
	}
	if failure(d.fn.Signature()) >= 0 && !s.Infallible && ends.reported {
		k |= Reports
	}
	if k == shape {
		return 0 // anyone can see it
	}
	return k
}

// writtenFields finds the fields that the package writes to, or hands to
// something that writes: closing what they hold can lose data.
func (f *inference) writtenFields() map[*types.Var]bool {
	written := map[*types.Var]bool{}
	for _, d := range f.decls {
		for i := range d.sites {
			sub, call := d.sites[i].sub, d.sites[i].Call
			if sub == nil {
				continue
			}
			v := f.field(receiver(call))
			var arg *types.Var
			if len(call.Args) > 0 {
				arg = f.field(call.Args[0])
			}
			if v == nil && arg == nil {
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
