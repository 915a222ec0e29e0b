package known_test

import (
	"go/ast"
	"go/types"
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
				d, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if s, ok := x.Summary(pass.TypesInfo.Defs[d.Name].(*types.Func)); ok {
					pass.Reportf(d.Name.Pos(), "%s", s.String())
				}
			}
		}
		return nil, nil
	},
}

func TestSummaries(t *testing.T) {
	analysistest.Run(t, passtest.Dir(t), printer, "./known/...")
}
