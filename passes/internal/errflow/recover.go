package errflow

import (
	"go/ast"
	"go/types"
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

// IsHandler reports whether sig is that of a net/http handler.
func IsHandler(sig *types.Signature) bool { return isHandler(sig) }
