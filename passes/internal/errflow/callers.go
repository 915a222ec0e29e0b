package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// understood reports whether those who get f's nil know what it means: f's doc comment speaks of nil, or every
// caller in this package compares the result with nil. A caller that does not is where the nil is taken for a
// result.
func (fl *Flow) understood(f *Func) bool {
	d, ok := f.Node.(*ast.FuncDecl)
	if !ok {
		return false
	}
	if d.Doc != nil && mentionsNil(d.Doc.Text()) {
		return true
	}
	callers, tested := 0, 0
	for cur := range fl.inspect.Root().Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		if fl.known.Callee(call) != f.Obj {
			continue
		}
		callers++
		switch p := cur.Parent().Node().(type) {
		case *ast.BinaryExpr:
			if p.Op == token.EQL || p.Op == token.NEQ {
				tested++
			}
		case *ast.ReturnStmt:
			tested++ // handed on: whoever gets it there has to know
		case *ast.AssignStmt:
			if v := fl.assigned(p, call); v != nil && fl.comparedWithNil(v) {
				tested++
			}
		}
	}
	return callers > 0 && tested == callers
}

func mentionsNil(doc string) bool {
	for _, w := range strings.FieldsFunc(doc, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if w == "nil" {
			return true
		}
	}
	return false
}

// assigned returns the variable that a call's first result goes to.
func (fl *Flow) assigned(s *ast.AssignStmt, call *ast.CallExpr) *types.Var {
	for i, r := range s.Rhs {
		if ast.Unparen(r) != call {
			continue
		}
		if id, ok := ast.Unparen(s.Lhs[i]).(*ast.Ident); ok {
			v, _ := fl.info.ObjectOf(id).(*types.Var)
			return v
		}
	}
	return nil
}

// comparedWithNil reports whether the package compares v with nil anywhere.
func (fl *Flow) comparedWithNil(v *types.Var) bool {
	for cur := range fl.inspect.Root().Preorder((*ast.BinaryExpr)(nil)) {
		b := cur.Node().(*ast.BinaryExpr)
		if b.Op != token.EQL && b.Op != token.NEQ {
			continue
		}
		for x, y := range map[ast.Expr]ast.Expr{b.X: b.Y, b.Y: b.X} {
			id, ok := ast.Unparen(x).(*ast.Ident)
			if ok && fl.info.Uses[id] == v && fl.info.Types[y].IsNil() {
				return true
			}
		}
	}
	return false
}
