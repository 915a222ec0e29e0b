package unit

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"golang.org/x/tools/go/analysis"
)

// A Tool answers the go command.
type Tool struct {
	// Analyzers are those that report. What they require is found through them.
	Analyzers []*analysis.Analyzer
}

// Main carries out one call with the given arguments (without the program's name) and returns the exit code.
func (t *Tool) Main(args []string) int {
	code, err := t.call(args, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "errvet:", err)
		return 1
	}
	return code
}

func (t *Tool) call(args []string, stdout io.Writer) (int, error) {
	if args[0] == "-V=full" {
		return 0, printVersion(stdout)
	}
	var opts options
	on := make(map[*analysis.Analyzer]*triState)
	fs := newFlagSet("errvet", t.Analyzers, &opts, on)
	if args[0] == "-flags" {
		return 0, printFlags(stdout, fs)
	}
	fs.SetOutput(io.Discard) // the error says it
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0, printFlags(stdout, fs)
	} else if err != nil {
		return 2, err
	}
	if fs.NArg() != 1 {
		return 2, fmt.Errorf("want one unit, have %q", fs.Args())
	}
	cfg, err := readConfig(fs.Arg(0))
	if err != nil {
		return 1, err
	}
	return t.unit(cfg, opts, enabled(t.Analyzers, on), stdout)
}

// unit analyses one unit and leaves facts, findings and fixes where cfg says.
func (t *Tool) unit(cfg *Config, opts options, analyzers []*analysis.Analyzer, stdout io.Writer) (code int, err error) {
	m := modeOf(cfg, opts.fix, opts.everyUnit)
	if m == nothing && !writesTypes() {
		return 0, leave(cfg, vetx{})
	}
	// A process lives for one unit, so collecting less often costs little memory and saves time.
	debug.SetGCPercent(400)

	if cfg.Stdout != "" {
		f, cerr := os.Create(cfg.Stdout)
		if cerr != nil {
			return 1, fmt.Errorf("opening the file for findings: %w", cerr)
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		stdout = f
	}
	l, err := load(cfg)
	if err != nil {
		// The go command shows this under the package's name, one line an error, as it shows the compiler's.
		fmt.Fprintln(os.Stderr, err)
		return 1, nil
	}
	switch m {
	case nothing:
		analyzers = nil
	case factsOnly:
		analyzers = factBearers(t.Analyzers)
	case full:
		// Facts must not depend on which rules are on.
		analyzers = append(factBearers(t.Analyzers), analyzers...)
	}
	registerFacts(t.Analyzers)
	facts, err := decodeFacts(l.pkg, l.packages, func(path string) ([]byte, error) { return l.vetx[path].facts, nil })
	if err != nil {
		return 1, err
	}
	results := run(cfg, l, facts, analyzers)

	var x vetx
	if writesTypes() {
		if x.types, err = l.exportTypes(); err != nil {
			return 1, err
		}
	}
	// Of the standard library there are no facts, also where it was analysed: findings must not depend on that.
	if !inStd(cfg) {
		if x.facts, err = facts.encode(); err != nil {
			return 1, err
		}
	}
	if err := leave(cfg, x); err != nil {
		return 1, err
	}
	switch {
	case opts.fix:
		if m != full {
			return 0, nil
		}
		return t.fix(cfg, opts, l, results, stdout)
	case opts.json:
		return 0, report(stdout, cfg, l, results, m, opts.dirs)
	case m == full && reportPlain(os.Stderr, l, results):
		return 1, nil
	}
	return 0, nil
}

// leave writes the file that units importing this one read.
func leave(cfg *Config, x vetx) error {
	if cfg.VetxOutput == "" {
		return nil
	}
	return x.write(cfg.VetxOutput)
}
