package dropped

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix looks at the error where the call stands.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	f, path, ok := m.At(l.Value.Call)
	if !ok {
		return nil
	}
	call := l.Value.Call
	for len(path) > 1 {
		if _, ok := path[0].(ast.Stmt); ok {
			break
		}
		path = path[1:]
	}
	p := mend.Place{File: f, Path: path, Call: call}
	switch stmt := path[0].(type) {
	case *ast.ExprStmt:
		return statement(m, p, stmt)
	case *ast.DeferStmt:
		return deferred(m, p, stmt)
	case *ast.AssignStmt:
		if l.Case == errflow.CaseBlankUsed {
			return used(m, p, stmt)
		}
		return blank(m, p, stmt)
	}
	return nil
}

// results spells the left side of an assignment that takes the error of call only.
func results(f *edits.File, call *ast.CallExpr, name string) (string, bool) {
	t, ok := f.Info.TypeOf(call).(*types.Tuple)
	if !ok {
		return name + " := ", true
	}
	if last := t.Len() - 1; last < 0 || !edits.IsError(t.At(last).Type()) {
		return "", false
	}
	return strings.Repeat("_, ", t.Len()-1) + name + " := ", true
}

func statement(m *mend.Mender, p mend.Place, stmt *ast.ExprStmt) *report.Fix {
	spot, ok := p.File.Spot(p.Path)
	if !ok || ast.Unparen(stmt.X) != stmt.X || !edits.HeadSafe(p.Call) || !p.File.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	r, ok := m.Remedy(p)
	if !ok {
		return nil
	}
	left, ok := results(p.File, p.Call, r.Name)
	if !ok {
		return nil
	}
	if strings.Contains(strings.ToLower(p.File.Above(stmt.Pos())), "ignor") {
		r.Class = report.Review // the comment would have to go
	}
	return r.Fix(r.Message(), spot.If(left, r.Name+" != nil", r.Lines))
}

func blank(m *mend.Mender, p mend.Place, stmt *ast.AssignStmt) *report.Fix {
	for _, e := range stmt.Lhs {
		if id, ok := e.(*ast.Ident); !ok || id.Name != "_" {
			return nil
		}
	}
	spot, ok := p.File.Spot(p.Path)
	if !ok || len(stmt.Rhs) != 1 || stmt.Rhs[0] != ast.Expr(p.Call) || !edits.HeadSafe(p.Call) || !p.File.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	r, ok := m.Remedy(p)
	if !ok {
		return nil
	}
	left, ok := results(p.File, p.Call, r.Name)
	if !ok {
		return nil
	}
	r.Class = report.Review // somebody has thrown it away by hand
	return r.Fix(r.Message(), spot.Test(stmt.Rhs[0].Pos(), left, r.Name+" != nil", r.Lines))
}

// used tests the error in front of the use of what is nil if it is not.
func used(m *mend.Mender, p mend.Place, stmt *ast.AssignStmt) *report.Fix {
	last := len(stmt.Lhs) - 1
	id, ok := stmt.Lhs[last].(*ast.Ident)
	if !ok || id.Name != "_" || len(stmt.Rhs) != 1 || stmt.Tok != token.DEFINE || !p.File.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	spot, ok := p.File.Spot(p.Path)
	if !ok {
		return nil
	}
	name, ok := p.File.NewName(p.Path, "err", mend.ErrName(p.Call))
	if !ok {
		return nil
	}
	p.Name = name
	r, ok := m.Abort(p)
	if !ok {
		return nil
	}
	list := append(spot.Behind("if "+name+" != nil {\n\t"+strings.ReplaceAll(r.Lines, "\n", "\n\t")+"\n}"), edits.Replace(id.Pos(), id.End(), name))
	return r.Fix(r.Message(), list)
}

func deferred(m *mend.Mender, p mend.Place, stmt *ast.DeferStmt) *report.Fix {
	spot, ok := p.File.Spot(p.Path)
	if !ok || p.File.Line(stmt.Pos()) != p.File.Line(stmt.End()) || !edits.HeadSafe(p.Call) || !p.File.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	fn, ok := p.File.Function(p.Path)
	if !ok || !p.File.Stable(fn, p.Call) {
		return nil
	}
	r, ok := m.Join(p, fn)
	if !ok {
		if r, ok = m.Log(p); !ok {
			return nil
		}
	}
	left, ok := results(p.File, p.Call, r.Name)
	if !ok {
		return nil
	}
	return r.Fix(r.Message(), spot.Closure(p.Call, left, r.Name+" != nil", r.Lines))
}
