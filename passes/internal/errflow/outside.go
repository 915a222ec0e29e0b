package errflow

import (
	"go/ast"

	"github.com/errvet/errvet/passes/internal/known"
)

// outside reports whether v's call can fail by what happens outside the program, or over what came from there: data
// that is decoded. A call that fails only over its arguments or the state of what is in memory mostly cannot fail
// where it stands, for reasons that whoever wrote the code knows; and of one that nothing is known about, nobody can
// say that it does.
func (fl *Flow) outside(v *Value) bool {
	if v.Callee == nil {
		f := fl.closure(v)
		return f != nil && fl.outsideWithin(f.Body)
	}
	if fl.known.Outside(v.Call) || known.Decodes(v.Callee) {
		return true
	}
	via, _ := fl.known.Through(v.Call)
	if sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr); ok && fl.known.Kind(v.Call)&known.Write != 0 {
		via = append(via, sel.X)
	}
	for _, e := range via {
		if fl.leads(v, e) {
			return true
		}
	}
	return false
}

// leads reports whether what is written to e, or read from it, leaves the program. Of a writer that nobody knows
// anything about it is assumed where the function can tell of the failure.
func (fl *Flow) leads(v *Value, e ast.Expr) bool {
	switch fl.known.SinkOf(e) {
	case known.FileSink:
		return true
	case known.PeerSink, known.SomeSink:
		return v.Func.CanReturnError() && fl.known.IsWriter(e)
	}
	return false
}

func (fl *Flow) outsideWithin(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			found = fl.known.ErrorResult(call) >= 0 && fl.known.Outside(call)
		}
		return !found
	})
	return found
}

// tellsEach reports whether the failed function is one of this package that logs each of its failures before it
// gives it back.
func (fl *Flow) tellsEach(v *Value) bool {
	body := fl.bodyOfCallee(v)
	return body != nil && fl.tellsAll(body, 2)
}

// tellsAll reports whether a log record is written before every return in body that may give an error, in the block
// where it stands, or by the function that it passes on the error of, down to depth.
func (fl *Flow) tellsAll(body *ast.BlockStmt, depth int) bool {
	told, failures := true, 0
	var visit func(list []ast.Stmt, logged bool)
	block := func(s ast.Stmt, logged bool) {
		if b, ok := s.(*ast.BlockStmt); ok && b != nil {
			visit(b.List, logged)
		}
	}
	visit = func(list []ast.Stmt, logged bool) {
		for _, s := range list {
			switch s := s.(type) {
			case *ast.ExprStmt:
				if call, ok := s.X.(*ast.CallExpr); ok && fl.known.Kind(call)&known.Log != 0 {
					logged = true
				}
			case *ast.ReturnStmt:
				if len(s.Results) == 0 {
					told = false // named results: too much to follow here
					continue
				}
				last := ast.Unparen(s.Results[len(s.Results)-1])
				if fl.info.Types[last].IsNil() {
					continue
				}
				failures++
				told = told && (logged || fl.passesOnTold(last, depth))
			case *ast.IfStmt:
				block(s.Body, false)
				block(s.Else, false)
				if s, ok := s.Else.(*ast.IfStmt); ok {
					visit([]ast.Stmt{s}, false)
				}
			case *ast.ForStmt:
				block(s.Body, false)
			case *ast.RangeStmt:
				block(s.Body, false)
			case *ast.BlockStmt:
				visit(s.List, logged)
			case *ast.LabeledStmt:
				visit([]ast.Stmt{s.Stmt}, logged)
			case *ast.SwitchStmt:
				visit(s.Body.List, logged)
			case *ast.TypeSwitchStmt:
				visit(s.Body.List, logged)
			case *ast.SelectStmt:
				visit(s.Body.List, logged)
			case *ast.CaseClause:
				visit(s.Body, false)
			case *ast.CommClause:
				visit(s.Body, false)
			}
		}
	}
	visit(body.List, false)
	return told && failures > 0
}

// passesOnTold reports whether e is the error of a function that tells of all its failures.
func (fl *Flow) passesOnTold(e ast.Expr, depth int) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok || depth == 0 {
		return false
	}
	fn := fl.known.Callee(call)
	if fn == nil {
		return false
	}
	body := fl.bodyOfCallee(&Value{Call: call, Callee: fn})
	return body != nil && fl.tellsAll(body, depth-1)
}
