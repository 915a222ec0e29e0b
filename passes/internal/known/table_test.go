package known

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestBuiltinTablesParse reads all lines: a process reads those only that it asks for, and takes them as they are.
func TestBuiltinTablesParse(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("tables", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := new(Table).parse(file, string(text), "\n", true); err != nil {
			t.Error(err)
		}
	}
}

// TestOutline holds what is seen of the lines' names at first sight against what is read.
func TestOutline(t *testing.T) {
	builtin, err := builtinTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range [...]*Table{builtin.hand, builtin.generated} {
		for pkg := range table.sections {
			section := table.section(pkg)
			for k := range section.lines {
				if k.pkg != pkg {
					t.Errorf("%v is filed under %q", k, pkg)
				}
				if section.asks[k] != nil && !table.asking[k.name] {
					t.Errorf("%v asks about its arguments, and is not among those that do", k)
				}
			}
		}
	}
}

// TestTablesAreSorted keeps diffs small and duplicates in sight.
func TestTablesAreSorted(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("tables", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := slices.DeleteFunc(strings.Split(string(text), "\n"), func(l string) bool {
			return l == "" || strings.HasPrefix(l, "#")
		})
		for i := 1; i < len(lines); i++ {
			if lines[i-1] >= lines[i] {
				t.Errorf("%s: not sorted, or twice: %s", file, lines[i])
			}
		}
	}
}

// TestTablesAgree finds questions that two files of hand-written lines answer.
func TestTablesAgree(t *testing.T) {
	builtin, err := builtinTables()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for l := range builtin.hand.all() {
		for _, id := range l.identities() {
			if other := seen[id]; other != "" {
				t.Errorf("%s: %s is answered at %s too", l.at, id, other)
			}
			seen[id] = l.at.String()
		}
	}
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		text string
		want string // the line's identity, or the error
	}{
		{"infallible (*bytes.Buffer).Write # why", "failing (bytes.Buffer).Write"},
		{"infallible fmt.Fprintf(.Write) # why", "failing fmt.Fprintf(.Write)"},
		{"harmless os.Setenv(const, _) # why", "harmless os.Setenv(const, _)"},
		{"kind (*json.Encoder over net/http.ResponseWriter).Encode respond # why", "kind (json.Encoder).Encode over net/http.ResponseWriter"},
		{"harmless (*os.File from os.Open).Close # why", "harmless (os.File).Close from os.Open"},
		{"infallible (a.b/c.v2.Set[T]).Add # why", "failing (a.b/c.v2.Set).Add"},
		{"arg fmt.Errorf 1.. format # why", "arg fmt.Errorf 1.."},
		{"arg log.Fatal 0 logs exits # why", "arg log.Fatal 0"},
		{"tells errors.AsType 0 result=1 true=non-nil # why", "tells errors.AsType 1"},
		{"sentinels a.F none # why", "sentinels a.F"},
		{"infallible a.F", "t:1: a.F has no because: end the line with # and a reason"},
		{"infalible a.F # why", `t:1: unknown word "infalible" at the start of the line`},
		{"infallible F # why", `t:1: no package in the name of a function: "F"`},
		{"infallible (*a.T) # why", `t:1: no method in the name of a function: "(*a.T)"`},
		{"infallible a.F(const # why", `t:1: no closing parenthesis in the name of a function: "a.F(const"`},
		{"infallible a.F 1 # why", `t:1: infallible a.F: want nothing after the name, have "1"`},
		{"nil-on-error a.F # why", `t:1: nil-on-error a.F: want the indices of results, have ""`},
		{"nil-on-error a.F 32 # why", `t:1: nil-on-error a.F: "32" is no index of a result`},
		{"kind a.F closes # why", `t:1: kind a.F: "closes" is no kind`},
		{"arg a.F 0 log # why", `t:1: arg a.F: "log" is no fate of an argument`},
		{"arg a.F err logs # why", `t:1: arg a.F: "err" is no index of an argument`},
		{"tells a.F 0 true=maybe # why", `t:1: tells a.F: "true=maybe" says nothing about the argument`},
		{"over a.F # why", `t:1: over a.F: want the index of an argument, have ""`},
		{"fails a.F # why\ninfallible a.F # no", "t:2: failing a.F is answered a second time (first at t:1)"},
		{"\n# a comment\narg a.F 0 logs # why\narg a.F 0 sends # no", "t:4: arg a.F 0 is answered a second time (first at t:3)"},
	} {
		var table Table
		got := ""
		if err := table.parse("t", test.text, "\n", true); err != nil {
			got = err.Error()
		} else {
			for l := range table.all() {
				got = strings.Join(l.identities(), ", ")
			}
		}
		if got != test.want {
			t.Errorf("%q\n\tgives %s\n\twant  %s", test.text, got, test.want)
		}
	}
}

func TestFlag(t *testing.T) {
	a := newAnalyzer()
	if err := a.Flags.Set("facts", "infallible a.F; arg b.c/d.G 1 logs"); err != nil {
		t.Fatal(err)
	}
	table := a.Flags.Lookup("facts").Value.(*userFacts).table
	if n := len(slices.Collect(table.all())); n != 2 {
		t.Errorf("have %d lines, want 2", n)
	}
	err := a.Flags.Set("facts", "infallible a.F; handled b.G")
	if want := `-facts:2: unknown word "handled"`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("have %v, want %s", err, want)
	}
}

func TestArgumentVerbs(t *testing.T) {
	for format, want := range map[string]string{
		"%v: %w":         "0v 1w",
		"100%% %d":       "0d",
		"%*d %w":         "1d 2w",
		"%[2]v %[1]w":    "1v 0w",
		"%+.3f %-8s":     "0f 1s",
		"%[1]*.[2]*[3]f": "2f",
		"plain":          "",
	} {
		verbs, ok := argumentVerbs(format)
		var parts []string
		for _, v := range verbs {
			parts = append(parts, string(rune('0'+v.arg))+string(v.verb))
		}
		if got := strings.Join(parts, " "); !ok || got != want {
			t.Errorf("%q gives %q, %t; want %q", format, got, ok, want)
		}
	}
	if _, ok := argumentVerbs("%"); ok {
		t.Error("a lone % is taken for a verb")
	}
}
