package errflow

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
)

// What the failed function has done itself by the time its error comes.

// tellsItself reports whether the failed function tells of its failure before it gives it back: it was handed
// what answers the client, or it tells of each, or it is one of this package and logs.
func (fl *Flow) tellsItself(v *Value) bool {
	if v.Call == nil {
		return false
	}
	for _, a := range v.Call.Args {
		if t, ok := types.Unalias(fl.info.TypeOf(a)).(*types.Named); ok && t.Obj().Pkg() != nil && t.Obj().Pkg().Path() == "net/http" && t.Obj().Name() == "ResponseWriter" {
			return true
		}
	}
	if fl.tellsEach(v) {
		return true
	}
	if body := fl.bodyOfCallee(v); body != nil {
		return fl.logsWithin(body)
	}
	if v.Callee == nil || v.Callee.Name() != "Wait" {
		return false
	}
	// What a group gives back is the error of one of its functions, which stand here.
	for _, lit := range v.Func.lits {
		if fl.logsWithin(lit.Body) {
			return true
		}
	}
	return false
}

func (fl *Flow) logsWithin(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && fl.known.Kind(call)&known.Log != 0 {
			found = true
		}
		return !found
	})
	return found
}

// speaks reports whether the failed function, though it gives some of its failures back in silence, tells of others: it,
// or a function literal that it is handed, gives an error to what logs it, at whatever level. A caller who drops what is
// left knows that whoever reads the log is not left without a word.
func (fl *Flow) speaks(v *Value) bool {
	if slices.ContainsFunc(v.Call.Args, func(a ast.Expr) bool {
		lit, ok := ast.Unparen(a).(*ast.FuncLit)
		return ok && fl.logsErrorWithin(lit.Body)
	}) {
		return true
	}
	body := fl.bodyOfCallee(v)
	return body != nil && fl.logsErrorWithin(body)
}

// logsErrorWithin reports whether a body hands an error to what logs it: to what known knows for that, or else by a
// statement that does nothing but call what is named so, as the helpers are by which a program writes to a log of its own.
func (fl *Flow) logsErrorWithin(body ast.Node) bool {
	found := false
	var alone ast.Expr
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ExprStmt:
			alone = ast.Unparen(n.X)
		case *ast.CallExpr:
			logs := fl.known.Kind(n)&known.Log != 0 || n == alone && namedForLogs(lastName(n.Fun))
			for i, a := range n.Args {
				found = found || fl.holdsError(a) && (logs || fl.known.Arg(n, i)&known.Logs != 0)
			}
		}
		return !found
	})
	return found
}

// bodyOfCallee returns the body of the failed function if it is declared in this package.
func (fl *Flow) bodyOfCallee(v *Value) *ast.BlockStmt {
	if v.Callee == nil {
		return fl.closureOf(v)
	}
	return fl.declaredBody(v.Callee)
}

// declaredBody returns the body of a function if it is declared in this package and has to do with errors.
func (fl *Flow) declaredBody(fn *types.Func) *ast.BlockStmt {
	if fn.Pkg() != fl.pkg {
		return nil
	}
	if fl.bodies == nil {
		fl.bodies = map[*types.Func]*ast.BlockStmt{}
		for _, f := range fl.funcs {
			if f.Obj != nil {
				fl.bodies[f.Obj] = f.Body
			}
		}
	}
	return fl.bodies[fn.Origin()]
}

// closureOf returns the body of the function literal that a local function variable is given, if the failed
// call is one of it.
func (fl *Flow) closureOf(v *Value) *ast.BlockStmt {
	id, ok := ast.Unparen(v.Call.Fun).(*ast.Ident)
	if !ok {
		return nil
	}
	var body *ast.BlockStmt
	obj := fl.info.Uses[id]
	ast.Inspect(v.Func.Top().Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.AssignStmt); ok && len(s.Lhs) == len(s.Rhs) {
			for i, l := range s.Lhs {
				if l, ok := l.(*ast.Ident); ok && fl.info.ObjectOf(l) == obj {
					if lit, ok := ast.Unparen(s.Rhs[i]).(*ast.FuncLit); ok {
						body = lit.Body
					}
				}
			}
		}
		return body == nil
	})
	return body
}
