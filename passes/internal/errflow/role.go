package errflow

import (
	"go/ast"
	"go/types"
	"strings"
)

func (fl *Flow) roleOf(d *ast.FuncDecl, obj *types.Func, inTest bool) Role {
	name := d.Name.Name
	switch {
	case d.Recv == nil && name == "main" && obj.Pkg().Name() == "main":
		return Main
	case d.Recv == nil && name == "init":
		return Init
	case inTest && d.Recv == nil && takesTest(obj.Signature()):
		return Test
	case isCommand(obj.Signature()):
		return Main
	case IsHandler(obj.Signature()), fl.known.Contract(obj).Boundary:
		return Boundary
	}
	return Plain
}

// roleOfDecl is roleOf for a function that is in no test file, and may have nothing to do with errors.
func (fl *Flow) roleOfDecl(d *ast.FuncDecl) Role {
	obj, ok := fl.info.Defs[d.Name].(*types.Func)
	if !ok {
		return Plain // does not type-check
	}
	return fl.roleOf(d, obj, false)
}

func takesTest(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		t := v.Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if n, ok := t.(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "testing" {
			return true
		}
	}
	return false
}

// roleOfLit says who calls a function literal that is handed on or kept.
func roleOfLit(sig *types.Signature) Role {
	switch {
	case IsHandler(sig):
		return Boundary
	case isCommand(sig):
		return Main
	}
	return Callback
}

// isCommand recognises the handlers of frameworks for commands, by what they are given and that they give an error:
// those of cobra, urfave/cli and kingpin. The framework calls one of them, and ends the program with what it gives.
func isCommand(sig *types.Signature) bool {
	if sig == nil || sig.Results().Len() != 1 || !isError(sig.Results().At(0).Type()) {
		return false
	}
	is := func(i int, path, name string) bool {
		p, ok := types.Unalias(sig.Params().At(i).Type()).(*types.Pointer)
		if !ok {
			return false
		}
		n, ok := types.Unalias(p.Elem()).(*types.Named)
		return ok && n.Obj().Pkg() != nil && n.Obj().Name() == name && (n.Obj().Pkg().Path() == path || strings.HasPrefix(n.Obj().Pkg().Path(), path+"/v"))
	}
	switch sig.Params().Len() {
	case 1:
		return is(0, "github.com/urfave/cli", "Context") || is(0, "github.com/alecthomas/kingpin", "ParseContext")
	case 2:
		return is(0, "github.com/spf13/cobra", "Command") || isContext(sig.Params().At(0).Type()) && is(1, "github.com/urfave/cli", "Command")
	}
	return false
}

// IsHandler reports whether sig is that of a net/http handler.
func IsHandler(sig *types.Signature) bool {
	if sig == nil || sig.Params().Len() != 2 || sig.Results().Len() != 0 {
		return false
	}
	w, ok := sig.Params().At(0).Type().(*types.Named)
	return ok && w.Obj().Pkg() != nil && w.Obj().Pkg().Path() == "net/http" && w.Obj().Name() == "ResponseWriter"
}

// onlyCalled reports whether a local function variable is given one literal and otherwise only called.
func (fl *Flow) onlyCalled(top *Func, v *types.Var) bool {
	if v == nil || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return false
	}
	if fl.onlyUse == nil {
		fl.onlyUse = map[*types.Var]bool{}
	}
	if ok, known := fl.onlyUse[v]; known {
		return ok
	}
	defs := 0
	ok := true
	var calls = map[*ast.Ident]bool{}
	ast.Inspect(top.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if id, is := ast.Unparen(n.Fun).(*ast.Ident); is {
				calls[id] = true
			}
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if id, is := l.(*ast.Ident); is && fl.info.ObjectOf(id) == v {
					defs++
					calls[id] = true
				}
			}
		case *ast.GoStmt:
			if id, is := ast.Unparen(n.Call.Fun).(*ast.Ident); is && fl.info.Uses[id] == v {
				ok = false
			}
		case *ast.Ident:
			if fl.info.Uses[n] == v && !calls[n] {
				ok = false
			}
		case *ast.FuncLit:
			if inside(n, v, fl.info) {
				ok = false // called from within another closure, perhaps itself
			}
		}
		return ok
	})
	ok = ok && defs == 1
	fl.onlyUse[v] = ok
	return ok
}

func inside(lit *ast.FuncLit, v *types.Var, info *types.Info) bool {
	if lit.Pos() <= v.Pos() && v.Pos() < lit.End() {
		return false
	}
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}
