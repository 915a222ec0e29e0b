package errflow

import (
	"encoding/binary"
	"go/ast"

	"github.com/errvet/errvet/passes/internal/known"
)

// A journey follows what was written through one handle, on every path that may still succeed, until a call
// whose error somebody takes has vouched for it.
type journey struct {
	f     *Func
	h     handle
	made  map[*ast.CallExpr]handle
	drops map[*ast.CallExpr]*Value // calls whose error nobody takes
	// touches remembers what each call does to the handle: many walks come by.
	touches map[*ast.CallExpr]touch
	// trailer says that closing writes more, so that what was flushed is not yet whole.
	trailer bool
	// sticky says that flushing tells nothing: the writer has to be asked for its error.
	sticky bool
	// keeps says that the writer has a place for its error, and gives it again when it is flushed or closed the next time.
	keeps bool
	// own says that the function opened a file for writing: whoever it lends it to writes.
	own bool
	// writer says that the handle is of a type that is there to be written to, and mine that the function made it:
	// whoever gets it writes, unless all that he can do is to close it.
	writer, mine bool
	lent         bool // to a variable or a field, from its opening on
	wrote        bool // something is written
	here         bool // the function made the handle
	// durable says that each write has arrived when it returns, as for a file opened with O_SYNC.
	durable bool
	ends    []deferredEnd
	seen    map[string]bool
	queue   []*walk
	found   map[*Value]ast.Node
	steps   int
}

// A deferredEnd is what a deferred call does to the handle when the function is left.
type deferredEnd struct {
	lost    *Value // its error is not taken
	checked bool   // the error of a call that ends or syncs the handle is looked at
}

// run follows each write through the handle in f, whose states are solved, and notes the calls that lose what
// was written.
func (j *journey) run() {
	f := j.f
	for i := range f.g.defers {
		j.ends = append(j.ends, j.ending(f.g.defers[i].stmt))
	}
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			call, ok := blk.ops[i].node.(*ast.CallExpr)
			if !ok || blk.ops[i].kind != opCall {
				continue
			}
			switch t := j.touch(call); {
			case t == writes, t == lent && (j.own || j.mine), t == renews && j.lent && (j.own || j.mine):
				j.wrote = true
				j.start(blk, i, call)
			}
		}
	}
}

// touch says what a call does to the handle.
func (j *journey) touch(call *ast.CallExpr) touch {
	if t, ok := j.touches[call]; ok {
		return t
	}
	t := j.f.fl.touchOf(j.h, call, j.made)
	if t == handed && j.mine && !known.Undoes(lastName(call.Fun)) && j.f.fl.takesWriter(j.h, call) {
		if t = writes; j.f.fl.onlyReads(j.h, call, 3) {
			t = untouched
		}
	}
	j.touches[call] = t
	return t
}

// start follows what the op at that place wrote.
func (j *journey) start(blk *block, at int, write ast.Node) {
	before := j.f.states[blk.id]
	if !before.reached {
		return
	}
	st := before.clone()
	for i := 0; i <= at; i++ {
		st.apply(j.f.g, &blk.ops[i])
	}
	j.seen, j.queue = map[string]bool{}, nil
	w := &walk{blk: blk, st: st, defers: j.f.registered(&blk.ops[at])}
	if j.through(w, at+1, write) {
		j.queue = append(j.queue, w)
	}
	for len(j.queue) > 0 {
		w := j.queue[0]
		j.queue = j.queue[1:]
		if j.steps++; j.steps > maxSteps {
			j.found = nil
			return
		}
		for i := range w.blk.succ {
			e := &w.blk.succ[i]
			n := &walk{blk: e.to, defers: w.defers, flush: w.flush, st: w.st.clone()}
			if j.isNil(e) || !n.st.refine(e.cond, e.sense) {
				continue
			}
			if k := n.place(); !j.seen[k] {
				j.seen[k] = true
				if j.through(n, 0, write) {
					j.queue = append(j.queue, n)
				}
			}
		}
	}
}

// isNil reports whether an edge is taken only where the handle is nil: then nothing was written through it.
func (j *journey) isNil(e *edge) bool {
	if e.cond == nil {
		return false
	}
	x, equal := known.WithNil(j.f.fl.info, e.cond.expr)
	return x != nil && equal == e.sense && j.f.fl.is(j.h, x)
}

// place identifies a walk by where it is and what is proved there.
func (w *walk) place() string {
	buf := binary.LittleEndian.AppendUint32(nil, uint32(w.blk.id))
	buf = binary.LittleEndian.AppendUint64(buf, w.defers)
	for _, n := range w.st.nils {
		buf = append(buf, byte(n))
	}
	if w.flush != nil {
		buf = append(buf, 1)
	}
	return string(buf)
}

// through takes the walk through the ops of its block; false: the data is safe, lost, or somebody else's.
func (j *journey) through(w *walk, from int, write ast.Node) bool {
	for i := from; i < len(w.blk.ops); i++ {
		o := &w.blk.ops[i]
		switch o.kind {
		case opCall:
			if call, ok := o.node.(*ast.CallExpr); ok && !j.call(w, call, write) {
				return false
			}
		case opDefer:
			if o.n < 64 {
				w.defers |= 1 << o.n
			}
		case opReturn:
			j.left(w, o, write)
			return false
		case opStop:
			return false
		}
		w.st.apply(j.f.g, o)
	}
	return true
}

// call says whether what was written still waits for somebody to vouch for it behind a call.
func (j *journey) call(w *walk, call *ast.CallExpr, write ast.Node) bool {
	t := j.touch(call)
	drop := j.drops[call]
	if j.sticky && t == flushes && j.f.fl.known.ErrorResult(call) < 0 {
		w.flush = drop
		return true
	}
	if j.keeps && t == flushes && drop != nil && j.f.fl.known.Kind(call)&(known.Close|known.Sync|known.Commit) == 0 {
		w.flush = drop // whoever flushes it next may be told
		return true
	}
	switch t {
	case renews, handed, rolls:
		return false
	case closes, syncs, flushes:
		if drop == nil {
			return t == flushes && j.trailer
		}
		j.lose(w, nil, drop, write)
		return false
	}
	return true
}

// lose notes a call that lost what was written, unless the path has a failure to tell anyway.
func (j *journey) lose(w *walk, o *op, drop *Value, write ast.Node) {
	for _, p := range j.f.g.places {
		if (p.kind == errorPlace || p.kind == tempPlace) && w.st.nils[p.id] == NonNil {
			return
		}
	}
	at := ast.Node(drop.Call)
	if o != nil {
		at = o.node
	}
	if j.f.fl.whereFailed(at) {
		return
	}
	if o == nil { // the same run of code may end by returning an error
		o = &w.blk.ops[len(w.blk.ops)-1]
	}
	if o.kind == opReturn {
		for _, s := range o.ret.errs {
			if s.kind == srcNonNil {
				return
			}
		}
		if j.f.fl.returnsMade(o.node) {
			return
		}
	}
	if j.found != nil && j.found[drop] == nil {
		j.found[drop] = write
	}
}

// whereFailed reports whether a node stands in a branch that is entered because an error is not nil. What is
// proved says the same, but not of an error that a closure shares.
func (fl *Flow) whereFailed(n ast.Node) bool {
	cur, ok := fl.cursor(n)
	if !ok {
		return false
	}
	for p := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		s, ok := p.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		x, equal := known.WithNil(fl.info, s.Cond)
		if x != nil && !equal && within(n, s.Body) && isError(fl.info.TypeOf(x)) {
			return true
		}
	}
	return false
}

// left runs the deferred calls, last first.
func (j *journey) left(w *walk, o *op, write ast.Node) {
	if r, ok := o.node.(*ast.ReturnStmt); ok {
		for _, e := range r.Results {
			if j.f.fl.is(j.h, e) {
				return // the caller has it now
			}
		}
	}
	for i, d := range j.ends {
		if d.checked && i < 64 && w.defers&(1<<i) != 0 {
			return
		}
	}
	if w.flush != nil {
		j.lose(w, o, w.flush, write)
		return
	}
	for i := len(j.ends) - 1; i >= 0; i-- {
		if d := j.ends[i]; i < 64 && w.defers&(1<<i) != 0 && d.lost != nil {
			j.lose(w, o, d.lost, write)
			return
		}
	}
}

// ending says what a deferred statement does to the handle.
func (j *journey) ending(d *ast.DeferStmt) deferredEnd {
	var end deferredEnd
	fl := j.f.fl
	lit, _ := ast.Unparen(d.Call.Fun).(*ast.FuncLit)
	look := func(call *ast.CallExpr) {
		switch fl.touchOf(j.h, call, nil) {
		case closes, syncs, flushes:
			switch v := j.drops[call]; {
			case v == nil:
				end.checked = true
			case lit == nil || unconditional(fl, j.h, lit.Body, call):
				end.lost = v
			}
		case handed, rolls:
			end.checked = true
		}
	}
	if lit == nil {
		look(d.Call)
		return end
	}
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			look(call)
		}
		return true
	})
	return end
}

// vouched reports whether the error of any call that ends or syncs the handle is looked at.
func (j *journey) vouched() bool {
	found := false
	ast.Inspect(j.f.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && j.drops[call] == nil {
			switch j.f.fl.touchOf(j.h, call, nil) {
			case closes, syncs, flushes:
				found = true
			}
		}
		return !found
	})
	return found
}

// unconditional reports whether a call in a deferred closure always runs, apart from a test of the handle
// itself.
func unconditional(fl *Flow, h handle, body *ast.BlockStmt, call ast.Node) bool {
	for _, s := range body.List {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			return within(call, s)
		case *ast.IfStmt:
			if within(call, s.Body) {
				c, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
				return ok && fl.is(h, c.X) && unconditional(fl, h, s.Body, call)
			}
			if leaves(s.Body) {
				return false
			}
		case *ast.ExprStmt, *ast.AssignStmt:
			if within(call, s) {
				return true
			}
		}
	}
	return false
}

// trailed reports whether closing a handle writes more than what was buffered: the end of an archive, of a
// compressed stream, of a document.
func trailed(k known.Kind) bool { return k&known.Close != 0 && k&(known.Flush|known.Persist) != 0 }
