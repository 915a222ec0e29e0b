package errflow

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update-graphs", false, "rewrite the graphs in testdata/graph.txtar")

// TestGraph compares the graphs of the functions in testdata/graph.txtar with those written there. Each
// function f stands in a file of its own, behind what they share, and its graph and those of the function
// literals in it in the file after it.
func TestGraph(t *testing.T) {
	name := filepath.Join("testdata", "graph.txtar")
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	shared := string(archive.Files[0].Data)
	for i := 1; i+1 < len(archive.Files); i += 2 {
		src, want := &archive.Files[i], &archive.Files[i+1]
		t.Run(strings.TrimSuffix(src.Name, ".go"), func(t *testing.T) {
			fl, _ := flowOf(t, shared+string(src.Data))
			var got strings.Builder
			for f := range fl.Funcs() {
				if f.Top().Name() != "f" {
					continue
				}
				if f.Outer != nil {
					got.WriteString(f.Role.String() + " " + f.Name() + "\n")
				}
				got.WriteString(f.Graph())
			}
			if *update {
				want.Data = []byte(got.String())
				return
			}
			if got.String() != string(want.Data) {
				t.Errorf("graph of\n%s\nis\n%s\nwant\n%s", src.Data, got.String(), want.Data)
			}
		})
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
