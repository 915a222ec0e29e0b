package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/errvet/errvet/passes"
)

// single are the commands of the rules, as their main packages are.
func single(programs map[string]func()) map[string]func() {
	for _, r := range passes.Rules {
		programs["rule-"+r.Name()] = func() { singlechecker.Main(r.Analyzer) }
	}
	return programs
}

// A headline is position, message and the rule if it is told: steps of an error's way have a tab before their text.
var headline = regexp.MustCompile(`(?m)^(?:vet: )?(\S+\.go:\d+:\d+: [^\t\n].*?)(?: \[(\w+)/.*\])?$`)

// same runs errvet on the patterns, go vet with it, and the command of each rule that errvet names, and prints the
// findings if all agree.
func same(ts *testscript.TestScript, neg bool, patterns []string) {
	front, rules := found(ts, "errvet", patterns)
	vetted, _ := found(ts, "go", append([]string{"vet", "-vettool=" + ts.Getenv("EXE") + "/errvet"}, patterns...))
	var alone []string
	for _, rule := range rules {
		list, _ := found(ts, "rule-"+rule, append([]string{"-test=false"}, patterns...))
		alone = append(alone, list...)
	}
	slices.Sort(alone)
	if len(front) == 0 || !slices.Equal(front, vetted) || !slices.Equal(front, slices.Compact(alone)) {
		ts.Fatalf("errvet:\n%s\ngo vet:\n%s\nalone:\n%s", strings.Join(front, "\n"), strings.Join(vetted, "\n"), strings.Join(alone, "\n"))
	}
	_, err := io.WriteString(ts.Stdout(), strings.Join(front, "\n")+"\n")
	ts.Check(err)
}

// found runs a program and returns what it finds, by files relative to the current directory, and by which rules.
func found(ts *testscript.TestScript, program string, args []string) (list, rules []string) {
	// The exit code says that something was found, in a way of its own for each program.
	stdout, stderr, _ := execIn(ts, program, args)
	dir := ts.MkAbs(".")
	for _, m := range headline.FindAllStringSubmatch(stdout+"\n"+stderr, -1) {
		text := strings.TrimPrefix(m[1], "./")
		if name, rest, _ := strings.Cut(text, ":"); filepath.IsAbs(name) {
			rel, err := filepath.Rel(dir, name)
			ts.Check(err)
			text = rel + ":" + rest
		}
		list = append(list, text)
		if m[2] != "" {
			rules = append(rules, m[2])
		}
	}
	slices.Sort(list)
	slices.Sort(rules)
	return slices.Compact(list), slices.Compact(rules)
}

func execIn(ts *testscript.TestScript, program string, args []string) (stdout, stderr string, err error) {
	outFile, errFile := ts.MkAbs(".stdout"), ts.MkAbs(".stderr")
	quoted := []string{"-c", `out=$1 err=$2; shift 2; "$@" >"$out" 2>"$err"`, "sh", outFile, errFile, program}
	err = ts.Exec("sh", append(quoted, args...)...)
	stdout, stderr = ts.ReadFile(outFile), ts.ReadFile(errFile)
	for _, name := range []string{outFile, errFile} {
		ts.Check(os.Remove(name))
	}
	return stdout, stderr, err
}
