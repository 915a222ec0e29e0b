package errflow

import (
	"container/heap"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
)

// Nilness says what is proved of an error at one point. For a flag, NonNil means true and Nil false; for a
// slice, Nil means empty.
type Nilness = known.Nilness

const (
	Unknown = known.Unknown
	Nil     = known.Nil
	NonNil  = known.NonNil
)

// A state is what is proved of every place of a graph at one point. The zero state is that of code that
// nothing reaches.
type state struct {
	reached bool
	nils    []Nilness
	links   []link
}

// A link says that a place tells of another one.
type link struct {
	q    int32 // place id + 1; 0: no link
	kind linkKind
}

type linkKind uint8

const (
	same    linkKind = iota // holds what q holds
	isNil                   // flag: q == nil
	notNil                  // flag: q != nil
	matched                 // flag: true only where q was told by its kind
	missed                  // flag: false only where q was told by its kind
	given                   // flag: false means that q is nil
)

func newState(n int) state { return state{true, make([]Nilness, n), make([]link, n)} }

func (s state) clone() state {
	return state{true, slices.Clone(s.nils), slices.Clone(s.links)}
}

// join keeps what both agree on, and reports whether s changed.
func (s *state) join(t state) bool {
	changed := false
	for i, n := range t.nils {
		if s.nils[i] != n && s.nils[i] != Unknown {
			s.nils[i] = Unknown
			changed = true
		}
	}
	for i, l := range t.links {
		if s.links[i] != l && s.links[i] != (link{}) {
			s.links[i] = link{}
			changed = true
		}
	}
	return changed
}

// forget drops what other places tell of p.
func (s *state) forget(p *place) {
	id := int32(p.id) + 1
	for i := range s.links {
		if s.links[i].q == id {
			s.links[i] = link{}
		}
	}
}

// set gives p new content.
func (s *state) set(p *place, src source) {
	var n Nilness
	var l link
	switch src.kind {
	case srcNil, srcFalse:
		n = Nil
	case srcNonNil, srcTrue:
		n = NonNil
	case srcPlace:
		n = s.nils[src.q.id]
		if src.q.kind == flagPlace {
			l = s.links[src.q.id]
		} else if src.q != p {
			l = link{int32(src.q.id) + 1, same}
		}
	case srcIsNil, srcNotNil:
		of := s.nils[src.q.id]
		l = link{int32(src.q.id) + 1, notNil}
		if src.kind == srcIsNil {
			l.kind = isNil
		}
		if of != Unknown {
			n = NonNil
			if (of == Nil) != (src.kind == srcIsNil) {
				n = Nil
			}
		}
	case srcMissed:
		l = link{int32(src.q.id) + 1, missed}
		if s.nils[src.q.id] == Nil {
			n = NonNil
		}
	case srcGiven:
		l = link{int32(src.q.id) + 1, given}
	case srcMatched:
		l = link{int32(src.q.id) + 1, matched}
		if s.nils[src.q.id] == Nil {
			n = Nil
		}
	}
	s.forget(p)
	if p.shared {
		n, l = Unknown, link{}
	}
	if l.q == int32(p.id)+1 {
		l = link{}
	}
	s.nils[p.id], s.links[p.id] = n, l
}

// require asserts that p is want; it reports false where that cannot be.
func (s *state) require(p *place, want Nilness) bool {
	if p.shared || want == Unknown {
		return true
	}
	if s.nils[p.id] == want {
		return true
	}
	if s.nils[p.id] != Unknown {
		return false
	}
	s.nils[p.id] = want
	id := int32(p.id) + 1
	if l := s.links[p.id]; l.q != 0 && l.kind == same && s.nils[l.q-1] == Unknown {
		s.nils[l.q-1] = want
	}
	for i, l := range s.links {
		if l.q != id || s.nils[i] != Unknown {
			continue
		}
		switch l.kind {
		case same:
			s.nils[i] = want
		case isNil, notNil:
			s.nils[i] = NonNil
			if (want == Nil) != (l.kind == isNil) {
				s.nils[i] = Nil
			}
		case matched:
			if want == Nil {
				s.nils[i] = Nil
			}
		case missed:
			if want == Nil {
				s.nils[i] = NonNil
			}
		}
	}
	return true
}

// refine asserts the outcome of a condition; it reports false where the edge cannot be taken.
func (s *state) refine(c *cond, outcome bool) bool {
	if c == nil || c.p == nil {
		return true
	}
	switch c.kind {
	case condNil, condTells, condEmpty, condMatch:
		want := c.whenFalse
		if outcome {
			want = c.whenTrue
		}
		return s.require(c.p, want)
	case condFlag:
		want := Nil
		if outcome {
			want = NonNil
		}
		l := s.links[c.p.id]
		if !s.require(c.p, want) {
			return false
		}
		if l.q == 0 {
			return true
		}
		q := l.q - 1
		told := Unknown
		switch {
		case l.kind == isNil && outcome, l.kind == notNil && !outcome, l.kind == given && !outcome:
			told = Nil
		case l.kind == isNil, l.kind == notNil, l.kind == matched && outcome, l.kind == missed && !outcome:
			told = NonNil
		}
		if told != Unknown {
			if s.nils[q] != Unknown && s.nils[q] != told {
				return false
			}
			s.nils[q] = told
		}
	}
	return true
}

// apply runs one op over the state.
func (s *state) apply(g *graph, o *op) {
	switch o.kind {
	case opDef:
		s.set(o.p, o.src)
	case opMay, opEnd: // what is known of a variable that is gone only keeps paths apart
		s.set(o.p, source{})
	case opCheck:
		s.set(o.p, source{kind: srcNil})
	case opCall:
		for _, p := range g.byPath {
			if s.nils[p.id] != Unknown {
				s.set(p, source{})
			}
		}
	}
}

// solve computes what is proved at the start of every block: a forward analysis that keeps what holds on
// every path. Blocks that nothing reaches keep the zero state. Blocks are taken in reverse postorder, so that
// a block is seldom visited before those that lead to it.
func (f *Func) solve() []state {
	g := f.g
	in := make([]state, len(g.blocks))
	in[0] = newState(len(g.places))
	work := &worklist{rank: g.rank(), queued: make([]bool, len(g.blocks))}
	work.add(g.blocks[0])
	for work.Len() > 0 {
		blk := work.take()
		out := in[blk.id].clone()
		for i := range blk.ops {
			out.apply(g, &blk.ops[i])
		}
		for i := range blk.succ {
			e := &blk.succ[i]
			st := out
			if e.cond != nil && e.cond.p != nil {
				st = out.clone()
				if !st.refine(e.cond, e.sense) {
					continue
				}
			}
			to := &in[e.to.id]
			changed := !to.reached
			if changed {
				*to = st.clone()
			} else {
				changed = to.join(st)
			}
			if changed {
				work.add(e.to)
			}
		}
	}
	return in
}

// rank numbers the blocks in reverse postorder.
func (g *graph) rank() []int {
	rank := make([]int, len(g.blocks))
	next := len(g.blocks)
	type frame struct {
		b *block
		i int
	}
	seen := make([]bool, len(g.blocks))
	seen[0] = true
	stack := []frame{{g.blocks[0], 0}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.i < len(top.b.succ) {
			to := top.b.succ[top.i].to
			top.i++
			if !seen[to.id] {
				seen[to.id] = true
				stack = append(stack, frame{to, 0})
			}
			continue
		}
		next--
		rank[top.b.id] = next
		stack = stack[:len(stack)-1]
	}
	return rank
}

// A worklist holds blocks to visit, the earliest in reverse postorder first, each once.
type worklist struct {
	rank   []int
	queued []bool
	blocks []*block
}

func (w *worklist) add(b *block) {
	if !w.queued[b.id] {
		w.queued[b.id] = true
		heap.Push(w, b)
	}
}

func (w *worklist) take() *block {
	b := heap.Pop(w).(*block)
	w.queued[b.id] = false
	return b
}

func (w *worklist) Len() int           { return len(w.blocks) }
func (w *worklist) Less(i, j int) bool { return w.rank[w.blocks[i].id] < w.rank[w.blocks[j].id] }
func (w *worklist) Swap(i, j int)      { w.blocks[i], w.blocks[j] = w.blocks[j], w.blocks[i] }
func (w *worklist) Push(x any)         { w.blocks = append(w.blocks, x.(*block)) }
func (w *worklist) Pop() any {
	last := w.blocks[len(w.blocks)-1]
	w.blocks = w.blocks[:len(w.blocks)-1]
	return last
}
