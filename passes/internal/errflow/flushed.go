package errflow

import (
	"go/ast"

	"github.com/errvet/errvet/passes/internal/known"
)

// flushedEach reports whether h is written to again and again, and each write through it, or through a writer built over
// it, is followed by a Flush or a Sync whose error somebody takes: what is written is read as it comes, and all that
// closing h may lose is the mark of the end. Of what is written once, that mark is a part.
func (fl *Flow) flushedEach(f *Func, h handle) bool {
	chain := map[handle]bool{h: true}
	made := fl.made(f.Body)
	for grown := true; grown; {
		grown = false
		for call, of := range made {
			for _, a := range call.Args {
				if over, ok := fl.handleOf(a); ok && chain[over] && !chain[of] && of.local() {
					chain[of], grown = true, true
				}
			}
		}
	}
	touches := func(call *ast.CallExpr) bool {
		if of, ok := made[call]; ok && chain[of] {
			return false // it makes one of them
		}
		for _, e := range append([]ast.Expr{receiverOf(call)}, call.Args...) {
			if g, ok := fl.handleOf(e); ok && chain[g] {
				return true
			}
		}
		return false
	}
	found, all := false, true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !touches(call) || fl.known.Kind(call)&vouches != 0 && receiverOf(call) != nil && fl.known.Kind(call)&known.Write == 0 {
			return all
		}
		found = true
		all = all && fl.flushedBehind(call, touches) && fl.repeats(f, call)
		return all
	})
	return found && all
}

// onlyTheEnd is flushedEach for what an expression names.
func (fl *Flow) onlyTheEnd(f *Func, recv ast.Expr) bool {
	h, ok := fl.handleOf(recv)
	return ok && h.local() && fl.flushedEach(f, h)
}

// askedBelow reports whether what a writer is built over keeps its error, and is flushed with a look at that behind v's call
// or, where f was handed it, behind each call of f.
func (fl *Flow) askedBelow(f *Func, v *Value) bool {
	base := fl.known.Base(receiverOf(v.Call))
	h, ok := fl.handleOf(base)
	if !ok || h.path != "" {
		return false
	}
	asked := func(call *ast.CallExpr, e ast.Expr) bool {
		of, ok := fl.handleOf(e)
		return ok && hasErrorField(fl.info.TypeOf(e)) && fl.flushedBehind(call, func(flush *ast.CallExpr) bool { return fl.is(of, receiverOf(flush)) })
	}
	if v.How != Deferred && v.Func == f && asked(v.Call, base) {
		return true
	}
	i := paramIndex(f.Sig, h.v)
	return i >= 0 && fl.eachCaller(f, func(_ *Func, call *ast.CallExpr) bool {
		return i < len(call.Args) && asked(call, call.Args[i])
	})
}

// flushedBehind reports whether the statements behind a call, up to the end of the function around it, hold a Flush or a
// Sync whose error somebody takes.
func (fl *Flow) flushedBehind(call ast.Node, touches func(*ast.CallExpr) bool) bool {
	cur, ok := fl.cursor(call)
	for ; ok; cur = cur.Parent() {
		switch cur.Node().(type) {
		case *ast.FuncLit, *ast.FuncDecl, nil:
			return false
		case ast.Stmt:
			for s, more := cur.NextSibling(); more; s, more = s.NextSibling() {
				if fl.flushes(s.Node(), touches) {
					return true
				}
			}
		}
	}
	return false
}

// repeats reports whether a call stands in a loop, or in a function literal of f's.
func (fl *Flow) repeats(f *Func, call ast.Node) bool {
	cur, ok := fl.cursor(call)
	if !ok {
		return false
	}
	for p := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		return p.Node() != f.Node
	}
	return false
}

// flushes reports whether a statement that runs whenever it is come to holds such a call: it is no branch of it.
func (fl *Flow) flushes(n ast.Node, touches func(*ast.CallExpr) bool) bool {
	var exprs []ast.Expr
	switch n := n.(type) {
	case *ast.IfStmt:
		if n.Init != nil {
			return fl.flushes(n.Init, touches)
		}
		exprs = []ast.Expr{n.Cond}
	case *ast.AssignStmt:
		if isBlank(n.Lhs[len(n.Lhs)-1]) {
			return false
		}
		exprs = n.Rhs
	case *ast.ReturnStmt:
		exprs = n.Results
	}
	for _, e := range exprs {
		found := false
		ast.Inspect(e, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				k := fl.known.Kind(call)
				found = found || k&(known.Flush|known.Sync) != 0 && k&(known.Close|known.Write) == 0 && touches(call)
			}
			_, lit := n.(*ast.FuncLit)
			return !found && !lit
		})
		if found {
			return true
		}
	}
	return false
}

// writesOn reports whether what a writer is built over is written to behind a flush, in the same list of statements,
// and somebody takes the error: a peer that is gone then is gone still.
func (fl *Flow) writesOn(flush *Value) bool {
	base, ok := fl.handleOf(fl.known.Base(receiverOf(flush.Call)))
	if !ok || !base.local() {
		return false
	}
	cur, ok := fl.cursor(flush.Call)
	if !ok || flush.How == Deferred {
		return false
	}
	stmt := cur.Parent()
	made := fl.made(flush.Func.Body)
	for _, s := range behind(stmt.Parent().Node(), stmt.Node()) {
		if fl.takesWrite(s, base, made) {
			return true
		}
	}
	return false
}

// takesWrite reports whether a statement writes to h and takes the error, whatever it does next.
func (fl *Flow) takesWrite(s ast.Stmt, h handle, made map[*ast.CallExpr]handle) bool {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.AssignStmt:
		if len(s.Rhs) != 1 || isBlank(s.Lhs[len(s.Lhs)-1]) {
			return false
		}
		e = s.Rhs[0]
	case *ast.IfStmt:
		return s.Init != nil && fl.takesWrite(s.Init, h, made)
	case *ast.ReturnStmt:
		if len(s.Results) != 1 {
			return false
		}
		e = s.Results[0]
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && fl.known.ErrorResult(call) >= 0 && fl.touchOf(h, call, made) == writes
}
