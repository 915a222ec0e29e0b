package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// saysEnough reports whether to say that v's call failed is to say why, where the path e ends: it can fail in one way
// only, or only because a context ended or a time was up; or its kind was asked for, and the branch is that of one kind.
func (fl *Flow) saysEnough(v *Value, e *End) bool {
	return fl.saysOneThing(v) || v.Call != nil && fl.known.EndsOnly(v.Call) || fl.ofOneKind(v, e)
}

// ofOneKind reports whether a path ends in a branch that is taken for one kind of failure, as its condition names it: what
// another function makes of the error, such as its status or its code, equals something, or the text that the call gave
// beside it, such as what a command wrote, is searched for something.
func (fl *Flow) ofOneKind(v *Value, e *End) bool {
	if e.Handler == nil {
		return false
	}
	at := e.Handler // where it may go on behind the branch
	if inHandler(e) {
		at = e.Node
	}
	cur, ok := fl.cursor(at)
	if !ok {
		return false
	}
	texts := fl.texts(v)
	for c := range cur.Enclosing((*ast.IfStmt)(nil)) {
		s := c.Node().(*ast.IfStmt)
		if s.Body != e.Handler && !within(s, e.Handler) {
			break // further out than the failure
		}
		if within(at, s.Body) && fl.asksKind(s.Cond, v.homeVar(), texts) {
			return true
		}
	}
	return false
}

// asksKind reports whether a condition holds only if something that was made of the error in v equals something else, or
// one of some texts holds something.
func (fl *Flow) asksKind(cond ast.Expr, v *types.Var, texts []*types.Var) bool {
	switch b := ast.Unparen(cond).(type) {
	case *ast.CallExpr:
		return fl.searches(b, texts)
	case *ast.BinaryExpr:
		switch b.Op {
		case token.LAND:
			return fl.asksKind(b.X, v, texts) || fl.asksKind(b.Y, v, texts)
		case token.EQL:
			return v != nil && (fl.madeOf(b.X, v) || fl.madeOf(b.Y, v))
		}
	}
	return false
}

// searches reports whether a call of package strings or bytes, or of a regular expression, looks into one of some texts.
func (fl *Flow) searches(call *ast.CallExpr, texts []*types.Var) bool {
	fn := fl.known.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "strings", "bytes", "regexp":
		return slices.ContainsFunc(texts, func(text *types.Var) bool { return mentions(fl.info, call, text) })
	}
	return false
}

// madeOf reports whether e asks a variable that is only ever given what a call makes of v.
func (fl *Flow) madeOf(e ast.Expr, v *types.Var) bool {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		e = call.Fun
	}
	from := rootVar(fl.info, e)
	if from == nil {
		return false
	}
	call := fl.known.Definition(from)
	return call != nil && mentions(fl.info, call, v)
}

// holdsOutput reports whether a record holds the text that v's call gave beside the error, as of what a command wrote:
// there stands why it failed.
func (fl *Flow) holdsOutput(v *Value, record ast.Node) bool {
	return slices.ContainsFunc(fl.texts(v), func(text *types.Var) bool { return mentions(fl.info, record, text) })
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

// texts returns the variables that take text which v's call gives beside the error.
func (fl *Flow) texts(v *Value) []*types.Var {
	var list []*types.Var
	for _, l := range fl.takenBy(v) {
		if id, ok := ast.Unparen(l).(*ast.Ident); ok {
			if text, ok := fl.info.ObjectOf(id).(*types.Var); ok && isText(text.Type()) {
				list = append(list, text)
			}
		}
	}
	return list
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
		if f.Sig == nil {
			continue
		}
		for p := range f.Sig.Params().Variables() {
			if isError(p.Type()) && p != v.homeVar() && mentions(fl.info, record, p) {
				return true
			}
		}
	}
	return false
}

// homeVar returns the variable into which v is born, or nil.
func (v *Value) homeVar() *types.Var {
	if v.home == nil {
		return nil
	}
	return v.home.v
}
