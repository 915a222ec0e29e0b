package errflow

import "go/types"

// An error that is told by its kind is handled: one that says that there is no such thing is an answer. What stands beside
// it may be nil all the same, and whoever goes on as with any other answer runs into that.

// leavesNil reports whether a result is proved nil where the error is told by its kind.
func (s *search) leavesNil(w *walk) bool {
	for i, p := range s.v.peers {
		if p != nil && i < 32 && w.peers&(1<<i) != 0 && s.v.Call != nil && w.st.nils[p.id] == Nil && s.f.fl.known.NilOnError(s.v.Call, i) {
			return true
		}
	}
	return false
}

// staysKind reports whether a walk behind that goes over an edge: nothing but the error may decide about the way, by
// whether it is nil or by the same question again, since any other condition may know of its kind as well.
func (s *search) staysKind(w *walk, e *edge) bool {
	c := e.cond
	switch {
	case c.p == nil || !s.holds(w, c.p):
		return false
	case c.kind == condNil:
		return true
	}
	return c.kind == condMatch && isMatch(c, e.sense) && types.ExprString(c.expr) == types.ExprString(w.match.expr)
}

// behindKind takes a walk on behind that. False where the way ends.
func (s *search) behindKind(w *walk, o *op) bool {
	switch o.kind {
	case opPeer:
		if i := s.peer(w, o.p); i >= 0 && o.n == 1 {
			s.peerUsed(w, o, i)
			return false
		}
	case opDef:
		for i, p := range s.v.peers {
			if p == o.p && i < 32 {
				w.peers &^= 1 << i
			}
		}
		if bit := s.f.bits[o.p.id]; bit >= 0 && s.holds(w, o.p) {
			w.hold &^= 1 << bit
		}
		return s.leavesNil(w)
	case opCall:
		for i, p := range s.v.peers {
			if p != nil && p.path != "" && i < 32 {
				w.peers &^= 1 << i
			}
		}
	case opReturn, opStop, opCheck, opMay:
		return false
	}
	return true
}
