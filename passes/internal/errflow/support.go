package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Supports reports whether what stands at pos helps tests, though it is none: see [Func.Support].
func (fl *Flow) Supports(pos token.Pos) bool {
	return slices.ContainsFunc(fl.files, func(f *ast.File) bool {
		return f.FileStart <= pos && pos < f.FileEnd && fl.supportsTests(f)
	})
}

func (fl *Flow) supportsTests(file *ast.File) bool {
	name := fl.fset.PositionFor(file.Package, false).Filename
	return !strings.HasSuffix(name, "_test.go") && (importsTesting(file) || forTests(fl.pkg) || helpsTests(fl.pkg, name))
}

// isTestFile reports whether pos stands in a test file.
func (fl *Flow) isTestFile(pos token.Pos) bool {
	return strings.HasSuffix(fl.fset.Position(pos).Filename, "_test.go")
}

// importsTesting reports whether a file has to do with running tests, by what it imports.
func importsTesting(file *ast.File) bool {
	return slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool {
		return i.Path.Value == `"testing"` || strings.HasPrefix(i.Path.Value, `"github.com/stretchr/testify/`) || strings.HasPrefix(i.Path.Value, `"github.com/onsi/`)
	})
}

// forTests reports whether a package is there for tests, to measure, or to stand in for another, by its name or its place:
// what it does wrong, a test notices.
func forTests(pkg *types.Package) bool {
	switch name := pkg.Name(); name {
	case "attest", "contest", "fastest", "latest", "protest", "test":
	default:
		if strings.HasSuffix(name, "test") || strings.HasPrefix(name, "testutil") { // httptest, iotest
			return true
		}
	}
	for e := range strings.SplitSeq(pkg.Path(), "/") {
		if strings.HasSuffix(e, "-test") || strings.HasSuffix(e, "-tests") {
			return true
		}
		switch e {
		case "testing":
			return pkg.Path() != e // the library that runs tests is no helper of them
		case "integration", "e2e", "testutil", "testutils", "testgen", "fixtures", "test", "tests", "mock", "mocks", "fake", "fakes", "benchmark", "benchmarks":
			return true
		}
	}
	return false
}

// helpsTests reports whether a file is named as those in which packages keep what only their users' tests call.
func helpsTests(pkg *types.Package, name string) bool {
	name = filepath.Base(name)
	return pkg.Path() != "testing" && (name == "testing.go" || strings.HasSuffix(name, "_testing.go"))
}

// testOnly reports whether a function's name says that only tests call it.
func testOnly(name string) bool {
	for _, end := range [...]string{"ForTesting", "ForTest", "ForTests", "_for_testing"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// saidForTests reports whether a function's name or its documentation says that only tests call it.
func saidForTests(d *ast.FuncDecl) bool {
	return testOnly(d.Name.Name) || d.Doc != nil && onlyTests.MatchString(d.Doc.Text())
}

// onlyTests matches documentation that says that a function is there for tests.
var onlyTests = regexp.MustCompile(`(?i)\b(test|tests|testing)[ -]only\b|\bonly (used |meant |called )?(for|in|by|from) (unit[ -])?tests?(ing)?\b|\b(used|called) (by|in|from) (the )?([a-z]+[ _-])?tests?\b`)
