package known

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// Where prints go.

// onTerminal reports whether a call is handed os.Stdout or os.Stderr, or is made on one of them: whatever it
// does there is printing.
func (x *Index) onTerminal(call *ast.CallExpr) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && x.terminal(sel.X) {
		return true
	}
	return slices.ContainsFunc(call.Args, x.terminal)
}

// Terminal reports whether a call prints to the terminal: fmt.Print and its like, and the builtin print. What is
// written to os.Stderr is a log, if a poor one.
func (x *Index) Terminal(call *ast.CallExpr) bool {
	if name := x.Builtin(call); name != "" {
		return name == "print" || name == "println"
	}
	fn := x.Callee(call)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "fmt" && strings.HasPrefix(fn.Name(), "Print")
}

// InMemory reports whether e is a buffer of the standard library's: what is printed there is kept as text.
func (x *Index) InMemory(e ast.Expr) bool {
	switch obj := typeName(x.info.TypeOf(e)); {
	case obj == nil || obj.Pkg() == nil:
		return false
	case obj.Pkg().Path() == "bytes":
		return obj.Name() == "Buffer"
	default:
		return obj.Pkg().Path() == "strings" && obj.Name() == "Builder"
	}
}

func (x *Index) terminal(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		v, ok := x.info.Uses[e.Sel].(*types.Var)
		return ok && v.Pkg() != nil && v.Pkg().Path() == "os" && (v.Name() == "Stdout" || v.Name() == "Stderr")
	case *ast.Ident: // a writer named after one of them stands for it, so that tests can look
		v, ok := x.info.Uses[e].(*types.Var)
		return ok && (v.Name() == "stdout" || v.Name() == "stderr") && isWriter(v.Type())
	}
	return false
}
