package ci

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/errvet/errvet/passes/internal/known/gen/std"
)

// TestStandardTableIsFresh infers over the standard library again, if this is
// the Go whose facts are committed.
func TestStandardTableIsFresh(t *testing.T) {
	file := filepath.Join("..", "..", "passes", "internal", "known", "tables", "std.txt")
	committed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(committed, []byte(runtime.Version()+" ")) {
		t.Skipf("the table is of another Go than %s", runtime.Version())
	}
	lines, err := std.Lines()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(committed, std.File(runtime.Version(), lines)) {
		t.Errorf("%s is stale: run go run ./passes/internal/known/gen and review the difference", file)
	}
}
