package overwritten

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports errors that are replaced or forgotten before anyone looked at them.
var Analyzer = &analysis.Analyzer{
	Name:     "overwritten",
	Doc:      "find errors that are replaced or go out of scope before anyone looked at them",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/overwritten",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      tell.Mended(errflow.Overwrites, true, sentence, fix),
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what, line := l.Value.What(), tell.Line(pass, l.Value.Pos())
	end := line
	if l.End != nil {
		end = tell.Line(pass, l.End.Node.Pos())
	}
	switch l.Case {
	case errflow.CaseLastTurn:
		if !l.Unseen() {
			return fmt.Sprintf("the error of %s does not outlast the loop: the next turn's takes its place", what)
		}
		return fmt.Sprintf("only the last turn's error of %s is looked at: the next turn overwrites it", what)
	case errflow.CaseTidied:
		return fmt.Sprintf("the failure of %s (line %d) is overwritten by the error of tidying up: where that succeeds, success is told", what, line)
	case errflow.CaseNoted:
		return fmt.Sprintf("the failure of %s (line %d) is only noted, and its error overwritten by that of the next call: where that succeeds, success is told", what, line)
	case errflow.CaseParameter:
		return fmt.Sprintf("the error handed in as %s is overwritten before anyone looked at it", what)
	case errflow.CaseDeferred:
		return fmt.Sprintf("the deferred closure overwrites %s, which may hold the function's own error", what)
	case errflow.CaseNowhere:
		if name := l.Other(); name != "" {
			return fmt.Sprintf("the error of %s is assigned to %s, which is no result: nobody reads it after the deferred closure", what, name)
		}
		return fmt.Sprintf("the error of %s is assigned to %s, which is no result: nobody reads it after the deferred closure", what, l.Value.Name)
	case errflow.CaseMasked:
		return fmt.Sprintf("the error of %s (line %d) is not looked at yet when another one is returned here", what, line)
	case errflow.CaseShadowed:
		return fmt.Sprintf("the error of %s goes into a new %s that hides the outer one, which is nil where it is read later", what, l.Value.Name)
	case errflow.CaseUnseen:
		if _, ok := l.End.Exit(); ok {
			return fmt.Sprintf("the error of %s is not looked at on a path that ends on line %d", what, end)
		}
		return fmt.Sprintf("the error of %s is not looked at on a path to the end of its scope", what)
	}
	return fmt.Sprintf("the error of %s is overwritten on line %d before anyone looked at it", what, end)
}
