package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"
)

// branch refines the state for one edge out of a conditional block. It is not
// alive if the edge cannot be taken.
func (w *walk) branch(b *cfg.Block, s state, taken bool) (state, bool) {
	if b.Kind == cfg.KindRangeLoop || len(b.Nodes) == 0 {
		return s, true
	}
	cond, ok := b.Nodes[len(b.Nodes)-1].(ast.Expr)
	if !ok {
		return s, true
	}
	if clause, ok := b.Succs[0].Stmt.(*ast.CaseClause); ok {
		if tag := w.tags[clause]; tag != nil {
			return s, w.compare(s, tag, cond, taken)
		}
	}
	return s, w.refine(s, cond, taken)
}

// refine narrows s to the states in which cond is truth, and reports whether
// there are any.
func (w *walk) refine(s state, cond ast.Expr, truth bool) bool {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return w.refine(s, e.X, !truth)
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND:
			if truth {
				return w.refine(s, e.X, true) && w.refine(s, e.Y, true)
			}
			return w.either(s, e, false)
		case token.LOR:
			if !truth {
				return w.refine(s, e.X, false) && w.refine(s, e.Y, false)
			}
			return w.either(s, e, true)
		case token.EQL:
			return w.compare(s, e.X, e.Y, truth)
		case token.NEQ:
			return w.compare(s, e.X, e.Y, !truth)
		}
	case *ast.CallExpr:
		sub, ok := w.subject(e)
		if !ok {
			return true
		}
		t, ok := w.tell(sub, e, 0)
		if !ok || t.Arg >= len(e.Args) {
			return true
		}
		n := t.WhenFalse
		if truth {
			n = t.WhenTrue
		}
		if truth && len(e.Args) == 2 && w.isSentinel(object(w.info, e.Args[1])) {
			w.isTold(s, e.Args[0], false) // errors.Is: the name of a state
		}
		if n != Unknown {
			return w.narrow(s, e.Args[t.Arg], n)
		}
	}
	return true
}

// either narrows to the states in which one side of && is false, or one of ||
// is true.
func (w *walk) either(s state, e *ast.BinaryExpr, truth bool) bool {
	left, right := slices.Clone(s), slices.Clone(s)
	okLeft := w.refine(left, e.X, truth)
	okRight := w.refine(right, e.X, !truth) && w.refine(right, e.Y, truth)
	switch {
	case okLeft && okRight:
		merge(&left, right)
		copy(s, left)
	case okLeft:
		copy(s, left)
	case okRight:
		copy(s, right)
	default:
		return false
	}
	return true
}

func (w *walk) compare(s state, a, b ast.Expr, same bool) bool {
	if w.info.Types[ast.Unparen(a)].IsNil() {
		a, b = b, a
	}
	switch {
	case w.info.Types[ast.Unparen(b)].IsNil():
		if same {
			return w.narrow(s, a, Nil)
		}
		return w.narrow(s, a, NonNil)
	case same && w.eval(b, s) == NonNil:
		return w.narrow(s, a, NonNil) && w.isThat(s, a, b, true)
	case same && w.eval(a, s) == NonNil:
		return w.narrow(s, b, NonNil) && w.isThat(s, b, a, true)
	}
	return w.isThat(s, a, b, same)
}

// isThat notes that e is a package's error, or that it is not.
func (w *walk) isThat(s state, e, sentinel ast.Expr, same bool) bool {
	v := w.variable(e)
	if v == nil {
		return true
	}
	for p := range w.sig.Params().Variables() {
		if p == v {
			return true // it comes from the caller, whatever it is
		}
	}
	at, ok := w.vars[v]
	if !ok || !w.isSentinel(object(w.info, sentinel)) {
		return true
	}
	if that := w.setOf(sentinel); same {
		s[at].set, s[at].told = that, true // the name of a state
	} else {
		s[at].set.ways &^= that.ways
	}
	return true
}

// narrow notes that e is n, and reports whether that can be.
func (w *walk) narrow(s state, e ast.Expr, n Nilness) bool {
	v := w.variable(e)
	if v == nil {
		return true
	}
	at, ok := w.vars[v]
	if !ok {
		return true
	}
	if have := s[at].nilness; have != Unknown && have != bottom && have != n {
		return false
	}
	s[at].nilness = n
	return true
}

// Switched returns the expression whose type a switch asks for.
func Switched(s *ast.TypeSwitchStmt) ast.Expr {
	var x ast.Expr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = a.X
	case *ast.AssignStmt:
		x = a.Rhs[0]
	}
	return ast.Unparen(x).(*ast.TypeAssertExpr).X
}

// WithNil returns what an expression compares with nil, without parentheses, and whether it asks that they be equal; nil
// if it does not compare with nil.
func WithNil(info *types.Info, e ast.Expr) (x ast.Expr, equal bool) {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	switch {
	case !ok || b.Op != token.EQL && b.Op != token.NEQ:
		return nil, false
	case info.Types[b.Y].IsNil():
		x = b.X
	case info.Types[b.X].IsNil():
		x = b.Y
	default:
		return nil, false
	}
	return ast.Unparen(x), b.Op == token.EQL
}

// AsksKind gives the name of what asks of which kind an error is, the call's first argument: "Is" or "As" of package
// errors; "" if the call does not ask that.
func (x *Index) AsksKind(call *ast.CallExpr) string {
	fn := x.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "errors" || len(call.Args) != 2 {
		return ""
	}
	switch name := fn.Name(); name {
	case "Is", "As":
		return name
	}
	return ""
}
