package unit

import (
	"flag"
	"go/types"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/packages"
)

var update = flag.Bool("update", false, "write noreturn.txt anew")

// tableGo is the Go whose standard library the table was taken from.
const tableGo = "go1.26"

// TestNoReturnTable holds the table against what ctrlflow infers over the standard library.
func TestNoReturnTable(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks the standard library from source")
	}
	if !strings.HasPrefix(runtime.Version(), tableGo) && !*update {
		t.Skipf("the table is that of %s, this is %s", tableGo, runtime.Version())
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Env: append(os.Environ(), "CGO_ENABLED=0")}, "std")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{ctrlflow.Analyzer}, pkgs, &checker.Options{Sequential: true})
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	for act := range graph.All() {
		if act.Analyzer != ctrlflow.Analyzer {
			continue
		}
		for _, f := range act.AllObjectFacts() {
			if fn, ok := f.Object.(*types.Func); ok && fn.Exported() && fn.Pkg() == act.Package.Types {
				names[fn.FullName()] = true
			}
		}
	}
	got := strings.Join(slices.Sorted(maps.Keys(names)), "\n") + "\n"
	if *update {
		if err := os.WriteFile("noreturn.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != noReturnTable {
		t.Errorf("noreturn.txt is not what ctrlflow infers; run: go test ./cmd/errvet/internal/unit -run TestNoReturnTable -update\n%s", got)
	}
}
