package finding

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
)

// add puts findings, written "position category", into a set as one unit's.
func add(t *testing.T, s *Set, unit string, findings ...string) (fresh bool) {
	t.Helper()
	analyzers := make(map[string]json.RawMessage)
	byRule := make(map[string][]vetjson.Diagnostic)
	for _, f := range findings {
		posn, category, _ := strings.Cut(f, " ")
		rule, _, _ := strings.Cut(category, "/")
		byRule[rule] = append(byRule[rule], vetjson.Diagnostic{Posn: posn, End: posn, Category: category, Message: "m"})
	}
	for rule, list := range byRule {
		data, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		analyzers[rule] = data
	}
	fresh, err := s.Add(unit, analyzers)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func list(findings []*Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%s %s", f.Pos, f.Category))
	}
	return strings.Join(out, "\n")
}

func TestSet(t *testing.T) {
	s := &Set{Wanted: map[string]bool{"p": true, "q_test": true}}
	if !add(t, s, "p", "/p/b.go:1:1 r/c", "/p/a.go:10:2 r/c", "/p/a.go:9:2 r/c") {
		t.Error("p was not new")
	}
	// The test variant finds the same and more.
	if add(t, s, "p [p.test]", "/p/a.go:9:2 r/c", "/p/a_test.go:1:1 r/c") {
		t.Error("p was new twice")
	}
	add(t, s, "p_test", "/p/x_test.go:3:1 r/c", "/elsewhere/p.go:1:1 r/c")
	add(t, s, "q_test", "/q_test/q.go:1:1 r/c")
	add(t, s, "dep", "/dep/d.go:1:1 r/c")
	want := strings.Join([]string{
		"/p/a.go:9:2 r/c", "/p/a.go:10:2 r/c", "/p/a_test.go:1:1 r/c", "/p/b.go:1:1 r/c", "/p/x_test.go:3:1 r/c", "/q_test/q.go:1:1 r/c",
	}, "\n")
	if got := list(s.Findings()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !s.Seen("p") || !s.Seen("p_test") || s.Seen("dep") || s.Seen("q") {
		t.Error("the wrong units were seen")
	}
}

func TestSelect(t *testing.T) {
	s := new(Set)
	add(t, s, "p",
		"/m/a.go:1:1 r/c", "/m/a.go:2:1 r/c/strict", "/m/a_test.go:3:1 r/c", "/m/a.go:4:1 q/c/safe", "/m/a.go:5:1 r/c/silenced:ignore:5",
		"/m/gen/g.go:6:1 r/c", "/m/gen/deep/g.go:7:1 r/c", "/m/a.go:5:9 directive/ignore", "/m/a.go:8:1 directive/ignore", "/m/a.go:9:1 directive/no-reason",
	)
	yes := true
	for _, test := range []struct {
		name     string
		s        Selection
		want     string // the lines that are kept
		silenced int
	}{
		{"default", Selection{}, "1 4 8 9 7 6", 1},
		{"strict", Selection{Strict: true}, "1 2 4 8 9 7 6", 1},
		{"tests", Selection{Tests: true}, "1 4 8 9 3 7 6", 1},
		{"silenced", Selection{Silenced: true}, "1 4 5 8 9 7 6", 1},
		{"one rule", Selection{Rules: Rules{"q": true}}, "4 8 9", 0},
		{"all but one", Selection{Rules: Rules{"r": false}}, "4 8 9", 0},
		{"not even directives", Selection{Rules: Rules{"q": true, "directive": false}}, "4", 0},
		{"excluded", Selection{Root: "/m", Paths: []PathRule{{Path: "gen/...", Exclude: true}}}, "1 4 8 9", 1},
		{"excluded but for one", Selection{Root: "/m", Paths: []PathRule{{Path: "...", Exclude: true}, {Path: "gen/deep"}}}, "7", 0},
		{"strict there", Selection{Root: "/m", Paths: []PathRule{{Path: "a.go", Strict: &yes}}}, "1 2 4 8 9 7 6", 1},
		{"asked", Selection{Keep: func(f *Finding) bool { return f.Pos.Line < 3 }}, "1", 0},
	} {
		kept, silenced := test.s.Select(s.Findings())
		var lines []string
		for _, f := range kept {
			lines = append(lines, fmt.Sprint(f.Pos.Line))
		}
		if got := strings.Join(lines, " "); got != test.want || silenced != test.silenced {
			t.Errorf("%s: kept %s and counted %d silenced, want %s and %d", test.name, got, silenced, test.want, test.silenced)
		}
	}
	for _, f := range withUnused(s.Findings()) {
		if f.Case == caseUnused && f.Pos.Line != 8 {
			t.Errorf("the directive in line %d is called unused", f.Pos.Line)
		}
	}
}

func TestParsePosition(t *testing.T) {
	for _, test := range []struct {
		in   string
		want Position
	}{
		{"/a/b.go:3:4", Position{"/a/b.go", 3, 4}},
		{`C:\a\b.go:3:4`, Position{`C:\a\b.go`, 3, 4}},
		{"x.y:7", Position{"x.y", 7, 0}},
		{"-", Position{File: "-"}},
	} {
		if got, err := parsePosition(test.in); got != test.want || err != nil {
			t.Errorf("%s: %+v, %v; want %+v", test.in, got, err, test.want)
		}
	}
}

func TestForeign(t *testing.T) {
	s := new(Set)
	if _, err := s.Add("p", map[string]json.RawMessage{
		"nilness": []byte(`[{"posn":"/a.go:1:2","end":"/a.go:1:3","message":"m"}]`),
		"broken":  []byte(`{"error":"panic: oh\ngoroutine 1"}`),
	}); err != nil {
		t.Fatal(err)
	}
	if got := s.Findings(); len(got) != 1 || got[0].Rule != "nilness" {
		t.Errorf("found %s", list(got))
	}
	if got := s.Failures(); len(got) != 1 || got[0] != (Failure{"broken", "p", "panic: oh", "goroutine 1"}) {
		t.Errorf("failures %+v", got)
	}
}
