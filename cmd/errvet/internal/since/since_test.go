package since

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
)

func TestChanges(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	put := func(name string, lines ...string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run("init", "-q")
	put("a.go", "1", "2", "3", "4", "5")
	put("größe.go", "1")
	put("gone.go", "1")
	run("add", ".")
	run("commit", "-q", "-m", "first")
	put("a.go", "1", "new", "2", "changed", "5") // 2 is new, 4 is changed, 4 of old is gone
	put("größe.go", "1", "2")
	put("new.go", "1")
	put("ignored.go", "1")
	put(".gitignore", "ignored.go")
	if err := os.Remove(filepath.Join(dir, "gone.go")); err != nil {
		t.Fatal(err)
	}

	c, err := Read(context.Background(), dir, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string, line int) finding.Position {
		return finding.Position{File: filepath.Join(dir, name), Line: line, Col: 1}
	}
	for _, test := range []struct {
		name     string
		from, to int
		want     bool
	}{
		{"a.go", 1, 1, false}, {"a.go", 2, 2, true}, {"a.go", 3, 3, false}, {"a.go", 4, 4, true}, {"a.go", 5, 5, false}, {"a.go", 1, 5, true},
		{"größe.go", 1, 1, false}, {"größe.go", 2, 2, true}, {"new.go", 1, 1, true}, {"ignored.go", 1, 1, false},
	} {
		f := &finding.Finding{Pos: at(test.name, test.from), End: at(test.name, test.to)}
		if got := c.Touch(f); got != test.want {
			t.Errorf("%s:%d-%d: %t, want %t", test.name, test.from, test.to, got, test.want)
		}
	}
	if f := (&finding.Finding{Pos: at("a.go", 5), Steps: []finding.Step{{Pos: at("a.go", 2)}}}); !c.Touch(f) {
		t.Error("a step on a changed line does not count")
	}

	for _, test := range []struct{ dir, rev, want string }{
		{dir, "nowhere", "git knows no revision nowhere here; fetch it, or name another with -since"},
		{dir, "--output=x", `"--output=x" is no revision`},
		{t.TempDir(), "HEAD", "-since needs a git repository: not a git repository (or any of the parent directories): .git"},
	} {
		if _, err := Read(context.Background(), test.dir, test.rev); err == nil || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.rev, err, test.want)
		}
	}
}
