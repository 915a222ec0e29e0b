package cli_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/goproxytest"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/errvet/errvet/cmd/errvet/internal/cli"
	"github.com/errvet/errvet/passes"
)

var toys = []*analysis.Analyzer{lost, named, crash}

func rules() []passes.Rule {
	var list []passes.Rule
	for _, a := range toys {
		list = append(list, passes.Rule{Analyzer: a, Because: "it is a toy.", Group: passes.Losses})
	}
	list[1].Group = passes.Answers
	return list
}

// TestMain makes this binary stand in for two programs: errvet with the toys, and a plain x/tools tool with the same,
// to compare with.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"errvet": func() {
			if dir := os.Getenv("TOY_LOG"); dir != "" && strings.HasSuffix(os.Args[len(os.Args)-1], ".cfg") {
				if err := logUnit(dir, os.Args[len(os.Args)-1]); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(2)
				}
			}
			os.Exit(cli.Main(cli.Suite{Analyzers: toys, Rules: rules(), Flavour: "lost.flavour", Everything: []string{"-lost.all"}}))
		},
		"stock": func() { unitchecker.Main(toys...) },
	})
}

// logUnit notes that the go command has started the tool for a unit.
func logUnit(dir, cfg string) error {
	f, err := os.OpenFile(filepath.Join(dir, "started"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	fmt.Fprintln(f, cfg)
	return f.Close()
}

var update = flag.Bool("update", false, "write what the programs print into the scripts' files to compare with")

// TestScripts runs the scripts of testdata/script. They share the user's build cache, for its compiled packages; what
// a script wants analysed anew it makes unique with the command salt.
func TestScripts(t *testing.T) {
	goroot, gocache := goEnv(t, "GOROOT"), goEnv(t, "GOCACHE")
	program, err := exec.LookPath("errvet") // testscript has put it on PATH
	if err != nil {
		t.Fatal(err)
	}
	proxy := goproxytest.NewTestServer(t, filepath.Join("testdata", "mod"), "")
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXE", filepath.Dir(program))
			env.Setenv("GOROOT", goroot)
			env.Setenv("GOCACHE", gocache)
			env.Setenv("CACHE", gocache)
			env.Setenv("GOTOOLCHAIN", "local")
			env.Setenv("GOPROXY", proxy.URL)
			env.Setenv("GONOSUMDB", "*")
			env.Setenv("GOMODCACHE", filepath.Join(env.WorkDir, ".modcache"))
			env.Setenv("GOFLAGS", "-modcacherw")
			env.Setenv("TOY_LOG", env.WorkDir)
			env.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"salt":      salt,
			"ran":       ran,
			"idle":      idle,
			"exec-code": execCode,
			"places":    places,
			"timeless":  timeless,
			"await":     await,
		},
	})
}

func goEnv(t *testing.T, name string) string {
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// salt appends a comment to files that makes them unlike all files before.
func salt(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		f, err := os.OpenFile(ts.MkAbs(name), os.O_APPEND|os.O_WRONLY, 0)
		ts.Check(err)
		_, err = fmt.Fprintf(f, "\n// %s\n", rand.Text())
		ts.Check(err)
		ts.Check(f.Close())
	}
}

// ran holds the packages on which the rule lost has run since the last call against the arguments.
func ran(ts *testscript.TestScript, neg bool, want []string) {
	name := filepath.Join(ts.Getenv("WORK"), "ran")
	data, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		ts.Check(err)
	}
	counts := make(map[string]int)
	for _, p := range bytes.Fields(data) {
		counts[string(p)]++
	}
	for _, p := range want {
		if counts[p] == 0 {
			ts.Fatalf("lost did not run on %s; it ran on %v", p, counts)
		}
		delete(counts, p)
	}
	if len(counts) > 0 {
		ts.Fatalf("lost ran on %v, too", counts)
	}
	if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
		ts.Check(err)
	}
}

// idle makes sure that the tool was started for no unit since the last call; with "!", that it was.
func idle(ts *testscript.TestScript, neg bool, args []string) {
	name := filepath.Join(ts.Getenv("WORK"), "started")
	data, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		ts.Check(err)
	}
	if neg == (len(data) == 0) {
		ts.Fatalf("the tool was started for:\n%s", data)
	}
	if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
		ts.Check(err)
	}
}

// execCode runs a program and holds its exit code against the first argument.
func execCode(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exec-code CODE PROGRAM [ARGS]")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	ts.Logf("exit code %d\n", code)
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// places prints the findings of a file, whoever wrote it: the lines that begin with a position, sorted, by paths
// relative to the script's directory.
func places(ts *testscript.TestScript, neg bool, args []string) {
	var list []string
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), " [")
		line = strings.TrimPrefix(line, "./")
		if m, err := filepath.Match("*/*.go:*:*: [a-z]*", line); err == nil && m { // a tab stands before a step
			list = append(list, line+"\n")
		}
	}
	slices.Sort(list)
	_, err := io.WriteString(ts.Stdout(), strings.Join(list, ""))
	ts.Check(err)
}

var seconds = regexp.MustCompile(`\d+\.\ds`)

// timeless prints a file with every time in it replaced.
func timeless(ts *testscript.TestScript, neg bool, args []string) {
	_, err := io.WriteString(ts.Stdout(), seconds.ReplaceAllString(ts.ReadFile(args[0]), "0.0s"))
	ts.Check(err)
}

// await waits until a file is there. It gives up long after any machine would have made it.
func await(ts *testscript.TestScript, neg bool, args []string) {
	for range 6000 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s never came", args[0])
}
