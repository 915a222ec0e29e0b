package cli

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

const tree = `
-- go.mod --
module example.com/m

go 1.25
-- a/a.go --
package a
-- a/testdata/t.go --
package t
-- b/b_test.go --
package b
-- b/c/.hidden.go --
package c
-- b/c/_hidden.go --
package c
-- b/c/d/d.go --
package d
-- .e/e.go --
package e
-- _f/f.go --
package f
-- vendor/example.com/g/g.go --
package g
-- vendor/modules.txt --
-- a/web/vendor/script.js --
-- h/go.mod --
module example.com/h
-- h/h.go --
package h
-- i/i.c --
-- j.go/j.go --
package j
`

// TestDirectories holds the directories found against those that go list finds.
func TestDirectories(t *testing.T) {
	root := t.TempDir()
	for _, f := range txtar.Parse([]byte(tree)).Files {
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	list := func(dir string, patterns ...string) []string {
		cmd := exec.Command("go", append([]string{"list", "-e", "-find", "-f", "{{.Dir}}", "--"}, patterns...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PWD="+dir, "GOWORK=off", "GOFLAGS=")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Fields(string(out))
	}
	for _, test := range []struct {
		dir      string
		patterns []string
	}{
		{".", []string{"./..."}}, {"a", []string{"."}}, {"b", []string{"./..."}}, {".", []string{"./b/..."}}, {".", []string{"./a", "./b/c/d"}},
	} {
		dir := filepath.Join(root, test.dir)
		got, ok := directories(dir, root, test.patterns)
		if !ok {
			t.Errorf("%v in %s: left to go list", test.patterns, test.dir)
		}
		want := list(dir, test.patterns...)
		slices.Sort(want)
		if have := slices.Sorted(maps.Keys(got)); !slices.Equal(have, want) {
			t.Errorf("%v in %s: found %v, go list %v", test.patterns, test.dir, have, want)
		}
	}
	got, _ := directories(root, root, []string{"./..."})
	if got[filepath.Join(root, "b")] != onlyTests || got[filepath.Join(root, "a")] != someCode {
		t.Errorf("what directories hold: %v", got)
	}
	for _, pattern := range []string{"std", "example.com/m/...", "a", "./.../a", "./testdata", "./.e", "./_f/...", "../x", "/abs", "all"} {
		if found, ok := directories(root, root, []string{pattern}); ok {
			t.Errorf("%s: taken for directories %v", pattern, found)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "a", "web", "vendor", "v.go"), []byte("package v\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, ok := directories(root, root, []string{"./..."}); ok {
		t.Error("vendor below the root is not left to go list")
	}
}
