package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/report"
)

// Take is the fix of a call whose error nobody takes: it is looked at where the call stands.
func (m *Mender) Take(l *errflow.Loss) *report.Fix {
	call := l.Value.Call
	if call == nil {
		return nil
	}
	f, path, ok := m.Statement(call)
	if !ok {
		return nil
	}
	p := Place{File: f, Path: path, Call: call}
	switch stmt := path[0].(type) {
	case *ast.ExprStmt:
		return m.statement(p, stmt)
	case *ast.DeferStmt:
		if stmt.Call == call {
			return m.deferred(p, stmt)
		}
	case *ast.AssignStmt:
		if l.Case == errflow.CaseBlankUsed {
			return m.used(p, stmt)
		}
		return m.blank(p, stmt)
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

func (m *Mender) statement(p Place, stmt *ast.ExprStmt) *report.Fix {
	spot, ok := p.File.Spot(p.Path)
	if !ok || ast.Unparen(stmt.X) != stmt.X || !edits.HeadSafe(p.Call) || !p.File.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	if r, left, condition, ok := m.beside(p); ok {
		return r.Fix(r.Message(), spot.If(left, condition, r.Lines))
	}
	r, ok := m.Remedy(p)
	if !ok {
		if r, ok = m.quit(p); !ok {
			return nil
		}
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

// beside puts the error into the variable of another one that is looked at later, if that one is nil.
func (m *Mender) beside(p Place) (r *Remedy, left, condition string, ok bool) {
	fn, ok := p.File.Function(p.Path)
	if !ok {
		return nil, "", "", false
	}
	bare, vars := m.pending(p, fn)
	name := ErrName(p.Call)
	if bare || len(vars) != 1 || vars[0].Name() == name || edits.Mentions(p.Call, vars[0].Name()) || p.File.At(vars[0].Name(), p.pos()) != vars[0] {
		return nil, "", "", false
	}
	left, ok = results(p.File, p.Call, name)
	other := vars[0].Name()
	return &Remedy{Name: name, Verb: "keep", Lines: other + " = " + name, Class: report.Safe}, left, other + " == nil", ok
}

// early reports whether a deferred call stands directly behind the one that gives its receiver, in front of the test of
// that one's error: on that path it fails, too.
func (m *Mender) early(p Place) bool {
	sel, ok := ast.Unparen(p.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	recv, ok := ast.Unparen(sel.X).(*ast.Ident)
	list, isBlock := p.Path[1].(*ast.BlockStmt)
	if !ok || !isBlock {
		return false
	}
	var before ast.Stmt
	for _, s := range list.List {
		if s == p.Path[0] {
			break
		}
		if _, deferred := s.(*ast.DeferStmt); !deferred {
			before = s
		}
	}
	a, ok := before.(*ast.AssignStmt)
	if !ok || len(a.Lhs) < 2 {
		return false
	}
	for _, l := range a.Lhs {
		if id, ok := l.(*ast.Ident); ok && m.info.ObjectOf(id) == m.info.ObjectOf(recv) {
			return true
		}
	}
	return false
}

func (m *Mender) blank(p Place, stmt *ast.AssignStmt) *report.Fix {
	for _, e := range stmt.Lhs {
		if id, ok := e.(*ast.Ident); !ok || id.Name != "_" {
			return nil
		}
	}
	spot, ok := p.File.Spot(p.Path)
	if !ok || len(stmt.Rhs) != 1 || stmt.Rhs[0] != ast.Expr(p.Call) || !edits.HeadSafe(p.Call) || !p.File.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	r, left, condition, ok := m.beside(p)
	if !ok {
		if r, ok = m.Remedy(p); !ok {
			return nil
		}
		if left, ok = results(p.File, p.Call, r.Name); !ok {
			return nil
		}
		condition = r.Name + " != nil"
	}
	r.Class = report.Review // somebody has thrown it away by hand
	return r.Fix(r.Message(), spot.Test(stmt.Rhs[0].Pos(), left, condition, r.Lines))
}

// used tests the error in front of the use of what is nil if it is not.
func (m *Mender) used(p Place, stmt *ast.AssignStmt) *report.Fix {
	last := len(stmt.Lhs) - 1
	id, ok := stmt.Lhs[last].(*ast.Ident)
	if !ok || id.Name != "_" || len(stmt.Rhs) != 1 || stmt.Tok != token.DEFINE || !p.File.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	spot, ok := p.File.Spot(p.Path)
	if !ok {
		return nil
	}
	name, ok := p.File.NewName(p.Path, "err", ErrName(p.Call))
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

func (m *Mender) deferred(p Place, stmt *ast.DeferStmt) *report.Fix {
	spot, ok := p.File.Spot(p.Path)
	if !ok || p.File.Line(stmt.Pos()) != p.File.Line(stmt.End()) || !edits.HeadSafe(p.Call) || !p.File.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	fn, ok := p.File.Function(p.Path)
	if !ok || !p.File.Stable(fn, p.Call) || m.twice(fn, p.Call) {
		return nil
	}
	if m.early(p) {
		return m.ifNoOther(p, fn, spot)
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

// ifNoOther keeps the error of a deferred call where the function returns no other: where the call cannot but fail,
// since what it is made on is not there, the function has an error to tell already.
func (m *Mender) ifNoOther(p Place, fn *edits.Function, spot *edits.Spot) *report.Fix {
	result, add, ok := p.File.Result(fn, p.pos())
	name := ErrName(p.Call)
	if !ok || result == name {
		return nil
	}
	left, ok := results(p.File, p.Call, name)
	if !ok {
		return nil
	}
	r := &Remedy{Verb: "keep", Edits: add, Class: report.Safe}
	return r.Fix(r.Message(), spot.Closure(p.Call, left, result+" == nil", result+" = "+name))
}

// twice reports whether the same method of the same value is called elsewhere in fn: the second Close of a file fails,
// and that failure is expected.
func (m *Mender) twice(fn *edits.Function, call *ast.CallExpr) bool {
	text := types.ExprString(call.Fun)
	found := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		other, ok := n.(*ast.CallExpr)
		found = found || ok && other != call && types.ExprString(other.Fun) == text && len(call.Args) == 0
		return !found
	})
	return found
}
