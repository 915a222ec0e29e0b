package known

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/cfg"
)

// closureTells gives what a bool result of a local function says about an error argument, as [Index.PredicateResult]
// does for others:
//
//	failed := func(err error) bool {
//		if err != nil {
//			pipe.CloseWithError(err)
//			return true
//		}
//		return false
//	}
func (x *Index) closureTells(call *ast.CallExpr, result int) (Tell, bool) {
	t := x.info.TypeOf(call)
	if t == nil || !types.Identical(t.Underlying(), types.Typ[types.Bool]) {
		return Tell{}, false // most calls of closures give something else
	}
	lit := x.literal(call.Fun)
	if lit == nil || x.inferred == nil {
		return Tell{}, false
	}
	known, met := x.closured.Load(lit)
	if !met {
		s := new(Summary)
		if sig, ok := x.info.TypeOf(lit).(*types.Signature); ok {
			if w := x.inferred.walkOf(sig, lit.Body, func() *cfg.CFG { return x.flow.FuncLit(lit) }); w != nil {
				w.arguments(s)
			}
		}
		known = s.Tells
		x.closured.Store(lit, known)
	}
	for _, t := range known.([]Tell) {
		if t.Result == result {
			return t, true
		}
	}
	return Tell{}, false
}

// HandsOn reports whether a local function that is called does more with an argument than to compare it with nil.
func (x *Index) HandsOn(call *ast.CallExpr, i int) bool {
	lit := x.literal(call.Fun)
	if lit == nil {
		return false
	}
	sig, ok := x.info.TypeOf(lit).(*types.Signature)
	if !ok || i >= sig.Params().Len() {
		return false
	}
	p, more := sig.Params().At(i), false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			compared, _ := WithNil(x.info, n)
			return compared == nil
		case *ast.Ident:
			more = more || x.info.Uses[n] == p
		}
		return !more
	})
	return more
}
