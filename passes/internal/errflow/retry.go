package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// A retry is a loop that makes the same attempt again and again until it succeeds: a failure leads to the next
// turn, a success out of the loop. Loops that take the next thing after a success (of accepting, consuming,
// paging, draining) and loops that a failure ends (polls) are none.
type retry struct {
	f       *Func
	loop    ast.Stmt
	body    *ast.BlockStmt
	v       *Value // the attempt's error
	ends    bool   // a failure may leave the loop
	spent   bool   // by its condition: the attempts are used up
	chooses bool   // only some kinds of failure are tried again
}

// retries judges the retry loops of f.
func (fl *Flow) retries(f *Func) {
	if len(f.g.behind) == 0 || f.Role == Inline || len(f.g.places)*len(f.g.blocks) > maxStates {
		return
	}
	judged := map[ast.Stmt]bool{}
	for _, v := range f.values {
		if v.Unread || v.Call == nil || v.home == nil || v.home.shared {
			continue
		}
		loop, body := f.loopOf(v.Call)
		if loop == nil || judged[loop] {
			continue
		}
		r := &retry{f: f, loop: loop, body: body, v: v}
		again, _ := r.after(NonNil, nil)
		if !again {
			continue
		}
		if fl.known.Kind(v.Call)&known.Pure != 0 && r.same(v.Call) {
			fl.retryLoss(r, CasePermanent, v.Call)
			judged[loop] = true
			continue
		}
		if succeeded, _ := r.after(Nil, nil); succeeded || !r.sameAttempt() {
			continue
		}
		judged[loop] = true
		any, _ := r.after(NonNil, r.picked)
		r.chooses = !any
		fl.judgeRetry(r)
	}
}

// loopOf returns the innermost loop around n in f that comes round by itself: no loop over a list of things, each
// of which is an attempt of its own.
func (f *Func) loopOf(n ast.Node) (ast.Stmt, *ast.BlockStmt) {
	var loop ast.Stmt
	var body *ast.BlockStmt
	for s := range f.g.behind {
		if !within(n, s) || loop != nil && !within(s, loop) {
			continue
		}
		switch s := s.(type) {
		case *ast.ForStmt:
			loop, body = s, s.Body
		case *ast.RangeStmt:
			loop, body = s, s.Body
		}
	}
	switch s := loop.(type) {
	case *ast.ForStmt:
		if within(n, s.Body) {
			return s, body
		}
	case *ast.RangeStmt:
		if b, ok := f.fl.info.TypeOf(s.X).Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 && within(n, s.Body) {
			return s, body
		}
	}
	return nil, nil
}

// after follows the paths behind the attempt on which its error is or is not nil, up to the next attempt or out of
// the loop. It reports whether there is a next attempt and, in r, how the loop is left. Edges that skip takes are not gone.
func (r *retry) after(told Nilness, skip func(e *edge) bool) (again, out bool) {
	var start []spot
	for _, blk := range r.f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind == opDef && o.val == r.v {
				start = append(start, spot{blk, i + 1})
			}
		}
	}
	behind := r.f.g.behind[r.loop]
	ends, spent := false, false
	r.f.walk(start, func(o *op) stop {
		switch {
		case o.kind == opDef && o.val == r.v:
			again = true
			return turnBack
		case o.kind == opReturn, o.kind == opStop, o.kind == opJump && r.outward(o.node):
			ends = true
			return turnBack
		}
		return walkOn
	}, func(e *edge) stop {
		if c := e.cond; c != nil {
			if c.p == r.v.home {
				t := c.whenFalse
				if e.sense {
					t = c.whenTrue
				}
				if t != Unknown && t != told {
					return turnBack
				}
			}
			if skip != nil && skip(e) {
				return turnBack
			}
		}
		if e.to == behind {
			ends = true
			spent = spent || e.over != nil || e.cond != nil && e.cond.stmt == r.loop
			return turnBack
		}
		return walkOn
	})
	if told == NonNil && skip == nil {
		r.ends, r.spent = ends, spent
	}
	return again, ends
}

// picked reports whether an edge is taken because of the kind of the attempt's error: one that was recognised, or
// what a function that knows more says of it.
func (r *retry) picked(e *edge) bool {
	c, v := e.cond, r.v.home
	switch {
	case c.kind == condNil:
		return false
	case c.kind == condMatch && c.p == v:
		return isMatch(c, e.sense)
	case v.v == nil || c.expr == nil || !mentions(r.f.fl.info, c.expr, v.v):
		return false
	}
	if call, ok := ast.Unparen(c.expr).(*ast.CallExpr); ok {
		if fn := r.f.fl.known.Callee(call); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "strings" {
			return e.sense // the text was recognised
		}
	}
	return true
}

// outward reports whether a jump leads out of the loop, or to the next turn of another one.
func (r *retry) outward(n ast.Node) bool {
	s, ok := n.(*ast.BranchStmt)
	if !ok || s.Label == nil {
		return false
	}
	cur, ok := r.f.fl.cursor(r.loop)
	if !ok {
		return true
	}
	l, ok := cur.Parent().Node().(*ast.LabeledStmt)
	return !ok || l.Label.Name != s.Label.Name
}

// same reports whether a call's arguments are the same in each turn: nothing in them is given anything in the loop.
func (r *retry) same(call *ast.CallExpr) bool {
	fixed := true
	ast.Inspect(call, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := r.f.fl.info.Uses[id].(*types.Var); ok && !v.IsField() && r.changes(v) {
				fixed = false
			}
		}
		return fixed
	})
	return fixed
}

// changes reports whether the loop gives v something else, or declares it.
func (r *retry) changes(v *types.Var) bool {
	if r.loop.Pos() <= v.Pos() && v.Pos() < r.loop.End() {
		return true
	}
	found := false
	is := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			found = found || r.f.fl.info.ObjectOf(id) == v
		}
	}
	ast.Inspect(r.loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				is(l)
			}
		case *ast.IncDecStmt:
			is(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				is(n.X)
			}
		}
		return !found
	})
	return found
}

// sameAttempt reports whether each turn tries the same. What depends on a counter, on a name made for the turn or
// on the next address is a search.
func (r *retry) sameAttempt() bool {
	same := true
	look := func(e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			if _, lit := n.(*ast.FuncLit); lit {
				return false
			}
			id, ok := n.(*ast.Ident)
			if !ok {
				return same
			}
			v, ok := r.f.fl.info.Uses[id].(*types.Var)
			if !ok || v.IsField() || isError(v.Type()) || !r.changes(v) {
				return same
			}
			switch t := v.Type().Underlying().(type) {
			case *types.Basic: // a counter, a name
				same = same && t.Info()&types.IsBoolean != 0
			}
			return same
		})
	}
	for _, a := range r.v.Call.Args {
		look(a)
	}
	return same
}

// remote reports whether an attempt has to do with what may be better in a moment: another process or machine, or
// whatever the caller wants to have tried again.
func (fl *Flow) remote(f *Func, call *ast.CallExpr) bool {
	if fl.known.Kind(call)&known.External != 0 {
		return true
	}
	if sig, ok := fl.info.TypeOf(call.Fun).(*types.Signature); ok {
		for p := range sig.Params().Variables() {
			if isContext(p.Type()) {
				return true
			}
		}
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if v, ok := fl.info.Uses[id].(*types.Var); ok && v.Kind() == types.ParamVar {
			return true
		}
	}
	if fl.asksOthers(fl.funcOf(fl.known.Callee(call)), 3) {
		return true
	}
	name := strings.ToLower(lastName(call.Fun))
	for _, word := range [...]string{"dial", "connect", "fetch", "post", "send", "ping", "login", "register", "query", "upload",
		"download", "publish", "subscribe", "request", "invoke", "handshake", "transfer", "push", "pull", "lookup", "resolve"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// asksOthers reports whether a function of this package calls what asks another process or machine. deep bounds
// the way through functions of the package.
func (fl *Flow) asksOthers(f *Func, deep int) bool {
	if f == nil || deep == 0 {
		return false
	}
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			found = fl.known.Kind(call)&known.External != 0 || fl.asksOthers(fl.funcOf(fl.known.Callee(call)), deep-1)
		}
		return !found
	})
	return found
}

func (fl *Flow) retryLoss(r *retry, how string, at ast.Node) {
	fl.losses[RetryLoop] = append(fl.losses[RetryLoop], &Loss{Class: RetryLoop, Case: how, At: at, Strict: true, Value: r.v,
		Steps: []Step{{r.loop, "tried again here"}}})
}

// nextTurns takes away what is told of going on to the next turn where that is another attempt, whose fault is told.
func (fl *Flow) nextTurns() {
	told := map[*Value]*Loss{}
	for _, l := range fl.losses[RetryLoop] {
		if told[l.Value] == nil || !l.Strict {
			told[l.Value] = l
		}
	}
	fl.losses[Swallowed] = slices.DeleteFunc(fl.losses[Swallowed], func(l *Loss) bool {
		r := told[l.Value]
		return r != nil && l.Case == CaseSkip && (l.Strict || !r.Strict)
	})
}
