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
		if fn.Pkg() == fl.pkg && b.f.onlyAnswers() {
			t := fl.narrow[fn]
			t.calls++
			fl.narrow[fn] = t
		}
	}
}

// A tally is of the calls of one function.
type tally struct {
	calls int
	let   int // of these, those that stand alone: f()
}

// onlyAnswers reports whether a function gives something, but no error.
func (f *Func) onlyAnswers() bool {
	return f.Sig.Results().Len() > 0 && !f.CanReturnError() && !f.Top().CanReturnError()
}

// standsAlone counts a call that takes nothing of what can fail, in a function that answers without an error.
func (fl *Flow) standsAlone(v *Value) {
	if t, ok := fl.narrow[v.Callee]; ok && v.How == Statement && v.Func.onlyAnswers() {
		t.let++
		fl.narrow[v.Callee] = t
	}
}

// noRoom reports whether v's call stands alone, as most calls of the same function of this package do in functions that
// answer without an error, five at least: those signatures were decided once, as those of a client's getters are.
//
//	func (c *client) Pid() int {
//		var out pidOut
//		c.call("Pid", pidIn{}, &out)
//		return out.Pid
//	}
func (fl *Flow) noRoom(v *Value) bool {
	t := fl.narrow[v.Callee]
	return v.How == Statement && v.Func.onlyAnswers() && t.let >= 5 && 2*t.let > t.calls
}

// custom moves the dropped errors of functions whose error this package drops as a matter of course to the
// strict tier: at least three times, and more often than not. Such an error is advice that the callers know
// they need not take; one caller that drops what all others take has made a mistake. So it moves those of another
// project's function whose error this package never takes, unless data is lost: nothing here says that it matters (of
// twelve read on 31 repositories, two were true); those of which another caller says with a blank that it takes them for
// advice, where most do not look; and those of another package's type none of whose methods it ever takes an error of,
// as of a store of hints. So it moves those of its own functions in such as answer without an error, if there it mostly
// drops them. Where the callee runs a function literal, the error is that of the literal, and such customs say nothing.
// Where a package drops the errors of a function as a matter of course, to ask for one kind of them is more than the
// others do.
func (fl *Flow) custom() {
	for _, l := range fl.losses[Dropped] {
		fn := l.Value.Callee
		if fn == nil || l.Value.How == Blank || fl.known.Kind(l.Value.Call)&known.Persist != 0 || fl.losesWork(l.Value) {
			continue
		}
		let, calls := fl.drops[fn]+fl.waives[fn], fl.calls[fn]
		foreign := fn.Pkg() != nil && !known.IsStandard(fn.Pkg().Path())
		strange := let >= calls && foreign && !known.SameProject(fn.Pkg().Path(), fl.pkg.Path())
		l.Strict = l.Strict || fl.habit(fn) || fl.noRoom(l.Value) || strange || foreign && fl.neverAsked(fn) || fl.waives[fn] > 0 && 2*let > calls
	}
	for _, l := range fl.losses[Swallowed] {
		if fn := l.Value.Callee; fn != nil && l.Case == CaseHalfChecked && fl.habit(fn) {
			l.Strict = true
		}
	}
	fl.meantAsNone()
}

// meantAsNone moves the errors of one function that a package answers with success as a matter of course to the strict
// tier, five times at least, where nothing outside the program can bring them about: what is asked for is not there, and
// that is no failure.
func (fl *Flow) meantAsNone() {
	times := map[*types.Func]int{}
	for _, l := range fl.losses[Swallowed] {
		if l.Case == CaseSuccess && l.Value.Callee != nil && fl.inside(l.Value) {
			times[l.Value.Callee]++
		}
	}
	for _, l := range fl.losses[Swallowed] {
		l.Strict = l.Strict || l.Case == CaseSuccess && times[l.Value.Callee] >= 5
	}
}

// habit reports whether this package drops a function's error as a matter of course.
func (fl *Flow) habit(fn *types.Func) bool {
	let := fl.drops[fn] + fl.waives[fn]
	return let >= 3 && 2*let > fl.calls[fn]
}

// neverAsked reports whether this package takes the error of no method of the type that fn is one of, and calls three of
// them at least, if it is not its own. To close it is another matter.
func (fl *Flow) neverAsked(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Pkg() == fl.pkg {
		return false
	}
	calls, let := 0, 0
	for other, n := range fl.calls {
		if r := other.Signature().Recv(); r != nil && types.Identical(r.Type(), recv.Type()) && !known.Undoes(other.Name()) {
			calls += n
			let += fl.drops[other] + fl.waives[other]
		}
	}
	return calls >= 3 && let >= calls
}

// waive counts a call whose results all are assigned to _: _ = f().
func (fl *Flow) waive(v *Value) {
	if v.Callee == nil || v.Func.InTest {
		return
	}
	if fl.allBlank(v.Call) {
		fl.waives[v.Callee]++
	}
}

// opaque moves the causes that this package replaces as a matter of course to the strict tier: the errors of one
// function, three times at least, and by the same sentinel each time, or those of a function of its own that it hands
// on nowhere and that does not depend on what is outside. That is how it means to answer, as one that does not tell
// strangers why they are refused, or that knows what the function can say.
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
		if l.Value.Callee.Pkg() == fl.pkg && !fl.taken[l.Value.Callee] && !fl.reads(l.Value) {
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
