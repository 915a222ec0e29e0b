package cli

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/baseline"
	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/term"
	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
	"github.com/errvet/errvet/cmd/errvet/internal/vetrun"
	"github.com/errvet/errvet/passes"
)

// A tracing is a run that looks at one line. The tool is asked by a comment behind the text of a copy of the file,
// which an overlay puts in the file's place: so everything else comes out of the cache.
type tracing struct {
	run
	file string // absolute
	line int
	copy string // the file that the tool reads in its place

	answers []vetjson.Diagnostic
}

// trace shows what becomes of the errors at a line.
func (p *program) trace(ctx context.Context, args []string) (int, error) {
	opts, err := p.parse(args)
	if errors.Is(err, errHelp) {
		return exitClean, p.usage(p.stdout)
	} else if err != nil {
		return exitFailed, err
	}
	t := &tracing{}
	if t.base, err = os.Getwd(); err != nil {
		return exitFailed, fmt.Errorf("finding the current directory: %w", err)
	}
	if err := t.locate(opts); err != nil {
		return exitFailed, err
	}
	// The settings are those of the file's module.
	if opts, err = p.parse(append(args[:len(args):len(args)], "-C="+filepath.Dir(t.file))); err != nil {
		return exitFailed, err
	}
	t.run.program, t.opts = p, opts
	t.stderrs = term.NewScreen(p.stderr, opts.colour)
	if err := t.ask(ctx); err != nil {
		return exitFailed, err
	}
	if len(t.answers) == 0 {
		return exitFailed, t.unanswered()
	}
	return t.tell()
}

// locate finds the file and the line that are meant. Names are relative to where errvet was started, as it prints
// them, or else to the directory of -C.
func (t *tracing) locate(opts *options) error {
	if len(opts.patterns) != 1 || opts.patterns[0] == "." {
		return errors.New("trace wants one FILE:LINE, as reports begin with")
	}
	name, rest, _ := strings.Cut(opts.patterns[0], ":")
	number, _, _ := strings.Cut(rest, ":") // a column does no harm
	line, err := strconv.Atoi(number)
	if err != nil || line < 1 || !strings.HasSuffix(name, ".go") {
		return fmt.Errorf("trace wants FILE:LINE, as reports begin with, not %s", opts.patterns[0])
	}
	t.line = line
	for _, dir := range []string{t.base, opts.dir} {
		file := name
		if !filepath.IsAbs(name) {
			file = filepath.Join(dir, name)
		}
		if _, err := os.Stat(file); err == nil {
			t.file = file
			break
		}
	}
	if t.file == "" {
		return fmt.Errorf("there is no file %s", name)
	}
	if _, ok := t.files.Line(t.file, line); !ok {
		return fmt.Errorf("%s has no line %d", name, line)
	}
	return nil
}

// ask has go vet analyse the file's package with the question in it.
func (t *tracing) ask(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp("", "errvet-trace-")
	if err != nil {
		return fmt.Errorf("trace needs a temporary directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	t.copy = filepath.Join(dir, filepath.Base(t.file))
	overlay, err := vetrun.Overlay(dir, map[string]string{t.file: t.copy})
	if err != nil {
		return fmt.Errorf("trace needs a temporary directory: %w", err)
	}
	source := append(t.files.Content(t.file), passes.TraceRequest(t.line, rand.Text())...)
	if err := os.WriteFile(t.copy, source, 0o600); err != nil {
		return fmt.Errorf("trace needs a temporary directory: %w", err)
	}
	tool, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program's file, which go vet has to start: %w", err)
	}
	cmd := &vetrun.Command{
		Dir: t.opts.dir, Tool: tool, BuildFlags: append(t.opts.build, overlay), ToolFlags: t.toolFlags(),
	}
	messages, err := cmd.Vet(ctx, []string{"."}, t.hear)
	if err != nil {
		return err
	}
	t.addBuildErrors(messages)
	return nil
}

// hear takes what the tool says of one unit. A package and its test variant answer alike.
func (t *tracing) hear(unit string, analyzers map[string]json.RawMessage) error {
	if msg, ok := analyzers[passes.Trace.Name]; ok {
		delete(analyzers, passes.Trace.Name)
		list, failure, err := vetjson.Parse(msg)
		if err != nil {
			return err
		}
		if failure != nil {
			message, _, _ := strings.Cut(failure.Error, "\n")
			t.addTrouble(trouble{pkg: unit, rule: passes.Trace.Name, lines: []string{message}})
		} else if len(t.answers) == 0 {
			t.answers = list
		}
	}
	_, err := t.set.Add(unit, analyzers)
	return err
}

// unanswered says why no unit had the file.
func (t *tracing) unanswered() error {
	name := term.Relative(t.base, t.file)
	if len(t.troubles) > 0 && strings.Contains(t.troubles[0].lines[0], "beneath GOMODCACHE") {
		return fmt.Errorf("%s cannot be traced: it is in the module cache; copy its module and trace it there", name)
	}
	if len(t.troubles) > 0 {
		text := strings.Join(t.troubles[0].lines, "\n\t")
		return fmt.Errorf("%s cannot be traced: %s", name, strings.ReplaceAll(text, term.Relative(t.base, t.copy), name))
	}
	return fmt.Errorf("%s is no part of a build here: its name or its build constraints exclude it; give -tags, GOOS or GOARCH", name)
}

// tell shows the answers, and what errvet says of the line.
func (t *tracing) tell() (int, error) {
	report := &term.Report{Screen: term.NewScreen(t.stdout, t.opts.colour), Base: t.base, Files: &t.files}
	var life *term.Life
	var near []string
	var nothing string
	var lives []*term.Life
	for _, d := range t.answers {
		f, err := finding.Parse(passes.Trace.Name, d)
		if err != nil {
			return exitFailed, err
		}
		t.original(f)
		switch d.Category {
		case passes.TraceLife:
			life = &term.Life{Pos: f.Pos, End: f.End, Title: f.Message}
			lives = append(lives, life)
		case passes.TracePath, passes.TraceLost:
			life.Paths = append(life.Paths, term.Path{End: f.Message, Lost: d.Category == passes.TraceLost, Steps: f.Steps})
		case passes.TraceVerdict:
			life.Verdict = fmt.Sprintf("%s, in line %d", f.Message, f.Pos.Line)
		case passes.TraceNear:
			near = append(near, fmt.Sprintf("    line %d: %s\n", f.Pos.Line, f.Message))
		case passes.TraceNothing:
			nothing = ": " + f.Message
		}
	}
	for _, l := range lives {
		if err := report.Trace(l); err != nil {
			return exitFailed, err
		}
	}
	var b strings.Builder
	if len(lives) == 0 {
		if len(near) > 0 {
			nothing = "; in its function there are:"
		}
		fmt.Fprintf(&b, "%s:%d: no error is born or met here%s\n%s", term.Relative(t.base, t.file), t.line, nothing, strings.Join(near, ""))
	}
	if err := t.judge(&b, lives); err != nil {
		return exitFailed, err
	}
	return exitClean, write(t.stdout, b.String())
}

// judge lists the findings that have to do with the line, or with an error that was shown, each with what becomes of it.
func (t *tracing) judge(b *strings.Builder, lives []*term.Life) error {
	var known *baseline.Baseline
	if t.opts.baseline != "" {
		var err error
		if known, err = baseline.Read(t.opts.baseline); err != nil {
			return err
		}
	}
	sel := t.selection(nil)
	fmt.Fprintf(b, "\nwhat errvet says of it:\n")
	some := false
	for _, f := range t.set.Findings() {
		t.original(f)
		if !t.about(f, lives) {
			continue
		}
		some = true
		fmt.Fprintf(b, "    %s: %s [%s/%s]\n", term.Relative(t.base, f.Pos.String()), f.Message, f.Rule, f.Case)
		switch refusal := sel.Refusal(f); {
		case f.Silenced() && f.Silence.Line > 0:
			fmt.Fprintf(b, "        not reported: silenced by %s in line %d\n", f.Silence.How, f.Silence.Line)
		case f.Silenced():
			fmt.Fprintf(b, "        not reported: silenced by %s\n", f.Silence.How)
		case refusal != "":
			fmt.Fprintf(b, "        not reported: %s\n", refusal)
		case known != nil && known.Has(f, &t.files):
			fmt.Fprintf(b, "        not reported: it is in the baseline\n")
		default:
			fmt.Fprintf(b, "        reported\n")
		}
	}
	if !some {
		b.WriteString("    nothing, in any tier\n")
	}
	return nil
}

// about reports whether a finding is at the line or leads there, or is one of an error that was shown.
func (t *tracing) about(f *finding.Finding, lives []*term.Life) bool {
	within := func(from, to finding.Position) bool {
		return from.File == t.file && from.Line <= t.line && t.line <= max(from.Line, to.Line)
	}
	if within(f.Pos, f.End) {
		return true
	}
	for _, s := range f.Steps {
		if within(s.Pos, s.End) {
			return true
		}
		for _, l := range lives {
			if l.Pos == s.Pos {
				return true
			}
		}
	}
	return false
}

// original puts the file in the place of its copy.
func (t *tracing) original(f *finding.Finding) {
	back := func(p *finding.Position) {
		if p.File == t.copy {
			p.File = t.file
		}
	}
	back(&f.Pos)
	back(&f.End)
	for i := range f.Steps {
		back(&f.Steps[i].Pos)
		back(&f.Steps[i].End)
	}
}
