// Package cli is the front end: it reads the command line, has go vet run the tool, and shows what comes of it.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/cmd/errvet/internal/unit"
	"github.com/errvet/errvet/passes"
)

// The exit codes, the same in every output format.
const (
	exitClean    = 0 // everything was checked and nothing found
	exitFindings = 1 // everything was checked
	exitFailed   = 2 // something could not be checked, whatever else was found
)

// A Suite is what the program checks with.
type Suite struct {
	// Analyzers are those that the tool runs: the rules, and what carries settings for them.
	Analyzers []*analysis.Analyzer
	// Rules are those that can be switched and explained.
	Rules []passes.Rule
	// Flavour is the name of the tool's flag that says what the text of fixes may use.
	Flavour string
	// Everything are the tool's flags that make the rules report all they know, each finding marked with what it is.
	Everything []string
}

// rule returns the rule of a name.
func (s *Suite) rule(name string) (passes.Rule, bool) {
	for _, r := range s.Rules {
		if r.Name() == name {
			return r, true
		}
	}
	return passes.Rule{}, false
}

// A program is one call of errvet by a person.
type program struct {
	suite          Suite
	stdout, stderr *os.File
}

// errInterrupted is the cause of a context that a signal ended.
var errInterrupted = errors.New("interrupted; nothing was changed")

// Main runs errvet with the arguments of the process and returns its exit code.
func Main(suite Suite) int {
	args := os.Args[1:]
	if unit.IsCall(args) {
		tool := &unit.Tool{Analyzers: suite.Analyzers}
		return tool.Main(args)
	}
	ctx, stop := signalContext()
	defer stop()
	p := &program{suite: suite, stdout: os.Stdout, stderr: os.Stderr}
	code, err := p.run(ctx, args)
	if err != nil {
		fmt.Fprintln(p.stderr, "errvet:", err)
		return exitFailed
	}
	return code
}

// signalContext returns a context that an interrupt ends. A second interrupt kills the process as if the first had
// not been caught.
func signalContext() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		if _, ok := <-signals; ok {
			signal.Stop(signals)
			cancel(errInterrupted)
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(signals)
		cancel(nil)
	}
}

// run carries out the command that the first argument names, or else checks packages.
func (p *program) run(ctx context.Context, args []string) (int, error) {
	if len(args) > 0 {
		for _, c := range commands() {
			if c.name == args[0] {
				return c.run(p, ctx, args[1:])
			}
		}
	}
	opts, err := p.parse(args)
	if errors.Is(err, errHelp) {
		return exitClean, p.usage(p.stdout)
	}
	if err != nil {
		return exitFailed, err
	}
	return p.check(ctx, opts)
}

// A command is a word that may stand in the place of flags and patterns.
type command struct {
	name, args, about string
	run               func(p *program, ctx context.Context, args []string) (int, error)
}

// commands lists them. It is a function because help, one of them, shows the list.
func commands() []command {
	return []command{
		{"explain", "RULE", "show the page of a rule", (*program).explain},
		{"trace", "FILE:LINE", "show what becomes of the errors at a line, and what is said of them", (*program).trace},
		{"rules", "", "list the rules", (*program).rules},
		{"help", "[PAGE]", "show this text, or a page: settings, json, or the name of a rule", (*program).help},
		{"gopls", "-o PATH", "build a gopls that shows the findings in editors", (*program).gopls},
		{"migrate", "[FILE...]", "write .errvet.yaml from settings of golangci-lint and errcheck", (*program).migrate},
		{"completion", "SHELL", "print a completion script for bash, zsh or fish", (*program).completion},
		{"version", "", "show which errvet this is, and built with which Go", (*program).version},
	}
}

// write sends text to its place; that can fail, as when a disk is full.
func write(w io.Writer, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("writing the output: %w", err)
	}
	return nil
}
