package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"strings"
)

// outcomes are the kinds of what leaves the program, or comes from without: whatever else their failure is, it is no
// verdict on arguments.
const outcomes = Outside | Persist | Create | External | Remove | Sync | Commit

// Outside reports whether the call can fail by what happens outside the program: the callee, or something that it
// calls, reads, writes or asks what others may take away. It is not where nothing is known, as of a function value.
func (x *Index) Outside(call *ast.CallExpr) bool {
	x.ready()
	s, ok := x.subject(call)
	return ok && x.outside(s, call)
}

func (x *Index) outside(s *subject, call *ast.CallExpr) bool {
	if x.kind(s, call)&outcomes != 0 {
		return true
	}
	// Of a method of an interface nobody knows what it does. That it takes a context says that it may take long.
	sig := s.fn.Signature()
	if sig.Recv() != nil && types.IsInterface(sig.Recv().Type()) && sig.Params().Len() > 0 && isContext(sig.Params().At(0).Type()) && x.summaries[s.fn] == nil {
		return true
	}
	via, _ := x.via(s, call)
	for _, e := range via {
		if x.reachesOutside(x.info.TypeOf(e)) || x.timed(e) {
			return true
		}
	}
	return false
}

// reachesOutside reports whether what is written to a value of type t, or read from it, leaves the program.
func (x *Index) reachesOutside(t types.Type) bool {
	if t == nil {
		return false
	}
	for _, name := range [...]string{"Write", "Read"} {
		obj, path, _ := types.LookupFieldOrMethod(t, true, nil, name)
		if fn, ok := obj.(*types.Func); ok && x.kind(x.subjectOf(fn.Origin(), t, path), nil)&outcomes != 0 {
			return true
		}
	}
	return false
}

// failsOutside reports whether a function can fail by what happens outside: it has an error result and calls
// something that does, unless it only states what it found.
func (f *inference) failsOutside(d *declaration, s *Summary, stated bool) bool {
	if s.Infallible || s.Through != 0 || failure(d.fn.Signature()) < 0 {
		return false
	}
	if isSystem(f.pkg.Path()) {
		return true
	}
	if stated {
		return false
	}
	if f.waits(d.syntax.Body) {
		return true
	}
	for i := range d.sites {
		sub, call := d.sites[i].sub, d.sites[i].Call
		if sub != nil && !f.pending[sub.fn] && failure(sub.fn.Signature()) >= 0 && f.outside(sub, call) {
			if _, never := f.infallible(sub, call); !never {
				return true
			}
		}
	}
	return false
}

// waits reports whether a function waits for what another goroutine sends: an answer, the end of a context or of
// the time that it has.
func (f *inference) waits(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

// isSystem reports whether a package is the way to the operating system: below it there is no Go to look at.
func isSystem(path string) bool {
	return path == "syscall" || path == "internal/poll" || strings.HasPrefix(path, "internal/syscall/") || strings.Contains(path, "golang.org/x/sys/")
}

// Implementations gives pointers to the types of a package that may stand behind an interface of it, in the order of their
// names: not the generic ones, and none that do nothing by their name.
func Implementations(pkg *types.Package, i *types.Interface) iter.Seq[types.Type] {
	return func(yield func(types.Type) bool) {
		for t := range namedTypes(pkg) {
			if p := standsBehind(t); p != nil && types.Implements(p, i) && !yield(p) {
				return
			}
		}
	}
}

// standsBehind gives the pointer to a type that may stand behind an interface, or nil: it has methods, and does something.
func standsBehind(t *types.Named) types.Type {
	if types.IsInterface(t) || t.NumMethods() == 0 || standsIn(t.Obj().Name()) {
		return nil
	}
	return types.NewPointer(t)
}

// namedTypes gives the types that a package declares, but for the generic ones.
func namedTypes(pkg *types.Package) iter.Seq[*types.Named] {
	return func(yield func(*types.Named) bool) {
		scope := pkg.Scope()
		for _, name := range scope.Names() {
			obj, ok := scope.Lookup(name).(*types.TypeName)
			if !ok || obj.IsAlias() {
				continue
			}
			if t, ok := obj.Type().(*types.Named); ok && t.TypeParams().Len() == 0 && !yield(t) {
				return
			}
		}
	}
}

// joinImplementations says of the methods of the package's interfaces what holds of the types of this package that
// have them: they cannot fail if none of these can, fail by what happens outside if one of them does, and give what one
// of them gives beside an error. Types that do nothing by their name do not count.
func (f *inference) joinImplementations() {
	if IsStandard(f.pkg.Path()) {
		return // its interfaces are there for others to implement
	}
	var concrete []types.Type
	var abstract []*types.Interface
	for t := range namedTypes(f.pkg) {
		if i, ok := t.Underlying().(*types.Interface); !ok {
			concrete = append(concrete, standsBehind(t))
		} else if i.NumMethods() > 0 && i.IsMethodSet() {
			abstract = append(abstract, i)
		}
	}
	for _, i := range abstract {
		for _, t := range concrete {
			if t != nil && types.Implements(t, i) {
				f.implemented(i, t)
			}
		}
	}
	for m, s := range f.joined {
		if f.contracts[m] != nil || s.empty() {
			continue
		}
		f.summaries[m] = s
	}
	for m := range f.contracts {
		if f.byFunc[m] == nil {
			f.abstract = append(f.abstract, m)
		}
	}
	for m := range f.joined {
		if f.contracts[m] == nil {
			f.abstract = append(f.abstract, m)
		}
	}
}

// implemented adds what is known of t's methods to what holds of those of i.
func (f *inference) implemented(i *types.Interface, t types.Type) {
	for m := range i.ExplicitMethods() {
		if failure(m.Signature()) < 0 {
			continue
		}
		obj, path, _ := types.LookupFieldOrMethod(t, false, f.pkg, m.Name())
		fn, ok := obj.(*types.Func)
		if !ok {
			continue
		}
		sub := f.subjectOf(fn.Origin(), t, path)
		_, never := f.infallible(sub, nil)
		k := f.kind(sub, nil)
		one := &Summary{Infallible: never}
		if sum := f.summaries[sub.fn]; sum != nil {
			one.Held = sum.Held
		}
		if !never {
			f.onlyAs(one, sub, m)
		}
		switch {
		case k&outcomes != 0 && !never:
			one.Kind = Outside
		case never || k&Verdict != 0:
			one.Kind = Verdict
		}
		if !never {
			one.Kind |= k & Reports
		}
		if f.joined == nil {
			f.joined = map[*types.Func]*Summary{}
		}
		all := f.joined[m]
		if all == nil {
			f.joined[m] = one
			continue
		}
		joinOnly(all, one)
		all.Held |= one.Held
		reports := all.Kind & one.Kind & Reports
		switch {
		case all.Infallible:
			reports = one.Kind & Reports
		case one.Infallible:
			reports = all.Kind & Reports
		}
		all.Infallible = all.Infallible && one.Infallible
		switch {
		case (all.Kind|one.Kind)&Outside != 0:
			all.Kind = Outside
		case one.Kind&Verdict == 0:
			all.Kind = 0
		}
		all.Kind = all.Kind&^Reports | reports
	}
}

// standsIn reports whether a type's name says that it takes the place of one that works: what it does says nothing
// of the others.
func standsIn(name string) bool {
	name = strings.ToLower(name)
	for _, word := range [...]string{"noop", "nop", "fake", "mock", "stub", "dummy", "discard", "null", "test"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
