package known

import (
	"go/ast"
	"go/types"
	"reflect"
	"strings"
)

// jsonSafe reports whether encoding/json cannot fail on what e holds: by its type, or as a local map of things
// each of which it cannot fail on.
func (x *Index) jsonSafe(e ast.Expr) bool {
	t := x.info.TypeOf(e)
	return t != nil && (x.jsonType(t, 0) || x.jsonMap(e))
}

// jsonType reports whether encoding/json cannot fail on values of type t: no floats (NaN), channels, functions,
// complex numbers, interfaces, own marshallers that may fail, or types that may hold cycles.
func (x *Index) jsonType(t types.Type, depth int) bool {
	if depth > 5 {
		return false
	}
	for _, own := range [...]string{"MarshalJSON", "MarshalText"} {
		if types.NewMethodSet(types.NewPointer(t)).Lookup(nil, own) != nil {
			return x.infallibleMethod(t, own)
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsBoolean|types.IsString|types.IsInteger) != 0
	case *types.Pointer:
		return x.jsonType(u.Elem(), depth+1)
	case *types.Slice:
		return x.jsonType(u.Elem(), depth+1)
	case *types.Array:
		return x.jsonType(u.Elem(), depth+1)
	case *types.Map:
		return x.jsonKey(u.Key()) && x.jsonType(u.Elem(), depth+1)
	case *types.Struct:
		for i := range u.NumFields() {
			f := u.Field(i)
			if name, _, _ := strings.Cut(reflect.StructTag(u.Tag(i)).Get("json"), ","); name == "-" || !f.Exported() && !f.Embedded() {
				continue // not encoded
			}
			if !x.jsonType(f.Type(), depth+1) {
				return false
			}
		}
		return true
	}
	return false
}

func (x *Index) jsonKey(t types.Type) bool {
	k, ok := t.Underlying().(*types.Basic)
	return ok && k.Info()&(types.IsString|types.IsInteger) != 0 && x.jsonType(t, 0)
}

// jsonMap reports whether e is a local variable that holds a map made here, and everything that the function puts
// into it is of a type that encoding/json cannot fail on.
func (x *Index) jsonMap(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := x.info.Uses[id].(*types.Var)
	if !ok {
		return false
	}
	m, ok := v.Type().Underlying().(*types.Map)
	if !ok || !types.IsInterface(m.Elem()) || !x.jsonKey(m.Key()) {
		return false
	}
	cur, ok := x.syntax.Root().FindByPos(id.Pos(), id.End())
	if !ok {
		return false
	}
	for d := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		return v.Pos() > d.Node().(*ast.FuncDecl).Type.End() && x.onlySafe(d.Node(), id, v)
	}
	return false
}

// onlySafe reports whether v, which id passes on, is otherwise only made, put into and asked.
func (x *Index) onlySafe(body ast.Node, id *ast.Ident, v *types.Var) bool {
	is := func(e ast.Expr) bool {
		n, ok := ast.Unparen(e).(*ast.Ident)
		return ok && x.info.ObjectOf(n) == v
	}
	fine := map[*ast.Ident]bool{id: true}
	safe, made := true, false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				if is(l) {
					fine[ast.Unparen(l).(*ast.Ident)] = true
					made = true
					safe = safe && len(n.Rhs) == len(n.Lhs) && x.madeSafe(n.Rhs[i])
				}
				if at, ok := ast.Unparen(l).(*ast.IndexExpr); ok && is(at.X) {
					t := types.Type(nil)
					if len(n.Rhs) == len(n.Lhs) {
						t = x.info.TypeOf(n.Rhs[i])
					}
					safe = safe && t != nil && x.jsonType(t, 0)
				}
			}
		case *ast.IndexExpr:
			if is(n.X) {
				fine[ast.Unparen(n.X).(*ast.Ident)] = true
			}
		}
		return safe
	})
	ast.Inspect(body, func(n ast.Node) bool {
		if n, ok := n.(*ast.Ident); ok && x.info.ObjectOf(n) == v && !fine[n] {
			safe = false // somebody else may put something into it
		}
		return safe
	})
	return safe && made
}

// madeSafe reports whether e makes a map: an empty one, or one of safe values.
func (x *Index) madeSafe(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		id, ok := ast.Unparen(e.Fun).(*ast.Ident)
		return ok && x.info.Uses[id] == types.Universe.Lookup("make")
	case *ast.CompositeLit:
		for _, el := range e.Elts {
			kv, ok := el.(*ast.KeyValueExpr)
			if !ok {
				return false
			}
			if t := x.info.TypeOf(kv.Value); t == nil || !x.jsonType(t, 0) {
				return false
			}
		}
		return true
	}
	return false
}
