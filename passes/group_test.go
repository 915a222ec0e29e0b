package passes_test

import (
	"maps"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes"
)

// A rule follows its group unless it is named itself, in whatever order.
func TestSwitches(t *testing.T) {
	rule := func(name string, group passes.Group) passes.Rule {
		return passes.Rule{Analyzer: &analysis.Analyzer{Name: name}, Group: group}
	}
	rules := []passes.Rule{rule("a", "x"), rule("b", "x"), rule("z", "y")}
	for _, test := range []struct {
		name       string
		words, out map[string]bool
	}{
		{"nothing", nil, nil},
		{"a rule", map[string]bool{"a": false}, map[string]bool{"a": false}},
		{"a group", map[string]bool{"x": false}, map[string]bool{"a": false, "b": false}},
		{"a group but for one", map[string]bool{"x": true, "a": false}, map[string]bool{"a": false, "b": true}},
		{"whose name comes before", map[string]bool{"y": false, "z": true}, map[string]bool{"z": true}},
		{"two groups", map[string]bool{"x": true, "y": false}, map[string]bool{"a": true, "b": true, "z": false}},
	} {
		out, err := passes.Switches(rules, test.words)
		if err != nil || !maps.Equal(out, test.out) {
			t.Errorf("%s: got %v, %v; want %v", test.name, out, err, test.out)
		}
	}
	if out, err := passes.Switches(rules, map[string]bool{"w": true}); err == nil || err.Error() != `there is no rule "w", nor a group` {
		t.Errorf("an unknown word: %v, %v", out, err)
	}
}
