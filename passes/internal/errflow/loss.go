package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
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
	Caller ast.Node // the call whose result is used without a test, where there is one
	AtHand string   // the error that was meant, where another one is known to be nil; what is zero, where that is taken for a kind; what failed first
	Act    Act      // what is done with the nil error
	Steps  []Step   // the way to a defect that no search recorded
	Said   ast.Node // a comment of which it can be told by its words that it speaks of this error; nil if there is none

	instead *Value // the value whose error was meant to be tested
	hand    *place // holds the error that AtHand names
	may     bool   // the result need not be nil then
	reached bool   // a result that is nil then is reached into behind the branch

	unproved bool   // nothing is known of the result then
	mends    *place // the variable that has to become another one: every loss that this mends is the same defect
}

// The cases, each with what it means. A rule turns them into sentences.
const (
	CaseUse         = "use"          // a result is used before the error was looked at
	CaseSometimes   = "sometimes"    // a result that is nil on some failures is used before the error was looked at
	CaseUnknown     = "unknown"      // a result of which nothing is known is used before the error was looked at
	CaseFailedUse   = "failed-use"   // a result is used on the failure path itself
	CaseJudged      = "judged"       // a result is asked, and answered for, before the error was looked at
	CaseReassigned  = "reassigned"   // assigned again before anyone looked
	CaseLastTurn    = "last-turn"    // only the last turn of a loop is looked at
	CaseMasked      = "masked"       // another call's error is returned while this one waits to be looked at
	CaseNoted       = "noted"        // a field says that it failed, and the next call's error is returned
	CaseTidied      = "tidied"       // the error of tidying up is assigned over the failure
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
	CaseInVain      = "in-vain"      // tested only where a result is there, which none is with an error
	CaseZeroKind    = "zero-or-kind" // what was not filled in is taken for one kind of error, whatever the error is
	CaseConditional = "conditional"  // handled under a further condition only
	CaseShadowed    = "shadowed"     // an inner variable takes the error, the outer one is read
	CaseUnguarded   = "unguarded"    // nil, nil returned where a caller uses the result without a test
	CaseAnyNilNil   = "any-nil-nil"  // nil, nil returned
	CaseAnswered    = "answered"     // a request was answered with the failure, and goes on
	CaseHalfMade    = "half-made"    // what it came from is closed, and what was half made of it is used
	CaseToldBoth    = "told-both"    // a failure was told, and behind the branch success
	CaseNil         = "nil"          // nil returned from a function without an error result
	CaseNilNil      = "nil-nil"      // nil, nil returned
	CaseZero        = "zero"         // false or a zero value returned
	CaseOther       = "other"        // another error, known to be nil, is returned
	CaseInstead     = "instead"      // an error known to be nil is logged, wrapped or sent in place of the one at hand
	CaseNilWrapped  = "nil-wrapped"  // an error known to be nil becomes the cause of a new one
	CaseNilCalled   = "nil-called"   // the text of an error known to be nil is asked for
	CaseInverted    = "inverted"     // a failure is told where the error is nil
	CaseWrongWay    = "wrong-way"    // the test of an error is the wrong way round, as its branches show
	CaseUntested    = "untested"     // an error is wrapped and returned without a test, nil or not
	CaseNotTested   = "not-tested"   // an error known to be nil is tested in place of the one just made
	CaseFirstKept   = "first-kept"   // an error is kept only where one was kept already
	CaseNeverSet    = "never-set"    // an error known to be nil is tested
	CaseNever       = "never"        // an error known to be nil is asked for its kind
	CaseMistaken    = "mistaken"     // an error that may be nil is returned where another one is known not to be
	CaseOutlived    = "outlived"     // the error of an earlier turn is returned although a later one succeeded
	CaseDefersLocal = "defers-local" // a deferred closure asks a local error how the function went
	CaseNilPointer  = "pointer"      // a nil pointer in a variable becomes an error
	CaseNilCall     = "call"         // a nil pointer that a call gives becomes an error
	CaseReplaced    = "replaced"     // a new error without the cause is returned
	CaseFlattened   = "flattened"    // a new error holds the cause's text only
	CaseAsked       = "asked"        // a new error holds less of its cause than a caller asks for
	CaseContext     = "context"      // where a context ended, a new error without its reason is returned
	CaseEnded       = "ended"        // where a context ended, success is returned
	CaseSilent      = "silent"       // the function is left without a trace
	CaseClose       = "close"        // closing what was written
	CaseFlush       = "flush"        // handing on what was buffered
	CaseSync        = "sync"         // asking for durability
	CaseCommit      = "commit"       // making a transaction final
	CaseUnwritten   = "unwritten"    // closing what was opened for writing, where nothing is seen to be written
	CaseElsewhere   = "elsewhere"    // closing what can lose data, where nothing is seen to be written
	CaseSticky      = "sticky"       // a writer that keeps its error is never asked for it
	CaseNeverCalled = "never-called" // _ = f.Close, without the call
	CaseNoError     = "no-error"     // a log record tells of a failure, not of the error
	CaseAnswerOnly  = "answer-only"  // the client gets a fixed text, and nobody else anything
	CaseConsumed    = "consumed"     // a loop that takes one thing after the other goes on to the next without a trace
	CasePrintOnly   = "print-only"   // printed where nobody reads it, and nothing else
	CaseUnasked     = "unasked"      // a loop over what keeps its error ends, and nobody asks for it
	CaseStatement   = "statement"
	CaseDefer       = "defer"
	CaseGo          = "go"
	CaseBlank       = "blank"
	CaseAlternative = "alternative" // done because something failed, before success is returned
	CaseBlankUsed   = "blank-used"  // v, _ := f() and v is nil on failure, and used
)

// Slip reports whether nobody loses an error like this on purpose, so that a comment there speaks of something
// else: who hides a variable, sets one that nobody can read, tells of a failure and of success, or reaches into what is
// nil, did not mean to.
func (l *Loss) Slip() bool {
	return l.reached || l.Class == Overwrites && (l.Case == CaseShadowed || l.Case == CaseNowhere) || l.Class == Swallowed && l.Case == CaseToldBoth
}

// Sometimes reports whether the result that is used is nil on some failures only.
func (l *Loss) Sometimes() bool { return l.may }

// Then says what the result that is used is where the call failed. Of a callee that nobody can look into it is not known:
// generated clients make the object before they ask for it, and give it empty beside the error.
func (l *Loss) Then() string {
	switch {
	case l.unproved && l.Value.pointsTo(l.End.peer):
		return "is nil or empty"
	case l.may:
		return "may be nil"
	}
	return "is nil"
}

// pointsTo reports whether the i-th result of the failed call is a pointer.
func (v *Value) pointsTo(i int) bool {
	if i >= len(v.peers) || v.peers[i] == nil || v.peers[i].v == nil {
		return false
	}
	_, ok := v.peers[i].v.Type().Underlying().(*types.Pointer)
	return ok
}

// Others reports whether a loss of none of these classes is told between two positions.
func (fl *Flow) Others(from, to token.Pos, these ...Class) bool {
	for c, list := range fl.losses {
		for _, l := range list {
			if !slices.Contains(these, Class(c)) && from <= l.At.Pos() && l.At.Pos() < to {
				return true
			}
		}
	}
	return false
}

// Answer reports whether the order in which a call's results are asked is what gets the error lost: that a failure
// with a result is none can be meant, and a comment may say so.
func (l *Loss) Answer() bool { return l.Class == EarlyUse && l.Case == CaseJudged }

// Unseen reports whether nobody looked at the error on its way.
func (l *Loss) Unseen() bool { return l.End == nil || l.End.Acts&Looked == 0 }

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
