package main

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes"
)

func root(t *testing.T) string {
	t.Helper()
	dir, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// A tree of its own: generating brings it up to date, once.
func TestGenerate(t *testing.T) {
	dir := t.TempDir()
	rules := []passes.Rule{{
		Analyzer: &analysis.Analyzer{Name: "first"},
		Because:  "the reason of the first",
		Covers:   []string{"one", "SA1*"},
	}, {
		Analyzer: &analysis.Analyzer{Name: "second"},
		Tier:     passes.Strict,
		Because:  "the reason of the second",
	}}
	write(t, dir, "README.md", "before\n"+tableBegin+"old\n"+tableEnd+"\nafter\n")
	for _, rule := range rules {
		write(t, dir, "passes/"+rule.Name()+"/doc.go", docOf(rule.Name(), "lose()"))
		write(t, dir, "testdata/"+rule.Name()+"/example.go", "package p\n\nfunc f() {\n\tlose() // want `lost`\n}\n")
	}
	write(t, dir, "testdata/first/first.go.golden", "package p\n")

	stale, err := generate(dir, rules, true)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"README.md", ".golangci.example.yml", "passes/internal/report/names.go", "passes/first/cmd/first/main.go", "passes/second/cmd/second/main.go"}
	if !slices.Equal(stale, want) {
		t.Errorf("wrote %q, want %q", stale, want)
	}
	if stale, err := generate(dir, rules, false); err != nil || len(stale) > 0 {
		t.Errorf("after writing, %q are out of date (%v)", stale, err)
	}
	readme := read(t, dir, "README.md")
	for _, part := range []string{"before\n", "\nafter\n", "passes/first) | what is lost | default | yes | one, SA1* |\n", "passes/second) | what is lost | strict |  |  |\n"} {
		if !strings.Contains(readme, part) {
			t.Errorf("README.md lacks %q:\n%s", part, readme)
		}
	}
	if strings.Contains(readme, "old") {
		t.Error("README.md still has its old table")
	}
	if names := read(t, dir, "passes/internal/report/names.go"); !strings.Contains(names, `{name: "first", covers: []string{"one", "SA1*"}},`) || !strings.Contains(names, `{name: "second"},`) {
		t.Errorf("names.go lacks a rule:\n%s", names)
	}
	example := read(t, dir, ".golangci.example.yml")
	for _, part := range []string{"# finds what is lost: the reason of the first\n            first: true\n", "(reports in the strict tier only): the reason of the second\n            second: true\n"} {
		if !strings.Contains(example, part) {
			t.Errorf("the example configuration lacks %q:\n%s", part, example)
		}
	}
}

func TestReadmeWithoutMarkers(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "README.md", "no table\n")
	if _, err := generate(dir, nil, true); err == nil || !strings.Contains(err.Error(), "BEGIN rules") {
		t.Errorf("got %v, want an error that names the missing line", err)
	}
}

// The keys of the example are those that the plugin decodes, and its values the
// defaults.
func TestExampleKeys(t *testing.T) {
	var keys []string
	settings := reflect.TypeFor[passes.Settings]()
	for i := range settings.NumField() {
		keys = append(keys, settings.Field(i).Tag.Get("json"))
	}
	var got []string
	_, rest, _ := strings.Cut(string(golangciExample(nil, nil)), "\n        settings:\n")
	rest, _, _ = strings.Cut(rest, "\nissues:")
	values := make(map[string]any)
	for line := range strings.Lines(rest) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if depth := len(line) - len(strings.TrimLeft(line, " ")); !ok || depth != 10 || strings.HasPrefix(key, "#") {
			continue
		}
		got = append(got, key)
		if value = strings.TrimSpace(value); value != "" {
			var v any
			if err := json.Unmarshal([]byte(value), &v); err != nil {
				t.Errorf("%s: %v", key, err)
			}
			values[key] = v
		}
	}
	slices.Sort(keys)
	slices.Sort(got)
	if !slices.Equal(got, keys) {
		t.Errorf("the example has the keys %q, the plugin %q", got, keys)
	}
	encoded, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(encoded))
	decoder.DisallowUnknownFields()
	var s passes.Settings
	if err := decoder.Decode(&s); err != nil {
		t.Errorf("the example is not what the plugin decodes: %v", err)
	}
	if s.Strict || s.Tests {
		t.Error("the example changes a default")
	}
	for _, f := range furtherFlags() {
		if _, err := passes.New(passes.Settings{Flags: map[string]string{f.Name: f.DefValue}}); err != nil {
			t.Errorf("flag of the example: %v", err)
		}
	}
	for _, name := range notInExample {
		if _, err := passes.New(passes.Settings{Flags: map[string]string{name: ""}}); err != nil && strings.Contains(err.Error(), "no flag") {
			t.Errorf("a flag is left out that there is not: %v", err)
		}
	}
}

func TestDocs(t *testing.T) {
	const example = "package p\n\nfunc f() {\n\tif true {\n\t\tlose() // want `lost`\n\t\tkeep()\n\t}\n}\n"
	for _, test := range []struct{ name, doc, fault string }{
		{"right", docOf("rule", "lose()\nkeep()"), ""},
		{"at another depth", docOf("rule", "if true {\n\tlose()\n\tkeep()\n}"), ""},
		{"part of a block", docOf("rule", "keep()"), ""},
		{"unknown example", docOf("rule", "drop()"), "is not in testdata/rule/example.go"},
		{"lines not together", docOf("rule", "if true {\n\tkeep()"), "is not in testdata/rule/example.go"},
		{"uneven depth", docOf("rule", "lose()\n\tkeep()"), "is not in testdata/rule/example.go"},
		{"no example", docOf("rule", ""), "no example"},
		{"another name", docOf("other", "lose()"), "first sentence"},
		{"section missing", strings.Replace(docOf("rule", "lose()"), "// # How to fix it\n//\n", "", 1), "its sections are"},
		{"section misnamed", strings.Replace(docOf("rule", "lose()"), "# When it is silent", "# Silence", 1), "its sections are"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "passes/rule/doc.go", test.doc)
			write(t, dir, "testdata/rule/example.go", example)
			doc, err := readDoc(dir, "rule")
			switch {
			case test.fault == "" && err != nil:
				t.Error(err)
			case test.fault == "" && doc.summary != "finds what is lost":
				t.Errorf("summary %q", doc.summary)
			case test.fault != "" && (err == nil || !strings.Contains(err.Error(), test.fault)):
				t.Errorf("got %v, want an error about %q", err, test.fault)
			}
		})
	}
}

// A new rule compiles before anyone has touched it.
func TestScaffold(t *testing.T) {
	dir := root(t)
	files, err := scaffold(dir, beginning{"brandnew", "Dropped"})
	if err != nil {
		t.Fatal(err)
	}
	overlay := struct{ Replace map[string]string }{make(map[string]string)}
	temp := t.TempDir()
	for _, file := range files {
		write(t, temp, file.name, string(file.content))
		overlay.Replace[filepath.Join(dir, file.name)] = filepath.Join(temp, file.name)
		if strings.HasSuffix(file.name, ".go") {
			if _, err := parser.ParseFile(token.NewFileSet(), file.name, file.content, parser.ParseComments); err != nil {
				t.Error(err)
			}
		}
	}
	encoded, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	write(t, temp, "overlay.json", string(encoded))
	build := exec.Command("go", "build", "-overlay", filepath.Join(temp, "overlay.json"), "./passes/brandnew", "./passes")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}

	write(t, temp, "passes/taken/doc.go", "package taken\n")
	for _, bad := range []string{"taken", "Upper", "with_underscore", ""} {
		if err := begin(temp, bad, "Dropped", new(bytes.Buffer)); err == nil {
			t.Errorf("a rule named %q was begun", bad)
		}
	}
}

// The documentation a new rule begins with has the sections that are asked for.
func TestScaffoldDoc(t *testing.T) {
	source, err := goSource("doc.go", docTemplate, beginning{"brandnew", "Dropped"})
	if err != nil {
		t.Fatal(err)
	}
	var file *ast.File
	if file, err = parser.ParseFile(token.NewFileSet(), "doc.go", source, parser.ParseComments); err != nil {
		t.Fatal(err)
	}
	if _, err := parseDoc("brandnew", file); err != nil {
		t.Error(err)
	}
}

// docOf is documentation with one example, or none.
func docOf(rule, example string) string {
	var b strings.Builder
	b.WriteString("// Package " + rule + " finds what is lost.\n//\n")
	for _, section := range sections[:len(sections)-1] {
		b.WriteString("// # " + section + "\n//\n")
		if section == sections[0] && example != "" {
			b.WriteString("// Such as this:\n//\n")
			for line := range strings.Lines(example) {
				b.WriteString("//\t" + strings.TrimRight(line, "\n") + "\n")
			}
			b.WriteString("//\n")
		}
		b.WriteString("// Words.\n//\n")
	}
	return strings.TrimSuffix(b.String(), "//\n") + "package " + rule + "\n"
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(content)); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
