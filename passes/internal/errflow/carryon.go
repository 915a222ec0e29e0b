package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// What is nil because a call failed, and is kept behind the branch that only logs that.

// overDefault reports whether n, which is nil, is assigned to a field of a local variable that this function gave
// another value before: a default that would have served is gone then. Who asks later whether the field is nil has
// thought of that.
func (fl *Flow) overDefault(v *Value, n ast.Node) bool {
	cur, ok := fl.cursor(n)
	if !ok {
		return false
	}
	s, ok := cur.Parent().Node().(*ast.AssignStmt)
	if !ok || len(s.Lhs) != len(s.Rhs) || s.Tok != token.ASSIGN {
		return false
	}
	i := slices.IndexFunc(s.Rhs, func(r ast.Expr) bool { return r == n })
	if i < 0 {
		return false
	}
	sel, ok := ast.Unparen(s.Lhs[i]).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return false
	}
	of, isVar := fl.info.Uses[id].(*types.Var)
	field, isField := fl.info.Uses[sel.Sel].(*types.Var)
	if !isVar || !isField || of.Pkg() == nil || of.Parent() == of.Pkg().Scope() {
		return false
	}
	return fl.givenBefore(of, field, cur.Parent(), v.Func.Body) && !fl.asksForNil(v.Func.Body, s.End(), func(e ast.Expr) bool { return fl.isField(e, of, field) })
}

// isField reports whether e is that field of the variable.
func (fl *Flow) isField(e ast.Expr, of, field *types.Var) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	return ok && fl.info.Uses[sel.Sel] == field && fl.names(sel.X, of)
}

// givenBefore looks up from a statement to the last one before it, or before one around it, that gives the field or all
// of the variable something, and reports whether that is a value other than nil.
func (fl *Flow) givenBefore(of, field *types.Var, at inspector.Cursor, body *ast.BlockStmt) bool {
	for ; at.Node() != ast.Node(body); at = at.Parent() {
		if at.Node() == nil {
			return false
		}
		list := bodyOf(at.Parent().Node())
		for i := slices.IndexFunc(list, func(s ast.Stmt) bool { return s == at.Node() }) - 1; i >= 0; i-- {
			if found, value := fl.gives(list[i], of, field); found {
				return value
			}
		}
	}
	return false
}

// gives reports whether a statement gives the field, or all of the variable, something, and whether the field is not nil
// then.
func (fl *Flow) gives(s ast.Stmt, of, field *types.Var) (found, value bool) {
	give := func(l, r ast.Expr) {
		switch {
		case fl.isField(l, of, field):
			found, value = true, r != nil && fl.isSomething(r)
		case fl.names(l, of):
			found, value = true, r != nil && fl.fieldGiven(r, field)
		}
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		for i, l := range s.Lhs {
			if len(s.Lhs) == len(s.Rhs) {
				give(l, s.Rhs[i])
			} else {
				give(l, nil)
			}
		}
	case *ast.DeclStmt:
		decl, ok := s.Decl.(*ast.GenDecl)
		if !ok {
			return false, false
		}
		for _, spec := range decl.Specs {
			if spec, ok := spec.(*ast.ValueSpec); ok {
				for i, l := range spec.Names {
					if len(spec.Names) == len(spec.Values) {
						give(l, spec.Values[i])
					} else {
						give(l, nil)
					}
				}
			}
		}
	}
	return found, value
}

// isSomething reports whether an expression is seen not to be nil.
func (fl *Flow) isSomething(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit, *ast.FuncLit, *ast.BasicLit:
		return true
	case *ast.UnaryExpr:
		return e.Op == token.AND
	case *ast.CallExpr: // made for it; of what can fail nobody knows
		if fl.info.Types[e.Fun].IsType() {
			return len(e.Args) == 1 && fl.isSomething(e.Args[0])
		}
		return fl.known.ErrorResult(e) < 0
	case *ast.Ident, *ast.SelectorExpr:
		switch obj := fl.info.Uses[lastIdent(e)].(type) {
		case *types.Func:
			return true
		case *types.Var: // io.Discard, os.Stdout, defaultClient
			return obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope()
		}
	}
	return false
}

// lastIdent is the name at the end of x or p.x.
func lastIdent(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	}
	return nil
}

// fieldGiven reports whether e is a literal that gives the field a value other than nil.
func (fl *Flow) fieldGiven(e ast.Expr, field *types.Var) bool {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = ast.Unparen(u.X)
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return false
	}
	for _, el := range lit.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok && fl.info.Uses[key] == field {
				return fl.isSomething(kv.Value)
			}
		}
	}
	return false
}

// asksForNil reports whether anything that is compared with nil in body from pos on is what is asked for.
func (fl *Flow) asksForNil(body ast.Node, pos token.Pos, is func(ast.Expr) bool) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && b.Pos() >= pos {
			x, _ := known.WithNil(fl.info, b)
			found = found || x != nil && is(x)
		}
		return !found
	})
	return found
}

// reachedLater reports whether n, which is nil, is appended to a local list whose elements this function, or a closure
// of its, calls or reaches into one by one, without asking whether there is one.
func (fl *Flow) reachedLater(v *Value, n ast.Node) bool {
	cur, ok := fl.cursor(n)
	if !ok {
		return false
	}
	call, ok := cur.Parent().Node().(*ast.CallExpr)
	if !ok || len(call.Args) < 2 || call.Ellipsis.IsValid() {
		return false
	}
	s, ok := cur.Parent().Parent().Node().(*ast.AssignStmt)
	if !ok || len(s.Lhs) != 1 || len(s.Rhs) != 1 {
		return false
	}
	id, ok := ast.Unparen(s.Lhs[0]).(*ast.Ident)
	if !ok {
		return false
	}
	list, ok := fl.info.ObjectOf(id).(*types.Var)
	if !ok || list.Pkg() == nil || list.Parent() == list.Pkg().Scope() || !fl.names(call.Args[0], list) {
		return false
	}
	reached := false
	ast.Inspect(v.Func.Top().Body, func(n ast.Node) bool {
		var body *ast.BlockStmt
		var element *types.Var
		switch loop := n.(type) {
		case *ast.RangeStmt:
			body = loop.Body
			if value, ok := loop.Value.(*ast.Ident); ok && fl.names(loop.X, list) {
				element, _ = fl.info.ObjectOf(value).(*types.Var)
			}
		case *ast.ForStmt:
			body = loop.Body
		default:
			return !reached
		}
		if n.Pos() < s.End() && !fl.inClosure(n, s) {
			return !reached // it runs before there is anything from here
		}
		is := func(e ast.Expr) bool {
			if i, ok := ast.Unparen(e).(*ast.IndexExpr); ok {
				return fl.names(i.X, list)
			}
			return fl.names(e, element)
		}
		reached = reached || fl.reachesInto(v, body, is) && !fl.asksForNil(body, body.Pos(), is)
		return !reached
	})
	return reached
}

// inClosure reports whether a closure is around n that is not around s: it may run behind s.
func (fl *Flow) inClosure(n, s ast.Node) bool {
	cur, ok := fl.cursor(n)
	if !ok {
		return false
	}
	for lit := range cur.Enclosing((*ast.FuncLit)(nil)) {
		if !within(s, lit.Node()) {
			return true
		}
	}
	return false
}

// reachesInto reports whether body calls what is asked for, or a method of it, or takes a field of it.
func (fl *Flow) reachesInto(v *Value, body ast.Node, is func(ast.Expr) bool) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = found || is(n.Fun)
		case *ast.StarExpr:
			found = found || is(n.X)
		case *ast.SelectorExpr:
			if t := fl.info.TypeOf(n.X); t != nil && is(n.X) {
				switch t.Underlying().(type) {
				case *types.Pointer, *types.Interface:
					found = found || !fl.takesNil(v, n.X)
				}
			}
		}
		return !found
	})
	return found
}
