package passes_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/internal/report"
)

// routes holds what a driver of x/tools finds against what errvet finds, and go vet with errvet as its tool.
func routes(t *testing.T, all []found, patterns []string) {
	program := filepath.Join(t.TempDir(), "errvet")
	build := exec.Command("go", "build", "-o", program, "./cmd/errvet")
	build.Dir = passtest.Root(t)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var want []string
	for _, f := range all {
		want = append(want, place(f.pkg.Fset.Position(f.Pos).String(), f.Diagnostic))
	}
	want = tidy(want)
	for name, args := range map[string][]string{
		"errvet": {program, "-json", "-strict", "-tests", "-show-silenced"},
		"go vet": {"go", "vet", "-vettool=" + program, "-json", "-errvet.all"},
	} {
		cmd := exec.Command(args[0], slices.Concat(args[1:], []string{"--"}, patterns)...)
		cmd.Dir = passtest.Dir(t)
		cmd.Env = append(cmd.Environ(), "GOPROXY=off", "GOWORK=off")
		out, err := cmd.Output()
		if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
			t.Fatalf("%s: %v\n%s", name, err, exit.Stderr)
		}
		got := tidy(parse(t, string(out)))
		for _, f := range want {
			if !slices.Contains(got, f) {
				t.Errorf("%s does not find %s", name, f)
			}
		}
		for _, f := range got {
			if !slices.Contains(want, f) {
				t.Errorf("only %s finds %s", name, f)
			}
		}
	}
}

// place tells findings apart.
func place(posn string, d analysis.Diagnostic) string {
	return fmt.Sprintf("%s: %s [%s]", posn, d.Message, d.Category)
}

// tidy sorts findings and takes out those that only some drivers can see: in test files, and about directives.
func tidy(list []string) []string {
	list = slices.DeleteFunc(list, func(f string) bool {
		return strings.Contains(f, "_test.go:") || strings.Contains(f, "["+report.DirectiveRule+"/ignore]") || strings.Contains(f, "["+report.DirectiveRule+"/unused]")
	})
	slices.Sort(list)
	return slices.Compact(list)
}

// parse reads JSON of drivers, one tree after the other.
func parse(t *testing.T, out string) []string {
	t.Helper()
	var list []string
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var tree map[string]map[string][]struct{ Posn, Message, Category string }
		if err := dec.Decode(&tree); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		for _, analyzers := range tree {
			for _, diagnostics := range analyzers {
				for _, d := range diagnostics {
					list = append(list, place(d.Posn, analysis.Diagnostic{Message: d.Message, Category: d.Category}))
				}
			}
		}
	}
}
