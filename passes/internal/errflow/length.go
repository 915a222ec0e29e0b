package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Lengths of lists: where they are asked for, a list that is nil has none.

// emptiness recognises len(errs), or errs.Len(), compared with 0 or 1.
func (b *builder) emptiness(x *ast.BinaryExpr, c *cond) bool {
	call, ok := ast.Unparen(x.X).(*ast.CallExpr)
	if !ok {
		return false
	}
	of := b.fl.measured(call)
	if of == nil {
		return false
	}
	p := b.placeOf(of)
	empty := Nil
	if p == nil || p.kind != slicePlace {
		if p = b.emptyResult(of); p == nil {
			return false
		}
		empty = Unknown // a result without elements need not be nil
	}
	tv := b.info.Types[x.Y]
	if tv.Value == nil {
		return false
	}
	zero := tv.Value.String() == "0"
	switch {
	case zero && (x.Op == token.GTR || x.Op == token.NEQ), tv.Value.String() == "1" && x.Op == token.GEQ:
		c.whenTrue, c.whenFalse = NonNil, empty
	case zero && (x.Op == token.EQL || x.Op == token.LEQ), tv.Value.String() == "1" && x.Op == token.LSS:
		c.whenTrue, c.whenFalse = empty, NonNil
	default:
		return false
	}
	c.kind, c.p = condEmpty, p
	return true
}

// emptyResult returns the result of a failing call that e names, if it has no elements where it is nil.
func (b *builder) emptyResult(e ast.Expr) *place {
	switch b.info.TypeOf(e).Underlying().(type) {
	case *types.Slice, *types.Map:
	default:
		return nil
	}
	if p := b.beside(e); p != nil && p.kind == peerPlace {
		return p
	}
	return nil
}

// inRange reports whether x[i] stands in the body of a range over x, or of a loop that goes on while something is less
// than len(x): where x is nil neither has a turn.
func (b *builder) inRange(e *ast.IndexExpr) bool {
	id, ok := ast.Unparen(e.X).(*ast.Ident)
	if !ok {
		return false
	}
	cur, ok := b.fl.cursor(e)
	if !ok {
		return false
	}
	same := func(e ast.Expr) bool {
		over, ok := ast.Unparen(e).(*ast.Ident)
		return ok && b.info.Uses[over] == b.info.Uses[id]
	}
	for loop := range cur.Enclosing((*ast.RangeStmt)(nil), (*ast.ForStmt)(nil)) {
		switch loop := loop.Node().(type) {
		case *ast.RangeStmt:
			if same(loop.X) || b.lengthIs(loop.X, same) {
				return true
			}
		case *ast.ForStmt:
			if within(e, loop.Body) && b.belowLen(loop.Cond, same) {
				return true
			}
		}
	}
	return false
}

// belowLen reports whether a condition holds only where something is less than the length of a list: i < len(x), or
// i < len(x)-1 && more.
func (b *builder) belowLen(cond ast.Expr, list func(ast.Expr) bool) bool {
	c, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	length := func(e ast.Expr) bool {
		if less, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && less.Op == token.SUB {
			e = less.X
		}
		return b.lengthIs(e, list)
	}
	switch c.Op {
	case token.LAND:
		return b.belowLen(c.X, list) || b.belowLen(c.Y, list)
	case token.LSS:
		return length(c.Y)
	case token.GTR:
		return length(c.X)
	}
	return false
}

// lengthIs reports whether e is the length of a list.
func (b *builder) lengthIs(e ast.Expr, list func(ast.Expr) bool) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	of := b.fl.measured(call)
	return of != nil && list(of)
}

// measured returns the list whose length a call gives: by len, or by a slice's own method of that name, or nil.
func (fl *Flow) measured(call *ast.CallExpr) ast.Expr {
	if fl.known.Builtin(call) == "len" && len(call.Args) == 1 {
		return call.Args[0]
	}
	on := receiverOf(call)
	if on == nil || len(call.Args) > 0 || lastName(call.Fun) != "Len" || fl.info.TypeOf(on) == nil {
		return nil
	}
	if _, slice := fl.info.TypeOf(on).Underlying().(*types.Slice); slice {
		return on
	}
	return nil
}

// lengthOf returns the variable of which a call asks the length, or nil.
func (fl *Flow) lengthOf(call *ast.CallExpr) *types.Var {
	if of := fl.measured(call); of != nil {
		return fl.variable(of)
	}
	return nil
}
