package errflow

import (
	"go/token"
	"go/types"
)

// shadowed judges a value that nobody handles and whose variable hides another one of the same name, which is
// read further on although nothing was ever assigned to it.
func (fl *Flow) shadowed(v *Value, ends []*End) *Loss {
	if len(ends) == 0 || *ends[0].saved || v.home == nil || v.home.v == nil || v.home.captured || v.home.v.Parent() == nil || v.Origin != FromCall {
		return nil
	}
	inner := v.home.v.Parent()
	if inner.Parent() == nil {
		return nil
	}
	_, obj := inner.Parent().LookupParent(v.home.v.Name(), v.home.v.Pos())
	outer, ok := obj.(*types.Var)
	if !ok {
		return nil
	}
	p := v.Func.g.byVar[outer]
	if p == nil || p.kind != errorPlace || p.shared || p.captured || !v.Func.readNil(p, inner.End()) {
		return nil
	}
	for _, e := range ends {
		if e.How != Replaced && (e.Acts&Looked == 0 || e.Acts&Handler != 0) {
			return &Loss{Class: Overwrites, Case: CaseShadowed, At: v.Node, End: e}
		}
	}
	return nil // only its success is dealt with
}

// readNil reports whether p is read behind pos while it is proved nil.
func (f *Func) readNil(p *place, pos token.Pos) bool {
	for _, blk := range f.g.blocks {
		if !f.states[blk.id].reached {
			continue
		}
		st := f.states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind == opUse && o.p == p && o.node.Pos() >= pos && st.nils[p.id] == Nil && o.node != f.Body {
				return true
			}
			st.apply(f.g, o)
		}
		for _, e := range blk.succ {
			if e.cond != nil && e.cond.p == p && e.cond.expr.Pos() >= pos && st.nils[p.id] == Nil {
				return true
			}
		}
	}
	return false
}
