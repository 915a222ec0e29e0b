package errflow

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
)

// Ways on which a failure is told whatever becomes of the call at hand.

// tellsAfter reports whether a call is given an error, or its text, that the same list of statements goes on to send, to
// return or to log: whoever is told there learns of the first failure, and the call was to tell another one of it, too.
//
//	report(conn, err.Error())
//	errs <- err
func (fl *Flow) tellsAfter(v *Value) bool {
	cur, ok := fl.cursor(v.Call)
	if !ok || v.How != Statement {
		return false
	}
	cur = cur.Parent() // the statement
	var told *types.Var
	for _, a := range v.Call.Args {
		ast.Inspect(a, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && told == nil && isError(fl.info.TypeOf(id)) {
				told = fl.variable(id)
			}
			_, lit := n.(*ast.FuncLit)
			return told == nil && !lit
		})
	}
	if told == nil {
		return false
	}
	for _, s := range behind(cur.Parent().Node(), cur.Node()) {
		switch s := s.(type) {
		case *ast.AssignStmt:
			if slices.ContainsFunc(s.Lhs, func(l ast.Expr) bool { return fl.names(l, told) }) {
				return false // another one
			}
		case *ast.SendStmt:
			if mentions(fl.info, s.Value, told) {
				return true
			}
		case *ast.ReturnStmt:
			return mentions(fl.info, s, told)
		case *ast.ExprStmt:
			if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok && fl.known.Kind(call)&known.Log != 0 && mentions(fl.info, call, told) {
				return true
			}
		}
	}
	return false
}

// endsInFailure reports whether the code from the end of blk on does nothing but return an error, on each of its
// ways; it looks a few blocks ahead.
func (f *Func) endsInFailure(blk *block, ahead int) bool {
	if len(blk.ops) > 0 {
		if last := &blk.ops[len(blk.ops)-1]; last.kind == opReturn {
			return slices.ContainsFunc(last.ret.errs, func(s source) bool { return s.kind == srcNonNil }) || f.fl.returnsMade(last.node)
		}
	}
	for i := range blk.succ {
		if ahead == 0 || !f.endsInFailure(blk.succ[i].to, ahead-1) {
			return false
		}
	}
	return len(blk.succ) > 0
}

// returnsMade reports whether a return statement gives what a call makes of an error made on the spot, or of one with a
// name: return c.fail(errors.New("…")).
func (fl *Flow) returnsMade(n ast.Node) bool {
	r, ok := n.(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 {
		return false
	}
	call, ok := ast.Unparen(r.Results[len(r.Results)-1]).(*ast.CallExpr)
	return ok && fl.known.ErrorResult(call) >= 0 && slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		if made, ok := ast.Unparen(a).(*ast.CallExpr); ok {
			return fl.known.AlwaysFails(made)
		}
		name, ok := fl.known.Sentinel(a)
		return ok && name != "io.EOF" // which says that all went well
	})
}

// cleansUp reports whether f runs when the function around it is left: it is deferred, or handed to a call
// that is.
func (f *Func) cleansUp() bool {
	if f.Role == Deferrer {
		return true
	}
	if f.Outer == nil {
		return false
	}
	for _, d := range f.Outer.g.defers {
		if within(f.Node, d.stmt) {
			return true
		}
	}
	return false
}

// failing reports whether an error is proved non-nil where n stands.
func (f *Func) failing(n ast.Node) bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind != opCall || o.node != n {
				continue
			}
			if !f.states[blk.id].reached {
				return true // nothing reaches it
			}
			st := f.states[blk.id].clone()
			for j := range i {
				st.apply(f.g, &blk.ops[j])
			}
			for _, p := range f.g.places {
				if (p.kind == errorPlace || p.kind == tempPlace) && st.nils[p.id] == NonNil {
					return true
				}
			}
			return f.endsInFailure(blk, 4)
		}
	}
	return false
}
