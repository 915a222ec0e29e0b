package goplsbuild

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestReleases(t *testing.T) {
	got := releases([]string{"v0.19.1", "v0.20.0", "v0.21.0-pre.1", "v0.21.0", "v0.22.0-pre.4"})
	if want := []string{"v0.21.0", "v0.20.0", "v0.19.1"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestBuilds(t *testing.T) {
	for _, test := range []struct {
		go_, needs string
		want       bool
	}{
		{"go1.26.8", "1.26.0", true},
		{"go1.26.8", "1.26", true},
		{"go1.26.8", "1.27.0", false},
		{"go1.26.8", "1.9", true},
		{"go1.27rc1", "1.27.0", false},
		{"go1.27.0", "1.27.0", true},
	} {
		if got := (release{name: test.go_}).builds(test.needs); got != test.want {
			t.Errorf("%s builds what needs %s: %t, want %t", test.go_, test.needs, got, test.want)
		}
	}
}

func TestModFile(t *testing.T) {
	gopls := &module{Version: "v0.23.0", needs: "1.26.0"}
	gopls.requires = []struct{ Path, Version string }{{"golang.org/x/tools", "v0.47.1-0.20260707181000-a299dadba899"}, {"golang.org/x/mod", "v0.37.0"}}
	gopls.replaces = []struct{ Path, To, Version string }{{"example.com/a", "example.com/b", "v1.0.0"}}

	published := string(modFile(gopls, Source{Version: "v0.1.0"}, "1.26.0"))
	if want := `module golang.org/x/tools/gopls/errvet

go 1.26.0

require (
	golang.org/x/tools/gopls v0.23.0
	github.com/errvet/errvet v0.1.0
)

replace golang.org/x/tools => golang.org/x/tools v0.47.1-0.20260707181000-a299dadba899
replace golang.org/x/mod => golang.org/x/mod v0.37.0
replace example.com/a => example.com/b v1.0.0
`; published != want {
		t.Errorf("got:\n%s\nwant:\n%s", published, want)
	}
	local := string(modFile(gopls, Source{Dir: "/home/me/my errvet"}, "1.26.0"))
	if want := `replace github.com/errvet/errvet => "/home/me/my errvet"`; !strings.Contains(local, want) {
		t.Errorf("got:\n%s\nwant a line %s", local, want)
	}
}

func TestLater(t *testing.T) {
	for _, test := range [][3]string{{"1.25", "1.26.0", "1.26.0"}, {"1.27.0", "1.26.0", "1.27.0"}, {"1.9", "1.10", "1.10"}} {
		if got := later(test[0], test[1]); got != test[2] {
			t.Errorf("later(%s, %s) = %s", test[0], test[1], got)
		}
	}
}

func TestKeptFlags(t *testing.T) {
	if got := keptFlags("-mod=vendor -modcacherw -tags=x"); got != "-modcacherw" {
		t.Errorf("got %q", got)
	}
}

func TestSelf(t *testing.T) {
	s, err := Self()
	if err != nil {
		t.Skip("the tests are built without the paths of their source:", err)
	}
	if _, err := os.Stat(filepath.Join(s.Dir, "cmd", "errvet", "gopls")); err != nil {
		t.Error(err)
	}
	if _, err := Directory(t.TempDir()); err == nil {
		t.Error("an empty directory is taken for errvet's")
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "go.mod"), []byte("module github.com/errvet/errvet/fault\n\ngo 1.26\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Directory(other); err == nil || !strings.Contains(err.Error(), "is not the directory of") {
		t.Errorf("another module is taken for errvet's: %v", err)
	}
}

// What is wrong with a call is said before anything is fetched.
func TestOut(t *testing.T) {
	dir := t.TempDir()
	job := Job{Gopls: "v0.23.0", Out: dir}
	if _, err := job.Build(t.Context()); err == nil || !strings.Contains(err.Error(), "is a directory; name the program") {
		t.Errorf("got %v", err)
	}
}

// An older program is replaced whole, with nothing left beside it.
func TestMove(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "built"), filepath.Join(dir, "bin", "gopls")
	for _, content := range []string{"one", "two"} {
		if err := os.WriteFile(from, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := move(from, to); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(to); err != nil || string(data) != content {
			t.Errorf("%s, %v", data, err)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(to)); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}
