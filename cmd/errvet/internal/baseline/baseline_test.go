package baseline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/source"
	"github.com/errvet/errvet/passes"
)

// findings puts a source into a file and returns a finding for each line of it that holds a call of lose.
func findings(t *testing.T, pkg, src string) []*finding.Finding {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(name, []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	var list []*finding.Finding
	for i, line := range strings.Split(src, "\n") {
		if strings.Contains(line, "lose") {
			list = append(list, &finding.Finding{
				Category: passes.Category{Rule: "lost", Case: "call"}, Package: pkg, Pos: finding.Position{File: name, Line: i + 1, Col: 1},
			})
		}
	}
	return list
}

func TestBaseline(t *testing.T) {
	name := filepath.Join(t.TempDir(), "known.txt")
	before := findings(t, "p", "lose(1)\nlose(2)\nlose(2)\n")
	if err := Write(name, before, new(source.Files)); err != nil {
		t.Fatal(err)
	}
	b, err := Read(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, pkg, src     string
		fresh, known, gone int
	}{
		{"the same", "p", "lose(1)\nlose(2)\nlose(2)\n", 0, 3, 0},
		{"moved and indented", "p", "x\n\n\tlose(2)\nlose(2)\n    lose(1)\n", 0, 3, 0},
		{"one more of them", "p", "lose(2)\nlose(1)\nlose(2)\nlose(2)\n", 1, 3, 0},
		{"another", "p", "lose(1)\nlose(3)\n", 1, 1, 2},
		{"in another package", "q", "lose(1)\n", 1, 0, 0},
	} {
		now := findings(t, test.pkg, test.src)
		files := new(source.Files)
		fresh, known := b.Filter(now, files)
		gone := b.Gone(now, func(pkg string) bool { return pkg == test.pkg }, files)
		if len(fresh) != test.fresh || known != test.known || gone != test.gone {
			t.Errorf("%s: %d new, %d known, %d gone; want %d, %d, %d", test.name, len(fresh), known, gone, test.fresh, test.known, test.gone)
		}
	}
	// The second of two equal ones is the new one.
	now := findings(t, "p", "lose(1)\nlose(1)\n")
	if fresh, _ := b.Filter(now, new(source.Files)); len(fresh) != 1 || fresh[0].Pos.Line != 2 {
		t.Errorf("new: %v", fresh)
	}
	now[0].Silence.How = "comment"
	if fresh, known := b.Filter(now, new(source.Files)); len(fresh) != 1 || known != 1 || fresh[0].Pos.Line != 1 {
		t.Errorf("a silenced finding was taken for a known one: %v, %d", fresh, known)
	}
}

func TestReadErrors(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "known.txt")
	if _, err := Read(name); err == nil || !strings.Contains(err.Error(), "errvet -write-baseline") {
		t.Errorf("no file: %v", err)
	}
	if err := os.WriteFile(name, []byte("# x\n\nnonsense here\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(name); err == nil || !strings.HasPrefix(err.Error(), name+":3 is no line of a baseline") {
		t.Errorf("nonsense: %v", err)
	}
}
