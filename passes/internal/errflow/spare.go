package errflow

import (
	"go/ast"
	"go/types"
	"slices"

	astedge "golang.org/x/tools/go/ast/edge"

	"github.com/errvet/errvet/passes/internal/known"
)

// spare reports whether the function around a call shows that its error tells nothing: the call reads what was just
// written, is handed a context that has ended, is made behind a go statement as well, warms up another one, or is
// deferred to be made once more.
func (fl *Flow) spare(v *Value) bool {
	return fl.readsBack(v) || fl.givenUp(v) || fl.besideGo(v) || fl.warmsUp(v) || fl.onceMore(v)
}

// onceMore reports whether a deferred call repeats, word for word, one further up whose error was taken: what would keep
// the second from being done has kept the first.
func (fl *Flow) onceMore(v *Value) bool {
	if v.How != Deferred || v.Callee == nil {
		return false
	}
	found := false
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && call.End() < v.Call.Pos() && fl.known.Callee(call) == v.Callee && !fl.givenAway(call) && types.ExprString(call) == types.ExprString(v.Call) {
			found = true
		}
		return !found
	})
	return found
}

// readsBack reports whether a call takes apart what encoding/json has just put together in the same function: that it is
// JSON is certain, and whether it fits is settled by the types.
func (fl *Flow) readsBack(v *Value) bool {
	if v.Callee == nil || !known.Decodes(v.Callee) {
		return false
	}
	return slices.ContainsFunc(v.Call.Args, func(a ast.Expr) bool {
		made := fl.definition(a)
		if made == nil || made.Pos() > v.Call.Pos() {
			return false
		}
		fn := fl.known.Callee(made)
		if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "encoding/json" {
			return false
		}
		return fn.Name() == "Marshal" || fn.Name() == "MarshalIndent"
	})
}

// givenUp reports whether a call is handed a context that a statement further up in the same block has cancelled: it is
// made to be given up at once, and its error says that it was.
func (fl *Flow) givenUp(v *Value) bool {
	for _, a := range v.Call.Args {
		if t := fl.info.TypeOf(a); t == nil || !isContext(t) || fl.definition(a) == nil {
			continue
		}
		cur, ok := fl.cursor(fl.definition(a))
		if !ok {
			continue
		}
		def, ok := cur.Parent().Node().(*ast.AssignStmt)
		if !ok || len(def.Lhs) != 2 {
			continue
		}
		cancel, ok := def.Lhs[1].(*ast.Ident)
		if !ok || fl.info.Defs[cancel] == nil {
			continue
		}
		for _, s := range fl.before(v) {
			x, ok := s.(*ast.ExprStmt)
			if !ok {
				continue
			}
			call, ok := ast.Unparen(x.X).(*ast.CallExpr)
			if !ok {
				continue
			}
			if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && fl.info.Uses[id] == fl.info.Defs[cancel] {
				return true
			}
		}
	}
	return false
}

// before returns the statements above that of v's call in the same list.
func (fl *Flow) before(v *Value) []ast.Stmt {
	cur, ok := fl.cursor(v.Call)
	if !ok {
		return nil
	}
	for {
		if edge, i := cur.ParentEdge(); edge == astedge.BlockStmt_List || edge == astedge.CaseClause_Body || edge == astedge.CommClause_Body {
			return bodyOf(cur.Parent().Node())[:i]
		}
		if _, lit := cur.Node().(*ast.FuncLit); lit || cur.Parent().Node() == nil {
			return nil
		}
		cur = cur.Parent()
	}
}

// besideGo reports whether the same function makes the same call behind a go statement, with the same arguments, where
// nobody could take its error.
func (fl *Flow) besideGo(v *Value) bool {
	if v.Callee == nil || v.How != Statement {
		return false
	}
	found := false
	ast.Inspect(v.Func.Top().Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.GoStmt); ok && fl.known.Callee(s.Call) == v.Callee && types.ExprString(s.Call) == types.ExprString(v.Call) {
			found = true
		}
		return !found
	})
	return found
}

// warmsUp reports whether a call gives something that nobody takes, and another one further down is made with the same
// arguments on the same thing, or on a part of it, and tells of its failure: the first is there so that the second finds
// something at hand, and what is wrong with the arguments shows there.
func (fl *Flow) warmsUp(v *Value) bool {
	if v.How != Statement || v.Callee == nil || v.Callee.Signature().Results().Len() < 2 || len(v.Call.Args) == 0 {
		return false
	}
	on := receiverOf(v.Call)
	if on == nil || rootVar(fl.info, on) == nil {
		return false
	}
	found := false
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found || call.Pos() < v.Call.End() || fl.known.ErrorResult(call) < 0 || fl.dropped(call) {
			return !found
		}
		at := receiverOf(call)
		found = at != nil && rootVar(fl.info, at) == rootVar(fl.info, on) && slices.EqualFunc(call.Args, v.Call.Args, func(a, b ast.Expr) bool {
			return types.ExprString(a) == types.ExprString(b)
		})
		return !found
	})
	return found
}
