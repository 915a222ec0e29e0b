package known

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"
)

// A given says how a call can fail: in these ways, by the end of a context, or, unless it is closed, in any other way.
type given struct {
	ways   []way
	ends   bool
	closed bool
	fails  bool // it always does
	told   bool // of each failure: see Reports
}

func (g *given) add(o given) {
	for _, w := range o.ways {
		if !slices.Contains(g.ways, w) {
			g.ways = append(g.ways, w)
		}
	}
	g.ends, g.closed = g.ends || o.ends, g.closed && o.closed
}

// Only names all the errors that the call can give, as [Index.Sentinel] does: each is one that a package holds in a
// variable. It is not ok if there may be others, were it why a context ended.
func (x *Index) Only(call *ast.CallExpr) (names []string, ok bool) {
	x.ready()
	g := x.givenBy(call, 0)
	if !g.closed || g.ends || len(g.ways) == 0 {
		return nil, false
	}
	for _, w := range g.ways {
		if w.name == "" {
			return nil, false
		}
		names = append(names, homeOfError(w.name))
	}
	slices.Sort(names)
	return slices.Compact(names), true
}

// OneWay reports whether the call can fail in one way only, so that to say that it failed is to say why.
func (x *Index) OneWay(call *ast.CallExpr) bool {
	x.ready()
	g := x.givenBy(call, 0)
	return g.closed && !g.ends && len(g.ways) == 1
}

// EndsOnly reports whether the call can fail only because a context ended, be it one that it made itself to have a time
// limit: that it failed says all there is to say, or nearly so.
func (x *Index) EndsOnly(call *ast.CallExpr) bool {
	x.ready()
	g := x.givenBy(call, 0)
	if !g.closed || !g.ends && len(g.ways) == 0 {
		return false
	}
	for _, w := range g.ways {
		if !slices.Contains(ofContexts[:], w.name) {
			return false
		}
	}
	return true
}

func (x *Index) givenBy(call *ast.CallExpr, depth int) given {
	if lit := x.literal(call.Fun); lit != nil {
		return x.ofLiteral(lit)
	}
	s, ok := x.subject(call)
	if !ok || depth > 3 {
		return given{}
	}
	if g := x.ofSubject(s, call); g.closed {
		return g
	}
	via, ok := x.via(s, call)
	if !ok {
		return given{}
	}
	g := given{closed: true}
	for _, e := range via {
		switch t := x.info.TypeOf(e); {
		case e == receiver(call):
			return given{}
		case t != nil && isContext(t):
			g.ends = true
		default:
			g.add(x.ofFunction(e))
		}
	}
	return g
}

// ofSubject gives what is known of a callee whatever its arguments are.
func (x *Index) ofSubject(s *subject, call *ast.CallExpr) given {
	if names, ends, ok := x.only(s, call); ok {
		g := given{ends: x.mayEnd(ends, call), closed: true}
		for _, name := range names {
			g.ways = append(g.ways, way{name: name})
		}
		return g
	}
	if x.oneWay(s) {
		return given{ways: []way{{fn: s.fn}}, closed: true}
	}
	return given{}
}

// mayEnd reports whether any of the contexts by which a call fails can end.
func (x *Index) mayEnd(ends Sources, call *ast.CallExpr) bool {
	for i, a := range call.Args {
		if i < maxSource && ends&(1<<i) != 0 && x.endless(a) {
			ends &^= 1 << i
		}
	}
	return ends != 0
}

// ofFunction gives how a function fails that is handed about as a value.
func (x *Index) ofFunction(e ast.Expr) given {
	if lit := x.literal(e); lit != nil {
		return x.ofLiteral(lit)
	}
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return given{}
	}
	fn, ok := x.info.Uses[id].(*types.Func)
	if !ok {
		return given{}
	}
	return x.ofSubject(x.subjectOf(fn.Origin(), nil, nil), nil)
}

// ofLiteral gives how a function literal fails.
func (x *Index) ofLiteral(lit *ast.FuncLit) given {
	if g, ok := x.literals.Load(lit); ok {
		return g.(given)
	}
	g := given{}
	if x.inferred != nil {
		g = x.inferred.literalErrors(lit, map[*ast.FuncLit]bool{})
	}
	x.literals.Store(lit, g)
	return g
}

// literalErrors walks through a function literal. It is within those that are busy.
func (f *inference) literalErrors(lit *ast.FuncLit, busy map[*ast.FuncLit]bool) given {
	if busy[lit] {
		return given{closed: true} // what it gives of its own it gives anyway
	}
	sig, ok := f.info.TypeOf(lit).(*types.Signature)
	if !ok {
		return given{}
	}
	w := f.walkOf(sig, lit.Body, func() *cfg.CFG { return f.flow.FuncLit(lit) })
	if w == nil || w.err < 0 || w.hidden {
		return given{}
	}
	busy[lit] = true
	defer delete(busy, lit)
	w.busy = busy
	set, errs := noErrors, bottom
	tell := reporter{w: w, holds: true}
	w.run(nil, func(ret *ast.ReturnStmt, st state) {
		if values, ok := w.values(ret, st); ok {
			if e := values[w.err]; e.nilness != Nil && e.nilness != bottom {
				tell.add(ret, e, st)
			}
			set, errs = set.join(values[w.err].errors()), join(errs, values[w.err].nilness)
		} else {
			set, tell.holds = errorSet{}, false
		}
	})
	g := given{ends: set.ends != 0, closed: set.closed && !set.held, fails: errs == NonNil && !w.rescue, told: tell.reported()}
	for i, by := range w.ways {
		if set.ways&(1<<i) != 0 {
			g.ways = append(g.ways, by)
		}
	}
	return g
}

// ofLiteral gives which errors a call of a function literal may give.
func (w *walk) ofLiteral(lit *ast.FuncLit, call *ast.CallExpr) errorSet {
	g := w.givenByLiteral(lit)
	set := errorSet{closed: g.closed}
	for _, by := range g.ways {
		if g.fails && by.at.IsValid() {
			by.at = call.Pos() // what it says may depend on what it is given
		}
		set = set.join(w.one(by))
	}
	if g.ends {
		set.ends = someContext
	}
	return set
}

// givenByLiteral walks through a function literal, once.
func (w *walk) givenByLiteral(lit *ast.FuncLit) given {
	g, ok := w.literals[lit]
	if !ok {
		if w.busy == nil {
			w.busy = map[*ast.FuncLit]bool{}
		}
		g = w.literalErrors(lit, w.busy)
		if w.literals == nil {
			w.literals = map[*ast.FuncLit]given{}
		}
		w.literals[lit] = g
	}
	return g
}

// literal gives the function literal that an expression is: itself, or the only definition of a local variable.
func (x *Index) literal(e ast.Expr) *ast.FuncLit {
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		return e
	case *ast.Ident:
		if v, ok := x.info.Uses[e].(*types.Var); ok && !v.IsField() {
			x.originsOnce.Do(x.collectOrigins)
			return x.closures[v]
		}
	}
	return nil
}
