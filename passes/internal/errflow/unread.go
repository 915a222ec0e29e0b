package errflow

import (
	"cmp"
	"go/ast"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// unread judges a call whose error was never taken.
func (fl *Flow) unread(v *Value, ends []*End) *Loss {
	kind := fl.known.Kind(v.Call)
	switch {
	case v.How == Spawned:
		return fl.unreadSpawn(v, kind)
	case kind&known.Gather != 0:
		if g := fl.groupOf(v.Call); g != nil && fl.quiet[g] {
			return nil // it only waits
		}
		return &Loss{Class: Detached, Case: CaseWait, Strict: v.How == Blank, At: v.Node}
	case kind&vouches != 0:
		fl.untaken = append(fl.untaken, v) // what was written before decides: see closers
		return nil
	case v.How == Blank:
		fl.waive(v)
		if l := fl.alternative(v, kind); l != nil {
			return l
		}
		return &Loss{Class: Dropped, Case: CaseBlank, Strict: true, At: v.Node} // whoever wrote _ meant it
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
	if v.Callee != nil && !v.Func.InTest {
		fl.drops[v.Callee]++
		fl.standsAlone(v)
	}
	if l := fl.alternative(v, kind); l != nil {
		return l
	}
	if v.Func.failing(v.Call) {
		return nil // clean-up on a path that already has an error to tell
	}
	if fl.tellsEach(v) {
		return nil // the callee has told it before it gives it back
	}
	if fl.asksLater(v) || fl.asksWriter(v) {
		return nil // the receiver, or what is written to, keeps its error
	}
	if fl.tellsAfter(v) {
		return nil // the failure that it was to tell of is told
	}
	kept := fl.keptIn(v)
	if kept != nil && fl.readBehind(v, kept) {
		return nil // what it gives is in a variable, which is looked at
	}
	if f := fl.closure(v); f != nil && f.neverFails() {
		return nil // what it gives is told by the variable it comes from
	}
	if kept == nil && fl.onlyCallback(v.Call) || known.Undoes(lastName(v.Call.Fun)) && (v.How == Deferred || v.Func.cleansUp()) {
		return nil
	}
	l := &Loss{Class: Dropped, Case: CaseStatement, At: v.Node, Strict: fl.lightly(v, kind)}
	if v.How == Deferred {
		l.Case = CaseDefer
	}
	if g := cmp.Or(fl.saidOfGo(v), fl.saidOfBranch(v)); g != nil {
		l.Said = g
	}
	return l
}

// blindWrite reports whether a call can fail only by a writer that the function was given, or that its receiver
// holds, and the function has no error result: whoever made the signature left it to the writer to remember its
// error.
func (fl *Flow) blindWrite(v *Value) bool {
	if v.Func.Top().CanReturnError() || v.Func.CanReturnError() {
		return false
	}
	if sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr); ok && fl.isWriter(sel.X) {
		return true
	}
	if slices.ContainsFunc(v.Call.Args, fl.isWriter) {
		return true
	}
	via, ok := fl.known.Through(v.Call)
	for _, e := range via {
		t, _ := fl.info.TypeOf(e).(*types.Pointer) // *bufio.Writer, and what the receiver is
		ok = ok && (fl.known.IsWriter(e) || t != nil && !fl.toFile(v.Call))
	}
	return ok
}

// lightly reports whether an error is one that many let go, for reasons that the code does not state: what it would
// tell changes little, is told in another way, or cannot come about where the call stands. Where figures stand beside a
// line, they are the findings read on 31 repositories: true, arguable and false.
func (fl *Flow) lightly(v *Value, kind known.Kind) bool {
	name := lastName(v.Call.Fun)
	saves := kind&known.Persist != 0
	switch {
	case fl.inHead(v):
		return false // if f(); err != nil: a mistake
	case !fl.outside(v), !saves && !fl.canTell(v), fl.professes(v.Func), fl.tellsItself(v), fl.speaks(v), fl.showsToDebug(v), fl.toLog(v):
		return true
	case fl.spare(v), fl.changesNothing(v), takesBack(name), fl.prepares(v), makesWay(name), testOnly(name):
		return true
	case kind&known.Print != 0 && !(fl.toFile(v.Call) && v.Func.CanReturnError()), v.Callee != nil && known.Records(v.Callee): // 1 3 1: lines and profiles, for whoever looks at them
		return true
	case fl.blindWrite(v), kind&known.Write != 0 && !fl.arrives(v):
		return true
	case known.Reads(v.Callee): // 1 2 10: what was read is looked at, whatever the read said
		return true
	case fl.abstract(v.Callee): // 2 1 6: nobody here knows what is behind it
		return true
	case v.How != Deferred && v.Func.cleansUp() && !saves: // 1 0 3
		return true
	case fl.command && !saves && kind&known.Write == 0 && !serves(name): // 2 4 4: a command ends, and who started it sees what it did
		return true
	}
	return false
}

// abstract reports whether a function is a method of an interface, and takes no context, by which it would say that it
// may take long.
func (fl *Flow) abstract(fn *types.Func) bool {
	if fn == nil || fn.Signature().Recv() == nil || !types.IsInterface(fn.Signature().Recv().Type()) {
		return false
	}
	params := fn.Signature().Params()
	return params.Len() == 0 || !isContext(params.At(0).Type())
}

// makesWay reports whether a function only makes a directory, in which what is put there next fails if it did.
func makesWay(name string) bool { return name == "Mkdir" || name == "MkdirAll" }

// serves reports whether a function's name says that it works until something ends it, and tells what.
func serves(name string) bool {
	return strings.HasPrefix(name, "Serve") || strings.HasPrefix(name, "ListenAndServe")
}

// arrives reports whether it can be seen where a call writes to, and that somebody needs it there: a file, or a
// connection in a function that can return the error. Of any other writer, whoever is at its end learns of a failed
// write as soon as the one who wrote does, and it shows again at the next.
func (fl *Flow) arrives(v *Value) bool {
	there := func(e ast.Expr) bool {
		sink := fl.known.SinkOf(e)
		return sink == known.FileSink || sink == known.PeerSink && v.Func.CanReturnError()
	}
	if sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr); ok && fl.info.Selections[sel] != nil && there(sel.X) {
		return true
	}
	args := v.Call.Args
	if v.Callee != nil && v.Callee.Pkg() != nil && v.Callee.Pkg().Path() == "io" {
		args = args[:min(1, len(args))] // the others are read from
	}
	return slices.ContainsFunc(args, there)
}

// isWriter reports whether e is an io.Writer, or of another interface that declares Write as io.Writer does.
func (fl *Flow) isWriter(e ast.Expr) bool {
	n, ok := fl.info.TypeOf(e).(*types.Named)
	return ok && fl.known.IsWriter(e) && strings.HasSuffix(n.Obj().Name(), "riter")
}

// takesBack reports whether a name says that something is taken back or brought to its end. Where that fails, something
// is left behind that was to go: a nuisance for whoever tidies up, and seldom a loss. By how much force does not matter.
func takesBack(name string) bool {
	if words := wordsOf(name); len(words) > 1 && slices.Contains([]string{"dirty", "force", "hard", "maybe", "quiet", "safe", "safely", "try"}, words[0]) {
		name = name[len(words[0]):] // that says how
	}
	if known.Undoes(name) {
		return true
	}
	return begins(name, "unsubscribe", "deregister", "shutdown", "leave", "discard", "abandon")
}

// asksLater reports whether the function goes on to ask what the call was made on for the error it keeps: its
// field of type error, or its method Err.
func (fl *Flow) asksLater(v *Value) bool {
	sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return false
	}
	obj, found := fl.info.Uses[id], false
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok || n.Pos() < v.Call.End() {
			return !found
		}
		if x, ok := ast.Unparen(s.X).(*ast.Ident); ok && obj != nil && fl.info.Uses[x] == obj {
			if t := fl.info.TypeOf(s); t != nil {
				found = found || isError(t) || s.Sel.Name == "Err"
			}
		}
		return !found
	})
	return found
}

// asksWriter reports whether a call fails only by a writer that keeps its first error in a field, and which the function
// goes on to ask, by a method that gives nothing but an error.
//
//	escape(p, text)
//	return p.failed()
func (fl *Flow) asksWriter(v *Value) bool {
	via, only := fl.known.Through(v.Call)
	if !only || len(via) != 1 {
		return false
	}
	w := fl.variable(via[0])
	if w == nil || !keepsError(w.Type()) {
		return false
	}
	found := false
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found || call.Pos() < v.Call.End() || len(call.Args) > 0 {
			return !found
		}
		on := receiverOf(call)
		found = on != nil && fl.variable(on) == w && isError(fl.info.TypeOf(call)) && !fl.dropped(call)
		return !found
	})
	return found
}

// keepsError reports whether a struct, or what a pointer to one points to, has a field for an error.
func keepsError(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		if isError(f.Type()) {
			return true
		}
	}
	return false
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
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	via, only := fl.known.Through(call)
	if !known.IsStandard(fn.Pkg().Path()) && !only && !strings.HasSuffix(fn.Name(), "ForEach") {
		return false // what else it does, a commit for instance, may fail
	}
	for _, e := range via {
		if _, lit := ast.Unparen(e).(*ast.FuncLit); !lit {
			return false
		}
	}
	for _, a := range call.Args {
		lit, ok := ast.Unparen(a).(*ast.FuncLit)
		if !ok {
			continue
		}
		if f := fl.byLit[lit]; f != nil && len(f.errs) > 0 && f.neverFails() {
			return true
		}
		if t, ok := fl.info.TypeOf(lit).(*types.Signature); ok && fl.byLit[lit] == nil && givesError(t) {
			return false
		}
	}
	return false
}

// closure returns the function literal that a call of a local variable runs, if the variable is only ever given
// that one.
func (fl *Flow) closure(v *Value) *Func {
	id, ok := ast.Unparen(v.Call.Fun).(*ast.Ident)
	if !ok {
		return nil
	}
	name, ok := fl.info.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	var found *Func
	defs := 0
	ast.Inspect(v.Func.Top().Body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, l := range s.Lhs {
			if l, ok := l.(*ast.Ident); !ok || fl.info.ObjectOf(l) != name {
				continue
			}
			defs++
			if len(s.Rhs) == len(s.Lhs) {
				if lit, ok := ast.Unparen(s.Rhs[i]).(*ast.FuncLit); ok {
					found = fl.byLit[lit]
				}
			}
		}
		return true
	})
	if defs != 1 {
		return nil
	}
	return found
}

// neverFails reports whether every return of f gives a literal nil error, one that only tells a walk where to go
// on, or a variable of the function around it, which is asked there.
func (f *Func) neverFails() bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind == opReturn {
				r, _ := o.node.(*ast.ReturnStmt)
				for i, src := range o.ret.errs {
					if src.kind != srcNil && (r == nil || len(r.Results) != f.Sig.Results().Len() || !f.toldElsewhere(r.Results[f.errs[i]])) {
						return false
					}
				}
			}
		}
	}
	return true
}

// toldElsewhere reports whether the error that e gives is no news to whoever calls the function literal f: fs.SkipDir
// and its like, and variables that live outside.
func (f *Func) toldElsewhere(e ast.Expr) bool {
	switch name := lastName(e); name {
	case "SkipDir", "SkipAll":
		return true
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := f.fl.info.Uses[id].(*types.Var)
	return ok && v.Pos() < f.Node.Pos() && v.Parent() != v.Pkg().Scope()
}

// tellsAnother reports whether a call gives an error that is there already, or made here: why a context ended, a
// value of a concrete error type, or what is made of another error.
func (fl *Flow) tellsAnother(call *ast.CallExpr) bool {
	switch lastName(call.Fun) {
	case "Err", "Cause", "Unwrap":
		return true
	}
	t := fl.info.TypeOf(call)
	if t != nil && !types.IsInterface(t) {
		if _, tuple := t.(*types.Tuple); !tuple {
			return true
		}
	}
	return slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		t := fl.info.TypeOf(a)
		return t != nil && !fl.info.Types[a].IsNil() && types.Implements(t, errorType.Underlying().(*types.Interface))
	})
}

// endsInFailure reports whether the code from the end of blk on does nothing but return an error, on each of its
// ways; it looks a few blocks ahead.
func (f *Func) endsInFailure(blk *block, ahead int) bool {
	if len(blk.ops) > 0 {
		if last := &blk.ops[len(blk.ops)-1]; last.kind == opReturn {
			return slices.ContainsFunc(last.ret.errs, func(s source) bool { return s.kind == srcNonNil }) || f.fl.returnsMade(last.node)
		}
	}
	for i := range blk.succ {
		if ahead == 0 || !f.endsInFailure(blk.succ[i].to, ahead-1) {
			return false
		}
	}
	return len(blk.succ) > 0
}

// returnsMade reports whether a return statement gives what a call makes of an error made on the spot, or of one with a
// name: return c.fail(errors.New("…")).
func (fl *Flow) returnsMade(n ast.Node) bool {
	r, ok := n.(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 {
		return false
	}
	call, ok := ast.Unparen(r.Results[len(r.Results)-1]).(*ast.CallExpr)
	return ok && fl.known.ErrorResult(call) >= 0 && slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		if made, ok := ast.Unparen(a).(*ast.CallExpr); ok {
			return fl.known.AlwaysFails(made)
		}
		name, ok := fl.known.Sentinel(a)
		return ok && name != "io.EOF" // which says that all went well
	})
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
			return f.endsInFailure(blk, 4)
		}
	}
	return false
}
