package errflow

import (
	"go/ast"
	"go/token"
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
	return !strings.HasSuffix(fl.fset.PositionFor(file.Package, false).Filename, "_test.go") && (importsTesting(file) || forTests(fl.pkg) || helpsTests(fl.pkg, fl.fset.PositionFor(file.Package, false).Filename))
}
