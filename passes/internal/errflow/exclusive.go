package errflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// exclusive reports whether a and b stand in the bodies of two ifs that compare the same thing with different
// constants: no path comes to both, although the graph has one.
func (fl *Flow) exclusive(a, b ast.Node) bool {
	for _, x := range fl.compared(a) {
		for _, y := range fl.compared(b) {
			if x.what == y.what && !constant.Compare(x.with, token.EQL, y.with) {
				return true
			}
		}
	}
	return false
}

// A comparison is what an if around a node found equal to a constant.
type comparison struct {
	what string
	with constant.Value
}

// compared lists what the ifs around n, in whose bodies it stands, found equal to constants.
func (fl *Flow) compared(n ast.Node) []comparison {
	cur, ok := fl.cursor(n)
	if !ok {
		return nil
	}
	var list []comparison
	for c := range cur.Enclosing((*ast.IfStmt)(nil)) {
		s := c.Node().(*ast.IfStmt)
		if !within(n, s.Body) {
			continue
		}
		if b, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr); ok && b.Op == token.EQL {
			if v := fl.info.Types[b.Y].Value; v != nil {
				list = append(list, comparison{types.ExprString(b.X), v})
			}
		}
	}
	return list
}
