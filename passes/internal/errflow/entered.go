package errflow

import (
	"go/ast"
	"math/bits"
	"slices"
)

// enter takes a walk over an edge; false: it cannot go there, ends there, or would go the same way a second time.
// links are those from before the edge.
func (s *search) enter(n *walk, e *edge, links []link) bool {
	if !n.st.refine(e.cond, e.sense) {
		return false
	}
	if e.cond != nil && !s.f.rec.edge(n, e, s.asked(n, e, links)) {
		return false
	}
	if e.into != nil && n.acts&Tested != 0 && n.acts&Handler == 0 && n.test != nil && within(e.into, n.test) {
		n.acts |= Handler
		n.handler = e.into
	}
	switch {
	case e.comesOut():
		n.retry = notRetried // all turns are done: what one of them gave is told
	case n.retry == calledAgain && n.st.nils[s.v.home.id] == Nil:
		n.retry = succeeded
	}
	s.looked = s.looked || n.acts&Looked != 0
	s.key = n.appendKey(s.key[:0])
	if s.seen[string(s.key)] {
		return false
	}
	s.seen[string(s.key)] = true
	return true
}

func within(in, outer ast.Node) bool {
	return outer.Pos() <= in.Pos() && in.End() <= outer.End()
}

// asked notes what the outcome of a condition says of the value; false: it was told by its kind, which is to
// handle it.
func (s *search) asked(n *walk, e *edge, links []link) bool {
	c := e.cond
	p := c.p
	if n.match != nil {
		return s.staysKind(n, e)
	}
	var told linkKind = notNil
	if c.kind == condFlag && p != nil {
		l := links[p.id]
		if l.q == 0 {
			p = nil
		} else {
			p, told = s.f.g.places[l.q-1], l.kind
		}
		if told == given {
			return true // it says whether there is an error to look at
		}
	}
	for _, q := range c.also {
		if i := s.peer(n, q); i >= 0 {
			n.acts |= Sided
			if c.kind != condNil || p != q || !c.partly() || !s.f.fl.insteadOfError(s.v, i) {
				n.acts |= Weighed
			}
		}
	}
	if i := s.peer(n, p); i >= 0 && p.kind == peerPlace && n.st.nils[p.id] == NonNil && s.f.fl.insteadOfError(s.v, i) {
		s.looked, s.saved = true, true
		return false
	}
	if p == nil || !s.holds(n, p) {
		switch {
		case n.acts&Sided != 0 && n.test == nil:
			n.test = c.stmt
		case c.stmt != nil && c.stmt == n.test && n.acts&Handler == 0:
			n.acts |= Conditional
		}
		return true
	}
	if c.kind == condMatch || c.kind == condFlag && (told == matched || told == missed) {
		s.looked = true
		if told == missed && !e.sense || told != missed && isMatch(c, e.sense) {
			n.acts |= Matched
			s.saved = true
			if !s.leavesNil(n) {
				return false
			}
			n.match, n.trail = c, n.trail.add(c.expr, "told by its kind here")
			return true
		}
		if s.exhausted(n, c) {
			return false
		}
		n.acts |= Unmatched
		n.miss, n.aside = c, e.into != nil && !onlyAsks(bodyOf(e.into))
		n.trail = n.trail.add(c.expr, "of another kind here")
		if n.test == nil {
			n.test = c.stmt
		}
		return true
	}
	if n.acts&Tested == 0 || n.test == nil {
		n.trail = n.trail.add(c.expr, "found non-nil here")
	}
	n.acts |= Tested
	if n.acts&Handler == 0 {
		n.test = c.stmt
		if n.nilBody = c.no; c.whenTrue == Nil {
			n.nilBody = c.yes
		}
	}
	return true
}

// exhausted notes that the value is not of the kind that c asks for, and reports whether no kind is left: then nothing
// goes this way.
func (s *search) exhausted(n *walk, c *cond) bool {
	if !s.listed {
		s.listed = true
		if s.v.Call != nil {
			s.only, _ = s.f.fl.known.Only(s.v.Call)
		}
	}
	if len(s.only) == 0 || c.kind != condMatch {
		return false
	}
	name, ok := s.f.fl.kindAsked(c.expr)
	if i := slices.Index(s.only, name); ok && i >= 0 {
		n.missed |= 1 << i
	}
	return bits.OnesCount64(n.missed) == len(s.only)
}

// kindAsked names the error of a package that a condition compares with, or asks errors.Is for.
func (fl *Flow) kindAsked(e ast.Expr) (name string, ok bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		if name, ok = fl.known.Sentinel(e.X); !ok {
			name, ok = fl.known.Sentinel(e.Y)
		}
	case *ast.CallExpr:
		if fn := fl.known.Callee(e); fn != nil && fn.Name() == "Is" && fn.Signature().Recv() == nil && len(e.Args) == 2 {
			return fl.known.Sentinel(e.Args[1])
		}
	default: // a case of a switch
		return fl.known.Sentinel(e)
	}
	return name, ok
}

// partly reports whether c is one of several questions that one condition of an if asks together.
func (c *cond) partly() bool {
	s, ok := c.stmt.(*ast.IfStmt)
	return ok && ast.Unparen(s.Cond) != c.expr
}

// isMatch reports which outcome of a condition means that the kind was recognised.
func isMatch(c *cond, sense bool) bool {
	if c.kind == condMatch && c.whenFalse == NonNil {
		return !sense // err != ErrX
	}
	return sense
}
