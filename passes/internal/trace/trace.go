// Package trace tells what errflow sees of the errors at one line: the answer to why something was reported, and to
// why it was not.
//
// The question travels in the source, as a comment that only a copy of a file has (see [Request]). So it is part of
// what a driver caches results under, needs no flag, and sets off the analysis of one package only.
package trace

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/report"
)

// Analyzer answers the requests in a package's files. Without one it reports nothing.
//
// For each error at the line there is a diagnostic of category [Life], and behind it one of category [Path] for each
// way in which a path ends for it. Their related positions are the steps, in order; the last is the end. Errors of the
// same function at other lines are [Near]; [Nothing] says why there is no error at all.
var Analyzer = &analysis.Analyzer{
	Name:     "trace",
	Doc:      "tell what becomes of the errors at a line, where a copy of a file asks for it",
	URL:      "https://github.com/errvet/errvet/tree/main/passes/internal/trace",
	Requires: []*analysis.Analyzer{errflow.Analyzer},
	Run:      run,
}

// The categories of what is told.
const (
	Life    = "trace/life"
	Path    = "trace/path"
	Lost    = "trace/lost-path" // a path on which the error gets lost
	Verdict = "trace/verdict"   // what the engine makes of the error as a whole, if it makes anything of it
	Near    = "trace/near"
	Nothing = "trace/nothing"
)

const marker = "//errvet-trace "

// Request returns what is to be appended to the source of a file to ask for a line of it. The salt makes the file
// unlike any that was traced before.
func Request(line int, salt string) string { return fmt.Sprintf("\n%s%d %s\n", marker, line, salt) }

func run(pass *analysis.Pass) (any, error) {
	for _, file := range pass.Files {
		if line, ok := request(file); ok {
			t := &tracer{pass: pass, flow: errflow.Of(pass), file: file, line: line}
			t.tell()
		}
	}
	return nil, nil
}

// request returns the line that the file asks for: a request is its last comment.
func request(file *ast.File) (line int, ok bool) {
	if len(file.Comments) == 0 {
		return 0, false
	}
	list := file.Comments[len(file.Comments)-1].List
	rest, ok := strings.CutPrefix(list[len(list)-1].Text, marker)
	if !ok {
		return 0, false
	}
	number, _, _ := strings.Cut(rest, " ")
	line, err := strconv.Atoi(number)
	return line, err == nil
}

// A tracer answers one request.
type tracer struct {
	pass *analysis.Pass
	flow *errflow.Flow
	file *ast.File
	line int
}

func (t *tracer) tell() {
	if t.generated() {
		t.report(t.file.Package, t.file.Name.End(), Nothing, "errvet does not look into generated files")
		return
	}
	outer := t.enclosing()
	if outer == nil {
		t.report(t.file.Package, t.file.Name.End(), Nothing, "the line is in no function")
		return
	}
	var near []errflow.Life
	met, funcs := 0, 0
	for f := range t.flow.Funcs() {
		if f.Node.Pos() < outer.Pos() || f.Node.End() > outer.End() {
			continue
		}
		funcs++
		for _, l := range t.flow.Lives(f) {
			if t.meets(l) {
				t.life(l)
				met++
			} else {
				near = append(near, l)
			}
		}
	}
	if funcs == 0 {
		t.report(outer.Pos(), outer.Pos(), Nothing, "nothing in the function is an error")
	}
	if met > 0 {
		return
	}
	slices.SortFunc(near, func(a, b errflow.Life) int { return cmp.Compare(a.Value.Pos(), b.Value.Pos()) })
	for _, l := range near {
		t.report(l.Value.Node.Pos(), l.Value.Node.End(), Near, title(l))
	}
}

// generated reports whether errflow passes over the file. What cgo makes of a file names the file it was made from.
func (t *tracer) generated() bool {
	name := t.pass.Fset.PositionFor(t.file.Package, false).Filename
	return report.ByTool(t.pass.Fset, t.file) && name == t.pass.Fset.Position(t.file.Package).Filename
}

// enclosing returns the declaration that the line is in, if that can hold code.
func (t *tracer) enclosing() ast.Decl {
	for _, d := range t.file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		if t.at(d.Pos()) <= t.line && t.line <= t.at(d.End()) {
			return d
		}
	}
	return nil
}

func (t *tracer) at(pos token.Pos) int { return t.pass.Fset.Position(pos).Line }

// meets reports whether the error is born at the line, or something happens to it there.
func (t *tracer) meets(l errflow.Life) bool {
	if t.touches(l.Value.Node) || l.Loss != nil && t.touches(l.Loss.At) {
		return true
	}
	for _, o := range l.Outcomes {
		if t.touches(o.Node) {
			return true
		}
		for _, s := range o.Steps {
			if t.touches(s.Node) {
				return true
			}
		}
	}
	return false
}

// touches reports whether the node is at the line; of what holds statements, only the beginning counts.
func (t *tracer) touches(n ast.Node) bool {
	first := t.at(n.Pos())
	switch n.(type) {
	case *ast.BlockStmt, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.CaseClause,
		*ast.CommClause, *ast.FuncDecl, *ast.FuncLit:
		return first == t.line
	}
	return first <= t.line && t.line <= t.at(n.End())
}

// life reports one error and its paths.
func (t *tracer) life(l errflow.Life) {
	v := l.Value
	t.report(v.Node.Pos(), v.Node.End(), Life, title(l)+": "+fate(l))
	for _, o := range l.Outcomes {
		d := analysis.Diagnostic{Pos: v.Node.Pos(), End: v.Node.End(), Category: Path, Message: o.How}
		if o.Lost {
			d.Category = Lost
		}
		for _, s := range o.Steps {
			d.Related = append(d.Related, step(s.Node, s.What))
		}
		d.Related = append(d.Related, step(o.Node, o.How))
		t.pass.Report(d)
	}
	if loss := l.Loss; loss != nil {
		tier := "default"
		if loss.Strict {
			tier = "strict"
		}
		t.report(loss.At.Pos(), loss.At.End(), Verdict, fmt.Sprintf("a loss of the %s tier, case %s", tier, loss.Case))
	}
}

func step(n ast.Node, what string) analysis.RelatedInformation {
	end := n.End()
	if b, ok := n.(*ast.BlockStmt); ok {
		end = b.Lbrace + 1
	}
	return analysis.RelatedInformation{Pos: n.Pos(), End: end, Message: what}
}

// title names the error: its variable, and what bore it.
func title(l errflow.Life) string {
	v := l.Value
	var s string
	switch v.Origin {
	case errflow.FromCall:
		s = "the error of " + v.What()
	case errflow.FromParam:
		return v.Name + ", handed to " + v.Func.Name()
	case errflow.FromCaptured:
		return v.Name + ", the result of " + v.Func.Outer.Name() + " as a deferred closure finds it"
	case errflow.FromNothing:
		return "no error at all, given by " + v.Func.Name()
	default:
		s = v.What()
	}
	if v.Name != "" {
		s = v.Name + ", " + s
	}
	return s + ", in " + v.Func.Name()
}

// fate says in words whether the error's paths were searched, and if not, why.
func fate(l errflow.Life) string {
	switch l.Why {
	case errflow.Followed:
		switch len(l.Outcomes) {
		case 0:
			return "no path ends while it is non-nil"
		case 1:
			return "one way to end"
		}
		return fmt.Sprintf("%d ways to end", len(l.Outcomes))
	case errflow.NotTaken:
		return l.Value.How.String() + ", so that nobody takes it"
	case errflow.CannotFail:
		return "always nil (" + l.Because + ")"
	case errflow.Nameless:
		return "handed on as it is born; what becomes of it is decided elsewhere"
	case errflow.Derived:
		return "made of another error, whose life goes on in it"
	case errflow.IsShared:
		return "a closure or a pointer may read or change it at any time, so errvet says nothing of it"
	case errflow.OverBound:
		return "the function is too large to search, so errvet says nothing of it"
	case errflow.Unreached:
		return "no path leads here"
	}
	return l.Why.String()
}

func (t *tracer) report(pos, end token.Pos, category, message string) {
	t.pass.Report(analysis.Diagnostic{Pos: pos, End: end, Category: category, Message: message})
}
