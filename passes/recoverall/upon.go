package recoverall

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// upon notes what is done in the branch taken where there was a panic: what is called there, or set, may be how
// others learn of it.
func (t *trail) upon(branch inspector.Cursor) {
	n, know := t.fn.Node(), t.flow.Known()
	for cur := range branch.ChildAt(edge.IfStmt_Body, -1).Preorder((*ast.CallExpr)(nil), (*ast.SendStmt)(nil), (*ast.AssignStmt)(nil), (*ast.IncDecStmt)(nil)) {
		switch s := cur.Node().(type) {
		case *ast.CallExpr:
			kind := know.Kind(s)
			if _, alone := cur.Parent().Node().(*ast.ExprStmt); alone && t.record == nil && (kind&known.Log != 0 || t.says(s)) {
				t.record = s
			}
			t.acts = t.acts || t.builtin(s) == "" && !t.info.Types[s.Fun].IsType() && kind&(known.Close|known.Remove|known.Rollback|known.Print) == 0
		case *ast.AssignStmt:
			for _, lhs := range s.Lhs {
				v, ok := t.info.ObjectOf(rootIdent(lhs)).(*types.Var)
				t.acts = t.acts || !ok
				if ok && (v.Pos() < n.Pos() || n.End() <= v.Pos()) && t.place.any(func(host, _ inspector.Cursor) bool { return isResult(t.signature(host.Node()), v) }) {
					t.answered = true
				}
			}
		default:
			t.acts = true
		}
	}
}

// says reports whether a call of a declared function is given a text for people: more than one word.
func (t *trail) says(call *ast.CallExpr) bool {
	return t.flow.Known().Callee(call) != nil && slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		v := t.info.Types[a].Value
		return v != nil && v.Kind() == constant.String && strings.Contains(constant.StringVal(v), " ")
	})
}

// optional reports whether a switch decides about the recover: it, or the statement that defers its function, stands
// in a branch of a condition on something else, or behind one that leaves.
func (t *trail) optional(call inspector.Cursor) bool {
	if t.place.any(func(_, d inspector.Cursor) bool { _, ok := d.Parent().Parent().Node().(*ast.IfStmt); return ok }) {
		return true
	}
	for s := range call.Enclosing((*ast.IfStmt)(nil), (*ast.BlockStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := s.Node().(type) {
		case *ast.IfStmt:
			if n.Body.Pos() < call.Node().Pos() {
				return true
			}
		case *ast.BlockStmt:
			for _, stmt := range n.List {
				if stmt.End() > call.Node().Pos() {
					break
				}
				if b, ok := stmt.(*ast.IfStmt); ok && b.Else == nil && len(b.Body.List) == 1 {
					if _, leaves := b.Body.List[0].(*ast.ReturnStmt); leaves {
						return true
					}
				}
			}
		default:
			return false
		}
	}
	return false
}
