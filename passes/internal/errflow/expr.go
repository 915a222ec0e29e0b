package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
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
	case *ast.StarExpr:
		b.deref(e.X)
	case *ast.IndexExpr:
		if t := b.info.TypeOf(e.X); t != nil && isMap(t) {
			b.expr(e.X, Passed) // a nil map can be read
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
		b.expr(e.X, Passed)
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
	case p.kind == errorPlace, p.kind == slicePlace, p.kind == concretePlace, act&Handled != 0:
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

// index evaluates x[i]. A nil map gives zero values, and an index that is computed mostly comes from a loop
// over x, which has no turn where x is nil; a constant index reaches into it.
func (b *builder) index(e *ast.IndexExpr) {
	t := b.info.TypeOf(e.X)
	if t == nil {
		return
	}
	_, list := t.Underlying().(*types.Slice)
	_, dict := t.Underlying().(*types.Map)
	if dict || list && b.info.Types[e.Index].Value == nil {
		b.expr(e.X, Passed)
	} else {
		b.deref(e.X)
	}
	b.expr(e.Index, Passed)
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

// builtin returns the name of the builtin that a call names, or "".
func (b *builder) builtin(call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if bi, ok := b.info.Uses[id].(*types.Builtin); ok {
			return bi.Name()
		}
	}
	return ""
}

func (b *builder) call(call *ast.CallExpr, act Act) {
	if tv := b.info.Types[call.Fun]; tv.IsType() {
		for _, a := range call.Args {
			b.expr(a, act)
		}
		return
	}
	switch b.builtin(call) {
	case "":
	case "append":
		for i, a := range call.Args {
			if i == 0 {
				b.expr(a, 0)
			} else {
				b.expr(a, Joined)
			}
		}
		return
	case "panic":
		b.expr(call.Args[0], Panicked)
		b.stop(call)
		return
	case "len", "cap":
		b.expr(call.Args[0], 0)
		return
	default:
		for _, a := range call.Args {
			b.expr(a, Passed)
		}
		return
	}
	if p := b.method(call); p != nil {
		b.use(p, rendered(call, act), call)
		return
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		b.args(call, act)
		b.literal(lit, Inline)
		b.inPlace(lit, false)
		return
	}
	b.deref(call.Fun)
	b.localCall(call)
	b.args(call, act)
	b.emit(op{kind: opCall, node: call})
	if b.know.Kind(call)&known.Respond != 0 {
		b.emit(op{kind: opRespond, node: call})
	}
	b.fl.count(b, call)
	if b.know.NoReturn(call) {
		b.stop(call)
	}
}

// stop ends the path behind a call that does not return.
func (b *builder) stop(call *ast.CallExpr) {
	b.emit(op{kind: opStop, node: call})
	b.cur = nil
}

// method returns the error that a method is called on: err in err.Error().
func (b *builder) method(call *ast.CallExpr) *place {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if p := b.placeOf(sel.X); p != nil && p.kind == errorPlace {
		return p
	}
	return nil
}

// rendered is what becomes of an error of which a method is called, Error first of all.
func rendered(call *ast.CallExpr, act Act) Act {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); !ok || sel.Sel.Name != "Error" {
		return Passed
	}
	switch {
	case act&(Logged|Printed|Responded|Panicked) != 0:
		return Rendered | act&(Logged|Printed|Responded|Panicked)
	case act == 0:
		return Rendered
	}
	return Rendered | Flattened
}

// localCall applies what a closure kept in a local variable does where it is called.
func (b *builder) localCall(call *ast.CallExpr) {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return
	}
	v, ok := b.info.Uses[id].(*types.Var)
	if !ok || b.locals[v] == nil {
		return
	}
	l := b.locals[v]
	for _, q := range l.g.places {
		if !q.captured || q.kind == peerPlace {
			continue
		}
		p := b.mirror(q)
		if p == nil {
			continue
		}
		if l.readActs(q) != 0 && p.kind != flagPlace {
			b.use(p, Passed, call)
		}
		if l.assigns(q) {
			b.emit(op{kind: opMay, p: p, node: call})
		}
	}
}

// args evaluates a call's arguments, with what is known of the callee.
func (b *builder) args(call *ast.CallExpr, act Act) {
	var inPlace []*ast.FuncLit
	var checked []*place
	for i, a := range call.Args {
		fate := b.know.Arg(call, i)
		if lit, ok := ast.Unparen(a).(*ast.FuncLit); ok {
			if fate&known.Calls != 0 && fate&(known.CallsLater|known.Escapes|known.Stores) == 0 {
				b.literal(lit, Inline)
				inPlace = append(inPlace, lit)
			} else {
				b.literal(lit, Callback)
			}
			continue
		}
		if fate&known.Panics != 0 {
			if p := b.placeOf(a); p != nil && p.kind == errorPlace {
				b.use(p, Tested, a)
				checked = append(checked, p)
				continue
			}
		}
		if fate&known.Prints != 0 && i > 0 && b.inMemory(call.Args[0]) {
			fate = fate&^known.Prints | known.Flattens // the text is kept
		}
		b.expr(a, actOf(fate, act))
	}
	for _, lit := range inPlace {
		b.inPlace(lit, true)
	}
	for _, p := range checked {
		b.emit(op{kind: opCheck, p: p, node: call})
	}
}

// inMemory reports whether e is a strings.Builder or a bytes.Buffer.
func (b *builder) inMemory(e ast.Expr) bool {
	p, ok := b.info.TypeOf(e).(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := p.Elem().(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return false
	}
	switch n.Obj().Pkg().Path() + "." + n.Obj().Name() {
	case "strings.Builder", "bytes.Buffer":
		return true
	}
	return false
}

// actOf translates what a callee does with an argument into what happens to the error.
func actOf(f known.Fate, outer Act) Act {
	var act Act
	for _, t := range [...]struct {
		fate known.Fate
		act  Act
	}{
		{known.Logs, Logged}, {known.Prints, Printed}, {known.Wraps, Wrapped}, {known.Flattens, Flattened},
		{known.Stores, Stored}, {known.Sends, Sent}, {known.Answers, Responded}, {known.Panics, Panicked},
		{known.Exits, Panicked}, {known.Tests, Tested}, {known.Disposes, Passed}, {known.Escapes, Passed},
	} {
		if f&t.fate != 0 {
			act |= t.act
		}
	}
	if f&known.Returns != 0 {
		if outer == 0 {
			outer = Passed
		}
		act |= outer
	}
	if act == Tested {
		return folded(outer) // errors.Is(err, X) where it is no condition: the answer goes where the context says
	}
	if act == 0 && f&known.Drops == 0 {
		return Passed
	}
	return act
}

// inPlace puts the body of a closure into the graph: once, or perhaps once. A closure that is called for each
// of many things is called at most once here: what a second call overwrites depends on what the caller does
// with the first one's answer, which the graph cannot say.
func (b *builder) inPlace(lit *ast.FuncLit, perhaps bool) {
	for _, in := range b.inline {
		if in.lit == lit {
			return
		}
	}
	after := b.g.newBlock()
	if perhaps {
		body := b.g.newBlock()
		b.edge(b.cur, after, nil, false, nil)
		b.edge(b.cur, body, nil, false, nil)
		b.cur = body
	}
	end := b.g.newBlock()
	b.inline = append(b.inline, inlined{lit, end})
	targets, scopes, labels := b.targets, b.scopes, b.labels
	b.targets, b.labels = nil, map[string]*block{}
	b.push()
	b.stmts(lit.Body.List)
	b.pop(lit.Body)
	b.targets, b.scopes, b.labels = targets, scopes, labels
	b.inline = b.inline[:len(b.inline)-1]
	b.jump(end)
	b.cur = end
	b.jump(after)
	b.cur = after
}

// --- conditions

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
			p = b.peerIfAny(l)
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
	if b.builtin(call) != "" || b.info.Types[call.Fun].IsType() {
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
	if !ok {
		return nil
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

// emptiness recognises len(errs) compared with 0 or 1.
func (b *builder) emptiness(x *ast.BinaryExpr, c *cond) bool {
	call, ok := ast.Unparen(x.X).(*ast.CallExpr)
	if !ok || b.builtin(call) != "len" {
		return false
	}
	p := b.placeOf(call.Args[0])
	tv := b.info.Types[x.Y]
	if p == nil || p.kind != slicePlace || tv.Value == nil {
		return false
	}
	zero := tv.Value.String() == "0"
	switch {
	case zero && (x.Op == token.GTR || x.Op == token.NEQ), tv.Value.String() == "1" && x.Op == token.GEQ:
		c.whenTrue, c.whenFalse = NonNil, Nil
	case zero && (x.Op == token.EQL || x.Op == token.LEQ), tv.Value.String() == "1" && x.Op == token.LSS:
		c.whenTrue, c.whenFalse = Nil, NonNil
	default:
		return false
	}
	c.kind, c.p = condEmpty, p
	return true
}
