package overwritten

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix looks at the error where it is born, or keeps it together with the one that takes its place.
var fix = mend.ByCase(map[string]mend.Maker{
	errflow.CaseReassigned: look,
	errflow.CaseUnseen:     look,
	errflow.CaseLastTurn:   everyTurn,
	errflow.CaseParameter:  beside,
	errflow.CaseDeferred:   keepFirst,
	errflow.CaseNowhere:    intoResult,
	errflow.CaseShadowed:   outer,
})

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

// everyTurn joins the error of each turn with those of the turns before, where it is looked at behind the loop only.
func everyTurn(m *mend.Mender, l *errflow.Loss) *report.Fix {
	return join(m, l, "Keep the errors of all turns", behindLoop)
}

// beside joins an error that has been found with the one that was handed in. Where a call's takes its place in any case,
// the parameter may be no more than a variable at hand.
func beside(m *mend.Mender, l *errflow.Loss) *report.Fix {
	return join(m, l, "Keep both errors", func(_ *edits.File, path []ast.Node, _ types.Object) bool {
		_, ok := path[0].(*ast.AssignStmt).Rhs[0].(*ast.Ident)
		return ok
	})
}

// join adds an error to what the variable holds that it would take the place of.
func join(m *mend.Mender, l *errflow.Loss, message string, sound func(*edits.File, []ast.Node, types.Object) bool) *report.Fix {
	f, path, ok := m.Statement(l.At)
	if !ok || !f.Has("go1.20") {
		return nil
	}
	stmt, ok := path[0].(*ast.AssignStmt)
	if !ok || stmt.Tok != token.ASSIGN || len(stmt.Lhs) != 1 || len(stmt.Rhs) != 1 || !edits.IsError(f.Info.TypeOf(stmt.Rhs[0])) {
		return nil
	}
	id, ok := stmt.Lhs[0].(*ast.Ident)
	if !ok || !sound(f, path, f.Info.ObjectOf(id)) {
		return nil
	}
	join, add, ok := f.Qualify("errors", "Join", stmt.Pos())
	if !ok {
		return nil
	}
	rhs := stmt.Rhs[0]
	return &report.Fix{
		Message: message, Class: report.Review,
		Edits: append(add, edits.Insert(rhs.Pos(), join+".Join("+id.Name+", "), edits.Insert(rhs.End(), ")")),
	}
}

// behindLoop reports whether a variable that the statement path[0] sets is read behind the loop around it, if only as the
// function's result, and nowhere else in it: a test there would find the errors of earlier turns.
func behindLoop(f *edits.File, path []ast.Node, v types.Object) bool {
	loop, ok := loopAround(path)
	fn, isFunc := f.Function(path)
	if !ok || !isFunc || v == nil {
		return false
	}
	behind, inside := false, 0
	for r := range fn.Sig.Results().Variables() {
		behind = behind || r == v
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && f.Info.ObjectOf(id) == v {
			behind = behind || id.Pos() > loop.End()
			if loop.Pos() <= id.Pos() && id.Pos() < loop.End() {
				inside++
			}
		}
		return true
	})
	return behind && inside == 1
}

// loopAround returns the innermost loop of its function around path[0].
func loopAround(path []ast.Node) (ast.Node, bool) {
	for _, n := range path {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return n, true
		case *ast.FuncLit, *ast.FuncDecl:
			return nil, false
		}
	}
	return nil, false
}

// keepFirst lets a deferred closure assign its error only where there is none yet.
func keepFirst(m *mend.Mender, l *errflow.Loss) *report.Fix {
	f, path, ok := m.Statement(l.At)
	if !ok {
		return nil
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
	fn, ok := p.File.Function(p.Path)
	if !ok || fn.Defer == nil {
		return nil
	}
	outer, ok := p.File.Function(fn.Outer)
	if !ok {
		return nil
	}
	if edits.Mentions(l.Value.Call, p.Name) { // the closure works on the variable, which only wants to be the result
		name, add, ok := p.File.Result(outer, stmt.Pos())
		if !ok || name != p.Name || len(add) == 0 {
			return nil
		}
		class := report.Review
		if sel, ok := l.Value.Call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Join" {
			class = report.Safe
		}
		return &report.Fix{Message: "Name the result", Edits: add, Class: class}
	}
	if !m.Elsewhere(outer, stmt.Lhs[0], stmt) {
		return nil
	}
	p.Name = ""
	r, ok := m.Join(p, outer)
	if !ok {
		return nil
	}
	return r.Fix(r.Message(), spot.Test(l.Value.Call.Pos(), r.Name+" := ", r.Name+" != nil", r.Lines))
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
	if loop, ok := loopAround(p.Path); ok && !leaves(p, stmt, loop) {
		return nil // the next turn would take its place
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

// leaves reports whether a test stands directly behind the statement that bears the error, and the loop ends there: with
// the failure, or, if the failure goes on to the next turn, with the success.
func leaves(p mend.Place, stmt ast.Stmt, loop ast.Node) bool {
	block, ok := p.Path[1].(*ast.BlockStmt)
	if !ok {
		return false
	}
	at := slices.Index(block.List, stmt) + 1
	if at == 0 || at == len(block.List) {
		return false
	}
	test, ok := block.List[at].(*ast.IfStmt)
	if !ok || test.Init != nil || !edits.Mentions(test.Cond, p.Name) || !mend.Ends(test.Body.List) {
		return false
	}
	branch, ok := test.Body.List[len(test.Body.List)-1].(*ast.BranchStmt)
	if !ok || branch.Tok == token.BREAK {
		return true
	}
	ends := false
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			ends = ends || n.Pos() > test.End()
		case *ast.BranchStmt:
			ends = ends || n.Pos() > test.End() && n.Tok == token.BREAK
		}
		return true
	})
	return ends
}
