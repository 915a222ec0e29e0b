package known

import (
	"go/ast"
	"go/types"
	"slices"
)

// Reports reports whether the callee has told of each of its failures before it gives it back: by a log record, to a
// client, on a channel. States that have an error of their own, such as being closed, it need not have told.
func (x *Index) Reports(call *ast.CallExpr) bool {
	x.ready()
	if lit := x.literal(call.Fun); lit != nil {
		return x.ofLiteral(lit).told
	}
	s, ok := x.subject(call)
	return ok && x.causes(s)&Reports != 0
}

// Explains reports whether the callee has printed each of its failures, with how it wants to be called, to whoever gave
// it what it parses: Parse of a flag.FlagSet that was made in this function and does not write anywhere else.
func (x *Index) Explains(call *ast.CallExpr) bool {
	fn := x.Callee(call)
	if fn == nil || fn.Name() != "Parse" || !ofFlagSet(fn) {
		return false
	}
	made := x.origin(receiver(call))
	if made == nil {
		return false
	}
	if fn := x.Callee(made); fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "flag" {
		return false
	}
	set := object(x.info, receiver(call))
	for _, site := range x.Sites() {
		if site.Callee != nil && site.Callee.Name() == "SetOutput" && ofFlagSet(site.Callee) && set != nil &&
			object(x.info, receiver(site.Call)) == set && !x.onTerminal(site.Call) {
			return false
		}
	}
	return true
}

// ofFlagSet reports whether a function is a method of flag.FlagSet.
func ofFlagSet(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg().Path() == "flag" && fn.Signature().Recv() != nil
}

// A reporter gathers over a function's failing returns whether each of them has been told of.
type reporter struct {
	w     *walk
	holds bool
	told  bool // one has, and is more than a state
}

func (r *reporter) add(ret *ast.ReturnStmt, e cell, st state) {
	set := e.errors()
	named := set.closed && set.ends == 0 && r.w.allNamed(set)
	switch {
	case !r.holds:
	case e.told && e.spoken, r.w.passesToTeller(e.call), r.w.isLogged(ret), r.w.loggedAtExit(ret):
		r.told = true
	case named && (e.call == nil && r.w.coversUntold(e, st) || e.call != nil && r.w.outsideCall(e.call)):
		r.holds = false
	case named:
		r.told = r.told || r.w.coversTold(e, st)
	case e.told, r.w.within(ret.Pos()) == endArm && e.nilness == NonNil, e.field: // it came to its end, or failed before and not now
	default:
		r.holds = false
	}
}

func (r *reporter) reported() bool { return r.holds && r.told }

// isTold reports whether the cell holds nothing that somebody would have to be told of.
func (c cell) isTold() bool { return c.told || c.nilness == Nil || c.nilness == bottom }

// coversUntold reports whether a failure that nobody was told of is at hand where e is given in its place.
func (w *walk) coversUntold(e cell, st state) bool {
	for v, i := range w.vars {
		if isError(v.Type()) && st[i].nilness == NonNil && st[i] != e && !st[i].told {
			return true
		}
	}
	return false
}

func (w *walk) coversTold(e cell, st state) bool {
	for v, i := range w.vars {
		if isError(v.Type()) && st[i].nilness == NonNil && st[i] != e && st[i].spoken {
			return true
		}
	}
	return false
}

// telling is what a call tells somebody of.
type telling struct {
	log  bool         // it writes a log record
	vars []*types.Var // errors that it is given for that
}

// tellingOf finds out what a call tells of.
func (w *walk) tellingOf(call *ast.CallExpr) telling {
	t, known := w.telling[call]
	if known {
		return t
	}
	if sub, ok := w.subject(call); ok && !w.pending[sub.fn] {
		t.log = w.kind(sub, call)&Log != 0
		if t.log { // the chain that it ends counts, too
			ast.Inspect(call, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					if v := w.variable(id); v != nil && isError(v.Type()) {
						t.vars = append(t.vars, v)
					}
				}
				return true
			})
		} else {
			for i, arg := range call.Args {
				if v := w.variable(arg); v != nil && isError(v.Type()) && w.arg(sub, call, i)&(Logs|Answers|Sends) != 0 {
					t.vars = append(t.vars, v)
				}
			}
		}
	}
	if w.telling == nil {
		w.telling = map[*ast.CallExpr]telling{}
	}
	w.telling[call] = t
	return t
}

// tells notes what a call tells somebody of. A log record speaks of every failure at hand.
func (w *walk) tells(s state, call *ast.CallExpr) {
	t := w.tellingOf(call)
	for v, at := range w.vars {
		if isError(v.Type()) && (slices.Contains(t.vars, v) || t.log && s[at].nilness == NonNil) {
			s[at].told, s[at].spoken = true, true
		}
	}
}

// isTold notes that somebody is told of what e holds, or need not be.
func (w *walk) isTold(s state, e ast.Expr, spoken bool) {
	if v := w.variable(e); v != nil {
		if at, ok := w.vars[v]; ok {
			s[at].told, s[at].spoken = true, s[at].spoken || spoken
		}
	}
}

// passesToTeller reports whether the error that a call gives has been told of by the callee: it tells of all of its own,
// or of the one that it was given.
func (w *walk) passesToTeller(call *ast.CallExpr) bool {
	if call == nil {
		return false
	}
	sub, ok := w.subject(call)
	if !ok {
		lit := w.literal(call.Fun)
		return lit != nil && w.givenByLiteral(lit).told
	}
	return !w.pending[sub.fn] && w.kind(sub, call)&Reports != 0 || len(w.tellingOf(call).vars) > 0
}

// isLogged reports whether a log record is written before a return in the block where it stands.
func (w *walk) isLogged(ret *ast.ReturnStmt) bool {
	if w.logged == nil {
		w.logged = map[*ast.ReturnStmt]bool{}
		w.findLogged(w.body.List, false)
	}
	return w.logged[ret]
}

// loggedAtExit reports whether a closure that was deferred before a return logs the error that the function gives.
func (w *walk) loggedAtExit(ret *ast.ReturnStmt) bool {
	result := w.sig.Results().At(w.err)
	if result.Name() == "" || result.Name() == "_" {
		return false
	}
	for _, s := range w.body.List {
		d, ok := s.(*ast.DeferStmt)
		if !ok || d.Pos() > ret.Pos() {
			continue
		}
		if lit, ok := d.Call.Fun.(*ast.FuncLit); ok && w.logsIf(lit.Body.List, result) {
			return true
		}
	}
	return false
}

// logsIf reports whether statements log what v holds wherever it holds an error.
func (w *walk) logsIf(list []ast.Stmt, v *types.Var) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); ok && slices.Contains(w.tellingOf(call).vars, v) {
				return true
			}
		case *ast.IfStmt:
			x, equal := WithNil(w.info, s.Cond)
			if x != nil && !equal && s.Init == nil && w.variable(x) == v && w.logsIf(s.Body.List, v) {
				return true
			}
		}
	}
	return false
}

// findLogged notes the returns behind a log record among some statements, and in the blocks within.
func (w *walk) findLogged(list []ast.Stmt, logged bool) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); ok {
				logged = logged || w.tellingOf(call).log
			}
		case *ast.ReturnStmt:
			if logged {
				w.logged[s] = true
			}
		case *ast.IfStmt:
			w.findLogged(s.Body.List, false)
			if s.Else != nil {
				w.findLogged([]ast.Stmt{s.Else}, false)
			}
		case *ast.ForStmt:
			w.findLogged(s.Body.List, false)
		case *ast.RangeStmt:
			w.findLogged(s.Body.List, false)
		case *ast.BlockStmt:
			w.findLogged(s.List, logged)
		case *ast.LabeledStmt:
			w.findLogged([]ast.Stmt{s.Stmt}, logged)
		case *ast.SwitchStmt:
			w.findLogged(s.Body.List, false)
		case *ast.TypeSwitchStmt:
			w.findLogged(s.Body.List, false)
		case *ast.SelectStmt:
			w.findLogged(s.Body.List, false)
		case *ast.CaseClause:
			w.findLogged(s.Body, false)
		case *ast.CommClause:
			w.findLogged(s.Body, false)
		}
	}
}
