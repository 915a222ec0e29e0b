package passes_test

import (
	"flag"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/suite/fix"
	"golang.org/x/tools/go/analysis/suite/vet"

	"github.com/errvet/errvet/passes"
	"github.com/errvet/errvet/passes/internal/report"
)

// golangci are the linters of golangci-lint v2.15.0, from its JSON schema.
const golangci = `arangolint asasalint asciicheck bidichk bodyclose canonicalheader clickhouselint containedctx
contextcheck copyloopvar cyclop decorder depguard dogsled dupl dupword durationcheck embeddedstructfieldcheck err113
errcheck errchkjson errname errorlint exhaustive exhaustruct exhaustruct_v5 exptostd fatcontext forbidigo
forcetypeassert funcorder funlen ginkgolinter gocheckcompilerdirectives gochecknoglobals gochecknoinits gochecksumtype
gocognit goconst gocritic gocyclo godoclint godot godox goheader gomoddirectives gomodguard gomodguard_v2
goprintffuncname gosec gosimple gosmopolitan govet grouper iface importas inamedparam ineffassign interfacebloat
intrange iotamixing ireturn lll loggercheck maintidx makezero mirror misspell mnd modernize musttag nakedret nestif
nilerr nilnesserr nilnil nlreturn noctx noinlineerr nolintlint nonamedreturns nosprintfhostport paralleltest perfsprint
prealloc predeclared promlinter protogetter reassign recvcheck revive rowserrcheck sloglint sqlclosecheck staticcheck
stylecheck tagalign tagliatelle testableexamples testifylint testpackage thelper tparallel unconvert unparam unused
usestdlibvars usetesting varnamelen wastedassign whitespace wrapcheck wsl wsl_v5 zerologlint`

func TestNames(t *testing.T) {
	taken := make(map[string]string)
	for _, a := range vet.Suite {
		taken[a.Name] = "go vet"
	}
	for _, a := range fix.Suite {
		taken[a.Name] = "go fix"
	}
	for _, name := range strings.Fields(golangci) {
		taken[name] = "golangci-lint"
	}
	for _, a := range passes.Analyzers() {
		if by, ok := taken[a.Name]; ok {
			t.Errorf("the name %s is taken by %s", a.Name, by)
		}
		taken[a.Name] = "errvet"
	}
	for _, g := range passes.Groups {
		if by, ok := taken[string(g.Name)]; ok {
			t.Errorf("the name %s is taken by %s", g.Name, by)
		}
		taken[string(g.Name)] = "errvet"
	}
	for _, rule := range passes.Rules {
		if !slices.ContainsFunc(passes.Groups, func(g struct {
			Name  passes.Group
			About string
		}) bool {
			return g.Name == rule.Group
		}) {
			t.Errorf("%s belongs to group %q, which passes.Groups does not have", rule.Name(), rule.Group)
		}
		for _, peer := range rule.Covers {
			if taken[peer] == "errvet" {
				t.Errorf("%s covers %s, which is no peer but ours", rule.Name(), peer)
			}
		}
		if rule.Because == "" || strings.HasSuffix(rule.Because, ".") {
			t.Errorf("%s is in the table because %q; want a sentence without its full stop", rule.Name(), rule.Because)
		}
	}
}

func TestAnalyzers(t *testing.T) {
	listed := passes.Analyzers()
	if err := analysis.Validate(listed); err != nil {
		t.Error(err)
	}
	seen := make(map[*analysis.Analyzer]bool)
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		if slices.Collect(flagNames(a)) != nil && !slices.Contains(listed, a) {
			t.Errorf("%s has settings but is not listed, so that drivers do not offer them", a.Name)
		}
		for _, req := range a.Requires {
			visit(req)
		}
	}
	for _, a := range listed {
		visit(a)
	}
	for _, rule := range passes.Rules {
		a := rule.Analyzer
		if !slices.Contains(a.Requires, report.Analyzer) {
			t.Errorf("%s does not report through package report", a.Name)
		}
		if len(a.FactTypes) > 0 {
			t.Errorf("%s has facts, and so would run on every dependency", a.Name)
		}
		if a.URL == "" || a.Doc == "" || a.RunDespiteErrors {
			t.Errorf("%s: want a page, a description, and no runs on broken code", a.Name)
		}
	}
}

// Instances have settings of their own, and refuse what they do not know.
func TestNew(t *testing.T) {
	first := passes.Rules[0].Name()
	a, err := passes.New(passes.Settings{
		Strict: true, Tests: true,
		Rules: map[string]bool{first: false},
		Known: []string{"infallible example.com/a.F", "infallible example.com/a.G"},
		Flags: map[string]string{"errvet.related": "false"},
	})
	if err != nil {
		t.Fatal(err)
	}
	b, err := passes.New(passes.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if len(b) != len(passes.Analyzers()) || len(a) != len(b)-1 || slices.ContainsFunc(a, func(a *analysis.Analyzer) bool { return a.Name == first }) {
		t.Errorf("%d and %d analyzers, want %d, and one less without %s", len(a), len(b), len(passes.Analyzers()), first)
	}
	for _, test := range []struct{ flag, set string }{
		{"errvet.strict", "true"}, {"errvet.tests", "true"}, {"errvet.related", "false"},
		{"known.facts", "infallible example.com/a.F;infallible example.com/a.G"},
	} {
		if got := value(t, a, test.flag); got != test.set {
			t.Errorf("%s is %q, want %q", test.flag, got, test.set)
		}
		if got, standard := value(t, b, test.flag), value(t, passes.Analyzers(), test.flag); got != standard || got == test.set {
			t.Errorf("%s is %q in the other instance, %q in the process", test.flag, got, standard)
		}
	}
	for _, test := range []struct {
		settings passes.Settings
		names    string
	}{
		{passes.Settings{Rules: map[string]bool{"droped": false}}, `no rule "droped"`},
		{passes.Settings{Rules: map[string]bool{"known": false}}, `no rule "known"`},
		{passes.Settings{Flags: map[string]string{"errvet.strickt": "true"}}, `no flag "strickt"`},
		{passes.Settings{Flags: map[string]string{"errvet.strict": "perhaps"}}, `errvet.strict to "perhaps"`},
		{passes.Settings{Flags: map[string]string{"strict": "true"}}, `"strict" does not begin`},
		{passes.Settings{Known: []string{"nonsense"}}, "known.facts"},
	} {
		if _, err := passes.New(test.settings); err == nil || !strings.Contains(err.Error(), test.names) {
			t.Errorf("%+v: got error %v, want one that names %s", test.settings, err, test.names)
		}
	}
}

// flagNames yields the names of a's flags.
func flagNames(a *analysis.Analyzer) func(yield func(string) bool) {
	var names []string
	a.Flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	return slices.Values(names)
}

func value(t *testing.T, list []*analysis.Analyzer, name string) string {
	t.Helper()
	analyzer, key, _ := strings.Cut(name, ".")
	for _, a := range list {
		if a.Name == analyzer {
			return a.Flags.Lookup(key).Value.String()
		}
	}
	t.Fatalf("no analyzer %s", analyzer)
	return ""
}
