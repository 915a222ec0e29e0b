package errflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// last reports whether f is an error's last stop: nobody who calls it can be told, so it has to tell the error
// itself. That is so of handlers, of what a go statement starts and of what is handed on as a callback, unless
// they have an error result.
func (f *Func) last() bool {
	if f.CanReturnError() || f.Sig != nil && f.Sig.Results().Len() > 0 {
		return false
	}
	switch f.Role {
	case Boundary, Goroutine, Callback:
		return true
	case Plain:
		return f.Obj != nil && f.fl.rooted(f.Obj)
	}
	return false
}

// rooted reports whether this package uses a function only behind go, or only hands it on as a value: nobody
// here calls it and waits. Exported functions may be called from elsewhere.
func (fl *Flow) rooted(fn *types.Func) bool {
	if fn.Exported() {
		return false
	}
	if fl.roots == nil {
		fl.roots = fl.findRoots()
	}
	return fl.roots[fn]
}

func (fl *Flow) findRoots() map[*types.Func]bool {
	apart := map[*ast.Ident]bool{}
	name := func(e ast.Expr) {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident:
			apart[e] = true
		case *ast.SelectorExpr:
			apart[e.Sel] = true
		}
	}
	for _, site := range fl.known.Sites() {
		call := site.Call
		if _, started := site.Parent().Node().(*ast.GoStmt); started {
			name(call.Fun)
		}
		if site.Builtin() != "" {
			continue // append: a list of things to do, which somebody here does
		}
		for _, a := range call.Args {
			name(a)
		}
	}
	roots := map[*types.Func]bool{}
	for id, obj := range fl.info.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() != fl.pkg {
			continue
		}
		if alone, met := roots[fn]; met && !alone {
			continue
		}
		roots[fn] = apart[id]
	}
	return roots
}

// nameless judges an error of which a log record says that there was one, but not which.
func (fl *Flow) nameless(v *Value, e *End) *Loss {
	if v.Call != nil && fl.known.ClosedOnly(v.Call) {
		return nil // there is no other reason
	}
	record := fl.record(bodyOf(e.Handler))
	if record != nil && v.home != nil && v.home.v != nil && mentions(fl.info, record, v.home.v) {
		return nil // it has the error: another path, on which it was told before, goes around it
	}
	l := &Loss{Class: Unlogged, Case: CaseNoError, At: record}
	if record == nil {
		record = fl.complaint(bodyOf(e.Handler))
	}
	l.Strict = fl.excused(v, e, record) || fl.saysEnough(v) || fl.forDebugging(l.At) || fl.isCalled(v.Func, "dump")
	return l
}

// excused reports whether a record, or an answer, without the error may still say enough: what failed was a
// judgement on something that everybody can see, it tells of its failure itself, another of its results is in
// the record, the record holds an error that was handed in, or another path past the same test tells the error.
func (fl *Flow) excused(v *Value, e *End, record ast.Node) bool {
	if v.Call != nil && fl.known.Judges(v.Call) || *e.saved || fl.tellsItself(v) {
		return true
	}
	for _, p := range v.peers {
		if p != nil && p.v != nil && record != nil && holdsPlace(fl.info, record, p) {
			return true
		}
	}
	return record != nil && fl.reportsAnother(v, record)
}

// exited judges an error that ends the program, where what is written last does not say which it was.
func (fl *Flow) exited(v *Value, e *End) *Loss {
	call, ok := e.Node.(*ast.CallExpr)
	if !ok || !inHandler(e) || fl.known.Kind(call)&known.LogNoError == 0 {
		return nil
	}
	return &Loss{Class: Unlogged, Case: CaseNoError, At: call, Strict: fl.excused(v, e, call) || fl.saysEnough(v)}
}

// forDebugging reports whether a log record is one for whoever looks for a fault, not a report of one: its level is
// debugging or tracing, or it is written from a level of detail on. Of ten such records without the error on large trees
// three wanted it; of those that warn, 22 of 25.
func (fl *Flow) forDebugging(record ast.Node) bool {
	call, ok := record.(*ast.CallExpr)
	for ok {
		name := strings.ToLower(lastName(call.Fun))
		if strings.HasPrefix(name, "debug") || strings.HasPrefix(name, "trace") || strings.HasPrefix(name, "verbose") || fl.marked(call, "[TRACE]", "[DEBUG]") {
			return true
		}
		if name == "v" && len(call.Args) == 1 {
			level := fl.info.Types[call.Args[0]].Value
			return level == nil || level.String() != "0"
		}
		sel, method := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !method {
			return false
		}
		call, ok = ast.Unparen(sel.X).(*ast.CallExpr)
	}
	return false
}

// marked reports whether the text of a log record begins with one of these marks, by which some tell its level.
func (fl *Flow) marked(record *ast.CallExpr, marks ...string) bool {
	if len(record.Args) == 0 {
		return false
	}
	text := fl.info.Types[record.Args[0]].Value
	return text != nil && text.Kind() == constant.String && slices.ContainsFunc(marks, func(m string) bool {
		return strings.HasPrefix(constant.StringVal(text), m)
	})
}

// complaint returns the statement of a handler that tells of a failure by its name, though it is known for no log.
func (fl *Flow) complaint(body []ast.Stmt) ast.Node {
	for _, s := range body {
		if x, ok := s.(*ast.ExprStmt); ok {
			if call, ok := ast.Unparen(x.X).(*ast.CallExpr); ok && fl.complains(call) {
				return call
			}
		}
	}
	return nil
}

// record returns the statement of a handler that writes a log record.
func (fl *Flow) record(body []ast.Stmt) ast.Node {
	for _, s := range body {
		if x, ok := s.(*ast.ExprStmt); ok {
			if call, ok := ast.Unparen(x.X).(*ast.CallExpr); ok && fl.records(call) {
				return call
			}
		}
	}
	return nil
}

// answered judges a request that was answered in the branch taken on failure.
func (fl *Flow) answered(v *Value, e *End) *Loss {
	switch {
	case e.Acts&Fixed == 0, e.Acts&Logged != 0, e.How != Left && e.How != ScopeEnd, !inHandler(e) && !v.Func.nothingBehind(e.test):
		return nil
	case fl.logs(bodyOf(e.Handler)):
		if e.Acts&Printed != 0 {
			return nil // by a log that prints
		}
		return fl.nameless(v, e)
	}
	if call, ok := e.answer.(*ast.CallExpr); ok && fl.known.Kind(call)&known.Log != 0 {
		return nil // what answers may log that
	}
	// Which answers stand for a record is a custom of each service: of 12 on large trees three wanted one.
	return &Loss{Class: Unlogged, Case: CaseAnswerOnly, At: e.answer, Strict: true}
}

// silent judges a function without a result that is left from the handler without a trace.
func (fl *Flow) silent(v *Value, e *End, probe bool) *Loss {
	l := &Loss{Class: Unlogged, Case: CaseSilent}
	if e.Acts&Printed != 0 {
		l.Case, l.Strict = CasePrintOnly, !fl.printsOnly(v.Func, e.Handler)
		return l
	}
	body := bodyOf(e.Handler)
	if fl.handsOver(body, v) || fl.endsContext(v.Func, body) || fl.toClient(v) {
		return nil
	}
	// Of a function in a variable nobody knows what it has told already.
	l.Strict = probe || v.Callee == nil || !v.Func.last() || !fl.writesLog() || fl.excused(v, e, nil) || fl.busy(body) || fl.saysEnough(v) || v.Func.undoes() || fl.unheardByIntent(v.Func) || fl.endsWith(v) || fl.toPeer(v) || fl.saidToClose(v, e.Handler) ||
		v.Func.reporter(v) || fl.ofCommands() || fl.heardElsewhere(v)
	return l
}

// consumes reports whether a branch goes on to the next turn of a loop that has no end of its own, in a function
// that gives nothing back: it takes what comes, and nobody but itself learns what became of it.
func (f *Func) consumes(body []ast.Stmt) bool {
	jump, ok := lastStmt(body).(*ast.BranchStmt)
	if !ok || jump.Tok != token.CONTINUE || jump.Label != nil || f.Sig == nil || f.Sig.Results().Len() > 0 {
		return false
	}
	endless := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			if within(jump, n.Body) {
				endless = n.Cond == nil
			}
		case *ast.RangeStmt:
			if within(jump, n.Body) {
				_, endless = f.fl.info.TypeOf(n.X).Underlying().(*types.Chan)
			}
		}
		return n == nil || n.Pos() <= jump.Pos() && jump.End() <= n.End()
	})
	return endless
}

// skipped judges an error with which a consumer goes on to the next thing. It is strict throughout: whoever takes what
// others send has to let go of what cannot be read, and mostly somebody else counts or tells it.
func (fl *Flow) skipped(v *Value, e *End) *Loss {
	if fl.toClient(v) {
		return nil
	}
	return &Loss{Class: Unlogged, Case: CaseConsumed, At: lastStmt(bodyOf(e.Handler)), Strict: true}
}

// handsOver reports whether a handler offers the error to somebody who may be gone: a select in which one clause
// sends it.
func (fl *Flow) handsOver(body []ast.Stmt, v *Value) bool {
	found := false
	for _, s := range body {
		if sel, ok := s.(*ast.SelectStmt); ok && v.home != nil && v.home.v != nil {
			for _, c := range sel.Body.List {
				send, ok := c.(*ast.CommClause).Comm.(*ast.SendStmt)
				found = found || ok && mentions(fl.info, send.Value, v.home.v)
			}
		}
	}
	return found
}

// undoes reports whether f, or the function around it, cleans up.
func (f *Func) undoes() bool {
	top := f.Top()
	return f.cleansUp() || top.Obj != nil && known.Undoes(top.Obj.Name())
}

// writesLog reports whether this package has a log at all: one that writes none leaves that to others.
func (fl *Flow) writesLog() bool {
	if fl.logging == nil {
		found := false
		for _, site := range fl.known.Sites() {
			if fl.known.Kind(site.Call)&known.Log != 0 {
				found = true
				break
			}
		}
		fl.logging = &found
	}
	return *fl.logging
}

// busy reports whether a handler does more than to let go of what is held and to leave: what it does may well
// tell of the failure in its own way, by a state, a counter, a message.
func (fl *Flow) busy(body []ast.Stmt) bool {
	for _, s := range body {
		switch s := s.(type) {
		case *ast.ReturnStmt, *ast.BranchStmt:
			continue
		case *ast.ExprStmt:
			call, ok := ast.Unparen(s.X).(*ast.CallExpr)
			if ok && (known.Undoes(lastName(call.Fun)) || lastName(call.Fun) == "RUnlock" || fl.known.Kind(call)&(known.Print|known.Close) != 0) {
				continue
			}
		}
		return true
	}
	return false
}
