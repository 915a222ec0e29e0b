package errflow

import (
	"go/ast"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
)

// judge gives a value's ends their verdicts and keeps the gravest: default before strict, then by class, then
// by position.
func (fl *Flow) judge(v *Value, ends []*End) {
	var best *Loss
	consider := func(l *Loss) {
		if l == nil {
			return
		}
		l.Value = v
		if best == nil || graver(l, best) {
			best = l
		}
	}
	if v.Unread {
		consider(fl.unread(v, ends))
	} else {
		consider(fl.shadowed(v, ends))
	}
	for _, e := range ends {
		if v.Unread && e.How != PeerUsed {
			continue
		}
		if l := fl.verdict(v, e); l != nil {
			l.End = e
			if l.At == nil {
				l.At = e.Node
			}
			consider(l)
		}
	}
	if best != nil {
		best.Strict = best.Strict || v.Func.Support
		fl.losses[best.Class] = append(fl.losses[best.Class], best)
	}
}

func graver(a, b *Loss) bool {
	if a.Strict != b.Strict {
		return b.Strict
	}
	if a.Class != b.Class {
		return a.Class < b.Class
	}
	return a.At.Pos() < b.At.Pos()
}

// verdict says which defect an end is, or nil if it is none. It is total: each end has one answer.
func (fl *Flow) verdict(v *Value, e *End) *Loss {
	if e.How == PeerUsed {
		return fl.used(v, e)
	}
	if e.How == Textual {
		return fl.flattened(v, e)
	}
	if e.How == Outlived {
		return &Loss{Class: WrongErr, Case: CaseOutlived}
	}
	switch v.Origin {
	case FromCaptured:
		switch {
		case e.How != Overwritten, e.Acts&Looked != 0:
			return nil
		case e.op.src.kind == srcNil, e.op.src.kind == srcNonNil:
			return nil // meant: reset, or replaced by an error made for it
		case v.Func.afterRecover(e.Node), v.Func.madeOfOld(e.Node), !v.Func.Outer.failsPast(v.Func.Node, v.Func.foundNotNil(e.Node)):
			return nil
		}
		// Where it is assigned only if it is an error, one of two is told; otherwise success can take the place of a failure.
		return &Loss{Class: Overwrites, Case: CaseDeferred, Strict: oneOfTwo(v, e)}
	case FromParam:
		// To ask what was handed in beside it is not to look at the error.
		if e.How == Overwritten && e.Acts&(Looked&^Sided) == 0 && !e.failing && e.op.src.kind != srcNonNil && !fl.readFirst(v, e) { // with another error the failure is told
			return &Loss{Class: Overwrites, Case: CaseParameter}
		}
		return nil // to tell errors apart, or to leave one unread, is what such a function is for
	}
	if e.How == Left && e.other != nil && e.kept && e.Acts&(Logged|Printed) == 0 {
		return fl.nowhere(v, e.other, nil)
	}
	if fl.judgedFirst(v, e) {
		return &Loss{Class: EarlyUse, Case: CaseJudged, At: e.test, Strict: asksForSomething(e.test)}
	}
	if e.How == Exited {
		return fl.exited(v, e)
	}
	if e.Acts&Looked == 0 {
		return fl.unseen(v, e)
	}
	if fl.onlyLast(v, e) {
		// Where each failure takes the place of the one before, some failure is told: that is what most want to know.
		return &Loss{Class: Overwrites, Case: CaseLastTurn, At: e.op.node, Strict: !e.again}
	}
	if e.How == Replaced {
		return fl.replaced(v, e)
	}
	if e.How == Succeeded && e.other != nil && e.Acts&Handler != 0 && inHandler(e) && e.Acts&(Logged|Printed|Responded) == 0 && !e.failing {
		return &Loss{Class: WrongErr, Case: CaseOther}
	}
	return fl.lookedAt(v, e)
}

// unseen judges an error that nobody looked at on the path.
func (fl *Flow) unseen(v *Value, e *End) *Loss {
	switch {
	case e.How == Replaced && e.other != nil:
		return &Loss{Class: Overwrites, Case: CaseMasked, Strict: true}
	case e.How == Left && v.Func.Role == Deferrer && v.home != nil && v.home.captured:
		return fl.nowhere(v, v.home, v.Node)
	case e.failing:
		return nil // the first error is told, this one came on top
	}
	made := v.Call != nil && fl.known.AlwaysFails(v.Call)
	switch e.How {
	case Overwritten:
		switch {
		case made:
			return nil // an error made to be replaced: the default answer of a search
		case e.op.src.kind == srcNil && e.op.src.call == nil:
			return nil // err = nil is as deliberate as _ = err
		case e.op.src.kind == srcNonNil:
			return nil // another error takes its place, so the failure is told
		case e.again || v.Call != nil && e.op != nil && e.op.val != nil && e.op.val.Call == v.Call:
			return &Loss{Class: Overwrites, Case: CaseLastTurn, Strict: fl.wholeResult(v) || fl.onceOnly(v)}
		}
		if fl.exclusive(v.Node, e.Node) || fl.readFirst(v, e) {
			return nil
		}
		return &Loss{Class: Overwrites, Case: CaseReassigned, At: v.Node, Strict: !fl.asksAnother(v) && (*e.seen || fl.askedBeside(v, e))}
	case Replaced:
		return nil // the function fails anyway
	case Supplanted:
		return &Loss{Class: Overwrites, Case: CaseReassigned, At: v.Node, Strict: !fl.asksAnother(v) && (*e.seen || fl.askedBeside(v, e))}
	}
	return &Loss{Class: Overwrites, Case: CaseUnseen, Strict: *e.seen || fl.keptByLiteral(v), At: v.Node} // some path looks: the others may have their reasons
}

func isBody(n ast.Node) bool {
	switch n.(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt:
		return true
	}
	return false
}

// lookedAt judges an error that the author had in hand, and which then gets lost.
func (fl *Flow) lookedAt(v *Value, e *End) *Loss {
	probe := v.Call != nil && fl.known.Kind(v.Call)&known.Probe != 0 // its failure is an answer
	// A print is a report to whoever runs a command; anywhere else nobody reads it.
	body := bodyOf(e.Handler)
	told := e.Acts&Logged != 0 || fl.logs(body) || e.Acts&Printed != 0 && (fl.command || v.Func.Role == Main)
	switch {
	case e.kept, e.failing:
		return nil // a copy was kept for later, or the first of several failures is told
	case e.Acts&Responded != 0:
		if e.Acts&Handler == 0 || inHandler(e) || e.Acts&Jumped != 0 || v.Func.nothingBehind(e.test) || fl.leftBehind(e.test) {
			return fl.answered(v, e)
		}
		if fl.answersElse(e.Handler) {
			return fl.answered(v, e)
		}
		return &Loss{Class: Swallowed, Case: CaseAnswered, At: e.Handler}
	case told && e.Acts&Handler != 0 && e.Acts&(Logged|Printed) == 0:
		return fl.nameless(v, e)
	case told:
		switch {
		case e.How == Left && (inHandler(e) || v.Func.Role != Plain && v.Func.Role != Local && v.Func.Role != Inline):
			return nil // the log is where errors end there
		case !v.Func.CanReturnError() && v.Func.nothingBehind(e.test):
			return nil // nothing goes on
		case e.How == Overwritten && !e.again, v.Func.turning(e.test):
			return nil // tried in another way, or again
		}
		return &Loss{Class: Swallowed, Case: CaseLogged, Strict: true, At: e.where()}
	case e.Acts&Handler == 0 && fl.wantsFailure(e.nilBody):
		return nil // the failure is what is asked for
	case e.Acts&Unmatched != 0 && onlyAsks(body) && !inHandler(e):
		return fl.halfChecked(v, e, probe)
	case e.Acts&(Tested|Unmatched) == 0:
		if asking := fl.takenForKind(v, e); asking != nil {
			return &Loss{Class: Swallowed, Case: CaseHalfChecked, At: asking}
		}
		if l := fl.testedInVain(v, e); l != nil {
			return l
		}
		return &Loss{Class: Swallowed, Case: CaseSuccessOnly, Strict: true, At: e.where()} // judged by another result
	case e.How == Overwritten && fl.tidied(v, e):
		return &Loss{Class: Overwrites, Case: CaseTidied, At: e.Node}
	case e.How == Overwritten && fl.onlyNoted(v, e):
		return &Loss{Class: Overwrites, Case: CaseNoted, At: e.Node}
	case e.How == Overwritten:
		return nil // tried in another way
	case e.Acts&Unmatched != 0 && !inHandler(e):
		return &Loss{Class: Swallowed, Case: CaseDefault, Strict: true}
	case e.Acts&Handler == 0 && e.Acts&Conditional != 0:
		return &Loss{Class: Swallowed, Case: CaseConditional, Strict: true, At: e.where()}
	case e.Acts&Handler == 0 && (v.Func.g.turns[e.Node] || v.Func.searching(e.test) && leaves(e.nilBody)):
		return nil // the next turn tries again, until one succeeds
	case e.Acts&Handler == 0:
		if use := fl.needsSuccess(v, e); use != nil {
			return &Loss{Class: Swallowed, Case: CaseSuccessOnly, Caller: use, At: e.where()}
		}
		return &Loss{Class: Swallowed, Case: CaseSuccessOnly, Strict: e.How != Succeeded || !fl.givesBeside(v, e.exit), At: e.where()}
	case len(body) == 0:
		return &Loss{Class: Swallowed, Case: CaseEmpty, Strict: probe, At: e.Handler}
	case e.Acts&Jumped != 0 && v.Func.consumes(body):
		return fl.skipped(v, e)
	case e.Acts&Jumped != 0:
		// To skip what cannot be read is what most loops that skip are for: of 22 on large trees three would be repaired.
		return &Loss{Class: Swallowed, Case: CaseSkip, At: lastStmt(body), Strict: true}
	case !inHandler(e) && e.Acts&Printed != 0 && !v.Func.CanReturnError() && fl.printsOnly(v.Func, e.Handler):
		return &Loss{Class: Unlogged, Case: CasePrintOnly, At: e.Handler}
	case !inHandler(e) && e.Acts&Printed != 0:
		// A library's function that promises an error and never gives one.
		return &Loss{Class: Swallowed, Case: CasePrinted, Strict: !v.Func.CanReturnError() || !v.Func.neverFails() || fl.warns(body), At: e.Handler}
	case !inHandler(e):
		if next := fl.usesHalfMade(v, e); next != nil {
			return &Loss{Class: Swallowed, Case: CaseHalfMade, At: e.Handler, Caller: next}
		}
		return &Loss{Class: Swallowed, Case: CaseDefault, Strict: true, At: e.Handler}
	case e.How == Succeeded:
		if v.Func.member {
			return &Loss{Class: Detached, Case: CaseAnswersNil, Strict: probe || fl.works(body) || v.Call != nil && fl.known.EndsOnly(v.Call)}
		}
		if allNil(fl, e.exit) {
			return &Loss{Class: NilOnFail, Case: CaseNilNil, Strict: true}
		}
		return &Loss{Class: Swallowed, Case: CaseSuccess, Strict: probe || fl.documented(v.Func) || fl.works(body) || anyFalse(fl, e.exit) || fl.givesOne(v) || fl.fallsBack(v, e.exit) || fl.told(v) ||
			fl.refusesOnly(v) || fl.passesOver(v) || fl.unheardOf(v.Func) || fl.saidOptional(v) || fl.asksState(e)}
	case e.How == Left:
		return fl.leftSilently(v, e, probe)
	}
	return nil
}

// halfChecked judges an error of which one kind was asked for, where nothing is there for all others.
func (fl *Flow) halfChecked(v *Value, e *End, probe bool) *Loss {
	if fl.saysOneThing(v) || forAllOthers(e.asking()) {
		return nil // there is no other kind, or it is seen to
	}
	l := &Loss{Class: Swallowed, Case: CaseHalfChecked, At: e.asking()}
	l.Strict = probe || e.Acts&(Logged|Printed) != 0 || e.again || fl.mayBeIgnored(v) || fl.isCalled(v.Func, "probe", "detect") || fl.sorted(v, e) || fl.callersOwn(v) || fl.probes(v) || fl.inside(v) || fl.comesBack(v, e) || fl.asksUntilTrue(v.Func)
	if l.At == nil {
		return l
	}
	if g := fl.saidOtherwise(l.At); g != nil {
		l.Strict = true
		if speaksOfErrors.MatchString(g.Text()) {
			l.Said = g
		}
	}
	return l
}

// forAllOthers reports whether a switch has a branch for whatever its cases do not name, and something to do there, more than
// to leave the switch.
func forAllOthers(asking ast.Node) bool {
	var body *ast.BlockStmt
	switch s := asking.(type) {
	case *ast.SwitchStmt:
		body = s.Body
	case *ast.TypeSwitchStmt:
		body = s.Body
	default:
		return false
	}
	return slices.ContainsFunc(body.List, func(s ast.Stmt) bool {
		c, ok := s.(*ast.CaseClause)
		if !ok || c.List != nil || len(c.Body) == 0 {
			return false
		}
		_, only := c.Body[0].(*ast.BranchStmt)
		return !only
	})
}

// leftSilently judges a function without an error result that is left from the handler without a trace.
func (fl *Flow) leftSilently(v *Value, e *End, probe bool) *Loss {
	if e.exit != nil && len(e.exit.others) > 0 {
		switch {
		case e.Acts&Printed != 0 && !anyNil(fl, e.exit):
			return nil // printed, and told by the result
		case anyNil(fl, e.exit) && len(e.exit.others) == 1: // beside another result, nil is told by the pair
			use := fl.trips(v.Func)
			return &Loss{Class: NilOnFail, Case: CaseNil, Caller: use, Strict: use == nil || probe || fl.inside(v) || fl.tellsEach(v)}
		case allZero(fl, e.exit):
			return &Loss{Class: NilOnFail, Case: CaseZero, Strict: true}
		}
		return &Loss{Class: Swallowed, Case: CaseDefault, Strict: true}
	}
	return fl.silent(v, e, probe)
}

// handlerOr is the branch that was to end what cannot go on, or n where there is none.
func (e *End) handlerOr(n ast.Node) ast.Node {
	if e.Handler != nil {
		return e.Handler
	}
	return n
}

// where is the statement to report: the one that tested the error, if the path just runs on to the end of a
// body.
func (e *End) where() ast.Node {
	if isBody(e.Node) && e.test != nil {
		return e.test
	}
	return nil
}

// asking is the statement that asked for the one kind that is handled: there the others are forgotten.
func (e *End) asking() ast.Node {
	if e.cond != nil && e.cond.stmt != nil {
		return e.cond.stmt
	}
	return e.where()
}
