package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
)

// expr evaluates e; act says what the context does with an error found there.
func (b *builder) expr(e ast.Expr, act Act) {
	switch e := e.(type) {
	case nil:
	case *ast.ParenExpr:
		b.expr(e.X, act)
	case *ast.Ident:
		b.mention(e, act)
	case *ast.SelectorExpr:
		if p := b.placeOf(e); p != nil {
			b.use(p, act, e)
			b.selected(e.X)
			return
		}
		if p := b.placeOf(e.X); p != nil && p.kind == errorPlace {
			b.use(p, Passed, e) // a method value
			return
		}
		b.selected(e.X)
	case *ast.CallExpr:
		b.call(e, act)
	case *ast.BinaryExpr:
		b.binary(e, act)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			b.address(e.X)
			return
		}
		b.expr(e.X, act)
		if e.Op == token.ARROW {
			b.emit(op{kind: opSync, node: e})
		}
	case *ast.StarExpr:
		b.deref(e.X)
	case *ast.IndexExpr:
		if t := b.info.TypeOf(e.X); t != nil && (isMap(t) || b.inRange(e)) {
			b.expr(e.X, Passed) // a nil map can be read, and a range over a nil list has no turn
		} else {
			b.deref(e.X)
		}
		b.expr(e.Index, Passed)
	case *ast.IndexListExpr:
		b.expr(e.X, act)
	case *ast.SliceExpr:
		b.expr(e.X, act)
		b.expr(e.Low, Passed)
		b.expr(e.High, Passed)
		b.expr(e.Max, Passed)
	case *ast.TypeAssertExpr:
		b.deref(e.X) // x.(T) alone panics where x is nil
	case *ast.CompositeLit:
		for _, el := range e.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				if _, isField := b.info.Uses[identIn(kv.Key)].(*types.Var); !isField {
					b.expr(kv.Key, Stored)
				}
				el = kv.Value
			}
			b.expr(el, Stored|act&Returned)
		}
	case *ast.FuncLit:
		b.literal(e, Callback)
	}
}

func identIn(e ast.Expr) *ast.Ident {
	id, _ := e.(*ast.Ident)
	return id
}

// mention is a variable used as it is.
func (b *builder) mention(id *ast.Ident, act Act) {
	p := b.placeOf(id)
	switch {
	case p == nil:
	case p.kind == peerPlace:
		b.emit(op{kind: opPeer, p: p, node: id, act: act})
	case p.kind == errorPlace, p.kind == slicePlace, p.kind == concretePlace, act&Looked != 0:
		b.use(p, act, id)
	}
}

// deref evaluates an expression whose content is reached into: x in x.f, x[i], *x.
func (b *builder) deref(e ast.Expr) {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		if p := b.peerIfAny(id); p != nil && p.kind == peerPlace {
			b.emit(op{kind: opPeer, p: p, node: id, n: 1})
			return
		}
	}
	b.expr(e, Passed)
}

// selected evaluates x in x.f. A method of a map, a slice or a value does not reach into what may be nil.
func (b *builder) selected(x ast.Expr) {
	if t := b.info.TypeOf(x); t != nil {
		switch t.Underlying().(type) {
		case *types.Pointer, *types.Interface:
		default:
			b.expr(x, Passed)
			return
		}
	}
	b.deref(x)
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// address is &x: whoever gets it may read and assign x at any time.
func (b *builder) address(x ast.Expr) {
	if p := b.placeOf(x); p != nil {
		if p.kind == errorPlace || p.kind == slicePlace {
			b.use(p, Captured, x)
		}
		p.shared = true
		return
	}
	b.expr(x, Stored)
}

// binary evaluates an operator outside a condition. The operands of && and || still are edges.
func (b *builder) binary(e *ast.BinaryExpr, act Act) {
	if e.Op == token.LAND || e.Op == token.LOR {
		after := b.g.newBlock()
		b.cond(e, branchTo{after, nil}, branchTo{after, nil}, nil)
		for _, p := range b.mentioned(e) {
			b.foldAt(after, p, e, act)
		}
		b.cur = after
		return
	}
	c := b.leaf(e, nil)
	if c.p != nil && (c.p.kind == errorPlace || c.p.kind == tempPlace) {
		b.use(c.p, folded(act), e)
	}
}

// folded is what becomes of an error whose test is not a branch: return err == nil tells of it, f(err == nil)
// passes it on.
func folded(act Act) Act {
	if act&Handled != 0 {
		return Folded
	}
	return Tested
}

func (b *builder) foldAt(blk *block, p *place, n ast.Node, act Act) {
	blk.ops = append(blk.ops, op{kind: opUse, p: p, act: folded(act), node: n})
}

// mentioned lists the errors tested in an expression.
func (b *builder) mentioned(e ast.Expr) []*place {
	var list []*place
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if p := b.placeOf(id); p != nil && p.kind == errorPlace {
				list = append(list, p)
			}
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	return list
}
