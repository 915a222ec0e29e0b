package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// A spawn is the start of code that runs beside the function: a go statement, or a call that hands a closure to
// a group or a timer.
type spawn struct {
	node ast.Node // *ast.GoStmt or *ast.CallExpr
	call *ast.CallExpr
	lit  *ast.FuncLit // what is started; nil where it is a function with a name
	loop ast.Node     // the innermost loop around it
}

// spawns lists what f starts, in source order. What closures start that do not run in place is theirs.
func (f *Func) spawns() []spawn {
	var list []spawn
	ast.PreorderStack(f.Body, nil, func(n ast.Node, stack []ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			l := f.fl.byLit[n]
			return l != nil && l.Role == Inline
		case *ast.GoStmt:
			s := spawn{node: n, call: n.Call, loop: loopAround(stack)}
			s.lit, _ = ast.Unparen(n.Call.Fun).(*ast.FuncLit)
			list = append(list, s)
		case *ast.CallExpr:
			if f.fl.known.Kind(n)&known.Spawn == 0 {
				return true
			}
			for _, a := range n.Args {
				if lit, ok := ast.Unparen(a).(*ast.FuncLit); ok {
					list = append(list, spawn{node: n, call: n, lit: lit, loop: loopAround(stack)})
				}
			}
		}
		return true
	})
	return list
}

func loopAround(stack []ast.Node) ast.Node {
	for i := len(stack) - 1; i >= 0; i-- {
		switch stack[i].(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return stack[i]
		case *ast.FuncLit:
			return nil
		}
	}
	return nil
}

// A stop says what a walk over the graph does at an op.
type stop uint8

const (
	walkOn stop = iota
	turnBack
	arrive
)

// A spot is a place in a graph: before the op of that index.
type spot struct {
	blk *block
	at  int
}

// behind gives the spots behind what starts, receives or calls at n.
func (f *Func) behind(n ast.Node) []spot {
	var list []spot
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.node == n && (o.kind == opSpawn || o.kind == opCall || o.kind == opSync) {
				list = append(list, spot{blk, i + 1})
			}
		}
	}
	return list
}

// walk goes every path from some spots on, whatever its conditions, and returns the first op or edge at which
// look or pass arrives.
func (f *Func) walk(todo []spot, look func(o *op) stop, pass func(e *edge) stop) (*op, *edge) {
	visited := make([]bool, len(f.g.blocks))
	for len(todo) > 0 {
		p := todo[0]
		todo = todo[1:]
		ended := false
		for i := p.at; i < len(p.blk.ops) && !ended; i++ {
			o := &p.blk.ops[i]
			switch look(o) {
			case arrive:
				return o, nil
			case turnBack:
				ended = true
			default:
				ended = o.kind == opReturn || o.kind == opStop
			}
		}
		if ended {
			continue
		}
		for i := range p.blk.succ {
			e := &p.blk.succ[i]
			switch pass(e) {
			case arrive:
				return nil, e
			case turnBack:
				continue
			}
			if !visited[e.to.id] {
				visited[e.to.id] = true
				todo = append(todo, spot{e.to, 0})
			}
		}
	}
	return nil, nil
}

// dead gives a function that reports whether an edge is taken by no path: what it asks of an error is known not to be so.
func (f *Func) dead() func(e *edge) bool {
	if f.over || len(f.g.places)*len(f.g.blocks) > maxStates {
		return func(*edge) bool { return false }
	}
	states := f.solve()
	return func(e *edge) bool { return !states[e.to.id].reached }
}

// waits reports whether an op lets another goroutine come up: it receives, sends, locks, or calls what waits by
// its kind or by its name.
func (f *Func) waits(o *op) bool {
	switch o.kind {
	case opSync:
		return true
	case opCall:
		call := o.node.(*ast.CallExpr)
		if f.fl.known.Kind(call)&(known.Wait|known.Gather) != 0 {
			return true
		}
		name := strings.ToLower(lastName(call.Fun))
		for _, word := range [...]string{"wait", "lock", "join", "sleep", "sync", "stop", "close", "shutdown", "done", "load"} {
			if strings.Contains(name, word) {
				return true
			}
		}
		id, ok := ast.Unparen(call.Fun).(*ast.Ident)
		if !ok {
			return false
		}
		v, ok := f.fl.info.Uses[id].(*types.Var) // a closure may wait for what its function started
		return ok && v.Pkg() != nil && v.Parent() != v.Pkg().Scope()
	}
	return false
}

// beside judges the variables of f that what it starts assigns errors to.
func (fl *Flow) beside(f *Func) {
	if len(f.lits) == 0 {
		return
	}
	spawns := f.spawns()
	for i, s := range spawns {
		l := fl.byLit[s.lit]
		if s.lit == nil || l == nil || fl.locks(s.lit) {
			continue
		}
		for _, q := range l.g.places {
			if !q.captured || q.kind != errorPlace || q.path != "" || !within(identSpan(q.v), f.Node) || within(identSpan(q.v), s.lit) {
				continue
			}
			at := fl.assignment(s.lit, q.v)
			if at == nil {
				continue
			}
			fl.sharedError(f, spawns, i, q.v, at)
		}
	}
}

// identSpan is the place where a variable is declared.
func identSpan(v *types.Var) ast.Node { return span{v.Pos(), v.Pos()} }

// locks reports whether a closure takes a lock, or does what it does once.
func (fl *Flow) locks(lit *ast.FuncLit) bool {
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			switch name := lastName(call.Fun); name {
			case "Lock", "RLock", "TryLock":
				found = true
			case "Do":
				fn := fl.known.Callee(call)
				found = found || fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "sync"
			}
		}
		return !found
	})
	return found
}

// assignment finds the first statement in a closure that gives v an error from a call.
func (fl *Flow) assignment(lit *ast.FuncLit, v *types.Var) *ast.AssignStmt {
	var found *ast.AssignStmt
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok || found != nil {
			return found == nil
		}
		for i, l := range s.Lhs {
			id, ok := ast.Unparen(l).(*ast.Ident)
			if !ok || fl.info.Uses[id] != v {
				continue
			}
			r := s.Rhs[0]
			if len(s.Rhs) == len(s.Lhs) {
				r = s.Rhs[i]
			}
			if call, ok := ast.Unparen(r).(*ast.CallExpr); ok {
				if _, never := fl.known.Infallible(call); !never {
					found = s
				}
			}
		}
		return found == nil
	})
	return found
}

// sharedError judges the error that the i-th of f's spawns puts into v, a variable of f's, at a statement.
func (fl *Flow) sharedError(f *Func, spawns []spawn, i int, v *types.Var, at *ast.AssignStmt) {
	p, s := f.g.byVar[v], spawns[i]
	if p == nil {
		return
	}
	others := map[ast.Node]bool{s.node: true}
	for _, o := range spawns {
		if o.lit != nil && fl.assignment(o.lit, v) != nil {
			others[o.node] = true
		}
	}
	again := false
	o, e := f.walk(f.behind(s.node), func(o *op) stop {
		switch {
		case f.waits(o):
			return turnBack
		case (o.kind == opSpawn || o.kind == opCall) && others[o.node]:
			again = true
			return arrive
		case o.kind == opEnd && o.p == p, o.kind == opDef && o.p == p && within(identSpan(v), o.node):
			return turnBack // the next turn of a loop has a variable of its own
		case o.kind == opReturn && p.result && o.ret.naked:
			return arrive
		case o.p == p && (o.kind == opUse && o.act&^Captured != 0 || o.kind == opDef), o.kind == opReturn && returns(o, p):
			return arrive
		}
		return walkOn
	}, func(e *edge) stop {
		if e.cond != nil && e.cond.p == p {
			return arrive
		}
		return walkOn
	})
	l := &Loss{Class: Detached, Case: CaseUnwaited, At: at,
		Value: &Value{Func: f, Origin: FromNothing, Node: at, Name: v.Name(), home: p},
		Steps: []Step{{s.node, "this runs beside the function"}, {at, v.Name() + " is assigned there"}}}
	switch {
	case again:
		l.Case = CaseShared
	case e != nil:
		l.Steps = append(l.Steps, Step{e.cond.expr, "and asked about here, without waiting"})
	case o != nil && o.kind == opDef:
		l.Case = CaseShared
		l.Steps = append(l.Steps, Step{o.node, "and assigned here, without waiting"})
	case o != nil:
		l.Steps = append(l.Steps, Step{o.node, "and read here, without waiting"})
	case !fl.readLater(f, v, s):
		l.Case = CaseUnheard
	default:
		return
	}
	fl.losses[Detached] = append(fl.losses[Detached], l)
}

func returns(o *op, p *place) bool {
	for _, s := range o.ret.errs {
		if s.q == p {
			return true
		}
	}
	return false
}

// readLater reports whether v may be read once s runs, and hold what s puts there: on a way of f's from s on that does not
// assign it first, or in a closure that does not.
func (fl *Flow) readLater(f *Func, v *types.Var, s spawn) bool {
	p := f.g.byVar[v]
	if isNamedResult(f.Sig, v) || p == nil || f.readsFirst(f.behind(s.node), p) {
		return true
	}
	found := false
	ast.PreorderStack(f.Body, nil, func(n ast.Node, stack []ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || fl.info.Uses[id] != v || found {
			return !found
		}
		switch up := stack[len(stack)-1].(type) {
		case *ast.AssignStmt:
			if slices.Contains(up.Lhs, ast.Expr(id)) {
				return true
			}
		case *ast.UnaryExpr:
			found = up.Op == token.AND
		}
		if i := slices.IndexFunc(stack, func(n ast.Node) bool { _, ok := n.(*ast.FuncLit); return ok }); i >= 0 && !found {
			lit := stack[i].(*ast.FuncLit)
			found = lit == s.lit || !fl.assignsFirst(lit, v)
		}
		return true
	})
	return found
}

// assignsFirst reports whether a closure gives v something else on every way before it reads it.
func (fl *Flow) assignsFirst(lit *ast.FuncLit, v *types.Var) bool {
	l := fl.byLit[lit]
	if l == nil || l.g.byVar[v] == nil {
		return false
	}
	for _, in := range l.lits {
		if mentions(fl.info, in.Node, v) {
			return false
		}
	}
	return !l.readsFirst([]spot{{l.g.blocks[0], 0}}, l.g.byVar[v])
}

// readsFirst reports whether a way from some spots on comes to where p is read before it is assigned.
func (f *Func) readsFirst(from []spot, p *place) bool {
	o, e := f.walk(from, func(o *op) stop {
		switch {
		case o.kind == opReturn && (returns(o, p) || p.result && o.ret.naked), o.kind == opCheck && o.p == p:
			return arrive
		case o.kind == opDef && o.src.q == p, o.kind == opUse && o.p == p && o.act&^Captured != 0:
			return arrive
		case o.kind == opDef && o.p == p && (o.val == nil || o.val.Origin != FromCaptured), o.kind == opEnd && o.p == p:
			return turnBack
		}
		return walkOn
	}, func(e *edge) stop {
		if e.cond != nil && e.cond.p == p {
			return arrive
		}
		return walkOn
	})
	return o != nil || e != nil
}
