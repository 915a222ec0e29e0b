package ci

import (
	"go/types"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes/internal/known"
)

// TestNamesResolve holds the tables against the real modules, at the versions
// that go.mod names.
func TestNamesResolve(t *testing.T) {
	paths, err := known.Packages()
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for _, path := range paths {
		if path != "" && !known.IsStandard(path) {
			patterns = append(patterns, path)
		}
	}
	mode := packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps
	pkgs, err := packages.Load(&packages.Config{Mode: mode}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]*types.Package{}
	for _, pkg := range pkgs {
		for _, fault := range pkg.Errors {
			t.Errorf("%s: %v", pkg.PkgPath, fault)
		}
		byPath[pkg.PkgPath] = pkg.Types
	}
	wrong, err := known.Verify(func(path string) *types.Package { return byPath[path] })
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Error(w)
	}
	t.Logf("%d packages of third parties", len(byPath))
}
