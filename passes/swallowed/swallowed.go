package swallowed

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports errors that were tested and then lost.
var Analyzer = &analysis.Analyzer{
	Name:     "swallowed",
	Doc:      "find errors that were tested, and then neither returned, reported nor handled",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/swallowed",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      tell.Mended(errflow.Swallowed, true, sentence, fix),
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what, line := l.Value.What(), tell.Line(pass, l.Value.Pos())
	switch l.Case {
	case errflow.CaseEmpty:
		return fmt.Sprintf("the branch for a failure of %s (line %d) is empty: the error is lost", what, line)
	case errflow.CaseSuccess:
		return fmt.Sprintf("%s failed (line %d), yet success is returned", what, line)
	case errflow.CaseHalfChecked:
		return fmt.Sprintf("one kind of error of %s (line %d) is handled; any other kind falls through and is lost", what, line)
	case errflow.CaseAnswered:
		if l.Value.Call == nil {
			return "the request is refused here, and goes on behind this branch"
		}
		return fmt.Sprintf("the request is answered with the failure of %s (line %d), and goes on behind this branch", what, line)
	case errflow.CaseHalfMade:
		return fmt.Sprintf("%s failed (line %d) and what belongs to it is closed, yet what it half made is used on line %d", what, line, tell.Line(pass, l.Caller.Pos()))
	case errflow.CaseToldBoth:
		return fmt.Sprintf("%s tells of a failure (line %d), and success is told behind this branch", what, line)
	case errflow.CaseCarryOn:
		return fmt.Sprintf("the failure of %s (line %d) is only logged, and %s, which %s then, is used on line %d", what, line, l.Peer(), l.Then(), tell.Line(pass, l.End.Node.Pos()))
	case errflow.CaseSkip:
		return fmt.Sprintf("the failure of %s (line %d) is skipped without a trace", what, line)
	case errflow.CaseLogged:
		return fmt.Sprintf("the failure of %s (line %d) is only logged, and the work goes on as if nothing had happened", what, line)
	case errflow.CasePrinted:
		return fmt.Sprintf("the failure of %s (line %d) is only printed, and the work goes on as if nothing had happened", what, line)
	case errflow.CaseSuccessOnly:
		if l.Caller != nil {
			return fmt.Sprintf("only the success of %s (line %d) is dealt with, and what is nil after its failure is used on line %d", what, line, tell.Line(pass, l.Caller.Pos()))
		}
		return fmt.Sprintf("only the success of %s (line %d) is dealt with: its failure leaves no trace", what, line)
	case errflow.CaseInVain:
		return fmt.Sprintf("the error of %s (line %d) is tested only where %s is not nil, as it never is with an error: its failure leaves no trace", what, line, l.Peer())
	case errflow.CaseZeroKind:
		return fmt.Sprintf("every failure of %s (line %d) is taken for the one kind that is asked for here: with any, %s is still zero", what, line, l.AtHand)
	case errflow.CaseConditional:
		return fmt.Sprintf("the failure of %s (line %d) is dealt with under a further condition only", what, line)
	}
	return fmt.Sprintf("the failure of %s (line %d) is replaced by other work and leaves no trace", what, line)
}
