package known

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Lines gives the summary of fn in the notation of the tables.
func (s *Summary) Lines(fn *types.Func) []string {
	name := nameOf(fn)
	var lines []string
	add := func(verb, operands string) {
		lines = append(lines, strings.TrimSpace(verb+" "+name+" "+operands))
	}
	if s.Infallible {
		add("infallible", "")
	}
	if s.AlwaysFails {
		add("fails", "")
	}
	var nils []string
	for i := range 32 {
		if s.NilOnError&(1<<i) != 0 {
			nils = append(nils, fmt.Sprint(i))
		}
	}
	if nils != nil {
		add("nil-on-error", strings.Join(nils, " "))
	}
	if s.Follows > 0 {
		add("follows", fmt.Sprint(s.Follows-1))
	}
	for i, fate := range s.Args {
		if fate == 0 || fate == Stores || fate&Escapes != 0 {
			continue // half a fate is no more than none to who reads a table
		}
		where := fmt.Sprint(i)
		if fn.Signature().Variadic() && i == fn.Signature().Params().Len()-1 {
			where += ".."
		}
		add("arg", where+" "+fate.String())
	}
	for _, t := range s.Tells {
		add("tells", strings.TrimPrefix(t.String(), "tells "))
	}
	if s.Kind != 0 {
		add("kind", s.Kind.String())
	}
	if names := public(s.Sentinels); len(names) > 0 {
		add("sentinels", strings.Join(names, " "))
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
	if s := x.summaries[fn.Origin()]; s != nil {
		return *s, true
	}
	return Summary{}, false
}
