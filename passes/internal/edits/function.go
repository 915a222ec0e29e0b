package edits

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
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
		if f.free(fn, name) {
			return name, f.nameResult(fn, name), true
		}
		if v, cut, ok := f.joins(fn, name); ok {
			// Whoever asks for a name of fn's result gets the same: where it does not read as the result, none.
			read := f.At(name, pos)
			return name, append(cut, f.nameResult(fn, name)...), read == nil || read == types.Object(v)
		}
	}
	return "", nil, false
}

// free reports whether a name means nothing in fn.
func (f *File) free(fn *Function, name string) bool {
	return !Mentions(fn.Node, name) && f.At(name, fn.Body.Pos()) == nil
}

// joins returns the variable of that name that becomes the result of that name once there is one, and the edits it
// takes: := in the outermost block of a function declares only what is new, and var goes. Nothing else may notice: a
// closure that reads the variable would find there what is returned. Those that are deferred and assign to it want that.
func (f *File) joins(fn *Function, name string) (v *types.Var, add []analysis.TextEdit, ok bool) {
	scope := f.Info.Scopes[fn.Type]
	if scope == nil {
		return nil, nil, false
	}
	v, ok = scope.Lookup(name).(*types.Var)
	if !ok || !IsError(v.Type()) || v.Pos() < fn.Body.Pos() || !f.alone(fn, v) {
		return nil, nil, false
	}
	for _, s := range fn.Body.List {
		if v.Pos() < s.Pos() || s.End() <= v.Pos() {
			continue
		}
		switch s := s.(type) {
		case *ast.AssignStmt:
			others := 0
			for _, l := range s.Lhs {
				if id, ok := l.(*ast.Ident); ok && f.Info.Defs[id] != nil && id.Name != "_" {
					others++
				}
			}
			return v, nil, others > 1
		case *ast.DeclStmt:
			decl, ok := s.Decl.(*ast.GenDecl)
			if !ok || decl.Lparen.IsValid() || f.Commented(f.tok.LineStart(f.Line(s.Pos())-1), f.lineEnd(s.End())) {
				return nil, nil, false
			}
			if spec, ok := decl.Specs[0].(*ast.ValueSpec); !ok || len(spec.Names) > 1 || len(spec.Values) > 0 {
				return nil, nil, false
			}
			cut, ok := f.Cut(s)
			return v, []analysis.TextEdit{cut}, ok
		}
	}
	return nil, nil, false
}

// alone reports whether a variable is used in fn itself and in deferred closures that assign to it, no other of its name
// is used there that lies outside, and none hides it where something is deferred.
func (f *File) alone(fn *Function, v *types.Var) bool {
	alone := true
	var stack []ast.Node
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		if d, ok := n.(*ast.DeferStmt); ok {
			read := f.At(v.Name(), d.Pos())
			alone = alone && (read == nil || read == types.Object(v))
		}
		id, ok := n.(*ast.Ident)
		if !ok || id.Name != v.Name() {
			return true
		}
		obj, ok := f.Info.ObjectOf(id).(*types.Var)
		if ok && obj.IsField() {
			return true
		}
		if obj != v {
			alone = alone && ok && fn.Body.Pos() <= obj.Pos() && obj.Pos() < fn.Body.End()
			for _, around := range stack {
				_, deferred := around.(*ast.DeferStmt)
				alone = alone && !deferred
			}
			return true
		}
		if i := slices.IndexFunc(stack, func(n ast.Node) bool { _, lit := n.(*ast.FuncLit); return lit }); i >= 2 {
			d, ok := stack[i-2].(*ast.DeferStmt)
			alone = alone && ok && d.Call.Fun == stack[i] && f.assigns(stack[i], v)
		}
		return true
	})
	return alone
}

// assigns reports whether an assignment to v stands in n.
func (f *File) assigns(n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok {
			for _, l := range a.Lhs {
				if id, ok := ast.Unparen(l).(*ast.Ident); ok && f.Info.Uses[id] == v {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// nameResult names fn's error result, and the others _.
func (f *File) nameResult(fn *Function, name string) (add []analysis.TextEdit) {
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
	return add
}
