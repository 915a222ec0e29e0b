package overwritten

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix looks at the error where it is born, or keeps it together with the one that takes its place.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	switch l.Case {
	case errflow.CaseReassigned, errflow.CaseUnseen:
		return look(m, l)
	case errflow.CaseLastTurn:
		return everyTurn(m, l)
	case errflow.CaseDeferred:
		return keepFirst(m, l)
	case errflow.CaseNowhere:
		return intoResult(m, l)
	case errflow.CaseShadowed:
		return outer(m, l)
	}
	return nil
}

// look tests the error directly behind the call.
func look(m *mend.Mender, l *errflow.Loss) *report.Fix {
	p, spot, ok := born(m, l)
	if !ok || !p.File.Predeclared(p.Path[0].Pos(), "nil") {
		return nil
	}
	r, ok := m.Remedy(p)
	if !ok || r.Leave && r.Class != report.Safe {
		return nil // whatever the next turn does, or the clean-up behind, may be why nobody looks here
	}
	return r.Fix(r.Message(), spot.Behind(mend.If(p.Name, r.Lines)))
}

// born returns the place behind the statement that bears the error.
func born(m *mend.Mender, l *errflow.Loss) (mend.Place, *edits.Spot, bool) {
	f, _, ok := m.At(l.Value.Node)
	if !ok {
		return mend.Place{}, nil, false
	}
	path, holder, ok := m.Birth(f, l.Value)
	if !ok {
		return mend.Place{}, nil, false
	}
	spot, ok := f.Spot(path)
	return mend.Place{File: f, Path: path, Name: holder.Name(), Call: l.Value.Call}, spot, ok
}

// everyTurn joins the error of each turn with those of the turns before.
func everyTurn(m *mend.Mender, l *errflow.Loss) *report.Fix {
	p, _, ok := born(m, l)
	if !ok || !p.File.Has("go1.20") {
		return nil
	}
	stmt, ok := p.Path[0].(*ast.AssignStmt)
	if !ok || stmt.Tok != token.ASSIGN || len(stmt.Lhs) != 1 || stmt.Rhs[0] != ast.Expr(l.Value.Call) {
		return nil
	}
	join, add, ok := p.File.Qualify("errors", "Join", stmt.Pos())
	if !ok {
		return nil
	}
	rhs := stmt.Rhs[0]
	return &report.Fix{
		Message: "Keep the errors of all turns", Class: report.Review,
		Edits: append(add, edits.Insert(rhs.Pos(), join+".Join("+p.Name+", "), edits.Insert(rhs.End(), ")")),
	}
}

// keepFirst lets a deferred closure assign its error only where there is none yet.
func keepFirst(m *mend.Mender, l *errflow.Loss) *report.Fix {
	f, path, ok := m.At(l.At)
	if !ok {
		return nil
	}
	for len(path) > 1 {
		if _, ok := path[0].(ast.Stmt); ok {
			break
		}
		path = path[1:]
	}
	stmt, ok := path[0].(*ast.AssignStmt)
	if !ok || stmt.Tok != token.ASSIGN || len(stmt.Lhs) != 1 || len(stmt.Rhs) != 1 || !f.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	call, ok := stmt.Rhs[0].(*ast.CallExpr)
	result, isIdent := stmt.Lhs[0].(*ast.Ident)
	spot, stands := f.Spot(path)
	if !ok || !isIdent || !stands || !edits.HeadSafe(call) {
		return nil
	}
	name := mend.ErrName(call)
	if name == result.Name || edits.Mentions(call, name) {
		return nil
	}
	return &report.Fix{
		Message: "Keep the first error", Class: report.Safe,
		Edits: spot.Test(call.Pos(), name+" := ", result.Name+" == nil", result.Name+" = "+name),
	}
}

// intoResult gives the error of a deferred closure to the function's result, which the variable is not.
func intoResult(m *mend.Mender, l *errflow.Loss) *report.Fix {
	p, spot, ok := born(m, l)
	if !ok || !p.File.Predeclared(p.Path[0].Pos(), "nil") {
		return nil
	}
	stmt, ok := p.Path[0].(*ast.AssignStmt)
	if !ok || stmt.Tok != token.ASSIGN || len(stmt.Lhs) != 1 || stmt.Rhs[0] != ast.Expr(l.Value.Call) || !edits.HeadSafe(l.Value.Call) {
		return nil
	}
	if edits.Mentions(l.Value.Call, p.Name) {
		return nil // the closure works on the variable
	}
	fn, ok := p.File.Function(p.Path)
	if !ok || fn.Defer == nil {
		return nil
	}
	if outer, ok := p.File.Function(fn.Outer); ok && m.Elsewhere(outer, stmt.Lhs[0], stmt) {
		p.Name = ""
		r, ok := m.Join(p, outer)
		if !ok {
			return nil
		}
		return r.Fix(r.Message(), spot.Test(l.Value.Call.Pos(), r.Name+" := ", r.Name+" != nil", r.Lines))
	}
	return nil
}

// outer assigns the error to the variable that is read later.
func outer(m *mend.Mender, l *errflow.Loss) *report.Fix {
	p, spot, ok := born(m, l)
	if !ok {
		return nil
	}
	stmt, ok := p.Path[0].(*ast.AssignStmt)
	if !ok || stmt.Tok != token.DEFINE {
		return nil
	}
	var declare string
	for _, e := range stmt.Lhs {
		id, ok := e.(*ast.Ident)
		if !ok {
			return nil
		}
		if id.Name == "_" || id.Name == p.Name {
			continue
		}
		obj := p.File.Info.Defs[id]
		if obj == nil {
			continue
		}
		t, ok := p.File.Type(obj.Type(), stmt.Pos())
		if !ok {
			return nil
		}
		declare += "var " + id.Name + " " + t + "\n"
	}
	if v := p.File.At(p.Name, stmt.Pos()); v == nil || !edits.IsError(v.Type()) || v.Parent() == p.File.Pkg.Scope() {
		return nil
	}
	var list []analysis.TextEdit
	if declare != "" {
		list = spot.Before(strings.TrimSuffix(declare, "\n"))
	}
	return &report.Fix{
		Message: "Assign to the outer " + p.Name, Class: report.Review,
		Edits: append(list, edits.Replace(stmt.TokPos, stmt.TokPos+2, "=")),
	}
}
