package passes

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/instance"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

// Settings are those of one instance of the suite, as golangci-lint's plugin
// reads them. The zero value is the default.
type Settings struct {
	// Strict adds the strict tier.
	Strict bool `json:"strict"`
	// Tests adds findings in _test.go files.
	Tests bool `json:"tests"`
	// Rules switches rules or groups of them off, or on again; those it does
	// not name are on.
	Rules map[string]bool `json:"rules"`
	// Known holds facts about functions that win over errvet's own, one an
	// entry, as "infallible (*example.com/buf.Buffer).Write".
	Known []string `json:"known"`
	// Fixes says what the text of fixes may use: auto, std or fault. Empty is auto.
	Fixes string `json:"fixes"`
	// Flags holds any further flag as on the command line of go vet, the key
	// being ANALYZER.FLAG.
	Flags map[string]string `json:"flags"`
}

// New returns the analyzers of a suite with settings of its own, independent of
// the flags of the package-level analyzers and of other instances. Its error
// names the setting that is wrong.
func New(s Settings) ([]*analysis.Analyzer, error) {
	list, err := instance.Of(Analyzers())
	if err != nil {
		return nil, fmt.Errorf("errvet: %w", err)
	}
	for _, set := range s.flags() {
		if err := setFlag(list, set.name, set.value); err != nil {
			return nil, err
		}
	}
	rules, err := Switches(Rules, s.Rules)
	if err != nil {
		return nil, fmt.Errorf("errvet: setting rules: %w; the rules are %s, the groups %s", err, strings.Join(ruleNames(), ", "), strings.Join(groupNames(), ", "))
	}
	list = slices.DeleteFunc(list, func(a *analysis.Analyzer) bool {
		on, named := rules[a.Name]
		return named && !on
	})
	return list, nil
}

type assignment struct{ name, value string }

// flags returns the settings as flags, in an order that does not change: the
// further flags last, so that they win.
func (s Settings) flags() []assignment {
	var list []assignment
	if s.Strict {
		list = append(list, assignment{report.Analyzer.Name + ".strict", "true"})
	}
	if s.Tests {
		list = append(list, assignment{report.Analyzer.Name + ".tests", "true"})
	}
	if s.Fixes != "" {
		list = append(list, assignment{report.Analyzer.Name + ".fixes", s.Fixes})
	}
	if len(s.Known) > 0 {
		list = append(list, assignment{known.Analyzer.Name + ".facts", strings.Join(s.Known, ";")})
	}
	further := len(list)
	for name, value := range s.Flags {
		list = append(list, assignment{name, value})
	}
	slices.SortFunc(list[further:], func(a, b assignment) int { return strings.Compare(a.name, b.name) })
	return list
}

// setFlag sets ANALYZER.FLAG in list.
func setFlag(list []*analysis.Analyzer, name, value string) error {
	analyzer, flag, _ := strings.Cut(name, ".")
	for _, a := range list {
		if a.Name != analyzer {
			continue
		}
		if a.Flags.Lookup(flag) == nil {
			return fmt.Errorf("errvet: setting flags: %s has no flag %q", analyzer, flag)
		}
		if err := a.Flags.Set(flag, value); err != nil {
			return fmt.Errorf("errvet: setting %s to %q: %w", name, value, err)
		}
		return nil
	}
	return fmt.Errorf("errvet: setting flags: %q does not begin with the name of an analyzer and a dot", name)
}

func ruleNames() []string {
	var names []string
	for _, rule := range Rules {
		names = append(names, rule.Name())
	}
	return names
}

func groupNames() []string {
	var names []string
	for _, g := range Groups {
		names = append(names, string(g.Name))
	}
	return names
}
