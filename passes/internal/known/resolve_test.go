package known_test

import (
	"go/types"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes/internal/known"
)

// TestStandardNamesResolve holds the tables against the standard library of
// the running Go.
func TestStandardNamesResolve(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes}, "std")
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]*types.Package{}
	for _, pkg := range pkgs {
		byPath[pkg.PkgPath] = pkg.Types
	}
	paths, err := known.Packages()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if path != "" && known.IsStandard(path) && byPath[path] == nil {
			t.Errorf("the tables know %s, which this Go has not", path)
		}
	}
	for path := range byPath {
		if !known.IsStandard(path) {
			t.Errorf("%s is not known to be of the standard library", path)
		}
	}
	wrong, err := known.Verify(func(path string) *types.Package { return byPath[path] })
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Error(w)
	}
}
