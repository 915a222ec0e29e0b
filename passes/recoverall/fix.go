package recoverall

import (
	"go/token"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix repairs what becomes of a panic, where there is one way to. What only adds to a log, or lets net/http have its
// own panic, is safe: nothing changes unless there is one that was lost.
func fix(m *mend.Mender, rec *errflow.Recover) *report.Fix {
	r, ok := m.Recovery(rec)
	if !ok {
		return nil
	}
	switch r.Case {
	case errflow.CaseDiscarded, errflow.CaseOneAnswer, errflow.CaseNoValue:
		return r.Log()
	case errflow.CaseUnmatched:
		return r.PassOn()
	case errflow.CaseNoStack:
		return r.ShowStack()
	case errflow.CaseConverted:
		if fix := r.KeepPanic(); fix != nil || r.Strict { // to make errors of all panics is what the function is for
			return fix
		}
		return r.PanicAgain("Panic again with errors of the runtime", report.Review, ofRuntime)
	case errflow.CaseAbortHandler:
		if fix := r.LeaveToHTTP(); fix != nil {
			return fix
		}
		return r.PanicAgain("Panic again with http.ErrAbortHandler", report.Safe, cutsOff)
	}
	return nil
}

// ofRuntime spells that the runtime has panicked.
func ofRuntime(f *edits.File, name string, pos token.Pos) (string, bool) {
	bug := "interface{ RuntimeError() }"
	if runtime, ok := f.PackageAt("runtime", pos); ok {
		bug = runtime + ".Error"
	}
	return "_, bug := " + name + ".(" + bug + "); bug", true
}

// cutsOff spells that a handler has panicked to cut its response off.
func cutsOff(f *edits.File, name string, pos token.Pos) (string, bool) {
	http, ok := f.PackageAt("net/http", pos)
	return name + " == " + http + ".ErrAbortHandler", ok
}
