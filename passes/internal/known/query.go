package known

import (
	"go/ast"
	"go/types"
	"slices"
)

// What becomes of the arguments of a call, and all that is known of a function.

// Arg says what the callee does with call.Args[i]; zero if nothing is known.
func (x *Index) Arg(call *ast.CallExpr, i int) Fate {
	x.ready()
	s, ok := x.subject(call)
	if !ok || i < 0 || i >= len(call.Args) {
		return 0
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if sn := x.info.Selections[sel]; sn != nil && sn.Kind() == types.MethodExpr {
			if i--; i < 0 {
				return 0 // the receiver
			}
		}
	}
	return x.arg(s, call, i)
}

func (x *Index) arg(s *subject, call *ast.CallExpr, i int) Fate {
	if c := x.contracts[s.fn]; c != nil && slices.Contains(c.Handles, parameter(s.fn, i)) {
		return Disposes
	}
	l, _ := x.lookup(s, call, args, func(l *line) bool { return i >= l.lo && (l.hi < 0 || i <= l.hi) })
	if l != nil {
		if l.format {
			return l.fate | formatFate(x.info, call, l.lo-1, i)
		}
		return l.fate
	}
	if sum := x.summaries[s.fn]; sum != nil {
		if p := parameter(s.fn, i); p >= 0 && p < len(sum.Args) {
			return sum.Args[p]
		}
	}
	return fateByName(s.fn)
}

// parameter gives the index of the parameter that the i-th argument becomes,
// or -1.
func parameter(fn *types.Func, i int) int {
	sig := fn.Signature()
	switch n := sig.Params().Len(); {
	case i < n:
		return i
	case sig.Variadic():
		return n - 1
	}
	return -1
}

// Predicate reports whether the call's first result is a bool that tells of an
// error argument: that argument's index, and what true and false say of it.
func (x *Index) Predicate(call *ast.CallExpr) (arg int, whenTrue, whenFalse Nilness, ok bool) {
	return x.PredicateResult(call, 0)
}

// PredicateResult is Predicate for any result.
func (x *Index) PredicateResult(call *ast.CallExpr, result int) (arg int, whenTrue, whenFalse Nilness, ok bool) {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		t, ok := x.closureTells(call, result)
		return t.Arg, t.WhenTrue, t.WhenFalse, ok
	}
	t, ok := x.tell(s, call, result)
	return t.Arg, t.WhenTrue, t.WhenFalse, ok
}

func (x *Index) tell(s *subject, call *ast.CallExpr, result int) (Tell, bool) {
	if l, _ := x.lookup(s, call, tells, func(l *line) bool { return l.tell.Result == result }); l != nil {
		return l.tell, true
	}
	if sum := x.summaries[s.fn]; sum != nil {
		for _, t := range sum.Tells {
			if t.Result == result {
				return t, true
			}
		}
	}
	return Tell{}, false
}

// Follows reports whether the call's error is nil exactly if one of its
// arguments is, as with the Wrap of most libraries, and that argument's index.
func (x *Index) Follows(call *ast.CallExpr) (arg int, ok bool) {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return 0, false
	}
	return x.follows(s, call)
}

func (x *Index) follows(s *subject, call *ast.CallExpr) (arg int, ok bool) {
	if l, _ := x.lookup(s, call, following, nil); l != nil {
		return l.index, true
	}
	if sum := x.summaries[s.fn]; sum != nil && sum.Follows > 0 {
		return sum.Follows - 1, true
	}
	return 0, false
}

// NoReturn reports whether the callee never returns.
func (x *Index) NoReturn(call *ast.CallExpr) bool {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return x.endings[x.calledVariable(call)]
	}
	return x.noReturn(s, call)
}

// Contract gives what the doc comment of a function of this package promises.
func (x *Index) Contract(fn *types.Func) Contract {
	if c := x.contracts[fn.Origin()]; c != nil {
		return *c
	}
	return Contract{}
}

// Summary gives everything known of fn that does not depend on the arguments
// of one call, and whether that is anything.
func (x *Index) Summary(fn *types.Func) (Summary, bool) {
	x.ready()
	fn = fn.Origin()
	s := x.subjectOf(fn, nil, nil)
	var sum Summary
	if inferred := x.summaries[fn]; inferred != nil {
		sum = *inferred
		sum.Args = slices.Clone(sum.Args)
	}
	if l, c := x.lookup(s, nil, failing, nil); l != nil || c != nil {
		sum.Infallible = c != nil || l.verb == "infallible"
		sum.AlwaysFails = c == nil && l.verb == "fails"
	}
	if l, c := x.lookup(s, nil, nilOnError, nil); l != nil {
		sum.NilOnError = l.results
	} else if c != nil {
		c.overlay(fn, &sum)
	}
	if arg, ok := x.follows(s, nil); ok {
		sum.Follows = arg + 1
	}
	sum.Kind = x.kind(s, nil)
	if l, _ := x.lookup(s, nil, sentinels, nil); l != nil {
		sum.Sentinels = l.names
	}
	if l, _ := x.lookup(s, nil, wrapping, nil); l != nil {
		sum.Wrapped = l.names
	}
	if t, ok := x.tell(s, nil, 0); ok && len(sum.Tells) == 0 {
		sum.Tells = []Tell{t}
	}
	for i := range fn.Signature().Params().Len() {
		fate := x.arg(s, nil, i)
		for len(sum.Args) <= i {
			sum.Args = append(sum.Args, 0)
		}
		sum.Args[i] = fate
	}
	sum.trim()
	return sum, !sum.empty()
}
