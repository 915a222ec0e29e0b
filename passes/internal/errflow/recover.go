package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// The cases of recoverall: what is wrong with a call of recover.
const (
	CaseNoPanic      = "never"         // it can take no panic
	CaseDiscarded    = "discarded"     // the value is thrown away
	CaseUnmatched    = "unmatched"     // the kinds that are not asked for vanish
	CaseOneAnswer    = "answered"      // every panic becomes one and the same result
	CaseNoValue      = "no-value"      // a message says that there was a panic, but not which
	CaseNoStack      = "no-stack"      // logged, but nobody learns where it happened
	CaseConverted    = "converted"     // a bug becomes an ordinary error
	CasePutAway      = "lost"          // kept where nobody reads it
	CaseAbortHandler = "abort-handler" // what net/http has to see is eaten
)

// A Recover is a call of recover: whose panics it takes, and what becomes of what they were called with, its value.
type Recover struct {
	Call   *ast.CallExpr
	Via    string        // the function that Call calls, where that is not recover but one with a recover in it
	Decl   *ast.FuncDecl // the declaration around; nil in an initializer of the package
	Hosts  []Host        // whose panics it takes, as far as this package shows: others may defer the function around it, too
	Case   string        // what is wrong with it; "" if nothing is
	Strict bool          // as in [Loss]

	At      ast.Node        // where the value is put, if not where the call stands
	In      string          // what the value is put, or turned, into
	Why     string          // why the call takes no panic, or why nobody finds the value in In
	Records []*ast.CallExpr // the log records that hold the value
	Reasons []ast.Node      // where a comment may say why a panic is no news; none where the case is a slip

	vars map[*types.Var]bool
}

// Holds reports whether a variable of the deferred function holds the value.
func (r *Recover) Holds(v *types.Var) bool { return r.vars[v] }

// A Host is a function whose panics end at a recover.
type Host struct {
	Func  ast.Node       // *ast.FuncDecl or *ast.FuncLit
	Defer *ast.DeferStmt // the statement that sees to it

	fn, deferred inspector.Cursor
	sig          *types.Signature // of Func
}

// Recovers gives the calls of recover in the package, in source order, and behind them the calls of functions with a recover
// in them that take no panic, since only a function that is deferred itself can. What stands where skips says so counts
// for nothing. Of recovers in tests no more is told than that they take no panic: whoever writes one asks whether something
// panics. Safe for concurrent use.
func (fl *Flow) Recovers(skips func(token.Pos) bool) []*Recover {
	var calls []inspector.Cursor
	for _, site := range fl.known.Sites() {
		if site.Builtin() == "recover" && !skips(site.Call.Pos()) {
			calls = append(calls, site.Cursor)
		}
	}
	if len(calls) == 0 {
		return nil
	}
	w := fl.findRescuers(calls)
	var list []*Recover
	var all []*caught
	for _, call := range calls {
		s := w.standsAt(call)
		r := s.recoverAt(call, "")
		list = append(list, r)
		if s.never == "" && !fl.isTestFile(call.Node().Pos()) {
			all = append(all, fl.follow(r, call, s))
		}
	}
	sorts := slices.ContainsFunc(all, func(c *caught) bool { return c.repanics && c.matched })
	for _, c := range all {
		c.judge(sorts)
	}
	return append(list, w.called(skips)...)
}

// judge says what is wrong with a recover that works. sorts tells that some recover of the package panics again with what
// is not its own.
func (c *caught) judge(sorts bool) {
	r := c.rec
	var strict bool
	r.Case, strict = c.verdict(sorts)
	switch r.Case {
	case "":
	case CasePutAway, CaseNoValue: // slips, whoever they befall
	default:
		r.Strict = strict || c.optional() || c.fl.Supports(r.Call.Pos())
	}
	switch r.Case {
	case CaseDiscarded, CaseOneAnswer, CaseConverted:
		r.Reasons = c.reasons()
	}
}

// verdict decides on the case. The order is that of gravity: what is told first is what has to be repaired first.
func (c *caught) verdict(sorts bool) (how string, strict bool) {
	r, fl := c.rec, c.fl
	switch {
	case c.repanics || c.kept || c.all(fl.declaredBoundary):
		return "", false
	case c.stack:
		if c.any(fl.isMiddleware) && !c.abort {
			return CaseAbortHandler, false
		}
		return "", false
	case c.putAway != nil:
		r.At = c.putAway
		return CasePutAway, false
	case c.any(fl.onlyComputes), c.all(fl.onlySends):
		return "", false
	case len(r.Records) > 0 || c.printed:
		return CaseNoStack, c.foreign || c.any(fl.guardsCallback) && !c.any(fl.endsHere) && !c.any(fl.isMiddleware)
	case c.converted != nil:
		if c.any(fl.endsHere) {
			return "", false
		}
		r.At = c.converted
		return CaseConverted, !sorts || len(r.Hosts) == 0 || c.any(fl.guardsOne) || fl.documentsPanics(r.Decl)
	case c.matched:
		return CaseUnmatched, false
	case c.message != nil:
		r.At = c.message
		return CaseNoValue, false
	case c.told:
		return "", false
	case c.replaced:
		r.In = "error"
		return CaseOneAnswer, true
	}
	if r.At, r.In = c.vain(); r.At != nil {
		return CasePutAway, false
	}
	if c.answered || c.acts {
		r.In = "answer"
		return CaseOneAnswer, true
	}
	return CaseDiscarded, false
}
