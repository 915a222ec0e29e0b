package errflow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// unheard judges the errors that goroutines send: whether somebody is there to receive them.
func (fl *Flow) unheard() {
	all := fl.findChannels()
	for _, c := range slices.SortedFunc(maps.Values(all), func(a, b *channel) int { return cmp.Compare(a.v.Pos(), b.v.Pos()) }) {
		if len(c.makes) == 0 {
			continue // a parameter: whoever made it answers for it
		}
		w := c.whole(all)
		switch {
		case w.escapes || len(w.sends) == 0:
		case len(w.receives) == 0 && !c.local(fl.pkg) && fl.inSupport(w.sends[0].cur.Node()):
			// a test receives from it, which is in a file of its own
		case len(w.receives) == 0:
			fl.unheardAt(c, CaseNeverRead, w.sends[0].cur.Node(), nil)
		case c.local(fl.pkg):
			fl.left(c, w, all)
		}
	}
}

// local reports whether a channel is known to one function and what that hands it to.
func (c *channel) local(pkg *types.Package) bool {
	return !c.v.IsField() && c.v.Parent() != pkg.Scope()
}

// inSupport reports whether a node stands in a function that helps tests.
func (fl *Flow) inSupport(n ast.Node) bool {
	f := fl.around(n)
	return f != nil && f.Support
}

// unheardAt records that the errors of a channel get lost at a statement.
func (fl *Flow) unheardAt(c *channel, how string, at ast.Node, s *spawn) {
	f := fl.around(at)
	if f == nil {
		return
	}
	// The program, or the test, ends soon, with the failure that made it leave.
	soon := fl.pkg.Name() == "main" || f.Support || how == CaseSenderBlocks && fl.ofCommands()
	l := &Loss{Class: Detached, Case: how, At: at, Strict: (how == CaseReaderLeaves || how == CaseSenderBlocks) && soon,
		Value: &Value{Func: f, Origin: FromNothing, Node: c.makes[0], Name: c.v.Name()}}
	l.Steps = []Step{{c.makes[0], c.v.Name() + " is made here"}}
	if s != nil {
		l.Caller = s.node
		what := "this sends an error on it"
		if how == CaseSenderBlocks {
			what = "leaving here, nobody receives from it any more"
		}
		l.Steps = append(l.Steps, Step{s.node, what})
	}
	l.Steps = append(l.Steps, Step{at, "the error is lost here"})
	fl.losses[Detached] = append(fl.losses[Detached], l)
}

// blocksSender records that a sender blocks for ever where f leaves. Where the send stands in what f starts, that is told
// there, for there it is repaired: by room in the channel, or by a second way out of the send.
func (fl *Flow) blocksSender(c *channel, s *spawn, leaves ast.Node) {
	for _, d := range c.sends {
		if at := d.cur.Node(); !d.either && s.lit != nil && within(at, s.lit) {
			fl.unheardAt(c, CaseSenderBlocks, at, &spawn{node: leaves})
			return
		}
	}
	fl.unheardAt(c, CaseReaderLeaves, leaves, s)
}

// left judges a channel of f's that f's goroutines send on and f receives from: whether f may leave before it has
// received all.
func (fl *Flow) left(c, w *channel, all map[*types.Var]*channel) {
	f := fl.around(c.makes[0])
	if f == nil || f.Role == Main || f.Role == Test {
		return
	}
	size := c.size(fl.info)
	for _, s := range w.sends {
		if s.dropped && size == 0 {
			fl.unheardAt(c, CaseDefaultSend, s.cur.Node(), nil)
			return
		}
	}
	receives := map[ast.Node]bool{}
	for _, r := range w.receives {
		in := fl.around(r.Node())
		for in != nil && in.Role == Inline {
			in = in.Outer
		}
		if in != f {
			return // another goroutine, or a deferred closure, receives what is left
		}
		receives[r.Node()] = true
	}
	var senders []spawn
	many, logged := false, true
	for _, s := range f.spawns() {
		sends := c.sentBy(s, w, all)
		if !slices.ContainsFunc(sends, func(s send) bool { return !s.either }) {
			continue
		}
		senders = append(senders, s)
		logged = logged && !slices.ContainsFunc(sends, func(d send) bool { return !fl.logsBefore(d.cur.Node()) })
		many = many || s.loop != nil && !within(c.makes[0], s.loop) && f.startsAgain(&s, receives) || slices.ContainsFunc(sends, func(d send) bool { return d.repeats(s) })
	}
	if logged {
		return // what cannot be sent any more stands in the log
	}
	for i := range senders {
		if fl.leavesAtOnce(f, c, &senders[i], receives, size) {
			return
		}
	}
	if n := len(senders); n > 0 && size >= 0 && (many || n-1 > size) {
		one := n == 1 && (senders[0].loop == nil || within(c.makes[0], senders[0].loop))
		fl.leavesEarly(f, c, w, &senders[0], one && fl.endsWithError(c.sentBy(senders[0], w, all)))
	}
}

// startsAgain reports whether f comes back to the start of a sender without having received in between: then several
// may be sending.
func (f *Func) startsAgain(s *spawn, receives map[ast.Node]bool) bool {
	o, _ := f.walk(f.behind(s.node), func(o *op) stop {
		switch {
		case receives[o.node] && (o.kind == opSync || o.kind == opCall):
			return turnBack
		case o.node == s.node:
			return arrive
		}
		return walkOn
	}, func(*edge) stop { return walkOn })
	return o != nil
}

// sentBy gives the sends that what s starts may come to.
func (c *channel) sentBy(s spawn, w *channel, all map[*types.Var]*channel) []send {
	var list []send
	for _, d := range c.sends {
		if within(d.cur.Node(), s.node) {
			list = append(list, d)
		}
	}
	for _, p := range w.passes {
		if within(p.cur.Node(), s.node) && all[p.to] != nil {
			list = append(list, all[p.to].whole(all).sends...)
		}
	}
	return list
}

// repeats reports whether a send stands in a loop inside what s starts.
func (d send) repeats(s spawn) bool {
	for cur := range d.cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		if s.lit == nil || within(cur.Node(), s.lit) {
			return true
		}
	}
	return false
}

// leavesAtOnce reports a way out of f behind the start of a sender on which nothing is received: the sender blocks
// for ever, or its error stays in the channel because a select with a default does not wait for it.
func (fl *Flow) leavesAtOnce(f *Func, c *channel, s *spawn, receives map[ast.Node]bool, size int) bool {
	instead := fl.insteadOf(f, c, s)
	dead := f.dead()
	found := func(o *op) stop {
		switch {
		case (receives[o.node] || instead[o.node]) && (o.kind == opSync || o.kind == opCall):
			return turnBack
		case o.kind == opReturn:
			return arrive
		}
		return walkOn
	}
	isDefault := func(e *edge) bool {
		cc, ok := e.into.(*ast.CommClause)
		return ok && cc.Comm == nil && fl.selects(cc, receives)
	}
	drained := func(e *edge) bool { // a loop has received all that it was to receive
		loop := e.over
		if e.cond != nil && !e.sense {
			if s, ok := e.cond.stmt.(*ast.ForStmt); ok {
				loop = s
			}
		}
		return loop != nil && holdsAny(loop, receives)
	}
	if size == 0 {
		o, _ := f.walk(f.behind(s.node), found, func(e *edge) stop {
			if isDefault(e) || drained(e) || dead(e) {
				return turnBack
			}
			return walkOn
		})
		if o != nil {
			fl.blocksSender(c, s, o.node)
			return true
		}
	}
	_, e := f.walk(f.behind(s.node), func(o *op) stop {
		if receives[o.node] || f.waits(o) {
			return turnBack
		}
		return walkOn
	}, func(e *edge) stop {
		if isDefault(e) {
			return arrive
		}
		return walkOn
	})
	if e == nil || f.loops(e.into) {
		return false
	}
	if o, _ := f.walk([]spot{{e.to, 0}}, found, func(*edge) stop { return walkOn }); o != nil {
		fl.unheardAt(c, CaseDefaultRead, e.into, s)
		return true
	}
	return false
}

// insteadOf returns f's receives from other channels that the sender sends on too, once each: what is received there
// says that the error is not to come.
func (fl *Flow) insteadOf(f *Func, c *channel, s *spawn) map[ast.Node]bool {
	if s.lit == nil || slices.ContainsFunc(c.sends, func(d send) bool { return within(d.cur.Node(), s.lit) && d.repeats(*s) }) {
		return nil
	}
	others := map[*types.Var]bool{}
	ast.Inspect(s.lit.Body, func(n ast.Node) bool {
		if send, ok := n.(*ast.SendStmt); ok {
			if v := fl.variable(send.Chan); v != nil && v != c.v {
				others[v] = true
			}
		}
		return true
	})
	if len(others) == 0 {
		return nil
	}
	found := map[ast.Node]bool{}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if r, ok := n.(*ast.UnaryExpr); ok && r.Op == token.ARROW {
			if v := fl.variable(r.X); v != nil && others[v] {
				found[r] = true
			}
		}
		return n != s.lit
	})
	return found
}

// selects reports whether a clause belongs to a select that receives from the channel.
func (fl *Flow) selects(cc *ast.CommClause, receives map[ast.Node]bool) bool {
	cur, ok := fl.cursor(cc)
	if !ok {
		return false
	}
	for _, st := range cur.Parent().Node().(*ast.BlockStmt).List {
		if comm := st.(*ast.CommClause).Comm; comm != nil && holdsAny(comm, receives) {
			return true
		}
	}
	return false
}

func holdsAny(n ast.Node, set map[ast.Node]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		found = found || set[n]
		return !found
	})
	return found
}

// loops reports whether a loop of f's stands around n.
func (f *Func) loops(n ast.Node) bool {
	found := false
	ast.Inspect(f.Body, func(m ast.Node) bool {
		switch m.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = found || within(n, m)
		}
		return m == nil || !found && within(n, m)
	})
	return found
}
