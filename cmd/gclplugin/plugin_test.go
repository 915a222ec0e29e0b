package gclplugin_test

import (
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/cmd/gclplugin"
	"github.com/errvet/errvet/passes"
)

type table = map[string]any

// build returns the analyzers that golangci-lint would run with these settings.
func build(t *testing.T, raw any) []*analysis.Analyzer {
	t.Helper()
	newPlugin, err := register.GetPlugin(gclplugin.Name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(raw)
	if err != nil {
		t.Fatal(err)
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("load mode %s", mode)
	}
	list, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	if err := analysis.Validate(list); err != nil {
		t.Error(err)
	}
	return list
}

// value returns what a flag is set to, "off" if its analyzer does not run.
func value(t *testing.T, list []*analysis.Analyzer, name string) string {
	t.Helper()
	analyzer, flag, _ := strings.Cut(name, ".")
	for _, a := range list {
		if a.Name != analyzer {
			continue
		}
		if flag == "" {
			return "on"
		}
		f := a.Flags.Lookup(flag)
		if f == nil {
			t.Fatalf("there is no flag %s", name)
		}
		return f.Value.String()
	}
	return "off"
}

func TestSettings(t *testing.T) {
	for name, test := range map[string]struct {
		raw  any
		want map[string]string
	}{
		"none": {nil, map[string]string{
			"errvet.strict": "false", "errvet.tests": "false", "known.facts": "", "dropped": "on",
			// what golangci-lint does in its own way
			"errvet.all": "false", "errvet.nolint": "false", "errvet.related": "false", "errvet.review-fixes": "false",
		}},
		"empty": {table{}, map[string]string{"errvet.strict": "false", "errvet.nolint": "false"}},
		"all": {
			table{
				"strict": true, "tests": true, "rules": table{"dropped": false, "swallowed": true},
				"known": []any{"infallible example.com/a.F", "infallible example.com/a.G"},
			},
			map[string]string{
				"errvet.strict": "true", "errvet.tests": "true", "dropped": "off", "swallowed": "on",
				"known.facts": "infallible example.com/a.F;infallible example.com/a.G", "errvet.related": "false",
			},
		},
		"a group": {table{"rules": table{"losses": false, "dropped": true}}, map[string]string{"dropped": "on", "swallowed": "off", "errmatch": "on"}},
		"flags":   {table{"flags": table{"errvet.show-silenced": "true"}}, map[string]string{"errvet.show-silenced": "true"}},
		"a flag's dot, taken for a way into a table":    {table{"flags": table{"errvet": table{"show-silenced": "true"}}}, map[string]string{"errvet.show-silenced": "true"}},
		"a flag without the quotes it could go without": {table{"flags": table{"errvet.show-silenced": true}}, map[string]string{"errvet.show-silenced": "true"}},
	} {
		t.Run(name, func(t *testing.T) {
			list := build(t, test.raw)
			for flag, want := range test.want {
				if got := value(t, list, flag); got != want {
					t.Errorf("%s is %q, want %q", flag, got, want)
				}
			}
		})
	}
}

// Two linters in one process, and the commands of single rules beside them, do not see each other's settings.
func TestNothingShared(t *testing.T) {
	newPlugin, err := register.GetPlugin(gclplugin.Name)
	if err != nil {
		t.Fatal(err)
	}
	raw := table{"strict": true, "flags": table{"errvet.show-silenced": "true"}}
	p, err := newPlugin(raw)
	if err != nil {
		t.Fatal(err)
	}
	a, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	other := build(t, nil)
	for i := range a {
		if a[i] == b[i] || a[i] == other[i] {
			t.Errorf("%s is shared", a[i].Name)
		}
	}
	for _, list := range [][]*analysis.Analyzer{other, passes.Analyzers()} {
		if value(t, list, "errvet.strict") != "false" || value(t, list, "errvet.show-silenced") != "false" {
			t.Error("the settings of one linter are those of another")
		}
	}
	if flags := raw["flags"].(table); len(flags) != 1 {
		t.Errorf("the settings that were handed in are changed: %v", raw)
	}
}

// What means nothing is refused, by name.
func TestRefused(t *testing.T) {
	for _, test := range []struct {
		raw   any
		names []string
	}{
		{table{"strcit": true}, []string{"no setting is called strcit", "did you mean strict?"}},
		{table{"zzzzzz": true}, []string{"no setting is called zzzzzz", "strict, tests, rules, known, fixes, flags"}},
		{table{"Strict": true}, []string{"no setting is called Strict", "did you mean strict?"}},
		{table{"strict": "yes"}, []string{"strict is a string; want true or false"}},
		{table{"rules": []any{"dropped"}}, []string{"rules is a list; want values by name"}},
		{table{"rules": table{"dropped": "off"}}, []string{"rules", "is a string; want true or false"}},
		{table{"rules": table{"droped": false}}, []string{"rules: no rule is called droped", "did you mean dropped?"}},
		{table{"rules": table{"loses": false}}, []string{"did you mean losses?"}},
		{table{"rules": table{"known": false}}, []string{"rules: no rule is called known", "there are dropped, "}},
		{table{"known": "infallible example.com/a.F"}, []string{"known is a string; want a list"}},
		{table{"known": []any{"nonsense"}}, []string{"known.facts", "nonsense"}},
		{table{"flags": table{"errvet.show-silencd": "true"}}, []string{"flags: no flag is called errvet.show-silencd", "did you mean errvet.show-silenced?"}},
		{table{"flags": table{"errvet.show-silenced": "perhaps"}}, []string{"errvet.show-silenced", "perhaps"}},
		{table{"flags": table{"errvet.show-silenced": []any{}}}, []string{"flags", "is a list; want a string"}},
		{table{"flags": table{"errvet.nolint": "true"}}, []string{"errvet.nolint cannot be set here", "golangci-lint honours //nolint itself"}},
		{table{"flags": table{"errvet": table{"review-fixes": "true"}}}, []string{"errvet.review-fixes cannot be set here", "errvet -fix=all"}},
		{table{"paths": []any{}}, []string{"paths is a setting of .errvet.yaml only", "linters.exclusions"}},
		{table{"baseline": "x"}, []string{"baseline is a setting of .errvet.yaml only", "issues.new-from-rev"}},
		{"strict", []string{"want settings by name"}},
	} {
		_, err := gclplugin.New(test.raw)
		if err == nil {
			t.Errorf("%v is accepted", test.raw)
			continue
		}
		for _, name := range test.names {
			if !strings.Contains(err.Error(), name) {
				t.Errorf("%v: the error is %q, which does not say %q", test.raw, err, name)
			}
		}
	}
}
