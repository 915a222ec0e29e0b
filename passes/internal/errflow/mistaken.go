package errflow

import "go/ast"

// Errors that are nil, or may be, and are returned in the place of another one.

// returned reports an error that is returned where another one is at hand: it is nil, or may be and is mistaken for that.
func (s *stale) returned(st *state, o *op) {
	if o.ret.naked || s.setsResult() {
		return
	}
	for _, src := range o.ret.errs {
		if src.kind != srcPlace || src.q.kind != errorPlace || src.q.shared || s.infallible(src.q) {
			continue
		}
		b := s.atHand(o.node, src.q)
		switch {
		case b == nil || s.names(b.body, b.p):
			continue // the life of the error at hand tells, or it went elsewhere
		case st.nils[src.q.id] == Nil && (b.p.path != "" || b.p.captured):
			s.add(&Loss{Case: CaseOther, At: o.node}, src.q, b, Returned)
		case st.nils[src.q.id] == Unknown && s.mistaken(st, b, src.q, o.node):
			l := &Loss{Case: CaseMistaken, At: o.node}
			if g := s.fl.waivedAbove(o.node); g != nil {
				l.Said = g
			}
			s.add(l, src.q, b, Returned)
		}
	}
}

// mistaken reports whether a return of q, which may be nil, stands for the error that b is entered for: b does
// nothing else, and q is neither what its test asks for nor a copy.
func (s *stale) mistaken(st *state, b *branch, q *place, ret ast.Node) bool {
	body := bodyOf(b.body)
	if b.kind != condNil || s.f.assigned(q, b.body) || b.p.kind != errorPlace || b.p.shared || b.p.captured || len(body) == 0 || body[len(body)-1] != ret || q.captured || q.v == nil || s.handedIn(q) {
		return false
	}
	for _, stmt := range body[:len(body)-1] {
		if mentions(s.fl.info, stmt, q.v) {
			return false
		}
	}
	if l := st.links[q.id]; l.q != 0 {
		return false
	}
	for _, l := range st.links {
		if l.q == int32(q.id)+1 {
			return false
		}
	}
	test := false // the condition asks q as well
	for i := range s.branches {
		if o := &s.branches[i]; o.body == b.body && o.p == q {
			test = true
		}
	}
	return !test
}

// handedIn reports whether q is a parameter: whoever is handed an error to improve gives it back where that fails.
func (s *stale) handedIn(q *place) bool {
	for p := range s.f.Sig.Params().Variables() {
		if p == q.v {
			return true
		}
	}
	return false
}

func (s *stale) setsResult() bool {
	for _, d := range s.f.g.defers {
		for p := range d.sets {
			if p.result {
				return true
			}
		}
	}
	return false
}
