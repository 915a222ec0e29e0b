package known

import (
	"go/ast"
	"go/types"
	"strings"
)

// Whether a call can fail, by which errors, and what else it gives then.

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
	if isHashWrite(s.fn) || x.onHash(s.fn, call) {
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
	if x.nilOnError(s, call, result) {
		return true
	}
	if l, contract := x.lookup(s, call, nilOnError, nil); l != nil || contract != nil {
		return false // whoever wrote that has named all that are nil
	}
	sum := x.summaries[s.fn]
	return sum != nil && sum.MayNil&(1<<result) != 0
}

// Held reports whether the result of that index, something to reach into, is there beside an error on some path.
func (x *Index) Held(call *ast.CallExpr, result int) bool {
	x.ready()
	s, ok := x.subject(call)
	return ok && x.givesBeside(s, result)
}

func (x *Index) givesBeside(s *subject, result int) bool {
	sum := x.summaries[s.fn]
	return sum != nil && result >= 0 && result < 32 && sum.Held&(1<<result) != 0
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
