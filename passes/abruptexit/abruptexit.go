package abruptexit

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports ordinary errors that end the program, and exits that skip deferred calls.
var Analyzer = &analysis.Analyzer{
	Name:     "abruptexit",
	Doc:      "find exits that skip deferred calls which would save data, and ordinary errors that end the program in code that could return them",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/abruptexit",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	r, m := report.Of(pass), mend.Of(pass)
	for _, x := range errflow.Of(pass).Exits(r.Skips) {
		f := report.Finding{Rule: pass.Analyzer.Name, Case: x.Case, Pos: x.Call.Pos(), End: x.Call.End(), Func: x.Func.DeclName(), Deliberate: x.Reasons}
		if x.Strict {
			f.Tier = report.Strict
		}
		switch x.Case {
		case "":
			continue
		case errflow.CaseSkipsDefer:
			skips(pass, x, &f)
		default:
			ends(pass, x, &f)
			f.Fix = func() *report.Fix { return m.ReturnInstead(x.Value, x.Call) }
		}
		r.Report(pass, f)
	}
	return nil, nil
}

// ends tells of an ordinary error that ends the program.
func ends(pass *analysis.Pass, x *errflow.Exit, f *report.Finding) {
	v, verb := x.Value, "ends the program"
	if x.Case == errflow.CaseRaised {
		verb = "panics"
	}
	f.Message = fmt.Sprintf("the failure of %s (line %d) %s", v.What(), tell.Line(pass, v.Pos()), verb)
	if x.Func.CanReturnError() {
		f.Message += ", although this function could return it"
	} else {
		f.Message += ": whoever calls this function cannot deal with it"
	}
	if v.Callee != nil {
		f.Callee = v.Callee.Name()
	}
	f.Also = []ast.Node{v.Node}
	f.Path = []report.Step{step(v.Node, v.What()+" fails here"), step(x.Call, "and "+verb+" here")}
}

// skips tells of a deferred call that does not run.
func skips(pass *analysis.Pass, x *errflow.Exit, f *report.Finding) {
	f.Message = fmt.Sprintf("%s ends the program without the deferred %s (line %d): %s",
		types.ExprString(x.Call.Fun), types.ExprString(x.Saves.Fun), tell.Line(pass, x.Skipped.Pos()), x.Loses)
	f.Also = []ast.Node{x.Skipped}
	f.Path = []report.Step{step(x.Skipped, "deferred here"), step(x.Call, "the program ends here, and deferred calls do not run")}
}

func step(n ast.Node, text string) report.Step {
	return report.Step{Pos: n.Pos(), End: n.End(), Text: text}
}
