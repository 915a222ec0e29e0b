package known

import (
	"go/ast"
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
	sub    *subject // what is known of Callee
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
			begin := len(x.sites)
			for c := range decl.Preorder((*ast.CallExpr)(nil)) {
				s := Site{Cursor: c, Call: c.Node().(*ast.CallExpr)}
				s.Object = typeutil.Callee(x.info, s.Call)
				if fn, ok := s.Object.(*types.Func); ok {
					s.Callee, s.sub = fn, x.subjectAt(fn, s.Call)
				}
				x.sites = append(x.sites, s)
			}
			if d, ok := decl.Node().(*ast.FuncDecl); ok && d.Body != nil {
				x.functions = append(x.functions, function{cursor: decl, syntax: d})
				spans = append(spans, span{begin, len(x.sites)})
			}
		}
	}
	for i, s := range spans {
		x.functions[i].sites = x.sites[s.begin:s.end]
	}
}

func (x *Index) subjectAt(fn *types.Func, call *ast.CallExpr) *subject {
	recv, path := x.receiverIn(fn, call)
	k := subjectKey{fn, recv}
	s := x.subjects[k]
	if s == nil {
		s = x.newSubject(fn, recv, path)
		x.subjects[k] = s
	}
	return s
}
