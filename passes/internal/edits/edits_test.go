package edits_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
)

// One file set and importer for all tests: packages are read from source, each once.
var (
	fset    = token.NewFileSet()
	sources = importer.ForCompiler(fset, "source", nil)
)

// open type-checks src as one file of a package at a Go version and opens it.
func open(t *testing.T, src, version string) (*analysis.Pass, *edits.File) {
	t.Helper()
	return openWith(t, src, version, sources)
}

func openWith(t *testing.T, src, version string, imports types.Importer) (*analysis.Pass, *edits.File) {
	t.Helper()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: imports, GoVersion: version, Error: func(error) {}}
	pkg, _ := conf.Check("p", fset, []*ast.File{file}, info) // unused imports are no matter here
	pass := &analysis.Pass{
		Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		ReadFile: func(string) ([]byte, error) { return []byte(src), nil },
	}
	f, ok := edits.Open(pass, file.Package)
	if !ok {
		t.Fatal("the file cannot be opened")
	}
	return pass, f
}

// apply makes edits in src.
func apply(t *testing.T, pass *analysis.Pass, src string, list []analysis.TextEdit) string {
	t.Helper()
	file := pass.Fset.File(pass.Files[0].Package)
	slices.SortFunc(list, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
	var out strings.Builder
	at := 0
	for i, e := range list {
		if i > 0 && e.Pos == list[i-1].Pos {
			t.Errorf("two edits begin at one place: %q and %q", list[i-1].NewText, e.NewText)
		}
		if file.Offset(e.Pos) < at {
			t.Errorf("edits overlap at %q", e.NewText)
			continue
		}
		out.WriteString(src[at:file.Offset(e.Pos)])
		out.Write(e.NewText)
		at = file.Offset(e.End)
	}
	return out.String() + src[at:]
}

// An import is added where gofmt wants it, whatever other import another fix adds.
func TestQualify(t *testing.T) {
	for _, header := range []string{
		"package p\n",
		"package p // why\n",
		"package p\n\nimport \"os\"\n",
		"package p\n\nimport \"bytes\" // for buffers\n",
		"package p\n\nimport \"bytes\"\nimport \"os\"\n",
		"package p\n\nimport (\n\t\"bytes\"\n\t\"os\"\n)\n",
		"package p\n\nimport (\n\t\"os\"\n)\n",
		"package p\n\nimport (\n\t\"bytes\" // for buffers\n)\n",
		"package p\n\nimport (\n\t\"bytes\"\n\n\t\"example.com/zap\"\n)\n",
		"package p\n\nimport (\n\t\"example.com/zap\"\n\n\t\"os\"\n)\n",
		"package p\n\nimport (\n\t\"example.com/zap\"\n)\n",
		"package p\n\nimport (\n\t\"bytes\"\n\tstdos \"os\"\n\t\"strings\"\n)\n",
		"package p\n\nimport (\n\t. \"errors\"\n\t_ \"fmt\"\n)\n",
		"package p\n\nimport (\n\t\"context\"\n\t\"net/http\"\n\t\"slices\"\n)\n",
		"package p\n\n// Cgo.\nimport \"C\"\n\nimport (\n\t\"os\"\n)\n",
	} {
		for _, want := range [][]string{{"errors"}, {"fmt"}, {"runtime/debug"}, {"errors", "fmt"}, {"errors", "fmt", "runtime/debug"}} {
			src := header + "\nfunc f() {}\n"
			pass, f := open(t, src, "go1.26")
			var list []analysis.TextEdit
			added := 0
			for _, path := range want {
				pos := pass.Files[0].End() - 2
				name, add, ok := f.Qualify(path, "Join", pos)
				if !ok {
					if path != "runtime/debug" { // withheld where two imports leave it no place
						t.Errorf("%q: %s cannot be imported", header, path)
					}
					continue
				}
				added++
				if !strings.HasSuffix(path, name) {
					t.Errorf("%q: %s is called %s", header, path, name)
				}
				list = append(list, add...)
			}
			got := apply(t, pass, src, list)
			formatted, err := format.Source([]byte(got))
			if err != nil {
				t.Errorf("%q with %v: %v", header, want, err)
			} else if !bytes.Equal(formatted, []byte(got)) {
				t.Errorf("%q with %v is not formatted:\n%s", header, want, got)
			}
			if n := strings.Count(got, "\"errors\"") + strings.Count(got, "\"fmt\"") + strings.Count(got, "\"runtime/debug\""); n != added+strings.Count(header, "\"errors\"")+strings.Count(header, "\"fmt\"") {
				t.Errorf("%q with %v has %d new imports, want %d:\n%s", header, want, n, added, got)
			}
		}
	}
}

// A package of the companion goes to the imports of modules, whatever else is imported at the same time.
func TestQualifyCompanion(t *testing.T) {
	const boundary, retry = "github.com/errvet/errvet/fault/boundary", "github.com/errvet/errvet/fault/retry"
	for _, test := range []struct {
		header string
		want   string // what becomes of it with both, "" if nothing may be said
	}{
		{"package p\n", ""},
		{"package p\n\nimport \"os\"\n", ""},
		{"package p\n\nimport (\n\t\"example.com/zap\"\n)\n", ""},
		{"package p\n\nimport (\n\t\"bytes\"\n)\n", ""},
		{"package p\n\nimport (\n\t\"net/http\"\n\t\"os\"\n)\n", "(\n\t\"net/http\"\n\t\"os\"\n\n\t\"" + boundary + "\"\n)\n\nimport \"" + retry + "\"\n"},
		{"package p\n\nimport (\n\t\"os\"\n\n\t\"example.com/zap\"\n)\n", "(\n\t\"os\"\n\n\t\"example.com/zap\"\n\t\"" + boundary + "\"\n\t\"" + retry + "\"\n)"},
		{"package p\n\nimport (\n\t\"os\"\n\n\t\"go.uber.org/zap\"\n)\n", "(\n\t\"os\"\n\n\t\"" + boundary + "\"\n\t\"" + retry + "\"\n\t\"go.uber.org/zap\"\n)"},
		{"package p\n\nimport (\n\t\"os\"\n\n\t\"go.uber.org/zap\"\n\n\t\"github.com/errvet/errvet/fault/oplog\"\n)\n", "zap\"\n\n\t\"" + boundary + "\"\n\t\"github.com/errvet/errvet/fault/oplog\"\n\t\"" + retry + "\"\n)"},
		{"package p\n\nimport (\n\t\"github.com/errvet/errvet/fault/oplog\"\n\t\"os\"\n)\n", "oplog\"\n\t\"os\"\n\n\t\"" + boundary + "\"\n)\n\nimport \"" + retry + "\"\n"},
	} {
		src := test.header + "\nfunc f() {}\n"
		for _, want := range [][]string{{boundary}, {retry}, {boundary, retry}, {"errors", "fmt", "runtime/debug", boundary, retry}} {
			pass, f := open(t, src, "go1.26")
			var list []analysis.TextEdit
			added := 0
			for _, path := range want {
				if name, add, ok := f.Qualify(path, "Call", pass.Files[0].End()-2); ok {
					added++
					list = append(list, add...)
					if !strings.HasSuffix(path, name) {
						t.Errorf("%q: %s is called %s", test.header, path, name)
					}
				}
			}
			got := apply(t, pass, src, list)
			formatted, err := format.Source([]byte(got))
			if err != nil {
				t.Errorf("%q with %v: %v", test.header, want, err)
			} else if !bytes.Equal(formatted, []byte(got)) {
				t.Errorf("%q with %v is not formatted:\n%s", test.header, want, got)
			}
			if len(want) == 2 && (!strings.Contains(got, test.want) || (added == 2) != (test.want != "")) {
				t.Errorf("%q with %v, %d of them:\n%s\nwant in it:\n%s", test.header, want, added, got, test.want)
			}
		}
	}
}

// A name that means something else is not used.
func TestQualifyShadowed(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"plain", "import \"errors\"\n\nfunc f() { MARK() }", "errors"},
		{"renamed", "import stderrors \"errors\"\n\nfunc f() { MARK() }", "stderrors"},
		{"local", "import \"errors\"\n\nfunc f() { errors := 1; MARK(errors) }", ""},
		{"parameter", "func f(errors []error) { MARK() }", ""},
		{"package level", "var errors = 1\n\nfunc f() { MARK() }", ""},
		{"other package", "import errors \"bytes\"\n\nfunc f() { MARK() }", ""},
		{"dot", "import . \"errors\"\n\nfunc f() { MARK() }", "errors"},
		{"absent", "func f() { MARK() }", "errors"},
	} {
		t.Run(test.name, func(t *testing.T) {
			pass, f := open(t, "package p\n\n"+test.src+"\n\nfunc MARK(...any) {}\n", "go1.26")
			if got, _, ok := f.Qualify("errors", "Join", mark(pass.Files[0])); got != test.want || ok != (test.want != "") {
				t.Errorf("got %q, %t, want %q", got, ok, test.want)
			}
		})
	}
}

// A package that goes by the name of errors is taken for it only where its function means the same.
func TestQualifyForeign(t *testing.T) {
	const decls = `package errors

func Is(err, target error) bool { return false }
func As(e error, target interface{}) bool { return false }
func Join(first error, rest ...error) error { return nil }
`
	file, err := parser.ParseFile(fset, "errors.go", decls, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := (&types.Config{}).Check("example.com/errors", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	own := func(path string) (*types.Package, error) {
		if path == "example.com/errors" {
			return pkg, nil
		}
		return sources.Import(path)
	}
	pass, f := openWith(t, "package p\n\nimport \"example.com/errors\"\n\nfunc f() { MARK(errors.Is) }\n\nfunc MARK(...any) {}\n", "go1.26", importerFunc(own))
	for fn, want := range map[string]bool{"Is": true, "As": true, "Join": false, "AsType": false, "New": false} {
		if _, _, ok := f.Qualify("errors", fn, mark(pass.Files[0])); ok != want {
			t.Errorf("errors.%s: got %t, want %t", fn, ok, want)
		}
	}
}

type importerFunc func(string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// mark finds the call of MARK.
func mark(file *ast.File) (pos token.Pos) {
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "MARK" {
				pos = call.Pos()
			}
		}
		return true
	})
	return pos
}

// The statement that returns an error has the right zero values, and compiles.
func TestReturn(t *testing.T) {
	const decls = `
type point struct{ x, y int }
type list [3]int
type name string
type alias = point
type set[T comparable] map[T]bool
type pair[A, B any] struct { a A; b B }
`
	for _, test := range []struct{ signature, want string }{
		{"() error", "return err"},
		{"() (int, error)", "return 0, err"},
		{"() (n int, err error)", "return n, err"},
		{"() (_ int, err error)", "return 0, err"},
		{"() (a, b string, c bool, err error)", "return a, b, c, err"},
		{"() (string, bool, float64, complex128, rune, error)", `return "", false, 0, 0, 0, err`},
		{"() (*point, []int, map[string]int, chan int, func(), any, error)", "return nil, nil, nil, nil, nil, nil, err"},
		{"() (point, list, name, alias, error)", `return point{}, list{}, "", alias{}, err`},
		{"() (struct{}, [2]string, error)", "return struct{}{}, [2]string{}, err"},
		{"() (struct{ A, B int }, error)", ""},
		{"[T any]() (T, error)", "return *new(T), err"},
		{"[T comparable]() (set[T], pair[T, int], error)", "return nil, pair[T, int]{}, err"},
		{"() (time.Time, time.Duration, *time.Timer, error)", "return time.Time{}, 0, nil, err"},
		{"() (error, int)", ""},
		{"() (error, error)", ""},
		{"() int", ""},
		{"()", ""},
	} {
		src := "package p\n\nimport \"time\"\n\nvar _ time.Time\n" + decls + "\nfunc f" + test.signature + " { MARK(); panic(1) }\n\nfunc MARK(...any) {}\n"
		pass, f := open(t, src, "go1.26")
		path := f.Path(callAt(pass.Files[0]))
		fn, ok := f.Function(path)
		if !ok {
			t.Fatalf("%s: no function", test.signature)
		}
		got, _ := f.Return(fn, path[0].Pos(), "err")
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.signature, got, test.want)
		}
		if got == "" {
			continue
		}
		fixed := strings.Replace(src, "MARK();", fmt.Sprintf("MARK(); if err := error(nil); err != nil { %s };", got), 1)
		check(t, fixed)
	}
	// Names that mean something else where the statement stands.
	for _, src := range []string{
		"func f() (point, error) { type point int; MARK(point(1)); panic(1) }",
		"func f() (point, error) { point := 1; MARK(point); panic(1) }",
		"func f() (*int, error) { nil := 1; MARK(nil); panic(1) }",
		"func f() (bool, error) { false := 1; MARK(false); panic(1) }",
		"func f[T any]() (T, error) { new := 1; MARK(new); panic(1) }",
	} {
		pass, f := open(t, "package p\n"+decls+src+"\n\nfunc MARK(...any) {}\n", "go1.26")
		path := f.Path(callAt(pass.Files[0]))
		fn, _ := f.Function(path)
		if got, ok := f.Return(fn, path[0].Pos(), "err"); ok {
			t.Errorf("%s: got %q, want none", src, got)
		}
	}
}

func callAt(file *ast.File) (call *ast.CallExpr) {
	at := mark(file)
	ast.Inspect(file, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && c.Pos() == at {
			call = c
		}
		return true
	})
	return call
}

func check(t *testing.T, src string) {
	t.Helper()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Errorf("%v\n%s", err, src)
		return
	}
	conf := types.Config{Importer: sources}
	if _, err := conf.Check("p", fset, []*ast.File{file}, nil); err != nil {
		t.Errorf("%v\n%s", err, src)
	}
}

// A result gets a name nobody uses, and keeps the one it has.
func TestResult(t *testing.T) {
	for _, test := range []struct{ src, name, want string }{
		{"func f() error { MARK(); return nil }", "err", "func f() (err error) { MARK(); return nil }"},
		{"func f() (int, error) { MARK(); return 0, nil }", "err", "func f() (_ int, err error) { MARK(); return 0, nil }"},
		{"func f() (error) { MARK(); return nil }", "err", "func f() (err error) { MARK(); return nil }"},
		{"func f() error { var err error; MARK(err); return err }", "retErr", "func f() (retErr error) { var err error; MARK(err); return err }"},
		{"func f() (err error) { MARK(); return nil }", "err", "func f() (err error) { MARK(); return nil }"},
		{"func f() (e error) { { e := 1; MARK(e) }; return nil }", "", ""},
		{"func f() (_ error) { MARK(); return nil }", "", ""},
		{"func f() (err, retErr int, returnErr error) { MARK(); return }", "returnErr", ""},
		{"func f() { MARK() }", "", ""},
		{"var err, retErr, returnErr error\n\nfunc f() error { MARK(); return nil }", "", ""},
	} {
		src := "package p\n\n" + test.src + "\n\nfunc MARK(...any) {}\n"
		pass, f := open(t, src, "go1.26")
		path := f.Path(callAt(pass.Files[0]))
		fn, _ := f.Function(path)
		name, add, ok := f.Result(fn, path[0].Pos())
		if name != test.name && ok {
			t.Errorf("%s: got %q, want %q", test.src, name, test.name)
		}
		if ok != (test.name != "") {
			t.Errorf("%s: got %t", test.src, ok)
		}
		if ok && test.want != "" {
			if got := apply(t, pass, src, add); !strings.Contains(got, test.want) {
				t.Errorf("got %s", got)
			}
		}
	}
}

// A file may say that it is older or newer than its module.
func TestHas(t *testing.T) {
	for _, test := range []struct {
		module, constraint string
		want               string // the newest of these that the file has
	}{
		{"go1.19", "", "go1.19"}, {"go1.21", "", "go1.21"}, {"go1.25", "", "go1.25"}, {"go1.26", "", "go1.26"},
		{"go1.21.3", "", "go1.21"}, {"go1.21", "//go:build go1.25\n\n", "go1.25"}, {"go1.26", "//go:build go1.21\n\n", "go1.21"},
	} {
		_, f := open(t, test.constraint+"package p\n", test.module)
		got := ""
		for _, release := range []string{"go1.19", "go1.20", "go1.21", "go1.22", "go1.25", "go1.26"} {
			if f.Has(release) {
				got = release
			}
		}
		if got != test.want {
			t.Errorf("module at %s, file with %q: has %s, want %s", test.module, test.constraint, got, test.want)
		}
	}
}
