package known_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/passtest"
)

// printer reports each function's summary at its declaration, so that the
// testdata reads as a specification.
var printer = &analysis.Analyzer{
	Name:     "printer",
	Doc:      "print what is known of each function",
	Requires: []*analysis.Analyzer{known.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		x := known.Of(pass)
		for _, file := range pass.Files {
			for _, decl := range file.Decls {
				ast.Inspect(decl, func(n ast.Node) bool {
					var names []*ast.Ident
					switch n := n.(type) {
					case *ast.FuncDecl:
						names = []*ast.Ident{n.Name}
					case *ast.InterfaceType:
						for _, m := range n.Methods.List {
							names = append(names, m.Names...)
						}
					}
					for _, name := range names {
						if s, ok := x.Summary(pass.TypesInfo.Defs[name].(*types.Func)); ok {
							pass.Reportf(name.Pos(), "%s", s.String())
						}
					}
					return true
				})
			}
		}
		return nil, nil
	},
}

func TestSummaries(t *testing.T) {
	analysistest.Run(t, passtest.Dir(t), printer, "./known/infer", "./known/helper")
}

// caller reports what is known of each call that stands alone or is assigned,
// deferred or started.
var caller = &analysis.Analyzer{
	Name:     "caller",
	Doc:      "print what is known of each call",
	Requires: []*analysis.Analyzer{known.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		x := known.Of(pass)
		report := func(e ast.Expr) {
			if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
				if text := describe(pass, x, call); text != "" {
					pass.Reportf(call.Pos(), "%s", text)
				}
			}
		}
		for _, file := range pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ExprStmt:
					report(n.X)
				case *ast.AssignStmt:
					for _, r := range n.Rhs {
						report(r)
					}
				}
				return true
			})
		}
		return nil, nil
	},
}

func describe(pass *analysis.Pass, x *known.Index, call *ast.CallExpr) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if x.NoReturn(call) {
		add("noreturn")
	}
	if _, ok := x.Infallible(call); ok {
		add("infallible")
	}
	if x.AlwaysFails(call) {
		add("fails")
	}
	if _, ok := x.Harmless(call); ok {
		add("harmless")
	}
	if k := x.Kind(call); k != 0 {
		add("kind %v", k)
	}
	if e := x.ErrorResult(call); e > 0 {
		for i := range e {
			if x.NilOnError(call, i) {
				add("nil-on-error %d", i)
			}
		}
	}
	if arg, ok := x.Follows(call); ok {
		add("follows %d", arg)
	}
	for i, a := range call.Args {
		if v := pass.TypesInfo.Types[a]; v.IsNil() && x.Arg(call, i) == 0 {
			continue
		}
		if fate := x.Arg(call, i); fate != 0 {
			add("arg %d %v", i, fate)
		}
	}
	if arg, yes, no, ok := x.Predicate(call); ok {
		t := known.Tell{Arg: arg, WhenTrue: yes, WhenFalse: no}
		add("tells %v", t)
	}
	if s := x.Sentinels(call); len(s) > 0 {
		add("sentinels %s", strings.Join(s, " "))
	}
	return strings.Join(parts, "; ")
}

func TestCalls(t *testing.T) {
	analysistest.Run(t, passtest.Dir(t), caller, "./known/calls")
}

// TestContracts holds the diagnostics and the facts of known itself.
func TestContracts(t *testing.T) {
	analysistest.Run(t, passtest.Dir(t), known.Analyzer, "./known/contracts")
}
