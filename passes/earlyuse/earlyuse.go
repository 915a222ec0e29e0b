package earlyuse

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports results that are used where their error may not be nil.
var Analyzer = &analysis.Analyzer{
	Name:     "earlyuse",
	Doc:      "find results that are used where their error may not be nil",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/earlyuse",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      tell.Mended(errflow.EarlyUse, false, sentence, fix),
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what, line := l.Value.What(), tell.Line(pass, l.Value.Pos())
	switch l.Case {
	case errflow.CaseFailedUse:
		return fmt.Sprintf("%s failed (line %d), and %s, which %s then, is used", what, line, l.Peer(), l.Then())
	case errflow.CaseJudged:
		return fmt.Sprintf("what %s (line %d) gave is judged here before its error: a failure is taken for something else", what, line)
	case errflow.CaseSometimes:
		if l.Value.Origin == errflow.FromParam {
			return fmt.Sprintf("%s, which may be nil beside %s, is used before that error is looked at", l.Peer(), what)
		}
		return fmt.Sprintf("%s, which may be nil if it failed, is used before the error of %s (line %d) is looked at", l.Peer(), what, line)
	case errflow.CaseUnknown:
		return fmt.Sprintf("%s is used before the error of %s (line %d) is looked at", l.Peer(), what, line)
	}
	return fmt.Sprintf("%s, which is nil if it failed, is used before the error of %s (line %d) is looked at", l.Peer(), what, line)
}
