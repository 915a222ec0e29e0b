package known

import (
	"go/ast"
	"go/types"
	"strings"
)

// Remote reports whether the call's error may have come over a wire: that of a gRPC stub or stream, or of a client for
// remote procedure calls. Only its text and a code are left of what failed at the other end, so errors.Is finds nothing
// in it.
func (x *Index) Remote(call *ast.CallExpr) bool {
	fn := x.Callee(call)
	if fn == nil {
		return false
	}
	sig := fn.Signature()
	if n := sig.Params().Len(); sig.Variadic() && n > 0 {
		if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			if obj := typeName(s.Elem()); obj != nil && obj.Name() == "CallOption" {
				return true
			}
		}
	}
	recv := sig.Recv()
	if recv == nil {
		return false
	}
	if obj, _, _ := types.LookupFieldOrMethod(recv.Type(), true, fn.Pkg(), "RecvMsg"); obj != nil {
		return true
	}
	obj := typeName(recv.Type())
	return obj != nil && obj.Name() == "Client" && obj.Pkg() != nil && strings.HasSuffix(obj.Pkg().Path(), "rpc") && strings.HasPrefix(fn.Name(), "Call")
}
