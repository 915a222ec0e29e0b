package detached

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports errors of goroutines that reach nobody.
var Analyzer = &analysis.Analyzer{
	Name:     "detached",
	Doc:      "find errors of goroutines that reach nobody",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/detached",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      tell.Mended(errflow.Detached, true, sentence, fix),
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what := l.Value.What()
	switch l.Case {
	case errflow.CaseGo:
		return fmt.Sprintf("%s runs on its own, and nobody takes its error", what)
	case errflow.CaseShared:
		return fmt.Sprintf("several goroutines assign %s at the same time: which error it holds in the end is chance, and the others are lost", what)
	case errflow.CaseUnwaited:
		n := l.Steps[len(l.Steps)-1].Node
		return fmt.Sprintf("%s is assigned here, beside the function, which reads it on line %d without waiting for that: the error may come too late", what, tell.Line(pass, n.Pos()))
	case errflow.CaseUnheard:
		return fmt.Sprintf("the error that is assigned to %s here, beside the function, is read by nobody", what)
	case errflow.CaseNeverRead:
		return fmt.Sprintf("nobody receives from %s: the error sent here is lost", what)
	case errflow.CaseReaderLeaves:
		return fmt.Sprintf("leaving here, nobody receives from %s any more: the goroutine started on line %d blocks for ever, and its error is lost", what, tell.Line(pass, l.Caller.Pos()))
	case errflow.CaseSenderBlocks:
		return fmt.Sprintf("once the function leaves on line %d, nobody receives from %s: this blocks for ever, and the error is lost", tell.Line(pass, l.Caller.Pos()), what)
	case errflow.CaseDefaultRead:
		return fmt.Sprintf("this default does not wait for %s: an error that the goroutine started on line %d sends later is lost", what, tell.Line(pass, l.Caller.Pos()))
	case errflow.CaseDefaultSend:
		return fmt.Sprintf("%s holds nothing, so unless somebody receives just then, the default drops this error", what)
	case errflow.CaseNoWait:
		return fmt.Sprintf("nobody waits for %s, which alone would give the error of what is started here", what)
	case errflow.CaseWait:
		return fmt.Sprintf("the error that %s gives is that of all it waited for, and nobody takes it", what)
	case errflow.CaseAnswersNil:
		return fmt.Sprintf("%s failed (line %d), yet the group that runs this closure is told that all went well", what, tell.Line(pass, l.Value.Pos()))
	}
	return fmt.Sprintf("a panic in the goroutine that starts here ends the whole service: nothing in %s recovers", what)
}
