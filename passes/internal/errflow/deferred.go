package errflow

import (
	"go/ast"
)

// afterRecover reports whether n stands in a branch of a deferred closure that recovers: what the function
// was about to return when it panicked is not its error.
func (f *Func) afterRecover(n ast.Node) bool {
	for _, s := range f.Body.List {
		if s == n {
			return false
		}
	}
	return recovers(f.Body)
}

func recovers(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "recover" {
				found = true
			}
		}
		return !found
	})
	return found
}

// readsLater reports whether a deferred closure of f that runs after the one that bears v reads what v is
// assigned to.
func (f *Func) readsLater(v *Value) bool {
	p := f.g.byVar[v.home.v]
	if p == nil {
		return false
	}
	for _, d := range f.g.defers {
		if d.stmt.Pos() < v.Func.Node.Pos() && d.stmt.End() < v.Func.Node.Pos() && d.reads[p] != 0 {
			return true
		}
	}
	return false
}

// failsPast reports whether f can return an error of its own once it has come by a deferred closure.
func (f *Func) failsPast(lit ast.Node) bool {
	states := f.solve()
	for _, blk := range f.g.blocks {
		if !states[blk.id].reached {
			continue
		}
		st := states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind == opReturn && o.node.End() > lit.End() {
				for _, src := range o.ret.errs {
					switch src.kind {
					case srcNil:
					case srcPlace:
						if st.nils[src.q.id] != Nil {
							return true
						}
					default:
						return true
					}
				}
			}
			st.apply(f.g, o)
		}
	}
	return false
}
