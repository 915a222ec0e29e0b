package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// vouches are the kinds of calls by which a handle vouches for what was written through it.
const vouches = known.Close | known.Flush | known.Sync | known.Commit

// closers judges the calls that end the use of a handle, or vouch for what was written, and whose error nobody
// takes: it is lostclose's where something was written, and otherwise dropped's, if it is anyone's.
func (fl *Flow) closers() {
	hosts := map[*Func][]*Value{}
	var order []*Func
	for _, v := range fl.untaken {
		f := v.host()
		if hosts[f] == nil {
			order = append(order, f)
		}
		hosts[f] = append(hosts[f], v)
	}
	for _, f := range order {
		uses := f.uses(hosts[f])
		plain := map[handle]bool{} // closed where success is near
		var found []*Loss
		for _, v := range hosts[f] {
			l := fl.closer(f, v, uses[v])
			if l == nil {
				continue
			}
			l.Value = v
			if l.At == nil {
				l.At = v.Node
			}
			l.Strict = l.Strict || v.Func.Support
			if h, ok := fl.handleOf(receiverOf(v.Call)); ok && l.Class == LostClose && !l.Strict && !v.atExit() {
				plain[h] = true
			}
			found = append(found, l)
		}
		for _, l := range found {
			// A deferred Close is there for the ways out before the other.
			if h, ok := fl.handleOf(receiverOf(l.Value.Call)); ok && l.Class == LostClose && plain[h] && l.Value.atExit() {
				continue
			}
			fl.losses[l.Class] = append(fl.losses[l.Class], l)
		}
		for _, v := range hosts[f] {
			v.Func.states = nil
		}
		f.states = nil
	}
	fl.untaken = nil
}

// host is the function whose paths decide about a call: the one around, where the call stands in a closure
// that is deferred or runs in place.
func (v *Value) host() *Func {
	f := v.Func
	for f.Outer != nil && (f.Role == Deferrer || f.Role == Inline) {
		f = f.Outer
	}
	return f
}

// atExit reports whether a call is made when the function is left.
func (v *Value) atExit() bool { return v.How == Deferred || v.Func.Role == Deferrer }

// A use is what a function does with the handle that a call ends.
type use struct {
	write   ast.Node // what the call lost, or nil
	made    bool     // the function opened the handle for writing, and nobody else has it
	here    bool     // the function made the handle
	durable bool     // each write through the handle vouches for itself
	above   bool     // what was written through a writer over the handle is lost there already
	settled bool     // all that the function writes is vouched for, or the path fails anyway
}

// uses follows the handles of the given calls through f.
func (f *Func) uses(values []*Value) map[*Value]use {
	if f.over || len(f.g.places)*len(f.g.blocks) > maxStates {
		return nil
	}
	fl := f.fl
	drops := map[*ast.CallExpr]*Value{}
	byHandle := map[handle]*journey{}
	of := map[*Value]*journey{}
	found := map[*Value]ast.Node{}
	var order []*journey
	for _, v := range values {
		drops[v.Call] = v
		h, ok := fl.handleOf(receiverOf(v.Call))
		if !ok {
			continue
		}
		j := byHandle[h]
		if j == nil {
			j = &journey{f: f, h: h, drops: drops, touches: map[*ast.CallExpr]touch{}, found: found}
			byHandle[h] = j
			order = append(order, j)
		}
		of[v] = j
		kind := fl.known.Kind(v.Call)
		j.trailer = j.trailer || trailed(kind)
		j.writer = j.writer || kind&known.Persist != 0 && kind&(known.Close|known.Flush) != 0
		j.sticky = j.sticky || fl.known.ErrorResult(v.Call) < 0
		j.keeps = j.keeps || hasErrorField(fl.info.TypeOf(receiverOf(v.Call)))
	}
	if len(order) == 0 {
		return nil
	}
	f.solved()
	made := fl.made(f.Body)
	for _, j := range order {
		k := fl.kept(j.h, f.Body)
		if k.shared || k.started {
			continue
		}
		j.made, j.lent = made, k.lent
		for call, h := range made {
			if h == j.h {
				j.here = true
				j.own = j.own || fl.known.Kind(call)&known.Create != 0
				j.mine = j.writer
				j.durable = j.durable || fl.known.Durable(call)
			}
		}
		j.run()
	}
	uses := map[*Value]use{}
	for v, j := range of {
		uses[v] = use{write: found[v], made: j.own, here: j.here, durable: j.durable, above: f.lostAbove(j.h, found), settled: j.wrote || j.vouched()}
	}
	return uses
}

// lostAbove reports whether a call that loses what was written is that of a writer over h: that one tells the
// defect, and whoever mends it comes to h next.
func (f *Func) lostAbove(h handle, found map[*Value]ast.Node) bool {
	for v, write := range found {
		if recv := receiverOf(v.Call); write != nil && !f.fl.is(h, recv) && f.fl.through(h, recv) {
			return true
		}
	}
	return false
}

// closer gives the verdict on one call.
func (fl *Flow) closer(f *Func, v *Value, u use) *Loss {
	if _, ok := fl.known.Harmless(v.Call); ok || v.Func.InTest {
		return nil
	}
	kind := fl.known.Kind(v.Call)
	l := &Loss{Class: LostClose, Case: caseOfEnd(kind)}
	if v.Node != v.Call {
		l.Case = CaseNeverCalled
		return l
	}
	if v.Func.fails(v.Call) {
		return nil // clean-up on a path that already has an error to tell
	}
	recv := receiverOf(v.Call)
	sink := fl.known.SinkOf(recv)
	if sink == known.TerminalSink || sink == known.PeerSink || sink == known.MemorySink {
		return nil // nothing that lasts
	}
	if kind&known.Commit != 0 {
		return l
	}
	if u.write == nil {
		return fl.unwritten(f, v, kind, u)
	}
	if fl.asksField(f, v) || fl.askedBelow(f, v) {
		return nil
	}
	if kind&known.Persist == 0 && !fl.isNamed(recv, "os", "File") || u.above || u.durable || fl.removed(f, recv) || fl.commits(recv) {
		return nil
	}
	if fl.known.ErrorResult(v.Call) < 0 {
		if sink != known.FileSink && fl.writesOn(v) {
			return nil
		}
		l.Case = CaseSticky
	}
	l.Steps = []Step{{u.write, "written here"}, {v.Node, "and vouched for here by a call whose error nobody takes"}}
	switch {
	case sink != known.FileSink && (fl.isNamed(recv, "text/tabwriter", "Writer") || fl.handsBack(v)):
		l.Strict = true // columns are for people, and writers that were handed in for those who did
	case sink == known.SomeSink && !f.CanReturnError() && types.IsInterface(fl.info.TypeOf(recv)):
		l.Strict = true // a stream between two others, for all that is known
	case sink == known.SomeSink && fl.handedStream(recv):
		l.Strict = true // so is what a caller handed in, of which one knows no more: the end of a pipe, mostly
	case fl.debugs(f):
		l.Strict = true
	case l.Case == CaseClose && (kind&known.Persist != 0 && fl.onlyTheEnd(f, recv) || fl.plainFile(f, recv)):
		l.Strict = true
	case kind&(known.Close|known.Flush) == known.Flush && !u.here && l.Case == CaseFlush:
		l.Strict = true // a buffer keeps its error, and its owner flushes it again
	}
	return l
}

// handedStream reports whether e is a parameter of an interface of the standard library.
func (fl *Flow) handedStream(e ast.Expr) bool {
	v := fl.variable(e)
	if v == nil || !fl.isParam(v) || !types.IsInterface(v.Type()) {
		return false
	}
	named, ok := types.Unalias(v.Type()).(*types.Named)
	return ok && named.Obj().Pkg() != nil && known.IsStandard(named.Obj().Pkg().Path())
}

// unwritten judges a call where nothing is known to have been written before it.
func (fl *Flow) unwritten(f *Func, v *Value, kind known.Kind, u use) *Loss {
	recv := receiverOf(v.Call)
	switch {
	case fl.known.ErrorResult(v.Call) < 0, u.settled:
		return nil
	case u.durable, fl.removed(f, recv), fl.commits(recv):
		return nil
	case u.made:
		return &Loss{Class: LostClose, Case: CaseUnwritten, Strict: true}
	case kind&known.Persist != 0:
		return &Loss{Class: LostClose, Case: CaseElsewhere, Strict: true}
	case kind&known.Close == 0, fl.ownWork(v.Callee):
		return &Loss{Class: Dropped, Case: caseOfDrop(v), Strict: true}
	}
	return nil
}

// commits reports whether a type has a Commit that says whether what was written is stored: its Close tidies up.
func (fl *Flow) commits(e ast.Expr) bool {
	if e == nil || fl.info.TypeOf(e) == nil {
		return false
	}
	m, _, _ := types.LookupFieldOrMethod(fl.info.TypeOf(e), true, fl.pkg, "Commit")
	return m != nil && givesError(signatureOf(m))
}

// ownWork reports whether a Close is that of a type which may have something to tell: neither an interface nor
// the standard library's, and nothing that is read from.
func (fl *Flow) ownWork(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || known.IsStandard(fn.Pkg().Path()) || fn.Signature().Recv() == nil {
		return false
	}
	t := fn.Signature().Recv().Type()
	if types.IsInterface(t) {
		return false
	}
	for _, name := range [...]string{"Read", "Next", "Scan", "Recv", "Accept", "RemoteAddr"} {
		if m, _, _ := types.LookupFieldOrMethod(t, true, nil, name); m != nil {
			return false
		}
	}
	return true
}

func caseOfEnd(kind known.Kind) string {
	switch {
	case kind&known.Commit != 0:
		return CaseCommit
	case kind&known.Close != 0:
		return CaseClose
	case kind&known.Sync != 0:
		return CaseSync
	}
	return CaseFlush
}

func caseOfDrop(v *Value) string {
	switch v.How {
	case Deferred:
		return CaseDefer
	case Blank:
		return CaseBlank
	}
	return CaseStatement
}

func receiverOf(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// isNamed reports whether e is a pointer to a type of that name.
func (fl *Flow) isNamed(e ast.Expr, path, name string) bool {
	return isPointerTo(fl.info.TypeOf(e), path, name)
}

func isPointerTo(t types.Type, path, name string) bool {
	p, ok := t.(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == path && n.Obj().Name() == name
}

// asksField reports whether a function reads, behind a call of a writer's, the writer's field of type error.
func (fl *Flow) asksField(f *Func, v *Value) bool {
	h, ok := fl.handleOf(receiverOf(v.Call))
	if !ok || v.atExit() {
		return false
	}
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Pos() > v.Call.End() && fl.is(h, sel.X) {
			field, _ := fl.info.Uses[sel.Sel].(*types.Var)
			found = found || field != nil && isError(field.Type())
		}
		return !found
	})
	return found
}

// handsBack reports whether the function that a call stands in has no way to tell an error, and works on a
// writer that it was given: whoever made the signature left it to the writer to remember its error.
func (fl *Flow) handsBack(v *Value) bool {
	f := v.host()
	if f.Top().CanReturnError() || f.CanReturnError() {
		return false
	}
	for p := range f.Sig.Params().Variables() {
		if onlyWrites(p.Type()) {
			return true
		}
	}
	return false
}

// fails is failing for a function that is not the one under way; closers drops the states again.
func (f *Func) fails(n ast.Node) bool {
	if f.over || len(f.g.places)*len(f.g.blocks) > maxStates {
		return false
	}
	f.solved()
	return f.failing(n)
}

func (f *Func) solved() {
	if f.states == nil {
		f.states = f.solve()
	}
}
