// Package linter runs a golangci-lint that has errvet in it.
//
// The environment variable GOLANGCI names the program to test, ERRVET the errvet to compare with, REAL the directory of
// a module to look at besides testdata. .ci/golangci sets them.
package linter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// config is a configuration in which errvet is the only linter. The settings are those of errvet.
func config(t *testing.T, settings string) string {
	t.Helper()
	text := `version: "2"
linters:
  default: none
  enable: [errvet]
  exclusions:
    generated: disable # errvet sees to them
  settings:
    custom:
      errvet:
        type: module
` + settings + `
issues:
  max-issues-per-linter: 0
  max-same-issues: 0
  uniq-by-line: false
`
	file := filepath.Join(t.TempDir(), "golangci.yml")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// lint runs golangci-lint in a directory and returns what errvet says there. Its error holds what was printed.
func lint(t *testing.T, dir, config string, args ...string) ([]string, error) {
	t.Helper()
	args = append([]string{"run", "--config=" + config, "--path-mode=abs", "--output.json.path=stdout", "--show-stats=false", "--allow-parallel-runners", "--timeout=30m"}, args...)
	cmd := exec.Command(env(t, "GOLANGCI"), args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PWD="+dir, "GOWORK=off", "GOFLAGS=-buildvcs=false")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return nil, fmt.Errorf("%w\n%s%s", err, out, &stderr)
	}
	var answer struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
		}
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		return nil, fmt.Errorf("%w in:\n%s%s", err, out, &stderr)
	}
	list := []string{}
	for _, issue := range answer.Issues {
		if issue.FromLinter == "errvet" {
			list = append(list, fmt.Sprintf("%s:%d:%d: %s", below(t, dir, issue.Pos.Filename), issue.Pos.Line, issue.Pos.Column, strings.TrimPrefix(issue.Text, "known: ")))
		} else if issue.FromLinter == "typecheck" {
			return nil, fmt.Errorf("%s:%d: %s", issue.Pos.Filename, issue.Pos.Line, issue.Text)
		}
	}
	slices.Sort(list)
	return list, nil
}

// mustLint is lint where golangci-lint has to work.
func mustLint(t *testing.T, dir, config string, args ...string) []string {
	t.Helper()
	list, err := lint(t, dir, config, args...)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// errvet returns what errvet says, in the same form.
func errvet(t *testing.T, dir string, args ...string) []string {
	t.Helper()
	cmd := exec.Command(env(t, "ERRVET"), append([]string{"-json"}, args...)...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("errvet: %v\n%s", err, &stderr)
	}
	list := []string{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var units map[string]map[string][]struct{ Posn, Category, Message string }
		if err := dec.Decode(&units); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("errvet: %v", err)
		}
		for _, rules := range units {
			for rule, found := range rules {
				for _, d := range found {
					switch {
					case strings.HasPrefix(d.Category, "directive/unused"):
						continue // only errvet knows all findings, silenced or not
					case rule == "directive":
						// golangci-lint has the name of the analyzer, and leaves out one that is the linter's own
					default:
						d.Message = rule + ": " + d.Message
					}
					list = append(list, below(t, dir, d.Posn)+": "+d.Message)
				}
			}
		}
	}
	slices.Sort(list)
	return list
}

func env(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set; .ci/golangci sets it", name)
	}
	return value
}

func below(t *testing.T, dir, path string) string {
	t.Helper()
	rel, err := filepath.Rel(dir, path)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

// testdata is the module of the example service and the rules' tests.
func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// same compares findings.
func same(t *testing.T, got, want []string) {
	t.Helper()
	if len(want) == 0 {
		t.Error("errvet finds nothing")
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("golangci-lint only: %s", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("errvet only:        %s", line)
		}
	}
	if !t.Failed() && len(got) != len(want) {
		t.Errorf("golangci-lint has %d findings, errvet %d: some are told twice", len(got), len(want))
	}
	t.Logf("%d findings", len(got))
}

// The example is accepted as it stands, and says what errvet does without it.
func TestExample(t *testing.T) {
	example, err := filepath.Abs("../../.golangci.example.yml")
	if err != nil {
		t.Fatal(err)
	}
	same(t, mustLint(t, testdata(t), example, "./shop/..."), errvet(t, testdata(t), "-config=none", "./shop/..."))
}

// golangci-lint finds what errvet finds, in all of testdata and in a repository that nobody wrote for the purpose.
func TestSame(t *testing.T) {
	for name, dir := range map[string]string{"testdata": testdata(t), "real": env(t, "REAL")} {
		t.Run(name, func(t *testing.T) {
			same(t, mustLint(t, dir, config(t, ""), "./..."), errvet(t, dir, "-config=none", "./..."))
		})
	}
	t.Run("strict", func(t *testing.T) {
		same(t, mustLint(t, testdata(t), config(t, "        settings: {strict: true, tests: true}"), "./..."), errvet(t, testdata(t), "-config=none", "-strict", "-tests", "./..."))
	})
}

// A module of one file to try settings on.
const (
	moduleFile = "module example.com/m\n\ngo 1.26\n"
	plainFile  = `package m

import "os"

func Make(name string) error {
	os.WriteFile(name, nil, 0o666)
	return nil
}

func Bare(name string) {
	os.WriteFile(name, nil, 0o666) //nolint
}

func Named(name string) {
	os.WriteFile(name, nil, 0o666) //nolint:errvet // nobody minds
}

//nolint:errvet
func Whole(name string) {
	os.WriteFile(name, nil, 0o666)
}

func Peer(name string) {
	os.WriteFile(name, nil, 0o666) //nolint:errcheck
}

func Other(name string) {
	os.WriteFile(name, nil, 0o666) //nolint:govet
}

func Can(name string) bool {
	if err := os.WriteFile(name, nil, 0o666); err != nil {
		return false
	}
	return true
}
`
	lost  = "dropped: os.WriteFile can fail, and nobody takes its error"
	make_ = "m.go:6:2: " + lost
	other = "m.go:28:2: " + lost
)

func module(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"go.mod": moduleFile, "m.go": plainFile} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// //nolint is golangci-lint's; the names of other linters count for what they look for, as they do to errvet.
func TestNolint(t *testing.T) {
	if got, want := mustLint(t, module(t), config(t, "")), []string{other, make_}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Settings count, also after a run with others.
func TestSettings(t *testing.T) {
	dir := module(t)
	zero := "m.go:33:3: nilonfail: os.WriteFile failed (line 32), and a zero value is all that callers get"
	silenced := "m.go:24:2: " + lost + " (silenced: nolint)"
	for _, test := range []struct {
		settings string
		want     []string
	}{
		{"", []string{other, make_}},
		{"        settings: {strict: true}", []string{other, zero, make_}},
		{"        settings: {rules: {dropped: false}}", []string{}},
		{"        settings: {rules: {losses: false}}", []string{}},
		{"        settings: {known: [infallible os.WriteFile]}", []string{}},
		{"        settings:\n          flags:\n            errvet.show-silenced: \"true\"", []string{silenced, other, make_}},
		{"        settings: {}", []string{other, make_}},
	} {
		if got := mustLint(t, dir, config(t, test.settings)); !slices.Equal(got, test.want) {
			t.Errorf("%s\ngot  %q\nwant %q", test.settings, got, test.want)
		}
	}
}

// Settings that mean nothing are refused, by name.
func TestRefused(t *testing.T) {
	dir := module(t)
	for settings, want := range map[string]string{
		"        settings: {strcit: true}":                                               "no setting is called strcit; did you mean strict?",
		"        settings: {rules: {droped: false}}":                                     "no rule is called droped; did you mean dropped?",
		"        settings:\n          flags:\n            errvet.nolint: \"true\"":       "errvet.nolint cannot be set here: golangci-lint honours //nolint itself",
		"        settings:\n          flags:\n            errvet.review-fixes: \"true\"": "errvet.review-fixes cannot be set here",
		"        settings: {strict: perhaps}":                                            "strict is a string; want true or false",
		"        settings: {baseline: errvet.txt}":                                       "issues.new-from-rev",
	} {
		if _, err := lint(t, dir, config(t, settings)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", settings, err, want)
		}
	}
}

// --fix applies safe fixes, and leaves files that compile, after a second run, too: a repair may bring to light what
// another hid.
func TestFix(t *testing.T) {
	t.Run("one", func(t *testing.T) {
		dir := module(t)
		mustLint(t, dir, config(t, ""), "--fix")
		data, err := os.ReadFile(filepath.Join(dir, "m.go"))
		if err != nil {
			t.Fatal(err)
		}
		if want := "\tif err := os.WriteFile(name, nil, 0o666); err != nil {\n\t\treturn err\n\t}\n\treturn nil\n"; !strings.Contains(string(data), want) {
			t.Errorf("want %q in:\n%s", want, data)
		}
		compiles(t, dir)
	})
	for name, dir := range map[string]string{"testdata": testdata(t), "real": env(t, "REAL")} {
		t.Run(name, func(t *testing.T) {
			dir := copied(t, name, dir)
			before := texts(t, dir)
			left := mustLint(t, dir, config(t, ""), "--fix", "./...")
			compiles(t, dir)
			after := texts(t, dir)
			changed := 0
			for file, text := range after {
				if text != before[file] {
					changed++
				}
			}
			if changed == 0 {
				t.Error("no file is changed")
			}
			mustLint(t, dir, config(t, ""), "--fix", "./...")
			compiles(t, dir)
			again := 0
			for file, text := range texts(t, dir) {
				if text != after[file] {
					again++
					t.Logf("changed by a second run: %s", below(t, dir, file))
				}
			}
			t.Logf("%d files changed, %d again by a second run; %d findings left by the first", changed, again, len(left))
		})
	}
}

func compiles(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.Command("go", "build", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("what --fix leaves does not compile: %v\n%s", err, out)
	}
}

// copied copies a module. What testdata's go.mod replaces by a directory beside it is copied, too.
func copied(t *testing.T, name, dir string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(root, name)
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if name == "testdata" {
		if err := os.CopyFS(filepath.Join(root, "fault"), os.DirFS(filepath.Join(dir, "..", "fault"))); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// texts returns the Go files of a module.
func texts(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := make(map[string]string)
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		data, err := os.ReadFile(path)
		list[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
