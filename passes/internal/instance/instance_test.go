package instance_test

import (
	"flag"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/errvet/errvet/passes/internal/instance"
)

func TestCopiesWhatHasSettings(t *testing.T) {
	settings := &analysis.Analyzer{Name: "settings", Requires: []*analysis.Analyzer{inspect.Analyzer}}
	settings.Flags.Bool("strict", false, "")
	settings.Flags.String("names", "a,b", "")
	engine := &analysis.Analyzer{Name: "engine", Requires: []*analysis.Analyzer{ctrlflow.Analyzer, settings}}
	one := &analysis.Analyzer{Name: "one", Requires: []*analysis.Analyzer{engine, settings}}
	two := &analysis.Analyzer{Name: "two", Requires: []*analysis.Analyzer{engine}}
	plain := &analysis.Analyzer{Name: "plain", Requires: []*analysis.Analyzer{inspect.Analyzer}}
	if err := settings.Flags.Set("names", "changed"); err != nil {
		t.Fatal(err)
	}

	got, err := instance.Of([]*analysis.Analyzer{settings, one, two, plain})
	if err != nil {
		t.Fatal(err)
	}
	if got[0] == settings || got[1] == one || got[2] == two {
		t.Error("an analyzer with settings in reach was not copied")
	}
	if got[3] != plain {
		t.Error("an analyzer without settings in reach was copied")
	}
	if got[1].Requires[1] != got[0] || got[1].Requires[0] != got[2].Requires[0] {
		t.Error("copies do not share their prerequisites")
	}
	if got[1].Requires[0].Requires[0] != ctrlflow.Analyzer || got[0].Requires[0] != inspect.Analyzer {
		t.Error("a prerequisite of other tools was copied")
	}
	if v := got[0].Flags.Lookup("names").Value.String(); v != "a,b" {
		t.Errorf("names = %q, want the default", v)
	}
	if err := got[0].Flags.Set("strict", "true"); err != nil {
		t.Fatal(err)
	}
	if settings.Flags.Lookup("strict").Value.String() != "false" {
		t.Error("setting the copy's flag changed the original")
	}
	if i := slices.Index(one.Requires, engine); i != 0 {
		t.Error("the original's prerequisites changed")
	}
}

// words is a flag that collects its values.
type words []string

func (w *words) String() string     { return "" }
func (w *words) Set(s string) error { *w = append(*w, s); return nil }

// upper is a flag that is no pointer.
type upper func(string) error

func (u upper) String() string     { return "" }
func (u upper) Set(s string) error { return u(s) }

func TestFlagTypes(t *testing.T) {
	collects := &analysis.Analyzer{Name: "collects"}
	collects.Flags.Var(&words{"left over"}, "word", "")
	got, err := instance.Of([]*analysis.Analyzer{collects})
	if err != nil {
		t.Fatal(err)
	}
	if w := got[0].Flags.Lookup("word").Value.(*words); len(*w) != 0 {
		t.Errorf("the copy starts with %q", *w)
	}

	unusable := &analysis.Analyzer{Name: "unusable"}
	unusable.Flags.Var(upper(func(string) error { return nil }), "up", "")
	if _, err := instance.Of([]*analysis.Analyzer{unusable}); err == nil {
		t.Error("a flag that cannot be copied gave no error")
	}
	var _ flag.Value = upper(nil)
}
