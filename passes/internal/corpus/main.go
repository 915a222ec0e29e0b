// Corpus runs the suite in process over the packages given and shows what it
// finds with the source around it: the inner loop of work on precision.
//
//	go run ./passes/internal/corpus [-C dir] [flags] packages...
//
// It is quicker than errvet because nothing below the named packages is looked
// at: types of dependencies come from export data, and facts only from the
// named packages themselves, so that the rules know less than under errvet:
//
//   - Of functions in packages that are not named, the tables of package known
//     are all that is known. Name ./... to have the facts within a module.
//   - Which of them never return is known for the standard library only, from a
//     list here. Under errvet, helpers of other modules that exit count too.
//
// With -full all dependencies are loaded from source and nothing is missing.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes"
)

// options are the flags.
type options struct {
	dir              string
	rules            []string
	strict, silenced bool
	tests, full      bool
	sample           int
	seed             uint64
	context          int
	counts, list     bool
	cost             bool
	batch            int
	tags             string
}

func main() {
	if err := corpus(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if err != flag.ErrHelp {
			fmt.Fprintln(os.Stderr, "corpus:", err)
		}
		os.Exit(1)
	}
}

func corpus(args []string, out, problems io.Writer) error {
	opts, patterns, err := parse(args, problems)
	if err != nil {
		return err
	}
	suite, err := passes.New(passes.Settings{Flags: map[string]string{"errvet.all": "true"}})
	if err != nil {
		return err
	}
	run := newRun(suite, opts.tests)
	if err := load(opts, patterns, run, problems); err != nil {
		return err
	}
	findings := slices.DeleteFunc(run.findings, func(f *finding) bool { return !opts.wants(f) })
	number(findings)
	w := &printer{out: out, context: opts.context}
	switch {
	case opts.list:
		w.list(findings)
	case opts.counts:
		w.counts(findings, run)
	default:
		w.findings(draw(findings, opts.sample, opts.seed))
		w.counts(findings, run)
	}
	if opts.cost {
		w.cost(run)
	}
	for _, p := range run.problems {
		fmt.Fprintln(problems, "corpus:", p)
	}
	if w.err != nil {
		return fmt.Errorf("writing the report: %w", w.err)
	}
	if run.failed > 0 {
		return fmt.Errorf("%d packages could not be analysed; what went wrong stands above", run.failed)
	}
	return nil
}

func parse(args []string, problems io.Writer) (options, []string, error) {
	var o options
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.StringVar(&o.dir, "C", "", "load packages from `dir`")
	rules := flags.String("rules", "", "show findings of these rules only: `a,b` or rule/case")
	flags.BoolVar(&o.strict, "strict", false, "also show the strict tier")
	flags.BoolVar(&o.silenced, "silenced", false, "show what is silenced, instead of what is not")
	flags.BoolVar(&o.tests, "tests", false, "also load test files and show findings there")
	flags.BoolVar(&o.full, "full", false, "load all dependencies from source, for all facts")
	flags.IntVar(&o.sample, "sample", 0, "show `n` findings drawn at random (0: all)")
	flags.Uint64Var(&o.seed, "seed", 1, "`seed` of the draw")
	flags.IntVar(&o.context, "context", 6, "show `n` lines of source around each finding")
	flags.BoolVar(&o.counts, "counts", false, "show counts only")
	flags.BoolVar(&o.list, "list", false, "one line a finding: package, function, rule, case, ordinal")
	flags.BoolVar(&o.cost, "cost", false, "show the time each analyzer took")
	flags.IntVar(&o.batch, "batch", 200, "load `n` packages at a time, which bounds memory")
	flags.StringVar(&o.tags, "tags", "", "build `tags`")
	flags.Usage = func() {
		fmt.Fprintln(problems, "usage: corpus [flags] packages...")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return o, nil, err
	}
	if flags.NArg() == 0 {
		return o, nil, fmt.Errorf("name the packages to analyse, such as ./... or std")
	}
	if o.dir != "" {
		if _, err := os.Stat(o.dir); err != nil {
			return o, nil, fmt.Errorf("-C: %w", err)
		}
	}
	if o.batch < 1 {
		return o, nil, fmt.Errorf("-batch %d: want at least one package at a time", o.batch)
	}
	if *rules != "" {
		o.rules = strings.Split(*rules, ",")
		for _, name := range o.rules {
			rule, _, _ := strings.Cut(name, "/")
			if !slices.ContainsFunc(passes.Rules, func(r passes.Rule) bool { return r.Name() == rule }) {
				return o, nil, fmt.Errorf("-rules: there is no rule %s", rule)
			}
		}
	}
	return o, flags.Args(), nil
}

// wants reports whether f is asked for.
func (o options) wants(f *finding) bool {
	if f.Rule == passes.DirectiveRule && f.Case == "ignore" {
		return false // no finding, see report.DirectiveRule
	}
	return (o.strict || f.Tier == passes.Default) &&
		(f.Silence.How != "") == o.silenced &&
		(o.rules == nil || slices.Contains(o.rules, f.Rule) || slices.Contains(o.rules, f.Rule+"/"+f.Case))
}
