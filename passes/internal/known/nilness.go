package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"
)

// bottom is the nilness of what cannot be: a variable on a path that is never
// taken, or the error of a call that waits for its own summary.
const bottom Nilness = 0xff

// join gives what holds whichever of two paths was taken.
func join(a, b Nilness) Nilness {
	switch {
	case a == bottom:
		return b
	case b == bottom || a == b:
		return a
	}
	return Unknown
}

// A cell is the state of one variable: what is known of its value, the call
// that gave it, if the same one did on every path, by what alone it can be a
// failure, and which errors it may be.
type cell struct {
	nilness Nilness
	call    *ast.CallExpr
	result  int
	from    Sources
	set     errorSet
	field   bool // it was kept in a field before
	told    bool // somebody has been told of it, or it is no more than a state
	spoken  bool // somebody has, on some path
}

// sources gives by what alone the cell's error can be one.
func (c cell) sources() Sources {
	if c.nilness == Nil || c.nilness == bottom {
		return byNothing
	}
	return c.from
}

type state []cell // by index of the tracked variable; nil where no path leads

// bound limits one function's blocks times variables; beyond it nothing is inferred.
const bound = 40000

// A walk follows the nilness of a function's error variables and results
// through its control-flow graph.
type walk struct {
	*inference
	graph    *cfg.CFG
	sig      *types.Signature
	vars     map[*types.Var]int
	tags     map[ast.Stmt]ast.Expr // case clauses, by the tag of their switch
	assigned map[*types.Var]bool   // parameters that are given something
	hidden   bool                  // a deferred function may change the results
	late     []ast.Expr            // what function literals put into the error result
	unseen   bool                  // more than that may be put into it
	rescue   bool                  // it recovers: any panic ends in zero results
	err      int                   // index of the error result, or -1

	body     *ast.BlockStmt
	arms     []arm                  // of the selects, in the order of the text
	ways     []way                  // in which it fails, by index in errorSets
	literals map[*ast.FuncLit]given // what calls of them give
	busy     map[*ast.FuncLit]bool  // literals that are being walked through
	telling  map[*ast.CallExpr]telling
	logged   map[*ast.ReturnStmt]bool // behind a log record in the same block; nil until somebody asks
}

// newWalk prepares a walk; nil if the function has neither an error result nor
// an error parameter, or is too large.
func (f *inference) newWalk(d *declaration) *walk {
	return f.walkOf(d.fn.Signature(), d.syntax.Body, func() *cfg.CFG { return f.flow.FuncDecl(d.syntax) })
}

// walkOf prepares a walk through the body of a function or of a literal.
func (f *inference) walkOf(sig *types.Signature, body *ast.BlockStmt, graph func() *cfg.CFG) *walk {
	w := &walk{inference: f, body: body, sig: sig, vars: map[*types.Var]int{}, tags: map[ast.Stmt]ast.Expr{},
		assigned: map[*types.Var]bool{}, err: -1}
	for i := sig.Results().Len() - 1; i >= 0 && w.err < 0; i-- {
		if isError(sig.Results().At(i).Type()) {
			w.err = i
		}
	}
	errorParam := false
	for p := range sig.Params().Variables() {
		if isError(p.Type()) {
			errorParam = true
			w.track(p)
		}
	}
	if w.err < 0 && !errorParam {
		return nil
	}
	for r := range sig.Results().Variables() {
		if r.Name() != "" && r.Name() != "_" && nilable(r.Type()) {
			w.track(r)
		}
	}
	w.scan()
	w.graph = graph()
	if w.graph == nil || len(w.graph.Blocks)*(len(w.vars)+1) > bound {
		return nil
	}
	return w
}

func (w *walk) track(v *types.Var) {
	if _, ok := w.vars[v]; !ok {
		w.vars[v] = len(w.vars)
	}
}

// scan chooses the variables to track: those of type error, and those that are
// returned. Variables that a function literal assigns or whose address is
// taken change behind our back and are left out.
func (w *walk) scan() {
	lost := map[*types.Var]bool{}
	depth := 0
	var result *types.Var // of type error, if it has a name
	if w.err >= 0 {
		result = w.sig.Results().At(w.err)
	}
	lose := func(e ast.Expr) {
		if v := w.variable(e); v != nil {
			lost[v] = true
			w.unseen = w.unseen || v == result
		}
	}
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			depth++
			ast.Inspect(n.Body, visit)
			depth--
			return false
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				v := w.variable(l)
				if v == nil {
					continue
				}
				if v.Kind() == types.ParamVar {
					w.assigned[v] = true
				}
				if depth > 0 {
					lost[v] = true
					if v == result && len(n.Lhs) == len(n.Rhs) {
						w.late = append(w.late, n.Rhs[i])
					} else {
						w.unseen = w.unseen || v == result
					}
				} else if w.own(v) && isError(v.Type()) && v.Parent() != nil && v.Pkg() != nil && v.Parent() != v.Pkg().Scope() {
					w.track(v)
				}
			}
		case *ast.RangeStmt:
			lose(n.Key)
			lose(n.Value)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				lose(n.X)
			}
		case *ast.CallExpr:
			w.rescue = w.rescue || w.Builtin(n) == "recover"
		case *ast.CommClause:
			w.arms = append(w.arms, w.armOf(n))
		case *ast.SwitchStmt:
			if n.Tag != nil {
				for _, clause := range n.Body.List {
					w.tags[clause] = n.Tag
				}
			}
		case *ast.ReturnStmt:
			if depth == 0 {
				for _, r := range n.Results {
					if v := w.variable(r); v != nil && w.own(v) && nilable(v.Type()) && v.Pkg() != nil && v.Parent() != v.Pkg().Scope() {
						w.track(v)
					}
				}
			}
		case *ast.ValueSpec:
			for _, id := range n.Names {
				if v, ok := w.info.Defs[id].(*types.Var); ok && depth == 0 && isError(v.Type()) {
					w.track(v)
				}
			}
		}
		return true
	}
	ast.Inspect(w.body, visit)
	for r := range w.sig.Results().Variables() {
		if lost[r] {
			w.hidden = true
		}
	}
	if len(lost) > 0 {
		kept := make([]*types.Var, 0, len(w.vars))
		for v := range w.vars {
			if !lost[v] {
				kept = append(kept, v)
			}
		}
		clear(w.vars)
		for _, v := range kept {
			w.track(v)
		}
	}
}

// own reports whether a variable is declared in the function itself and not around it.
func (w *walk) own(v *types.Var) bool {
	return w.sig.Recv() == v || w.body.Pos() <= v.Pos() && v.Pos() < w.body.End() || w.isParameter(v)
}

func (w *walk) isParameter(v *types.Var) bool {
	for _, tuple := range [...]*types.Tuple{w.sig.Params(), w.sig.Results()} {
		for p := range tuple.Variables() {
			if p == v {
				return true
			}
		}
	}
	return false
}

// variable gives the variable that an identifier names, or nil.
func (w *walk) variable(e ast.Expr) *types.Var {
	if e == nil {
		return nil
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := w.info.ObjectOf(id).(*types.Var)
	return v
}

func nilable(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		_, param := types.Unalias(t).(*types.TypeParam)
		return !param
	case *types.Basic:
		return u.Kind() == types.UnsafePointer || u.Kind() == types.UntypedNil
	}
	return false
}

// run follows the function from its entry, with the given parameters assumed
// as they are, and calls exit for each return statement that may be reached.
func (w *walk) run(assume map[*types.Var]Nilness, exit func(*ast.ReturnStmt, state)) {
	entry := make(state, len(w.vars))
	for r := range w.sig.Results().Variables() {
		if i, ok := w.vars[r]; ok {
			entry[i].nilness = Nil
		}
	}
	for v, n := range assume {
		if i, ok := w.vars[v]; ok {
			entry[i].nilness = n
		}
	}
	in := make([]state, len(w.graph.Blocks))
	in[0] = entry
	work := []*cfg.Block{w.graph.Blocks[0]}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		out, alive := w.through(b, in[b.Index], nil)
		if !alive {
			continue
		}
		for i, succ := range b.Succs {
			next := out
			if len(b.Succs) == 2 {
				if next, alive = w.branch(b, slices.Clone(out), i == 0); !alive {
					continue
				}
			}
			if merge(&in[succ.Index], next) {
				work = append(work, succ)
			}
		}
	}
	for _, b := range w.graph.Blocks {
		if in[b.Index] != nil && len(b.Nodes) > 0 {
			if _, returns := b.Nodes[len(b.Nodes)-1].(*ast.ReturnStmt); returns {
				w.through(b, in[b.Index], exit)
			}
		}
	}
}

// merge joins next into into and reports whether that changed it.
func merge(into *state, next state) bool {
	if *into == nil {
		*into = slices.Clone(next)
		return true
	}
	changed := false
	for i, c := range *into {
		j := cell{nilness: join(c.nilness, next[i].nilness), from: joinSources(c.sources(), next[i].sources()), set: c.errors().join(next[i].errors()), told: c.isTold() && next[i].isTold(), field: c.field && next[i].field, spoken: c.spoken || next[i].spoken}
		if c.call == next[i].call && c.result == next[i].result {
			j.call, j.result = c.call, c.result
		}
		if j != c {
			(*into)[i] = j
			changed = true
		}
	}
	return changed
}

// through applies a block's statements to a copy of the state. It is not alive
// if the end of the block cannot be reached.
func (w *walk) through(b *cfg.Block, in state, exit func(*ast.ReturnStmt, state)) (out state, alive bool) {
	out = slices.Clone(in)
	for _, n := range b.Nodes {
		switch n := n.(type) {
		case *ast.AssignStmt:
			w.assign(out, n.Lhs, n.Rhs, n.Tok)
		case *ast.ValueSpec:
			lhs := make([]ast.Expr, len(n.Names))
			for i, id := range n.Names {
				lhs[i] = id
			}
			w.assign(out, lhs, n.Values, token.VAR)
		case *ast.ExprStmt:
			if call, ok := n.X.(*ast.CallExpr); ok {
				if !w.demand(out, call) || w.endsAt(call) {
					return nil, false
				}
				w.tells(out, call)
			}
		case *ast.SendStmt:
			w.isTold(out, n.Value, true)
		case *ast.ReturnStmt:
			if exit != nil {
				exit(n, out)
			}
		}
	}
	return out, true
}

// demand applies check(err): afterwards err is nil. It reports whether the
// call may return.
func (w *walk) demand(s state, call *ast.CallExpr) bool {
	for i, arg := range call.Args {
		v := w.variable(arg)
		if v == nil {
			continue
		}
		at, tracked := w.vars[v]
		if !tracked {
			continue
		}
		if sub, ok := w.subject(call); ok && w.arg(sub, call, i)&Panics != 0 {
			if s[at].nilness == NonNil {
				return false
			}
			s[at].nilness = Nil
		}
	}
	return true
}

// assign gives what is on the left what is on the right. Most assignments are to variables that nobody tracks, and
// nothing is found out for these.
func (w *walk) assign(s state, lhs, rhs []ast.Expr, tok token.Token) {
	type change struct {
		at   int
		cell cell
	}
	var some [4]change
	changes := some[:0]
	for i, l := range lhs {
		if v := w.variable(l); v != nil {
			if at, tracked := w.vars[v]; tracked {
				c := w.assigns(s, lhs, rhs, i, tok)
				if !isError(v.Type()) {
					c.set = errorSet{} // more may be put into what has fields
				}
				changes = append(changes, change{at, c})
			}
		}
	}
	for _, c := range changes {
		s[c.at] = c.cell
	}
}

// assigns gives what an assignment puts into the i-th on its left.
func (w *walk) assigns(s state, lhs, rhs []ast.Expr, i int, tok token.Token) cell {
	switch {
	case tok == token.VAR && len(rhs) == 0:
		return cell{nilness: Nil}
	case len(rhs) == len(lhs):
		return w.cell(rhs[i], s)
	case len(rhs) == 1:
		if call, ok := ast.Unparen(rhs[0]).(*ast.CallExpr); ok {
			return w.result(call, i, s)
		}
	}
	return cell{}
}
