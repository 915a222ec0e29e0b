package mend

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/report"
)

// quit is the remedy at the end of main, and in init, where nobody takes an error and nothing is logged: the program ends
// as the file's other failures end it. In init a panic is the custom.
func (m *Mender) quit(p Place) (*Remedy, bool) {
	fn, ok := p.File.Function(p.Path)
	if !ok {
		return nil, false
	}
	decl, ok := fn.Node.(*ast.FuncDecl)
	if !ok || decl.Recv != nil || p.Path[1] != ast.Node(fn.Body) {
		return nil, false
	}
	p = p.named("err")
	r := &Remedy{Name: p.Name, Verb: "quit", Class: report.Review, Leave: true}
	main := decl.Name.Name == "main" && m.pass.Pkg.Name() == "main" && p.stmt() == ast.Node(fn.Body.List[len(fn.Body.List)-1])
	if !main && decl.Name.Name != "init" {
		return nil, false
	}
	if fun, formats, ok := m.exit(p); ok {
		r.Lines = fun + "(" + p.Name + ")"
		if formats {
			r.Lines = fmt.Sprintf("%s(%s, %s)", fun, strconv.Quote(m.Failure(p.Call)+": %v"), p.Name)
		}
		return r, true
	}
	if main || !p.File.Predeclared(p.pos(), "panic") {
		return nil, false
	}
	r.Lines = "panic(" + p.Name + ")"
	return r, true
}

// exit spells the function by which the file ends the program on an error, and tells whether it takes a format.
func (m *Mender) exit(p Place) (fun string, formats, ok bool) {
	ast.Inspect(p.File.Syntax, func(n ast.Node) bool {
		s, isExpr := n.(*ast.ExprStmt)
		if !isExpr || ok {
			return !ok
		}
		call, isCall := s.X.(*ast.CallExpr)
		if !isCall || len(call.Args) == 0 {
			return true
		}
		id, isIdent := ast.Unparen(call.Fun).(*ast.Ident)
		if !m.known.NoReturn(call) && !(isIdent && m.info.Uses[id] == types.Universe.Lookup("panic")) {
			return true
		}
		if !slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return edits.IsError(m.info.TypeOf(a)) }) {
			return true
		}
		switch fn := ast.Unparen(call.Fun).(type) {
		case *ast.Ident: // panic, or a function of the package's own
			obj := m.info.Uses[fn]
			if obj == nil || p.File.At(fn.Name, p.pos()) != obj {
				return true
			}
		case *ast.SelectorExpr:
			id, isIdent := fn.X.(*ast.Ident)
			if !isIdent {
				return true
			}
			if obj, isPkg := m.info.Uses[id].(*types.PkgName); !isPkg || p.File.At(id.Name, p.pos()) != obj {
				return true
			}
		default:
			return true
		}
		fun = types.ExprString(call.Fun)
		formats = strings.HasSuffix(fun, "f")
		ok = formats && len(call.Args) > 1 && isString(m.info.TypeOf(call.Args[0])) || len(call.Args) == 1
		return !ok
	})
	return fun, formats, ok
}
