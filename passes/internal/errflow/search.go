package errflow

import (
	"encoding/binary"
	"go/ast"
)

// maxSteps bounds the search for one value. It is counted in blocks visited, never in time, so that a
// finding does not depend on the machine. A function over the bound is silent and counted.
const maxSteps = 3000

// maxStates bounds the states of one function: places times blocks, a few bytes each.
const maxStates = 1 << 22

// maxPlaces bounds the errors that one search can tell apart.
const maxPlaces = 64

// A walk is one path under way.
type walk struct {
	blk     *block
	st      state
	hold    uint64 // error places that hold the value
	peers   uint32 // results of the failed call that are still its own
	acts    Act
	defers  uint64
	handler ast.Node
	test    ast.Stmt
	gone    bool // the place that the value was born into holds something else, a copy has it
	miss    *cond
	missed  uint64 // those of search.only that it is not
	aside   bool   // behind miss came a branch with code of its own
	match   *cond  // told the error by its kind: only a result that is nil beside it is of interest from there on, see behindKind
	retry   retried
	nilBody ast.Node
	answer  ast.Node // the call that answered the client first
	trail   *trail
	tale    *tale  // set where a recorder listens
	flush   *Value // of a journey: the call that flushed what was written, and tells nothing
}

// A search follows one value on every path on which it is non-nil, shortest paths first, until it is handled.
type search struct {
	f      *Func
	v      *Value
	ends   []*End
	seen   map[string]bool
	found  map[endKey]bool
	queue  []*walk
	steps  int
	after  map[*cond]*bool
	spare  []*walk // walks that have ended, whose memory serves the next
	key    []byte  // the key of the walk under way
	looked bool
	saved  bool
	given  bool
	only   []string // all the errors that the value can be, where that is known
	listed bool     // whether that was asked
}

type endKey struct {
	how  Ending
	node ast.Node
}

// lives returns the ways in which v is lost. Paths on which it is handled are not among them.
func (f *Func) lives(v *Value) []*End {
	switch {
	case v.Unread && !hasPeers(v):
		return nil
	case !v.Unread && (v.home == nil || v.home.shared || f.bits[v.home.id] < 0):
		return nil
	}
	s := &search{f: f, v: v, seen: map[string]bool{}, found: map[endKey]bool{}, after: map[*cond]*bool{}}
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.val == v && (o.kind == opDef || o.kind == opThrow) {
				s.start(blk, i)
			}
		}
	}
	for len(s.queue) > 0 {
		w := s.queue[0]
		s.queue = s.queue[1:]
		s.steps++
		if s.steps > maxSteps {
			f.over = true
			return nil
		}
		s.leave(w)
		s.spare = append(s.spare, w)
	}
	if s.saved && !v.Unread && f.rec == nil && !f.InTest {
		f.fl.taken[v.Callee] = true
	}
	return s.ends
}

// follow gives the walk that goes on along an edge.
func (s *search) follow(w *walk, e *edge) *walk {
	var n *walk
	if last := len(s.spare) - 1; last >= 0 {
		n, s.spare = s.spare[last], s.spare[:last]
	} else {
		n = new(walk)
	}
	st := state{true, append(n.st.nils[:0], w.st.nils...), append(n.st.links[:0], w.st.links...)}
	*n = *w
	n.blk, n.st = e.to, st
	return n
}

func hasPeers(v *Value) bool {
	for _, p := range v.peers {
		if p != nil {
			return true
		}
	}
	return false
}

// start begins behind the op that bears the value.
func (s *search) start(blk *block, at int) {
	before := s.f.states[blk.id]
	if !before.reached {
		return // nothing reaches it
	}
	st := before.clone()
	for i := 0; i <= at; i++ {
		st.apply(s.f.g, &blk.ops[i])
	}
	w := &walk{blk: blk, st: st}
	if s.v.home != nil {
		w.hold = 1 << s.f.bits[s.v.home.id]
		st.nils[s.v.home.id] = NonNil
	}
	for i, p := range s.v.peers {
		if p == nil || i >= 32 {
			continue
		}
		w.peers |= 1 << i
		if s.v.Call != nil && s.f.fl.known.NilOnError(s.v.Call, i) {
			st.nils[p.id] = Nil
		}
	}
	// A deferred closure registered before the value was born may still see it.
	w.defers = s.f.registered(&blk.ops[at])
	if s.run(w, at+1) {
		s.queue = append(s.queue, w)
	}
}

// run takes the walk through the ops of its block; false: the path has ended.
func (s *search) run(w *walk, from int) bool {
	for i := from; i < len(w.blk.ops); i++ {
		o := &w.blk.ops[i]
		if !s.f.rec.op(s, w, o, s.step(w, o)) {
			return false
		}
		w.st.apply(s.f.g, o)
	}
	return true
}

func (s *search) holds(w *walk, p *place) bool {
	if p == nil {
		return false
	}
	bit := s.f.bits[p.id]
	return bit >= 0 && w.hold&(1<<bit) != 0
}

func (s *search) step(w *walk, o *op) bool {
	if s.v.Unread && w.peers == 0 {
		return false // only the other results were left to follow
	}
	if w.match != nil {
		return s.behindKind(w, o)
	}
	switch o.kind {
	case opUse:
		if o.p.kind == flagPlace {
			if l := w.st.links[o.p.id]; l.q != 0 && s.holds(w, s.f.g.places[l.q-1]) {
				w.acts |= Folded // what the flag tells of the error leaves with it
				s.looked, s.saved = true, true
				return false
			}
			return true
		}
		if !s.holds(w, o.p) {
			return true
		}
		w.acts |= o.act
		if o.act&Responded != 0 {
			w.acts &^= Fixed
		}
		s.looked = s.looked || o.act&Looked != 0
		s.given = s.given || o.act&Returned != 0
		if w.retry == succeeded && o.act&Returned != 0 && o.p != s.v.home && s.v.retries() {
			s.outlived(w, o)
		}
		if s.f.InTest && o.act&Logged != 0 {
			s.handled(w)
			return false // whoever runs the test reads its log
		}
		if o.act&(Flattened|Wrapped) == Flattened {
			s.end(w, Textual, o, o.node)
		}
		if o.act&Handled&^Responded != 0 || o.act&Responded != 0 && w.acts&Handler == 0 {
			s.handled(w)
			return false
		}
		switch {
		case o.act&Logged != 0:
			w.trail = w.trail.add(o.node, "logged here")
		case o.act&Printed != 0:
			w.trail = w.trail.add(o.node, "printed here")
		}
	case opDef:
		return s.defined(w, o)
	case opEnd:
		if s.holds(w, o.p) {
			if !s.release(w, o.p) {
				return s.end(w, ScopeEnd, o, o.node)
			}
		}
	case opReturn:
		s.returned(w, o)
		return false
	case opDefer:
		if o.n < 64 {
			w.defers |= 1 << o.n
		}
	case opCheck, opMay:
		if s.holds(w, o.p) {
			s.saved = true
			return false // handled: the check did not come back, or the closure took it over
		}
	case opRespond:
		if w.acts&Handler != 0 && within(o.node, w.handler) {
			if w.acts&Responded == 0 {
				w.acts, w.answer = w.acts|Fixed, o.node
			}
			w.acts |= Responded
			w.trail = w.trail.add(o.node, "the client is answered here")
		}
	case opPeer:
		if i := s.peer(w, o.p); i >= 0 {
			s.peerUsed(w, o, i)
		}
	case opJump:
		if w.acts&Handler != 0 {
			w.acts |= Jumped
		}
	case opCall:
		for i, p := range s.v.peers {
			if p != nil && p.path != "" && i < 32 {
				w.peers &^= 1 << i // the callee may have put something else into the field
			}
		}
	case opStop:
		return s.end(w, Exited, o, o.node)
	}
	return true
}

func (s *search) defined(w *walk, o *op) bool {
	for i, p := range s.v.peers {
		if p == o.p && i < 32 {
			w.peers &^= 1 << i
		}
	}
	bit := s.f.bits[o.p.id]
	if bit < 0 {
		return true
	}
	if o.val == s.v && w.hold&^(1<<bit) != 0 {
		w.retry = calledAgain
	}
	if o.src.kind == srcPlace && s.holds(w, o.src.q) {
		w.hold |= 1 << bit
		return true
	}
	if w.hold&(1<<bit) == 0 {
		return true
	}
	if s.release(w, o.p) {
		return true
	}
	return s.end(w, Overwritten, o, o.node)
}

// release takes the value out of a place; false: nobody holds it any more.
func (s *search) release(w *walk, p *place) bool {
	if p == s.v.home {
		w.gone = true
	}
	w.hold &^= 1 << s.f.bits[p.id]
	if w.hold == 0 && p == s.v.home {
		w.gone = false
	}
	return w.hold != 0
}

// leave follows the edges out of a walk's block.
func (s *search) leave(w *walk) {
	for i := range w.blk.succ {
		e := &w.blk.succ[i]
		if w.match != nil && e.cond == nil && len(w.blk.succ) > 1 {
			continue
		}
		n := s.follow(w, e)
		if s.enter(n, e, w.st.links) && s.run(n, 0) {
			s.queue = append(s.queue, n)
		} else {
			s.spare = append(s.spare, n)
		}
	}
}

// appendKey adds what identifies a walk for the purpose of not going the same way twice.
func (w *walk) appendKey(buf []byte) []byte {
	buf = binary.LittleEndian.AppendUint32(buf, uint32(w.blk.id))
	buf = binary.LittleEndian.AppendUint64(buf, w.hold)
	buf = binary.LittleEndian.AppendUint64(buf, w.defers)
	buf = binary.LittleEndian.AppendUint32(buf, w.peers)
	buf = binary.LittleEndian.AppendUint32(buf, uint32(w.acts&^Rendered))
	buf = append(buf, byte(w.retry))
	if w.missed != 0 {
		buf = binary.LittleEndian.AppendUint64(buf, w.missed)
	}
	for _, n := range w.st.nils {
		buf = append(buf, byte(n))
	}
	for i, l := range w.st.links {
		if l.q != 0 {
			buf = binary.LittleEndian.AppendUint16(buf, uint16(i))
			buf = binary.LittleEndian.AppendUint32(buf, uint32(l.q))
			buf = append(buf, byte(l.kind))
		}
	}
	return buf
}
