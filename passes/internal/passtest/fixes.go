package passtest

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/format"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/packages"
)

var update = flag.Bool("update", false, "write the golden files of fixes instead of comparing them")

// checkFixes applies all fixes of a package and compares each file with its
// golden file, byte by byte: analysistest formats and drops unused imports
// first, and so takes fixes that leave broken code. The result also has to be
// formatted and to compile.
func checkFixes(t *testing.T, result *analysistest.Result) {
	t.Helper()
	if result.Pass == nil || isTestVariant(result.Action.Package) {
		return // not run: its package does not compile, which checkTypes has said
	}
	fixed, err := Apply(result.Pass.Fset, result.Action.Diagnostics)
	if err != nil {
		t.Error(err)
		return
	}
	Golden(t, fixed)
	if len(fixed) > 0 {
		CheckFixed(t, fixed, result.Action.Package.PkgPath)
	}
	for _, name := range result.Action.Package.CompiledGoFiles {
		if _, err := os.Stat(name + ".golden"); err == nil && fixed[name] == nil {
			t.Errorf("%s has a golden file but no fixes", name)
		}
	}
}

// Golden compares the new contents of files with their golden files, or writes those.
func Golden(t *testing.T, fixed map[string][]byte) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(fixed)) {
		golden := name + ".golden"
		if *update {
			if err := os.WriteFile(golden, fixed[name], 0o644); err != nil {
				t.Error(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Errorf("%s has fixes but no golden file (write it with go test -update): %v", name, err)
			continue
		}
		if !bytes.Equal(fixed[name], want) {
			t.Errorf("%s with all fixes is not what its golden file says; got:\n%s", name, fixed[name])
		}
	}
}

// CheckFixed fails the test unless fixed, the new contents of files by name,
// are formatted and the packages they belong to compile with them. It returns
// the packages as loaded.
func CheckFixed(t *testing.T, fixed map[string][]byte, patterns ...string) []*packages.Package {
	t.Helper()
	for name, content := range fixed {
		formatted, err := format.Source(content)
		if err != nil {
			t.Errorf("%s with all fixes: %v", name, err)
		} else if !bytes.Equal(Unaligned(formatted), Unaligned(content)) {
			t.Errorf("%s with all fixes is not formatted as gofmt does", name)
		}
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode:    packages.LoadAllSyntax | packages.NeedModule,
		Dir:     Dir(t),
		Env:     append(os.Environ(), "GOPROXY=off", "GOWORK=off"),
		Overlay: fixed,
	}, patterns...)
	if err != nil {
		t.Errorf("loading the fixed packages: %v", err)
	}
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("with all fixes: %v", err)
		}
	}
	return pkgs
}

// Unaligned takes the alignment out of trailing comments: it changes with the neighbours of a line, and is left to the
// formatting that every driver ends with.
func Unaligned(content []byte) []byte { return trailing.ReplaceAll(content, []byte("$1 //")) }

var trailing = regexp.MustCompile(`(?m)(\S)[ \t]+//`)

// An edit is a TextEdit by offsets.
type edit struct {
	start, end int
	text       string
}

// Apply returns the contents of the files that the fixes of diagnostics change,
// by name. Identical edits count once, as in all drivers; any other overlap is
// an error.
func Apply(fset *token.FileSet, diagnostics []analysis.Diagnostic) (map[string][]byte, error) {
	edits := make(map[string][]edit)
	for _, d := range diagnostics {
		for _, fix := range d.SuggestedFixes {
			for _, e := range fix.TextEdits {
				file := fset.File(e.Pos)
				end := e.End
				if !end.IsValid() {
					end = e.Pos
				}
				edits[file.Name()] = append(edits[file.Name()], edit{file.Offset(e.Pos), file.Offset(end), string(e.NewText)})
			}
		}
	}
	fixed := make(map[string][]byte, len(edits))
	for name, list := range edits {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("applying fixes: %w", err)
		}
		slices.SortFunc(list, func(a, b edit) int {
			return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end), cmp.Compare(a.text, b.text))
		})
		list = slices.Compact(list)
		var out bytes.Buffer
		at := 0
		for i, e := range list {
			if e.start < at || i > 0 && e.start == e.end && list[i-1].start == list[i-1].end && e.start == list[i-1].start {
				return nil, fmt.Errorf("two fixes overlap in %s at offset %d", filepath.Base(name), e.start)
			}
			out.Write(content[at:e.start])
			out.WriteString(e.text)
			at = e.end
		}
		out.Write(content[at:])
		fixed[name] = out.Bytes()
	}
	return fixed, nil
}
