package known_test

import (
	"os"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/passtest"
)

// A package may use the companion if it does, or imports one of its module that does.
func TestHasCompanion(t *testing.T) {
	const repaired = "errvet.test/testdata/shop/repaired"
	want := map[string]bool{
		repaired + "/payment":                  true,
		repaired + "/notify":                   true,  // imports the root package, which has codes of package fault
		repaired + "/config":                   false, // imports neither
		"github.com/errvet/errvet/fault/oplog": true,  // it is one of them, which mend knows
		"errvet.test/testdata/shop/payment":    false,
	}
	load := func(without ...string) map[string]bool {
		t.Helper()
		var patterns []string
		for path := range want {
			patterns = append(patterns, path)
		}
		pkgs, err := packages.Load(&packages.Config{
			Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: passtest.Dir(t), Env: append(os.Environ(), "GOPROXY=off", "GOWORK=off"),
		}, patterns...)
		if err != nil {
			t.Fatal(err)
		}
		packages.Visit(pkgs, func(pkg *packages.Package) bool {
			for _, path := range without {
				if pkg.PkgPath == path {
					pkg.Module = nil
				}
			}
			return true
		}, nil)
		got := map[string]bool{}
		finder := &analysis.Analyzer{
			Name: "finder", Doc: "ask for the companion", Requires: []*analysis.Analyzer{known.Analyzer},
			Run: func(pass *analysis.Pass) (any, error) {
				got[pass.Pkg.Path()] = known.Of(pass).HasCompanion()
				return nil, nil
			},
		}
		graph, err := checker.Analyze([]*analysis.Analyzer{finder}, pkgs, &checker.Options{Sequential: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, action := range graph.Roots {
			if action.Err != nil {
				t.Error(action.Err)
			}
		}
		return got
	}
	for path, has := range load() {
		if has != want[path] {
			t.Errorf("%s: has the companion: %t", path, has)
		}
	}
	// Where a driver does not say which module a package is of, only its own imports count.
	got := load(repaired+"/notify", repaired+"/payment")
	if got[repaired+"/notify"] || !got[repaired+"/payment"] {
		t.Errorf("without modules: %v", got)
	}
}
