package errflow

import (
	"go/ast"
	"go/types"
	"regexp"
)

// What success in the place of a failure may mean: that there is nothing here, or nobody to tell.

// refusesOnly reports whether all that the failed function of this package fails by are refusals of its own: errors
// that it makes on the spot and that hold no other, or names. It asks nothing that can fail, so that no failure hides
// behind them: each is an answer to the question whether it can go on.
func (fl *Flow) refusesOnly(v *Value) bool {
	if v.Call == nil || v.Callee == nil {
		return false
	}
	d, i := fl.declOf(v.Callee), fl.known.ErrorResult(v.Call)
	if d == nil || i < 0 {
		return false
	}
	only, times := true, 0
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			only = false // what it gives may be another's
		case *ast.CallExpr:
			if fl.known.ErrorResult(n) >= 0 && !fl.makesNew(n) {
				_, never := fl.known.Infallible(n)
				only = only && never
			}
		case *ast.ReturnStmt:
			if len(n.Results) <= i {
				only = false
				break
			}
			switch e := ast.Unparen(n.Results[i]).(type) {
			case *ast.CallExpr:
				only = only && fl.makesNew(e)
				times++
			default:
				if fl.info.Types[e].IsNil() {
					break
				}
				_, named := fl.known.Sentinel(e)
				only = only && named
				times++
			}
		}
		return only
	})
	return only && times > 0
}

// makesNew reports whether a call makes an error of which no other is a part.
func (fl *Flow) makesNew(call *ast.CallExpr) bool {
	if !fl.known.AlwaysFails(call) {
		return false
	}
	for _, a := range call.Args {
		if t := fl.info.TypeOf(a); t != nil && types.Implements(t, errorType.Underlying().(*types.Interface)) {
			return false
		}
	}
	return true
}

// forEach matches the names of functions that call what they are handed for one thing after the other.
var forEach = regexp.MustCompile(`(?i)walk|range|each|iter|visit|scan`)

// passesOver reports whether v fails in a function literal that is called for one thing after the other, and success
// means to pass over this one: what failed only judges what the literal was given, or nobody takes what the walk
// gives, so that to fail would end it and tell nobody.
func (fl *Flow) passesOver(v *Value) bool {
	lit, ok := v.Func.Node.(*ast.FuncLit)
	if !ok || v.Call == nil {
		return false
	}
	cur, ok := fl.cursor(lit)
	if !ok {
		return false
	}
	walk, ok := cur.Parent().Node().(*ast.CallExpr)
	if !ok || walk.Fun == lit {
		return false
	}
	if fl.givenAway(walk) && fl.onGiven(v) {
		return true
	}
	return forEach.MatchString(lastName(walk.Fun)) && fl.known.Judges(v.Call) && fl.onGiven(v)
}

// onGiven reports whether v's call is given something of what its function was given.
func (fl *Flow) onGiven(v *Value) bool {
	for p := range v.Func.Sig.Params().Variables() {
		for _, a := range v.Call.Args {
			if !isContext(p.Type()) && mentions(fl.info, a, p) {
				return true
			}
		}
	}
	return false
}
