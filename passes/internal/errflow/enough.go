package errflow

import (
	"go/ast"
	"go/types"
	"iter"
)

// saysEnough reports whether to say that v's call failed is to say why: it can fail in one way only, or only because a
// context ended or a time was up, as one that was handed a context which has ended already.
func (fl *Flow) saysEnough(v *Value) bool {
	return fl.saysOneThing(v) || v.Call != nil && (fl.known.EndsOnly(v.Call) || fl.givenUp(v))
}

// holdsPlace reports whether n mentions what p stands for: a variable, or, behind one, a certain field.
func holdsPlace(info *types.Info, n ast.Node, p *place) bool {
	if p.path == "" {
		return mentions(info, n, p.v)
	}
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if ok && !found {
			found = rootVar(info, sel) == p.v && types.ExprString(sel) == p.v.Name()+p.path
		}
		return !found
	})
	return found
}

// isText reports whether values of type t are text: strings and bytes.
func isText(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&types.IsString != 0
	case *types.Slice:
		b, ok := t.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte
	}
	return false
}

// reportsAnother reports whether a record holds an error that the function, or one around it, was handed: that is what
// it was called to tell, and the failure it met on the way only takes a detail from it.
func (fl *Flow) reportsAnother(v *Value, record ast.Node) bool {
	for f := v.Func; f != nil; f = f.Outer {
		for p := range f.handed(v) {
			if mentions(fl.info, record, p) {
				return true
			}
		}
	}
	return false
}

// reporter reports whether f was handed an error to tell of, or to count: a failure that it meets on the way costs a detail
// of that.
func (f *Func) reporter(v *Value) bool {
	for range f.handed(v) {
		return true
	}
	return false
}

// handed gives the errors that f was handed, but for v.
func (f *Func) handed(v *Value) iter.Seq[*types.Var] {
	return func(yield func(*types.Var) bool) {
		if f.Sig == nil {
			return
		}
		for p := range f.Sig.Params().Variables() {
			if isError(p.Type()) && p != v.homeVar() && !yield(p) {
				return
			}
		}
	}
}

// homeVar returns the variable into which v is born, or nil.
func (v *Value) homeVar() *types.Var {
	if v.home == nil {
		return nil
	}
	return v.home.v
}
