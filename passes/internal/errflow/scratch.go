package errflow

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// inScratch reports whether h's file does not outlive those who asked for it: it is opened in a directory for scratch
// files, or each caller removes it.
func (fl *Flow) inScratch(f *Func, h handle) bool {
	for call, of := range fl.made(f.Body) {
		if of != h || len(call.Args) == 0 || fl.known.Kind(call)&known.Create == 0 {
			continue
		}
		if fl.scratchDir(f, call.Args[0], 0) || fl.removedByCallers(f, h) {
			return !fl.renamed(f, h)
		}
	}
	return false
}

// temporary reports whether h's file is made below the directory for temporary files, and nobody is seen to give it
// another name: it is there to be read again by those who run now, and what is missing shows when they do. Whoever calls
// an exported function that gives the name may do anything with it.
func (fl *Flow) temporary(f *Func, h handle) bool {
	for call, of := range fl.made(f.Body) {
		if of != h || len(call.Args) == 0 || fl.known.Kind(call)&known.Create == 0 {
			continue
		}
		if !fl.known.MakesTemp(call) || !fl.belowTemp(f, call.Args[0], 0) || fl.renamed(f, h) {
			return false
		}
		at := fl.returnsName(f, h)
		return at < 0 || fl.eachCaller(f, func(g *Func, call *ast.CallExpr) bool {
			v := fl.assignedTo(call, at)
			return v != nil && !fl.renames(g.Top().Body, v) && !g.gives(v) && !g.Top().gives(v)
		})
	}
	return false
}

// belowTemp reports whether a path is that of the directory for temporary files, be it by no name, or of something below.
func (fl *Flow) belowTemp(f *Func, e ast.Expr, depth int) bool {
	if v := fl.info.Types[e].Value; v != nil {
		return constant.StringVal(v) == ""
	}
	if depth > 8 {
		return false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		fn := fl.known.Callee(e)
		if fn == nil || fn.Pkg() == nil {
			return false
		}
		switch name := fn.Name(); {
		case name == "TempDir" && fn.Pkg().Path() == "os":
			return true
		case name == "Join" && len(e.Args) > 0:
			return fl.notEmpty(e.Args[0]) && fl.belowTemp(f, e.Args[0], depth+1)
		case name == "Sprintf" && fn.Pkg().Path() == "fmt" && len(e.Args) > 1:
			format := fl.info.Types[e.Args[0]].Value
			return format != nil && strings.HasPrefix(constant.StringVal(format), "%s") && fl.notEmpty(e.Args[1]) && fl.belowTemp(f, e.Args[1], depth+1)
		}
	case *ast.BinaryExpr:
		return fl.notEmpty(e.X) && fl.belowTemp(f, e.X, depth+1)
	case *ast.Ident:
		v, _ := fl.info.ObjectOf(e).(*types.Var)
		if v == nil || v.Kind() != types.LocalVar {
			return false
		}
		given, all := 0, true
		ast.Inspect(f.Top().Body, func(n ast.Node) bool {
			if s, ok := n.(*ast.AssignStmt); ok && fl.assignsAny(s, v) {
				given++
				all = all && len(s.Lhs) == 1 && fl.belowTemp(f, s.Rhs[0], depth+1)
			}
			return all
		})
		return given > 0 && all
	}
	return false
}

// notEmpty reports whether an expression is no constant: an empty one in front of others is no name of a directory.
func (fl *Flow) notEmpty(e ast.Expr) bool { return fl.info.Types[e].Value == nil }

// returnsName gives the index of the result by which a function tells its callers the name of h's file, or -1.
func (fl *Flow) returnsName(f *Func, h handle) int {
	at := -1
	names := fl.namesOf(f, h)
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			for i, r := range n.Results {
				if fl.namesAny(h, names, r) {
					at = i
				}
			}
		}
		return true
	})
	return at
}

// assignedTo gives the variable that the result of that index of a call is assigned to, or nil.
func (fl *Flow) assignedTo(call *ast.CallExpr, at int) *types.Var {
	cur, ok := fl.cursor(call)
	if !ok {
		return nil
	}
	s, ok := cur.Parent().Node().(*ast.AssignStmt)
	if !ok || len(s.Rhs) != 1 || at >= len(s.Lhs) {
		return nil
	}
	id, ok := s.Lhs[at].(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := fl.info.ObjectOf(id).(*types.Var)
	return v
}

// scratchDir reports whether a name is that of a directory which os.MkdirTemp or its like made and whoever made it removes,
// or of one that the function removes by a deferred call, whoever made it, or of something in one of these. A name that a
// function is given is what all its callers give it.
func (fl *Flow) scratchDir(f *Func, e ast.Expr, depth int) bool {
	if depth > 8 {
		return false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if lastName(e.Fun) == "Join" && len(e.Args) > 0 {
			return fl.scratchDir(f, e.Args[0], depth+1)
		}
		i, ok := fl.pathBelow(e)
		return ok && i < len(e.Args) && fl.scratchDir(f, e.Args[i], depth+1)
	case *ast.BinaryExpr:
		return fl.scratchDir(f, e.X, depth+1)
	case *ast.Ident, *ast.SelectorExpr:
		v, _ := objectOf(fl.info, e.(ast.Expr)).(*types.Var)
		if v == nil {
			return false
		}
		if fl.renames(f.Top().Body, v) {
			return false
		}
		if fl.removesLater(f, v) {
			return true
		}
		if i := paramIndex(f.Top().Sig, v); i >= 0 {
			return fl.givenByAll(f.Top(), i, depth)
		}
		var in ast.Node = f.Top().Body
		if v.IsField() || v.Parent() == fl.pkg.Scope() {
			in = nil
		}
		return fl.givenScratch(f, v, in, depth)
	}
	return false
}

// givenByAll reports whether each caller of f hands in, for its i-th parameter, a name in a directory for scratch files.
func (fl *Flow) givenByAll(f *Func, i, depth int) bool {
	return fl.eachCaller(f, func(g *Func, call *ast.CallExpr) bool {
		if i >= len(call.Args) || call.Ellipsis.IsValid() || f.Sig.Variadic() && i == f.Sig.Params().Len()-1 {
			return false
		}
		return fl.scratchDir(g, call.Args[i], depth+1)
	})
}

// eachCaller reports whether something is true of all callers of f, of which there are some, outside of tests, and all
// are known.
func (fl *Flow) eachCaller(f *Func, ok func(g *Func, call *ast.CallExpr) bool) bool {
	if f.Obj == nil || f.Obj.Exported() || f.Obj.Origin() != f.Obj {
		return false
	}
	calls := fl.callsOf(f.Obj)
	mentions := 0
	for _, obj := range fl.info.Uses {
		if obj == f.Obj {
			mentions++
		}
	}
	if mentions != len(calls) {
		return false // somebody hands it on
	}
	found := false
	for _, cur := range calls {
		call := cur.Node().(*ast.CallExpr)
		if fl.isTestFile(call.Pos()) {
			continue
		}
		g := fl.around(call)
		if g == nil || g.Top() == f || !ok(g, call) {
			return false
		}
		found = true
	}
	return found
}

// removesLater reports whether a function removes what a variable names by a deferred call.
func (fl *Flow) removesLater(f *Func, v *types.Var) bool {
	for g := f; g != nil; g = g.Outer {
		for _, d := range g.g.defers {
			found := false
			ast.Inspect(d.stmt, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if ok && len(call.Args) > 0 && fl.assignsTo(call.Args[0], v) && fl.known.Kind(call)&known.Remove != 0 {
					found = found || fl.always(g, call)
				}
				return !found
			})
			if found {
				return true
			}
		}
	}
	return false
}

// removedByCallers reports whether f gives its callers the name of h's file, and each of them removes the file when it is
// left.
func (fl *Flow) removedByCallers(f *Func, h handle) bool {
	at := fl.returnsName(f, h)
	return at >= 0 && fl.eachCaller(f, func(g *Func, call *ast.CallExpr) bool {
		v := fl.assignedTo(call, at)
		return v != nil && fl.removesLater(g, v) && !fl.renames(g.Top().Body, v)
	})
}

// pathBelow gives the index of the argument that the path which a call of this package makes begins with: what it does is
// to join it.
func (fl *Flow) pathBelow(call *ast.CallExpr) (int, bool) {
	fn := fl.known.Callee(call)
	d := fl.declOf(fn)
	if d == nil || len(d.Body.List) != 1 {
		return 0, false
	}
	ret, ok := d.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return 0, false
	}
	join, ok := ast.Unparen(ret.Results[0]).(*ast.CallExpr)
	if !ok || lastName(join.Fun) != "Join" || len(join.Args) == 0 {
		return 0, false
	}
	v, _ := objectOf(fl.info, join.Args[0]).(*types.Var)
	i := paramIndex(fn.Signature(), v)
	return i, i >= 0
}

// paramIndex gives the index of a variable among the parameters of a function, or -1.
func paramIndex(sig *types.Signature, v *types.Var) int {
	for i := range sig.Params().Len() {
		if sig.Params().At(i) == v {
			return i
		}
	}
	return -1
}

func makesScratch(fn *types.Func) bool {
	return fn != nil && (fn.Name() == "MkdirTemp" || fn.Name() == "TempDir") && fn.Signature().Params().Len() != 0 ||
		fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "testing" && fn.Name() == "TempDir"
}

// onlyRemoved reports whether a function removes the directory that a variable names, and does not rename it: what is
// written there does not outlive it.
func (fl *Flow) onlyRemoved(body ast.Node, v *types.Var) bool {
	removed := false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		removed = removed || ok && len(call.Args) > 0 && fl.assignsTo(call.Args[0], v) && fl.known.Kind(call)&known.Remove != 0
		return !removed
	})
	return removed && !fl.renames(body, v)
}

// renames reports whether a function gives another name to what a variable names, or to something below it.
func (fl *Flow) renames(body ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && fl.givesName(call) && fl.namesBelow(call.Args[0], v) {
			found = true
		}
		return !found
	})
	return found
}

// namesBelow reports whether a path is what a variable names, or begins with it.
func (fl *Flow) namesBelow(e ast.Expr, v *types.Var) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return len(x.Args) > 0 && fl.namesBelow(x.Args[0], v)
	case *ast.BinaryExpr:
		return fl.namesBelow(x.X, v)
	}
	return fl.assignsTo(e, v)
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
