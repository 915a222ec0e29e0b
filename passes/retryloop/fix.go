package retryloop

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fixer gives the fix of a loss. A loop may have two, and only the first of them gets the one that replaces the loop.
func fixer(pass *analysis.Pass) func(*mend.Mender, *errflow.Loss) *report.Fix {
	first, flow := map[*errflow.Value]*errflow.Loss{}, errflow.Of(pass)
	for l := range flow.Losses(errflow.RetryLoop) {
		if first[l.Value] == nil {
			first[l.Value] = l
		}
	}
	return func(m *mend.Mender, l *errflow.Loss) *report.Fix {
		if l.Case != errflow.CasePermanent {
			if fix, ok := replaced(m, flow, first[l.Value]); ok {
				if l != first[l.Value] {
					return nil
				}
				return fix
			}
		}
		switch l.Case {
		case errflow.CaseUncancellable:
			return cancellable(m, l)
		case errflow.CaseEndsWell, errflow.CaseNoLast:
			return last(m, l)
		}
		return nil
	}
}

// loopOf returns the loop of a loss.
func loopOf(l *errflow.Loss) (loop ast.Stmt, body *ast.BlockStmt) {
	if len(l.Steps) == 0 {
		return nil, nil
	}
	switch s := l.Steps[0].Node.(type) {
	case *ast.ForStmt:
		return s, s.Body
	case *ast.RangeStmt:
		return s, s.Body
	}
	return nil, nil
}

// cancellable makes the wait between two attempts end with the context.
func cancellable(m *mend.Mender, l *errflow.Loss) *report.Fix {
	_, body := loopOf(l)
	if body == nil {
		return nil
	}
	stmt, wait := onlySleep(m, body)
	if stmt == nil {
		return nil
	}
	p, ok := m.Holding(l.Value, stmt)
	if !ok || !p.File.Has("go1.20") {
		return nil
	}
	fn, ok := p.File.Function(p.Path)
	ctx, hasContext := contextAt(p.File, p.Path)
	spot, stands := p.File.Spot(p.Path)
	if !ok || !hasContext || !stands {
		return nil
	}
	errors, add, ok := p.File.Qualify("errors", "Join", stmt.Pos())
	if !ok {
		return nil
	}
	leave, ok := p.File.Return(fn, stmt.Pos(), errors+".Join("+p.Name+", "+ctx+".Err())")
	timeName, imported := p.File.PackageAt("time", stmt.Pos())
	if !ok || !imported {
		return nil
	}
	text := "select {\ncase <-" + timeName + ".After(" + p.File.Text(wait) + "):\ncase <-" + ctx + ".Done():\n\t" + leave + "\n}"
	return &report.Fix{
		Message: "Wait no longer than the context", Class: report.Review,
		Edits: append(add, edits.Replace(stmt.Pos(), stmt.End(), spot.Lines(text))),
	}
}

// onlySleep returns the one statement of a loop that sleeps, and for how long.
func onlySleep(m *mend.Mender, body *ast.BlockStmt) (stmt ast.Stmt, wait ast.Expr) {
	found := 0
	ast.Inspect(body, func(n ast.Node) bool {
		if s, ok := n.(*ast.ExprStmt); ok {
			if d := sleeps(m, s); d != nil {
				stmt, wait = s, d
				found++
			}
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	if found != 1 {
		return nil, nil
	}
	return stmt, wait
}

// sleeps returns for how long a statement sleeps, if it does nothing else.
func sleeps(m *mend.Mender, stmt ast.Stmt) ast.Expr {
	s, ok := stmt.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	name := "time.Sleep"
	x := ast.Unparen(s.X)
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		name, x = "time.After", ast.Unparen(u.X)
	}
	call, ok := x.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	if fn := m.Known().Callee(call); fn == nil || fn.FullName() != name {
		return nil
	}
	return call.Args[0]
}

// contextAt returns the name of the context that the function, or one around it, is given.
func contextAt(f *edits.File, path []ast.Node) (string, bool) {
	for _, n := range path {
		fn, ok := f.Function([]ast.Node{n})
		if !ok {
			continue
		}
		for v := range fn.Sig.Params().Variables() {
			if types.TypeString(v.Type(), nil) == "context.Context" && v.Name() != "" && f.At(v.Name(), path[0].Pos()) == v {
				return v.Name(), true
			}
		}
	}
	return "", false
}

// last returns the error of the last attempt when all have failed, or adds it to the error that is returned.
func last(m *mend.Mender, l *errflow.Loss) *report.Fix {
	ret, ok := l.At.(*ast.ReturnStmt)
	loop, body := loopOf(l)
	if !ok || body == nil || len(ret.Results) == 0 {
		return nil
	}
	p, ok := m.Holding(l.Value, ret)
	var keep []analysis.TextEdit
	if !ok {
		if p.File == nil {
			return nil
		}
		if p.Name, keep, ok = kept(m, p.File, l, loop, body, ret); !ok {
			return nil
		}
	}
	fn, ok := p.File.Function(p.Path)
	if !ok || len(ret.Results) != fn.Err+1 {
		return nil
	}
	given := ast.Unparen(ret.Results[fn.Err])
	if p.File.Info.Types[given].IsNil() {
		value, add := p.Name, []analysis.TextEdit(nil)
		if comesRound(p.File, loop) { // otherwise there may be none to wrap
			value, add = m.Wrapped(p, fn)
		}
		list := append(append(keep, add...), edits.Replace(given.Pos(), given.End(), value))
		return &report.Fix{Message: "Return the error of the last attempt", Edits: list, Class: report.Review}
	}
	list, ok := with(m, p, loop, given)
	if !ok {
		return nil
	}
	return &report.Fix{Message: "Keep the error of the last attempt", Edits: append(keep, list...), Class: report.Review}
}

// with makes edits by which a new error holds the last one as well. Where a loop may not have come round at all, there is
// none, which only errors.Join takes.
func with(m *mend.Mender, p mend.Place, loop ast.Stmt, given ast.Expr) ([]analysis.TextEdit, bool) {
	if call, ok := given.(*ast.CallExpr); ok && comesRound(p.File, loop) {
		if list, ok := m.Hold(p.File, call, p.Name); ok {
			return list, true
		}
	}
	if !p.File.Has("go1.20") {
		return nil, false
	}
	errors, list, ok := p.File.Qualify("errors", "Join", given.Pos())
	if !ok {
		return nil, false
	}
	return append(list, edits.Insert(given.Pos(), errors+".Join("), edits.Insert(given.End(), ", "+p.Name+")")), true
}

// comesRound reports whether a loop makes a turn whatever its variables hold.
func comesRound(f *edits.File, loop ast.Stmt) bool {
	value := func(e ast.Expr) constant.Value {
		if v := f.Info.Types[e].Value; v != nil && v.Kind() == constant.Int {
			return v
		}
		return constant.MakeUnknown()
	}
	switch s := loop.(type) {
	case *ast.RangeStmt:
		return constant.Compare(value(s.X), token.GTR, constant.MakeInt64(0))
	case *ast.ForStmt:
		if s.Cond == nil {
			return true
		}
		init, ok := s.Init.(*ast.AssignStmt)
		cond, isBinary := s.Cond.(*ast.BinaryExpr)
		return ok && isBinary && len(init.Lhs) == 1 && f.Text(cond.X) == f.Text(init.Lhs[0]) &&
			(cond.Op == token.LSS || cond.Op == token.LEQ) && constant.Compare(value(init.Rhs[0]), cond.Op, value(cond.Y))
	}
	return false
}

// kept brings the error of an attempt, which lives in the loop only, to the return statement behind it.
func kept(m *mend.Mender, f *edits.File, l *errflow.Loss, loop ast.Stmt, body *ast.BlockStmt, ret ast.Stmt) (name string, list []analysis.TextEdit, ok bool) {
	path, holder, ok := m.Birth(f, l.Value)
	if !ok || inClosure(f, body, holder) || !f.Predeclared(loop.Pos(), "error") {
		return "", nil, false
	}
	assign, ok := path[0].(*ast.AssignStmt)
	before, stands := f.Spot(f.Path(loop))
	if !ok || !stands || assign.Tok != token.DEFINE {
		return "", nil, false
	}
	alone := true // only the error is declared here
	for _, e := range assign.Lhs {
		id, ok := e.(*ast.Ident)
		alone = alone && ok && (id.Name == "_" || f.Info.Defs[id] == holder)
	}
	if name, ok := f.NewName(f.Path(loop), holder.Name()); ok && alone && f.At(name, loop.Pos()) == nil && f.At(name, ret.Pos()) == nil {
		return name, append(before.Before("var "+name+" error"), edits.Replace(assign.TokPos, assign.TokPos+1, "")), true
	}
	name, ok = f.NewName(f.Path(loop), "lastErr", "last")
	behind, stands := f.Spot(path)
	if !ok || !stands || f.At(name, loop.Pos()) != nil || edits.Mentions(body, name) {
		return "", nil, false
	}
	return name, append(before.Before("var "+name+" error"), behind.Behind(name+" = "+holder.Name())...), true
}

// inClosure reports whether a closure in a body uses v.
func inClosure(f *edits.File, body *ast.BlockStmt, v *types.Var) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			ast.Inspect(lit, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				found = found || ok && f.Info.Uses[id] == v
				return !found
			})
		}
		return !found
	})
	return found
}
