package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// minor reports whether the error of closing a file is one that some would let go: each write told how it went, so that
// only what a file system keeps back until then is lost, and the file is in a directory for scratch files, or the error
// is assigned to _ in so many words, or the function has no way to tell it and nothing that it does next counts on the
// file. Or the error of each write is assigned to _: after that, Close has nothing to add.
func (fl *Flow) minor(f *Func, v *Value, recv ast.Expr) bool {
	if !fl.isNamed(recv, "os", "File") {
		return false
	}
	h, ok := fl.handleOf(recv)
	if ok && fl.writesWaived(f, h) {
		return !fl.renamed(f, h)
	}
	if !ok || !fl.writesChecked(f, h) {
		return false
	}
	switch {
	case v.How == Blank:
		return !fl.renamed(f, h)
	case fl.inScratch(f, h), fl.temporary(f, h):
		return true
	}
	return !f.Top().CanReturnError() && !f.CanReturnError() && !fl.mayEnd(f) && !fl.renamed(f, h)
}

// giveUp moves the closing of plain files to the strict tier in a source file that gives up the error of such a Close in so
// many words elsewhere: each write was looked at, and nothing counts on the file by another name.
func (fl *Flow) giveUp(plain []*Loss) {
	waived := map[*token.File]bool{}
	for _, l := range fl.losses[LostClose] {
		if l.Strict && l.Case == CaseClose && l.Value.How == Blank && fl.isNamed(receiverOf(l.Value.Call), "os", "File") {
			waived[fl.fset.File(l.At.Pos())] = true
		}
	}
	for _, l := range plain {
		l.Strict = waived[fl.fset.File(l.At.Pos())]
	}
}

// unbuffered reports whether a call closes a plain file of which all writes told how they went.
func (fl *Flow) unbuffered(f *Func, v *Value) bool {
	recv := receiverOf(v.Call)
	if !fl.isNamed(recv, "os", "File") {
		return false
	}
	h, ok := fl.handleOf(recv)
	return ok && fl.writesChecked(f, h) && fl.plain(f, h) && !fl.renamed(f, h)
}

// plain reports whether nothing is built over h that may keep back what is written.
func (fl *Flow) plain(f *Func, h handle) bool {
	for call, of := range fl.made(f.Body) {
		if of == h {
			continue
		}
		for _, a := range call.Args {
			if fl.is(h, a) && fl.known.Kind(call)&known.Write == 0 && fl.known.ErrorResult(call) < 0 {
				t := fl.info.TypeOf(call)
				if m, _, _ := types.LookupFieldOrMethod(t, true, fl.pkg, "Write"); m != nil {
					return false
				}
			}
		}
	}
	return true
}

// mayEnd reports whether a function ends the program itself: then it has a way to tell what failed.
func (fl *Flow) mayEnd(f *Func) bool {
	if f.Role == Main {
		return true
	}
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			found = found || fl.known.NoReturn(call)
		}
		return !found
	})
	return found
}

// writesChecked reports whether somebody takes the error of each call that writes to h. A call without an error keeps
// it, or loses it.
func (fl *Flow) writesChecked(f *Func, h handle) bool {
	made := fl.made(f.Body)
	checked := true
	loses := func(e ast.Expr) {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok {
			return
		}
		switch fl.touchOf(h, call, made) {
		case writes, lent, syncs, flushes:
			checked = false
		}
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ExprStmt:
			loses(n.X)
		case *ast.DeferStmt:
			loses(n.Call)
		case *ast.GoStmt:
			loses(n.Call)
		case *ast.AssignStmt:
			if isBlank(n.Lhs[len(n.Lhs)-1]) && len(n.Rhs) == 1 {
				loses(n.Rhs[0])
			}
		}
		return checked
	})
	return checked
}

// writesWaived reports whether something is written to h, and the error of each write is assigned to _.
func (fl *Flow) writesWaived(f *Func, h handle) bool {
	made := fl.made(f.Body)
	waived := map[*ast.CallExpr]bool{}
	found, all := false, true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if call, ok := ast.Unparen(n.Rhs[0]).(*ast.CallExpr); ok && len(n.Rhs) == 1 && isBlank(n.Lhs[len(n.Lhs)-1]) {
				waived[call] = true
			}
		case *ast.CallExpr:
			switch fl.touchOf(h, n, made) {
			case writes, lent:
				found, all = true, all && waived[n]
			}
		}
		return all
	})
	return found && all
}

// givesName reports whether a call gives a file another name, or links it: it makes something of two things of one type
// that lasts.
func (fl *Flow) givesName(call *ast.CallExpr) bool {
	return len(call.Args) == 2 && fl.known.Kind(call)&known.Persist != 0 &&
		types.Identical(fl.info.TypeOf(call.Args[0]), fl.info.TypeOf(call.Args[1]))
}

// renamed reports whether the function gives h's file another name, or links it: from then on others have it.
func (fl *Flow) renamed(f *Func, h handle) bool {
	names := fl.namesOf(f, h)
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && fl.givesName(call) && fl.namesAny(h, names, call.Args[0]) {
			found = true
		}
		return !found
	})
	return found
}

// keepsName reports whether a handle is a file in a function that renames none: nothing else is put at stake by it.
func (fl *Flow) keepsName(f *Func, recv ast.Expr) bool {
	if !fl.isNamed(recv, "os", "File") {
		return false
	}
	renames := false
	ast.Inspect(f.Top().Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && fl.givesName(call) {
			renames = true
		}
		return !renames
	})
	return !renames
}
