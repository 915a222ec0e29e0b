package errflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
	"time"

	"github.com/errvet/errvet/passes/internal/known"
)

// The cases of RetryLoop.
const (
	CaseEndless       = "endless"         // a retry that no failure ends
	CaseEndlessAtOnce = "endless-at-once" // a retry that no failure ends and that does not wait
	CaseAtOnce        = "at-once"         // a retry that does not wait between attempts
	CaseUncancellable = "uncancellable"   // a retry that goes on when its context has ended
	CasePermanent     = "permanent"       // a retry of what fails in the same way again
	CaseEndsWell      = "ends-well"       // success is returned when all attempts have failed
	CaseNoLast        = "no-last"         // the error returned in the end does not hold the last one
	CaseNoJitter      = "no-jitter"       // waits of the same length
	CaseNoCap         = "no-cap"          // waits that grow without bound
)

// judgeRetry finds the faults of a retry loop: one of the loop itself, and one of its end.
func (fl *Flow) judgeRetry(r *retry) {
	if !r.chooses {
		fl.judgeTurns(r)
	}
	if r.spent && (fl.remote(r.f, r.v.Call) || fl.habits(r).waits) { // otherwise it is a search that found nothing
		fl.judgeEnd(r)
	}
}

// judgeTurns looks at what happens between two attempts.
func (fl *Flow) judgeTurns(r *retry) {
	h := fl.habits(r)
	if reads(r.v.Call) {
		return // it waits for whoever types, or sends
	}
	local := !fl.remote(r.f, r.v.Call)
	switch {
	case h.managed, local && !h.waits: // a search, or a sampling: nothing that time makes better
	case !r.ends && !h.waits:
		fl.retryLoss(r, CaseEndlessAtOnce, r.loop)
	case !r.ends && !h.cancels:
		fl.retryLoss(r, CaseEndless, r.loop)
	case !h.waits:
		fl.retryLoss(r, CaseAtOnce, r.loop)
	case h.sleeps && !h.cancels && fl.hasContext(r.f) && !fl.brief(r) && !r.f.cleansUp():
		fl.retryLoss(r, CaseUncancellable, r.loop)
	case h.grows && !h.capped:
		fl.retryLoss(r, CaseNoCap, r.loop)
	case h.sleeps && !h.random && !fl.brief(r):
		fl.retryLoss(r, CaseNoJitter, r.loop)
	}
}

// reads reports whether an attempt waits for input.
func reads(call *ast.CallExpr) bool {
	name := strings.ToLower(lastName(call.Fun))
	for _, word := range [...]string{"read", "scan", "prompt", "ask", "input", "recv", "receive", "accept"} {
		if strings.HasPrefix(name, word) {
			return true
		}
	}
	return false
}

// habits are what a retry does between attempts.
type habits struct {
	waits   bool // for something, by any means
	sleeps  bool // for time to pass, whatever else happens
	cancels bool // it asks its context, or a channel that tells it to stop
	managed bool // somebody else's backoff decides
	random  bool
	grows   bool // the wait gets longer
	capped  bool
}

func (fl *Flow) habits(r *retry) habits {
	var h habits
	ast.Inspect(r.loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if n != r.v.Call {
				fl.habitOf(r, n, &h)
			}
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				h.waits = true
				if t, ok := fl.info.TypeOf(n.X).Underlying().(*types.Chan); ok {
					h.cancels = h.cancels || !isTime(t.Elem())
				}
			}
		case *ast.SelectStmt, *ast.SendStmt:
			h.waits = true
		case *ast.RangeStmt:
			if t := fl.info.TypeOf(n.X); t != nil && isChan(t) {
				h.waits = true
			}
		case *ast.SelectorExpr:
			if v, ok := fl.info.Uses[n.Sel].(*types.Var); ok && v.Pkg() != nil && v.Pkg().Path() == "context" {
				h.cancels = true // context.Canceled
			}
		case *ast.BinaryExpr:
			h.grows = h.grows || n.Op == token.SHL
			switch n.Op {
			case token.GTR, token.GEQ, token.LSS, token.LEQ:
				h.capped = h.capped || isDuration(fl.info.TypeOf(n.X)) || isDuration(fl.info.TypeOf(n.Y))
			}
		case *ast.AssignStmt:
			switch n.Tok {
			case token.MUL_ASSIGN, token.SHL_ASSIGN:
				h.grows = true
			case token.ASSIGN:
				if b, ok := ast.Unparen(n.Rhs[0]).(*ast.BinaryExpr); ok && b.Op == token.MUL && isDuration(fl.info.TypeOf(n.Lhs[0])) {
					h.grows = true
				}
			}
		}
		return true
	})
	return h
}

// habitOf notes what a call in the loop says of it.
func (fl *Flow) habitOf(r *retry, call *ast.CallExpr, h *habits) {
	name := strings.ToLower(exprText(call.Fun))
	last := strings.ToLower(lastName(call.Fun))
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(name, w) {
				return true
			}
		}
		return false
	}
	kind := fl.known.Kind(call)
	fn := fl.known.Callee(call)
	if has("sleep") || fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "time" && fn.Name() == "After" {
		h.sleeps = true
	}
	h.waits = h.waits || kind&known.Wait != 0 || has("wait", "sleep", "delay", "pause", "throttle", "yield", "gosched", "scan", "prompt", "ask", "lock")
	h.managed = h.managed || has("backoff", "retr", "limiter", "ratelimit", "ongoing", "attempt")
	h.random = h.random || has("rand", "jitter")
	h.capped = h.capped || last == "min" || has("cap")
	switch last {
	case "done", "err", "cause", "stopped", "closed", "isrunning", "running", "isclosed", "isstopped", "isshutdown", "shuttingdown":
		h.cancels = true
	}
	if t := fl.info.TypeOf(call); t != nil && isBool(t) && fl.takesContext(call) {
		h.cancels = true // canceled(ctx)
	}
	if last == "after" || last == "newtimer" || has("sleep", "wait") {
		for _, a := range call.Args {
			h.cancels = h.cancels || isContext(fl.info.TypeOf(a)) // it ends with the context
		}
	}
	if fn == nil || fn.Pkg() != fl.pkg || h.waits {
		return
	}
	if f := fl.funcOf(fn); f != nil { // a helper of this package
		ast.Inspect(f.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				h.waits = h.waits || fl.known.Kind(n)&known.Wait != 0
			case *ast.SelectStmt:
				h.waits = true
			}
			return !h.waits
		})
	}
}

// funcOf returns a function of this package.
func (fl *Flow) funcOf(fn *types.Func) *Func {
	for _, f := range fl.funcs {
		if fn != nil && f.Obj == fn {
			return f
		}
	}
	return nil
}

func isTime(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "time"
}

func isDuration(t types.Type) bool { return t != nil && isTime(t) }

// turns is the number of turns that a loop makes at most by the constant in its condition; -1 if there is none.
func (fl *Flow) turns(loop ast.Stmt) int64 {
	switch s := loop.(type) {
	case *ast.RangeStmt:
		return fl.constant(s.X)
	case *ast.ForStmt:
		most := int64(-1)
		if s.Cond == nil {
			return most
		}
		ast.Inspect(s.Cond, func(n ast.Node) bool {
			if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.LSS || b.Op == token.LEQ) {
				most = max(most, fl.constant(b.Y))
			}
			return true
		})
		return most
	}
	return -1
}

func (fl *Flow) constant(e ast.Expr) int64 {
	v := fl.info.Types[e].Value
	if v == nil || v.Kind() != constant.Int {
		return -1
	}
	n, _ := constant.Int64Val(v)
	return n
}

// brief reports whether all waits of a loop together take less than a few seconds, as the constants in it say:
// nobody needs to cancel that.
func (fl *Flow) brief(r *retry) bool {
	n := fl.turns(r.loop)
	if n < 0 {
		return false
	}
	longest := int64(-1)
	ast.Inspect(r.body, func(m ast.Node) bool {
		if call, ok := m.(*ast.CallExpr); ok && len(call.Args) == 1 && isDuration(fl.info.TypeOf(call.Args[0])) {
			if d := fl.atMost(call.Args[0]); d < 0 {
				longest = 1 << 40
			} else {
				longest = max(longest, d)
			}
		}
		return true
	})
	return longest >= 0 && n*longest <= int64(5*time.Second)
}

// atMost estimates the longest duration that an expression may give, by the constants in it; -1 where a variable
// decides.
func (fl *Flow) atMost(e ast.Expr) int64 {
	var sum int64
	ast.Inspect(e, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		if !ok || sum < 0 {
			return sum >= 0
		}
		if d := fl.constant(x); d >= 0 {
			sum += d
			return false
		}
		if id, ok := x.(*ast.Ident); ok {
			if v, ok := fl.info.Uses[id].(*types.Var); ok {
				if _, basic := v.Type().Underlying().(*types.Basic); basic {
					sum = -1
				}
			}
		}
		return sum >= 0
	})
	return sum
}

// hasContext reports whether f, or a function around it, is given a context.
func (fl *Flow) hasContext(f *Func) bool {
	for ; f != nil; f = f.Outer {
		for p := range f.Sig.Params().Variables() {
			if isContext(p.Type()) && p.Name() != "" && p.Name() != "_" {
				return true
			}
		}
	}
	return false
}

// judgeEnd looks at what is returned when all attempts have failed.
func (fl *Flow) judgeEnd(r *retry) {
	cur, ok := fl.cursor(r.loop)
	if !ok || len(r.f.errs) != 1 {
		return
	}
	if _, ok := cur.Parent().Node().(*ast.LabeledStmt); ok {
		cur = cur.Parent()
	}
	if fl.lastInside(r) {
		return
	}
	for s, ok := cur.NextSibling(); ok; s, ok = s.NextSibling() {
		switch n := s.Node().(type) {
		case *ast.ReturnStmt:
			i := r.f.errs[0]
			if i >= len(n.Results) {
				return
			}
			e := ast.Unparen(n.Results[i])
			switch call, _ := e.(*ast.CallExpr); {
			case fl.info.Types[e].IsNil():
				fl.retryLoss(r, CaseEndsWell, n)
			case fl.holdsError(e), r.chooses: // where only some kinds are tried again, it is clear which it was
			case call != nil && fl.known.AlwaysFails(call), newBuilder(fl, r.f).isSentinel(e):
				fl.retryLoss(r, CaseNoLast, n) // strict: mostly each attempt's failure was logged, here or by what was called
			}
			return
		case *ast.ExprStmt:
			if call, ok := n.X.(*ast.CallExpr); ok && fl.known.Kind(call)&(known.Log|known.Print) != 0 {
				continue
			}
			return
		case *ast.IfStmt:
			if n.Else != nil || !fl.tellsOnly(n.Body) {
				return
			}
		default:
			return
		}
	}
}

// tellsOnly reports whether a branch does nothing but to log or to print.
func (fl *Flow) tellsOnly(body *ast.BlockStmt) bool {
	for _, s := range body.List {
		x, ok := s.(*ast.ExprStmt)
		if !ok {
			return false
		}
		if call, ok := x.X.(*ast.CallExpr); !ok || fl.known.Kind(call)&(known.Log|known.Print) == 0 {
			return false
		}
	}
	return true
}

// lastInside reports whether the loop itself returns the error of the last attempt, which it knows by counting.
func (fl *Flow) lastInside(r *retry) bool {
	found := false
	ast.Inspect(r.body, func(n ast.Node) bool {
		s, ok := n.(*ast.IfStmt)
		if !ok || found {
			_, lit := n.(*ast.FuncLit)
			return !found && !lit
		}
		b, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
		if !ok || b.Op == token.LAND || b.Op == token.LOR {
			return true
		}
		if t, ok := fl.info.TypeOf(b.X).Underlying().(*types.Basic); !ok || t.Info()&types.IsInteger == 0 {
			return true
		}
		if ret, ok := lastStmt(s.Body.List).(*ast.ReturnStmt); ok && len(ret.Results) > 0 {
			found = fl.holdsError(ret.Results[len(ret.Results)-1])
		}
		return !found
	})
	return found
}

// holdsError reports whether an expression mentions a local variable that is, or holds, an error.
func (fl *Flow) holdsError(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok {
			if id, ok := x.(*ast.Ident); ok {
				v, ok := fl.info.Uses[id].(*types.Var)
				if !ok || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
					return !found
				}
			}
			t := fl.info.TypeOf(x)
			_, call := x.(*ast.CallExpr)
			found = found || !call && t != nil && (isError(t) || isErrorSlice(t)) && !newBuilder(fl, nil).isSentinel(x)
		}
		return !found
	})
	return found
}
