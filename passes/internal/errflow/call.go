package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// Calls, and what becomes of what they are given.

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
