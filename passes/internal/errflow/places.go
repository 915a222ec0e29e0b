package errflow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// cursor finds n in the package. It goes by the declaration around n: to look through the whole package for each
// of its nodes would cost more than all else.
func (fl *Flow) cursor(n ast.Node) (inspector.Cursor, bool) {
	d, ok := fl.declAt(n.Pos())
	if !ok {
		return d, false
	}
	return d.FindNode(n)
}

// declAt finds the last declaration that begins before pos, or there.
func (fl *Flow) declAt(pos token.Pos) (inspector.Cursor, bool) {
	i, found := slices.BinarySearchFunc(fl.decls, pos, func(d inspector.Cursor, pos token.Pos) int { return cmp.Compare(d.Node().Pos(), pos) })
	if !found {
		i--
	}
	if i < 0 {
		return inspector.Cursor{}, false
	}
	return fl.decls[i], true
}

// findDecls lists the declarations of the package by where they stand.
func (fl *Flow) findDecls() {
	byPos := func(a, b inspector.Cursor) int { return cmp.Compare(a.Node().Pos(), b.Node().Pos()) }
	if fl.decls = fl.known.Decls(); !slices.IsSortedFunc(fl.decls, byPos) { // files come in any order
		fl.decls = slices.SortedFunc(slices.Values(fl.decls), byPos)
	}
}

// places are what the package does with its functions and variables anywhere. They are found in one go, when
// first asked for.
type places struct {
	calls    map[*types.Func][]inspector.Cursor
	compared map[*types.Var]bool // with nil
	reached  map[*types.Var]bool // x.f, *x or x() stands somewhere, and needs an x that is not nil
}

func (fl *Flow) findPlaces() *places {
	p := &places{calls: map[*types.Func][]inspector.Cursor{}, compared: map[*types.Var]bool{}, reached: map[*types.Var]bool{}}
	reach := func(x ast.Expr) {
		if id, ok := ast.Unparen(x).(*ast.Ident); ok {
			if v, ok := fl.info.Uses[id].(*types.Var); ok {
				p.reached[v] = true
			}
		}
	}
	compare := func(x, y ast.Expr) {
		if id, ok := ast.Unparen(x).(*ast.Ident); ok && fl.info.Types[y].IsNil() {
			if v, ok := fl.info.Uses[id].(*types.Var); ok {
				p.compared[v] = true
			}
		}
	}
	for cur := range fl.inspect.Root().Preorder((*ast.CallExpr)(nil), (*ast.BinaryExpr)(nil), (*ast.SelectorExpr)(nil), (*ast.StarExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.CallExpr:
			if fn := fl.known.Callee(n); fn != nil && fn.Pkg() == fl.pkg {
				p.calls[fn] = append(p.calls[fn], cur)
			}
			reach(n.Fun)
		case *ast.SelectorExpr:
			if fl.needsValue(n) {
				reach(n.X)
			}
		case *ast.StarExpr:
			reach(n.X)
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				compare(n.X, n.Y)
				compare(n.Y, n.X)
			}
		}
	}
	return p
}

// needsValue reports whether x.f fails where x is nil: a field does, a method of an interface and one that takes a
// value, while a method of a pointer may well be made for nil.
func (fl *Flow) needsValue(x *ast.SelectorExpr) bool {
	s := fl.info.Selections[x]
	if s == nil || s.Kind() != types.MethodVal {
		return true
	}
	if types.IsInterface(s.Recv()) {
		return true
	}
	_, pointer := s.Obj().(*types.Func).Signature().Recv().Type().(*types.Pointer)
	return !pointer
}

// callsOf gives the calls of a function of this package, in source order.
func (fl *Flow) callsOf(fn *types.Func) []inspector.Cursor { return fl.places().calls[fn] }

// hasErrors reports whether anything in a function is an error; most functions can be left at once.
func (fl *Flow) hasErrors(n ast.Node) bool {
	return meets(n, fl.spots)
}

// meets reports whether one of some places, which are sorted, is in n.
func meets(n ast.Node, spots []token.Pos) bool {
	i, _ := slices.BinarySearch(spots, n.Pos())
	return i < len(spots) && spots[i] < n.End()
}

// findErrors lists where the package calls what can fail and names what may hold an error, or a channel of them, in
// order. One look at the tables of the type checker costs a third of asking them for each name in each function.
func (fl *Flow) findErrors() {
	look := func(id *ast.Ident, obj types.Object) {
		v, ok := obj.(*types.Var)
		if !ok {
			return
		}
		t := v.Type()
		if isError(t) || fl.isConcrete(t) {
			fl.spots = append(fl.spots, id.Pos())
		} else if v.Pkg() == fl.pkg && carriesErrors(v.Origin().Type()) {
			fl.channels = append(fl.channels, id.Pos())
		}
	}
	for id, obj := range fl.info.Uses {
		look(id, obj)
	}
	for id, obj := range fl.info.Defs {
		look(id, obj)
	}
	for c := range fl.inspect.Root().Preorder((*ast.SelectStmt)(nil)) {
		fl.spots = append(fl.spots, c.Node().Pos()) // where a context ends, that is a failure
	}
	fallible := map[*types.Func]bool{}
	for _, site := range fl.known.Sites() {
		if fl.mayFail(&site, fallible) {
			fl.spots = append(fl.spots, site.Call.Pos())
		}
	}
	slices.Sort(fl.spots)
	slices.Sort(fl.channels)
}

// mayFail reports whether a call gives an error, by the types of its results. Most calls name few functions, and of
// those told holds the answer, unless it depends on what the call makes of their type parameters.
func (fl *Flow) mayFail(s *known.Site, told map[*types.Func]bool) bool {
	if fails, ok := told[s.Callee]; ok {
		return fails
	}
	var sig *types.Signature
	always := s.Callee != nil && !generic(s.Callee.Signature().Results())
	if always {
		sig = s.Callee.Signature()
	} else if sig, _ = fl.info.Types[s.Call.Fun].Type.(*types.Signature); sig == nil {
		return false // a conversion
	}
	fails := givesError(sig) || sig.Results().Len() == 1 && fl.isConcrete(sig.Results().At(0).Type())
	if always {
		told[s.Callee] = fails
	}
	return fails
}

// generic reports whether a result is of a type parameter, or a pointer to one.
func generic(results *types.Tuple) bool {
	for r := range results.Variables() {
		t := types.Unalias(r.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		if _, ok := t.(*types.TypeParam); ok {
			return true
		}
	}
	return false
}
