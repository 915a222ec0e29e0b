package known_test

import (
	"bytes"
	"encoding/gob"
	"reflect"
	"slices"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/errvet/errvet/passes/internal/known"
)

// BenchmarkCost reports, over the standard library (as if facts were computed
// for it) and over x/tools with its dependencies:
//
//	factbytes/pkg, factbytes/max   what known adds to a package's facts
//	facts/pkg                      and in how many of them
//	known/cfg                      CPU of known as a multiple of inspect and ctrlflow together
//
// Durations are of a sequential run; read them as ratios.
func BenchmarkCost(b *testing.B) {
	for _, tree := range []struct {
		pattern  string
		analyzer *analysis.Analyzer
	}{
		{"std", known.Standard()},
		{"golang.org/x/tools/...", known.Analyzer},
	} {
		b.Run(tree.pattern, func(b *testing.B) {
			pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule}, tree.pattern)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				graph, err := checker.Analyze([]*analysis.Analyzer{tree.analyzer}, pkgs, &checker.Options{Sequential: true})
				if err != nil {
					b.Fatal(err)
				}
				total, most, facts, actions := 0, 0, 0, 0
				spent := map[string]time.Duration{}
				for action := range graph.All() {
					spent[action.Analyzer.Name] += action.Duration
					if action.Analyzer != tree.analyzer {
						continue
					}
					size, n := factBytes(b, action)
					total, facts, actions = total+size, facts+n, actions+1
					most = max(most, size)
				}
				b.ReportMetric(float64(total)/float64(actions), "factbytes/pkg")
				b.ReportMetric(float64(most), "factbytes/max")
				b.ReportMetric(float64(facts)/float64(actions), "facts/pkg")
				b.ReportMetric(float64(actions), "pkgs")
				b.ReportMetric(spent["known"].Seconds()/(spent["inspect"]+spent["ctrlflow"]).Seconds(), "known/cfg")
				b.ReportMetric(float64(spent["known"].Milliseconds()), "known-ms")
			}
		})
	}
}

// objectFact has the shape in which drivers write facts.
type objectFact struct {
	Object objectpath.Path
	Fact   known.Summary
}

// encode gives the package's own facts as a driver would write them.
func encode(action *checker.Action) ([]byte, []objectFact, error) {
	var own []objectFact
	for _, f := range action.AllObjectFacts() {
		if f.Object.Pkg() != action.Package.Types {
			continue
		}
		if path, err := objectpath.For(f.Object); err == nil {
			own = append(own, objectFact{path, *f.Fact.(*known.Summary)})
		}
	}
	slices.SortFunc(own, func(a, b objectFact) int { return bytes.Compare([]byte(a.Object), []byte(b.Object)) })
	var buf bytes.Buffer
	err := gob.NewEncoder(&buf).Encode(own)
	return buf.Bytes(), own, err
}

func factBytes(b *testing.B, action *checker.Action) (size, n int) {
	data, own, err := encode(action)
	if err != nil {
		b.Fatal(err)
	}
	if len(own) == 0 {
		return 0, 0
	}
	return len(data), len(own)
}

// TestFacts runs known twice over a package: its
// facts are the same to the byte, and survive being written and read.
func TestFacts(t *testing.T) {
	run := func() ([]byte, []objectFact) {
		pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule}, "golang.org/x/tools/go/cfg")
		if err != nil {
			t.Fatal(err)
		}
		graph, err := checker.Analyze([]*analysis.Analyzer{known.Analyzer}, pkgs, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, action := range graph.Roots {
			data, own, err := encode(action)
			if err != nil || action.Err != nil {
				t.Fatal(err, action.Err)
			}
			return data, own
		}
		t.Fatal("nothing loaded")
		return nil, nil
	}
	first, own := run()
	second, _ := run()
	if len(own) == 0 {
		t.Fatal("no facts")
	}
	if !bytes.Equal(first, second) {
		t.Error("two runs give different facts")
	}
	var read []objectFact
	if err := gob.NewDecoder(bytes.NewReader(first)).Decode(&read); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(own, read) {
		t.Error("facts change by being written and read")
	}
}
