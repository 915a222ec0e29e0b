package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

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
	Caller ast.Node // the call whose result is used without a test, where Case is CaseUnguarded
	AtHand string   // the error that was meant, where another one is known to be nil
	Act    Act      // what is done with the nil error
	Steps  []Step   // the way to a defect that is no life of a value

	instead *Value // the value whose error was meant to be tested
	hand    *place // holds the error that AtHand names
}

// The cases, each with what it means. A rule turns them into sentences.
const (
	CaseUse         = "use"          // a result is used before the error was looked at
	CaseUnknown     = "unknown"      // a result of which nothing is known is used before the error was looked at
	CaseFailedUse   = "failed-use"   // a result is used on the failure path itself
	CaseReassigned  = "reassigned"   // assigned again before anyone looked
	CaseLastTurn    = "last-turn"    // only the last turn of a loop is looked at
	CaseMasked      = "masked"       // another call's error is returned while this one waits to be looked at
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
	CasePrinted     = "printed"      // only printed where nobody reads it
	CaseDefault     = "default"      // replaced by something else without a trace
	CaseSuccessOnly = "success-only" // only the success branch has code
	CaseConditional = "conditional"  // handled under a further condition only
	CaseShadowed    = "shadowed"     // an inner variable takes the error, the outer one is read
	CaseUnguarded   = "unguarded"    // nil, nil returned where a caller uses the result without a test
	CaseAnyNilNil   = "any-nil-nil"  // nil, nil returned
	CaseAnswered    = "answered"     // a request was answered with the failure, and goes on
	CaseNil         = "nil"          // nil returned from a function without an error result
	CaseNilNil      = "nil-nil"      // nil, nil returned
	CaseZero        = "zero"         // false or a zero value returned
	CaseOther       = "other"        // another error, known to be nil, is returned
	CaseInstead     = "instead"      // an error known to be nil is logged, wrapped or sent in place of the one at hand
	CaseNilWrapped  = "nil-wrapped"  // an error known to be nil becomes the cause of a new one
	CaseInverted    = "inverted"     // a failure is told where the error is nil
	CaseWrongWay    = "wrong-way"    // the test of an error is the wrong way round, as its branches show
	CaseUntested    = "untested"     // an error is wrapped and returned without a test, nil or not
	CaseNotTested   = "not-tested"   // an error known to be nil is tested in place of the one just made
	CaseFirstKept   = "first-kept"   // the first error is to be kept, where one was kept already
	CaseNeverSet    = "never-set"    // an error known to be nil is tested
	CaseNever       = "never"        // an error known to be nil is asked for its kind
	CaseDefersLocal = "defers-local" // a deferred closure asks a local error how the function went
	CaseNilPointer  = "pointer"      // a nil pointer in a variable becomes an error
	CaseNilCall     = "call"         // a nil pointer that a call gives becomes an error
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
	switch v.Origin {
	case FromCaptured:
		switch {
		case e.How != Overwritten, e.Acts&Looked != 0:
			return nil
		case e.op.src.kind == srcNil, e.op.src.kind == srcNonNil:
			return nil // meant: reset, or replaced by an error made for it
		case v.Func.afterRecover(e.Node), !v.Func.Outer.failsPast(v.Func.Node):
			return nil
		}
		return &Loss{Class: Overwrites, Case: CaseDeferred}
	case FromParam:
		if e.How == Overwritten && e.Acts&Looked == 0 {
			return &Loss{Class: Overwrites, Case: CaseParameter}
		}
		return nil // to tell errors apart, or to leave one unread, is what such a function is for
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
			return &Loss{Class: Overwrites, Case: CaseLastTurn}
		}
		return &Loss{Class: Overwrites, Case: CaseReassigned}
	case Replaced:
		return nil // the function fails anyway
	case Supplanted:
		return &Loss{Class: Overwrites, Case: CaseReassigned}
	case Left:
		if v.Func.Role == Deferrer && v.home != nil && v.home.captured {
			if recovers(v.Func.Body) || v.Func.Outer.readsLater(v) {
				return nil // a panic's value in the wrong place is recoverall's; another deferred closure may read it
			}
			return &Loss{Class: Overwrites, Case: CaseNowhere, At: v.Node}
		}
	}
	l := &Loss{Class: Overwrites, Case: CaseUnseen, Strict: *e.seen} // some path looks: the others may have their reasons
	if isBody(e.Node) {
		l.At = v.Node
	}
	return l
}

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
	if p == nil || p.kind != errorPlace || p.shared || p.captured || !v.Func.readNil(p, inner.End()) {
		return nil
	}
	for _, e := range ends {
		if e.Acts&Looked == 0 || e.Acts&Handler != 0 {
			return &Loss{Class: Overwrites, Case: CaseShadowed, At: v.Node, End: e}
		}
	}
	return nil // only its success is dealt with
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
		for _, e := range blk.succ {
			if e.cond != nil && e.cond.p == p && e.cond.expr.Pos() >= pos && st.nils[p.id] == Nil {
				return true
			}
		}
	}
	return false
}

func isBody(n ast.Node) bool {
	switch n.(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt:
		return true
	}
	return false
}

// used judges the use of another result of the failed call.
func (fl *Flow) used(v *Value, e *End) *Loss {
	nilThen := v.Call != nil && fl.known.NilOnError(v.Call, e.peer)
	deref := e.op.n == 1
	kept := e.op.act == Stored && e.Acts&(Logged|Printed) != 0 && !inHandler(e)
	if deref && !nilThen && e.Acts&Looked == 0 && !v.Unread && fl.unknownResult(v, e.peer) {
		return &Loss{Class: EarlyUse, Case: CaseUnknown}
	}
	if !nilThen || !deref && !kept {
		return nil // a partial result, or handed on together with the error
	}
	switch {
	case v.Unread:
		return &Loss{Class: Dropped, Case: CaseBlankUsed, At: v.Node}
	case e.Acts&Looked == 0:
		return &Loss{Class: EarlyUse, Case: CaseUse}
	case inHandler(e):
		return &Loss{Class: EarlyUse, Case: CaseFailedUse}
	case e.Acts&Sided != 0 && e.Acts&Tested == 0:
		return nil // the result itself was asked: len(data) > 0
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
	// A print is a report to whoever runs a command; anywhere else nobody reads it.
	body := bodyOf(e.Handler)
	told := e.Acts&Logged != 0 || fl.logs(body) || e.Acts&Printed != 0 && (fl.command || v.Func.Role == Main)
	switch {
	case e.kept, e.failing:
		return nil // a copy was kept for later, or the first of several failures is told
	case e.Acts&Responded != 0:
		if e.Acts&Handler == 0 || inHandler(e) || e.Acts&Jumped != 0 || v.Func.nothingBehind(e.test) {
			return nil
		}
		return &Loss{Class: Swallowed, Case: CaseAnswered, At: e.Handler}
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
		return &Loss{Class: Swallowed, Case: CaseHalfChecked, Strict: probe || e.again || fl.sorted(e), At: e.where()}
	case e.Acts&(Tested|Unmatched) == 0:
		return &Loss{Class: Swallowed, Case: CaseSuccessOnly, Strict: true, At: e.where()} // judged by another result
	case e.How == Overwritten:
		return nil // tried in another way
	case e.Acts&Unmatched != 0 && !inHandler(e):
		return &Loss{Class: Swallowed, Case: CaseDefault, Strict: true}
	case e.Acts&Handler == 0 && e.Acts&Conditional != 0:
		return &Loss{Class: Swallowed, Case: CaseConditional, Strict: true, At: e.where()}
	case e.Acts&Handler == 0 && (v.Func.g.turns[e.Node] || v.Func.searching(e.test) && leaves(e.nilBody)):
		return nil // the next turn tries again, until one succeeds
	case e.Acts&Handler == 0:
		return &Loss{Class: Swallowed, Case: CaseSuccessOnly, Strict: true, At: e.where()}
	case len(body) == 0:
		return &Loss{Class: Swallowed, Case: CaseEmpty, Strict: probe, At: e.Handler}
	case e.Acts&Jumped != 0:
		return &Loss{Class: Swallowed, Case: CaseSkip, At: lastStmt(body),
			Strict: probe || !onlyJumps(body) || !v.Func.CanReturnError() || v.Func.searching(body[0])}
	case !inHandler(e) && e.Acts&Printed != 0:
		return &Loss{Class: Swallowed, Case: CasePrinted, Strict: true, At: e.Handler}
	case !inHandler(e):
		return &Loss{Class: Swallowed, Case: CaseDefault, Strict: true, At: e.Handler}
	case e.How == Succeeded:
		if allNil(fl, e.exit) {
			return &Loss{Class: NilOnFail, Case: CaseNilNil, Strict: probe}
		}
		return &Loss{Class: Swallowed, Case: CaseSuccess, Strict: probe || fl.works(body) || anyFalse(fl, e.exit)}
	case e.How == Left:
		return fl.leftSilently(v, e, probe)
	}
	return nil
}

// leftSilently judges a function without an error result that is left from the handler without a trace.
func (fl *Flow) leftSilently(v *Value, e *End, probe bool) *Loss {
	if e.exit != nil && len(e.exit.others) > 0 {
		switch {
		case e.Acts&Printed != 0 && !anyNil(fl, e.exit):
			return nil // printed, and told by the result
		case anyNil(fl, e.exit) && len(e.exit.others) == 1: // beside another result, nil is told by the pair
			return &Loss{Class: NilOnFail, Case: CaseNil, Strict: probe || fl.understood(v.Func)}
		case allZero(fl, e.exit):
			return &Loss{Class: NilOnFail, Case: CaseZero, Strict: true}
		}
		return &Loss{Class: Swallowed, Case: CaseDefault, Strict: true}
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
	if lit, ok := ast.Unparen(v.Call.Fun).(*ast.FuncLit); ok && v.How == Deferred && recovers(lit.Body) {
		return nil // recoverall tells what becomes of the panic there
	}
	if kind&(known.Rollback|known.Remove|known.Respond|known.Deadline|known.Teardown) != 0 {
		return nil // its failure changes nothing that anyone could act on here
	}
	if v.Func.failing(v.Call) {
		return nil // clean-up on a path that already has an error to tell
	}
	if fl.onlyCallback(v.Call) || known.Undoes(lastName(v.Call.Fun)) && (v.How == Deferred || v.Func.cleansUp()) {
		return nil
	}
	l := &Loss{Class: Dropped, Case: CaseStatement, At: v.Node,
		Strict: kind&known.Print != 0 && !fl.toFile(v.Call) || fl.blindWrite(v) || fl.professes(v.Func)}
	if v.How == Deferred {
		l.Case = CaseDefer
	}
	return l
}

// logs reports whether a handler writes a log record, be it without the error: something was told.
func (fl *Flow) logs(body []ast.Stmt) bool {
	for _, s := range body {
		if x, ok := s.(*ast.ExprStmt); ok {
			if call, ok := ast.Unparen(x.X).(*ast.CallExpr); ok && fl.known.Kind(call)&known.Log != 0 {
				return true
			}
		}
	}
	return false
}

// works reports whether a handler does more than to print and to leave.
func (fl *Flow) works(body []ast.Stmt) bool {
	for _, s := range body {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			continue
		case *ast.ExprStmt:
			if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok && fl.known.Kind(call)&known.Print != 0 {
				continue
			}
		}
		return true
	}
	return false
}

// blindWrite reports whether a call writes to an io.Writer that the function was given, and the function has no
// error result: whoever made the signature left it to the writer to remember its error.
func (fl *Flow) blindWrite(v *Value) bool {
	if v.Func.Top().CanReturnError() || v.Func.CanReturnError() {
		return false
	}
	if sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr); ok && fl.isWriter(sel.X) {
		return true
	}
	return slices.ContainsFunc(v.Call.Args, fl.isWriter)
}

func (fl *Flow) isWriter(e ast.Expr) bool {
	n, ok := fl.info.TypeOf(e).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "io" && types.IsInterface(n) && strings.Contains(n.Obj().Name(), "Writer")
}

// professes reports whether the documentation of the function says that it ignores errors: then its callers
// have been told.
func (fl *Flow) professes(f *Func) bool {
	d, ok := f.Top().Node.(*ast.FuncDecl)
	return ok && d.Doc != nil && ignoresErrors.MatchString(d.Doc.Text())
}

var ignoresErrors = regexp.MustCompile(`(?is)\bignor\w+\s+(any\s+|all\s+|the\s+)?(\w+\s+)?errors?\b|\berrors?\s+(are|is)\s+ignored\b|\bbest[ -]effort\b`)

// lastName is the last name of what is called: Remove in x.fs.Remove, cleanup in cleanup().
func lastName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// toFile reports whether a call prints to a file rather than to a writer that nobody can name.
func (fl *Flow) toFile(call *ast.CallExpr) bool {
	for _, a := range call.Args {
		if p, ok := fl.info.TypeOf(a).(*types.Pointer); ok {
			if n, ok := p.Elem().(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "os" && n.Obj().Name() == "File" {
				return true
			}
		}
	}
	return false
}

// onlyCallback reports whether a call's error can only be that of a function literal among its arguments which
// never gives one: filepath.Walk hands its own failures to the closure.
func (fl *Flow) onlyCallback(call *ast.CallExpr) bool {
	fn := fl.known.Callee(call)
	if fn == nil || fn.Pkg() == nil || !known.IsStandard(fn.Pkg().Path()) {
		return false // what else it does, a commit for instance, may fail
	}
	for _, a := range call.Args {
		lit, ok := ast.Unparen(a).(*ast.FuncLit)
		if !ok {
			continue
		}
		if f := fl.byLit[lit]; f != nil && len(f.errs) > 0 && f.neverFails() {
			return true
		}
		if t, ok := fl.info.TypeOf(lit).(*types.Signature); ok && fl.byLit[lit] == nil && len(errorResults(t)) > 0 {
			return false
		}
	}
	return false
}

// neverFails reports whether every return of f gives a literal nil error.
func (f *Func) neverFails() bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind == opReturn {
				for _, src := range o.ret.errs {
					if src.kind != srcNil {
						return false
					}
				}
			}
		}
	}
	return true
}

// nothingBehind reports whether a statement is the last of its function, so that nothing goes on behind it.
func (f *Func) nothingBehind(s ast.Stmt) bool {
	if s == nil || len(f.Body.List) == 0 {
		return true
	}
	if i, ok := s.(*ast.IfStmt); ok && i.Else != nil {
		return true // what goes on is in the other branch
	}
	return f.Body.List[len(f.Body.List)-1].End() <= s.End()
}

// where is the statement to report: the one that tested the error, if the path just runs on to the end of a
// body.
func (e *End) where() ast.Node {
	if isBody(e.Node) && e.test != nil {
		return e.test
	}
	return nil
}

// cleansUp reports whether f runs when the function around it is left: it is deferred, or handed to a call
// that is.
func (f *Func) cleansUp() bool {
	if f.Role == Deferrer {
		return true
	}
	if f.Outer == nil {
		return false
	}
	for _, d := range f.Outer.g.defers {
		if within(f.Node, d.stmt) {
			return true
		}
	}
	return false
}

// sorted reports whether the conditions on the error's kind sort out what to do rather than forget a kind:
// the kind asked for is the one that is passed on, another path past the condition handles the error, or
// another result was asked about.
func (fl *Flow) sorted(e *End) bool {
	if e.Acts&(Sided|Conditional) != 0 || e.later != nil && *e.later {
		return true
	}
	c := e.cond
	if c == nil || c.p == nil || c.p.v == nil {
		return false
	}
	body := c.no
	if isMatch(c, true) {
		body = c.yes
	}
	return body != nil && (body == e.nilBody || mentions(fl.info, body, c.p.v))
}

func mentions(info *types.Info, n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}

// afterRecover reports whether n stands in a branch of a deferred closure that recovers: what the function
// was about to return when it panicked is not its error.
func (f *Func) afterRecover(n ast.Node) bool {
	for _, s := range f.Body.List {
		if s == n {
			return false
		}
	}
	return recovers(f.Body)
}

func recovers(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "recover" {
				found = true
			}
		}
		return !found
	})
	return found
}

// readsLater reports whether a deferred closure of f that runs after the one that bears v reads what v is
// assigned to.
func (f *Func) readsLater(v *Value) bool {
	p := f.g.byVar[v.home.v]
	if p == nil {
		return false
	}
	for _, d := range f.g.defers {
		if d.stmt.Pos() < v.Func.Node.Pos() && d.stmt.End() < v.Func.Node.Pos() && d.reads[p] != 0 {
			return true
		}
	}
	return false
}

// failsPast reports whether f can return an error of its own once it has come by a deferred closure.
func (f *Func) failsPast(lit ast.Node) bool {
	states := f.solve()
	for _, blk := range f.g.blocks {
		if !states[blk.id].reached {
			continue
		}
		st := states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind == opReturn && o.node.End() > lit.End() {
				for _, src := range o.ret.errs {
					switch src.kind {
					case srcNil:
					case srcPlace:
						if st.nils[src.q.id] != Nil {
							return true
						}
					default:
						return true
					}
				}
			}
			st.apply(f.g, o)
		}
	}
	return false
}

// searching reports whether the loop around a jump is left by the first success behind it: such a loop tries
// one way after the other, and a failure only means to try the next.
func (f *Func) searching(jump ast.Stmt) bool {
	if jump == nil {
		return false
	}
	var loop *ast.BlockStmt
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			if within(jump, n) {
				loop = n.Body
			}
		case *ast.RangeStmt:
			if within(jump, n) {
				loop = n.Body
			}
		}
		return n == nil || n.Pos() <= jump.Pos() && jump.End() <= n.End()
	})
	if loop == nil {
		return false
	}
	found := false
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = found || n.Pos() >= jump.Pos() && f.successful(n)
		case *ast.BranchStmt:
			found = found || n.Pos() > jump.Pos() && n.Tok == token.BREAK
		}
		return !found
	})
	return found
}

// leaves reports whether a branch ends by leaving its function or loop.
func leaves(n ast.Node) bool {
	switch s := lastStmt(bodyOf(n)).(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK
	}
	return false
}

// successful reports whether a return statement gives a literal nil error, or the function has none to give.
func (f *Func) successful(r *ast.ReturnStmt) bool {
	for _, i := range f.errs {
		if i >= len(r.Results) {
			return false
		}
		if id, ok := ast.Unparen(r.Results[i]).(*ast.Ident); !ok || id.Name != "nil" {
			return false
		}
	}
	return true
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
			last := &blk.ops[len(blk.ops)-1] // the same run of code ends by returning an error
			return last.kind == opReturn && slices.ContainsFunc(last.ret.errs, func(s source) bool { return s.kind == srcNonNil })
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
		case *ast.DeclStmt: // the target of errors.As
		case *ast.AssignStmt:
			if s.Tok != token.DEFINE {
				return false
			}
			if _, call := ast.Unparen(s.Rhs[0]).(*ast.CallExpr); call {
				return false
			}
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

// anyFalse reports whether a flag among the results says that there is none.
func anyFalse(fl *Flow, x *exit) bool {
	for _, r := range x.others {
		if tv := fl.info.Types[r]; tv.Value != nil && tv.Value.String() == "false" {
			return true
		}
	}
	return false
}

// allZero reports whether every result is written as its zero value.
func allZero(fl *Flow, x *exit) bool {
	for _, r := range x.others {
		r = ast.Unparen(r)
		tv := fl.info.Types[r]
		lit, composite := r.(*ast.CompositeLit)
		switch {
		case tv.IsNil(), composite && len(lit.Elts) == 0:
		case tv.Value != nil && (tv.Value.String() == "false" || tv.Value.String() == "0" || tv.Value.ExactString() == `""`):
		default:
			return false
		}
	}
	return true
}

// wantsFailure reports whether the branch taken on success is the one that complains.
func (fl *Flow) wantsFailure(body ast.Node) bool {
	complains := false
	for _, s := range bodyOf(body) {
		ast.Inspect(s, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				complains = complains || fl.known.AlwaysFails(call) || fl.known.NoReturn(call) || fl.failsTest(call)
			}
			return !complains
		})
	}
	return complains
}

// failsTest reports whether a call is one of package testing's by which a test fails or is ended.
func (fl *Flow) failsTest(call *ast.CallExpr) bool {
	fn := fl.known.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "testing" {
		return false
	}
	switch fn.Name() {
	case "Error", "Errorf", "Fail", "FailNow", "Fatal", "Fatalf":
		return true
	}
	return false
}

// turning reports whether the innermost loop around a statement comes round by a condition only: its next turn
// is another try.
func (f *Func) turning(s ast.Stmt) bool {
	if s == nil {
		return false
	}
	var loop ast.Node
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			if within(s, n.Body) {
				loop = n.Body
			}
		case *ast.RangeStmt:
			if within(s, n.Body) {
				loop = n.Body
			}
		case *ast.FuncLit:
			return within(s, n) && n != f.Node
		}
		return true
	})
	return loop != nil && f.g.turns[loop]
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

// Meant names the call whose error was meant, where another one is tested.
func (l *Loss) Meant() string {
	if l.instead == nil {
		return ""
	}
	return l.instead.What()
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
