package errflow

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestWhy asks why the paths of a value were not searched, and which defect the engine saw where they were.
func TestWhy(t *testing.T) {
	tests := []struct {
		name, body string
		want       []string // a life each, why, and the case of its loss
	}{
		{"followed", "err := work()\nreturn err",
			[]string{"err: returned (followed)"}},
		{"lost", "if err := work(); err != nil {\nreturn nil\n}\nreturn nil",
			[]string{"err: tested: success returned (followed) success"}},
		{"not taken", "work()\nreturn nil",
			[]string{"work: dropped as a statement (not taken) statement"}},
		{"cannot fail", "var b strings.Builder\n_, err := b.WriteString(\"a\")\nreturn err",
			[]string{"b.WriteString: cannot fail (cannot fail: documented: always a nil error)"}},
		{"cannot fail by inference", "return never()",
			[]string{"never: cannot fail (cannot fail: it always gives a nil error)"}},
		{"nameless", "return work()",
			[]string{"work: handed on as it is born (handed on as it is born)"}},
		{"into a field", "g.err = work()\nreturn nil",
			[]string{"work: handed on as it is born (handed on as it is born)"}},
		{"derived", "err := work()\nreturn errors.Join(err)",
			[]string{"err: wrapped (followed)", "errors.Join: derived (derived)"}},
		{"shared", "var err error\ngo func() { err = nil }()\nerr = work()\nreturn err",
			[]string{"err: shared (shared)"}},
		{"unreached", "return nil\nerr := work()\nreturn err",
			[]string{"err: unreached (unreached)"}},
		{"over the bound", "err := work()\n" + repeated(maxSteps+1, "if err == nil {}; if g.err == nil {}") + "return nil",
			[]string{"err: over the bound (over the bound)"}},
		{"too many errors", manyErrors(maxPlaces + 1),
			[]string{fmt.Sprintf("e%d: over the bound (over the bound)", maxPlaces)}},
		{"told by its kind", "info, err := os.Stat(\"a\")\nif os.IsNotExist(err) {\nprintln(info.Name())\n}\nreturn err",
			[]string{"err: matched; result used; unmatched: returned (followed) failed-use"}},
		{"no end", "err := work()\nfor {\nif err == nil {\nreturn nil\n}\n}",
			[]string{"err: no path ends (followed)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fl, _ := flowOf(t, `package p

import (
	"errors"
	"os"
	"strings"
)

var (
	g struct{ err error }
	_ = errors.New
	_ strings.Builder
)

func work() error { return os.Chdir("work") }

func never() error { return nil }

func f() error {
`+tt.body+"\n}\n")
			var got []string
			for _, l := range fl.Lives(funcNamed(t, fl, "f")) {
				s := l.String() + " (" + l.Why.String()
				if l.Because != "" {
					s += ": " + l.Because
				}
				s += ")"
				if l.Loss != nil {
					s += " " + l.Loss.Case
				}
				got = append(got, s)
			}
			if tt.name == "too many errors" {
				got = got[len(got)-1:]
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.want, "\n\t"))
			}
		})
	}
}

// manyErrors is a body with n errors that are told apart.
func manyErrors(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "e%d := work()\nif e%d != nil {\nreturn e%d\n}\n", i, i, i)
	}
	b.WriteString("return nil")
	return b.String()
}
