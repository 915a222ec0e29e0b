package unit

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"go/version"
	"os"

	"golang.org/x/tools/go/gcexportdata"
)

// A loaded unit is parsed and type-checked.
type loaded struct {
	fset     *token.FileSet
	files    []*ast.File
	pkg      *types.Package
	info     *types.Info
	sizes    types.Sizes
	packages map[string]*types.Package // everything met on the way, by path
	vetx     map[string]vetx           // of the direct imports, by path
}

// load parses and type-checks the unit. Its error joins all that parser or type checker had to say.
func load(cfg *Config) (*loaded, error) {
	l := &loaded{
		fset:     token.NewFileSet(),
		sizes:    types.SizesFor("gc", build.Default.GOARCH),
		packages: make(map[string]*types.Package),
		vetx:     make(map[string]vetx, len(cfg.PackageVetx)),
	}
	var errs []error
	for _, name := range cfg.GoFiles {
		f, err := parser.ParseFile(l.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		l.files = append(l.files, f)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	for path, name := range cfg.PackageVetx {
		x, err := readVetx(name)
		if err != nil {
			return nil, fmt.Errorf("import %q: %w", path, err)
		}
		l.vetx[path] = x
	}

	tc := &types.Config{
		Importer:  importerFunc(func(path string) (*types.Package, error) { return l.importPackage(cfg, path) }),
		Sizes:     l.sizes,
		GoVersion: cfg.GoVersion,
		Error:     func(err error) { errs = append(errs, err) },
	}
	l.info = &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
	var err error
	l.pkg, err = tc.Check(cfg.ImportPath, l.fset, l.files, l.info)
	if err != nil {
		if len(errs) == 0 {
			return nil, err
		}
		return nil, errors.Join(errs...) // err is the first of them
	}
	return l, nil
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// importPackage finds the types of an import: in the compiler's export data if the go command handed it over, else in
// what the import's own unit left.
func (l *loaded) importPackage(cfg *Config, importPath string) (*types.Package, error) {
	path, ok := cfg.ImportMap[importPath] // vendoring, test variants
	if !ok {
		return nil, fmt.Errorf("the go command did not resolve the import %q", importPath)
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := l.packages[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	if name, ok := cfg.PackageFile[path]; ok {
		return l.readExportData(name, path)
	}
	if x := l.vetx[path]; len(x.types) > 0 {
		return gcexportdata.Read(bytes.NewReader(x.types), l.fset, l.packages, path)
	}
	return nil, fmt.Errorf("the go command handed over no types of %q", path)
}

func (l *loaded) readExportData(name, path string) (*types.Package, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("types of %q: %w", path, err)
	}
	defer f.Close() // it was only read
	// NewReader is deprecated because compilers from go1.28 on will write export data in another place. Go that new
	// gets types from the units themselves: see writesTypes.
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("types of %q: %w", path, err)
	}
	return gcexportdata.Read(r, l.fset, l.packages, path)
}

// writesTypes reports whether units have to leave their types for those that import them: whether the go command that
// runs this tool may not hand over readable export data. It tells its version to every tool it starts.
func writesTypes() bool {
	v := os.Getenv("GOVERSION")
	return !version.IsValid(v) || version.Compare(version.Lang(v), "go1.28") >= 0
}

// exportTypes returns the types of the unit as importPackage reads them.
func (l *loaded) exportTypes() ([]byte, error) {
	var buf bytes.Buffer
	if err := gcexportdata.Write(&buf, l.fset, l.pkg); err != nil {
		return nil, fmt.Errorf("exporting types of %s: %w", l.pkg.Path(), err)
	}
	return buf.Bytes(), nil
}
