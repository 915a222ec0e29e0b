package errflow

import (
	"go/ast"
	"go/types"
	"slices"

	astedge "golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// Errors that callers throw away.

// givenAway reports whether nobody takes what a call gives that gives an error.
func (fl *Flow) givenAway(call *ast.CallExpr) bool {
	if fl.known.ErrorResult(call) < 0 {
		return false
	}
	return fl.dropped(call) || fl.allBlank(call)
}

// allBlank reports whether all that a call gives is assigned to _.
func (fl *Flow) allBlank(call *ast.CallExpr) bool {
	cur, ok := fl.cursor(call)
	if !ok {
		return false
	}
	s, ok := cur.Parent().Node().(*ast.AssignStmt)
	return ok && !slices.ContainsFunc(s.Lhs, func(l ast.Expr) bool { return !isBlank(l) })
}

// unheardOf reports whether nobody takes what an unexported function of this package gives: whatever it answers is
// without effect.
func (fl *Flow) unheardOf(f *Func) bool {
	if f.Obj == nil || f.Obj.Exported() {
		return false
	}
	calls := fl.callsOf(f.Obj)
	for _, cur := range calls {
		if call, ok := cur.Node().(*ast.CallExpr); !ok || !fl.givenAway(call) {
			return false
		}
	}
	if len(calls) == 0 {
		return false
	}
	mentioned := 0
	for _, obj := range fl.info.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Origin() == f.Obj {
			mentioned++
		}
	}
	return mentioned == len(calls)
}

// blankError reports whether the error of a call is assigned to _.
func (fl *Flow) blankError(call *ast.CallExpr) bool {
	cur, ok := fl.cursor(call)
	if !ok {
		return true
	}
	s, ok := cur.Parent().Node().(*ast.AssignStmt)
	i := fl.known.ErrorResult(call)
	return ok && len(s.Rhs) == 1 && i < len(s.Lhs) && isBlank(s.Lhs[i])
}

// unreadCauses moves the causes that are replaced in an error that nobody reads to the strict tier.
func (fl *Flow) unreadCauses() {
	for _, l := range fl.losses[LostCause] {
		if !l.Strict && l.Case == CaseReplaced && fl.neverRead(l.Value.Func) {
			l.Strict = true
		}
	}
}

// neverRead reports whether nobody takes the error of f for more than a yes or no: all its callers are of this package,
// and what they do with it is to compare it with nil.
func (fl *Flow) neverRead(f *Func) bool {
	if lit, ok := f.Node.(*ast.FuncLit); ok {
		cur, ok := fl.cursor(lit)
		if !ok {
			return false
		}
		call, ok := cur.Parent().Node().(*ast.CallExpr)
		return ok && call.Fun == lit && f.Outer != nil && fl.onlyWhether(f.Outer, call)
	}
	return !fl.behindInterface(f.Obj) && fl.eachCaller(f, fl.onlyWhether)
}

// behindInterface reports whether fn is a method that a call of an interface's may end in.
func (fl *Flow) behindInterface(fn *types.Func) bool {
	if fn == nil || fn.Signature().Recv() == nil {
		return false
	}
	return slices.ContainsFunc(fl.known.Sites(), func(s known.Site) bool {
		return s.Callee != nil && s.Callee.Name() == fn.Name() && s.Callee.Signature().Recv() != nil && types.IsInterface(s.Callee.Signature().Recv().Type())
	})
}

// onlyWhether reports whether g asks no more than whether the error of a call is nil, or does not ask.
func (fl *Flow) onlyWhether(g *Func, call *ast.CallExpr) bool {
	cur, ok := fl.cursor(call)
	if !ok {
		return false
	}
	if fl.dropped(call) || fl.blankError(call) {
		return true
	}
	if e, _ := cur.ParentEdge(); e == astedge.BinaryExpr_X {
		return fl.comparesWithNil(cur.Parent())
	}
	s, ok := cur.Parent().Node().(*ast.AssignStmt)
	i := fl.known.ErrorResult(call)
	if !ok || len(s.Rhs) != 1 || i < 0 || i >= len(s.Lhs) {
		return false
	}
	id, ok := s.Lhs[i].(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := fl.info.ObjectOf(id).(*types.Var)
	if !ok || v.Kind() != types.LocalVar || v.Pos() < g.Node.Pos() {
		return false // the caller's, or somebody else's
	}
	return !fl.readsError(g, v, call)
}

// readsError reports whether g does more with the error that a call puts into v than to compare it with nil. Where v is
// proved nil there is no error.
func (fl *Flow) readsError(g *Func, v *types.Var, call *ast.CallExpr) bool {
	if g.over || len(g.g.places)*len(g.g.blocks) > maxStates {
		return true
	}
	g.solved()
	defer func() { g.states = nil }()
	cur, ok := fl.cursor(g.Body)
	if !ok {
		return true
	}
	for use := range cur.Preorder((*ast.Ident)(nil)) {
		id := use.Node().(*ast.Ident)
		if fl.info.Uses[id] != v {
			continue
		}
		switch e, _ := use.ParentEdge(); e {
		case astedge.AssignStmt_Lhs:
			continue
		case astedge.BinaryExpr_X, astedge.BinaryExpr_Y:
			if fl.comparesWithNil(use.Parent()) {
				continue
			}
		}
		if fl.mayHold(g, id, call) {
			return true
		}
	}
	return false
}

// mayHold reports whether the error of a call may be in a variable where it is named.
func (fl *Flow) mayHold(g *Func, id *ast.Ident, call *ast.CallExpr) bool {
	births, all := fl.Births(id)
	if !all {
		return true
	}
	if !slices.ContainsFunc(births, func(b Birth) bool { return b.Call == call }) {
		return false
	}
	p := g.placeFor(id)
	st := g.stateAt(g.locate(p, id))
	return st == nil || st.nils[p.id] != Nil
}

func (fl *Flow) comparesWithNil(cur inspector.Cursor) bool {
	e, ok := cur.Node().(ast.Expr)
	if !ok {
		return false
	}
	x, _ := known.WithNil(fl.info, e)
	return x != nil
}
