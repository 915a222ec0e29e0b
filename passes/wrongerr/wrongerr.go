package wrongerr

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports errors known to be nil, or never able to match, that stand where another one is meant.
var Analyzer = &analysis.Analyzer{
	Name:     "wrongerr",
	Doc:      "find another error, known to be nil, in place of the one at hand, and questions about errors that have one answer only",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/wrongerr",
	Requires: []*analysis.Analyzer{inspect.Analyzer, errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	r := report.Of(pass)
	for l := range errflow.Of(pass).Losses(errflow.WrongErr) {
		f := tell.Loss(pass, l, naked(l), sentence(pass, l))
		f.Fix = func() *report.Fix { return fix(mend.Of(pass), l) }
		r.Report(pass, f)
	}
	questions(pass, r, errflow.Of(pass).Known())
	return nil, nil
}

// naked reports whether the loss is a return without operands: a comment on it may say that nothing is meant to
// be told, where other slips are not made right by comments.
func naked(l *errflow.Loss) bool {
	if l.End == nil {
		return false
	}
	r, ok := l.End.Exit()
	return ok && len(r.Results) == 0
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	name, atHand := l.Value.Name, l.AtHand
	if name == atHand {
		atHand = "an outer " + name + ", which this one hides"
	}
	if l.Case == errflow.CaseOutlived {
		return fmt.Sprintf("%s still holds the error of an earlier turn here, though %s (line %d) has succeeded since: success is told as failure", l.Other(), l.Value.What(), tell.Line(pass, l.Value.Pos()))
	}
	if l.Value.Origin != errflow.FromNothing { // the life of the error at hand
		return fmt.Sprintf("%s failed (line %d), yet %s, which is nil here, is returned", l.Value.What(), tell.Line(pass, l.Value.Pos()), l.Other())
	}
	switch l.Case {
	case errflow.CaseOther:
		return fmt.Sprintf("%s is nil here: the error at hand is %s", name, atHand)
	case errflow.CaseMistaken:
		return fmt.Sprintf("%s, which may be nil, is returned: the error at hand is %s", name, atHand)
	case errflow.CaseInstead:
		return fmt.Sprintf("%s is nil where it is %s: the error at hand is %s", name, did(l.Act), atHand)
	case errflow.CaseNilWrapped:
		return fmt.Sprintf("%s is nil where it is %s: the new error has no cause", name, did(l.Act))
	case errflow.CaseNilCalled:
		return fmt.Sprintf("%s is nil here: to ask for its text panics", name)
	case errflow.CaseInverted:
		return fmt.Sprintf("a failure is told where %s is nil: the test is the wrong way round, or another error is meant", name)
	case errflow.CaseWrongWay:
		return fmt.Sprintf("the test of %s is the wrong way round: failure is taken for success here", name)
	case errflow.CaseUntested:
		if l.Act&errflow.Joined != 0 {
			return fmt.Sprintf("%s is put into the list without a test: success counts as a failure there", name)
		}
		if l.Act&errflow.Logged != 0 {
			return fmt.Sprintf("%s is logged as a failure without a test: so is every success", name)
		}
		return fmt.Sprintf("%s is wrapped and returned without a test: success becomes a failure too", name)
	case errflow.CaseNotTested:
		return fmt.Sprintf("%s is nil whenever it is tested here: the error of %s is not looked at", name, l.Meant())
	case errflow.CaseFirstKept:
		return fmt.Sprintf("%s takes another error only where it holds one already, so a first one is never kept: == nil is meant", name)
	case errflow.CaseNever:
		return fmt.Sprintf("%s is nil here and matches nothing", name)
	case errflow.CaseDefersLocal:
		return fmt.Sprintf("%s, by which this deferred closure tells failure from success, never holds the error returned on line %d", name, tell.Line(pass, l.Value.Pos()))
	}
	return fmt.Sprintf("%s is nil whenever it is tested here", name)
}

// did says in a word what is done with an error.
func did(a errflow.Act) string {
	for _, w := range [...]struct {
		act  errflow.Act
		word string
	}{
		{errflow.Wrapped, "wrapped"}, {errflow.Flattened, "put into a new error"}, {errflow.Logged, "logged"}, {errflow.Printed, "printed"},
		{errflow.Sent, "sent"}, {errflow.Responded, "told to the client"}, {errflow.Panicked, "raised"}, {errflow.Joined, "put among others"},
	} {
		if a&w.act != 0 {
			return w.word
		}
	}
	return "used"
}
