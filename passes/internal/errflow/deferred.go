package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
)

// afterRecover reports whether n stands where a deferred closure has recovered, in a branch or behind one that leaves the
// closure where there was no panic: what the function was about to return when it panicked is not its error.
func (f *Func) afterRecover(n ast.Node) bool {
	for _, s := range f.Body.List {
		if s == n {
			return false
		}
		if i, ok := s.(*ast.IfStmt); ok && f.noPanic(i) && leavesFunc(i.Body) {
			return true
		}
	}
	return recovers(f.Body)
}

// noPanic reports whether a branch is entered only where recover gave nil.
func (f *Func) noPanic(i *ast.IfStmt) bool {
	c, ok := ast.Unparen(i.Cond).(*ast.BinaryExpr)
	if !ok || c.Op != token.EQL || !f.fl.info.Types[c.Y].IsNil() {
		return false
	}
	if isRecover(c.X) {
		return true
	}
	h, ok := f.fl.handleOf(c.X)
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if a, is := n.(*ast.AssignStmt); is && len(a.Lhs) == 1 && len(a.Rhs) == 1 && isRecover(a.Rhs[0]) {
			found = found || ok && f.fl.is(h, a.Lhs[0])
		}
		return !found
	})
	return found
}

func leavesFunc(body *ast.BlockStmt) bool {
	_, ok := lastStmt(body.List).(*ast.ReturnStmt)
	return ok
}

func isRecover(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	return ok && id.Name == "recover"
}

// madeOfOld reports whether what a deferred closure assigns is made, by a call, of a variable in which the function around
// holds the error that it returns: under another name, it is the one that is overwritten.
func (f *Func) madeOfOld(n ast.Node) bool {
	a, ok := n.(*ast.AssignStmt)
	if !ok || f.Outer == nil {
		return false
	}
	found := false
	for _, r := range a.Rhs {
		ast.Inspect(r, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return !found
			}
			for _, arg := range call.Args {
				if v := f.fl.variable(arg); v != nil && isError(v.Type()) && !within(span{v.Pos(), v.Pos()}, f.Node) {
					found = found || f.Outer.gives(v)
				}
			}
			return !found
		})
	}
	return found
}

// gives reports whether f returns a variable.
func (f *Func) gives(v *types.Var) bool {
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				found = found || mentions(f.fl.info, r, v)
			}
		}
		return !found
	})
	return found
}

func recovers(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			found = found || isRecover(call)
		}
		return !found
	})
	return found
}

// nowhere judges an error that a deferred closure leaves in p, which is no result: once the function is left, nobody
// reads it. A panic's value in the wrong place is recoverall's, another deferred closure may read it, and so may a
// function further out whose variable it is.
func (fl *Flow) nowhere(v *Value, p *place, at ast.Node) *Loss {
	outer := v.Func.Outer
	if p.v == nil || recovers(v.Func.Body) || outer.readsLater(v, p.v) {
		return nil
	}
	if at == nil { // a copy: where it is made
		if at = copies(fl.info, v.Func.Body, p.v, v.home); at == nil {
			return nil
		}
		if q := outer.g.byVar[p.v]; q == nil || q.shared || !within(span{p.v.Pos(), p.v.Pos()}, outer.Node) {
			return nil
		}
	}
	return &Loss{Class: Overwrites, Case: CaseNowhere, At: at, mends: p}
}

// copies finds the statement that assigns from's variable to v.
func copies(info *types.Info, body ast.Node, v *types.Var, from *place) (at ast.Node) {
	if from == nil || from.v == nil {
		return nil
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 {
			if id, ok := a.Lhs[0].(*ast.Ident); ok && info.Uses[id] == v && mentions(info, a.Rhs[0], from.v) {
				at = a
			}
		}
		return true
	})
	return at
}

// readsLater reports whether a deferred closure of f that runs after the one that bears v reads variable at, which
// v is assigned to.
func (f *Func) readsLater(v *Value, at *types.Var) bool {
	p := f.g.byVar[at]
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

// foundNotNil gives the results of the function around of which a deferred closure knows, where it comes to n, that they are
// not nil.
func (f *Func) foundNotNil(n ast.Node) (found []int) {
	for i := range f.Outer.Sig.Results().Len() {
		if r := f.Outer.Sig.Results().At(i); r.Name() != "" && f.fl.notNilAt(f.Body.List, n, r) {
			found = append(found, i)
		}
	}
	return found
}

// notNilAt reports whether statements come to n, which is within them, only where v is not nil: by a branch around it, or
// since one before it has left the function where v is nil.
func (fl *Flow) notNilAt(list []ast.Stmt, n ast.Node, v *types.Var) bool {
	for _, s := range list {
		ifs, ok := s.(*ast.IfStmt)
		switch {
		case ok && within(n, ifs.Body):
			return fl.saysFailed(ifs.Cond, v) || fl.notNilAt(ifs.Body.List, n, v)
		case within(n, s):
			return false
		case ok && leavesFunc(ifs.Body) && fl.saysNone(ifs.Cond, v):
			return true
		}
	}
	return false
}

// saysNone reports whether a condition holds wherever v is nil.
func (fl *Flow) saysNone(cond ast.Expr, v *types.Var) bool {
	return slices.ContainsFunc(operands(cond, token.LOR), func(e ast.Expr) bool {
		x, equal := known.WithNil(fl.info, e)
		return x != nil && equal && fl.variable(x) == v
	})
}

// failsPast reports whether f can return an error of its own once it has come by a deferred closure, without giving nil for
// one of some results.
func (f *Func) failsPast(lit ast.Node, results []int) bool {
	withNil := func(n ast.Node) bool {
		ret, ok := n.(*ast.ReturnStmt)
		return ok && slices.ContainsFunc(results, func(i int) bool {
			return len(ret.Results) == f.Sig.Results().Len() && f.fl.info.Types[ret.Results[i]].IsNil()
		})
	}
	states := f.solve()
	for _, blk := range f.g.blocks {
		if !states[blk.id].reached {
			continue
		}
		st := states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind == opReturn && o.node.End() > lit.End() && !withNil(o.node) {
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
