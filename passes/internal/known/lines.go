package known

import (
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Lines gives the summary of fn in the notation of the tables. It leaves out
// what is of no use to others: incomplete fates, and errors they cannot name.
func (s *Summary) Lines(fn *types.Func) []string {
	told := *s
	if told.Sentinels = public(s.Sentinels); len(told.Sentinels) < len(s.Sentinels) {
		told.Only = 0
	}
	told.OneWay = s.OneWay && !s.AlwaysFails // else it is not there on this system, or makes errors
	told.Wrapped = nil                       // what the standard library wraps is documented, and so written by hand
	told.Kind &^= Reports                    // it logs nothing of its own accord
	told.MayNil, told.Held = 0, 0            // whoever reads its documentation knows
	told.Args = slices.Clone(s.Args)
	for i, fate := range told.Args {
		if fate == Stores || fate&Escapes != 0 {
			told.Args[i] = 0
		}
	}
	variadic := fn.Signature().Variadic() && len(told.Args) == fn.Signature().Params().Len()
	var lines []string
	for _, f := range told.facts(variadic) {
		lines = append(lines, strings.TrimSpace(f.verb+" "+nameOf(fn)+" "+f.operands))
	}
	return lines
}

// public keeps the names that other modules can compare with.
func public(sentinels []string) []string {
	return slices.DeleteFunc(slices.Clone(sentinels), func(name string) bool {
		i := strings.LastIndexByte(name, '.')
		return !token.IsExported(name[i+1:]) || slices.Contains(strings.Split(name[:max(i, 0)], "/"), "internal")
	})
}

// nameOf names a function as the tables do, without type parameters.
func nameOf(fn *types.Func) string {
	k := keyOf(fn)
	if recv := fn.Signature().Recv(); recv != nil {
		if _, ptr := types.Unalias(recv.Type()).(*types.Pointer); ptr {
			return "(*" + k.pkg + "." + k.recv + ")." + k.name
		}
	}
	return k.String()
}

// Inferred gives what was inferred of a function of this package from its
// body, whatever contracts and tables say.
func (x *Index) Inferred(fn *types.Func) (Summary, bool) {
	x.ready()
	if s := x.summaries[fn.Origin()]; s != nil {
		return *s, true
	}
	return Summary{}, false
}
