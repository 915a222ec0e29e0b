package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// asked reports whether a caller in this package asks what it gets from v's function for something that only
// v's call can have brought: an error that this call is known to hand out, or one that the call's package
// declares. Such a loss is told by the question that has no good answer any more.
func (fl *Flow) asked(v *Value, l *Loss) bool {
	if v.Call == nil || v.Func.Obj == nil {
		return false
	}
	if fl.questions == nil {
		fl.questions = fl.findQuestions()
	}
	for _, q := range fl.questions[v.Func.Obj] {
		if !mentionsObject(fl.info, v.Func.Body, q.obj) && fl.brings(v, q) { // what is mentioned was told apart before
			l.Case, l.Strict, l.Caller = CaseAsked, false, q.node
			return true
		}
	}
	return false
}

// brings reports whether v's call may give what a question asks for.
func (fl *Flow) brings(v *Value, q question) bool {
	if q.name != "" {
		if plain, inside := fl.known.HandsOut(v.Call, q.name); plain || inside {
			return true
		}
	}
	switch path := q.pkg.Path(); {
	case path == "context":
		return fl.waits(v)
	case q.pkg == fl.pkg || v.Callee == nil || v.Callee.Pkg() == nil:
		return false
	case path == "io/fs" && v.Callee.Pkg().Path() == "os":
		return true // *fs.PathError
	}
	return v.Callee.Pkg() == q.pkg && !fl.otherBrings(v, q)
}

// otherBrings reports whether v's function hands on the error of another call, of the same package as v's, or has one that
// is known to give what a question asks for: then that one is meant, and not one of which it is not known.
func (fl *Flow) otherBrings(v *Value, q question) bool {
	if q.name == "" {
		return false // a type is that of most errors of a package
	}
	return slices.ContainsFunc(fl.known.Sites(), func(s known.Site) bool {
		if s.Call == v.Call || s.Callee == nil || s.Callee.Pkg() != q.pkg || !within(s.Call, v.Func.Body) || fl.known.ErrorResult(s.Call) < 0 {
			return false
		}
		if _, returned := s.Parent().Node().(*ast.ReturnStmt); returned {
			return true
		}
		plain, inside := fl.known.HandsOut(s.Call, q.name)
		return plain || inside
	})
}

// waits reports whether what a call fails by may be why a context ended: it is given one, and does something with it.
func (fl *Flow) waits(v *Value) bool {
	if !fl.takesContext(v.Call) {
		return false
	}
	body := fl.bodyOfCallee(v)
	return body == nil || fl.usesContext(body)
}

// usesContext reports whether there is anything in a function that is a context.
func (fl *Flow) usesContext(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && !found {
			t := fl.info.TypeOf(e)
			found = t != nil && isContext(t)
		}
		return !found
	})
	return found
}

func (fl *Flow) takesContext(call *ast.CallExpr) bool {
	for _, a := range call.Args {
		if isContext(fl.info.TypeOf(a)) {
			return true
		}
	}
	return false
}

func isContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context" && n.Obj().Name() == "Context"
}

// A question is a condition on the kind of error that a function of this package gave.
type question struct {
	node ast.Node
	name string         // of the sentinel asked for, as known names it
	obj  types.Object   // the sentinel or the type asked for
	pkg  *types.Package // that declares it
}

// findQuestions collects what callers ask of the errors they get: errors.Is and errors.As on a variable that
// holds what a call of this package's gave last.
func (fl *Flow) findQuestions() map[*types.Func][]question {
	found := map[*types.Func][]question{}
	for _, site := range fl.known.Sites() {
		call := site.Call
		asks := fl.known.AsksKind(call)
		if asks == "" {
			continue
		}
		id, ok := ast.Unparen(call.Args[0]).(*ast.Ident)
		if !ok {
			continue
		}
		v, _ := fl.info.Uses[id].(*types.Var)
		from := fl.lastGiven(site.Cursor, v, call.Pos())
		if from == nil {
			continue
		}
		q := question{node: call}
		if asks == "Is" {
			if name, ok := fl.known.Sentinel(call.Args[1]); ok {
				q.name, q.obj = name, objectOf(fl.info, call.Args[1])
			}
		} else if n := named(fl.info.TypeOf(call.Args[1])); n != nil {
			q.obj = n.Obj()
		}
		if q.obj != nil {
			q.pkg = q.obj.Pkg()
		}
		if q.pkg != nil {
			found[from] = append(found[from], q)
		}
	}
	return found
}

// lastGiven returns the function of this package whose call was assigned to v last before pos.
func (fl *Flow) lastGiven(cur inspector.Cursor, v *types.Var, pos token.Pos) *types.Func {
	if v == nil {
		return nil
	}
	var body ast.Node
	for c := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		body = c.Node()
		break
	}
	if body == nil {
		return nil
	}
	var last *types.Func
	ast.Inspect(body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok || s.Pos() > pos {
			return n == nil || n.Pos() < pos
		}
		for _, l := range s.Lhs {
			if id, ok := l.(*ast.Ident); ok && fl.info.ObjectOf(id) == v {
				last = nil
				if call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr); ok && len(s.Rhs) == 1 {
					if fn := fl.known.Callee(call); fn != nil && fn.Pkg() == fl.pkg {
						last = fn
					}
				}
			}
		}
		return true
	})
	return last
}

func objectOf(info *types.Info, e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return info.Uses[e]
	case *ast.SelectorExpr:
		return info.Uses[e.Sel]
	}
	return nil
}

// named returns the named type behind pointers.
func named(t types.Type) *types.Named {
	for {
		p, ok := types.Unalias(t).(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	n, _ := types.Unalias(t).(*types.Named)
	return n
}

func mentionsObject(info *types.Info, n ast.Node, obj types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == obj {
			found = true
		}
		return !found
	})
	return found
}
