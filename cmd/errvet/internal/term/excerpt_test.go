package term

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/source"
	"github.com/errvet/errvet/passes"
)

func TestExcerpt(t *testing.T) {
	for _, test := range []struct {
		name, line string
		from, to   int
		width      int
		want       string // the line, and its underlining
	}{
		{"indented", "\t\tf.Close()", 3, 12, 0, "f.Close()\n^^^^^^^^^"},
		{"inside", "\tif err := f(); err != nil {", 12, 15, 0, "if err := f(); err != nil {\n          ^^^"},
		{"a tab within", "a\tb", 3, 4, 0, "a    b\n     ^"},
		{"wide", "g(\"大小\", x)", 13, 14, 0, "g(\"大小\", x)\n          ^"},
		{"to the end", "return nil  ", 1, 0, 0, "return nil\n^^^^^^^^^^"},
		{"one column at least", "x", 2, 2, 0, "x\n ^"},
		{"cut behind", "f(aaaaaaaaaaaaaaaaaaaa)", 1, 2, 10, "f(aaaaaaa…\n^"},
		{"cut within", "f(aaaaaaaaaaaaaaaaaaaa)", 1, 24, 10, "f(aaaaaaa…\n^^^^^^^^^^"},
		{"cut before", "f(aaaaaaaaaaaaaaaaaaaa)", 20, 24, 10, "f(aaaaaaa…\n         ^"},
		{"cut between wide ones", "大大大大大大大大", 1, 4, 8, "大大大…\n^^"},
	} {
		e := newExcerpt(test.line, test.from, test.to, test.width)
		if got := e.text + "\n" + strings.Repeat(" ", e.start) + strings.Repeat("^", e.end-e.start); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestProgress(t *testing.T) {
	var b strings.Builder
	s := NewPlain(&b, 80)
	p := NewProgress(s, 2)
	clock := p.started.Add(2 * progressDelay)
	p.now = func() time.Time { return clock }
	p.Done()
	p.Clear()
	if b.Len() > 0 {
		t.Errorf("a screen that is no terminal got %q", b.String())
	}
	s.Live = true
	p.Note("downloading x")
	clock = clock.Add(progressDelay)
	p.Done()
	p.Clear()
	want := "\rerrvet: downloading x\r" + "\rerrvet: 2 of 2 packages, 1s\r" + "\r" + strings.Repeat(" ", 27) + "\r"
	if got := b.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// While no package is done the line says that the run goes on.
func TestProgressWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b strings.Builder
		s := NewPlain(&b, 80)
		s.Live = true
		p := NewProgress(s, 3)
		stop := p.Watch()
		time.Sleep(1500 * time.Millisecond)
		stop()
		if got, want := b.String(), "\rerrvet: 0 of 3 packages, 1s\r"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// TestNarrow looks at a report that is wider than its screen.
func TestNarrow(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(name, []byte("package a\n\nfunc f() {\n\tconfiguration.Load(context.Background())\n}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	at := func(line, col int) finding.Position { return finding.Position{File: name, Line: line, Col: col} }
	f := &finding.Finding{
		Category: passes.Category{Rule: "dropped", Case: "statement"}, Pos: at(4, 2), End: at(4, 42), Message: "configuration.Load can fail, and nobody takes its error",
		Steps: []finding.Step{{Pos: at(4, 2), End: at(4, 42), Text: "fails here"}, {Pos: at(5, 1), End: at(5, 2), Text: "left here"}},
	}
	var b strings.Builder
	r := &Report{Screen: NewPlain(&b, 46), Base: filepath.Dir(name), Files: new(source.Files)}
	if err := r.Show([]*finding.Finding{f, f}); err != nil {
		t.Fatal(err)
	}
	const once = `a.go:4:2: configuration.Load can fail, and
    nobody takes its error [dropped/statement]
  4 | configuration.Load(context.Background())
    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    | fails here
  5 | }
    | ^ left here
`
	want := once + "    = more: errvet explain dropped\n    = meant so? //errvet:ignore dropped REASON\n\n" + once
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
