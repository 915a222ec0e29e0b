package unit

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// EveryUnitFlag is the flag that makes every unit run in full. The front end uses it where the cache holds a result
// without findings: of packages outside the main modules that were met as dependencies before.
const EveryUnitFlag = "every-unit"

// DirFlag is the flag that makes each unit that ran in full name its directory, by a key that begins with [vetjson.DirKey]
// among its analyzers. The front end uses it to tell the units that were asked for from those that they import.
const DirFlag = "name-dirs"

// options are the tool's own flags.
type options struct {
	json, fix, diff, everyUnit, dirs bool
	context                          int // accepted for the protocol; the go command prints the lines itself
}

// newFlagSet declares the tool's flags: its own, one switch for each analyzer that reports, and the flags of every
// analyzer in reach. The switches end up in on.
func newFlagSet(name string, analyzers []*analysis.Analyzer, opts *options, on map[*analysis.Analyzer]*triState) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.BoolVar(&opts.json, "json", false, "print findings as JSON")
	fs.BoolVar(&opts.fix, "fix", false, "apply the first fix of each finding instead of printing it")
	fs.BoolVar(&opts.diff, "diff", false, "with -fix, print the changes as a diff instead of making them")
	fs.BoolVar(&opts.everyUnit, EveryUnitFlag, false, "analyse every dependency in full, too")
	fs.BoolVar(&opts.dirs, DirFlag, false, "with -json, name the directory of each unit")
	fs.IntVar(&opts.context, "c", -1, "no effect here: the go command shows the lines")
	for _, a := range analyzers {
		ts := new(triState)
		on[a] = ts
		fs.Var(ts, a.Name, "enable the rule "+a.Name)
	}
	for _, a := range reach(analyzers) {
		a.Flags.VisitAll(func(f *flag.Flag) { fs.Var(f.Value, a.Name+"."+f.Name, f.Usage) })
	}
	return fs
}

// printFlags answers -flags. The flag -fix is left out: the go command has its own and decides when to pass it on.
func printFlags(w io.Writer, fs *flag.FlagSet) error {
	type flagJSON struct {
		Name  string
		Bool  bool
		Usage string
	}
	var list []flagJSON
	fs.VisitAll(func(f *flag.Flag) {
		if f.Name == "fix" {
			return
		}
		b, ok := f.Value.(interface{ IsBoolFlag() bool })
		list = append(list, flagJSON{f.Name, ok && b.IsBoolFlag(), f.Usage})
	})
	data, err := json.MarshalIndent(list, "", "\t")
	if err != nil {
		return fmt.Errorf("encoding the flags: %w", err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// enabled applies the switches: if any is on, only those rules run; else if any is off, all but those.
func enabled(analyzers []*analysis.Analyzer, on map[*analysis.Analyzer]*triState) []*analysis.Analyzer {
	some := false
	for _, ts := range on {
		some = some || *ts == yes
	}
	var list []*analysis.Analyzer
	for _, a := range analyzers {
		if ts := *on[a]; ts == yes || !some && ts == unset {
			list = append(list, a)
		}
	}
	return list
}

// reach returns the analyzers and all they require, each after what it requires.
func reach(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var list []*analysis.Analyzer
	seen := make(map[*analysis.Analyzer]bool)
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, req := range a.Requires {
			visit(req)
		}
		list = append(list, a)
	}
	for _, a := range analyzers {
		visit(a)
	}
	return list
}

// factBearers returns, of all analyzers in reach, those that export facts.
func factBearers(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, a := range reach(analyzers) {
		if len(a.FactTypes) > 0 {
			list = append(list, a)
		}
	}
	return list
}

// A triState is a boolean flag that knows whether it was given.
type triState int

const (
	unset triState = iota
	yes
	no
)

// Set implements flag.Value.
func (ts *triState) Set(s string) error {
	b, err := strconv.ParseBool(s)
	if err != nil {
		return fmt.Errorf("want true or false, not %q", s)
	}
	*ts = no
	if b {
		*ts = yes
	}
	return nil
}

// String implements flag.Value.
func (ts *triState) String() string { return strconv.FormatBool(*ts != no) }

// IsBoolFlag makes -rule mean -rule=true.
func (ts *triState) IsBoolFlag() bool { return true }

// IsCall reports whether the arguments of the program (without its name) are a call of the go command.
func IsCall(args []string) bool {
	if len(args) == 0 {
		return false
	}
	return args[0] == "-V=full" || args[0] == "-flags" || strings.HasSuffix(args[len(args)-1], ".cfg")
}
