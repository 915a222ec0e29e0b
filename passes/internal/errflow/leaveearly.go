package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// Readers that leave on the first failure, while others are still to come.

// leavesEarly reports a return of f on the first failure that it receives, while others are still to come. Where none is,
// since the error is the last that is sent, it is a return on another failure, while the sender sends on.
func (fl *Flow) leavesEarly(f *Func, c, w *channel, s *spawn, last bool) {
	for _, r := range w.receives {
		loop := enclosingLoop(r, f)
		if loop == nil {
			continue
		}
		ret := fl.returnsFailure(loop, r, false)
		if ret != nil && last {
			ret = fl.returnsFailure(loop, r, true)
		}
		if ret != nil {
			fl.unheardAt(c, CaseReaderLeaves, ret, s)
			return
		}
	}
}

// endsWithError reports whether a sender returns as soon as it has sent what may hold an error: whoever receives that need
// not wait for more.
//
//	if err != nil {
//		list <- file{err: err}
//		return
//	}
//	list <- file{path: path}
func (fl *Flow) endsWithError(sends []send) bool {
	ended := false
	for _, d := range sends {
		n, ok := d.cur.Node().(*ast.SendStmt)
		if !ok || fl.around(n) != fl.around(sends[0].cur.Node()) {
			return false
		}
		if fl.sendsNoError(n.Value) {
			continue
		}
		next, ok := d.cur.NextSibling()
		if !ok {
			return false
		}
		if _, leaves := next.Node().(*ast.ReturnStmt); !leaves {
			return false
		}
		ended = true
	}
	return ended
}

// sendsNoError reports whether a value that is sent is nil, or made on the spot with no error in it.
func (fl *Flow) sendsNoError(e ast.Expr) bool {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	made, ok := e.(*ast.CompositeLit)
	if !ok {
		return fl.info.Types[e].IsNil()
	}
	return !slices.ContainsFunc(made.Elts, func(e ast.Expr) bool {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		return isError(fl.info.TypeOf(e))
	})
}

func enclosingLoop(cur inspector.Cursor, f *Func) ast.Node {
	if r, ok := cur.Node().(*ast.RangeStmt); ok {
		return r
	}
	for p := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		if within(p.Node(), f.Body) {
			return p.Node()
		}
		return nil
	}
	return nil
}

// returnsFailure finds a return statement in a loop in a branch that is entered because what was received is, or
// holds, an error; or, for another failure, because an error that was not received is there.
func (fl *Flow) returnsFailure(loop ast.Node, r inspector.Cursor, another bool) *ast.ReturnStmt {
	got := fl.received(r)
	if got == nil {
		return nil
	}
	var found *ast.ReturnStmt
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			x, equal := known.WithNil(fl.info, n.Cond)
			if x == nil || equal || mentions(fl.info, x, got) == another || !isError(fl.info.TypeOf(x)) {
				return true
			}
			if ret, ok := lastStmt(n.Body.List).(*ast.ReturnStmt); ok && found == nil {
				found = ret
			}
		}
		return found == nil
	})
	return found
}

// received returns the variable that takes what is received.
func (fl *Flow) received(r inspector.Cursor) *types.Var {
	var id ast.Expr
	if n, ok := r.Node().(*ast.RangeStmt); ok {
		id = n.Key
	} else if a, ok := r.Parent().Node().(*ast.AssignStmt); ok {
		id = a.Lhs[0]
	}
	name, ok := id.(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := fl.info.ObjectOf(name).(*types.Var)
	return v
}
