package errflow

import (
	"go/token"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes/internal/passtest"
)

// lives reports the life of each error where it is born. What goes nameless into a return or an argument,
// what another error lives on in, and what cannot fail is left out: it has no path of its own.
var lives = &analysis.Analyzer{
	Name:     "lives",
	Doc:      "report the life of each error where it is born",
	Requires: []*analysis.Analyzer{Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		fl := Of(pass)
		for f := range fl.Funcs() {
			for _, l := range fl.Lives(f) {
				switch l.Why {
				case Nameless, Derived, CannotFail:
				default:
					pass.Reportf(l.Value.Pos(), "%s", l)
				}
			}
		}
		return nil, nil
	},
}

func TestLives(t *testing.T) {
	results := analysistest.Run(t, passtest.Dir(t), lives, "./errflow/...")
	for _, result := range results {
		packages.Visit([]*packages.Package{result.Action.Package}, nil, func(p *packages.Package) {
			for _, err := range p.Errors {
				t.Errorf("testdata does not compile: %v", err)
			}
		})
		if result.Err != nil {
			continue // reported by analysistest
		}
		t.Run("again", func(t *testing.T) { again(t, result.Pass) })
	}
}

// again asks for the lives from many goroutines, and of a second run of the engine: a Flow is not changed by
// being read, and does not depend on the order of maps.
func again(t *testing.T, pass *analysis.Pass) {
	read := func(fl *Flow, want []string) {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { sameLines(t, tell(fl, pass.Fset), want) })
		}
		wg.Wait()
	}
	want := tell(Of(pass), pass.Fset)
	if len(want) == 0 {
		t.Fatal("no lives")
	}
	read(Of(pass), want)
	// Without a driver there are no facts of imported packages, which is another answer, but always the same.
	want = tell(flow(t, *pass), pass.Fset)
	read(flow(t, *pass), want)
}

// sameLines compares two tales and shows where they part.
func sameLines(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("line %d is missing: %s", i, want[i])
		case i >= len(want):
			t.Errorf("line %d is one too many: %s", i, got[i])
		case got[i] != want[i]:
			t.Errorf("line %d: got %s, want %s", i, got[i], want[i])
		default:
			continue
		}
		return
	}
}

// tell renders all lives with the positions of everything in them.
func tell(fl *Flow, fset *token.FileSet) []string {
	var list []string
	line := func(indent string, n interface{ Pos() token.Pos }, text string) {
		list = append(list, indent+fset.Position(n.Pos()).String()+" "+text)
	}
	for f := range fl.Funcs() {
		for _, l := range fl.Lives(f) {
			line("", l.Value, l.String())
			for _, o := range l.Outcomes {
				line("\t", o.Node, o.String())
				for _, step := range o.Steps {
					line("\t\t", step.Node, step.What)
				}
			}
		}
	}
	return list
}
