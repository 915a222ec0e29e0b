package errflow

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// changesNothing reports whether a call's failure is bound to come, shows by itself, or leaves things as they would be
// without the call: it waits for what was killed, or for what is looked at next; it puts back what was there before; it
// greets whom the same function goes on to serve; it only looks, or only drains; it fills a cache, warns of something, or
// tells the service manager how it is, where there mostly is none.
func (fl *Flow) changesNothing(v *Value) bool {
	return begins(lastName(v.Call.Fun), "cache", "warn", "sdnotify") || fl.reaps(v) || fl.looksNext(v) || fl.putsBack(v) || fl.modeOfNew(v) || fl.greets(v) || fl.onlyLooks(v) || fl.drains(v)
}

// reaps reports whether a call waits for the end of something behind one that cancels or kills: that it was killed is
// what it gives then.
//
//	p.cancel()
//	p.cmd.Wait()
func (fl *Flow) reaps(v *Value) bool {
	if !strings.EqualFold(lastName(v.Call.Fun), "wait") || receiverOf(v.Call) == nil {
		return false
	}
	found := false
	ast.Inspect(v.Func.Top().Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return within(v.Call, n) // another may run at any time
		case *ast.DeferStmt:
			return within(v.Call, n)
		case *ast.CallExpr:
			found = found || n.End() < v.Call.Pos() && begins(lastName(n.Fun), "cancel", "kill", "terminate", "interrupt")
		}
		return !found
	})
	return found
}

// looksNext reports whether a call gives nothing but its error, and the next statement asks whether a field of what it was
// made on is there: that it has failed shows in what is not there.
//
//	l.wait()
//	if l.main == nil {
//		return nil
//	}
func (fl *Flow) looksNext(v *Value) bool {
	on := receiverOf(v.Call)
	if v.How != Statement || on == nil || v.Callee == nil || v.Callee.Signature().Results().Len() != 1 {
		return false
	}
	cur, ok := fl.cursor(v.Call)
	if !ok {
		return false
	}
	next, ok := cur.Parent().NextSibling()
	if !ok {
		return false
	}
	ifs, ok := next.Node().(*ast.IfStmt)
	if !ok || ifs.Init != nil {
		return false
	}
	asked, _ := known.WithNil(fl.info, ifs.Cond)
	field, ok := asked.(*ast.SelectorExpr)
	return ok && !isError(fl.info.TypeOf(field)) && types.ExprString(field.X) == types.ExprString(on)
}

// putsBack reports whether a call sets something to what it was before: what it is given says so by its name, or was read
// from the same thing further up.
//
//	info, err := os.Stat(dir)
//	…
//	defer os.Chmod(dir, info.Mode())
func (fl *Flow) putsBack(v *Value) bool {
	if !begins(lastName(v.Call.Fun), "set", "chmod", "lchmod", "fchmod", "chown", "lchown", "chdir", "fchdir", "chtimes") {
		return false
	}
	return slices.ContainsFunc(v.Call.Args, func(a ast.Expr) bool {
		was := fl.variable(rootOfValue(a))
		if was == nil || was.IsField() {
			return false
		}
		if former(was.Name()) {
			return true
		}
		read := fl.known.Definition(was)
		if read == nil || read.Pos() > v.Call.Pos() {
			return false
		}
		if on := receiverOf(read); on != nil {
			if id := lastIdent(ast.Unparen(on)); id != nil && former(id.Name) {
				return true
			}
		}
		if !begins(lastName(read.Fun), "get", "stat", "lstat", "fstat") {
			return false
		}
		return len(read.Args) == 0 && len(v.Call.Args) == 1 || len(read.Args) > 0 && types.ExprString(read.Args[0]) == types.ExprString(v.Call.Args[0])
	})
}

// modeOfNew reports whether a call sets the mode of a file that the same function has just made: whoever may make it may do
// that.
func (fl *Flow) modeOfNew(v *Value) bool {
	on := receiverOf(v.Call)
	if on == nil || lastName(v.Call.Fun) != "Chmod" || !fl.isNamed(on, "os", "File") {
		return false
	}
	h, ok := fl.handleOf(on)
	if !ok {
		return false
	}
	for call, made := range fl.made(v.Func.Top().Body) {
		if made == h && fl.known.Kind(call)&known.Create != 0 {
			return true
		}
	}
	return false
}

// rootOfValue gives what a value is taken from: info in info.Mode().
func rootOfValue(e ast.Expr) ast.Expr {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.CallExpr:
			e = receiverOf(x)
			if e == nil || len(x.Args) > 0 {
				return x
			}
		case *ast.SelectorExpr:
			e = x.X
		case *ast.UnaryExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		default:
			return x
		}
	}
}

// former reports whether a name says that it is of how something was before.
func former(name string) bool {
	words := wordsOf(name)
	return len(words) > 0 && slices.Contains([]string{"old", "orig", "original", "prev", "previous", "saved", "former"}, words[0])
}

// greets reports whether a call writes to a peer that the same function hands, further down, to what serves it, or whose
// answer it reads there: a peer that could not be written to is not there to be served, nor does it answer.
func (fl *Flow) greets(v *Value) bool {
	if fl.known.Kind(v.Call)&known.Write == 0 && !begins(lastName(v.Call.Fun), "write") {
		return false
	}
	to := v.Call.Args
	if on := receiverOf(v.Call); on != nil {
		to = append(slices.Clone(to), on)
	}
	return slices.ContainsFunc(to, func(e ast.Expr) bool {
		peer := fl.variable(e)
		if peer == nil || fl.known.SinkOf(e) != known.PeerSink {
			return false
		}
		found := false
		ast.Inspect(v.Func.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			found = found || ok && call.Pos() > v.Call.End() && (serves(lastName(call.Fun)) && mentions(fl.info, call, peer) || fl.readsFrom(call, peer))
			return !found
		})
		return found
	})
}

// readsFrom reports whether a call reads from a peer, or from a reader over it, and its error is taken.
//
//	resp, err := http.ReadResponse(bufio.NewReader(conn), req)
func (fl *Flow) readsFrom(call *ast.CallExpr, peer *types.Var) bool {
	if fl.known.ErrorResult(call) < 0 || !begins(lastName(call.Fun), "read", "recv", "receive") {
		return false
	}
	from := slices.Clone(call.Args)
	if on := receiverOf(call); on != nil {
		from = append(from, on)
	}
	over := func(e ast.Expr) bool {
		made, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok {
			made = fl.definition(e)
		}
		return fl.names(e, peer) || made != nil && slices.ContainsFunc(made.Args, func(a ast.Expr) bool { return fl.names(a, peer) })
	}
	return slices.ContainsFunc(from, over) && !fl.dropped(call) && !fl.blankError(call)
}

// drains reports whether a function of this package fails by nothing but a read, and keeps what was read to itself: it takes
// away what nobody wants, as the count of an event that has been seen.
func (fl *Flow) drains(v *Value) bool {
	d := fl.declOf(v.Callee)
	if d == nil || v.Callee.Signature().Results().Len() != 1 {
		return false
	}
	reads, more := false, false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || fl.known.ErrorResult(call) < 0 {
			return true
		}
		if known.Reads(fl.known.Callee(call)) {
			reads = true
		} else {
			more = true
		}
		return true
	})
	return reads && !more && !takesBytes(v.Callee)
}

// takesBytes reports whether a function is given room for what it reads.
func takesBytes(fn *types.Func) bool {
	for p := range fn.Signature().Params().Variables() {
		switch p.Type().Underlying().(type) {
		case *types.Slice, *types.Pointer:
			return true
		}
	}
	return false
}

// onlyLooks reports whether a call runs a literal that never fails, and that does nothing but fetch things, by the names of
// what it calls: nothing is to be lost, and what is not there is seen by those who use it.
func (fl *Flow) onlyLooks(v *Value) bool {
	f := fl.runs(v)
	if f == nil || !f.neverFails() || fl.outsideWithin(f.Body) {
		return false
	}
	looks, works := false, false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || fl.info.Types[call.Fun].IsType() || fl.known.Builtin(call) != "" {
			return true
		}
		if begins(lastName(call.Fun), "get", "find", "list", "lookup", "has", "is", "len") {
			looks = true
		} else {
			works = true
		}
		return true
	})
	return looks && !works
}
