package errflow

import (
	"go/types"
)

// capturedResults gives a deferred closure the content that the enclosing function's named results have when it runs.
func (b *builder) capturedResults(entry *block) {
	if b.f.Role != Deferrer || b.f.Outer == nil {
		return
	}
	var ops []op
	for _, p := range b.g.places {
		if p.kind != errorPlace || !p.captured || p.path != "" || !isNamedResult(b.f.Outer.Sig, p.v) {
			continue
		}
		p.result = true
		val := &Value{Func: b.f, Origin: FromCaptured, Node: b.f.Node, Name: p.name, home: p}
		o := op{kind: opDef, p: p, node: b.f.Node, val: val}
		ops = append(ops, o)
		b.f.values = append(b.f.values, val)
	}
	entry.ops = append(ops, entry.ops...)
}

func isNamedResult(sig *types.Signature, v *types.Var) bool {
	for r := range sig.Results().Variables() {
		if r == v && r.Name() != "" {
			return true
		}
	}
	return false
}

// settleCaptures says of each place whether a closure that may run at any time can touch it.
func (b *builder) settleCaptures() {
	for _, l := range b.f.lits {
		switch l.Role {
		case Goroutine, Callback, Main:
			for _, q := range l.g.places {
				if !q.captured || q.kind == peerPlace {
					continue
				}
				if p := b.mirror(q); p != nil && (l.assigns(q) || q.shared) {
					p.shared = true
				}
			}
		}
	}
}

// mirror returns this graph's place for what a literal captured.
func (b *builder) mirror(q *place) *place {
	if q.path != "" {
		return b.pathPlace(pathKey{q.v, q.path}, q.name)
	}
	return b.placeOfVar(q.v)
}

// assigns reports whether f's graph, or a literal in it, gives q something else.
func (f *Func) assigns(q *place) bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.p == q && (o.kind == opDef && (o.val == nil || o.val.Origin != FromCaptured) || o.kind == opMay) {
				return true
			}
		}
	}
	for _, l := range f.lits {
		for _, r := range l.g.places {
			if r.captured && r.v == q.v && r.path == q.path && l.assigns(r) {
				return true
			}
		}
	}
	return false
}

// readActs collects what f's graph and the literals in it do with q.
func (f *Func) readActs(q *place) Act {
	var acts Act
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			switch o := &blk.ops[i]; {
			case o.kind == opUse && o.p == q:
				acts |= o.act
			case o.kind == opDef && o.src.q == q:
				acts |= Passed
			case o.kind == opReturn:
				for _, s := range o.ret.errs {
					if s.q == q {
						acts |= Returned
					}
				}
			}
		}
		for _, e := range blk.succ {
			if e.cond != nil && e.cond.p == q {
				acts |= Tested
			}
		}
	}
	for _, l := range f.lits {
		for _, r := range l.g.places {
			if r.captured && r.v == q.v && r.path == q.path {
				acts |= l.readActs(r)
			}
		}
	}
	return acts
}

// --- places
