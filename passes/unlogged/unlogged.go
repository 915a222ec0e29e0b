package unlogged

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports errors that end where nobody learns of them.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:     "unlogged",
		Doc:      "find errors that end in a handler, a goroutine or a callback without a trace, and failures told without the error",
		URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/unlogged",
		Requires: []*analysis.Analyzer{inspect.Analyzer, errflow.Analyzer, mend.Analyzer, report.Analyzer},
		Run:      run,
	}
	a.Flags.Var(new(names), "critical", "functions whose calls need structured log records before, after and on failure (strict tier), separated by commas: (*example.com/pay.Gateway).Charge")
	return a
}

func run(pass *analysis.Pass) (any, error) {
	critical(pass, report.Of(pass))
	return tell.Mended(errflow.Unlogged, true, sentence, fix)(pass)
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what, line := l.Value.What(), tell.Line(pass, l.Value.Pos())
	switch l.Case {
	case errflow.CaseNoError:
		return fmt.Sprintf("the log tells that %s failed (line %d), not why: the error is not in it", what, line)
	case errflow.CaseAnswerOnly:
		return fmt.Sprintf("the client gets a fixed text for the failure of %s (line %d), and nobody else learns of it", what, line)
	case errflow.CaseConsumed:
		return fmt.Sprintf("the failure of %s (line %d) is skipped without a trace, and the next one is taken", what, line)
	case errflow.CasePrintOnly:
		return fmt.Sprintf("the failure of %s (line %d) is only printed, where nobody reads it", what, line)
	}
	return fmt.Sprintf("%s failed (line %d), and %s ends without a trace of it", what, line, l.Func())
}
