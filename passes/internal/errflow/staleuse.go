package errflow

import (
	"go/ast"
	"go/token"
	"regexp"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// What is said of an error that is nil.

// told is what becomes known to others: where a nil is no answer.
const told = Logged | Printed | Wrapped | Flattened | Sent | Responded | Panicked

func (s *stale) used(st *state, blk *block, at int) {
	o := &blk.ops[at]
	if o.p.kind == errorPlace && !o.p.shared && st.nils[o.p.id] == Nil && s.handedToText(o.node) && !s.elsewhere(o.p, o.node) && !s.infallible(o.p) {
		s.add(&Loss{Case: CaseNilCalled, At: o.node}, o.p, nil, o.act)
		return
	}
	if o.act&(told|Rendered|Joined) == 0 || o.p.kind != errorPlace || o.p.shared || s.elsewhere(o.p, o.node) {
		return
	}
	if st.nils[o.p.id] == Unknown && o.act&(Wrapped|Logged|Joined) != 0 {
		s.untested(blk, at)
		return
	}
	if st.nils[o.p.id] != Nil || s.infallible(o.p) {
		return
	}
	cur, ok := s.fl.cursor(o.node)
	if !ok {
		return
	}
	call := callAround(cur)
	if b := s.atHand(o.node, o.p); b != nil {
		if stmt := stmtAround(cur); stmt == nil || !s.names(stmt, b.p) {
			s.add(&Loss{Case: CaseInstead, At: o.node}, o.p, b, o.act)
			return
		}
	}
	switch {
	case asksText(o.node):
		s.add(&Loss{Case: CaseNilCalled, At: o.node}, o.p, nil, o.act)
	case call == nil:
	case o.act&(Wrapped|Flattened) != 0 && s.makesError(call, o.node):
		b := s.around(o.node) // want an error, got <nil>
		asked := o.act&Wrapped == 0 && b != nil && b.p == o.p
		s.add(&Loss{Case: CaseNilWrapped, At: o.node, Strict: asked}, o.p, nil, o.act)
	case o.act&(Logged|Printed) != 0 && s.complains(call) && !s.inTest():
		if b := s.around(o.node); b != nil && b.p == o.p && b.told == Nil {
			s.add(&Loss{Case: CaseInverted, At: o.node}, o.p, nil, o.act)
		}
	}
}

// asksText reports whether n is err.Error(): of a nil error it panics.
func asksText(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Error" && len(call.Args) == 0
}

// makesError reports whether a call that is handed the nil error n answers as if it were an error: it always
// makes one, or it makes none although the caller means it to.
func (s *stale) makesError(call *ast.CallExpr, n ast.Node) bool {
	if s.fl.known.AlwaysFails(call) {
		return true
	}
	i, ok := s.fl.known.Follows(call)
	return ok && i < len(call.Args) && within(n, call.Args[i]) && (s.around(n) != nil || s.inBranch(call)) && !s.handsOn(call)
}

// handsOn reports whether what a call gives is an argument of a function value: a hook is told of success, too, by nil.
func (s *stale) handsOn(call *ast.CallExpr) bool {
	cur, ok := s.fl.cursor(call)
	if !ok {
		return false
	}
	outer, ok := cur.Parent().Node().(*ast.CallExpr)
	return ok && outer.Fun != call && s.fl.known.Callee(outer) == nil && s.fl.known.Builtin(outer) == "" && !s.fl.info.Types[outer.Fun].IsType()
}

// inBranch reports whether a call stands in a branch that something else than an error decides about: at the end of a
// function, errors.Wrap(err, …) only wraps what may be there.
func (s *stale) inBranch(call *ast.CallExpr) bool {
	cur, ok := s.fl.cursor(call)
	if !ok {
		return false
	}
	for c := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := c.Node().(type) {
		case *ast.IfStmt:
			return within(call, n.Body)
		case *ast.CaseClause:
			return true
		default:
			return false
		}
	}
	return false
}

var (
	alarmName = regexp.MustCompile(`(?i)err|warn|fatal|crit|alert`)
	alarmText = regexp.MustCompile(`(?i)\b(fail|error|unable|cannot|can't|could not|couldn't)`)
)

// complains reports whether a log record tells of a failure, by its level or by its text.
func (s *stale) complains(call *ast.CallExpr) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && s.fl.known.Kind(call)&known.Log != 0 && alarmName.MatchString(sel.Sel.Name) {
		return true
	}
	for _, a := range call.Args {
		if lit, ok := ast.Unparen(a).(*ast.BasicLit); ok && lit.Kind == token.STRING && alarmText.MatchString(lit.Value) {
			return true
		}
	}
	return false
}

func (s *stale) inTest() bool {
	top := s.f.Top()
	return s.f.InTest || takesTest(top.Sig) || takesTest(s.f.Sig)
}

func callAround(cur inspector.Cursor) *ast.CallExpr {
	for cur = cur.Parent(); ; cur = cur.Parent() {
		switch n := cur.Node().(type) {
		case *ast.CallExpr:
			return n
		case *ast.SelectorExpr, *ast.ParenExpr:
		default:
			return nil
		}
	}
}

func stmtAround(cur inspector.Cursor) ast.Node {
	for ; cur.Node() != nil; cur = cur.Parent() {
		if s, ok := cur.Node().(ast.Stmt); ok {
			return s
		}
	}
	return nil
}
