package errflow

import (
	"go/ast"
	"go/types"
)

// onlyNoted reports whether all that the branch for v's failure does is to set what the branch for its success sets as
// well, a field that the next call, whose error takes the place of this one, hands on, and whether the function returns
// that: then whoever reads the field learns that something failed, and the caller that all went well. It is no other way
// of doing the same, since it is gone either way.
//
//	if err = add(rule); err != nil {
//		rule.Status = "failed"
//	} else {
//		rule.Status = "applied"
//	}
//	if err = save(rule); err != nil {
//		log.Print(err)
//	}
//	return err
func (fl *Flow) onlyNoted(v *Value, e *End) bool {
	next := e.op.val
	ifs, ok := e.test.(*ast.IfStmt)
	if !ok || next == nil || next.Call == nil || v.home == nil || v.home.v == nil || e.op.p != v.home || e.Acts&(Unmatched|Conditional) != 0 || next.Call.Pos() < ifs.End() {
		return false
	}
	failed, ok := e.Handler.(*ast.BlockStmt)
	other, both := ifs.Else.(*ast.BlockStmt)
	if !ok || !both {
		return false
	}
	if failed == other {
		other = ifs.Body
	}
	set := fl.fieldsSet(failed)
	if len(set) == 0 || len(set) != len(failed.List) {
		return false
	}
	again := fl.fieldsSet(other)
	for text, root := range set {
		if again[text] != root || !mentions(fl.info, next.Call, root) {
			return false
		}
	}
	return fl.sameList(ifs, next.Call) && fl.returnsLater(v.Func, v.home.v, next.Call)
}

// fieldsSet gives the fields of local variables that the statements of a block itself set, with these variables.
func (fl *Flow) fieldsSet(block *ast.BlockStmt) map[string]*types.Var {
	set := map[string]*types.Var{}
	for _, s := range block.List {
		assign, ok := s.(*ast.AssignStmt)
		if !ok || len(assign.Lhs) != 1 {
			continue
		}
		if sel, ok := ast.Unparen(assign.Lhs[0]).(*ast.SelectorExpr); ok {
			if root := rootVar(fl.info, sel); root != nil {
				set[types.ExprString(sel)] = root
			}
		}
	}
	return set
}

// sameList reports whether a call stands behind a statement in the same list, be it in the head of a statement.
func (fl *Flow) sameList(s ast.Stmt, call *ast.CallExpr) bool {
	cur, ok := fl.cursor(s)
	if !ok {
		return false
	}
	for next, ok := cur.NextSibling(); ok; next, ok = next.NextSibling() {
		if !within(call, next.Node()) {
			continue
		}
		switch n := next.Node().(type) {
		case *ast.AssignStmt:
			return true
		case *ast.IfStmt:
			return n.Init != nil && within(call, n.Init)
		}
		return false
	}
	return false
}

// returnsLater reports whether f returns a variable by a statement behind a call.
func (fl *Flow) returnsLater(f *Func, err *types.Var, call *ast.CallExpr) bool {
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if _, lit := n.(*ast.FuncLit); lit {
			return false
		}
		r, ok := n.(*ast.ReturnStmt)
		if !ok || r.Pos() < call.End() {
			return !found
		}
		for _, x := range r.Results {
			found = found || fl.variable(x) == err
		}
		return !found
	})
	return found
}
