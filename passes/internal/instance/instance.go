// Package instance makes copies of analyzers that have settings of their own.
//
// The flags of a package-level Analyzer belong to the whole process. A driver
// that embeds the suite, such as golangci-lint's plugin, and a test that wants
// other settings, work on copies instead. That asks one thing of an analyzer:
// that Run reads its settings from pass.Analyzer.Flags, and finds the results
// of its prerequisites by their type, since both belong to the copy.
package instance

import (
	"flag"
	"fmt"
	"reflect"

	"golang.org/x/tools/go/analysis"
)

// Of returns copies of analyzers, in order, with all flags at their defaults.
// Of their prerequisites it copies those that have flags or require one that
// has, each once; the others (inspect, ctrlflow) stay shared with whoever else
// uses them, so that a driver runs them once.
func Of(analyzers []*analysis.Analyzer) ([]*analysis.Analyzer, error) {
	copies := make(map[*analysis.Analyzer]*analysis.Analyzer)
	list := make([]*analysis.Analyzer, len(analyzers))
	for i, a := range analyzers {
		c, err := instance(copies, a)
		if err != nil {
			return nil, err
		}
		list[i] = c
	}
	return list, nil
}

func instance(copies map[*analysis.Analyzer]*analysis.Analyzer, a *analysis.Analyzer) (*analysis.Analyzer, error) {
	if c, ok := copies[a]; ok {
		return c, nil
	}
	requires := make([]*analysis.Analyzer, len(a.Requires))
	shared := true
	for i, req := range a.Requires {
		c, err := instance(copies, req)
		if err != nil {
			return nil, err
		}
		requires[i] = c
		shared = shared && c == req
	}
	a.Flags.VisitAll(func(*flag.Flag) { shared = false })
	if shared {
		copies[a] = a
		return a, nil
	}
	c := &analysis.Analyzer{
		Name: a.Name, Doc: a.Doc, URL: a.URL,
		Run: a.Run, RunDespiteErrors: a.RunDespiteErrors,
		Requires: requires, ResultType: a.ResultType, FactTypes: a.FactTypes,
	}
	if err := copyFlags(&c.Flags, &a.Flags); err != nil {
		return nil, fmt.Errorf("copying analyzer %s: %w", a.Name, err)
	}
	copies[a] = c
	return c, nil
}

// copyFlags defines the flags of src in dst, each with a new value of the same
// type at the default. The zero value of the type has to be usable, which
// package flag asks for as well.
func copyFlags(dst, src *flag.FlagSet) error {
	dst.Init(src.Name(), flag.ContinueOnError)
	var failed error
	src.VisitAll(func(f *flag.Flag) {
		t := reflect.TypeOf(f.Value)
		if t.Kind() != reflect.Pointer {
			failed = fmt.Errorf("flag -%s: a %s is not copied", f.Name, t)
			return
		}
		value, ok := reflect.New(t.Elem()).Interface().(flag.Value)
		if !ok {
			failed = fmt.Errorf("flag -%s: a %s is no flag.Value", f.Name, t)
			return
		}
		if value.String() != f.DefValue {
			if err := value.Set(f.DefValue); err != nil {
				failed = fmt.Errorf("flag -%s: default %q: %w", f.Name, f.DefValue, err)
				return
			}
		}
		dst.Var(value, f.Name, f.Usage)
	})
	return failed
}
