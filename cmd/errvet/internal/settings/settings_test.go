package settings

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/errvet/errvet/passes"
)

func read(t *testing.T, text string) (Settings, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), File)
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return Read(name)
}

func TestRead(t *testing.T) {
	no := false
	want := Settings{
		Strict: true, Tests: true, Rules: map[string]bool{"dropped": false}, Known: []string{"infallible example.com/log.Print"}, Fixes: "std",
		Flags: map[string]string{"unlogged.critical": "Pay"}, Baseline: "errvet.txt",
		Paths: []Path{{Path: "gen/...", Exclude: true}, {Path: "cmd/...", Strict: &no}},
	}
	data, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(t, string(data))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v\n%s", got, err, want, data)
	}
	for _, empty := range []string{"", "# nothing\n", "---\n"} {
		if got, err := read(t, empty); err != nil || !reflect.DeepEqual(got, Settings{}) {
			t.Errorf("%q: got %+v, %v", empty, got, err)
		}
	}
	if got, err := Find(t.TempDir()); err != nil || !reflect.DeepEqual(got, Settings{}) {
		t.Errorf("no file: got %+v, %v", got, err)
	}
}

func TestReadErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"stict: true\n", ".errvet.yaml:1:1: no setting is called stict; did you mean strict?"},
		{"tests: true\nquite-another: 1\n", ".errvet.yaml:2:1: no setting is called quite-another; there are strict, tests, rules, known, fixes, flags, paths, baseline"},
		{"paths:\n  - path: a\n    exlude: true\n", ".errvet.yaml:3:5: no setting is called exlude; did you mean exclude?"},
		{"strict: [1]\n", ".errvet.yaml:1:9: cannot unmarshal []interface {} into Go struct field Settings.Strict of type bool"},
		{"strict: true\nstrict: false\n", ".errvet.yaml:2:1: mapping key \"strict\" already defined at [1:1]"},
		{"paths:\n  - exclude: true\n", ".errvet.yaml: paths entry 1: path is \"\"; name a file or directory below the settings file, like internal/gen/..."},
		{"paths:\n  - path: ../x\n", ".errvet.yaml: paths entry 1: path is \"../x\"; name a file or directory below the settings file, like internal/gen/..."},
		{"rules: {dropped\n", ".errvet.yaml:1:9: could not find flow map content"},
	} {
		if _, err := read(t, test.text); err == nil || err.Error() != test.want {
			t.Errorf("%q:\ngot  %v\nwant %s", test.text, err, test.want)
		}
	}
}

// What is about findings is called the same in golangci-lint and gopls, which take it as passes.Settings.
func TestKeysAgree(t *testing.T) {
	files := []string{"paths", "baseline"} // about files, which golangci-lint has settings of its own for
	var here, there []string
	for _, key := range keysOf(reflect.TypeFor[Settings]()) {
		if !slices.Contains(files, key) {
			here = append(here, key)
		}
	}
	for i, typ := 0, reflect.TypeFor[passes.Settings](); i < typ.NumField(); i++ {
		there = append(there, typ.Field(i).Tag.Get("json"))
	}
	if !slices.Equal(here, there) {
		t.Errorf("the file has %v, passes.Settings %v", here, there)
	}
}
