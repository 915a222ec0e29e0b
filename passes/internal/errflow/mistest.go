package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	astedge "golang.org/x/tools/go/ast/edge"

	"github.com/errvet/errvet/passes/internal/known"
)

// Tests that show by their form that another one was meant.

// asksAnother reports whether v's error is assigned in the head of an if that asks only whether another error is nil:
//
//	if errInner = write(conn); err != nil {
func (fl *Flow) asksAnother(v *Value) bool {
	if v.Call == nil || v.home == nil || v.home.v == nil {
		return false
	}
	cur, ok := fl.cursor(v.Call)
	if !ok {
		return false
	}
	assign := cur.Parent()
	if e, _ := assign.ParentEdge(); e != astedge.IfStmt_Init {
		return false
	}
	tested, _ := known.WithNil(fl.info, assign.Parent().Node().(*ast.IfStmt).Cond)
	id, ok := tested.(*ast.Ident)
	if !ok {
		return false
	}
	other, ok := fl.info.Uses[id].(*types.Var)
	return ok && isError(other.Type()) && !mentions(fl.info, assign.Node(), other)
}

// takenForKind returns the if that asks whether v's call gave nothing, or whether its error is of one kind: with any other
// error nothing comes either, so that all are taken for that kind, and the test for them behind it has no use.
//
//	if page == nil || errors.Is(err, io.EOF) {
func (fl *Flow) takenForKind(v *Value, e *End) ast.Node {
	if e.test == nil || v.home == nil || v.home.v == nil || !*e.seen {
		return nil
	}
	ifs, ok := e.test.(*ast.IfStmt)
	if !ok {
		return nil
	}
	or, ok := ast.Unparen(ifs.Cond).(*ast.BinaryExpr)
	if !ok || or.Op != token.LOR {
		return nil
	}
	isNil, ok := ast.Unparen(or.X).(*ast.BinaryExpr)
	if !ok || isNil.Op != token.EQL || !fl.info.Types[isNil.Y].IsNil() || !mentions(fl.info, or.Y, v.home.v) || fl.asksForNil(or.Y, or.Y.Pos(), func(ast.Expr) bool { return true }) {
		return nil
	}
	if id, ok := ast.Unparen(isNil.X).(*ast.Ident); ok && fl.givenBeside(v, id) {
		return ifs
	}
	return nil
}

// testedInVain judges an error that the if or the loop that asks for what v's call gave beside it takes for a
// failure where that is there: nothing is with an error, so that no failure ever gets to the test, and all go the way of nothing.
//
//	for row, err := next(); row != nil; row, err = next() {
//		if err != nil {
//			return err
//		}
func (fl *Flow) testedInVain(v *Value, e *End) *Loss {
	if v.Call == nil || v.home == nil || v.home.v == nil || *e.saved || fl.saysOneThing(v) || fl.givesOne(v) {
		return nil // one error only is an answer: there is nothing
	}
	var cond ast.Expr
	var body *ast.BlockStmt
	switch s := e.test.(type) {
	case *ast.IfStmt:
		cond, body = s.Cond, s.Body
	case *ast.ForStmt:
		cond, body = s.Cond, s.Body
	}
	if cond == nil || !fl.turnsBackFirst(body, v.home.v) {
		return nil
	}
	i := fl.resultAsked(v, cond)
	if i < 0 {
		return nil
	}
	e.peer = i
	return &Loss{Class: Swallowed, Case: CaseInVain, At: e.test}
}

// resultAsked gives the index of the result that a condition, or the first of several that must all hold, asks to be
// there, if v's call gives it only where it does not fail; -1 if there is none.
func (fl *Flow) resultAsked(v *Value, cond ast.Expr) int {
	for {
		and, ok := ast.Unparen(cond).(*ast.BinaryExpr)
		if !ok || and.Op != token.LAND {
			break
		}
		cond = and.X
	}
	x, equal := known.WithNil(fl.info, cond)
	id, ok := x.(*ast.Ident)
	if !ok || equal {
		return -1
	}
	i := slices.IndexFunc(v.peers, func(p *place) bool { return p != nil && p.v == fl.info.Uses[id] })
	if i < 0 || !fl.known.NilOnError(v.Call, i) {
		return -1
	}
	return i
}

// turnsBackFirst reports whether a body turns back where an error is not nil, before it gives the variable another one.
func (fl *Flow) turnsBackFirst(body *ast.BlockStmt, err *types.Var) bool {
	turns, over := false, false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.AssignStmt:
			over = over || fl.assignsAny(n, err)
		case *ast.IfStmt:
			if init, ok := n.Init.(*ast.AssignStmt); ok {
				over = over || fl.assignsAny(init, err)
			}
			x, equal := known.WithNil(fl.info, n.Cond)
			id, ok := x.(*ast.Ident)
			turns = turns || ok && !equal && !over && fl.info.Uses[id] == err && leaves(n.Body)
		}
		return !turns && !over
	})
	return turns
}

// givesBeside reports whether an exit gives, as a success, what v's call gave beside its error and nobody looked at: a
// pointer or the like that a failure leaves nil.
func (fl *Flow) givesBeside(v *Value, x *exit) bool {
	return x != nil && slices.ContainsFunc(x.others, func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok || !fl.givenBeside(v, id) {
			return false
		}
		p, ok := fl.info.Uses[id].(*types.Var)
		if !ok || fl.known.Definition(p) != v.Call {
			return false
		}
		switch p.Type().Underlying().(type) {
		case *types.Pointer, *types.Interface:
			return true
		}
		return false
	})
}

// givenBeside reports whether an identifier names a variable that v's call gave another of its results to.
func (fl *Flow) givenBeside(v *Value, id *ast.Ident) bool {
	obj := fl.info.Uses[id]
	return obj != nil && slices.ContainsFunc(v.peers, func(p *place) bool { return p != nil && p.v == obj })
}
