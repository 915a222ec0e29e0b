package errflow

import (
	"go/ast"
	"iter"
)

// An Exit is a call that does not come back.
type Exit struct {
	Func *Func // the innermost function around it
	Call *ast.CallExpr
	// Errs are the births of the errors that are proved non-nil there, those that the call is given first; empty
	// where none is.
	Errs []Birth
}

// Exits gives the calls of the package that do not come back: panic, os.Exit, log.Fatal and all that known or
// the control flow says never return. Code that nothing reaches is left out. Safe for concurrent use.
func (fl *Flow) Exits() iter.Seq[*Exit] {
	return func(yield func(*Exit) bool) {
		for _, f := range fl.funcs {
			for _, x := range f.exits() {
				if !yield(x) {
					return
				}
			}
		}
	}
}

func (f *Func) exits() []*Exit {
	if !f.stops() || len(f.g.places)*len(f.g.blocks) > maxStates {
		return nil
	}
	var list []*Exit
	states, births := f.states, f.births()
	if states == nil {
		states = f.solve()
	}
	for _, blk := range f.g.blocks {
		if !states[blk.id].reached {
			continue
		}
		st := states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			call, ok := o.node.(*ast.CallExpr)
			if ok && o.kind == opStop && f.fl.around(call) == f {
				list = append(list, &Exit{Func: f, Call: call, Errs: births.failed(point{blk, i}, st, call)})
			}
			st.apply(f.g, o)
		}
	}
	return list
}

func (f *Func) stops() bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if blk.ops[i].kind == opStop {
				return true
			}
		}
	}
	return false
}

// failed gives the births of the errors that are proved non-nil at a point.
func (s *birthSets) failed(at point, st state, call *ast.CallExpr) []Birth {
	sets := s.before(at)
	if sets == nil {
		return nil
	}
	var given, others []Birth
	for _, p := range s.f.g.places {
		if p.kind != errorPlace && p.kind != tempPlace || p.shared || st.nils[p.id] != NonNil {
			continue
		}
		for i, birth := range s.list {
			switch {
			case sets[p.id]&(1<<i) == 0:
			case p.v != nil && mentions(s.f.fl.info, call, p.v):
				given = append(given, birth)
			default:
				others = append(others, birth)
			}
		}
	}
	return append(given, others...)
}
