package errflow

import (
	"go/ast"
	"go/token"
)

// nothingBehind reports whether a statement is the last of its function, so that nothing goes on behind it: the last of
// its branch is, where the branching is.
func (f *Func) nothingBehind(s ast.Stmt) bool {
	if s == nil || len(f.Body.List) == 0 {
		return true
	}
	if i, ok := s.(*ast.IfStmt); ok && i.Else != nil {
		return true // what goes on is in the other branch
	}
	if f.Body.List[len(f.Body.List)-1].End() <= s.End() {
		return true
	}
	cur, ok := f.fl.cursor(s)
	for ; ok && cur.Node() != f.Body; cur = cur.Parent() {
		switch cur.Node().(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return false // the next turn is
		case *ast.CaseClause, *ast.CommClause: // what stands behind it is another branch
		case ast.Stmt:
			if next, more := cur.NextSibling(); more {
				return f.leaving(next.Node())
			}
		default:
			return false
		}
	}
	return ok
}

// leaving reports whether a statement leaves f without a result.
func (f *Func) leaving(n ast.Node) bool {
	r, ok := n.(*ast.ReturnStmt)
	return ok && len(r.Results) == 0 && f.Sig.Results().Len() == 0
}

// leftBehind reports whether the function is left right behind a statement.
func (fl *Flow) leftBehind(s ast.Stmt) bool {
	cur, ok := fl.cursor(s)
	if !ok {
		return false
	}
	next, ok := cur.NextSibling()
	if !ok {
		return false
	}
	_, ok = next.Node().(*ast.ReturnStmt)
	return ok
}

// retried says how the call that gave the value went in a later turn of the loop, while a copy keeps the error.
type retried uint8

const (
	notRetried  retried = iota
	calledAgain         // it was called once more
	succeeded           // and gave no error
)

// comesOut reports whether an edge leaves a loop that has come to its end.
func (e *edge) comesOut() bool {
	if e.over != nil {
		return true
	}
	if e.cond == nil || e.sense {
		return false
	}
	_, ok := e.cond.stmt.(*ast.ForStmt)
	return ok
}

// retries reports whether the loop around v's call makes the same call each turn: nothing that it is given comes
// from the loop.
func (v *Value) retries() bool {
	if v.Call == nil {
		return false
	}
	var loop ast.Node
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if within(v.Call, n) {
				loop = n
			}
		}
		return n == nil || within(v.Call, n)
	})
	same := loop != nil
	ast.Inspect(v.Call, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && same {
			if obj := v.Func.fl.info.Uses[id]; obj != nil && obj.Pkg() == v.Func.fl.pkg && within(span{obj.Pos(), obj.Pos()}, loop) {
				same = false
			}
		}
		return same
	})
	return same
}

// searching reports whether the loop around a jump is left by the first success behind it: such a loop tries
// one way after the other, and a failure only means to try the next.
func (f *Func) searching(jump ast.Stmt) bool {
	if jump == nil {
		return false
	}
	var loop *ast.BlockStmt
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			if within(jump, n) {
				loop = n.Body
			}
		case *ast.RangeStmt:
			if within(jump, n) {
				loop = n.Body
			}
		}
		return n == nil || n.Pos() <= jump.Pos() && jump.End() <= n.End()
	})
	if loop == nil {
		return false
	}
	found := false
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = found || n.Pos() >= jump.Pos() && f.successful(n)
		case *ast.BranchStmt:
			found = found || n.Pos() > jump.Pos() && n.Tok == token.BREAK
		}
		return !found
	})
	return found
}

// successful reports whether a return statement gives a literal nil error, or the function has none to give.
func (f *Func) successful(r *ast.ReturnStmt) bool {
	for _, i := range f.errs {
		if i >= len(r.Results) {
			return false
		}
		if id, ok := ast.Unparen(r.Results[i]).(*ast.Ident); !ok || id.Name != "nil" {
			return false
		}
	}
	return true
}

// turning reports whether the innermost loop around a statement comes round by a condition only: its next turn
// is another try.
func (f *Func) turning(s ast.Stmt) bool {
	if s == nil {
		return false
	}
	var loop ast.Node
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			if within(s, n.Body) {
				loop = n.Body
			}
		case *ast.RangeStmt:
			if within(s, n.Body) {
				loop = n.Body
			}
		case *ast.FuncLit:
			return within(s, n) && n != f.Node
		}
		return true
	})
	return loop != nil && f.g.turns[loop]
}
