package errflow

import (
	"go/ast"
	"go/types"
	"slices"
)

// roundTrip reports whether a call takes apart a text that the program made: what a String method gave, or the key of a
// map, which was put there by the program itself.
func (fl *Flow) roundTrip(v *Value) bool {
	return v.Call != nil && fl.known.Judges(v.Call) && slices.ContainsFunc(v.Call.Args, func(a ast.Expr) bool {
		switch a := ast.Unparen(a).(type) {
		case *ast.CallExpr:
			return len(a.Args) == 0 && lastName(a.Fun) == "String"
		case *ast.Ident:
			p, ok := fl.info.Uses[a].(*types.Var)
			if !ok {
				return false
			}
			def := fl.known.Definition(p)
			return def != nil && len(def.Args) == 0 && lastName(def.Fun) == "String" || fl.isKey(p, v)
		}
		return false
	})
}

// isKey reports whether p is the key of a loop over a map around v's birth.
func (fl *Flow) isKey(p *types.Var, v *Value) bool {
	cur, ok := fl.cursor(v.Node)
	if !ok {
		return false
	}
	for c := range cur.Enclosing((*ast.RangeStmt)(nil)) {
		r := c.Node().(*ast.RangeStmt)
		if r.Key == nil || !fl.names(r.Key, p) {
			continue
		}
		_, isMap := fl.info.TypeOf(r.X).Underlying().(*types.Map)
		return isMap
	}
	return false
}
