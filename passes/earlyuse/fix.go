package earlyuse

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

// fix puts the test of the error in front of the use.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	if l.Case != errflow.CaseUse && l.Case != errflow.CaseUnknown {
		return nil
	}
	f, _, ok := m.At(l.Value.Node)
	if !ok {
		return nil
	}
	birth, holder, ok := m.Birth(f, l.Value)
	if !ok || !f.Predeclared(l.Value.Pos(), "nil") {
		return nil
	}
	spot, ok := f.Spot(birth)
	if !ok {
		return nil
	}
	tests := 0
	ast.Inspect(birth[1], func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && f.Info.Uses[id] == holder && id.Pos() > birth[0].End() {
			tests++
		}
		return true
	})
	if tests > 0 {
		return move(f, birth, spot, holder.Name(), l.At)
	}
	p := mend.Place{File: f, Path: birth, Name: holder.Name(), Call: l.Value.Call}
	r, ok := m.Abort(p)
	if !ok {
		return nil
	}
	return r.Fix(r.Message(), spot.Behind(mend.If(p.Name, r.Lines)))
}

// move brings the test that comes too late up to the call. It consists of a return, so that nothing behind the call
// depends on its place, and no other fix touches it.
func move(f *edits.File, birth []ast.Node, spot *edits.Spot, name string, use ast.Node) *report.Fix {
	block, ok := birth[1].(*ast.BlockStmt)
	if !ok {
		return nil
	}
	seen := false
	for i, s := range block.List {
		if s == birth[0] {
			seen = true
			continue
		}
		if !seen {
			continue
		}
		test, ok := s.(*ast.IfStmt)
		if !ok || test.Init != nil || test.Else != nil || !isTest(test.Cond, name) {
			if edits.Mentions(s, name) {
				return nil
			}
			continue
		}
		if use.Pos() > test.Pos() || !simple(test.Body) || f.Commented(test.Pos(), test.End()) {
			return nil
		}
		for _, between := range block.List[:i] { // what is declared there, the test cannot read further up
			if a, ok := between.(*ast.AssignStmt); ok && a.Pos() > birth[0].Pos() && a.Tok == token.DEFINE {
				for _, e := range a.Lhs {
					if id, ok := e.(*ast.Ident); ok && edits.Mentions(test, id.Name) {
						return nil
					}
				}
			}
			if d, ok := between.(*ast.DeclStmt); ok && d.Pos() > birth[0].Pos() {
				return nil
			}
		}
		cut, ok := f.Cut(test)
		if !ok {
			return nil
		}
		lines := strings.ReplaceAll(f.Text(test), "\n"+f.Margin(test.Pos()), "\n")
		return &report.Fix{Message: "Test the error first", Class: report.Safe, Edits: append([]analysis.TextEdit{cut}, spot.Behind(lines)...)}
	}
	return nil
}

func isTest(cond ast.Expr, name string) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ {
		return false
	}
	x, isX := b.X.(*ast.Ident)
	y, isY := b.Y.(*ast.Ident)
	return isX && isY && x.Name == name && y.Name == "nil"
}

// simple reports whether a body is one return that calls nothing but what makes errors.
func simple(body *ast.BlockStmt) bool {
	if len(body.List) != 1 {
		return false
	}
	if _, ok := body.List[0].(*ast.ReturnStmt); !ok {
		return false
	}
	plain := true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			plain = false
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			plain = plain && ok && (sel.Sel.Name == "Errorf" || sel.Sel.Name == "New" || sel.Sel.Name == "Wrap" || sel.Sel.Name == "Wrapf")
		}
		return plain
	})
	return plain
}
