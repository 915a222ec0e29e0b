package known

import (
	"go/ast"
	"go/types"
)

// What a call is for.

// Kind says what the callee is for.
func (x *Index) Kind(call *ast.CallExpr) Kind {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return kindOfValue(call)
	}
	k := x.kind(s, call)
	if k&Log != 0 && !x.mentionsError(call) {
		k |= LogNoError
	}
	return k
}

func (x *Index) kind(s *subject, call *ast.CallExpr) Kind {
	causes := x.causes(s)
	if l, _ := x.lookup(s, call, kinds, nil); l != nil {
		return l.kind | causes
	}
	if sum := x.summaries[s.fn]; sum != nil && sum.Kind&^beside != 0 {
		return sum.Kind
	}
	return kindByShape(s.fn) | causes
}

// beside are the kinds that a function has beside what it is for.
const beside = Verdict | Outside | Reports

// causes gives the kinds that say by what a function fails, and what it tells of that, which do not stand in the way of what else it is for:
// those who write a line about the one need not know the other.
func (x *Index) causes(s *subject) Kind {
	var k Kind
	for _, l := range s.table {
		if l.aspect == kinds {
			k |= l.kind
		}
	}
	if sum := x.summaries[s.fn]; sum != nil {
		k |= sum.Kind
	}
	return k & beside
}

// mentionsError reports whether an error is among the arguments of a logging
// call or of the chain of calls it ends.
func (x *Index) mentionsError(call *ast.CallExpr) bool {
	found := false
	seen := map[*ast.CallExpr]bool{}
	var visit func(call *ast.CallExpr)
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case ast.Expr:
			if t := x.info.TypeOf(n); t != nil && !x.info.Types[n].IsNil() && implementsError(t) {
				found = true
			}
		}
		return !found
	}
	visit = func(call *ast.CallExpr) {
		if seen[call] {
			return
		}
		seen[call] = true
		for _, arg := range call.Args {
			ast.Inspect(arg, look)
		}
		if origin := x.origin(receiver(call)); origin != nil && !found {
			visit(origin)
		}
	}
	visit(call)
	return found
}

func implementsError(t types.Type) bool {
	if isError(t) {
		return true
	}
	return types.Implements(t, errorType.Underlying().(*types.Interface))
}
