package nilonfail

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports functions that tell a failure by a nil result.
var Analyzer = &analysis.Analyzer{
	Name:     "nilonfail",
	Doc:      "find failures that are told by a nil result only",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/nilonfail",
	Requires: []*analysis.Analyzer{errflow.Analyzer, report.Analyzer},
	Run:      tell.Losses(errflow.NilOnFail, true, sentence),
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	what, line := l.Value.What(), tell.Line(pass, l.Value.Pos())
	switch l.Case {
	case errflow.CaseNilNil:
		return fmt.Sprintf("%s failed (line %d), yet nil, nil is returned: callers cannot tell", what, line)
	case errflow.CaseUnguarded:
		return fmt.Sprintf("nil, nil is returned, and a caller (%s) uses the result without a nil test", tell.Place(pass, l.Caller))
	case errflow.CaseAnyNilNil:
		return "nil, nil is returned: callers cannot tell an absent result from a failure"
	case errflow.CaseZero:
		return fmt.Sprintf("%s failed (line %d), and a zero value is all that callers get", what, line)
	}
	if l.Caller != nil {
		return fmt.Sprintf("%s failed (line %d), and nil is all that callers get, one of whom (%s) uses it without a nil test", what, line, tell.Place(pass, l.Caller))
	}
	return fmt.Sprintf("%s failed (line %d), and nil is all that callers get: give the function an error result", what, line)
}
