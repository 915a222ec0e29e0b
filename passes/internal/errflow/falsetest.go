package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// tested reports the test of an error that is proved nil, where something else shows what was meant.
func (s *stale) tested(st *state, blk *block) {
	if len(blk.succ) == 0 || blk.succ[0].cond == nil {
		return
	}
	c := blk.succ[0].cond
	p := c.p
	if s.keepsLast(st, c) {
		s.add(&Loss{Case: CaseFirstKept, At: c.expr}, p, nil, Tested)
		return
	}
	if p == nil || p.kind != errorPlace || p.shared || st.nils[p.id] != Nil || s.infallible(p) || s.elsewhere(p, c.expr) {
		return
	}
	if c.kind == condMatch {
		if c.whenTrue == NonNil || c.whenFalse == NonNil {
			if b := s.atHand(c.expr, p); b != nil || !s.asksAgain(c) {
				s.add(&Loss{Case: CaseNever, At: c.expr}, p, b, 0)
			}
		}
		return
	}
	ifs, ok := c.stmt.(*ast.IfStmt)
	if !ok || c.kind != condNil {
		return
	}
	body := ast.Node(ifs.Body)
	if c.whenTrue == Nil {
		return // err == nil: the branch that runs is the one that is meant to
	}
	switch lost := s.lostBefore(ifs, p); {
	case lost != nil:
		l := &Loss{Case: CaseNotTested, At: c.expr}
		s.add(l, p, nil, Tested)
		l.instead = lost
	case s.assigns(body, p):
		s.add(&Loss{Case: CaseFirstKept, At: c.expr}, p, nil, Tested)
	default:
		s.add(&Loss{Case: CaseNeverSet, At: c.expr, Strict: true}, p, nil, Tested)
	}
}

// asksAgain reports whether a condition stands in a loop or beside others, where its place among them may
// matter more than that it cannot hold.
func (s *stale) asksAgain(c *cond) bool {
	_, ok := c.stmt.(*ast.IfStmt)
	return !ok
}

// assigns reports whether the first statement of a body gives p another error: the first one is to be kept.
func (s *stale) assigns(body ast.Node, p *place) bool {
	list := bodyOf(body)
	if len(list) != 1 {
		return false
	}
	a, ok := list[0].(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 1 || a.Tok != token.ASSIGN {
		return false
	}
	id, ok := a.Lhs[0].(*ast.Ident)
	if !ok || s.fl.info.Uses[id] != p.v || p.path != "" {
		return false
	}
	return !s.fl.info.Types[a.Rhs[0]].IsNil()
}

// keepsLast reports whether a condition lets an error take the place of another one only where there is one:
// if first != nil { first = err }, err being the error at hand.
func (s *stale) keepsLast(st *state, c *cond) bool {
	ifs, ok := c.stmt.(*ast.IfStmt)
	if !ok || c.kind != condNil || c.whenTrue != NonNil || c.p.kind != errorPlace || c.p.shared || ifs.Else != nil || ifs.Cond != c.expr || !s.assigns(ifs.Body, c.p) {
		return false
	}
	id, ok := ast.Unparen(ifs.Body.List[0].(*ast.AssignStmt).Rhs[0]).(*ast.Ident)
	if !ok {
		return false
	}
	v, _ := s.fl.info.Uses[id].(*types.Var)
	q := s.f.g.byVar[v]
	return q != nil && q != c.p && q.kind == errorPlace && !q.shared && st.nils[q.id] == NonNil && st.nils[c.p.id] != NonNil
}

// lostBefore returns the call whose error was meant to be tested: the one in the if statement's head or in the
// statement before it, if its error went into nothing or into another variable that nobody has looked at.
func (s *stale) lostBefore(ifs *ast.IfStmt, p *place) *Value {
	before := ifs.Init
	if before == nil {
		cur, ok := s.fl.cursor(ifs)
		if !ok {
			return nil
		}
		prev, ok := cur.PrevSibling()
		if !ok {
			return nil
		}
		if before, ok = prev.Node().(ast.Stmt); !ok {
			return nil
		}
	}
	for _, v := range s.f.values {
		if v.Origin != FromCall || !within(v.Node, before) || v.How == Deferred || v.How == Spawned {
			continue
		}
		switch before.(type) {
		case *ast.ExprStmt, *ast.AssignStmt:
		default:
			continue
		}
		if v.How == Blank && ifs.Init == nil || s.fl.known.Kind(v.Call)&(known.Print|known.Log|known.Close|known.Remove) != 0 {
			continue
		}
		if v.Unread || v.home != p && v.home != nil && v.home.kind == errorPlace && !mentions(s.fl.info, ifs.Cond, v.home.v) {
			return v
		}
	}
	return nil
}

// deferred reports deferred closures that decide by a local error how the function went, while a return
// statement gives an error which that local never holds.
func (s *stale) deferred() {
	if len(s.f.errs) != 1 {
		return
	}
	for _, d := range s.f.g.defers {
		for p, acts := range d.reads {
			if p.result || p.captured || p.shared || p.kind != errorPlace || p.path != "" || acts&Tested == 0 || d.sets[p] || s.setByDeferred(p) {
				continue
			}
			at := s.firstTest(d, p)
			if n, made := s.unseenReturn(d, p); n != nil && at != nil {
				l := &Loss{Case: CaseDefersLocal, At: at, Strict: made}
				s.add(l, p, nil, Tested)
				l.Value.Node = n
				l.Steps = append([]Step{{n, "this error never reaches " + p.name}}, l.Steps...)
			}
		}
	}
}

// setByDeferred reports whether a deferred call is given p to fill it in, as what catches a panic is: what went wrong is
// known to that, and not to the returns.
func (s *stale) setByDeferred(p *place) bool {
	for _, d := range s.f.g.defers {
		for _, a := range d.stmt.Call.Args {
			if ref, ok := ast.Unparen(a).(*ast.UnaryExpr); ok && ref.Op == token.AND && s.fl.names(ref.X, p.v) {
				return true
			}
		}
	}
	return false
}

// firstTest finds where the closure of d compares p with something: the place that has to change, whichever
// of the returns shows why.
func (s *stale) firstTest(d *deferred, p *place) (at ast.Node) {
	ast.Inspect(d.stmt, func(n ast.Node) bool {
		if x, ok := n.(*ast.BinaryExpr); ok && at == nil && (x.Op == token.EQL || x.Op == token.NEQ) && mentions(s.fl.info, x, p.v) {
			at = x
		}
		return at == nil
	})
	return at
}

// unseenReturn finds a return behind d that gives the error of a call directly, p being proved nil. An error made
// there, by a function that has come to know of a failure by itself, may be none that the closure is about.
func (s *stale) unseenReturn(d *deferred, p *place) (n ast.Node, made bool) {
	for _, blk := range s.f.g.blocks {
		if !s.f.states[blk.id].reached {
			continue
		}
		st := s.f.states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind == opReturn && o.pos() > d.stmt.End() && len(o.ret.errs) == 1 && st.nils[p.id] == Nil {
				src := o.ret.errs[0]
				switch {
				case src.call != nil && src.kind == srcUnknown:
					return o.node, false
				case src.kind == srcNonNil && n == nil:
					n, made = o.node, true
				}
			}
			st.apply(s.f.g, o)
		}
	}
	return n, made
}
