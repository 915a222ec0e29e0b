package report

import (
	"flag"
	"fmt"
)

// settings are the values of [Analyzer]'s flags.
type settings struct {
	strict, tests, showSilenced, related, review, nolint, all bool
	fixes                                                     string
}

func registerSettings(flags *flag.FlagSet) {
	flags.Bool("strict", false, "also report the strict tier: findings that some teams want, beside those a reviewer would block a change for")
	flags.Bool("tests", false, "also report in _test.go files")
	flags.Bool("show-silenced", false, "also report findings that a comment, a name or a directive silences")
	flags.Bool("related", true, "attach the steps of the error's path to each finding")
	flags.Bool("review-fixes", false, "also attach fixes that a person has to review, beside the safe ones")
	flags.String("fixes", string(Auto), "what fixes may use: std for the standard library alone, fault for errvet's companion too, auto for the companion where the package, or one of its module that it imports, uses it already")
	flags.Bool("nolint", true, "honour //nolint, //nolint:all and //nolint:errvet (golangci-lint does so itself; names of other linters always count)")
	flags.Bool("all", false, "report everything: strict tier, test files, silenced findings, every fix, directives; the category tells what is what")
}

// A Flavour says what the code of fixes may use.
type Flavour string

const (
	Auto  Flavour = "auto"  // Fault where the package, or one of its module that it imports, imports the companion; Std elsewhere
	Std   Flavour = "std"   // the standard library
	Fault Flavour = "fault" // errvet's companion, which is in the module's requirements already
)

// Flavour returns what the code of fixes may use.
func (r *Reporter) Flavour() Flavour { return Flavour(r.settings.fixes) }

// Flags defines the shared settings in flags, with the prefix that drivers of
// several analyzers give them: for the command of a single rule, whose driver
// offers the flags of that rule only.
func Flags(flags *flag.FlagSet) {
	Analyzer.Flags.VisitAll(func(f *flag.Flag) {
		flags.Var(f.Value, Analyzer.Name+"."+f.Name, f.Usage)
	})
}

// settingsOf reads the flags back. It goes through the FlagSet, not through
// variables bound to it, because copies of an analyzer share its Run function
// but not its flags.
func settingsOf(flags *flag.FlagSet) (settings, error) {
	var s settings
	for name, field := range map[string]*bool{
		"strict": &s.strict, "tests": &s.tests, "show-silenced": &s.showSilenced, "related": &s.related,
		"review-fixes": &s.review, "nolint": &s.nolint, "all": &s.all,
	} {
		f := flags.Lookup(name)
		if f == nil {
			return settings{}, fmt.Errorf("report: the analyzer has no flag -%s; copy it with passes.New", name)
		}
		getter, ok := f.Value.(flag.Getter)
		if !ok {
			return settings{}, fmt.Errorf("report: flag -%s is a %T, want a bool", name, f.Value)
		}
		value, ok := getter.Get().(bool)
		if !ok {
			return settings{}, fmt.Errorf("report: flag -%s is a %T, want a bool", name, getter.Get())
		}
		*field = value
	}
	f := flags.Lookup("fixes")
	if f == nil {
		return settings{}, fmt.Errorf("report: the analyzer has no flag -fixes; copy it with passes.New")
	}
	switch s.fixes = f.Value.String(); Flavour(s.fixes) {
	case Auto, Std, Fault:
	default:
		return settings{}, fmt.Errorf("report: -fixes=%s: want auto, std or fault", s.fixes)
	}
	if s.all {
		s.strict, s.tests, s.showSilenced, s.review = true, true, true, true
	}
	return s, nil
}
