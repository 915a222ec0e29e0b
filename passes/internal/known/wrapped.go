package known

import (
	"go/ast"
	"go/types"
	"slices"
)

// maxWrapped bounds the names a fact carries beside the sentinels.
const maxWrapped = 8

// wrappedIn names the errors that a return gives inside another one, where ==
// does not find them: those that a wrapping call takes in, and those that a
// function called here gives wrapped. That holds on one path only, and is
// enough: on that path a comparison goes wrong.
//
// What a function of the standard library wraps is not passed on through a
// function that hands its error out as it is, because the os.IsNotExist family
// looks into those errors and into no others.
func (w *walk) wrappedIn(e cell, st state) []string {
	if e.call == nil {
		return nil
	}
	sub, ok := w.subject(e.call)
	if !ok {
		return nil
	}
	var names []string
	if sub.fn.Pkg() != nil && !IsStandard(sub.fn.Pkg().Path()) {
		names = slices.Clone(w.wrapped(sub, e.call))
	}
	for i, arg := range e.call.Args {
		if t := w.info.TypeOf(arg); t == nil || !implementsError(t) || w.arg(sub, e.call, i)&Wraps == 0 {
			continue
		}
		if obj := object(w.info, arg); w.isSentinel(obj) {
			names = append(names, nameOfError(obj))
			continue
		}
		inner := w.cell(arg, st).call
		if inner == nil || inner == e.call { // err = fmt.Errorf("…%w", err): what err was before is not known here
			continue
		}
		if from, ok := w.subject(inner); ok {
			for _, name := range w.sentinels(from, inner) {
				names = append(names, homeOfError(name))
			}
			names = append(names, w.wrapped(from, inner)...)
		}
	}
	return names
}

// nameOfError names a package's error variable as facts and tables do.
func nameOfError(obj types.Object) string { return homeOfError(obj.Pkg().Path() + "." + obj.Name()) }

// homeOfError gives the first home of an error that the standard library has under two names.
func homeOfError(name string) string {
	switch name {
	case "os.ErrNotExist", "os.ErrExist", "os.ErrPermission", "os.ErrInvalid", "os.ErrClosed":
		return "io/fs" + name[len("os"):]
	}
	return name
}

// HandsOut reports whether the callee gives the error of that name, as [Index.Sentinel] names it, as it is, and
// whether it gives it inside another error, where == misses it: io/fs.ErrNotExist comes from os.Open that way.
func (x *Index) HandsOut(call *ast.CallExpr, name string) (plain, inside bool) {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return false, false
	}
	for _, n := range x.sentinels(s, call) {
		plain = plain || homeOfError(n) == name
	}
	return plain, slices.Contains(x.wrapped(s, call), name)
}

func (x *Index) wrapped(s *subject, call *ast.CallExpr) []string {
	if l, _ := x.lookup(s, call, wrapping, nil); l != nil {
		return l.names
	}
	if sum := x.summaries[s.fn]; sum != nil {
		return sum.Wrapped
	}
	return nil
}

// Sentinel names the error that e is, if it is a variable of a package that
// holds an error for good, as facts and tables name it.
func (x *Index) Sentinel(e ast.Expr) (name string, ok bool) {
	v, ok := object(x.info, e).(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() || !implementsError(v.Type()) {
		return "", false
	}
	return nameOfError(v), true
}
