package abruptexit

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
)

// excused reports whether there may be a reason to end the program, although the function could return the error.
func (c *checker) excused(x *errflow.Exit, v *errflow.Value) bool {
	switch {
	case c.pass.Pkg.Name() == "main", c.endsCommand(x), x.Func.Support, v.Origin != errflow.FromCall:
		return true
	case c.finishes[x.Func]: // its way to go
		return true
	case c.promised(x.Func), coding(v), !c.plainly(x.Call, v), c.invariant(x.Call, v), c.ownWay(x.Call):
		return true
	}
	return c.callersExit(x.Func) || c.tooLate(x, v)
}

// endsCommand reports whether an exit stands in the handler of a command, and nothing is deferred there before it: the
// command ends as it would in func main.
func (c *checker) endsCommand(x *errflow.Exit) bool {
	if x.Func.Role != errflow.Main {
		return false
	}
	cur, ok := c.root.FindNode(x.Call)
	if !ok {
		return false
	}
	for range c.deferred(cur) {
		return false
	}
	return true
}

// callersExit reports whether all that call a function of no use to other projects end the program on its error: the
// exit only comes earlier.
func (c *checker) callersExit(f *errflow.Func) bool {
	if f.Obj == nil || f.Obj.Exported() && !strings.Contains("/"+c.pass.Pkg.Path()+"/", "/internal/") {
		return false
	}
	for _, call := range c.calls[f.Obj] {
		if !c.fatal[call] {
			return false
		}
	}
	return len(c.calls[f.Obj]) > 0
}

// tooLate reports whether the receiver, or something it holds, was closed on the way to the exit, be it by the call that
// failed: whoever gets the error would go on with what works no more.
func (c *checker) tooLate(x *errflow.Exit, v *errflow.Value) bool {
	d, ok := x.Func.Top().Node.(*ast.FuncDecl)
	if !ok || d.Recv == nil || len(d.Recv.List[0].Names) == 0 {
		return false
	}
	recv := c.info.Defs[d.Recv.List[0].Names[0]]
	closes := func(n ast.Node) bool {
		found := false
		ast.Inspect(n, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && c.known.Kind(call)&known.Close != 0 {
				found = found || recv != nil && c.info.Uses[root(call.Fun)] == recv
			}
			_, lit := n.(*ast.FuncLit)
			return !found && !lit
		})
		return found
	}
	if v.Call != nil && closes(v.Call) {
		return true
	}
	cur, ok := c.root.FindNode(x.Call)
	for ok && isStmt(cur.Node()) || cur.Node() == x.Call {
		for s, before := cur.PrevSibling(); before && isStmt(s.Node()); s, before = s.PrevSibling() {
			switch s.Node().(type) {
			case *ast.ExprStmt, *ast.AssignStmt:
				if closes(s.Node()) {
					return true
				}
			}
		}
		cur = cur.Parent()
	}
	return false
}

// root returns the variable at the beginning of x.f.g, or nil.
func root(e ast.Expr) *ast.Ident {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// settled reports whether arguments hold what stands in the source: no parameter, and nothing that a call has given.
func (c *checker) settled(args []ast.Expr) bool {
	plain := true
	for _, a := range args {
		ast.Inspect(a, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				plain = plain && c.info.Types[n.Fun].IsType()
			case *ast.Ident:
				if v, ok := c.info.Uses[n].(*types.Var); ok && !v.IsField() {
					plain = plain && v.Kind() != types.ParamVar && v.Kind() != types.RecvVar && c.known.Definition(v) == nil
				}
			}
			return plain
		})
	}
	return plain
}
