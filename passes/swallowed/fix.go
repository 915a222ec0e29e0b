package swallowed

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix tells what the branch keeps to itself. Whoever wrote the branch has seen the error, so that most fixes want a
// look: only those that add a trace, or end what cannot go on, are safe.
var fix = mend.ByCase(map[string]mend.Maker{
	errflow.CaseSuccess:     (*mend.Mender).Answer,
	errflow.CaseEmpty:       empty,
	errflow.CaseSkip:        skip,
	errflow.CaseHalfChecked: otherKinds,
	errflow.CaseCarryOn:     stop,
	errflow.CaseAnswered:    answered,
	errflow.CaseToldBoth:    answered,
	errflow.CaseHalfMade:    answered,
})

// empty gives an empty branch its code.
func empty(m *mend.Mender, l *errflow.Loss) *report.Fix {
	block, ok := l.At.(*ast.BlockStmt)
	if !ok {
		return nil
	}
	p, ok := m.Holding(l.Value, block)
	if !ok {
		return nil
	}
	r, ok := m.Remedy(p)
	if !ok {
		return nil
	}
	list, ok := mend.AtEnd(p.File, block, r.Lines)
	if !ok {
		return nil
	}
	if r.Leave {
		r.Class = report.Review
	}
	return r.Fix(r.Message(), list)
}

// skip leaves a trace of what is skipped, or keeps all errors for the end of the function.
func skip(m *mend.Mender, l *errflow.Loss) *report.Fix {
	stmt, ok := l.At.(*ast.BranchStmt)
	if !ok {
		return nil
	}
	p, ok := m.Holding(l.Value, stmt)
	if !ok {
		return nil
	}
	spot, ok := p.File.Spot(p.Path)
	if !ok {
		return nil
	}
	if mend.Doubtful(p.Path, p.Name) {
		return nil // what is skipped need not be a failure
	}
	if r, ok := m.Log(p); ok {
		return r.Fix("Log the error", spot.Before(r.Lines))
	}
	return collect(m, p, spot, stmt)
}

// collect keeps the errors of a loop's turns, and gives them back by the return at the end of the function.
func collect(m *mend.Mender, p mend.Place, spot *edits.Spot, stmt *ast.BranchStmt) *report.Fix {
	fn, ok := p.File.Function(p.Path)
	if !ok || fn.Err < 0 || stmt.Tok != token.CONTINUE || stmt.Label != nil || !p.File.Has("go1.20") || !p.File.Predeclared(stmt.Pos(), "error", "append") {
		return nil
	}
	// The loop is a statement of the function itself, and the function's last statement the only return behind it.
	var loop []ast.Node
	loops := 0
	for i, n := range p.Path {
		if n == fn.Node {
			break
		}
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			loop = p.Path[i:]
			loops++
		}
	}
	if loops != 1 || loop[1] != ast.Node(fn.Body) {
		return nil
	}
	last, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.ReturnStmt)
	if !ok || len(last.Results) != fn.Err+1 {
		return nil
	}
	end, ok := last.Results[fn.Err].(*ast.Ident)
	if !ok || end.Name != "nil" {
		return nil
	}
	returns := 0
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok && r.Pos() > loop[0].End() {
			returns++
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	before, ok := p.File.Spot(loop)
	if returns != 1 || !ok || edits.Mentions(fn.Node, "errs") {
		return nil
	}
	join, add, ok := p.File.Qualify("errors", "Join", p.Path[0].Pos())
	if !ok {
		return nil
	}
	list := append(add, edits.Replace(end.Pos(), end.End(), join+".Join(errs...)"))
	list = append(list, before.Before("var errs []error")...)
	return &report.Fix{
		Message: "Keep all errors and return them together", Class: report.Review,
		Edits: append(list, spot.Before("errs = append(errs, "+p.Name+")")...),
	}
}

// otherKinds deals with the kinds that no condition asks for.
func otherKinds(m *mend.Mender, l *errflow.Loss) *report.Fix {
	if l.End == nil || l.End.Test() == nil {
		return nil
	}
	stmt, ok := l.End.Test().(*ast.IfStmt)
	if !ok {
		return nil
	}
	// In a chain, the one that asks for a kind may stand further up.
	if f, path, ok := m.At(stmt); ok {
		for i := 1; i < len(path) && isElse(path[i], path[i-1]); i++ {
			if above := path[i].(*ast.IfStmt); above == l.At || matches(f, above.Cond, l.Value.Name) && !matches(f, stmt.Cond, l.Value.Name) {
				stmt = above
			}
		}
	}
	last, ok := lastIf(stmt)
	if !ok {
		return nil
	}
	p, ok := m.Holding(l.Value, stmt)
	if !ok {
		if p, ok = m.Holding(l.Value, stmt.Body); !ok { // the error of the if's own init statement
			return nil
		}
		p.Path = p.Path[1:]
	}
	if !matches(p.File, stmt.Cond, p.Name) || p.File.At(p.Name, last.Cond.Pos()) != p.File.At(p.Name, stmt.Cond.Pos()) || !p.File.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	for p.Path[0] != ast.Node(stmt) {
		p.Path = p.Path[1:]
	}
	first := p.Path
	for len(first) > 1 && isElse(first[1], first[0]) {
		first = first[1:]
	}
	spot, ok := p.File.Spot(first)
	if !ok {
		return nil
	}
	p.Path = first
	r, ok := m.Remedy(p)
	if !ok {
		return nil
	}
	if r.Leave {
		r.Class = report.Review
	}
	var list []analysis.TextEdit
	if last == first[0] && stmt.Init == nil && mend.Ends(stmt.Body.List) {
		list = spot.Behind(mend.If(p.Name, r.Lines))
	} else {
		list = spot.Enclose("", " else "+mend.If(p.Name, r.Lines), "")
		list[0].NewText = []byte(spot.Lines(string(list[0].NewText)))
	}
	return r.Fix(r.Message()+" of any other kind", list)
}

// lastIf returns the last if of a chain that has no branch for all else.
func lastIf(s *ast.IfStmt) (*ast.IfStmt, bool) {
	for s.Else != nil {
		next, ok := s.Else.(*ast.IfStmt)
		if !ok {
			return nil, false
		}
		s = next
	}
	return s, true
}

// isElse reports whether n stands behind the else of around.
func isElse(around, n ast.Node) bool {
	s, ok := around.(*ast.IfStmt)
	return ok && s.Else == n
}

// matches reports whether a condition does nothing but ask for kinds of the error, so that where it does not hold,
// the error is nil or of another kind.
func matches(f *edits.File, cond ast.Expr, name string) bool {
	switch c := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		switch c.Op {
		case token.LOR:
			return matches(f, c.X, name) && matches(f, c.Y, name)
		case token.EQL:
			return edits.Mentions(c, name)
		}
	case *ast.CallExpr:
		return edits.Mentions(c, name)
	}
	return false
}

// stop leaves the function where what failed is used behind the branch.
func stop(m *mend.Mender, l *errflow.Loss) *report.Fix {
	if l.Sometimes() {
		return nil // what there is may be worth going on with
	}
	block, ok := l.End.Handler.(*ast.BlockStmt)
	if !ok {
		return nil
	}
	p, ok := m.Holding(l.Value, block)
	if !ok {
		return nil
	}
	r, ok := m.Stop(p)
	if !ok {
		return nil
	}
	list, ok := mend.AtEnd(p.File, block, r.Lines)
	if !ok {
		return nil
	}
	return r.Fix("Leave the function", list)
}

// answered ends a handler that has answered.
func answered(m *mend.Mender, l *errflow.Loss) *report.Fix {
	block, ok := l.At.(*ast.BlockStmt)
	if !ok {
		return nil
	}
	f, path, ok := m.At(block)
	if !ok {
		return nil
	}
	fn, ok := f.Function(path)
	if !ok || fn.Sig.Results().Len() > 0 {
		return nil
	}
	list, ok := mend.AtEnd(f, block, "return")
	if !ok {
		return nil
	}
	r := &mend.Remedy{Class: report.Safe}
	if l.Value.Call == nil || l.Case != errflow.CaseAnswered {
		r.Class = report.Review // why it was refused, and what else has to be done then, only the author knows
	}
	return r.Fix("Leave the handler", list)
}
