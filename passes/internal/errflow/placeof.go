package errflow

import (
	"go/ast"
	"go/types"
)

func (b *builder) placeOfVar(v *types.Var) *place {
	if v == nil {
		return nil
	}
	if p, ok := b.g.byVar[v]; ok {
		return p
	}
	if v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() || v.Name() == "_" {
		return nil // package variables are sentinels or shared state, not the life of one error
	}
	var k placeKind
	switch {
	case isError(v.Type()):
		k = errorPlace
	case isErrorSlice(v.Type()):
		k = slicePlace
	case isBool(v.Type()):
		k = flagPlace
	case b.fl.isConcrete(v.Type()):
		k = concretePlace
	default:
		return nil
	}
	return b.addPlace(k, v)
}

func (b *builder) addPlace(k placeKind, v *types.Var) *place {
	p := b.g.newPlace(k, v, "", v.Name())
	p.captured = v.Pos() < b.f.Node.Pos() || v.Pos() >= b.f.Node.End()
	b.g.byVar[v] = p
	return p
}

// peer returns the place for another result of a failing call.
func (b *builder) peer(e ast.Expr) *place {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := b.info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Name() == "_" || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return nil
	}
	if p, ok := b.g.byVar[v]; ok {
		return p
	}
	if k := b.placeOfVar(v); k != nil {
		return k
	}
	return b.addPlace(peerPlace, v)
}

// foresee makes places of the variables and fields that take what a failing call gives beside its error, where that is
// nothing if there is an error: the head of a loop asks what its body is given later.
func (b *builder) foresee() {
	ast.Inspect(b.f.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok || len(s.Lhs) < 2 || len(s.Rhs) != 1 {
			_, lit := n.(*ast.FuncLit)
			return !lit
		}
		call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
		if !ok {
			return true
		}
		idx := b.know.ErrorResult(call)
		for i, l := range s.Lhs {
			if idx < 0 || i == idx || isBlank(l) {
				continue
			}
			switch b.info.TypeOf(l).Underlying().(type) {
			case *types.Pointer, *types.Interface, *types.Map, *types.Signature, *types.Chan, *types.Slice:
				if b.peer(l) == nil && b.placeOf(l) == nil {
					b.fieldPeer(l)
				}
			}
		}
		return true
	})
}

// fieldPeer returns the place for a result that goes into a field, so that what is asked of it is seen. How it is used is
// not followed: whoever holds the struct may use it at any time.
func (b *builder) fieldPeer(e ast.Expr) *place {
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		if k, ok := b.path(sel); ok {
			return b.pathOf(peerPlace, k, exprText(sel))
		}
	}
	return nil
}

// placeOf returns the place an expression names, or nil.
func (b *builder) placeOf(e ast.Expr) *place {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, _ := b.info.ObjectOf(e).(*types.Var)
		return b.placeOfVar(v)
	case *ast.SelectorExpr:
		t := b.info.TypeOf(e)
		if t == nil || !isError(t) {
			return nil
		}
		if k, ok := b.path(e); ok {
			return b.pathPlace(k, exprText(e))
		}
	}
	return nil
}

func (b *builder) pathPlace(k pathKey, name string) *place { return b.pathOf(errorPlace, k, name) }

func (b *builder) pathOf(kind placeKind, k pathKey, name string) *place {
	if p, ok := b.g.byPath[k]; ok {
		return p
	}
	p := b.g.newPlace(kind, k.root, k.path, name)
	p.captured = k.root.Pos() < b.f.Node.Pos() || k.root.Pos() >= b.f.Node.End()
	b.g.byPath[k] = p
	return p
}

// path resolves x.f.g to its root variable and chain of fields.
func (b *builder) path(e *ast.SelectorExpr) (pathKey, bool) {
	sel, ok := b.info.Selections[e]
	if !ok || sel.Kind() != types.FieldVal {
		return pathKey{}, false
	}
	switch x := ast.Unparen(e.X).(type) {
	case *ast.Ident:
		v, ok := b.info.ObjectOf(x).(*types.Var)
		if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
			return pathKey{}, false
		}
		return pathKey{v, "." + e.Sel.Name}, true
	case *ast.SelectorExpr:
		k, ok := b.path(x)
		k.path += "." + e.Sel.Name
		return k, ok
	}
	return pathKey{}, false
}
