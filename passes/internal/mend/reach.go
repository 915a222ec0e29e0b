package mend

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A trust says how a field is used in the package.
type trust uint8

const (
	unused  trust = iota
	called        // methods are called on it as a matter of course
	doubted       // somewhere it is compared with nil
)

// observe notes how fields are used: a logger in a field that may be nil is none to rely on.
func (m *Mender) observe(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
			if f := m.field(sel.X); f != nil && m.fields[f] == unused {
				m.fields[f] = called
			}
		}
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			for _, side := range []ast.Expr{n.X, n.Y} {
				if f := m.field(side); f != nil && (m.info.Types[n.X].IsNil() || m.info.Types[n.Y].IsNil()) {
					m.fields[f] = doubted
				}
			}
		}
	}
}

// field returns the field that e selects, or nil.
func (m *Mender) field(e ast.Expr) *types.Var {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if s := m.info.Selections[sel]; s != nil && s.Kind() == types.FieldVal {
		f, _ := s.Obj().(*types.Var)
		return f
	}
	return nil
}

// reach spells a value at p of the type that the template's logger has: a receiver or a parameter, or a field of one.
func (m *Mender) reach(t *template, p Place) (string, bool) {
	if t.base == nil {
		return "", false
	}
	if id, ok := ast.Unparen(t.base).(*ast.Ident); ok {
		if _, ok := m.info.Uses[id].(*types.PkgName); ok {
			return "", false
		}
	}
	want := m.info.TypeOf(t.base)
	if want == nil {
		return "", false
	}
	var vars []*types.Var
	for _, n := range p.Path {
		fn, ok := p.File.Function([]ast.Node{n})
		if !ok {
			continue
		}
		if recv := fn.Sig.Recv(); recv != nil {
			vars = append(vars, recv)
		}
		for v := range fn.Sig.Params().Variables() {
			vars = append(vars, v)
		}
	}
	visible := func(v *types.Var) bool {
		return v.Name() != "" && v.Name() != "_" && p.File.At(v.Name(), p.pos()) == v
	}
	for _, v := range vars {
		if visible(v) && types.Identical(v.Type(), want) {
			return v.Name(), true
		}
	}
	for _, v := range vars {
		ptr, ok := v.Type().Underlying().(*types.Pointer)
		if !ok || !visible(v) {
			continue
		}
		s, ok := ptr.Elem().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for f := range s.Fields() {
			if m.fields[f] == called && types.Identical(f.Type(), want) {
				return v.Name() + "." + f.Name(), true
			}
		}
	}
	return "", false
}
