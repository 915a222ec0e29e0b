package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/errvet/errvet/cmd/errvet/internal/baseline"
	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/github"
	"github.com/errvet/errvet/cmd/errvet/internal/sarif"
	"github.com/errvet/errvet/cmd/errvet/internal/since"
	"github.com/errvet/errvet/cmd/errvet/internal/source"
	"github.com/errvet/errvet/cmd/errvet/internal/term"
	"github.com/errvet/errvet/cmd/errvet/internal/vetrun"
)

// A run is one check: what was asked for, and what came of it.
type run struct {
	*program
	opts    *options
	base    string // where file names are shown relative to
	stderrs *term.Screen
	started time.Time

	packages []*vetrun.Package // those that were to be checked
	set      finding.Set
	troubles []trouble         // what could not be checked
	untested map[string]string // directories of packages whose tests do not compile, by path; checked without these
	files    source.Files
}

// check analyses packages, shows what is found, and mends it if that is asked for.
func (p *program) check(ctx context.Context, opts *options) (int, error) {
	base, err := os.Getwd()
	if err != nil {
		return exitFailed, fmt.Errorf("finding the current directory: %w", err)
	}
	if info, err := os.Stat(opts.dir); err != nil || !info.IsDir() {
		return exitFailed, fmt.Errorf("-C %s: no such directory", term.Relative(base, opts.dir))
	}
	r := &run{program: p, opts: opts, base: base, stderrs: term.NewScreen(p.stderr, opts.colour), started: time.Now()}
	// What the user has to provide is looked at before the long part.
	var known *baseline.Baseline
	if opts.baseline != "" && opts.writeBaseline == "" {
		if known, err = baseline.Read(opts.baseline); err != nil {
			return exitFailed, err
		}
	}
	var changes *since.Changes
	if opts.since != "" {
		if changes, err = since.Read(ctx, opts.dir, opts.since); err != nil {
			return exitFailed, err
		}
	}
	if err := r.analyse(ctx); err != nil {
		return exitFailed, err
	}
	all := r.set.Findings()
	list, silenced := r.selection(changes).Select(all)
	sum := &term.Summary{Findings: list, Silenced: silenced, Packages: len(r.packages) - r.unchecked()}
	if err := ctx.Err(); err != nil {
		return exitFailed, context.Cause(ctx)
	}
	if opts.writeBaseline != "" {
		return r.remember(list)
	}
	if known != nil {
		list, sum.Known = known.Filter(list, &r.files)
		sum.Findings = list
		sum.Gone = known.Gone(all, func(pkg string) bool { return r.set.Seen(pkg) }, &r.files)
	}
	fixed, err := r.merge(list)
	if err != nil {
		return exitFailed, err
	}
	if !opts.diff {
		list = slices.DeleteFunc(slices.Clone(list), func(f *finding.Finding) bool { return fixed.made[f] })
		sum.Findings = list
	}
	code := r.exitCode(list)
	if err := fixed.write(r); err != nil {
		return exitFailed, err
	}
	if err := r.show(list, fixed, code); err != nil {
		return exitFailed, err
	}
	if err := r.reportTroubles(); err != nil {
		return exitFailed, err
	}
	if opts.format == formatText && !opts.diff && len(r.packages) > 0 {
		sum.Took = time.Since(r.started)
		sum.Fixing, sum.Fixed, sum.Files = opts.fix != fixNone, len(fixed.made), len(fixed.files)
		if err := sum.Show(r.stderrs); err != nil {
			return exitFailed, err
		}
	}
	return code, nil
}

// selection says which findings are wanted.
func (r *run) selection(changes *since.Changes) *finding.Selection {
	s := &finding.Selection{
		Strict: r.opts.strict, Tests: r.opts.tests, Silenced: r.opts.silenced, Rules: r.opts.rules, Named: r.opts.named,
		Root: r.opts.root, Paths: r.opts.paths,
	}
	if changes != nil {
		s.Keep = changes.Touch
	}
	return s
}

// remember writes the baseline.
func (r *run) remember(list []*finding.Finding) (int, error) {
	if err := r.reportTroubles(); err != nil {
		return exitFailed, err
	}
	if len(r.troubles) > 0 {
		return exitFailed, fmt.Errorf("%s was not written: it would lack what could not be checked", r.opts.writeBaseline)
	}
	list = slices.DeleteFunc(list, (*finding.Finding).Silenced)
	if err := baseline.Write(r.opts.writeBaseline, list, &r.files); err != nil {
		return exitFailed, err
	}
	return exitClean, write(r.stderr, fmt.Sprintf("errvet: %s written to %s\n", term.Count(len(list), "finding"), r.opts.writeBaseline))
}

// exitCode counts findings that are left; silenced ones are only shown.
func (r *run) exitCode(list []*finding.Finding) int {
	left := 0
	for _, f := range list {
		if !f.Silenced() {
			left++
		}
	}
	switch {
	case len(r.troubles) > 0:
		return exitFailed
	case left > 0:
		return exitFindings
	}
	return exitClean
}

// show writes the findings in the format that was asked for.
func (r *run) show(list []*finding.Finding, fixed *fixed, code int) error {
	switch {
	case r.opts.diff:
		return write(r.stdout, fixed.diff(r.base))
	case r.opts.format == formatJSON:
		return r.writeJSON(list)
	case r.opts.format == formatSARIF:
		report := &sarif.Report{
			Version: buildVersion(), Root: r.opts.root, Rules: r.suite.Rules, Findings: list, Troubles: r.sentences(), ExitCode: code, Files: &r.files,
		}
		return output(report.Write(r.stdout))
	case r.opts.format == formatGitHub:
		return output(github.Write(r.stdout, list, cmp.Or(os.Getenv("GITHUB_WORKSPACE"), r.base)))
	}
	report := &term.Report{Screen: term.NewScreen(r.stdout, r.opts.colour), Base: r.base, Files: &r.files}
	return report.Show(list)
}

// output says of an error that it was the output's.
func output(err error) error {
	if err != nil {
		return fmt.Errorf("writing the output: %w", err)
	}
	return nil
}
