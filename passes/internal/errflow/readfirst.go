package errflow

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
)

// Who reads an error on the way to what takes its place, although no path of the graph shows it.

// readFirst reports whether what is assigned over an error comes of something that knows of it, or whether the author
// decided by the order of cases that it does not matter there.
func (fl *Flow) readFirst(v *Value, e *End) bool {
	if v.home == nil || v.home.v == nil {
		return false
	}
	return fl.readByLiteral(v.home.v, e.Node) || fl.passedOver(v, e.Node)
}

// readByLiteral reports whether a statement calls something with a function literal that reads v before it assigns to
// it: whoever runs the literal at once has the old content, and does not always run it.
//
//	_, err = update(req, func(r *request) { r.Reason = err.Error() })
func (fl *Flow) readByLiteral(v *types.Var, n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.BlockStmt:
			return false
		case *ast.CallExpr:
			for i, a := range n.Args {
				lit, ok := ast.Unparen(a).(*ast.FuncLit)
				if !ok || fl.known.Arg(n, i)&(known.Calls|known.CallsLater) == known.CallsLater {
					continue
				}
				found = found || fl.readsBeforeSet(lit.Body, v)
			}
		}
		return !found
	})
	return found
}

// readsBeforeSet reports whether a body names v for the first time where it reads it.
func (fl *Flow) readsBeforeSet(body ast.Node, v *types.Var) bool {
	reads := false
	fl.accesses(body, v, func(_ *ast.Ident, written bool) bool {
		reads = !written
		return false
	})
	return reads
}

// passedOver reports whether a switch without a tag stands before n, in the blocks around it, that asks for a
// parameter's error in one of its cases: a case that stands further up has the say where it holds.
func (fl *Flow) passedOver(v *Value, n ast.Node) bool {
	if v.Origin != FromParam {
		return false
	}
	for s := range fl.stmtsAround(n) {
		for s, ok := s.PrevSibling(); ok; s, ok = s.PrevSibling() {
			sw, is := s.Node().(*ast.SwitchStmt)
			if !is || sw.Tag != nil {
				continue
			}
			for _, c := range sw.Body.List {
				if slices.ContainsFunc(c.(*ast.CaseClause).List, func(e ast.Expr) bool { return mentions(fl.info, e, v.home.v) }) {
					return true
				}
			}
		}
	}
	return false
}

// keptByLiteral reports whether the failed call was given a function literal that puts each of its errors, or the text
// of it, into something outside before it returns it: what comes back of the call says no more than is kept there.
func (fl *Flow) keptByLiteral(v *Value) bool {
	return v.Call != nil && slices.ContainsFunc(v.Call.Args, func(a ast.Expr) bool {
		lit, ok := ast.Unparen(a).(*ast.FuncLit)
		return ok && fl.byLit[lit] != nil && fl.byLit[lit].keepsErrors(v)
	})
}

// keepsErrors reports whether a literal keeps each error that it returns.
func (f *Func) keepsErrors(v *Value) bool {
	if len(f.g.places)*len(f.g.blocks) > maxStates {
		return false
	}
	kept, states := false, f.states
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
			if o.kind != opReturn {
				st.apply(f.g, o)
				continue
			}
			for _, src := range o.ret.errs {
				switch {
				case src.kind == srcNil, src.kind == srcPlace && st.nils[src.q.id] == Nil:
				case src.kind == srcPlace && src.q.v != nil && f.keepsBefore(o.node, src.q.v, v):
					kept = true
				default:
					return false
				}
			}
		}
	}
	return kept
}

// keepsBefore reports whether an assignment before n, in the blocks around it, puts what a variable holds into something
// outside of f, be it by way of another variable. What the failed call is assigned to is no such thing.
func (f *Func) keepsBefore(n ast.Node, err *types.Var, v *Value) bool {
	fl := f.fl
	holders := []*types.Var{err}
	type store struct{ to, what ast.Expr }
	var stores []store
	for s := range fl.stmtsAround(n) {
		for s, ok := s.PrevSibling(); ok; s, ok = s.PrevSibling() {
			if a, is := s.Node().(*ast.AssignStmt); is && len(a.Lhs) == len(a.Rhs) {
				for i, l := range a.Lhs {
					stores = append(stores, store{l, a.Rhs[i]})
				}
			}
		}
	}
	slices.Reverse(stores) // as they are executed
	for _, s := range stores {
		if !slices.ContainsFunc(holders, func(h *types.Var) bool { return mentions(fl.info, s.what, h) }) {
			continue
		}
		to := targetVar(fl.info, s.to)
		switch {
		case to == nil:
		case to.Pos() < f.Node.Pos() || to.Pos() >= f.Node.End():
			if v.home == nil || to != v.home.v {
				return true
			}
		default:
			holders = append(holders, to)
		}
	}
	return false
}
