package errflow

import (
	"go/ast"
	"go/types"
	"sort"
)

// A Birth is one way in which a variable came to hold an error.
type Birth struct {
	Value *Value        // nil where the error was made of another one or never taken for a failure
	Call  *ast.CallExpr // the call that gave it, nil where none did
}

// maxBirths bounds the births told apart in one function; beyond it nobody knows where an error is from.
const maxBirths = 63

const unknownBirth = 1 << maxBirths

// Births tells where the error that e names may have come from, at the place where e stands. all is false
// where there may be other births: e is shared with a closure or a pointer, or comes from a field, a map, a
// global or an enclosing function. Safe for concurrent use.
func (fl *Flow) Births(e ast.Expr) (births []Birth, all bool) {
	f := fl.around(e)
	if f == nil {
		return nil, false
	}
	p := f.placeFor(e)
	if p == nil || p.shared {
		return nil, false
	}
	at := f.locate(p, e)
	if at.blk == nil {
		return nil, false
	}
	s := f.births()
	sets := s.before(at)
	if sets == nil {
		return nil, false
	}
	set := sets[p.id]
	for i, birth := range s.list {
		if set&(1<<i) != 0 {
			births = append(births, birth)
		}
	}
	return births, set&unknownBirth == 0
}

// around returns the innermost function around n.
func (fl *Flow) around(n ast.Node) *Func {
	after := sort.Search(len(fl.byPos), func(i int) bool { return fl.byPos[i].Body.Pos() > n.Pos() })
	for i := after - 1; i >= 0; i-- { // of those that begin before n, the last to hold it
		switch f := fl.byPos[i]; {
		case within(n, f.Body):
			return f
		case f.Outer == nil:
			return nil
		}
	}
	return nil
}

// placeFor returns the place that e names in f's graph, or nil; it makes none.
func (f *Func) placeFor(e ast.Expr) *place {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := f.fl.info.ObjectOf(e).(*types.Var); ok {
			return f.g.byVar[v]
		}
	case *ast.SelectorExpr:
		if k, ok := newBuilder(f.fl, f).path(e); ok {
			return f.g.byPath[k]
		}
	}
	return nil
}

// A point is one place in a graph: before the op of that index, or at the end of the block.
type point struct {
	blk *block
	op  int
}

// stateAt gives what is proved at a point, or nil if nothing comes there.
func (f *Func) stateAt(at point) *state {
	if at.blk == nil || !f.states[at.blk.id].reached {
		return nil
	}
	st := f.states[at.blk.id].clone()
	for i := range at.op {
		st.apply(f.g, &at.blk.ops[i])
	}
	return &st
}

// locate finds where e, which names p, is evaluated: the smallest op or condition on p around it. The tag of
// a switch is evaluated where its first case is.
func (f *Func) locate(p *place, e ast.Expr) point {
	var best point
	size := int(^uint(0) >> 1)
	take := func(n ast.Node, at point) {
		if n == nil || !within(e, n) {
			return
		}
		if s := int(n.End() - n.Pos()); s < size {
			best, size = at, s
		}
	}
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind == opUse && o.p == p || o.kind == opReturn || o.kind == opCall || o.kind == opDef {
				take(o.node, point{blk, i})
			}
		}
		for i := range blk.succ {
			c := blk.succ[i].cond
			if c == nil || c.p != p {
				continue
			}
			take(c.expr, point{blk, len(blk.ops)})
			if head := switchHead(c.stmt); head != nil {
				take(head, point{blk, len(blk.ops)})
			}
		}
	}
	return best
}

// switchHead is what a switch evaluates once, or nil.
func switchHead(s ast.Stmt) ast.Node {
	switch s := s.(type) {
	case *ast.SwitchStmt:
		if s.Tag != nil {
			return s.Tag
		}
	case *ast.TypeSwitchStmt:
		return s.Assign
	}
	return nil
}

// birthSets says, for the start of each block, which births each place may hold.
type birthSets struct {
	f    *Func
	list []Birth
	byOp map[*op]uint64
	in   [][]uint64
}

// solveBirths solves a forward analysis that joins by union.
func (f *Func) solveBirths() *birthSets {
	s := &birthSets{f: f, byOp: map[*op]uint64{}, in: make([][]uint64, len(f.g.blocks))}
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind != opDef || o.val == nil && o.src.call == nil {
				continue
			}
			if len(s.list) == maxBirths {
				s.byOp[o] = unknownBirth
				continue
			}
			s.byOp[o] = 1 << len(s.list)
			birth := Birth{Value: o.val, Call: o.src.call}
			if o.val != nil && o.val.Call != nil {
				birth.Call = o.val.Call
			}
			s.list = append(s.list, birth)
		}
	}
	first := make([]uint64, len(f.g.places))
	for _, p := range f.g.places {
		if p.captured {
			first[p.id] = unknownBirth
		}
	}
	s.in[0] = first
	work := &worklist{rank: f.g.rank(), queued: make([]bool, len(f.g.blocks))}
	work.add(f.g.blocks[0])
	for work.Len() > 0 {
		blk := work.take()
		out := s.through(blk, len(blk.ops))
		for i := range blk.succ {
			to := blk.succ[i].to
			changed := s.in[to.id] == nil
			if changed {
				s.in[to.id] = make([]uint64, len(out))
			}
			for j, set := range out {
				if joined := s.in[to.id][j] | set; joined != s.in[to.id][j] {
					s.in[to.id][j], changed = joined, true
				}
			}
			if changed {
				work.add(to)
			}
		}
	}
	return s
}

// before gives the sets at a point, nil where nothing reaches it.
func (s *birthSets) before(at point) []uint64 {
	if s.in[at.blk.id] == nil {
		return nil
	}
	return s.through(at.blk, at.op)
}

// through runs the first n ops of a block.
func (s *birthSets) through(blk *block, n int) []uint64 {
	sets := append([]uint64(nil), s.in[blk.id]...)
	for i := range blk.ops[:n] {
		o := &blk.ops[i]
		switch o.kind {
		case opDef:
			born, ok := s.byOp[o]
			switch {
			case ok:
				sets[o.p.id] = born
			case o.src.kind == srcNil:
				sets[o.p.id] = 0
			case o.src.kind == srcPlace:
				sets[o.p.id] = sets[o.src.q.id]
			default:
				sets[o.p.id] = unknownBirth
			}
		case opMay:
			sets[o.p.id] |= unknownBirth
		}
		if (o.kind == opDef || o.kind == opMay) && o.p.shared {
			sets[o.p.id] |= unknownBirth
		}
	}
	return sets
}
