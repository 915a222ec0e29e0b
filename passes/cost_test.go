package passes_test

import (
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes"
)

// BenchmarkCost runs the suite and, beside it, buildssa over the packages of x/tools, one action after the
// other, and reports what each analyzer took as a multiple of buildssa, prerequisites not included. Only
// actions on the named packages count: the rules and errflow run nowhere else, and for known and ctrlflow the
// dependencies are reported apart. Read the figures as ratios.
//
//	go test -run '^$' -bench Cost -benchtime 3x ./passes
func BenchmarkCost(b *testing.B) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule}, "golang.org/x/tools/go/...")
	if err != nil {
		b.Fatal(err)
	}
	rules := map[*analysis.Analyzer]bool{}
	for _, r := range passes.Rules {
		rules[r.Analyzer] = true
	}
	var total time.Duration
	spent := map[string]time.Duration{}
	for b.Loop() {
		graph, err := checker.Analyze(append(passes.Analyzers(), buildssa.Analyzer), pkgs, &checker.Options{Sequential: true})
		if err != nil {
			b.Fatal(err)
		}
		named := map[*packages.Package]bool{}
		for _, a := range graph.Roots {
			named[a.Package] = true
		}
		for a := range graph.All() {
			name := a.Analyzer.Name
			switch {
			case !named[a.Package]:
				name = "dependencies"
			case rules[a.Analyzer]:
				name = "rules"
			}
			spent[name] += a.Duration
			if named[a.Package] && name != "buildssa" {
				total += a.Duration
			}
		}
	}
	ssa := spent["buildssa"].Seconds()
	for name, d := range spent {
		b.ReportMetric(d.Seconds()/ssa, name+"/ssa")
	}
	b.ReportMetric(total.Seconds()/ssa, "all/ssa")
}
