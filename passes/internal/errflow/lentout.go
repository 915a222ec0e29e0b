package errflow

import (
	"go/ast"
	"go/types"
	"regexp"

	"github.com/errvet/errvet/passes/internal/known"
)

// changing is how functions are called that change something, or give something by which it is changed.
var changing = regexp.MustCompile(`(?i)^(write|put|set|insert|delete|append|add|update|apply|exec|save|store|commit|load|import|restore|drop|merge|create|remove|clear|rename|copy|send|push|mutate|modify|ingest|handover|flatten|move)|batch`)

// onlyReads reports whether a function of this package that h is handed to does no more than read through it: it hands
// it to nobody of whom that is not known, keeps it nowhere, and calls nothing of the handle's package by a name of change.
func (fl *Flow) onlyReads(h handle, call *ast.CallExpr, depth int) bool {
	fn := fl.known.Callee(call)
	d := fl.declOf(fn)
	if d == nil || depth == 0 || fn.Signature().Variadic() {
		return false
	}
	for i, a := range call.Args {
		if !fl.is(h, a) {
			continue
		}
		if i >= fn.Signature().Params().Len() {
			return false
		}
		own := handle{v: fn.Signature().Params().At(i)}
		if k := fl.kept(own, d.Body); k.shared || k.lent || fl.changes(own, d.Body, depth) {
			return false
		}
	}
	return true
}

// changes reports whether something in a body may change what h stands for.
func (fl *Flow) changes(h handle, body ast.Node, depth int) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		switch t := fl.touchOf(h, call, nil); {
		case t == handed:
			found = !fl.onlyReads(h, call, depth-1)
		case t != untouched:
			found = true
		default:
			fn, of := fl.known.Callee(call), named(h.v.Type())
			found = fn != nil && fn.Pkg() != nil && of != nil && fn.Pkg() == of.Obj().Pkg() && changing.MatchString(fn.Name())
		}
		return !found
	})
	return found
}

// closesToo reports whether a method of this package closes its receiver, by the receiver's own Close or as that does.
func (fl *Flow) closesToo(fn *types.Func) bool {
	d := fl.declOf(fn)
	if d == nil || fn.Signature().Recv() == nil {
		return false
	}
	m, _, _ := types.LookupFieldOrMethod(fn.Signature().Recv().Type(), true, fl.pkg, "Close")
	end, _ := m.(*types.Func)
	if end == nil || end == fn {
		return false
	}
	own := fl.closedBy(fn, d)
	if own[""] {
		return true
	}
	for path := range fl.closedBy(end, fl.declOf(end)) {
		if own[path] {
			return true
		}
	}
	return false
}

// closedBy lists what a method closes, as it is reached from the receiver: "" is the receiver itself.
func (fl *Flow) closedBy(fn *types.Func, d *ast.FuncDecl) map[string]bool {
	closed := map[string]bool{}
	if d == nil {
		return closed
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if h, ok := fl.handleOf(receiverOf(call)); ok && h.v == fn.Signature().Recv() && fl.known.Kind(call)&known.Close != 0 {
			closed[h.path] = true
		}
		return true
	})
	return closed
}

// declOf returns the declaration of a function of this package, if it has a body.
func (fl *Flow) declOf(fn *types.Func) *ast.FuncDecl {
	if fn == nil || fn.Pkg() != fl.pkg {
		return nil
	}
	fn = fn.Origin()
	cur, ok := fl.declAt(fn.Pos())
	if !ok {
		return nil
	}
	d, ok := cur.Node().(*ast.FuncDecl)
	if !ok || fl.info.Defs[d.Name] != fn || d.Body == nil {
		return nil
	}
	return d
}
