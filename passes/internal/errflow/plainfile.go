package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// minor reports whether the error of closing a file is one that some would let go: each write told how it went, so that
// only what a file system keeps back until then is lost, and the file is in a directory for scratch files, or the error
// is assigned to _ in so many words, or the function has no way to tell it and nothing that it does next counts on the
// file.
func (fl *Flow) minor(f *Func, v *Value, recv ast.Expr) bool {
	if !fl.isNamed(recv, "os", "File") {
		return false
	}
	h, ok := fl.handleOf(recv)
	if !ok || !fl.writesChecked(f, h) {
		return false
	}
	switch {
	case v.How == Blank:
		return !fl.renamed(f, h)
	case fl.inScratch(f, h):
		return true
	}
	return !f.Top().CanReturnError() && !f.CanReturnError() && !fl.mayEnd(f) && !fl.renamed(f, h)
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

// renamed reports whether the function gives h's file another name, or links it: from then on others have it.
func (fl *Flow) renamed(f *Func, h handle) bool {
	names := fl.namesOf(f, h)
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && len(call.Args) == 2 && fl.known.Kind(call)&known.Persist != 0 && fl.namesAny(h, names, call.Args[0]) &&
			types.Identical(fl.info.TypeOf(call.Args[0]), fl.info.TypeOf(call.Args[1])) {
			found = true
		}
		return !found
	})
	return found
}

// inScratch reports whether h's file is opened in a directory that was made for scratch files.
func (fl *Flow) inScratch(f *Func, h handle) bool {
	for call, of := range fl.made(f.Body) {
		if of == h && len(call.Args) > 0 && fl.known.Kind(call)&known.Create != 0 && fl.scratchDir(f, call.Args[0], 0) {
			return !fl.renamed(f, h)
		}
	}
	return false
}

// scratchDir reports whether a name is that of a directory which os.MkdirTemp or its like made and whoever made it removes,
// or of something in it.
func (fl *Flow) scratchDir(f *Func, e ast.Expr, depth int) bool {
	if depth > 8 {
		return false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return lastName(e.Fun) == "Join" && len(e.Args) > 0 && fl.scratchDir(f, e.Args[0], depth+1)
	case *ast.BinaryExpr:
		return fl.scratchDir(f, e.X, depth+1)
	case *ast.Ident, *ast.SelectorExpr:
		v, _ := objectOf(fl.info, e.(ast.Expr)).(*types.Var)
		if v == nil {
			return false
		}
		var in ast.Node = f.Top().Body
		if v.IsField() || v.Parent() == fl.pkg.Scope() {
			in = nil
		}
		return fl.givenScratch(f, v, in, depth)
	}
	return false
}

func makesScratch(fn *types.Func) bool {
	return fn != nil && (fn.Name() == "MkdirTemp" || fn.Name() == "TempDir") && fn.Signature().Params().Len() != 0 ||
		fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "testing" && fn.Name() == "TempDir"
}

// onlyRemoved reports whether a function removes the directory that a variable names, and does not rename it: what is
// written there does not outlive it.
func (fl *Flow) onlyRemoved(body ast.Node, v *types.Var) bool {
	removed, renamed := false, false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 || !fl.assignsTo(call.Args[0], v) {
			return true
		}
		kind := fl.known.Kind(call)
		removed = removed || kind&known.Remove != 0
		renamed = renamed || len(call.Args) == 2 && kind&known.Persist != 0
		return true
	})
	return removed && !renamed
}

// givenScratch reports whether a variable is given a directory for scratch files somewhere: in a body, or, where that is
// nil, in the package.
func (fl *Flow) givenScratch(f *Func, v *types.Var, body ast.Node, depth int) bool {
	found := false
	look := func(n ast.Node, f *Func) {
		s, ok := n.(*ast.AssignStmt)
		if !ok || found {
			return
		}
		for i, l := range s.Lhs {
			if !fl.assignsTo(l, v) || len(s.Rhs) != len(s.Lhs) && i > 0 {
				continue
			}
			r := s.Rhs[min(i, len(s.Rhs)-1)]
			if call, ok := ast.Unparen(r).(*ast.CallExpr); ok && makesScratch(fl.known.Callee(call)) {
				found = fl.onlyRemoved(f.Top().Body, v)
			} else {
				found = fl.scratchDir(f, r, depth+1)
			}
			if found {
				return
			}
		}
	}
	if body != nil {
		ast.Inspect(body, func(n ast.Node) bool {
			look(n, f)
			return !found
		})
		return found
	}
	for cur := range fl.inspect.Root().Preorder((*ast.AssignStmt)(nil)) {
		if !fl.assignsAny(cur.Node().(*ast.AssignStmt), v) {
			continue
		}
		if g := fl.around(cur.Node()); g != nil {
			look(cur.Node(), g)
		}
	}
	return found
}

func (fl *Flow) assignsAny(s *ast.AssignStmt, v *types.Var) bool {
	for _, l := range s.Lhs {
		if fl.assignsTo(l, v) {
			return true
		}
	}
	return false
}

func (fl *Flow) assignsTo(l ast.Expr, v *types.Var) bool {
	switch l := ast.Unparen(l).(type) {
	case *ast.Ident:
		return fl.info.ObjectOf(l) == v
	case *ast.SelectorExpr:
		return fl.info.Uses[l.Sel] == v
	}
	return false
}
