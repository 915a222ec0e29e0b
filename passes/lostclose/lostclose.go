package lostclose

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports calls that close, flush, sync or commit what was written, and whose error nobody takes.
var Analyzer = &analysis.Analyzer{
	Name:     "lostclose",
	Doc:      "find calls that close, flush, sync or commit what was written, and whose error nobody takes",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/lostclose",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      tell.Mended(errflow.LostClose, true, sentence, fix),
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what := l.Value.What()
	if l.Value.How == errflow.Deferred {
		what = "the deferred " + what
	}
	written := func() string {
		return fmt.Sprintf("what was written on line %d", tell.Line(pass, l.Steps[0].Node.Pos()))
	}
	switch l.Case {
	case errflow.CaseCommit:
		return fmt.Sprintf("nobody takes the error of %s: whether the transaction took effect is not known", what)
	case errflow.CaseFlush:
		return fmt.Sprintf("nobody takes the error of %s: %s may still be in the buffer", what, written())
	case errflow.CaseSync:
		return fmt.Sprintf("nobody takes the error of %s: %s may not last", what, written())
	case errflow.CaseElsewhere:
		return fmt.Sprintf("nobody takes the error of %s, which can lose what was written elsewhere", what)
	case errflow.CaseSticky:
		return fmt.Sprintf("nobody asks for the error that %s leaves behind: %s may not be complete", what, written())
	case errflow.CaseNeverCalled:
		return fmt.Sprintf("%s is named here, but not called", what)
	case errflow.CaseUnwritten:
		return fmt.Sprintf("nobody takes the error of %s, which was opened for writing", what)
	}
	return fmt.Sprintf("nobody takes the error of %s: %s may not be stored", what, written())
}
