package lostcause

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports new errors that do not hold their cause.
var Analyzer = &analysis.Analyzer{
	Name:     "lostcause",
	Doc:      "find new errors that do not hold the error that caused them",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/lostcause",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      tell.Mended(errflow.LostCause, true, sentence, fix),
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what, line := l.Value.What(), tell.Line(pass, l.Value.Pos())
	switch l.Case {
	case errflow.CaseFlattened:
		return fmt.Sprintf("only the text of the error of %s (line %d) goes into the new one: with %%w it could still be told by errors.Is and errors.As", what, line)
	case errflow.CaseAsked:
		return fmt.Sprintf("the new error does not hold that of %s (line %d), which is asked for by its kind on line %d", what, line, tell.Line(pass, l.Caller.Pos()))
	case errflow.CaseContext:
		return "the context ended, and the new error does not hold its reason: a cancel and a deadline look the same"
	case errflow.CaseEnded:
		return "the context ended before everything was handed over, yet success is returned"
	}
	return fmt.Sprintf("the error of %s (line %d) is replaced by one that holds neither its text nor its chain", what, line)
}
