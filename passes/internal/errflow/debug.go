package errflow

import (
	"go/ast"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
)

// What is written for those who look for a fault is looked at, or not: that some of it is missing they see.

// debugs reports whether a function is there for those who look for a fault: its name, that of its receiver's type, or
// that of its file says so. Profiles and traces are none of that, since people ask for them to keep them.
func (fl *Flow) debugs(f *Func) bool {
	file := filepath.Base(fl.fset.Position(f.Node.Pos()).Filename)
	return says(file, "debug", "pprof") || fl.named(f, "debug", "pprof")
}

// named reports whether one of the words is in the name of the function around f, or of its receiver's type.
func (fl *Flow) named(f *Func, words ...string) bool {
	top := f.Top()
	if top.Obj == nil {
		return false
	}
	if says(top.Obj.Name(), words...) {
		return true
	}
	recv := top.Obj.Signature().Recv()
	if recv == nil {
		return false
	}
	n := named(recv.Type())
	return n != nil && says(n.Obj().Name(), words...)
}

// toDebug reports whether a handle's file is for those who look for a fault: the function is, or dumps something into
// the system's directory for temporary files and leaves it there, or a comment where the file is opened says so.
func (fl *Flow) toDebug(f *Func, recv ast.Expr) bool {
	if fl.debugs(f) {
		return true
	}
	h, ok := fl.handleOf(recv)
	if !ok {
		return false
	}
	for call, of := range fl.made(f.Body) {
		if of != h || fl.known.Kind(call)&known.Create == 0 || len(call.Args) == 0 {
			continue
		}
		if fl.named(f, "dump") && fl.belowTemp(f, call.Args[0], 0) || fl.saidAt(call, saidToDebug) != nil {
			return true
		}
	}
	return false
}

// saidToDebug matches a comment that says that a file is for those who look for a fault.
var saidToDebug = regexp.MustCompile(`(?i)\bfor (debug|diagnos|troubleshoot)|\bdebug(ging)? (file|dump|output)`)

// tries reports whether a function is there to see whether a file can be written, as its name says, and what it writes
// is nobody's: nothing that it was given.
func (fl *Flow) tries(f *Func, recv ast.Expr) bool {
	top := f.Top()
	if top.Obj == nil || top.Sig.Results().Len() != 1 {
		return false
	}
	if !says(top.Obj.Name(), "check", "probe") {
		return false
	}
	h, ok := fl.handleOf(recv)
	if !ok {
		return false
	}
	made := fl.made(f.Body)
	own := true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !own {
			return own
		}
		if t := fl.touchOf(h, call, made); t == writes || t == lent || t == handed {
			for _, a := range call.Args {
				for p := range top.Sig.Params().Variables() {
					own = own && !mentions(fl.info, a, p)
				}
			}
		}
		return own
	})
	return own
}

// showsToDebug reports whether a call writes to a terminal in a function for those who look for a fault.
func (fl *Flow) showsToDebug(v *Value) bool {
	if !fl.debugs(v.Func) {
		return false
	}
	for _, a := range v.Call.Args {
		if fl.known.SinkOf(a) == known.TerminalSink {
			return true
		}
	}
	return false
}

// toLog reports whether a call writes to what is a log, or a trace, by its name or that of its file: who is told of errors there has
// nowhere else to tell of one.
func (fl *Flow) toLog(v *Value) bool {
	if v.Call == nil || fl.known.Kind(v.Call)&(known.Write|known.Print) == 0 {
		return false
	}
	to := v.Call.Args
	if sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr); ok && fl.info.Selections[sel] != nil {
		to = []ast.Expr{sel.X}
	}
	if len(to) == 0 {
		return false
	}
	if id := lastIdent(ast.Unparen(to[0])); id != nil && says(id.Name, "log", "trace") {
		return true
	}
	made := fl.definition(to[0])
	return made != nil && fl.known.Kind(made)&known.Create != 0 && slices.ContainsFunc(made.Args, func(a ast.Expr) bool {
		id := lastIdent(ast.Unparen(a))
		return id != nil && says(id.Name, "log", "trace")
	})
}
