package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// What a package does with the errors of a function as a matter of course, it means to do.

// count counts a call of what can fail. Test files do not count: they drop much, and a package must read the
// same with and without them.
func (fl *Flow) count(b *builder, call *ast.CallExpr) {
	if len(b.inline) > 0 || b.f.InTest || b.know.ErrorResult(call) < 0 {
		return
	}
	if fn := b.know.Callee(call); fn != nil {
		fl.calls[fn]++
	}
}

// custom moves the dropped errors of functions whose error this package drops as a matter of course to the
// strict tier: at least three times, and more often than not. Such an error is advice that the callers know
// they need not take; one caller that drops what all others take has made a mistake. So it moves those of another
// project's function whose error this package never takes, unless data is lost: nothing here says that it matters (of
// twelve read on 31 repositories, two were true).
func (fl *Flow) custom() {
	for _, l := range fl.losses[Dropped] {
		fn := l.Value.Callee
		if fn == nil || l.Value.How == Blank || fl.known.Kind(l.Value.Call)&known.Persist != 0 {
			continue
		}
		habit := fl.drops[fn] >= 3 && 2*fl.drops[fn] > fl.calls[fn]
		strange := fl.drops[fn] >= fl.calls[fn] && fn.Pkg() != nil && !known.IsStandard(fn.Pkg().Path()) && !known.SameProject(fn.Pkg().Path(), fl.pkg.Path())
		l.Strict = l.Strict || habit || strange
	}
}

// opaque moves the causes that this package replaces as a matter of course to the strict tier: the errors of one
// function, three times at least, and by the same sentinel each time, or those of a function of its own that it hands
// on nowhere. That is how it means to answer, as one that does not tell strangers why they are refused, or that knows
// what the function can say.
func (fl *Flow) opaque() {
	type habit struct {
		callee   *types.Func
		sentinel string
	}
	counts := map[habit]int{}
	of := func(l *Loss) []habit {
		if l.Case != CaseReplaced || l.Value.Callee == nil || l.End == nil {
			return nil
		}
		var these []habit
		if name, ok := fl.known.Sentinel(fl.newError(l.End)); ok {
			these = append(these, habit{l.Value.Callee, name})
		}
		if l.Value.Callee.Pkg() == fl.pkg && !fl.taken[l.Value.Callee] {
			these = append(these, habit{l.Value.Callee, ""})
		}
		return these
	}
	for _, l := range fl.losses[LostCause] {
		for _, h := range of(l) {
			counts[h]++
		}
	}
	for _, l := range fl.losses[LostCause] {
		for _, h := range of(l) {
			l.Strict = l.Strict || counts[h] >= 3
		}
	}
}
