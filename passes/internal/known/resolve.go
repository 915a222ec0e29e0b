package known

import (
	"fmt"
	"go/types"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Packages gives the import paths of all packages the built-in tables are
// about, sorted.
func Packages() ([]string, error) {
	builtin, err := builtinTables()
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, t := range [...]*Table{builtin.hand, builtin.generated} {
		paths = slices.AppendSeq(paths, maps.Keys(t.sections))
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// Verify holds every line of the built-in tables against the packages that
// lookup gives (nil for those it has not) and returns what does not fit: names
// that do not exist, arguments and results out of range, errors that are no
// variables.
func Verify(lookup func(path string) *types.Package) ([]string, error) {
	builtin, err := builtinTables()
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, t := range [...]*Table{builtin.hand, builtin.generated} {
		for l := range t.all() {
			if fault := l.verify(lookup); fault != "" {
				wrong = append(wrong, fmt.Sprintf("%s: %s %v: %s", l.at, l.verb, l.key, fault))
			}
		}
	}
	slices.Sort(wrong)
	return wrong, nil
}

// all gives every line of t, in no order.
func (t *Table) all() iter.Seq[*line] {
	return func(yield func(*line) bool) {
		for pkg := range t.sections {
			for _, lines := range t.section(pkg).lines {
				for _, l := range lines {
					if !yield(l) {
						return
					}
				}
			}
		}
	}
}

func (l *line) verify(lookup func(path string) *types.Package) string {
	if l.key.pkg == "" {
		return ""
	}
	pkg := lookup(l.key.pkg)
	if pkg == nil {
		return ""
	}
	obj := pkg.Scope().Lookup(l.key.name)
	if l.key.recv != "" {
		tn, ok := pkg.Scope().Lookup(l.key.recv).(*types.TypeName)
		if !ok {
			return "no such type"
		}
		obj, _, _ = types.LookupFieldOrMethod(tn.Type(), true, pkg, l.key.name)
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		return "no such function"
	}
	if l.key.recv != "" {
		if recv := fn.Signature().Recv().Type(); keyOf(fn) == l.key {
			if _, ptr := recv.(*types.Pointer); ptr != l.ptr {
				return "the receiver's star is wrong"
			}
		}
	}
	if fault := l.fits(fn.Signature()); fault != "" {
		return fault
	}
	for _, name := range l.names {
		i := strings.LastIndexByte(name, '.')
		if name == "none" || i < 0 {
			continue
		}
		home := lookup(name[:i])
		if home == nil {
			continue
		}
		if v, ok := home.Scope().Lookup(name[i+1:]).(*types.Var); !ok || !implementsError(v.Type()) {
			return name + " is no error variable"
		}
	}
	return ""
}

// fits holds a line against the function's signature.
func (l *line) fits(sig *types.Signature) string {
	params, results := sig.Params().Len(), sig.Results().Len()
	fails := slices.ContainsFunc(slices.Collect(sig.Results().Variables()), func(v *types.Var) bool { return implementsError(v.Type()) })
	argument := func(i int) bool { return i < params || sig.Variadic() }
	switch l.aspect {
	case failing, harmless, sourcing:
		if !fails {
			return "it has no error result"
		}
	case takesNil:
		if sig.Recv() == nil || !isPointer(sig.Recv().Type()) {
			return "it is no method of a pointer"
		}
	case nilOnError:
		for i := range 32 {
			if l.results&(1<<i) != 0 && (i >= results || !nilable(sig.Results().At(i).Type()) || isError(sig.Results().At(i).Type())) {
				return fmt.Sprintf("result %d is none that could be nil", i)
			}
		}
		if !fails {
			return "it has no error result"
		}
	case args:
		if !argument(max(l.lo, l.hi)) || l.hi < 0 && !sig.Variadic() {
			return "it has no such argument"
		}
		if l.format && (l.lo == 0 || l.lo-1 >= params) {
			return "it has no format before that argument"
		}
		if i := min(l.lo, params-1); l.fate&(Calls|CallsLater) != 0 {
			t := sig.Params().At(i).Type()
			if s, ok := t.(*types.Slice); ok && sig.Variadic() && i == params-1 {
				t = s.Elem()
			}
			_, isFunc := t.Underlying().(*types.Signature)
			if !isFunc && !types.IsInterface(t) {
				return "that argument is no function"
			}
		}
	case tells:
		if !argument(l.tell.Arg) || l.tell.Result >= results {
			return "it has no such argument or result"
		}
		if b, ok := sig.Results().At(l.tell.Result).Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsBoolean == 0 {
			return "that result is no bool"
		}
	case built, following:
		if !argument(l.index) {
			return "it has no such argument"
		}
	case sentinels, wrapping:
		if !fails {
			return "it has no error result"
		}
	}
	if l.when != nil && len(l.when.args) > params && !sig.Variadic() {
		return "it has fewer arguments than the condition"
	}
	return ""
}
