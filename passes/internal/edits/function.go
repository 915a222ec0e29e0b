package edits

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Function is the function around a place, as it is written.
type Function struct {
	Node ast.Node // *ast.FuncDecl or *ast.FuncLit
	Type *ast.FuncType
	Body *ast.BlockStmt
	Sig  *types.Signature
	// Err is the index of the result of type error, if there is one and it is the last; otherwise -1.
	Err int
	// Defer is the defer statement that runs the literal, if one does where it stands.
	Defer *ast.DeferStmt
	// Outer holds the nodes around the function.
	Outer []ast.Node
}

// Function returns the innermost function among the nodes of a path.
func (f *File) Function(path []ast.Node) (*Function, bool) {
	for i, n := range path {
		fn := &Function{Node: n, Err: -1, Outer: path[i+1:]}
		switch n := n.(type) {
		case *ast.FuncDecl:
			fn.Type, fn.Body = n.Type, n.Body
			if obj, ok := f.Info.Defs[n.Name].(*types.Func); ok {
				fn.Sig = obj.Signature()
			}
		case *ast.FuncLit:
			fn.Type, fn.Body = n.Type, n.Body
			fn.Sig, _ = f.Info.TypeOf(n).(*types.Signature)
			if len(path) > i+2 {
				if call, ok := path[i+1].(*ast.CallExpr); ok && call.Fun == n {
					fn.Defer, _ = path[i+2].(*ast.DeferStmt)
				}
			}
		default:
			continue
		}
		if fn.Sig == nil || fn.Body == nil {
			return nil, false
		}
		if last := fn.Sig.Results().Len() - 1; last >= 0 && IsError(fn.Sig.Results().At(last).Type()) {
			fn.Err = last
			for i := range last {
				if IsError(fn.Sig.Results().At(i).Type()) {
					fn.Err = -1
				}
			}
		}
		return fn, true
	}
	return nil, false
}

// IsError reports whether t is the predeclared error.
func IsError(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

// Return spells the statement that leaves fn at pos with err as its error. The other results are what they hold if
// they have names, and zero otherwise.
func (f *File) Return(fn *Function, pos token.Pos, err string) (string, bool) {
	if fn.Err < 0 {
		return "", false
	}
	var values []string
	for i := range fn.Err {
		v := fn.Sig.Results().At(i)
		if name := v.Name(); name != "" && name != "_" && f.At(name, pos) == v {
			values = append(values, name)
			continue
		}
		zero, ok := f.Zero(v.Type(), pos)
		if !ok {
			return "", false
		}
		values = append(values, zero)
	}
	return "return " + strings.Join(append(values, err), ", "), true
}

// Result returns the name under which fn's error result reads at pos, and the edits that name it if it has none. A
// type stays the same with a name, so callers do not notice.
func (f *File) Result(fn *Function, pos token.Pos) (name string, add []analysis.TextEdit, ok bool) {
	if fn.Err < 0 {
		return "", nil, false
	}
	v := fn.Sig.Results().At(fn.Err)
	if v.Name() != "" {
		return v.Name(), nil, v.Name() != "_" && f.At(v.Name(), pos) == v
	}
	for _, name := range []string{"err", "retErr", "returnErr"} {
		if Mentions(fn.Node, name) || f.At(name, fn.Body.Pos()) != nil {
			continue
		}
		list := fn.Type.Results
		for i, field := range list.List {
			if i < len(list.List)-1 {
				add = append(add, Insert(field.Type.Pos(), "_ "))
				continue
			}
			text := name + " "
			if !list.Opening.IsValid() {
				text = "(" + text
				add = append(add, Insert(field.Type.End(), ")"))
			}
			add = append(add, Insert(field.Type.Pos(), text))
		}
		return name, add, true
	}
	return "", nil, false
}
