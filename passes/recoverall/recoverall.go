package recoverall

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// Analyzer reports calls of recover that take every panic, or none.
var Analyzer = &analysis.Analyzer{
	Name:     "recoverall",
	Doc:      "find calls of recover that take every panic and lose it, or can take none",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/recoverall",
	Requires: []*analysis.Analyzer{errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	r, m := report.Of(pass), mend.Of(pass)
	for _, rec := range errflow.Of(pass).Recovers(r.Skips) {
		if rec.Case != "" {
			f := finding(rec)
			f.Rule, f.Fix = pass.Analyzer.Name, func() *report.Fix { return fix(m, rec) }
			r.Report(pass, f)
		}
	}
	return nil, nil
}

// sentence says what is wrong with a recover.
func sentence(r *errflow.Recover) string {
	whose := "the functions that defer this"
	if len(r.Hosts) == 1 {
		whose = "the function literal"
		if d, ok := r.Hosts[0].Func.(*ast.FuncDecl); ok {
			whose = d.Name.Name
		}
	}
	format := ""
	switch r.Case {
	case errflow.CaseNoPanic:
		if r.Via != "" {
			return r.Via + " recovers only where it is deferred itself; called by a deferred function it takes no panic"
		}
		return "recover gives nil here: " + r.Why
	case errflow.CaseAbortHandler:
		return "recover in a middleware takes http.ErrAbortHandler too, so that a response cut off on purpose looks whole: panic with it again"
	case errflow.CasePutAway:
		if r.Why == "" {
			return "a panic of " + whose + " ends in " + r.In + ", which is no result: the function returns as if it were done"
		}
		return "the panic of " + whose + " is put into " + r.In + ", and is lost: " + r.Why
	case errflow.CaseNoStack:
		format = "the panic of %s is logged without its stack, so that nobody learns where it happened: add debug.Stack()"
	case errflow.CaseConverted:
		format = "every panic of %s, nil dereferences too, becomes an ordinary error without a stack: panic again with what is not yours"
	case errflow.CaseUnmatched:
		format = "recover takes every panic of %s, and those not asked for vanish without a trace: panic with them again"
	case errflow.CaseNoValue:
		format = "what is told of the panic of %s does not hold its value: nobody learns why, nor where"
	case errflow.CaseOneAnswer:
		format = "recover turns every panic of %s into the same " + r.In + ", and what happened is lost"
	case errflow.CaseDiscarded:
		format = "recover takes every panic of %s and throws it away: nobody learns that it failed"
	}
	return strings.Replace(format, "%s", whose, 1)
}

// finding makes the finding for a recover with the way of a panic: out of a function, into the recover, and to its end.
func finding(r *errflow.Recover) report.Finding {
	f := report.Finding{Case: r.Case, Pos: r.Call.Pos(), End: r.Call.End(), Message: sentence(r), Deliberate: r.Reasons}
	if r.Strict {
		f.Tier = report.Strict
	}
	if r.Decl != nil {
		f.Func = r.Decl.Name.Name
	}
	step := func(n ast.Node, text string) {
		f.Path = append(f.Path, report.Step{Pos: n.Pos(), End: n.End(), Text: text})
		if n != ast.Node(r.Call) {
			f.Also = append(f.Also, n)
		}
	}
	for _, h := range r.Hosts {
		step(h.Defer, "a panic of this function ends in what is deferred here")
	}
	step(r.Call, "recovered here")
	if r.At != nil {
		step(r.At, "ends here")
	}
	return f
}
