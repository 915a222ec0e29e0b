package edits

import (
	"go/token"
	"go/types"
)

// Type spells a type as it reads at pos.
func (f *File) Type(t types.Type, pos token.Pos) (string, bool) {
	if !f.speakable(t, pos) {
		return "", false
	}
	return types.TypeString(t, func(p *types.Package) string {
		if p == f.Pkg {
			return ""
		}
		name, _ := f.PackageAt(p.Path(), pos)
		return name
	}), true
}

// speakable reports whether every name in t means at pos what it means in t.
func (f *File) speakable(t types.Type, pos token.Pos) bool {
	switch t := t.(type) {
	case *types.Basic:
		return t.Kind() != types.UnsafePointer && f.Predeclared(pos, t.Name())
	case *types.Named:
		return f.named(t.Obj(), t.TypeArgs(), pos)
	case *types.Alias:
		return f.named(t.Obj(), t.TypeArgs(), pos)
	case *types.TypeParam:
		return f.At(t.Obj().Name(), pos) == t.Obj()
	case *types.Pointer:
		return f.speakable(t.Elem(), pos)
	case *types.Slice:
		return f.speakable(t.Elem(), pos)
	case *types.Array:
		return f.speakable(t.Elem(), pos)
	case *types.Map:
		return f.speakable(t.Key(), pos) && f.speakable(t.Elem(), pos)
	case *types.Chan:
		return f.speakable(t.Elem(), pos)
	case *types.Struct:
		return t.NumFields() == 0 // longer ones gofmt spreads over lines
	case *types.Interface:
		return t.Empty() && f.Predeclared(pos, "any")
	}
	return false // function types, rare and long
}

func (f *File) named(obj *types.TypeName, args *types.TypeList, pos token.Pos) bool {
	switch {
	case obj.Pkg() == nil, obj.Pkg() == f.Pkg:
		if f.At(obj.Name(), pos) != obj {
			return false
		}
	default:
		if _, ok := f.PackageAt(obj.Pkg().Path(), pos); !ok || !obj.Exported() {
			return false
		}
	}
	for t := range args.Types() {
		if !f.speakable(t, pos) {
			return false
		}
	}
	return true
}

// Zero spells the zero value of a type as it reads at pos.
func (f *File) Zero(t types.Type, pos token.Pos) (string, bool) {
	if _, ok := t.(*types.TypeParam); ok {
		name, ok := f.Type(t, pos)
		return "*new(" + name + ")", ok && f.Predeclared(pos, "new")
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch info := u.Info(); {
		case info&types.IsBoolean != 0:
			return "false", f.Predeclared(pos, "false")
		case info&types.IsNumeric != 0:
			return "0", true
		case info&types.IsString != 0:
			return `""`, true
		}
		return "nil", f.Predeclared(pos, "nil")
	case *types.Struct, *types.Array:
		name, ok := f.Type(t, pos)
		return name + "{}", ok
	}
	return "nil", f.Predeclared(pos, "nil")
}
