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
			if same(loop.X) || b.lenOf(loop.X, same) {
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
		return b.lenOf(e, list)
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

// lenOf reports whether e is the length of a list.
func (b *builder) lenOf(e ast.Expr, list func(ast.Expr) bool) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && b.know.Builtin(call) == "len" && len(call.Args) == 1 && list(call.Args[0])
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

func (b *builder) call(call *ast.CallExpr, act Act) {
	if tv := b.info.Types[call.Fun]; tv.IsType() {
		if t, ok := tv.Type.Underlying().(*types.Basic); ok && t.Info()&types.IsString != 0 {
			act = Passed // the text of nil is empty, and no nil itself
		}
		for _, a := range call.Args {
			b.expr(a, act)
		}
		return
	}
	switch b.know.Builtin(call) {
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
	case "print", "println":
		for _, a := range call.Args {
			b.expr(a, Printed)
		}
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
				l := b.literal(lit, Callback)
				l.member = l.member || len(l.errs) > 0 && b.know.Kind(call)&known.Spawn != 0
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
		if fate&known.Prints != 0 && i > 0 && b.know.InMemory(call.Args[0]) {
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
