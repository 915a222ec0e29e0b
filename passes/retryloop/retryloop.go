package retryloop

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports retry loops that do harm.
var Analyzer = &analysis.Analyzer{
	Name:     "retryloop",
	Doc:      "find retry loops that never end, never wait, cannot be cancelled, repeat what fails again, or lose the last error",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/retryloop",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	return tell.Mended(errflow.RetryLoop, true, sentence, fixer(pass))(pass)
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what, line := l.Value.What(), tell.Line(pass, l.Value.Pos())
	switch l.Case {
	case errflow.CaseEndless:
		return fmt.Sprintf("never ends: as long as %s (line %d) fails, nothing leaves this loop, and nobody learns of the error", what, line)
	case errflow.CaseEndlessAtOnce:
		return fmt.Sprintf("never ends and never waits: as long as %s (line %d) fails, this loop repeats it at once, and nobody learns of the error", what, line)
	case errflow.CaseAtOnce:
		return fmt.Sprintf("never waits: this loop repeats %s (line %d) as fast as it fails", what, line)
	case errflow.CaseUncancellable:
		return fmt.Sprintf("cannot be cancelled: this loop sleeps and repeats %s (line %d) although the context may have ended", what, line)
	case errflow.CasePermanent:
		return fmt.Sprintf("repeats a permanent error: %s gets the same arguments in each turn of the loop, and so fails again", what)
	case errflow.CaseEndsWell:
		return fmt.Sprintf("ends in success: when all attempts of %s (line %d) have failed, nil is returned", what, line)
	case errflow.CaseNoLast:
		return fmt.Sprintf("ends without the last error: when all attempts of %s (line %d) have failed, what is returned does not say why", what, line)
	case errflow.CaseNoCap:
		return fmt.Sprintf("no cap: the waits between attempts of %s (line %d) grow without bound", what, line)
	}
	return fmt.Sprintf("no jitter: all that repeat %s (line %d) after one outage do it at the same moments", what, line)
}
