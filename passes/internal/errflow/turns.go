package errflow

import (
	"go/ast"
	"go/types"
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

// isVar reports whether e is a variable by its name.
func (fl *Flow) isVar(e ast.Expr, v *types.Var) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && fl.info.ObjectOf(id) == v
}

// claimTurns leaves the first of several losses in one loop where the next turn overwrites one variable: to look at that
// once, behind all of them, mends them together.
func (fl *Flow) claimTurns() {
	type turn struct {
		home *types.Var
		loop ast.Node
	}
	first := map[turn]*Loss{}
	kept := fl.losses[Overwrites][:0]
	for _, l := range fl.losses[Overwrites] {
		if t := (turn{l.Value.homeVar(), fl.loopAround(l.Value)}); l.Case == CaseLastTurn && !l.Strict && t.home != nil && t.loop != nil {
			if f := first[t]; f != nil {
				f.Several = true
				continue
			}
			first[t] = l
		}
		kept = append(kept, l)
	}
	fl.losses[Overwrites] = kept
}
