package known

import (
	"go/ast"
	"go/types"
)

// madeInField gives the calls by which the writer comes about that a field holds, or is made to work on something else, of
// a field that only this package can set. It is not ok if anything else may be in it, but for nil.
func (x *Index) madeInField(e ast.Expr) (made []*ast.CallExpr, ok bool) {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return nil, false
	}
	v, ok := x.info.Uses[sel.Sel].(*types.Var)
	if !ok || !v.IsField() || v.Exported() {
		return nil, false
	}
	x.fieldsOnce.Do(x.collectFields)
	given := x.fields[v]
	for _, e := range given {
		call := x.origin(e)
		if call == nil {
			return nil, false
		}
		made = append(made, call)
	}
	return made, len(made) > 0
}

// collectFields finds what each field is given, but for nil.
func (x *Index) collectFields() {
	x.fields = map[*types.Var][]ast.Expr{}
	give := func(l, r ast.Expr) {
		var id *ast.Ident
		switch l := ast.Unparen(l).(type) {
		case *ast.SelectorExpr:
			id = l.Sel
		case *ast.Ident: // the key of a literal
			id = l
		}
		if v, ok := x.info.Uses[id].(*types.Var); ok && v.IsField() && !x.info.Types[r].IsNil() {
			x.fields[v] = append(x.fields[v], r)
		}
	}
	for n := range x.syntax.PreorderSeq((*ast.CallExpr)(nil), (*ast.AssignStmt)(nil), (*ast.KeyValueExpr)(nil), (*ast.CompositeLit)(nil), (*ast.UnaryExpr)(nil)) {
		switch n := n.(type) {
		case *ast.CallExpr:
			if resets(n) {
				give(receiver(n), n)
			}
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				give(l, n.Rhs[min(i, len(n.Rhs)-1)])
			}
		case *ast.KeyValueExpr:
			give(n.Key, n.Value)
		case *ast.CompositeLit: // without keys
			t := x.info.TypeOf(n)
			if t == nil {
				continue
			}
			if s, ok := t.Underlying().(*types.Struct); ok {
				for i, e := range n.Elts {
					if _, keyed := e.(*ast.KeyValueExpr); !keyed && i < s.NumFields() && !x.info.Types[e].IsNil() {
						x.fields[s.Field(i)] = append(x.fields[s.Field(i)], e)
					}
				}
			}
		case *ast.UnaryExpr:
			if n.Op.String() == "&" {
				give(n.X, n) // others may set it through the pointer
			}
		}
	}
}

// resets reports whether a call makes a writer work on its argument from then on.
func resets(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Reset" && len(call.Args) == 1
}
