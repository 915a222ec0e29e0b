package errflow

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// The cases of Detached.
const (
	CaseShared       = "shared"        // several goroutines assign one variable
	CaseUnwaited     = "unwaited"      // a variable that a goroutine assigns is read without waiting for it
	CaseUnheard      = "unheard"       // nobody reads the variable that a goroutine assigns
	CaseNeverRead    = "never-read"    // nobody receives from the channel
	CaseReaderLeaves = "reader-leaves" // the function may leave before it has received all
	CaseSenderBlocks = "sender-blocks" // a channel without room, and the function may leave before it has received
	CaseDefaultRead  = "default-read"  // a default takes what comes later for success
	CaseDefaultSend  = "default-send"  // a default drops what nobody waits for just then
	CaseNoWait       = "no-wait"       // nobody waits for the group
	CaseWait         = "wait"          // the group's error is dropped
	CaseAnswersNil   = "answers-nil"   // a group's closure answers nil after a failure
	CaseNoRecover    = "no-recover"    // a panic of the goroutine ends the service
)

// unreadSpawn judges go f() where f gives an error.
func (fl *Flow) unreadSpawn(v *Value, kind known.Kind) *Loss {
	const trifles = known.Close | known.Rollback | known.Remove | known.Respond | known.Deadline | known.Teardown | known.Print
	if _, ok := fl.known.Harmless(v.Call); ok || kind&trifles != 0 || known.Undoes(lastName(v.Call.Fun)) || fl.needsNobody(v) {
		return nil
	}
	// Mostly a server on a listener that is there already: of 9 on large trees a reader would have changed two.
	return &Loss{Class: Detached, Case: CaseGo, At: v.Node, Strict: true}
}

// needsNobody reports whether what is started leaves nothing for others to tell: each of its returns gives nil,
// or says only that its context ended, or stands behind a log of the failure.
func (fl *Flow) needsNobody(v *Value) bool {
	f := fl.started(v)
	if f == nil {
		return false
	}
	if fl.keepsError(f, 3) {
		return true
	}
	for _, d := range f.g.defers {
		for p, acts := range d.reads {
			if p.result && acts&(Logged|Stored|Sent|Responded) != 0 {
				return true
			}
		}
	}
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind != opReturn {
				continue
			}
			for _, src := range o.ret.errs {
				if src.kind != srcNil && !fl.givesContext(o.node) && !fl.logsBefore(o.node) {
					return false
				}
			}
		}
	}
	return true
}

// keepsError reports whether a function puts its failure where others find it: it assigns a field of type error, or
// calls a function of this package that does. deep bounds the way.
func (fl *Flow) keepsError(f *Func, deep int) bool {
	if f == nil || deep == 0 {
		return false
	}
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				_, field := ast.Unparen(l).(*ast.SelectorExpr)
				found = found || field && isError(fl.info.TypeOf(l))
			}
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				if call, ok := ast.Unparen(r).(*ast.CallExpr); ok && !found {
					found = fl.keepsError(fl.funcOf(fl.known.Callee(call)), deep-1)
				}
			}
		}
		return !found
	})
	return found
}

// started returns the function of this package that a go statement starts.
func (fl *Flow) started(v *Value) *Func {
	if lit, ok := ast.Unparen(v.Call.Fun).(*ast.FuncLit); ok {
		return fl.byLit[lit]
	}
	return fl.funcOf(v.Callee)
}

// givesContext reports whether a return statement gives why a context ended.
func (fl *Flow) givesContext(n ast.Node) bool {
	r, ok := n.(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 {
		return false
	}
	call, ok := ast.Unparen(r.Results[len(r.Results)-1]).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := fl.known.Callee(call)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "context" && (fn.Name() == "Err" || fn.Name() == "Cause")
}

// logsBefore reports whether a log record is written in the branch that a return statement ends.
func (fl *Flow) logsBefore(n ast.Node) bool {
	cur, ok := fl.cursor(n)
	if !ok {
		return false
	}
	return fl.logs(bodyOf(cur.Parent().Node()))
}

// unprotected finds the goroutines of a service whose panic would end it, since nothing in them recovers: those that
// a handler or an accept loop starts, and those that run as long as the service.
func (fl *Flow) unprotected() {
	serves := fl.serves()
	for cur := range fl.inspect.Root().Preorder((*ast.GoStmt)(nil)) {
		s := cur.Node().(*ast.GoStmt)
		var body *ast.BlockStmt
		if lit, ok := ast.Unparen(s.Call.Fun).(*ast.FuncLit); ok {
			body = lit.Body
		} else if d := fl.declOf(fl.known.Callee(s.Call)); d != nil {
			body = d.Body
		}
		f := fl.around(s)
		if body == nil || f == nil || f.InTest || fl.protected(body) || !fl.toils(body) ||
			!f.handles() && !accepts(cur) && !(serves && runsOn(body)) {
			continue
		}
		fl.losses[Detached] = append(fl.losses[Detached], &Loss{Class: Detached, Case: CaseNoRecover, Strict: true, At: s,
			Value: &Value{Func: f, Origin: FromNothing, Node: s, Name: callText(s.Call)},
			Steps: []Step{{s, "started here, without a recover"}}})
	}
}

// handles reports whether f answers a request.
func (f *Func) handles() bool {
	for ; f != nil; f = f.Outer {
		if f.Role == Boundary {
			return true
		}
	}
	return false
}

// accepts reports whether a loop around a statement takes connections.
func accepts(cur inspector.Cursor) bool {
	for loop := range cur.Enclosing((*ast.ForStmt)(nil)) {
		for call := range loop.Preorder((*ast.CallExpr)(nil)) {
			if strings.HasPrefix(lastName(call.Node().(*ast.CallExpr).Fun), "Accept") {
				return true
			}
		}
	}
	return false
}

// runsOn reports whether a body holds a loop without a condition.
func runsOn(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		loop, ok := n.(*ast.ForStmt)
		found = found || ok && loop.Cond == nil
		return !found
	})
	return found
}

// serves reports whether the package takes connections or requests.
func (fl *Flow) serves() bool {
	for _, f := range fl.funcs {
		if f.Role == Boundary && !f.InTest {
			return true
		}
	}
	for _, site := range fl.known.Sites() {
		switch name := lastName(site.Call.Fun); {
		case name == "Accept", name == "Serve", strings.HasPrefix(name, "ListenAndServe"):
			return true
		}
	}
	return false
}

// protected reports whether a deferred call of a goroutine's takes panics.
func (fl *Flow) protected(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			name := strings.ToLower(lastName(n.Call.Fun))
			if lit, ok := ast.Unparen(n.Call.Fun).(*ast.FuncLit); ok {
				found = found || recovers(lit.Body)
			} else if d := fl.declOf(fl.known.Callee(n.Call)); d != nil {
				found = found || recovers(d.Body)
			}
			found = found || strings.Contains(name, "recover") || strings.Contains(name, "panic") || strings.Contains(name, "crash")
		}
		return !found
	})
	return found
}

// toils reports whether a goroutine does more than to wait and to tell that it has waited.
func (fl *Flow) toils(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return !found
		}
		if tv := fl.info.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
			return true
		}
		const idle = known.Close | known.Wait | known.Gather | known.Log | known.Print | known.Teardown
		switch name := lastName(call.Fun); {
		case fl.known.Kind(call)&idle != 0:
		case name == "Wait", name == "Done", name == "Add", name == "Close", name == "Stop", name == "cancel":
		default:
			found = true
		}
		return !found
	})
	return found
}
