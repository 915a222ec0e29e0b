package errflow

import (
	"go/ast"
	"go/types"
	"slices"
)

// loopAround returns the innermost loop of v's function around its birth, or nil.
func (fl *Flow) loopAround(v *Value) ast.Node {
	cur, ok := fl.cursor(v.Node)
	if !ok {
		return nil
	}
	for c := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch c.Node().(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return c.Node()
		}
		return nil
	}
	return nil
}

// onceOnly reports whether v is born under one constant of a switch, the only place of its loop where v's variable is
// assigned: the switch tells the members of one thing apart, and each comes once.
//
//	for key := r.Next(); key != ""; key = r.Next() {
//		switch key {
//		case "name":
//			name, err = r.Text()
func (fl *Flow) onceOnly(v *Value) bool {
	home, loop := v.homeVar(), fl.loopAround(v)
	cur, ok := fl.cursor(v.Node)
	if home == nil || loop == nil || !ok {
		return false
	}
	var clause *ast.CaseClause
	for c := range cur.Enclosing((*ast.CaseClause)(nil), (*ast.SwitchStmt)(nil)) {
		switch n := c.Node().(type) {
		case *ast.CaseClause:
			clause = n
			continue
		case *ast.SwitchStmt:
			if n.Tag == nil || !within(n, loop) {
				clause = nil
			}
		}
		break
	}
	if clause == nil || len(clause.List) != 1 || fl.info.Types[clause.List[0]].Value == nil {
		return false
	}
	elsewhere := false
	ast.Inspect(loop, func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		elsewhere = elsewhere || ok && !within(s, clause) && fl.sets(s, home)
		return !elsewhere
	})
	return !elsewhere
}

// turnsFor reports whether a condition around e asks how many things a loop is for in which v is assigned: then the loop
// has a turn, and v something in it.
//
//	if n := len(rejected); n > 1 {
//		var all *Errors
//		for _, r := range rejected {
//			all = join(all, r)
//		}
//		return all
func (fl *Flow) turnsFor(e ast.Expr, v *types.Var) bool {
	cur, ok := fl.cursor(e)
	if !ok || v == nil {
		return false
	}
	for c := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		ifs, ok := c.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		turns := false
		ast.Inspect(ifs, func(n ast.Node) bool {
			loop, ok := n.(*ast.RangeStmt)
			if ok && slices.ContainsFunc(loop.Body.List, func(s ast.Stmt) bool { return fl.sets(s, v) }) {
				counted := func(n ast.Node) bool { return fl.countsOf(n, types.ExprString(loop.X)) }
				turns = turns || counted(ifs.Cond) || ifs.Init != nil && counted(ifs.Init)
			}
			return !turns
		})
		if turns {
			return true
		}
	}
	return false
}

// sets reports whether a statement assigns v.
func (fl *Flow) sets(s ast.Stmt, v *types.Var) bool {
	a, ok := s.(*ast.AssignStmt)
	return ok && slices.ContainsFunc(a.Lhs, func(l ast.Expr) bool { return fl.names(l, v) })
}

// countsOf reports whether n asks for the length of what is written as x.
func (fl *Flow) countsOf(n ast.Node, x string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		found = found || ok && fl.known.Builtin(call) == "len" && types.ExprString(call.Args[0]) == x
		return !found
	})
	return found
}
