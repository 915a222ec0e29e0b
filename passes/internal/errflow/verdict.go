package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// A Class is the rule that a loss belongs to. The order decides where an end could be told in two ways, so
// that selecting rules never changes whose a defect is.
type Class uint8

const (
	EarlyUse Class = iota
	WrongErr
	TypedNil
	Detached
	RecoverAll
	RetryLoop
	LostClose
	Overwrites
	Swallowed
	NilOnFail
	Unlogged
	Dropped
	LostCause
	ErrMatch
	classes
)

// A Loss is one error that gets lost in one way.
type Loss struct {
	Class  Class
	Case   string
	Strict bool // what some teams want; otherwise what a reviewer would block a change for
	Value  *Value
	End    *End     // nil where the call's error was never taken
	At     ast.Node // the statement where the error gets lost
}

// The cases, each with what it means. A rule turns them into sentences.
const (
	CaseUse         = "use"          // a result is used before the error was looked at
	CaseFailedUse   = "failed-use"   // a result is used on the failure path itself
	CaseReassigned  = "reassigned"   // assigned again before anyone looked
	CaseLastTurn    = "last-turn"    // only the last turn of a loop is looked at
	CaseParameter   = "parameter"    // a parameter assigned before anyone looked
	CaseDeferred    = "deferred"     // a deferred closure assigns over the first error
	CaseNowhere     = "nowhere"      // a deferred closure assigns to what nobody reads any more
	CaseUnseen      = "unseen"       // a path ends without a look
	CaseEmpty       = "empty"        // a handler without code
	CaseSuccess     = "success"      // success returned from the handler
	CaseHalfChecked = "half-checked" // one kind handled, the rest falls through
	CaseCarryOn     = "carry-on"     // logged, then what failed is used
	CaseSkip        = "skip"         // continue or break without a trace
	CaseLogged      = "logged"       // logged, then success
	CaseDefault     = "default"      // replaced by something else without a trace
	CaseSuccessOnly = "success-only" // only the success branch has code
	CaseConditional = "conditional"  // handled under a further condition only
	CaseNil         = "nil"          // nil returned from a function without an error result
	CaseNilNil      = "nil-nil"      // nil, nil returned
	CaseZero        = "zero"         // false or a zero value returned
	CaseOther       = "other"        // another error, known to be nil, is returned
	CaseReplaced    = "replaced"     // a new error without the cause is returned
	CaseSilent      = "silent"       // the function is left without a trace
	CaseStatement   = "statement"
	CaseDefer       = "defer"
	CaseGo          = "go"
	CaseBlank       = "blank"
	CaseBlankUsed   = "blank-used" // v, _ := f() and v is nil on failure, and used
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
	}
	for _, e := range ends {
		if l := fl.verdict(v, e); l != nil {
			l.End = e
			if l.At == nil {
				l.At = e.Node
			}
			consider(l)
		}
	}
	if best != nil {
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
	switch v.Origin {
	case FromCaptured:
		if e.How == Overwritten && e.Acts&Looked == 0 {
			return &Loss{Class: Overwrites, Case: CaseDeferred}
		}
		return nil
	case FromParam:
		if e.How == Overwritten && e.Acts&Looked == 0 {
			return &Loss{Class: Overwrites, Case: CaseParameter}
		}
		if e.Acts&Looked == 0 {
			return nil // a parameter nobody reads is the signature's affair
		}
	}
	if e.Acts&Looked == 0 {
		return fl.unseen(v, e)
	}
	if e.How == Replaced {
		if e.Acts&Handler == 0 || e.Acts&(Logged|Printed) != 0 {
			return nil
		}
		return &Loss{Class: LostCause, Case: CaseReplaced}
	}
	if e.How == Succeeded && e.other != nil && e.Acts&Handler != 0 && inHandler(e) && e.Acts&(Logged|Printed) == 0 {
		return &Loss{Class: WrongErr, Case: CaseOther}
	}
	return fl.lookedAt(v, e)
}

// unseen judges an error that nobody looked at on the path.
func (fl *Flow) unseen(v *Value, e *End) *Loss {
	made := v.Call != nil && fl.known.AlwaysFails(v.Call)
	switch e.How {
	case Overwritten:
		switch {
		case made:
			return nil // an error made to be replaced: the default answer of a search
		case e.again || v.Call != nil && e.op != nil && e.op.val != nil && e.op.val.Call == v.Call:
			return &Loss{Class: Overwrites, Case: CaseLastTurn}
		}
		return &Loss{Class: Overwrites, Case: CaseReassigned}
	case Replaced:
		return nil // the function fails anyway
	case Left:
		if v.Func.Role == Deferrer && v.home != nil && v.home.captured {
			return &Loss{Class: Overwrites, Case: CaseNowhere, At: v.Node}
		}
	}
	return &Loss{Class: Overwrites, Case: CaseUnseen}
}

// used judges the use of another result of the failed call.
func (fl *Flow) used(v *Value, e *End) *Loss {
	nilThen := v.Call != nil && fl.known.NilOnError(v.Call, e.peer)
	deref := e.op.n == 1
	if !nilThen || !deref {
		return nil // a partial result, or handed on together with the error
	}
	switch {
	case v.Unread:
		return &Loss{Class: Dropped, Case: CaseBlankUsed, At: v.Node}
	case e.Acts&Looked == 0:
		return &Loss{Class: EarlyUse, Case: CaseUse}
	case inHandler(e):
		return &Loss{Class: EarlyUse, Case: CaseFailedUse}
	case e.Acts&Unmatched != 0:
		return &Loss{Class: Swallowed, Case: CaseHalfChecked}
	case e.Acts&(Logged|Printed) != 0:
		return &Loss{Class: Swallowed, Case: CaseCarryOn}
	}
	return &Loss{Class: EarlyUse, Case: CaseFailedUse}
}

// lookedAt judges an error that the author had in hand, and which then gets lost.
func (fl *Flow) lookedAt(v *Value, e *End) *Loss {
	probe := v.Call != nil && fl.known.Kind(v.Call)&known.Probe != 0 // its failure is an answer
	told := e.Acts&(Logged|Printed) != 0
	body := bodyOf(e.Handler)
	switch {
	case told:
		if e.How == Succeeded {
			return &Loss{Class: Swallowed, Case: CaseLogged, Strict: true}
		}
		return nil
	case e.Acts&Unmatched != 0 && onlyAsks(body):
		return &Loss{Class: Swallowed, Case: CaseHalfChecked, Strict: probe}
	case e.How == Overwritten:
		return nil // tried in another way
	case e.Acts&Unmatched != 0:
		return &Loss{Class: Swallowed, Case: CaseDefault, Strict: true}
	case e.Acts&Handler == 0 && e.Acts&Conditional != 0:
		return &Loss{Class: Swallowed, Case: CaseConditional, Strict: true}
	case e.Acts&Handler == 0:
		return &Loss{Class: Swallowed, Case: CaseSuccessOnly, Strict: true}
	case len(body) == 0:
		return &Loss{Class: Swallowed, Case: CaseEmpty, Strict: probe, At: e.Handler}
	case e.Acts&Jumped != 0:
		return &Loss{Class: Swallowed, Case: CaseSkip, Strict: probe || !onlyJumps(body), At: lastStmt(body)}
	case !inHandler(e):
		return &Loss{Class: Swallowed, Case: CaseDefault, Strict: true, At: e.Handler}
	case e.How == Succeeded:
		if allNil(fl, e.exit) {
			return &Loss{Class: NilOnFail, Case: CaseNilNil, Strict: probe}
		}
		return &Loss{Class: Swallowed, Case: CaseSuccess, Strict: probe || len(body) > 1}
	case e.How == Left:
		return fl.leftSilently(v, e, probe)
	}
	return nil
}

// leftSilently judges a function without an error result that is left from the handler without a trace.
func (fl *Flow) leftSilently(v *Value, e *End, probe bool) *Loss {
	if e.exit != nil && len(e.exit.others) > 0 {
		switch {
		case anyNil(fl, e.exit):
			return &Loss{Class: NilOnFail, Case: CaseNil, Strict: probe}
		default:
			return &Loss{Class: NilOnFail, Case: CaseZero, Strict: true}
		}
	}
	switch v.Func.Role {
	case Boundary, Goroutine, Callback:
		return &Loss{Class: Unlogged, Case: CaseSilent, Strict: probe}
	}
	return &Loss{Class: Unlogged, Case: CaseSilent, Strict: true}
}

// unread judges a call whose error was never taken.
func (fl *Flow) unread(v *Value, ends []*End) *Loss {
	kind := fl.known.Kind(v.Call)
	switch {
	case v.How == Spawned:
		return &Loss{Class: Detached, Case: CaseGo, At: v.Node}
	case kind&(known.Close|known.Flush|known.Sync|known.Commit) != 0:
		return &Loss{Class: LostClose, Case: CaseStatement, At: v.Node}
	case v.How == Blank:
		return &Loss{Class: Dropped, Case: CaseBlank, Strict: kind&known.Persist == 0, At: v.Node}
	}
	if _, ok := fl.known.Harmless(v.Call); ok {
		return nil
	}
	if kind&(known.Print|known.Rollback|known.Remove|known.Respond|known.Deadline|known.Teardown|known.Probe) != 0 {
		return nil // its failure changes nothing that anyone could act on here
	}
	if v.Func.failing(v.Call) {
		return nil // clean-up on a path that already has an error to tell
	}
	if v.How == Deferred {
		return &Loss{Class: Dropped, Case: CaseDefer, At: v.Node}
	}
	return &Loss{Class: Dropped, Case: CaseStatement, At: v.Node}
}

// failing reports whether an error is proved non-nil where n stands.
func (f *Func) failing(n ast.Node) bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind != opCall || o.node != n {
				continue
			}
			if !f.states[blk.id].reached {
				return true // nothing reaches it
			}
			st := f.states[blk.id].clone()
			for j := range i {
				st.apply(f.g, &blk.ops[j])
			}
			for _, p := range f.g.places {
				if (p.kind == errorPlace || p.kind == tempPlace) && st.nils[p.id] == NonNil {
					return true
				}
			}
			return false
		}
	}
	return false
}

// inHandler reports whether a path ends inside the branch taken on failure.
func inHandler(e *End) bool {
	return e.Handler != nil && e.Handler.Pos() <= e.Node.Pos() && e.Node.End() <= e.Handler.End()
}

// bodyOf returns the statements of a branch.
func bodyOf(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	case *ast.IfStmt: // else if
		return []ast.Stmt{n}
	}
	return nil
}

func lastStmt(body []ast.Stmt) ast.Node {
	if len(body) == 0 {
		return nil
	}
	return body[len(body)-1]
}

// onlyAsks reports whether a handler does nothing but ask for kinds of the error: once none matched, no code
// is left in it. A condition without a handler has none either.
func onlyAsks(body []ast.Stmt) bool {
	for _, s := range body {
		switch s := s.(type) {
		case *ast.IfStmt:
			if s.Else != nil {
				if _, again := s.Else.(*ast.IfStmt); !again || !onlyAsks([]ast.Stmt{s.Else}) {
					return false
				}
			}
		case *ast.SwitchStmt, *ast.TypeSwitchStmt:
		default:
			return false
		}
	}
	return true
}

// onlyJumps reports whether a handler consists of a continue or break.
func onlyJumps(body []ast.Stmt) bool {
	if len(body) != 1 {
		return false
	}
	b, ok := body[0].(*ast.BranchStmt)
	return ok && b.Tok != token.GOTO && b.Tok != token.FALLTHROUGH
}

// allNil reports whether every result beside the error is a literal nil, and there is one.
func allNil(fl *Flow, x *exit) bool {
	if x == nil || len(x.others) == 0 || x.naked {
		return false
	}
	for _, r := range x.others {
		if !fl.info.Types[r].IsNil() {
			return false
		}
	}
	return true
}

// anyNil reports whether a result that is a pointer, map, slice, function or interface is a literal nil.
func anyNil(fl *Flow, x *exit) bool {
	for _, r := range x.others {
		if fl.info.Types[r].IsNil() {
			return true
		}
	}
	return false
}

// Func names the function in which v lives, as a reader would write it.
func (l *Loss) Func() string { return l.Value.Func.Name() }

// Callee returns the name of the failed function alone, or "".
func (l *Loss) Callee() string {
	if l.Value.Callee != nil {
		return l.Value.Callee.Name()
	}
	return ""
}

// Type of the i-th result of the failed call, for a message.
func (v *Value) resultName(i int) string {
	if i < len(v.peers) && v.peers[i] != nil {
		return v.peers[i].name
	}
	return ""
}

// Peer names the result whose use ends the path.
func (l *Loss) Peer() string {
	if l.End == nil {
		return ""
	}
	return l.Value.resultName(l.End.peer)
}

// Other names the error that is returned instead.
func (l *Loss) Other() string {
	if l.End == nil || l.End.other == nil {
		return ""
	}
	return l.End.other.name
}

// Exit returns the statement by which the function is left, if that is the end.
func (e *End) Exit() (*ast.ReturnStmt, bool) {
	if e.exit == nil {
		return nil, false
	}
	r, ok := e.exit.node.(*ast.ReturnStmt)
	return r, ok
}

// Signature returns the signature of the function in which v lives.
func (v *Value) Signature() *types.Signature { return v.Func.Sig }
