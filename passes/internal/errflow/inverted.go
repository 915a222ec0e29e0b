package errflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// inverted reports tests that are the wrong way round, where the code leaves no doubt:
//
//	if n, err := strconv.Atoi(s); err != nil { limit = n }   // the result is used on failure only
//	if err == nil { return v, err }; return v, nil           // both outcomes are told as success
func (s *stale) inverted() {
	ast.Inspect(s.f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			s.usedOnFailure(n)
		case *ast.BlockStmt:
			for i := range n.List {
				if i > 0 {
					s.bothSucceed(n.List[i-1], n.List[i])
				}
				s.usedPastFailure(n.List, i)
			}
		}
		return true
	})
}

// usedOnFailure judges an if statement that declares a result and its error.
func (s *stale) usedOnFailure(n *ast.IfStmt) {
	init, ok := n.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 2 || len(init.Rhs) != 1 || n.Else != nil || len(n.Body.List) != 1 {
		return
	}
	result, err := s.defined(init.Lhs[0]), s.comparedWithNil(n.Cond, token.NEQ)
	if result == nil || err == nil || s.defined(init.Lhs[1]) != err {
		return
	}
	call, ok := ast.Unparen(init.Rhs[0]).(*ast.CallExpr)
	if !ok || s.fl.known.ErrorResult(call) != 1 || s.fl.known.Kind(call)&known.Write != 0 {
		return
	}
	set, ok := n.Body.List[0].(*ast.AssignStmt)
	if !ok || set.Tok != token.ASSIGN || len(set.Rhs) != 1 || !mentions(s.fl.info, set.Rhs[0], result) || mentions(s.fl.info, set, err) {
		return
	}
	s.wrongWay(n.Cond, err)
}

// bothSucceed judges an if statement and the statement behind it.
func (s *stale) bothSucceed(first, next ast.Stmt) {
	n, ok := first.(*ast.IfStmt)
	if !ok || n.Else != nil || len(n.Body.List) != 1 {
		return
	}
	err := s.comparedWithNil(n.Cond, token.EQL)
	inner, ok := n.Body.List[0].(*ast.ReturnStmt)
	after, ok2 := next.(*ast.ReturnStmt)
	if err == nil || !ok || !ok2 || len(s.f.errs) != 1 || len(inner.Results) != len(after.Results) || len(inner.Results) <= s.f.errs[0] {
		return
	}
	id, ok := ast.Unparen(inner.Results[s.f.errs[0]]).(*ast.Ident)
	if ok && s.fl.info.Uses[id] == err && s.fl.info.Types[after.Results[s.f.errs[0]]].IsNil() {
		s.wrongWay(n.Cond, err)
	}
}

// usedPastFailure judges an if statement whose branch for success leaves without what the call gave, while what
// stands behind it, where the call has failed, uses it:
//
//	var l Level
//	if err := l.Set(text); err == nil {
//		return Info
//	}
//	return l
func (s *stale) usedPastFailure(list []ast.Stmt, at int) {
	n, ok := list[at].(*ast.IfStmt)
	if !ok || n.Else != nil || at+1 == len(list) || !leaves(n.Body) {
		return
	}
	err := s.comparedWithNil(n.Cond, token.EQL)
	init, ok := n.Init.(*ast.AssignStmt)
	if err == nil || !ok || len(init.Lhs) != 1 || len(init.Rhs) != 1 || s.defined(init.Lhs[0]) != err {
		return
	}
	call, ok := ast.Unparen(init.Rhs[0]).(*ast.CallExpr)
	if !ok || at == 0 {
		return
	}
	decl, ok := list[at-1].(*ast.DeclStmt) // nothing else has given the variable anything
	if !ok {
		return
	}
	for _, v := range s.outputs(call) {
		if within(span{v.Pos(), v.Pos()}, decl) && !mentions(s.fl.info, n.Body, v) && s.readsValue(list[at+1], v) && !mentions(s.fl.info, list[at+1], err) {
			s.wrongWay(n.Cond, err)
			return
		}
	}
}

// readsValue reports whether a statement reads what is in v: to hand &v to a call is to have it filled.
func (s *stale) readsValue(n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				return false
			}
		case *ast.Ident:
			found = found || s.fl.info.Uses[n] == v
		}
		return !found
	})
	return found
}

// outputs lists the variables that a call is handed to fill: v in f(&v), and in v.Set(x) if Set takes a pointer.
func (s *stale) outputs(call *ast.CallExpr) (vars []*types.Var) {
	add := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			if v, ok := s.fl.info.Uses[id].(*types.Var); ok {
				vars = append(vars, v)
			}
		}
	}
	for _, a := range call.Args {
		if u, ok := ast.Unparen(a).(*ast.UnaryExpr); ok && u.Op == token.AND {
			add(u.X)
		}
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if m := s.fl.info.Selections[sel]; m != nil && m.Kind() == types.MethodVal && !types.IsInterface(m.Recv()) {
			recv := m.Obj().(*types.Func).Signature().Recv()
			_, byPointer := recv.Type().(*types.Pointer)
			if _, is := m.Recv().(*types.Pointer); byPointer && !is {
				add(sel.X)
			}
		}
	}
	return vars
}

func (s *stale) wrongWay(cond ast.Expr, err *types.Var) {
	p := s.f.g.byVar[err]
	if p == nil || p.shared {
		return
	}
	l := &Loss{Case: CaseWrongWay, At: cond}
	s.add(l, p, nil, Tested)
	for _, v := range s.f.values {
		if v.home == p && v.Node.Pos() < cond.Pos() {
			l.instead = v
		}
	}
}

func (s *stale) defined(e ast.Expr) *types.Var {
	id, ok := e.(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := s.fl.info.Defs[id].(*types.Var)
	return v
}

// comparedWithNil returns the variable that a condition compares with nil by op.
func (s *stale) comparedWithNil(cond ast.Expr, op token.Token) *types.Var {
	x, equal := known.WithNil(s.fl.info, cond)
	id, ok := x.(*ast.Ident)
	if !ok || equal != (op == token.EQL) {
		return nil
	}
	v, _ := s.fl.info.Uses[id].(*types.Var)
	if v == nil || !isError(v.Type()) {
		return nil
	}
	return v
}
