package errflow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// unread judges a call whose error was never taken.
func (fl *Flow) unread(v *Value, ends []*End) *Loss {
	kind := fl.known.Kind(v.Call)
	switch {
	case v.How == Spawned:
		return fl.unreadSpawn(v, kind)
	case kind&known.Gather != 0:
		if g := fl.groupOf(v.Call); g != nil && fl.quiet[g] {
			return nil // it only waits
		}
		return &Loss{Class: Detached, Case: CaseWait, Strict: v.How == Blank, At: v.Node}
	case kind&vouches != 0:
		fl.untaken = append(fl.untaken, v) // what was written before decides: see closers
		return nil
	case v.How == Blank:
		fl.waive(v)
		if l := fl.alternative(v, kind); l != nil {
			return l
		}
		return &Loss{Class: Dropped, Case: CaseBlank, Strict: true, At: v.Node} // whoever wrote _ meant it
	}
	if _, ok := fl.known.Harmless(v.Call); ok {
		return nil
	}
	if lit, ok := ast.Unparen(v.Call.Fun).(*ast.FuncLit); ok && v.How == Deferred && recovers(lit.Body) {
		return nil // recoverall tells what becomes of the panic there
	}
	if kind&(known.Rollback|known.Remove|known.Respond|known.Deadline|known.Teardown) != 0 {
		return nil // its failure changes nothing that anyone could act on here
	}
	if v.Callee != nil && !v.Func.InTest {
		fl.drops[v.Callee]++
		fl.standsAlone(v)
	}
	if l := fl.alternative(v, kind); l != nil {
		return l
	}
	if v.Func.failing(v.Call) {
		return nil // clean-up on a path that already has an error to tell
	}
	if fl.tellsEach(v) {
		return nil // the callee has told it before it gives it back
	}
	if fl.asksLater(v) || fl.asksWriter(v) {
		return nil // the receiver, or what is written to, keeps its error
	}
	if fl.tellsAfter(v) {
		return nil // the failure that it was to tell of is told
	}
	kept := fl.keptIn(v)
	if kept != nil && fl.readBehind(v, kept) {
		return nil // what it gives is in a variable, which is looked at
	}
	if f := fl.closure(v); f != nil && f.neverFails() {
		return nil // what it gives is told by the variable it comes from
	}
	if kept == nil && fl.onlyCallback(v.Call) || known.Undoes(lastName(v.Call.Fun)) && (v.How == Deferred || v.Func.cleansUp()) {
		return nil
	}
	l := &Loss{Class: Dropped, Case: CaseStatement, At: v.Node, Strict: fl.lightly(v, kind)}
	if v.How == Deferred {
		l.Case = CaseDefer
	}
	if g := cmp.Or(fl.saidOfGo(v), fl.saidOfBranch(v)); g != nil {
		l.Said = g
	}
	return l
}

// lightly reports whether an error is one that many let go, for reasons that the code does not state: what it would
// tell changes little, is told in another way, or cannot come about where the call stands. Where figures stand beside a
// line, they are the findings read on 31 repositories: true, arguable and false.
func (fl *Flow) lightly(v *Value, kind known.Kind) bool {
	name := lastName(v.Call.Fun)
	saves := kind&known.Persist != 0
	switch {
	case fl.inHead(v):
		return false // if f(); err != nil: a mistake
	case !fl.outside(v), !saves && !fl.canTell(v), fl.professes(v.Func), fl.tellsItself(v), fl.speaks(v), fl.showsToDebug(v), fl.toLog(v):
		return true
	case fl.spare(v), fl.changesNothing(v), fl.heardElsewhere(v), takesBack(name), fl.prepares(v), makesWay(name), testOnly(name):
		return true
	case kind&known.Print != 0 && !(fl.toFile(v.Call) && v.Func.CanReturnError()), v.Callee != nil && known.Records(v.Callee): // 1 3 1: lines and profiles, for whoever looks at them
		return true
	case fl.blindWrite(v), kind&known.Write != 0 && !fl.arrives(v):
		return true
	case known.Reads(v.Callee): // 1 2 10: what was read is looked at, whatever the read said
		return true
	case fl.abstract(v.Callee): // 2 1 6: nobody here knows what is behind it
		return true
	case v.How != Deferred && v.Func.cleansUp() && !saves: // 1 0 3
		return true
	case fl.command && !saves && kind&known.Write == 0 && !serves(name): // 2 4 4: a command ends, and who started it sees what it did
		return true
	}
	return false
}

// heardElsewhere reports whether a call stands in a select of which another clause hears that what the call is made with is
// over: that the other side is gone is told there.
//
//	select {
//	case m := <-messages:
//		notifier.Notify(sub.ID, m)
//	case <-sub.Err():
//		return
//	}
func (fl *Flow) heardElsewhere(v *Value) bool {
	cur, ok := fl.cursor(v.Node)
	if !ok || v.Call == nil {
		return false
	}
	for c := range cur.Enclosing((*ast.SelectStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		sel, ok := c.Node().(*ast.SelectStmt)
		if !ok {
			return false
		}
		for _, s := range sel.Body.List {
			clause := s.(*ast.CommClause)
			if clause.Comm == nil || within(v.Node, clause) {
				continue
			}
			if over := fl.tellsEnd(clause.Comm); over != nil && mentions(fl.info, v.Call, over) {
				return true
			}
		}
	}
	return false
}

// tellsEnd returns the variable of which a receive hears that it has failed or ended: <-sub.Err().
func (fl *Flow) tellsEnd(comm ast.Stmt) *types.Var {
	var found *types.Var
	ast.Inspect(comm, func(n ast.Node) bool {
		u, ok := n.(*ast.UnaryExpr)
		if !ok || u.Op != token.ARROW {
			return true
		}
		call, ok := ast.Unparen(u.X).(*ast.CallExpr)
		if !ok || receiverOf(call) == nil || len(call.Args) > 0 || !begins(lastName(call.Fun), "err", "closed", "done") {
			return true
		}
		if !isContext(fl.info.TypeOf(receiverOf(call))) { // of which much is made that has an end of its own
			found = rootVar(fl.info, receiverOf(call))
		}
		return true
	})
	return found
}

// abstract reports whether a function is a method of an interface, and takes no context, by which it would say that it
// may take long.
func (fl *Flow) abstract(fn *types.Func) bool {
	if fn == nil || fn.Signature().Recv() == nil || !types.IsInterface(fn.Signature().Recv().Type()) {
		return false
	}
	params := fn.Signature().Params()
	return params.Len() == 0 || !isContext(params.At(0).Type())
}
