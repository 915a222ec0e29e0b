package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// verdict reports whether a function that can fail does so only over what it is given: its arguments, and what its
// receiver holds. It makes its errors itself, and whatever it calls either cannot fail or is such a function too, so
// no file, peer, process or point in time has a part in it. Whether such a call fails is settled by the code around
// it, as with a parser that is given a constant.
func (f *inference) verdict(d *declaration, s *Summary) bool {
	sig := d.fn.Signature()
	if s.Infallible || s.Through != 0 || failure(sig) < 0 {
		return false
	}
	for p := range sig.Params().Variables() {
		if implementsError(p.Type()) {
			return false // it may be that one
		}
	}
	for i := range d.sites {
		if !f.onlyJudges(&d.sites[i]) {
			return false
		}
	}
	return !f.reachesOut(d.syntax.Body)
}

// reachesOut reports whether something outside of what a function is given can have a part in its errors: the time,
// another goroutine, a panic, or an error that was kept somewhere before.
func (f *inference) reachesOut(body *ast.BlockStmt) bool {
	out := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectStmt, *ast.GoStmt:
			out = true
		case *ast.UnaryExpr:
			out = out || n.Op == token.ARROW || n.Op == token.AND && f.holdsError(n.X)
		case *ast.RangeStmt:
			if t := f.info.TypeOf(n.X); t != nil {
				_, channel := t.Underlying().(*types.Chan)
				out = out || channel
			}
		case *ast.SelectorExpr:
			out = out || f.holdsError(n) && !f.isSentinel(f.info.Uses[n.Sel])
		case *ast.TypeAssertExpr:
			out = out || n.Type != nil && f.holdsError(n.Type)
		case *ast.IndexExpr:
			out = out || f.holdsError(n)
		case *ast.CallExpr:
			out = out || f.Builtin(n) == "recover"
		}
		return !out
	})
	return out
}

func (f *inference) holdsError(e ast.Expr) bool {
	t := f.info.TypeOf(e)
	return t != nil && isError(t)
}

// onlyJudges reports whether a call, if it can fail, does so only over what it is given.
func (f *inference) onlyJudges(site *Site) bool {
	sub, call := site.sub, site.Call
	if f.info.Types[call.Fun].IsType() {
		return true
	}
	t := f.info.TypeOf(call.Fun)
	if t == nil {
		return false
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || failure(sig) < 0 {
		return true // a builtin, or no error to hand on
	}
	if _, lit := ast.Unparen(call.Fun).(*ast.FuncLit); lit {
		return true // its calls are among those of the function
	}
	if sub == nil {
		return false
	}
	if f.pending[sub.fn] || f.kind(sub, call)&Verdict != 0 || makesErrors(sub.fn) {
		return true
	}
	if _, never := f.infallible(sub, call); never {
		return true
	}
	if _, follows := f.follows(sub, call); follows {
		return true
	}
	recv := sub.fn.Signature().Recv()
	return (recv == nil || !types.IsInterface(recv.Type())) && fromText(sub.fn)
}

// makesErrors reports whether fn is a function like errors.New or fmt.Errorf, of any package for errors.
func makesErrors(fn *types.Func) bool {
	if fn.Signature().Recv() != nil || fn.Signature().Results().Len() != 1 || fn.Pkg() == nil {
		return false
	}
	if fn.Pkg().Path() == "fmt" {
		return true
	}
	return strings.HasSuffix(fn.Pkg().Path(), "errors") && (fn.Name() == "New" || fn.Name() == "Errorf")
}

// failure gives the index of the last result that is an error, be its type a concrete one, or -1.
func failure(sig *types.Signature) int {
	for i := sig.Results().Len() - 1; i >= 0; i-- {
		if implementsError(sig.Results().At(i).Type()) {
			return i
		}
	}
	return -1
}
