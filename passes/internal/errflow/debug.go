package errflow

import (
	"go/ast"
	"path/filepath"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
)

// What is written for those who look for a fault is looked at, or not: that some of it is missing they see.

// debugs reports whether a function is there for those who look for a fault: its name, that of its receiver's type, or
// that of its file says so. Profiles and traces are none of that, since people ask for them to keep them.
func (fl *Flow) debugs(f *Func) bool {
	name := filepath.Base(fl.fset.Position(f.Node.Pos()).Filename)
	if obj := f.Top().Obj; obj != nil {
		name += " " + obj.Name()
		if recv := obj.Signature().Recv(); recv != nil && named(recv.Type()) != nil {
			name += " " + named(recv.Type()).Obj().Name()
		}
	}
	return says(name, "debug", "pprof")
}

// isCalled reports whether one of these words is in the name of the function that f stands in.
func (fl *Flow) isCalled(f *Func, words ...string) bool {
	obj := f.Top().Obj
	return obj != nil && says(obj.Name(), words...)
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
