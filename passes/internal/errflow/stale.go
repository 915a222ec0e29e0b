package errflow

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// stale reports what is done with an error that is proved nil where another error, or none at all, is the one
// at hand. These are no lives of values: the error concerned is nil on every path.
type stale struct {
	fl       *Flow
	f        *Func
	branches []branch
}

// A branch is a body that is entered by one outcome of a test of an error.
type branch struct {
	body ast.Node
	p    *place
	told Nilness
	expr ast.Expr // the test
	kind condKind
}

// suspects looks for uses of errors proved nil in f, whose states have been solved.
func (fl *Flow) suspects(f *Func) {
	s := &stale{fl: fl, f: f}
	s.findBranches()
	for _, blk := range f.g.blocks {
		if !f.states[blk.id].reached {
			continue
		}
		st := f.states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			switch o.kind {
			case opUse:
				s.used(&st, blk, i)
			case opReturn:
				s.returned(&st, o)
			}
			st.apply(f.g, o)
		}
		s.tested(&st, blk)
	}
	s.deferred()
	s.inverted()
}

func (s *stale) findBranches() {
	for _, blk := range s.f.g.blocks {
		for i := range blk.succ {
			e := &blk.succ[i]
			c := e.cond
			if c == nil || c.p == nil || e.into == nil || c.p.kind != errorPlace && c.p.kind != tempPlace {
				continue
			}
			told := c.whenFalse
			if e.sense {
				told = c.whenTrue
			}
			if told != Unknown {
				s.branches = append(s.branches, branch{e.into, c.p, told, c.expr, c.kind})
			}
		}
	}
}

// around returns the innermost branch around n.
func (s *stale) around(n ast.Node) *branch {
	var best *branch
	for i := range s.branches {
		b := &s.branches[i]
		if within(n, b.body) && (best == nil || within(b.body, best.body)) {
			best = b
		}
	}
	return best
}

// atHand returns the branch around n that is entered because an error other than p is not nil, unless a
// branch further in is about p itself, or the error was given something else in between.
func (s *stale) atHand(n ast.Node, p *place) *branch {
	var best *branch
	for i := range s.branches {
		b := &s.branches[i]
		if !within(n, b.body) || best != nil && !within(b.body, best.body) {
			continue
		}
		if best = b; b.p == p || b.told != NonNil || s.redefined(b, n) {
			best = nil
		}
	}
	return best
}

func (s *stale) redefined(b *branch, n ast.Node) bool {
	for _, blk := range s.f.g.blocks {
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind == opDef && o.p == b.p && within(o.node, b.body) && o.pos() < n.Pos() {
				return true
			}
		}
	}
	return false
}

// elsewhere reports whether n stands in a closure that runs in place and p is declared outside it: the graph has
// one run of the closure, and an earlier one may have set p.
func (s *stale) elsewhere(p *place, n ast.Node) bool {
	for _, l := range s.f.lits {
		if within(n, l.Node) && (p.v == nil || p.v.Pos() < l.Node.Pos() || p.v.Pos() >= l.Node.End()) {
			return true
		}
	}
	return false
}

// infallible reports whether p is given the error of a call that cannot fail: to handle it is care, not a slip.
func (s *stale) infallible(p *place) bool {
	for _, blk := range s.f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind == opDef && o.p == p && o.src.kind == srcNil && o.src.call != nil {
				return true
			}
		}
	}
	return false
}

// names reports whether n speaks of the error in p.
func (s *stale) names(n ast.Node, p *place) bool {
	if p.path == "" {
		return p.v != nil && mentions(s.fl.info, n, p.v)
	}
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		found = found || ok && exprText(sel) == p.name
		return !found
	})
	return found
}

// add keeps a loss whose error is the one in p, which is nil; b is entered because of the one at hand.
func (s *stale) add(l *Loss, p *place, b *branch, act Act) {
	l.Class = WrongErr
	l.Value = &Value{Func: s.f, Origin: FromNothing, Node: l.At, Name: p.name, home: p}
	l.Act = act
	if b != nil {
		l.hand = b.p
		if l.AtHand = b.p.name; b.p.kind == tempPlace {
			l.AtHand = "that of " + l.AtHand
		}
		l.Steps = []Step{{b.expr, "found non-nil here"}}
	}
	l.Steps = append(l.Steps, Step{l.At, p.name + " is used here"})
	s.fl.losses[WrongErr] = append(s.fl.losses[WrongErr], l)
}

// claim takes away the losses of later classes that tell of the same slip: the dropped error that was meant to
// be tested, the error at hand which another one was taken for, and the one that gets lost in the branch of a test whose
// question can have one answer only.
func (fl *Flow) claim() {
	fl.claimBranches()
	for _, w := range fl.losses[WrongErr] {
		if w.Value.Origin != FromNothing {
			continue
		}
		for c := TypedNil; c < classes; c++ {
			kept := fl.losses[c][:0]
			for _, l := range fl.losses[c] {
				same := w.instead != nil && l.Value == w.instead
				if e := l.End; e != nil && e.Handler != nil && w.hand != nil && l.Value.home == w.hand {
					same = same || within(w.At, e.Handler)
				}
				same = same || l.lostBy(w)
				if !same {
					kept = append(kept, l)
				}
			}
			fl.losses[c] = kept
		}
	}
}

// lostBy reports whether an error gets lost in the branch of a test in which w stands, a question about that very error.
// What only some want to hear of takes nothing from what all do.
func (l *Loss) lostBy(w *Loss) bool {
	if w.Strict || l.End == nil || l.Value.home == nil || l.Value.home != w.Value.home {
		return false
	}
	ifs, ok := l.End.test.(*ast.IfStmt)
	return ok && within(w.At, ifs.Cond)
}

// claimBranches leaves one loss of a question about an error that can be answered in one way only and of what is done with
// that error in the branch behind it: the question, or what is done where the answer leads into the branch.
//
//	if err != flush() {
//		return fmt.Errorf("flushing: %w", err)
//	}
func (fl *Flow) claimBranches() {
	type branch struct {
		question *Loss
		body     *ast.BlockStmt
		entered  bool
	}
	var branches []branch
	for _, w := range fl.losses[WrongErr] {
		cur, ok := fl.cursor(w.At)
		if w.Case != CaseNever || !ok {
			continue
		}
		for c := range cur.Enclosing((*ast.IfStmt)(nil)) {
			if ifs := c.Node().(*ast.IfStmt); within(w.At, ifs.Cond) {
				branches = append(branches, branch{w, ifs.Body, denied(cur, ifs.Cond)})
			}
			break
		}
	}
	second := map[*Loss]bool{}
	for _, b := range branches {
		for _, w := range fl.losses[WrongErr] {
			if w == b.question || w.Value.Origin != FromNothing || w.Value.home != b.question.Value.home || !within(w.At, b.body) {
				continue
			}
			if b.entered {
				second[b.question] = true
			} else {
				second[w] = true
			}
		}
	}
	fl.losses[WrongErr] = slices.DeleteFunc(fl.losses[WrongErr], func(w *Loss) bool { return second[w] })
}

// denied reports whether a part of a condition stands under a !.
func denied(part inspector.Cursor, cond ast.Expr) bool {
	not := false
	for c := range part.Enclosing((*ast.UnaryExpr)(nil)) {
		if u := c.Node().(*ast.UnaryExpr); u.Op == token.NOT && within(u, cond) {
			not = !not
		}
	}
	return not
}
