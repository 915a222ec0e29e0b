package known

import (
	"go/ast"
	"go/types"
)

// goesOn infers that a method which says whether there is more says so wherever it keeps an error in its receiver:
//
//	if err != nil {
//		it.err = err
//		return true
//	}
func (f *inference) goesOn(d *declaration) bool {
	sig := d.fn.Signature()
	if sig.Recv() == nil || sig.Results().Len() != 1 || !types.Identical(sig.Results().At(0).Type(), types.Typ[types.Bool]) {
		return false
	}
	kept, ends := false, false
	var each func(list []ast.Stmt)
	each = func(list []ast.Stmt) {
		for i, s := range list {
			if a, ok := s.(*ast.AssignStmt); ok && f.keepsError(a, sig.Recv()) {
				kept = true
				ends = ends || !f.saysYes(list[i+1:])
			}
			ast.Inspect(s, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncLit:
					return false
				case *ast.BlockStmt:
					each(n.List)
					return false
				case *ast.CaseClause:
					each(n.Body)
					return false
				case *ast.CommClause:
					each(n.Body)
					return false
				}
				return true
			})
		}
	}
	each(d.syntax.Body.List)
	return kept && !ends
}

// keepsError reports whether a statement puts an error, other than nil, into a field of the receiver.
func (f *inference) keepsError(s *ast.AssignStmt, recv *types.Var) bool {
	for i, l := range s.Lhs {
		sel, ok := ast.Unparen(l).(*ast.SelectorExpr)
		if !ok || !isError(f.info.TypeOf(sel)) || len(s.Lhs) == len(s.Rhs) && f.info.Types[s.Rhs[i]].IsNil() {
			continue
		}
		if id, ok := ast.Unparen(sel.X).(*ast.Ident); ok && f.info.Uses[id] == recv {
			return true
		}
	}
	return false
}

// saysYes reports whether a list of statements goes straight to its end, where true is returned.
func (f *inference) saysYes(list []ast.Stmt) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.AssignStmt, *ast.ExprStmt, *ast.IncDecStmt, *ast.DeclStmt:
		case *ast.ReturnStmt:
			if len(s.Results) != 1 {
				return false
			}
			v := f.info.Types[s.Results[0]].Value
			return v != nil && v.ExactString() == "true"
		default:
			return false
		}
	}
	return false
}
