package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// RoleOf says who calls the declared function, also where it has nothing to do with errors and so is not among
// [Flow.Funcs]. Of a literal the statement around it tells more than a flow could.
func (fl *Flow) RoleOf(d *ast.FuncDecl, inTest bool) Role {
	obj, ok := fl.info.Defs[d.Name].(*types.Func)
	if !ok {
		return Plain // does not type-check
	}
	return fl.roleOf(d, obj, inTest)
}

// Supports reports whether what stands at pos helps tests, though it is none: see [Func.Support].
func (fl *Flow) Supports(pos token.Pos) bool {
	return slices.ContainsFunc(fl.files, func(f *ast.File) bool {
		return f.FileStart <= pos && pos < f.FileEnd && fl.supportsTests(f)
	})
}

func (fl *Flow) supportsTests(file *ast.File) bool {
	return !strings.HasSuffix(fl.fset.PositionFor(file.Package, false).Filename, "_test.go") && (importsTesting(file) || forTests(fl.pkg) || helpsTests(fl.pkg, fl.fset.PositionFor(file.Package, false).Filename))
}

// IsHandler reports whether sig is that of a net/http handler.
func IsHandler(sig *types.Signature) bool { return isHandler(sig) }
