// Package migrate turns the settings of other error linters into errvet's.
package migrate

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/errvet/errvet/cmd/errvet/internal/settings"
)

// A Migration collects what files of other linters say.
type Migration struct {
	Settings settings.Settings
	// Left are sentences about what could not be carried over, and why.
	Left []string
	// HasRule reports whether errvet has a rule of a name.
	HasRule func(string) bool
	// CheckKnown reports what is wrong with a fact about a function, if anything.
	CheckKnown func(string) error
}

// File reads a file: settings of golangci-lint in YAML or JSON, or by any other name a list of functions as
// errcheck's flag -exclude takes it.
func (m *Migration) File(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("nothing to take over: %w", err)
	}
	switch base := filepath.Base(name); filepath.Ext(base) {
	case ".yml", ".yaml", ".json":
		return m.golangci(name, data)
	case ".toml":
		return fmt.Errorf("%s: TOML is not read; golangci-lint migrate -f yml turns it into YAML", base)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "//") {
			m.function(filepath.Base(name), line)
		}
	}
	return nil
}

// function takes over a function whose errors errcheck lets pass.
func (m *Migration) function(from, name string) {
	// errcheck can tell calls apart by the type of an argument: io.Copy(*bytes.Buffer), fmt.Fprint(os.Stderr).
	if i := strings.LastIndexByte(name, '('); i > 0 {
		m.left("%s: %s: errvet tells calls apart by what is known of their arguments, not by a list; it needs no entry for buffers, hashes and the terminal", from, name)
		return
	}
	fact := "infallible " + name
	if err := m.CheckKnown(fact); err != nil {
		m.left("%s: %s: %v", from, name, err)
		return
	}
	if !slices.Contains(m.Settings.Known, fact) {
		m.Settings.Known = append(m.Settings.Known, fact)
	}
}

// config is the part of golangci-lint's settings that is about errors: under linters-settings in its version 1, under
// linters.settings in version 2.
type config struct {
	Run struct {
		Tests     *bool    `yaml:"tests"`
		BuildTags []string `yaml:"build-tags"`
	} `yaml:"run"`
	V1      linterSettings `yaml:"linters-settings"`
	Linters struct {
		Settings   linterSettings `yaml:"settings"`
		Exclusions struct {
			Paths []string         `yaml:"paths"`
			Rules []map[string]any `yaml:"rules"`
		} `yaml:"exclusions"`
	} `yaml:"linters"`
	Issues struct {
		ExcludeDirs  []string `yaml:"exclude-dirs"`
		ExcludeFiles []string `yaml:"exclude-files"`
		NewFromRev   string   `yaml:"new-from-rev"`
	} `yaml:"issues"`
}

type linterSettings struct {
	Errcheck struct {
		TypeAssertions    bool     `yaml:"check-type-assertions"`
		Blank             bool     `yaml:"check-blank"`
		NoDefaultExcludes bool     `yaml:"disable-default-exclusions"`
		ExcludeFunctions  []string `yaml:"exclude-functions"`
		ExcludeFile       string   `yaml:"exclude"`
	} `yaml:"errcheck"`
	Errorlint struct {
		Errorf     *bool            `yaml:"errorf"`
		Asserts    *bool            `yaml:"asserts"`
		Comparison *bool            `yaml:"comparison"`
		Allowed    []map[string]any `yaml:"allowed-errors"`
		Wildcards  []map[string]any `yaml:"allowed-errors-wildcard"`
	} `yaml:"errorlint"`
	Wrapcheck map[string]any `yaml:"wrapcheck"`
	Nilnil    struct {
		CheckedTypes   []string `yaml:"checked-types"`
		DetectOpposite bool     `yaml:"detect-opposite"`
	} `yaml:"nilnil"`
}

func (m *Migration) golangci(name string, data []byte) error {
	var c config
	if err := yaml.Unmarshal(data, &c); err != nil {
		return fmt.Errorf("%s cannot be read: %s", filepath.Base(name), yaml.FormatError(err, false, false))
	}
	// golangci-lint looks at tests unless told not to.
	m.Settings.Tests = c.Run.Tests == nil || *c.Run.Tests
	if len(c.Run.BuildTags) > 0 {
		m.left("run.build-tags: give them with errvet -tags=%s, or in GOFLAGS", strings.Join(c.Run.BuildTags, ","))
	}
	for _, s := range []linterSettings{c.V1, c.Linters.Settings} {
		if err := m.errcheck(s, filepath.Dir(name)); err != nil {
			return err
		}
		m.errorlint(s)
		m.others(s)
	}
	for _, p := range slices.Concat(c.Linters.Exclusions.Paths, c.Issues.ExcludeDirs, c.Issues.ExcludeFiles) {
		m.path(p)
	}
	if n := len(c.Linters.Exclusions.Rules); n > 0 {
		m.left("linters.exclusions.rules (%d of them) choose by text, path and linter; what is meant for one place is better said there (//errvet:ignore RULE REASON), what is meant for a directory under paths", n)
	}
	if c.Issues.NewFromRev != "" {
		m.left("issues.new-from-rev: run errvet -since %s", c.Issues.NewFromRev)
	}
	return nil
}

func (m *Migration) errcheck(s linterSettings, dir string) error {
	for _, fn := range s.Errcheck.ExcludeFunctions {
		m.function("errcheck.exclude-functions", fn)
	}
	if s.Errcheck.ExcludeFile != "" {
		if err := m.File(filepath.Join(dir, s.Errcheck.ExcludeFile)); err != nil {
			return fmt.Errorf("errcheck.exclude: %w", err)
		}
	}
	if s.Errcheck.Blank {
		m.left("errcheck.check-blank: errvet reports _ = f() where f saves or decides something; the strict tier (strict: true) reports it everywhere, among other things")
	}
	if s.Errcheck.TypeAssertions {
		m.left("errcheck.check-type-assertions: a failed type assertion is no error value; golangci-lint's forcetypeassert looks for it")
	}
	if s.Errcheck.NoDefaultExcludes {
		m.left("errcheck.disable-default-exclusions: what never fails is known of each function, and a silent one stays silent")
	}
	return nil
}

func (m *Migration) errorlint(s linterSettings) {
	off := func(b *bool) bool { return b != nil && !*b }
	e := s.Errorlint
	switch {
	case off(e.Asserts) && off(e.Comparison):
		m.off("errmatch", "errorlint.asserts and errorlint.comparison")
	case off(e.Asserts) || off(e.Comparison):
		m.left("errorlint.asserts, errorlint.comparison: the rule errmatch looks for both; it is on")
	}
	if e.Errorf != nil && *e.Errorf {
		m.left("errorlint.errorf: errvet reports a lost cause where code in reach asks for it; the strict tier (strict: true) reports every fmt.Errorf without %%w, among other things")
	}
	if n := len(e.Allowed) + len(e.Wildcards); n > 0 {
		m.left("errorlint.allowed-errors: errvet knows which functions hand out an error unwrapped from their source; what is listed (%d of them) is not needed, or belongs into a contract (//errvet:) at the function", n)
	}
}

func (m *Migration) others(s linterSettings) {
	if len(s.Wrapcheck) > 0 {
		m.left("wrapcheck: errvet does not ask for wrapping, only for causes that are not lost; there is nothing to set")
	}
	if len(s.Nilnil.CheckedTypes) > 0 {
		m.left("nilnil.checked-types: the rule nilonfail looks at every type that can be nil; it goes by what callers do with it")
	}
	if s.Nilnil.DetectOpposite {
		m.left("nilnil.detect-opposite: a result beside an error is no lost error; errvet has no rule for it")
	}
}

// off switches a rule off.
func (m *Migration) off(rule, because string) {
	if !m.HasRule(rule) {
		m.left("%s: this errvet has no rule %s", because, rule)
		return
	}
	if m.Settings.Rules == nil {
		m.Settings.Rules = make(map[string]bool)
	}
	m.Settings.Rules[rule] = false
}

// path takes over an exclusion, if the expression is that of one directory or file.
func (m *Migration) path(expr string) {
	plain := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(expr, "^"), "./"), "$")
	plain = strings.TrimSuffix(strings.TrimSuffix(plain, "/.*"), "/")
	plain = strings.ReplaceAll(plain, `\.`, ".")
	if plain == "" || strings.ContainsAny(plain, `*+?()[]{}|\^$`) || filepath.IsAbs(plain) || strings.Contains(plain, "..") {
		m.left("exclusion of paths %q: errvet's paths are no expressions; write what is meant under paths, like internal/gen/...", expr)
		return
	}
	if filepath.Ext(plain) != ".go" {
		plain += "/..."
	}
	m.Settings.Paths = append(m.Settings.Paths, settings.Path{Path: plain, Exclude: true})
}

func (m *Migration) left(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); !slices.Contains(m.Left, s) {
		m.Left = append(m.Left, s)
	}
}
