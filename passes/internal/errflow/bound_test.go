package errflow

import (
	"fmt"
	"strings"
	"testing"
)

// lost is a function that loses an error behind what stands between its birth and its end.
func lost(between string) string {
	return `package p

import (
	"log"
	"os"
)

var _ = log.Print

func work() error { return os.Chdir("work") }

func cond() bool { return len(os.Args) > 1 }

func use(...bool) {}

func f() error {
	err := work()
` + between + `
	if err != nil {
		return nil
	}
	return nil
}
`
}

// flags gives n variables that two paths leave with different content, so that paths double with each.
func flags(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\tb%d := false\n\tif cond() {\n\t\tb%d = true\n\t}\n", i, i)
	}
	b.WriteString("\tdefer use(")
	for i := range n {
		fmt.Fprintf(&b, "b%d, ", i)
	}
	b.WriteString("true)\n")
	return b.String()
}

// repeated gives n copies of a statement.
func repeated(n int, stmt string) string { return strings.Repeat("\t"+stmt+"\n", n) }

func TestBound(t *testing.T) {
	tests := []struct {
		name    string
		between string
		over    bool
	}{
		{"nothing", "", false},
		{"few flags", flags(3), false},
		{"many flags", flags(2000), true},
		{"many branches", repeated(5000, "if cond() { use() }"), true},
		{"many loops", repeated(3000, "for cond() { use() }"), true},
		{"many handlers", repeated(200, "if err := work(); err != nil { log.Print(err) }"), false},
		{"many nameless tests", repeated(200, "if work() != nil { use() }"), false},
		{"many successes", repeated(200, "if err := work(); err == nil { use() }"), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fl, _ := flowOf(t, lost(tt.between))
			f := funcNamed(t, fl, "f")
			var losses int
			for c := range classes {
				for l := range fl.Losses(c) {
					if l.Value.Func == f && l.Value.Name == "err" && l.At.Pos() > f.Body.List[len(f.Body.List)-2].Pos() {
						losses++
					}
				}
			}
			var life Life
			for _, l := range fl.Lives(f) {
				if l.Value.Name == "err" {
					life = l
					break // the first one born
				}
			}
			if tt.over {
				if losses != 0 || fl.Stats().Over != 1 || life.Why != OverBound || len(life.Outcomes) != 0 {
					t.Errorf("%d losses, %d functions over the bound, life %q; want silence, counted", losses, fl.Stats().Over, life)
				}
			} else if losses != 1 || fl.Stats().Over != 0 || life.String() != "err: tested: success returned" {
				t.Errorf("%d losses, %d functions over the bound, life %q; want one, none, and that it is lost", losses, fl.Stats().Over, life)
			}
			if ops, most := walked(f); ops > most {
				t.Errorf("%d ops walked through, want at most %d", ops, most)
			}
		})
	}
}

// walked searches the first value of f again and returns how many ops that took, and how many the bound allows:
// each step leaves one block by all its edges.
func walked(f *Func) (ops, most int) {
	again := *f
	again.number()
	again.states = again.solve()
	again.rec = &recorder{told: map[string]bool{}}
	again.lives(f.values[0])
	edges, longest := 0, 0
	for _, b := range f.g.blocks {
		edges = max(edges, len(b.succ))
		longest = max(longest, len(b.ops))
	}
	return again.rec.ops, (maxSteps*edges + 1) * longest
}
