package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strings"
)

// jsonSafe reports whether encoding/json cannot fail on what e holds: by its type, as a local map of things each of
// which it cannot fail on, or as what came out of JSON right here.
func (x *Index) jsonSafe(e ast.Expr) bool {
	t := x.info.TypeOf(e)
	return t != nil && (x.jsonType(t) || x.jsonLocal(e))
}

// jsonAlways are types whose marshallers fail only for values that nobody has: a time in the year 10000, an address of
// three bytes.
var jsonAlways = map[string]bool{"time.Time": true, "net.IP": true}

// fullName gives the name of a type with its package's path, or "".
func fullName(t types.Type) string {
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil {
		return n.Obj().Pkg().Path() + "." + n.Obj().Name()
	}
	return ""
}

// jsonType reports whether encoding/json cannot fail on values of type t: no floats (NaN), channels, functions,
// complex numbers, interfaces, own marshallers that may fail, or types that may hold cycles.
func (x *Index) jsonType(t types.Type) bool { return jsonWalk(t, 0, x.infallibleMethod) }

// jsonMethods gives the marshallers that decide whether encoding/json may fail on values of type t.
func jsonMethods(t types.Type) (methods []*types.Func) {
	jsonWalk(t, 0, func(t types.Type, name string) bool {
		if fn, ok := types.NewMethodSet(types.NewPointer(t)).Lookup(nil, name).Obj().(*types.Func); ok {
			methods = append(methods, fn.Origin())
		}
		return true
	})
	return methods
}

// jsonWalk goes through what values of type t hold, as long as it is such that encoding/json cannot fail; own tells that
// of a type's own marshaller.
func jsonWalk(t types.Type, depth int, own func(t types.Type, name string) bool) bool {
	if depth > 5 {
		return false
	}
	if jsonAlways[fullName(t)] {
		return true
	}
	for _, name := range [...]string{"MarshalJSON", "MarshalText"} {
		if types.NewMethodSet(types.NewPointer(t)).Lookup(nil, name) != nil {
			return own(t, name)
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsBoolean|types.IsString|types.IsInteger) != 0
	case *types.Pointer:
		return jsonWalk(u.Elem(), depth+1, own)
	case *types.Slice:
		return jsonWalk(u.Elem(), depth+1, own)
	case *types.Array:
		return jsonWalk(u.Elem(), depth+1, own)
	case *types.Map:
		return jsonKey(u.Key(), own) && jsonWalk(u.Elem(), depth+1, own)
	case *types.Struct:
		for i := range u.NumFields() {
			f := u.Field(i)
			if name, _, _ := strings.Cut(reflect.StructTag(u.Tag(i)).Get("json"), ","); name == "-" || !f.Exported() && !f.Embedded() {
				continue // not encoded
			}
			if !jsonWalk(f.Type(), depth+1, own) {
				return false
			}
		}
		return true
	}
	return false
}

func jsonKey(t types.Type, own func(t types.Type, name string) bool) bool {
	k, ok := t.Underlying().(*types.Basic)
	return ok && k.Info()&(types.IsString|types.IsInteger) != 0 && jsonWalk(t, 0, own)
}

// jsonLocal reports whether e is a local variable that holds a map made here, or what was decoded from JSON here, and
// everything else that the function puts into it is of a type that encoding/json cannot fail on.
func (x *Index) jsonLocal(e ast.Expr) bool {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = ast.Unparen(u.X)
	}
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := x.info.Uses[id].(*types.Var)
	if !ok || !fromJSON(v.Type(), 0) {
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

// fromJSON reports whether JSON says all that there is in values of type t: what it fills holds nothing that has no
// JSON.
func fromJSON(t types.Type, depth int) bool {
	if depth > 5 || types.NewMethodSet(types.NewPointer(t)).Len() > 0 {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsComplex == 0
	case *types.Interface:
		return u.Empty()
	case *types.Slice:
		return fromJSON(u.Elem(), depth+1)
	case *types.Map:
		k, ok := u.Key().Underlying().(*types.Basic)
		return ok && k.Info()&(types.IsString|types.IsInteger) != 0 && fromJSON(u.Elem(), depth+1)
	}
	return false
}

// decodesInto gives what a call fills from JSON, or nil: v of json.Unmarshal(data, &v).
func (x *Index) decodesInto(call *ast.CallExpr) ast.Expr {
	fn := x.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Name() != "Unmarshal" && fn.Name() != "Decode" && fn.Name() != "UnmarshalRead" || len(call.Args) == 0 {
		return nil
	}
	switch fn.Pkg().Path() {
	case "encoding/json", "encoding/json/v2", "github.com/json-iterator/go", "github.com/goccy/go-json", "github.com/segmentio/encoding/json":
		if u, ok := ast.Unparen(call.Args[min(1, len(call.Args)-1)]).(*ast.UnaryExpr); ok && u.Op == token.AND {
			return ast.Unparen(u.X)
		}
	}
	return nil
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
					safe = safe && t != nil && x.jsonType(t)
				}
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if x.info.Defs[name] == v {
					fine[name] = true
					made = made || len(n.Values) > 0
					safe = safe && (len(n.Values) == 0 || len(n.Values) == len(n.Names) && x.madeSafe(n.Values[i]))
				}
			}
		case *ast.CallExpr:
			if into := x.decodesInto(n); into != nil && is(into) {
				fine[into.(*ast.Ident)] = true
				made = true
			}
		case *ast.IndexExpr:
			if is(n.X) {
				fine[ast.Unparen(n.X).(*ast.Ident)] = true
			}
		case *ast.RangeStmt:
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
			if t := x.info.TypeOf(kv.Value); t == nil || !x.jsonType(t) {
				return false
			}
		}
		return true
	}
	return false
}
