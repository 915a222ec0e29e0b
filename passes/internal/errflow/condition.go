package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// cond builds the edges of a condition: && and || lead on by their own edges, ! swaps them.
func (b *builder) cond(e ast.Expr, yes, no branchTo, s ast.Stmt) {
	switch x := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			b.cond(x.X, no, yes, s)
			return
		}
	case *ast.BinaryExpr:
		if x.Op == token.LAND {
			mid := b.g.newBlock()
			b.cond(x.X, branchTo{mid, nil}, no, s)
			b.cur = mid
			b.cond(x.Y, yes, no, s)
			return
		}
		if x.Op == token.LOR {
			mid := b.g.newBlock()
			b.cond(x.X, yes, branchTo{mid, nil}, s)
			b.cur = mid
			b.cond(x.Y, yes, no, s)
			return
		}
	}
	b.fork(b.leaf(e, s), true, yes, no)
}

// fork ends the current block with a condition.
func (b *builder) fork(c *cond, sense bool, yes, no branchTo) {
	if b.cur == nil {
		b.cur = b.g.newBlock()
	}
	if c.kind == condNil || c.kind == condTells || c.kind == condEmpty || c.kind == condMatch || c.kind == condFlag {
		if c.p == nil {
			c.kind = condOther
		}
	}
	if tv, ok := b.info.Types[c.expr]; ok && c.kind == condOther && tv.Value != nil && tv.Value.String() == "true" && sense {
		b.edge(b.cur, yes.to, nil, false, yes.into)
		b.cur = nil
		return
	}
	c.yes, c.no = yes.into, no.into
	c.also = b.alsoIn(c)
	b.edge(b.cur, yes.to, c, sense, yes.into)
	b.edge(b.cur, no.to, c, !sense, no.into)
	b.cur = nil
}

// alsoIn lists the results of failing calls that a condition mentions: whoever asks about a result has
// looked at how the call went.
func (b *builder) alsoIn(c *cond) []*place {
	var list []*place
	ast.Inspect(c.expr, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if p := b.peerIfAny(id); p != nil && (p.kind == peerPlace || p.kind == flagPlace) {
				list = append(list, p)
			}
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	return list
}

// leaf evaluates a condition without &&, || and !, and says what it tells of which place.
func (b *builder) leaf(e ast.Expr, s ast.Stmt) *cond {
	e = ast.Unparen(e)
	c := &cond{expr: e, stmt: s}
	switch x := e.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		if p := b.placeOf(x.(ast.Expr)); p != nil && p.kind == flagPlace {
			c.kind, c.p = condFlag, p
			return c
		}
		b.expr(e, Passed)
	case *ast.BinaryExpr:
		b.comparison(x, c)
	case *ast.CallExpr:
		b.question(x, c)
	default:
		b.expr(e, Passed)
	}
	return c
}

// comparison fills in what x == y tells. A != tells the same with the senses swapped; the cond says so by its
// whenTrue and whenFalse.
func (b *builder) comparison(x *ast.BinaryExpr, c *cond) {
	l, r := ast.Unparen(x.X), ast.Unparen(x.Y)
	if b.isNil(l) {
		l, r = r, l
	}
	if x.Op != token.EQL && x.Op != token.NEQ {
		b.ordered(x, c)
		return
	}
	whenTrue, whenFalse := Nil, NonNil
	if x.Op == token.NEQ {
		whenTrue, whenFalse = NonNil, Nil
	}
	if b.isNil(r) {
		p := b.placeOf(l)
		if p == nil {
			p = b.temp(l)
		}
		if p == nil {
			p = b.beside(l)
		}
		if p != nil {
			c.kind, c.p, c.whenTrue, c.whenFalse = condNil, p, whenTrue, whenFalse
			return
		}
		b.expr(l, Passed)
		return
	}
	// err == ErrX, err.Error() == "x", status.Code(err) == codes.NotFound
	p, other := b.told(l), r
	if p == nil {
		p, other = b.told(r), l
	}
	if p != nil {
		c.kind, c.p = condMatch, p
		if x.Op == token.EQL {
			c.whenTrue = NonNil
		} else {
			c.whenFalse = NonNil
		}
		if q := b.placeOf(other); q != nil && q.kind == errorPlace {
			b.use(q, Tested, other)
			c.whenTrue, c.whenFalse = Unknown, Unknown // two variables: the same error, or both nil
		}
		if b.placeOf(other) == nil {
			b.expr(other, Passed)
		}
		return
	}
	if b.emptiness(x, c) {
		return
	}
	b.expr(l, Passed)
	b.expr(r, Passed)
}

// told returns the error whose identity, text or code e is.
func (b *builder) told(e ast.Expr) *place {
	if p := b.placeOf(e); p != nil && p.kind == errorPlace {
		return p
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && b.know.ErrorResult(call) < 0 {
		return b.asked(call)
	}
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok { // err.(*T).Code == 5
		if ta, ok := ast.Unparen(sel.X).(*ast.TypeAssertExpr); ok {
			return b.told(ta.X)
		}
	}
	return nil
}

// asked returns the one error among a call's receiver and arguments, if the call only tells of it:
// err.Error(), status.Code(err), strings.Contains(err.Error(), "x"), isRetryable(err). The other arguments
// are evaluated.
func (b *builder) asked(call *ast.CallExpr) *place {
	if b.know.Builtin(call) != "" || b.info.Types[call.Fun].IsType() {
		return nil
	}
	if p := b.method(call); p != nil {
		return p
	}
	at := -1
	var found *place
	for i, a := range call.Args {
		p := b.told(a)
		if p == nil {
			continue
		}
		if fate := b.know.Arg(call, i); found != nil || fate&^(known.Tests|known.Drops|known.Flattens) != 0 && fate&known.Escapes == 0 && !b.boolish(call) {
			return nil
		}
		at, found = i, p
	}
	if found == nil {
		return nil
	}
	b.expr(call.Fun, Passed)
	for i, a := range call.Args {
		if i != at {
			b.expr(a, Passed)
		}
	}
	return found
}

func (b *builder) boolish(call *ast.CallExpr) bool {
	t := b.info.TypeOf(call)
	return t != nil && isBool(t)
}

// temp is the nameless error of a call that is tested where it stands: if f() != nil.
func (b *builder) temp(e ast.Expr) *place {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if t := b.info.TypeOf(call); t == nil || !isError(t) {
		return nil
	}
	b.call(call, Passed)
	p := b.g.newPlace(tempPlace, nil, "", callText(call))
	if top := len(b.scopes) - 1; top >= 0 {
		b.scopes[top] = append(b.scopes[top], p)
	}
	var val *Value
	if b.know.ErrorResult(call) >= 0 && len(b.inline) == 0 {
		if val = b.birth(call, ""); val != nil {
			val.home = p
			b.f.values = append(b.f.values, val)
		}
	}
	b.emit(op{kind: opDef, p: p, node: call, src: source{call: call}, val: val})
	return p
}

func (b *builder) isNil(e ast.Expr) bool {
	tv, ok := b.info.Types[e]
	return ok && tv.IsNil()
}

// question fills in what a call in a condition tells of an error.
func (b *builder) question(call *ast.CallExpr, c *cond) {
	if i, whenTrue, whenFalse, ok := b.know.Predicate(call); ok && i < len(call.Args) {
		p := b.told(call.Args[i])
		if p == nil {
			p = b.temp(call.Args[i])
		}
		if p != nil {
			b.expr(call.Fun, Passed)
			if act := actOf(b.know.Arg(call, i), 0) &^ (Tested | Passed | Folded); act != 0 {
				b.use(p, act, call) // a predicate that also logs or keeps what it is asked about
			} else if b.know.HandsOn(call, i) {
				b.use(p, Passed, call)
			}
			for j, a := range call.Args {
				if j == i {
					continue
				}
				if u, ok := ast.Unparen(a).(*ast.UnaryExpr); ok && u.Op == token.AND { // errors.As(err, &target)
					if q := b.peerIfAny(u.X); q != nil {
						b.define(q, call, source{}, nil)
					}
					continue
				}
				if q := b.placeOf(a); q != nil && q.kind == errorPlace {
					b.use(q, Passed, a) // errors.Is(err, other)
					continue
				}
				b.expr(a, Passed)
			}
			c.p, c.whenTrue, c.whenFalse = p, whenTrue, whenFalse
			c.kind = condMatch
			if whenTrue != Unknown && whenFalse != Unknown {
				c.kind = condTells
			}
			return
		}
	}
	if b.boolish(call) && b.know.ErrorResult(call) < 0 {
		if p := b.asked(call); p != nil {
			c.kind, c.p = condMatch, p
			return
		}
	}
	b.expr(call, Passed)
}

// matchOf returns the error that errors.AsType and its like ask of, where the answer is among several results.
func (b *builder) matchOf(call *ast.CallExpr) *place {
	sig, ok := b.info.TypeOf(call.Fun).(*types.Signature)
	if !ok || len(errorResults(sig)) > 0 {
		return nil // what gives an error of its own may give back the one it was handed
	}
	for j := range sig.Results().Len() {
		if i, _, _, ok := b.know.PredicateResult(call, j); ok && i < len(call.Args) {
			return b.told(call.Args[i])
		}
	}
	return nil
}

// ordered handles < and its like: len(errs) > 0.
func (b *builder) ordered(x *ast.BinaryExpr, c *cond) {
	if b.emptiness(x, c) {
		return
	}
	b.expr(x.X, Passed)
	b.expr(x.Y, Passed)
}
