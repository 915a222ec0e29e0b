package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// shadowed judges a value that nobody handles and whose variable hides another one of the same name, which is
// read further on although nothing was ever assigned to it.
func (fl *Flow) shadowed(v *Value, ends []*End) *Loss {
	if len(ends) == 0 || *ends[0].saved || v.home == nil || v.home.v == nil || v.home.captured || v.home.v.Parent() == nil || v.Origin != FromCall {
		return nil
	}
	inner := v.home.v.Parent()
	if inner.Parent() == nil {
		return nil
	}
	_, obj := inner.Parent().LookupParent(v.home.v.Name(), v.home.v.Pos())
	outer, ok := obj.(*types.Var)
	if !ok {
		return nil
	}
	p := v.Func.g.byVar[outer]
	if p == nil || p.kind != errorPlace || p.shared || p.captured || !v.Func.staysNil(v, p, inner.End()) && !v.Func.turnsOn(p, inner) {
		return nil
	}
	for _, e := range ends {
		if e.How == PeerUsed && inHandler(e) {
			continue // the failure was found, whatever is made there of what came beside it
		}
		if e.How != Replaced && e.How != Overwritten && (e.Acts&Looked == 0 || e.Acts&Handler != 0 && e.Acts&(Logged|Printed) == 0 && !tellsNone(e, p)) {
			at := v.Node
			if d := v.Func.hiding(v.home.v); d != nil {
				if slices.ContainsFunc(fl.losses[Overwrites], func(l *Loss) bool { return l.Case == CaseShadowed && within(l.At, d) }) {
					return nil // told of another error that the same declaration hides
				}
				if !within(at, d) {
					at = d // the declaration is what has to change
				}
			}
			return &Loss{Class: Overwrites, Case: CaseShadowed, At: at, End: e, Strict: e.Acts&Handler != 0 && goesOn(bodyOf(e.Handler)) && !(v.Func.inBlock(v.home.v) && v.Func.asksNil(p, inner.End()))}
		}
	}
	return nil // only its success is dealt with
}

// goesOn reports whether a branch does nothing but go on with the next turn: what is skipped is skipped on purpose,
// whichever variable held its error.
func goesOn(body []ast.Stmt) bool {
	if len(body) != 1 {
		return false
	}
	s, ok := body[0].(*ast.BranchStmt)
	return ok && s.Tok == token.CONTINUE
}

// tellsNone reports whether the path leaves the function in the handler by a return that does not give what the outer
// variable holds: it is not asked.
func tellsNone(e *End, outer *place) bool {
	if !inHandler(e) || e.exit == nil {
		return false
	}
	r, ok := e.exit.node.(*ast.ReturnStmt)
	return ok && (len(r.Results) > 0 || !outer.result) && e.other == nil
}

// hiding returns the := that declares v.
func (f *Func) hiding(v *types.Var) (decl ast.Stmt) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
			for _, l := range a.Lhs {
				if id, ok := l.(*ast.Ident); ok && f.fl.info.Defs[id] == v {
					decl = a
				}
			}
		}
		return decl == nil
	})
	return decl
}

// readNil reports whether p is read behind pos while it is proved nil.
func (f *Func) readNil(p *place, pos token.Pos) bool {
	for _, blk := range f.g.blocks {
		if !f.states[blk.id].reached {
			continue
		}
		st := f.states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind == opUse && o.p == p && o.node.Pos() >= pos && st.nils[p.id] == Nil && o.node != f.Body {
				return true
			}
			st.apply(f.g, o)
		}
	}
	return f.asksNil(p, pos)
}

// asksNil reports whether p is tested behind pos where it is proved nil: whoever wrote the test wanted to know.
func (f *Func) asksNil(p *place, pos token.Pos) bool {
	for _, blk := range f.g.blocks {
		if !f.states[blk.id].reached {
			continue
		}
		for _, e := range blk.succ {
			if e.cond == nil || e.cond.p != p || e.cond.expr.Pos() < pos {
				continue
			}
			st := f.states[blk.id].clone()
			for i := range blk.ops {
				st.apply(f.g, &blk.ops[i])
			}
			if st.nils[p.id] == Nil {
				return true
			}
		}
	}
	return false
}

// inBlock reports whether the := that declares v is a statement of a block. In the head of an if or a switch a variable is
// made for that one question.
func (f *Func) inBlock(v *types.Var) bool {
	decl := f.hiding(v)
	if decl == nil {
		return false
	}
	cur, ok := f.fl.cursor(decl)
	if !ok {
		return false
	}
	switch cur.Parent().Node().(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

// staysNil reports whether p is read behind pos as the nil that it was where v is born: on all ways that come there, or on
// one where a statement of a block hides it.
func (f *Func) staysNil(v *Value, p *place, pos token.Pos) bool {
	return f.readNil(p, pos) && f.readNilAfter(v, p, pos, true) || f.inBlock(v.home.v) && f.readNilAfter(v, p, pos, false)
}

// readNilAfter reports whether p, which is proved nil where v is born, can be read behind pos as it is: another way to
// that place may have assigned it, this one has not. With turns it may be the way through a further turn of a loop.
func (f *Func) readNilAfter(v *Value, p *place, pos token.Pos, turns bool) bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if blk.ops[i].val == v {
				st := f.stateAt(point{blk, i})
				return st != nil && st.nils[p.id] == Nil && f.readFrom(blk, i+1, p, pos, turns, map[*block]bool{})
			}
		}
	}
	return false
}

// readFrom reports whether p is read behind pos on a way from the i-th op of blk on which nothing assigns it.
func (f *Func) readFrom(blk *block, i int, p *place, pos token.Pos, turns bool, seen map[*block]bool) bool {
	for ; i < len(blk.ops); i++ {
		switch o := &blk.ops[i]; {
		case o.p != p:
		case o.kind == opDef || o.kind == opMay:
			return false
		case o.kind == opUse && o.node.Pos() >= pos && o.node != f.Body:
			return true
		}
	}
	for _, e := range blk.succ {
		if e.cond != nil && e.cond.p == p && e.cond.expr.Pos() >= pos {
			return true
		}
		if (turns || !e.back) && !seen[e.to] {
			seen[e.to] = true
			if f.readFrom(e.to, 0, p, pos, turns, seen) {
				return true
			}
		}
	}
	return false
}

// turnsOn reports whether the condition of a loop around the scope inner asks p, which the loop never assigns:
// for err == nil { err := f() }.
func (f *Func) turnsOn(p *place, inner *types.Scope) bool {
	for _, blk := range f.g.blocks {
		for i := range blk.succ {
			c := blk.succ[i].cond
			if c == nil || c.p != p {
				continue
			}
			if loop, ok := c.stmt.(*ast.ForStmt); ok && loop.Pos() <= inner.Pos() && inner.End() <= loop.End() && !f.assigned(p, loop) {
				return true
			}
		}
	}
	return false
}

// assigned reports whether p is given anything inside n.
func (f *Func) assigned(p *place, n ast.Node) bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; (o.kind == opDef || o.kind == opMay) && o.p == p && within(o.node, n) {
				return true
			}
		}
	}
	return false
}
