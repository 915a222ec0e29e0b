package ci

import (
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestFakesAreTrue holds the stand-ins that testdata uses against the real
// modules: every function and method they export exists there, with the same
// parameters and results.
func TestFakesAreTrue(t *testing.T) {
	testdata := filepath.Join("..", "..", "testdata")
	root := filepath.Join(testdata, "fakes")
	var paths []string
	err := filepath.WalkDir(root, func(file string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if dir := filepath.Dir(file); strings.HasSuffix(file, ".go") {
			rel, err := filepath.Rel(root, dir)
			if err != nil {
				return err
			}
			paths = append(paths, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	fakes, real := load(t, testdata, paths), load(t, ".", paths)
	compared := 0
	for path, fake := range fakes {
		twin := real[path]
		if twin == nil {
			t.Errorf("no module here has package %s", path)
			continue
		}
		for name, signature := range exported(fake) {
			compared++
			if other := exported(twin)[name]; other != signature {
				t.Errorf("%s: %s%s is really %q", path, name, signature, other)
			}
		}
	}
	t.Logf("%d functions in %d packages", compared, len(fakes))
}

func load(t *testing.T, dir string, paths []string) map[string]*types.Package {
	mode := packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps
	pkgs, err := packages.Load(&packages.Config{Mode: mode, Dir: dir}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]*types.Package{}
	for _, pkg := range pkgs {
		for _, fault := range pkg.Errors {
			t.Errorf("%s in %s: %v", pkg.PkgPath, dir, fault)
		}
		byPath[pkg.PkgPath] = pkg.Types
	}
	return byPath
}

// exported gives the signatures of a package's exported functions and methods,
// without the names of parameters.
func exported(pkg *types.Package) map[string]string {
	found := map[string]string{}
	add := func(name string, fn *types.Func) {
		if fn.Exported() {
			found[name] = shape(fn.Signature())
		}
	}
	for _, name := range pkg.Scope().Names() {
		switch obj := pkg.Scope().Lookup(name).(type) {
		case *types.Func:
			add(name, obj)
		case *types.TypeName:
			named, ok := obj.Type().(*types.Named)
			if !ok || !obj.Exported() {
				continue
			}
			set := types.NewMethodSet(types.NewPointer(named))
			if types.IsInterface(named) {
				set = types.NewMethodSet(named)
			}
			for m := range set.Methods() {
				add(name+"."+m.Obj().Name(), m.Obj().(*types.Func))
			}
		}
	}
	return found
}

func shape(sig *types.Signature) string {
	tuple := func(t *types.Tuple) string {
		var parts []string
		for v := range t.Variables() {
			parts = append(parts, strings.ReplaceAll(types.TypeString(v.Type(), nil), "interface{}", "any"))
		}
		return "(" + strings.Join(parts, ", ") + ")"
	}
	dots := ""
	if sig.Variadic() {
		dots = "..."
	}
	return tuple(sig.Params()) + dots + tuple(sig.Results())
}
