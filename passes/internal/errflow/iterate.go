package errflow

import (
	"go/ast"
	"go/types"

	astedge "golang.org/x/tools/go/ast/edge"

	"github.com/errvet/errvet/passes/internal/known"
)

// iterators finds the loops that run as long as a method Next or Scan says that there is more, over something that
// keeps its error and that nobody asks for it: whether the loop came to the end, or stopped because a read failed,
// cannot be told apart. Only what a call of the same function gave, and nobody else gets to see, is judged: others may
// ask. The standard library's rows and scanners have passes of their own, sqlrowserr and scannererr.
func (fl *Flow) iterators() {
	seen := map[*types.Var]bool{}
	for _, site := range fl.known.Sites() {
		fn := site.Callee
		if fn == nil || fn.Name() != "Next" && fn.Name() != "Scan" || fn.Pkg() == nil || known.IsStandard(fn.Pkg().Path()) || !goesOnWhile(fn) {
			continue
		}
		sel, ok := ast.Unparen(site.Call.Fun).(*ast.SelectorExpr)
		if !ok {
			continue
		}
		id, ok := ast.Unparen(sel.X).(*ast.Ident)
		if !ok {
			continue
		}
		v, ok := fl.info.Uses[id].(*types.Var)
		if !ok || seen[v] || fl.known.Definition(v) == nil {
			continue
		}
		if fl.known.Kind(site.Call)&known.GoesOn != 0 {
			continue // the turn of a failure is one of the loop's
		}
		loop := fl.drives(site)
		f := fl.functionOf(site.Cursor)
		if loop == nil || f == nil || f.InTest || f.Support {
			continue
		}
		asks := fl.asker(v.Type())
		if asks == "" || !fl.keptTo(f.Top(), v, asks) {
			continue
		}
		seen[v] = true
		l := &Loss{Class: Dropped, Case: CaseUnasked, At: site.Call, AtHand: v.Name() + "." + asks,
			Strict: !f.CanReturnError() && !f.Top().CanReturnError(), // to tell of it would take another design
			Value:  &Value{Func: f, Origin: FromNothing, Node: site.Call, Name: callText(site.Call)},
			Steps:  []Step{{site.Call, "says no more after a failure, too"}, {loop, "the loop ends, and nobody asks why"}}}
		if g := fl.saidBehind(loop, speaksOfErrors); g != nil {
			l.Said = g
		}
		fl.losses[Dropped] = append(fl.losses[Dropped], l)
	}
}

// goesOnWhile reports whether a method says by a bool, alone or behind what it gives, whether there is more.
func goesOnWhile(fn *types.Func) bool {
	results := fn.Signature().Results()
	if results.Len() == 0 || results.Len() > 2 {
		return false
	}
	b, ok := results.At(results.Len() - 1).Type().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Bool
}

// drives returns the loop that goes on while the call of a site says so: for x.Next(), or for v, ok := x.Next(); ok; v,
// ok = x.Next().
func (fl *Flow) drives(site known.Site) *ast.ForStmt {
	cur := site.Cursor
	for {
		edge, _ := cur.ParentEdge()
		parent := cur.Parent()
		switch p := parent.Node().(type) {
		case *ast.ParenExpr, *ast.BinaryExpr:
			cur = parent
			continue
		case *ast.ForStmt:
			if edge == astedge.ForStmt_Cond {
				return p
			}
		case *ast.AssignStmt:
			loop, ok := parent.Parent().Node().(*ast.ForStmt)
			if !ok || loop.Init != p || loop.Cond == nil {
				return nil
			}
			if ok, more := ast.Unparen(loop.Cond).(*ast.Ident); more {
				last, _ := p.Lhs[len(p.Lhs)-1].(*ast.Ident)
				if last != nil && fl.info.Uses[ok] != nil && fl.info.Uses[ok] == fl.info.ObjectOf(last) {
					return loop
				}
			}
		}
		return nil
	}
}

// asker names the method by which values of type t tell the error that they keep, "" if there is none or it can be
// seen that there never is an error.
func (fl *Flow) asker(t types.Type) string {
	for _, name := range [...]string{"Err", "Error"} {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		fn, ok := obj.(*types.Func)
		if !ok || fn.Signature().Params().Len() > 0 || fn.Signature().Results().Len() != 1 || !isError(fn.Signature().Results().At(0).Type()) {
			continue
		}
		if !fl.known.NeverFails(t, name) {
			return name
		}
	}
	return ""
}

// keptTo reports whether a function does nothing with v but call its methods and read its fields, and neither asks for
// the error nor takes the one that another of its methods gives, as the Close of some does.
func (fl *Flow) keptTo(f *Func, v *types.Var, asks string) bool {
	root, ok := fl.cursor(f.Node)
	if !ok {
		return false
	}
	for cur := range root.Preorder((*ast.Ident)(nil)) {
		id := cur.Node().(*ast.Ident)
		if fl.info.Uses[id] != v {
			continue
		}
		parent := cur.Parent()
		sel, ok := parent.Node().(*ast.SelectorExpr)
		if !ok || sel.X != id || sel.Sel.Name == asks {
			return false
		}
		call, ok := parent.Parent().Node().(*ast.CallExpr)
		if !ok {
			if fl.info.Selections[sel] == nil || fl.info.Selections[sel].Kind() != types.FieldVal {
				return false // a method value: it may be anything that asks
			}
			continue
		}
		if ast.Unparen(call.Fun) != sel {
			continue // what a field holds
		}
		if fl.known.Kind(call)&known.Close != 0 && fl.known.ErrorResult(call) >= 0 && !fl.dropped(call) {
			return false
		}
	}
	return true
}
