package errflow

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// Where a call writes to, and who asks a writer for the error that it keeps.

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
	if w == nil || !hasErrorField(w.Type()) {
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
