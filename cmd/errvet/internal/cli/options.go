package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/term"
	"github.com/errvet/errvet/cmd/internal/nearest"
	"github.com/errvet/errvet/passes"
)

// options are what the command line asks for.
type options struct {
	dir      string // absolute once parsed
	patterns []string
	build    []string // for the go command
	tool     []string // for the tool: settings of single rules
	rules    finding.Rules
	named    map[string]bool // rules of the strict tier that are asked for by name

	strict, tests, silenced bool
	fix                     fixMode
	fixes                   string // the flavour of fixes
	diff                    bool
	format                  string
	second                  string // another format, which is a mistake
	colour                  string
	stacks                  bool

	settings      string // the file named by -config
	baseline      string // read
	writeBaseline string // written
	since         string
	paths         []finding.PathRule // from the settings
	root          string             // what the settings' paths are relative to
}

// errHelp says that the command line asks for the usage text.
var errHelp = errors.New("help requested")

// The output formats.
const (
	formatText   = "text"
	formatJSON   = "json"
	formatSARIF  = "sarif"
	formatGitHub = "github"
)

// parse reads the command line. Flags may stand before, between and behind patterns.
func (p *program) parse(args []string) (*options, error) {
	opts := &options{rules: make(finding.Rules), format: formatText, colour: term.Auto}
	fs := p.flags(opts)
	for {
		if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, errHelp
		} else if err != nil {
			return nil, flagError(fs, err)
		}
		rest := fs.Args()
		dashes := len(args) > len(rest) && args[len(args)-len(rest)-1] == "--"
		if dashes {
			opts.patterns = append(opts.patterns, rest...)
			break
		}
		if len(rest) == 0 {
			break
		}
		opts.patterns = append(opts.patterns, rest[0])
		args = rest[1:]
	}
	if len(opts.patterns) == 0 {
		opts.patterns = []string{"."}
	}
	var err error
	if opts.dir, err = filepath.Abs(opts.dir); err != nil {
		return nil, fmt.Errorf("finding the directory to work in: %w", err)
	}
	if opts.rules, err = passes.Switches(p.suite.Rules, opts.rules); err != nil {
		return nil, err
	}
	opts.named = p.strictOnes(opts.rules)
	given := make(map[string]bool)
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if err := p.applySettings(opts, fs, given); err != nil {
		return nil, err
	}
	if opts.second != "" {
		return nil, fmt.Errorf("-%s and -%s are two output formats; give one of them%s", opts.format, opts.second, seeFlags)
	}
	if opts.diff && opts.format != formatText {
		return nil, fmt.Errorf("-diff prints a diff and -%s something else; give one of them%s", opts.format, seeFlags)
	}
	return opts, p.flavour(opts)
}

// strictOnes returns the rules of the strict tier that flags switch on: whoever names one wants to hear of it.
func (p *program) strictOnes(rules finding.Rules) map[string]bool {
	named := make(map[string]bool)
	for _, r := range p.suite.Rules {
		if r.Tier == passes.Strict && rules[r.Name()] {
			named[r.Name()] = true
		}
	}
	return named
}

// seeFlags ends what is said of a wrong command line.
const seeFlags = " (errvet help lists the flags)"

// flagError names the flag that was probably meant, where package flag only says that there is none.
func flagError(fs *flag.FlagSet, err error) error {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return fmt.Errorf("%w%s", err, seeFlags)
	}
	var names []string
	fs.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	if near, ok := nearest.Of(name, names); ok {
		return fmt.Errorf("no flag is called -%s; did you mean -%s?%s", name, near, seeFlags)
	}
	return fmt.Errorf("no flag is called -%s%s", name, seeFlags)
}

// flags declares the flags of a check.
func (p *program) flags(opts *options) *flag.FlagSet {
	fs := flag.NewFlagSet("errvet", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&opts.dir, "C", "", "work in directory `DIR`")
	fs.BoolVar(&opts.strict, "strict", false, "also report the strict tier: what some teams want, not every reviewer")
	fs.BoolVar(&opts.tests, "tests", false, "also report in test files")
	fs.BoolVar(&opts.silenced, "show-silenced", false, "also show findings that a comment, a name or a directive silences")
	fs.Var(&opts.fix, "fix", "make the safe fixes; -fix=all also those that need a look")
	fs.StringVar(&opts.fixes, "fixes", flavourAuto, "what the text of fixes may use, `FLAVOUR`: std is the standard library, fault the module "+faultModule+", auto fault where the package, or one of its module that it imports, uses it already")
	fs.BoolVar(&opts.diff, "diff", false, "show what -fix=all, or -fix if given, would change, and change nothing")
	fs.BoolFunc("json", "print findings as JSON, in the form of go vet -json with more fields", func(s string) error { return opts.setFormat(formatJSON, s) })
	fs.BoolFunc("sarif", "print findings as SARIF 2.1.0", func(s string) error { return opts.setFormat(formatSARIF, s) })
	fs.BoolFunc("github", "print findings as annotations of GitHub Actions", func(s string) error { return opts.setFormat(formatGitHub, s) })
	fs.StringVar(&opts.baseline, "baseline", "", "keep quiet about the findings in `FILE`")
	fs.StringVar(&opts.writeBaseline, "write-baseline", "", "write the findings to `FILE`, for -baseline, and report nothing")
	fs.StringVar(&opts.since, "since", "", "report only what has to do with lines changed since git's revision `REV`")
	fs.StringVar(&opts.settings, "config", "", "read settings from `FILE` instead of .errvet.yaml at the module's root; none reads none")
	fs.Func("color", "`WHEN` to use colour: auto, always or never", func(s string) error {
		switch s {
		case term.Auto, term.Always, term.Never:
			opts.colour = s
			return nil
		}
		return errors.New("want auto, always or never")
	})
	fs.BoolVar(&opts.stacks, "v", false, "show the stack of a rule that failed")
	for _, name := range []string{"tags", "mod", "modfile", "p"} {
		fs.Func(name, "the go command's flag -"+name, func(s string) error {
			opts.build = append(opts.build, "-"+name+"="+s)
			return nil
		})
	}
	for _, word := range p.ruleWords() {
		fs.BoolFunc(word, "switch rules", func(s string) error {
			on, err := strconv.ParseBool(s)
			opts.rules[word] = on
			return err
		})
	}
	for _, a := range p.suite.Analyzers {
		a.Flags.VisitAll(func(f *flag.Flag) { p.forward(fs, opts, a, f) })
	}
	return fs
}

// forward declares a setting of a rule. It is for the tool: what it changes cannot be selected afterwards. What
// Everything asks for is not a setting.
func (p *program) forward(fs *flag.FlagSet, opts *options, a *analysis.Analyzer, f *flag.Flag) {
	name := a.Name + "." + f.Name
	if !p.isSetting(name) {
		return
	}
	set := func(s string) error {
		if err := f.Value.Set(s); err != nil {
			return err
		}
		opts.tool = append(opts.tool, "-"+name+"="+s)
		return nil
	}
	if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
		fs.BoolFunc(name, f.Usage, set)
	} else {
		fs.Func(name, f.Usage, set)
	}
}

// isSetting reports whether a flag of the tool is a setting of a rule: not one that says what to report, which the
// front end decides.
func (p *program) isSetting(name string) bool {
	return !strings.HasPrefix(name, "errvet.") && name != p.suite.Flavour && !slices.Contains(p.suite.Everything, "-"+name)
}

// forwarded returns the names of the rules' settings.
func (p *program) forwarded() []string {
	var names []string
	for _, a := range p.suite.Analyzers {
		a.Flags.VisitAll(func(f *flag.Flag) {
			if name := a.Name + "." + f.Name; p.isSetting(name) {
				names = append(names, name)
			}
		})
	}
	return names
}

func (opts *options) setFormat(format, value string) error {
	on, err := strconv.ParseBool(value)
	if err != nil || !on {
		return err
	}
	if opts.format != formatText && opts.format != format {
		opts.second = format // package flag would bury an error of ours in one of its own
		return nil
	}
	opts.format = format
	return nil
}

// A fixMode says which fixes are made.
type fixMode int

const (
	fixNone fixMode = iota
	fixSafe
	fixAll
)

// Set implements flag.Value.
func (m *fixMode) Set(s string) error {
	if s == "all" {
		*m = fixAll
		return nil
	}
	on, err := strconv.ParseBool(s)
	if err != nil {
		return errors.New("want -fix or -fix=all")
	}
	*m = fixNone
	if on {
		*m = fixSafe
	}
	return nil
}

// String implements flag.Value.
func (m *fixMode) String() string { return [...]string{"false", "true", "all"}[*m] }

// IsBoolFlag makes -fix mean -fix=true.
func (m *fixMode) IsBoolFlag() bool { return true }

// summary returns the first line of a rule's page.
func summary(a *analysis.Analyzer) string {
	line, _, _ := strings.Cut(a.Doc, "\n")
	return strings.TrimPrefix(line, a.Name+": ")
}
