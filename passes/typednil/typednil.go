package typednil

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports nil pointers of a concrete error type that become errors.
var Analyzer = &analysis.Analyzer{
	Name:     "typednil",
	Doc:      "find nil pointers of a concrete error type that become an error which is not nil",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/typednil",
	Requires: []*analysis.Analyzer{errflow.Analyzer, report.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	r := report.Of(pass)
	for l := range errflow.Of(pass).Losses(errflow.TypedNil) {
		r.Report(pass, tell.Loss(pass, l, false, sentence(pass, l)))
	}
	return nil, nil
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	if l.Case == errflow.CaseNilCall {
		return fmt.Sprintf("%s can give a nil pointer, which becomes an error that is not nil", l.Value.What())
	}
	// A list of errors is as nil as a pointer, where it is empty.
	what := "pointer"
	if e, ok := l.At.(ast.Expr); ok {
		if _, slice := pass.TypesInfo.TypeOf(e).Underlying().(*types.Slice); slice {
			what = "slice"
		}
	}
	return fmt.Sprintf("%s can be a nil %s here (line %d), which becomes an error that is not nil", l.Value.What(), what, tell.Line(pass, l.Value.Pos()))
}
