package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// A group is a variable that starts functions and gives their errors when it is waited for.
type group struct {
	v       *types.Var
	starts  []*ast.CallExpr
	waited  bool
	escapes bool
}

// groups judges the groups of the package that are local variables and that nobody else knows.
func (fl *Flow) groups() {
	var list []*group
	byVar := map[*types.Var]*group{}
	for _, site := range fl.known.Sites() {
		call := site.Call
		if len(call.Args) == 0 {
			continue
		}
		if v := fl.groupOf(call); v != nil && fl.known.Kind(call)&known.Spawn != 0 && fl.starts(call) {
			if byVar[v] == nil {
				byVar[v] = &group{v: v}
				list = append(list, byVar[v])
			}
			byVar[v].starts = append(byVar[v].starts, call)
		}
	}
	if len(list) == 0 {
		return
	}
	for cur := range fl.inspect.Root().Preorder((*ast.Ident)(nil)) {
		v, ok := fl.info.Uses[cur.Node().(*ast.Ident)].(*types.Var)
		if !ok || byVar[v] == nil {
			continue
		}
		sel, ok := cur.Parent().Node().(*ast.SelectorExpr)
		if !ok || sel.X != cur.Node() {
			byVar[v].escapes = true
			continue
		}
		if call, ok := cur.Parent().Parent().Node().(*ast.CallExpr); !ok || call.Fun != sel {
			byVar[v].escapes = true // a method value
		}
		byVar[v].waited = byVar[v].waited || sel.Sel.Name == "Wait"
	}
	fl.quiet = map[*types.Var]bool{}
	for _, g := range list {
		fl.quiet[g.v] = !g.escapes && fl.allNil(g)
		if f := fl.around(g.starts[0]); f != nil && !g.waited && !g.escapes && !fl.quiet[g.v] {
			fl.losses[Detached] = append(fl.losses[Detached], &Loss{Class: Detached, Case: CaseNoWait, At: g.starts[0],
				Value: &Value{Func: f, Origin: FromNothing, Node: g.starts[0], Name: g.v.Name()},
				Steps: []Step{{g.starts[0], "this may fail, and only Wait would say so"}}})
		}
	}
}

// groupOf returns the local variable whose method a call calls.
func (fl *Flow) groupOf(call *ast.CallExpr) *types.Var {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := fl.info.Uses[id].(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() || fl.isParam(v) {
		return nil
	}
	return v
}

func (fl *Flow) isParam(v *types.Var) bool {
	return v.Kind() == types.ParamVar || v.Kind() == types.RecvVar
}

// starts reports whether a call hands over a function that can fail.
func (fl *Flow) starts(call *ast.CallExpr) bool {
	for _, a := range call.Args {
		if sig, ok := fl.info.TypeOf(a).(*types.Signature); ok && givesError(sig) {
			return true
		}
	}
	return false
}

// allNil reports whether all functions that a group starts are closures that never give an error: it only waits.
func (fl *Flow) allNil(g *group) bool {
	for _, call := range g.starts {
		lit, ok := ast.Unparen(call.Args[len(call.Args)-1]).(*ast.FuncLit)
		if !ok || fl.byLit[lit] == nil || !fl.byLit[lit].neverFails() {
			return false
		}
	}
	return true
}
