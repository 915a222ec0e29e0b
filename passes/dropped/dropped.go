package dropped

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports calls whose error nobody takes.
var Analyzer = &analysis.Analyzer{
	Name:     "dropped",
	Doc:      "find calls whose error nobody takes",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/dropped",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      tell.Mended(errflow.Dropped, true, sentence, fix),
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what := l.Value.What()
	switch l.Case {
	case errflow.CaseDefer:
		return fmt.Sprintf("the deferred %s can fail, and nobody takes its error", what)
	case errflow.CaseUnasked:
		return fmt.Sprintf("the loop over %s may end because it failed, and nobody asks %s", what, l.AtHand)
	case errflow.CaseAlternative:
		return fmt.Sprintf("%s is called because %s is not nil, and its own error is thrown away: where both fail, success is returned", what, l.AtHand)
	case errflow.CaseBlank:
		return fmt.Sprintf("the error of %s is thrown away without a reason", what)
	case errflow.CaseBlankUsed:
		return fmt.Sprintf("the error of %s is thrown away, and %s, which is nil if it fails, is used on line %d", what, l.Peer(), tell.Line(pass, l.End.Node.Pos()))
	}
	return fmt.Sprintf("%s can fail, and nobody takes its error", what)
}
