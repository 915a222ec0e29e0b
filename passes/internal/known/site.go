package known

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// A Site is a call in the package, and what it calls. Most questions are about
// calls: whoever looks at all of them finds here what it costs most to find out.
type Site struct {
	inspector.Cursor
	Call *ast.CallExpr
	// Object is the function, builtin or variable that is called; nil for
	// conversions and for calls of what has no name.
	Object types.Object
	// Callee is Object if that is a function, see [Index.Callee].
	Callee *types.Func
	sub    *subject // what is known of Callee, or of what a variable stands for
}

// Builtin names the builtin function that is called, or gives "".
func (s *Site) Builtin() string {
	if b, ok := s.Object.(*types.Builtin); ok {
		return b.Name()
	}
	return ""
}

// Sites gives the calls of the package, in source order. The caller must not
// change the slice.
func (x *Index) Sites() []Site {
	x.ready()
	return x.sites
}

// Comparisons gives the expressions x == y and x != y of the package, in source order, but for those with nil: those
// are most, and of no interest to whoever asks what something is compared with. The caller must not change the slice.
func (x *Index) Comparisons() []inspector.Cursor {
	x.ready()
	return x.comparisons
}

func isNil(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && id.Name == "nil"
}

// Decls gives the declarations of the package, file by file. The caller must not change the slice.
func (x *Index) Decls() []inspector.Cursor {
	x.ready()
	return x.decls
}

// A use is a place that names a function.
type use struct {
	pos token.Pos
	fn  *types.Func
}

// A function is a declared function with a body, and the calls in it.
type function struct {
	cursor inspector.Cursor
	syntax *ast.FuncDecl
	sites  []Site
}

// findSites looks through the whole package, before anything else does.
func (x *Index) findSites() {
	type span struct{ begin, end int }
	var spans []span
	for file := range x.syntax.Root().Children() {
		for decl := range file.Children() {
			if _, ok := decl.Node().(ast.Decl); !ok {
				continue
			}
			x.decls = append(x.decls, decl)
			begin := len(x.sites)
			for c := range decl.Preorder((*ast.CallExpr)(nil), (*ast.BinaryExpr)(nil)) {
				switch n := c.Node().(type) {
				case *ast.CallExpr:
					s := Site{Cursor: c, Call: n, Object: typeutil.Callee(x.info, n)}
					switch obj := s.Object.(type) {
					case *types.Func:
						s.Callee, s.sub = obj, x.subjectAt(obj, n)
					case *types.Var:
						s.sub = x.standIn(obj)
					}
					x.sites = append(x.sites, s)
				case *ast.BinaryExpr:
					if (n.Op == token.EQL || n.Op == token.NEQ) && !isNil(n.X) && !isNil(n.Y) {
						x.comparisons = append(x.comparisons, c)
					}
				}
			}
			if d, ok := decl.Node().(*ast.FuncDecl); ok && d.Body != nil {
				x.functions = append(x.functions, function{cursor: decl, syntax: d})
				spans = append(spans, span{begin, len(x.sites)})
			}
		}
	}
	// To look each name of the source up in there would take ten times as long.
	for id, obj := range x.info.Uses {
		if fn, ok := obj.(*types.Func); ok {
			x.uses = append(x.uses, use{id.Pos(), fn.Origin()})
		}
	}
	for i, s := range spans {
		x.functions[i].sites = x.sites[s.begin:s.end]
	}
}

func (x *Index) subjectAt(fn *types.Func, call *ast.CallExpr) *subject {
	recv, path := x.receiverIn(fn, call)
	first := x.subjects[fn]
	if s := first.on(recv); s != nil {
		return s
	}
	s := x.newSubject(fn, recv, path)
	s.next, x.subjects[fn] = first, s
	return s
}
