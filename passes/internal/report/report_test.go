package report_test

import (
	"go/ast"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/internal/report"
)

// loses is a rule made of names: it flags statements that call lose or
// something BestEffort (as dropped, which may be deliberate), mistake (as
// overwritten, which may not) or exit (as abruptexit), and `return nil` in a
// block or a clause (as swallowed).
var loses = &analysis.Analyzer{
	Name:     "loses",
	Doc:      "flag calls by their names",
	Requires: []*analysis.Analyzer{inspect.Analyzer, report.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		in := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
		for cur := range in.Root().Preorder((*ast.ExprStmt)(nil), (*ast.ReturnStmt)(nil)) {
			stmt := cur.Node().(ast.Stmt)
			f := report.Finding{Pos: stmt.Pos(), End: stmt.End(), Func: enclosingFunc(cur)}
			for c := range cur.Enclosing((*ast.IfStmt)(nil)) {
				f.Also = append(f.Also, c.Node())
			}
			if ret, ok := stmt.(*ast.ReturnStmt); ok {
				if len(ret.Results) != 1 || !isIdent(ret.Results[0], "nil") {
					continue
				}
				if _, ok := cur.Parent().Parent().Node().(*ast.FuncDecl); ok {
					continue
				}
				f.Rule, f.Case, f.Message = "swallowed", "success-returned", "nil is answered"
				f.Deliberate = []ast.Node{cur.Parent().Node()}
				report.Of(pass).Report(pass, f)
				continue
			}
			call, ok := stmt.(*ast.ExprStmt).X.(*ast.CallExpr)
			if !ok {
				continue
			}
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				f.Callee = fun.Name
			case *ast.SelectorExpr:
				f.Callee = fun.Sel.Name
			}
			f.Message = f.Callee + " is lost"
			switch name := f.Callee; {
			case name == "mistake":
				f.Rule, f.Case = "overwritten", "again"
			case name == "exit":
				f.Rule, f.Case = "abruptexit", "exit"
			case name == "strict":
				f.Rule, f.Case, f.Tier = "dropped", "blank", report.Strict
			case strings.HasPrefix(name, "lose"), strings.Contains(strings.ToLower(name), "besteffort"):
				f.Rule, f.Case, f.Deliberate = "dropped", "bare", []ast.Node{stmt}
			default:
				continue
			}
			report.Of(pass).Report(pass, f)
		}
		return nil, nil
	},
}

func isIdent(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func enclosingFunc(cur inspector.Cursor) string {
	for c := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		return c.Node().(*ast.FuncDecl).Name.Name
	}
	return ""
}

func TestReasons(t *testing.T)    { passtest.Check(t, loses, "./report/reason") }
func TestNames(t *testing.T)      { passtest.Check(t, loses, "./report/name") }
func TestDirectives(t *testing.T) { passtest.Check(t, loses, "./report/ignore") }
func TestPeers(t *testing.T)      { passtest.Check(t, loses, "./report/peer") }
func TestFiles(t *testing.T)      { passtest.Check(t, loses, "./report/file") }
func TestCgo(t *testing.T)        { passtest.Check(t, loses, "./report/cgo") }
