package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/errvet/errvet/passes"
)

// TestMain makes this binary stand in for errvet. As "counting" it notes in the directory of the variable COUNT_DIR
// which analyzer ran on which package.
func TestMain(m *testing.M) {
	testscript.Main(m, single(map[string]func(){
		"errvet":    main,
		"cacheprog": cacheprog,
		"stock":     func() { unitchecker.Main(passes.Analyzers()...) },
		"counting": func() {
			seen := make(map[*analysis.Analyzer]bool)
			for _, a := range passes.Analyzers() {
				count(a, seen)
			}
			main()
		},
	}))
}

// count has an analyzer, and all it requires, leave a note of each package.
func count(a *analysis.Analyzer, seen map[*analysis.Analyzer]bool) {
	if seen[a] {
		return
	}
	seen[a] = true
	for _, req := range a.Requires {
		count(req, seen)
	}
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		f, err := os.OpenFile(filepath.Join(os.Getenv("COUNT_DIR"), "count"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			return nil, err
		}
		if _, err := fmt.Fprintf(f, "%s %s\n", a.Name, pass.Pkg.Path()); err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		return run(pass)
	}
}

var update = flag.Bool("update", false, "write what the programs print into the scripts' files to compare with")

func TestScripts(t *testing.T) {
	program, err := exec.LookPath("errvet") // testscript has put it on PATH
	if err != nil {
		t.Fatal(err)
	}
	goEnv := func(name string) string {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(out))
	}
	goroot, gocache := goEnv("GOROOT"), goEnv("GOCACHE")
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXE", filepath.Dir(program))
			env.Setenv("GOROOT", goroot)
			env.Setenv("GOCACHE", gocache)
			env.Setenv("GOTOOLCHAIN", "local")
			env.Setenv("GOPROXY", "off")
			env.Setenv("COUNT_DIR", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"counted": counted, "same": same},
	})
}

// counted holds the packages that an analyzer ran on against the arguments behind its name.
func counted(ts *testscript.TestScript, neg bool, args []string) {
	data := ts.ReadFile("count")
	var got []string
	for line := range bytes.Lines([]byte(data)) {
		if name, pkg, _ := strings.Cut(strings.TrimSpace(string(line)), " "); name == args[0] && !slices.Contains(got, pkg) {
			got = append(got, pkg)
		}
	}
	slices.Sort(got)
	if want := slices.Sorted(slices.Values(args[1:])); !slices.Equal(got, want) {
		ts.Fatalf("%s ran on %v, want %v", args[0], got, want)
	}
}
