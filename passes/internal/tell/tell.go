// Package tell turns a loss that errflow found into a finding: its position, the steps of the error's path,
// and the places where a comment or a directive may speak for it. Each rule adds its sentence.
package tell

import (
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// Losses is the Run of a rule that reports the losses of one class, each by its sentence.
func Losses(c errflow.Class, deliberate bool, sentence func(*analysis.Pass, *errflow.Loss) string) func(*analysis.Pass) (any, error) {
	return func(pass *analysis.Pass) (any, error) {
		r := report.Of(pass)
		for l := range errflow.Of(pass).Losses(c) {
			r.Report(pass, Loss(pass, l, deliberate, sentence(pass, l)))
		}
		return nil, nil
	}
}

// Mended is Losses for a rule that has fixes.
func Mended(c errflow.Class, deliberate bool, sentence func(*analysis.Pass, *errflow.Loss) string, fix mend.Maker) func(*analysis.Pass) (any, error) {
	return func(pass *analysis.Pass) (any, error) {
		r, m := report.Of(pass), mend.Of(pass)
		for l := range errflow.Of(pass).Losses(c) {
			f := Loss(pass, l, deliberate, sentence(pass, l))
			f.Fix = func() *report.Fix { return fix(m, l) }
			r.Report(pass, f)
		}
		return nil, nil
	}
}

// Loss makes the finding for l. A deliberate loss is one that a comment may give a reason for; a mistake is
// not made right by a comment.
func Loss(pass *analysis.Pass, l *errflow.Loss, deliberate bool, message string) report.Finding {
	f := report.Finding{
		Rule:    pass.Analyzer.Name,
		Case:    l.Case,
		Pos:     l.At.Pos(),
		End:     l.At.End(),
		Message: message,
		Callee:  l.Callee(),
		Func:    l.Value.Func.DeclName(),
		Also:    []ast.Node{l.Value.Node},
	}
	if l.Strict {
		f.Tier = report.Strict
	}
	switch at := l.At.(type) { // the branch begins here; underlining all of it would help nobody
	case *ast.BlockStmt:
		f.End = at.Lbrace + 1
	case *ast.CaseClause:
		f.End = at.Colon + 1
	case *ast.IfStmt:
		f.End = at.Body.Lbrace
	case *ast.ForStmt:
		f.End = at.Body.Lbrace
	case *ast.RangeStmt:
		f.End = at.Body.Lbrace
	case *ast.SwitchStmt:
		f.End = at.Body.Lbrace
	case *ast.TypeSwitchStmt:
		f.End = at.Body.Lbrace
	}
	f.Path = path(l)
	if e := l.End; e != nil && e.Handler != nil {
		f.Also = append(f.Also, e.Handler)
	}
	var end []ast.Node // what takes the error's place: whoever means it may say so there
	if e := l.End; e != nil && l.At == l.Value.Node {
		switch e.Node.(type) {
		case *ast.AssignStmt, *ast.ReturnStmt:
			end = append(end, e.Node)
		}
	}
	f.Also = append(f.Also, end...)
	if (deliberate || l.Answer()) && !l.Slip() {
		f.Deliberate = append([]ast.Node{l.At}, end...)
		if s, ok := l.At.(*ast.IfStmt); ok && l.Answer() {
			f.Deliberate = append(f.Deliberate, s.Body)
		}
		if e := l.End; e != nil && e.Handler != nil {
			f.Deliberate = append(f.Deliberate, e.Handler)
			if h := e.Header(); h != nil {
				f.Deliberate = append(f.Deliberate, h)
			}
		}
	}
	if l.Said != nil {
		f.Deliberate = append(f.Deliberate, l.Said)
	}
	return f
}

// path is the way of the error in order: where it was born, what happened to it, where it was lost.
func path(l *errflow.Loss) []report.Step {
	v := l.Value
	steps := []report.Step{{Pos: v.Node.Pos(), End: v.Node.End(), Text: v.What() + " fails here"}}
	if v.Origin == errflow.FromCaptured {
		steps[0].Text = v.Name + " holds the function's error here"
	}
	if v.Origin == errflow.FromNothing || len(l.Steps) > 0 {
		steps = nil
		for _, s := range l.Steps {
			steps = append(steps, report.Step{Pos: s.Node.Pos(), End: s.Node.End(), Text: s.Text})
		}
		return steps
	}
	for _, s := range l.Steps {
		steps = append(steps, report.Step{Pos: s.Node.Pos(), End: s.Node.End(), Text: s.Text})
	}
	if l.End == nil {
		return steps
	}
	for _, s := range l.End.Steps {
		steps = append(steps, report.Step{Pos: s.Node.Pos(), End: s.Node.End(), Text: s.Text})
	}
	n := l.End.Node
	return append(steps, report.Step{Pos: n.Pos(), End: n.End(), Text: l.End.How.String() + " here"})
}

// Line returns the line of a position.
func Line(pass *analysis.Pass, pos token.Pos) int { return pass.Fset.Position(pos).Line }

// Place names a position as file:line, for a message that speaks of another place in the package.
func Place(pass *analysis.Pass, n ast.Node) string {
	p := pass.Fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
}
