package known

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// Infallible reports whether the call's error is always nil, and why. It looks
// at the arguments and the receiver: fmt.Fprintf cannot fail on a bytes.Buffer.
func (x *Index) Infallible(call *ast.CallExpr) (because string, ok bool) {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return "", false
	}
	return x.infallible(s, call)
}

func (x *Index) infallible(s *subject, call *ast.CallExpr) (because string, ok bool) {
	l, contract := x.lookup(s, call, failing, nil)
	switch {
	case l != nil:
		return l.because, l.verb == "infallible"
	case contract != nil:
		return "its doc comment says //errvet:infallible", true
	}
	if sum := x.summaries[s.fn]; sum != nil && sum.Infallible {
		return "it always gives a nil error", true
	}
	if isLister(s.fn) && s.fn.Name() == "List" {
		return "in practice: a lister of Kubernetes' lists what is in memory", true
	}
	if isHashWrite(s.fn) {
		return "hash.Hash documents that Write never returns an error", true
	}
	if x.throughMemory(s, call) {
		return "it fails only by what it writes to, which cannot", true
	}
	if x.throughEndless(s, call) {
		return "it fails only where its context ends, which never does", true
	}
	return "", false
}

// NeverFails reports whether the method of that name of values of type t always gives a nil error.
func (x *Index) NeverFails(t types.Type, name string) bool {
	x.ready()
	return x.infallibleMethod(t, name)
}

// infallibleMethod reports whether the method of values of type t cannot fail.
func (x *Index) infallibleMethod(t types.Type, name string) bool {
	obj, path, _ := types.LookupFieldOrMethod(t, true, nil, name)
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	_, ok = x.infallible(x.subjectOf(fn.Origin(), t, path), nil)
	return ok
}

// AlwaysFails reports whether the call's error is never nil.
func (x *Index) AlwaysFails(call *ast.CallExpr) bool {
	x.ready()
	s, ok := x.subject(call)
	return ok && x.alwaysFails(s, call)
}

func (x *Index) alwaysFails(s *subject, call *ast.CallExpr) bool {
	l, contract := x.lookup(s, call, failing, nil)
	switch {
	case l != nil:
		return l.verb == "fails"
	case contract != nil:
		return false
	}
	sum := x.summaries[s.fn]
	return sum != nil && sum.AlwaysFails
}

// NilOnError reports whether the result of that index is nil whenever the
// call's error is not.
func (x *Index) NilOnError(call *ast.CallExpr, result int) bool {
	x.ready()
	s, ok := x.subject(call)
	return ok && result >= 0 && result < 32 && x.nilOnError(s, call, result)
}

func (x *Index) nilOnError(s *subject, call *ast.CallExpr, result int) bool {
	l, contract := x.lookup(s, call, nilOnError, nil)
	switch {
	case l != nil:
		return l.results&(1<<result) != 0
	case contract != nil:
		return true
	}
	if result == 0 && isLister(s.fn) && s.fn.Name() == "Get" {
		return true // there is no such object
	}
	sum := x.summaries[s.fn]
	return sum != nil && sum.NilOnError&(1<<result) != 0
}

// MayNil reports whether the result of that index is nil on some path on which the call's error is not.
func (x *Index) MayNil(call *ast.CallExpr, result int) bool {
	x.ready()
	s, ok := x.subject(call)
	return ok && result >= 0 && result < 32 && x.mayNil(s, call, result)
}

func (x *Index) mayNil(s *subject, call *ast.CallExpr, result int) bool {
	if l, contract := x.lookup(s, call, nilOnError, nil); l != nil || contract != nil {
		return x.nilOnError(s, call, result)
	}
	sum := x.summaries[s.fn]
	return sum != nil && (sum.NilOnError|sum.MayNil)&(1<<result) != 0 || x.nilOnError(s, call, result)
}

// Kind says what the callee is for.
func (x *Index) Kind(call *ast.CallExpr) Kind {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return kindOfValue(call)
	}
	k := x.kind(s, call)
	if k&Log != 0 && !x.mentionsError(call) {
		k |= LogNoError
	}
	return k
}

func (x *Index) kind(s *subject, call *ast.CallExpr) Kind {
	causes := x.causes(s)
	if l, _ := x.lookup(s, call, kinds, nil); l != nil {
		return l.kind | causes
	}
	if sum := x.summaries[s.fn]; sum != nil && sum.Kind&^beside != 0 {
		return sum.Kind
	}
	return kindByShape(s.fn) | causes
}

// beside are the kinds that a function has beside what it is for.
const beside = Verdict | Outside | Reports

// causes gives the kinds that say by what a function fails, and what it tells of that, which do not stand in the way of what else it is for:
// those who write a line about the one need not know the other.
func (x *Index) causes(s *subject) Kind {
	var k Kind
	for _, l := range s.table {
		if l.aspect == kinds {
			k |= l.kind
		}
	}
	if sum := x.summaries[s.fn]; sum != nil {
		k |= sum.Kind
	}
	return k & beside
}

// mentionsError reports whether an error is among the arguments of a logging
// call or of the chain of calls it ends.
func (x *Index) mentionsError(call *ast.CallExpr) bool {
	found := false
	seen := map[*ast.CallExpr]bool{}
	var visit func(call *ast.CallExpr)
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case ast.Expr:
			if t := x.info.TypeOf(n); t != nil && !x.info.Types[n].IsNil() && implementsError(t) {
				found = true
			}
		}
		return !found
	}
	visit = func(call *ast.CallExpr) {
		if seen[call] {
			return
		}
		seen[call] = true
		for _, arg := range call.Args {
			ast.Inspect(arg, look)
		}
		if origin := x.origin(receiver(call)); origin != nil && !found {
			visit(origin)
		}
	}
	visit(call)
	return found
}

func implementsError(t types.Type) bool {
	if isError(t) {
		return true
	}
	return types.Implements(t, errorType.Underlying().(*types.Interface))
}

// Harmless reports whether the call can fail and yet an unseen failure loses
// nothing that a reviewer would act on, and why.
func (x *Index) Harmless(call *ast.CallExpr) (because string, ok bool) {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return "", false
	}
	if l, _ := x.lookup(s, call, harmless, nil); l != nil {
		return l.because, true
	}
	if x.onTerminal(call) {
		return "printing to the terminal", true
	}
	if because, ok := x.intoSinks(s, call); ok {
		return because, true
	}
	if strings.HasPrefix(s.fn.Name(), "Fprint") && len(call.Args) > 0 && x.InMemory(call.Args[0]) {
		return "printing to memory", true
	}
	return "", false
}

// onTerminal reports whether a call is handed os.Stdout or os.Stderr, or is made on one of them: whatever it
// does there is printing.
func (x *Index) onTerminal(call *ast.CallExpr) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && x.terminal(sel.X) {
		return true
	}
	return slices.ContainsFunc(call.Args, x.terminal)
}

// Terminal reports whether a call prints to the terminal: fmt.Print and its like, and the builtin print. What is
// written to os.Stderr is a log, if a poor one.
func (x *Index) Terminal(call *ast.CallExpr) bool {
	if name := x.Builtin(call); name != "" {
		return name == "print" || name == "println"
	}
	fn := x.Callee(call)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "fmt" && strings.HasPrefix(fn.Name(), "Print")
}

// InMemory reports whether e is a buffer of the standard library's: what is printed there is kept as text.
func (x *Index) InMemory(e ast.Expr) bool {
	switch obj := typeName(x.info.TypeOf(e)); {
	case obj == nil || obj.Pkg() == nil:
		return false
	case obj.Pkg().Path() == "bytes":
		return obj.Name() == "Buffer"
	default:
		return obj.Pkg().Path() == "strings" && obj.Name() == "Builder"
	}
}

func (x *Index) terminal(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		v, ok := x.info.Uses[e.Sel].(*types.Var)
		return ok && v.Pkg() != nil && v.Pkg().Path() == "os" && (v.Name() == "Stdout" || v.Name() == "Stderr")
	case *ast.Ident: // a writer named after one of them stands for it, so that tests can look
		v, ok := x.info.Uses[e].(*types.Var)
		return ok && (v.Name() == "stdout" || v.Name() == "stderr") && isWriter(v.Type())
	}
	return false
}

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

// Sentinels names the errors that the callee hands out unwrapped, such as
// "io.EOF". The caller must not change the slice.
func (x *Index) Sentinels(call *ast.CallExpr) []string {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return nil
	}
	return x.sentinels(s, call)
}

func (x *Index) sentinels(s *subject, call *ast.CallExpr) []string {
	if l, _ := x.lookup(s, call, sentinels, nil); l != nil {
		return l.names
	}
	if sum := x.summaries[s.fn]; sum != nil {
		return sum.Sentinels
	}
	return nil
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
