package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

func (b *builder) ifStmt(s *ast.IfStmt) {
	b.push()
	if s.Init != nil {
		b.stmt(s.Init, "")
	}
	if b.logsWhereItCan(s) {
		b.expr(s.Cond, 0)
		b.block(s.Body)
		b.pop(s)
		return
	}
	then, after := b.g.newBlock(), b.g.newBlock()
	els, elseBody := after, ast.Node(nil)
	if s.Else != nil {
		els, elseBody = b.g.newBlock(), s.Else
	}
	b.cond(s.Cond, branchTo{then, s.Body}, branchTo{els, elseBody}, s)
	b.cur = then
	b.block(s.Body)
	b.jump(after)
	if s.Else != nil {
		b.cur = els
		b.stmt(s.Else, "")
		b.jump(after)
	}
	b.cur = after
	b.pop(s)
}

// logsWhereItCan reports whether an if asks for a logger, and logs by it: who has none wants no log.
//
//	if s.logger != nil {
//		s.logger.Printf("closing: %v", err)
//	}
func (b *builder) logsWhereItCan(s *ast.IfStmt) bool {
	logger, equal := known.WithNil(b.info, s.Cond)
	if logger == nil || equal || s.Else != nil || len(s.Body.List) == 0 {
		return false
	}
	for _, in := range s.Body.List {
		x, ok := in.(*ast.ExprStmt)
		if !ok {
			return false
		}
		call, ok := ast.Unparen(x.X).(*ast.CallExpr)
		if !ok || !b.fl.records(call) || receiverOf(call) == nil || types.ExprString(receiverOf(call)) != types.ExprString(logger) {
			return false
		}
	}
	return true
}

// iterates reports whether a loop's condition takes the next of a list of things: rows.Next(), scanner.Scan().
func iterates(cond ast.Expr) bool {
	if cond == nil {
		return false
	}
	call, ok := ast.Unparen(cond).(*ast.CallExpr)
	if !ok {
		return false
	}
	switch lastName(call.Fun) {
	case "Next", "HasNext", "Scan", "More", "Valid", "NextRow", "NextResultSet":
		return true
	}
	return false
}

// A branchTo is where a condition leads, and the body that it enters there.
type branchTo struct {
	to   *block
	into ast.Node
}

func (b *builder) forStmt(s *ast.ForStmt, label string) {
	b.push()
	if s.Init != nil {
		b.stmt(s.Init, "")
	}
	b.g.turns[s.Body] = s.Post == nil && !iterates(s.Cond)
	head, body, after := b.g.newBlock(), b.g.newBlock(), b.g.newBlock()
	b.g.behind[s] = after
	post := head
	if s.Post != nil {
		post = b.g.newBlock()
	}
	b.jump(head)
	b.cur = head
	if s.Cond != nil {
		b.cond(s.Cond, branchTo{body, nil}, branchTo{after, nil}, s)
	} else {
		b.jump(body)
	}
	b.cur = body
	b.targets = append(b.targets, target{label: label, brk: after, cont: post, scopes: len(b.scopes), isLoop: true})
	b.loops++
	b.block(s.Body)
	b.loops--
	b.targets = b.targets[:len(b.targets)-1]
	if s.Post != nil {
		b.jump(post)
		b.cur = post
		b.stmt(s.Post, "")
	}
	b.closeLoop(head)
	b.cur = after
	b.pop(s)
}

// closeLoop leads back to the head and marks that edge.
func (b *builder) closeLoop(head *block) {
	if b.cur == nil {
		return
	}
	b.cur.succ = append(b.cur.succ, edge{to: head, back: true})
	b.cur = nil
}

func (b *builder) rangeStmt(s *ast.RangeStmt, label string) {
	b.expr(s.X, Passed)
	b.push()
	head, body, after := b.g.newBlock(), b.g.newBlock(), b.g.newBlock()
	b.g.behind[s] = after
	b.jump(head)
	if t := b.info.TypeOf(s.X); t != nil && isChan(t) {
		b.cur = head
		b.emit(op{kind: opSync, node: s})
	}
	b.edge(head, body, nil, false, nil)
	head.succ = append(head.succ, edge{to: after, over: s})
	b.cur = body
	for _, l := range []ast.Expr{s.Key, s.Value} {
		if l == nil || isBlank(l) {
			continue
		}
		p := b.target(l, s.Tok.String() == ":=")
		if p == nil {
			p = b.beside(l)
		}
		if p != nil {
			b.define(p, s, source{}, nil)
		}
	}
	b.targets = append(b.targets, target{label: label, brk: after, cont: head, scopes: len(b.scopes), isLoop: true})
	b.loops++
	b.block(s.Body)
	b.loops--
	b.targets = b.targets[:len(b.targets)-1]
	b.closeLoop(head)
	b.cur = after
	b.pop(s)
}

// switchStmt makes a chain of conditions, as the language evaluates them: tag == case, from top to bottom.
func (b *builder) switchStmt(s *ast.SwitchStmt, label string) {
	b.push()
	if s.Init != nil {
		b.stmt(s.Init, "")
	}
	bare := s.Tag == nil
	if tv, ok := b.info.Types[s.Tag]; ok && tv.Value != nil && tv.Value.String() == "true" {
		bare = true // switch true
	}
	var tag *place
	if !bare {
		tag = b.tagPlace(s.Tag)
	}
	b.clauses(s.Body, s, label, func(e ast.Expr, yes branchTo, no *block) {
		switch {
		case bare:
			b.cond(e, yes, branchTo{no, nil}, s)
		case tag != nil:
			c := &cond{kind: condMatch, expr: e, p: tag, stmt: s, whenTrue: NonNil}
			if b.isNil(e) {
				c.kind, c.whenTrue, c.whenFalse = condNil, Nil, NonNil
			} else if !b.isSentinel(e) {
				b.expr(e, Passed)
			}
			b.fork(c, true, yes, branchTo{no, nil})
		default:
			b.expr(e, Passed)
			b.fork(&cond{expr: e, stmt: s}, true, yes, branchTo{no, nil})
		}
	})
	b.pop(s)
}

// tagPlace evaluates a switch's tag. It returns the error that the cases tell apart: the tag itself, or the
// error in status.Code(err) and err.Error().
func (b *builder) tagPlace(tag ast.Expr) *place {
	if tag == nil {
		return nil
	}
	tag = ast.Unparen(tag)
	if p := b.placeOf(tag); p != nil && p.kind == errorPlace {
		return p
	}
	if call, ok := tag.(*ast.CallExpr); ok {
		if b.know.ErrorResult(call) >= 0 {
			if p := b.temp(call); p != nil {
				return p
			}
		} else if p := b.asked(call); p != nil {
			return p
		}
	}
	b.expr(tag, Passed)
	return nil
}

// clauses builds the bodies of a switch; test emits the condition of one case expression.
func (b *builder) clauses(body *ast.BlockStmt, s ast.Stmt, label string, test func(ast.Expr, branchTo, *block)) {
	after := b.g.newBlock()
	n := len(body.List)
	starts := make([]*block, n)
	for i := range starts {
		starts[i] = b.g.newBlock()
	}
	deflt := branchTo{after, nil}
	for i, st := range body.List {
		cc := st.(*ast.CaseClause)
		if cc.List == nil {
			deflt = branchTo{starts[i], cc}
			continue
		}
		for _, e := range cc.List {
			next := b.g.newBlock()
			test(e, branchTo{starts[i], cc}, next)
			b.cur = next
		}
	}
	if b.cur != nil {
		b.edge(b.cur, deflt.to, nil, false, deflt.into)
		b.cur = nil
	}
	for i, st := range body.List {
		cc := st.(*ast.CaseClause)
		b.cur = starts[i]
		var falls *block
		if i+1 < n {
			falls = starts[i+1]
		}
		b.targets = append(b.targets, target{label: label, brk: after, scopes: len(b.scopes), fallsInto: falls})
		b.push()
		b.implicit(cc)
		b.stmts(cc.Body)
		b.pop(cc)
		b.targets = b.targets[:len(b.targets)-1]
		b.jump(after)
	}
	b.cur = after
}

// implicit defines the variable that a type switch gives each clause.
func (b *builder) implicit(cc *ast.CaseClause) {
	v, ok := b.info.Implicits[cc].(*types.Var)
	if !ok {
		return
	}
	if p := b.placeOfVar(v); p != nil {
		var src source
		if b.tag != nil && p.kind == errorPlace {
			src = source{kind: srcPlace, q: b.tag} // the error itself, where the clause names no single type
		}
		b.define(p, cc, src, nil)
	}
}

func (b *builder) typeSwitch(s *ast.TypeSwitchStmt, label string) {
	b.push()
	if s.Init != nil {
		b.stmt(s.Init, "")
	}
	x := known.Switched(s)
	p := b.tagPlace(x)
	outer := b.tag
	b.tag = p
	defer func() { b.tag = outer }()
	b.clauses(s.Body, s, label, func(e ast.Expr, yes branchTo, no *block) {
		c := &cond{expr: e, p: p, stmt: s}
		if p != nil && (p.kind == errorPlace || p.kind == tempPlace) {
			c.kind, c.whenTrue = condMatch, NonNil
			if b.isNil(e) {
				c.kind, c.whenTrue, c.whenFalse = condNil, Nil, NonNil
			}
		}
		b.fork(c, true, yes, branchTo{no, nil})
	})
	b.pop(s)
}

func (b *builder) selectStmt(s *ast.SelectStmt, label string) {
	start := b.cur
	if start == nil {
		start = b.g.newBlock()
	}
	b.cur = start
	if len(s.Body.List) == 0 {
		b.emit(op{kind: opStop, node: s})
		b.cur = nil
		return
	}
	after := b.g.newBlock()
	for _, st := range s.Body.List {
		cc := st.(*ast.CommClause)
		blk := b.g.newBlock()
		b.edge(start, blk, nil, false, cc)
		b.cur = blk
		b.targets = append(b.targets, target{label: label, brk: after, scopes: len(b.scopes)})
		b.push()
		if cc.Comm != nil {
			b.stmt(cc.Comm, "")
		}
		b.stmts(cc.Body)
		b.pop(cc)
		b.targets = b.targets[:len(b.targets)-1]
		b.jump(after)
	}
	b.cur = after
}

func (b *builder) goStmt(s *ast.GoStmt) {
	if lit, ok := ast.Unparen(s.Call.Fun).(*ast.FuncLit); ok {
		b.args(s.Call, 0)
		b.literal(lit, Goroutine)
	} else {
		b.call(s.Call, 0)
	}
	b.emit(op{kind: opSpawn, node: s})
	b.discard(s.Call, Spawned)
}

// deferStmt registers the call; what its closure reads and assigns takes effect at the exits that it reaches.
func (b *builder) deferStmt(s *ast.DeferStmt) {
	d := &deferred{stmt: s, reads: map[*place]Act{}, sets: map[*place]bool{}}
	if lit, ok := ast.Unparen(s.Call.Fun).(*ast.FuncLit); ok {
		b.args(s.Call, 0)
		b.summarise(b.literal(lit, Deferrer), d)
	} else {
		b.deferredArgs(s.Call, d)
	}
	b.discard(s.Call, Deferred)
	d.index(b)
}

func (d *deferred) index(b *builder) {
	b.g.defers = append(b.g.defers, d)
	b.emit(op{kind: opDefer, node: d.stmt, n: len(b.g.defers) - 1})
}

// deferredArgs evaluates the arguments of a deferred call. A pointer to an error is read, and may be
// assigned through, when the call runs: defer op.End(&err).
func (b *builder) deferredArgs(call *ast.CallExpr, d *deferred) {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if v, ok := b.info.Uses[id].(*types.Var); ok && b.locals[v] != nil {
			b.summarise(b.locals[v], d)
		}
	}
	b.deref(call.Fun)
	for _, a := range call.Args {
		if u, ok := ast.Unparen(a).(*ast.UnaryExpr); ok && u.Op.String() == "&" {
			if p := b.placeOf(u.X); p != nil && p.kind == errorPlace {
				d.reads[p] |= Passed
				d.sets[p] = true
				continue
			}
		}
		b.expr(a, Passed)
	}
}

// summarise adds what a closure does with the places of this graph.
func (b *builder) summarise(l *Func, d *deferred) {
	for _, q := range l.g.places {
		if !q.captured || q.kind != errorPlace && q.kind != slicePlace {
			continue
		}
		p := b.mirror(q)
		if p == nil {
			continue
		}
		if acts := l.readActs(q); acts != 0 {
			d.reads[p] |= acts
		}
		if l.assigns(q) {
			d.sets[p] = true
		}
	}
}

// literal builds a function literal as a function of its own.
func (b *builder) literal(lit *ast.FuncLit, role Role) *Func {
	l, again := b.fl.byLit[lit]
	if !again {
		sig, _ := b.info.TypeOf(lit).(*types.Signature)
		l = &Func{Node: lit, Body: lit.Body, Sig: sig, Role: role, Outer: b.f, InTest: b.f.InTest, Support: b.f.Support, errs: errorResults(sig)}
		if role == Callback {
			l.Role = roleOfLit(sig)
		}
		b.fl.byLit[lit] = l
		b.fl.build(l)
	}
	// A literal in a closure that runs in place is met a second time by the outer graph, which shares its places.
	b.f.lits = append(b.f.lits, l)
	switch role {
	case Goroutine, Callback:
		// What the closure reads it may do anything with, at any time after this point.
		for _, q := range l.g.places {
			if q.captured && q.kind == errorPlace && l.readActs(q) != 0 {
				if p := b.mirror(q); p != nil {
					b.use(p, Captured, lit)
					p.watched = true
					p.shared = p.shared || b.loops > 0 && p.path == ""
				}
			}
		}
	}
	return l
}

// localClosure handles f := func() {...} where f is only ever called: its effects happen at the calls.
func (b *builder) localClosure(l ast.Expr, lit *ast.FuncLit) bool {
	id, ok := ast.Unparen(l).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := b.info.ObjectOf(id).(*types.Var)
	if !ok || !b.fl.onlyCalled(b.f.Top(), v) {
		return false
	}
	b.locals[v] = b.literal(lit, Local)
	return true
}
