package wrongerr

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

var errorType = types.Universe.Lookup("error").Type()

func isError(t types.Type) bool {
	return t != nil && types.Implements(t, errorType.Underlying().(*types.Interface))
}

// A questioner looks at the questions that are asked about errors: errors.Is, errors.As, errors.AsType, ==.
type questioner struct {
	pass *analysis.Pass
	rep  *report.Reporter
	made map[*types.TypeName]*making
}

// A making counts how a package makes errors of one of its types.
type making struct{ values, pointers int }

func questions(pass *analysis.Pass, r *report.Reporter, k *known.Index) {
	q := &questioner{pass: pass, rep: r}
	for _, cur := range k.Comparisons() {
		q.compared(cur.Node().(*ast.BinaryExpr), cur)
	}
	for _, site := range k.Sites() {
		if site.Callee == nil || !forErrors(site.Callee) {
			continue
		}
		switch q.asks(site.Call) {
		case "Is":
			q.is(site.Call, site.Cursor)
		case "As":
			q.as(site.Call, site.Cursor)
		case "AsType":
			q.asType(site.Call, site.Cursor)
		}
	}
}

// forErrors reports whether fn is a function of package errors, or of a package in its place.
func forErrors(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Signature().Recv() != nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "errors", "golang.org/x/xerrors", "github.com/pkg/errors", "github.com/cockroachdb/errors":
		return true
	}
	return false
}

// asks returns the name of the function of package errors, or of a package in its place, that a call asks.
func (q *questioner) asks(call *ast.CallExpr) string {
	fun := ast.Unparen(call.Fun)
	if x, ok := fun.(*ast.IndexExpr); ok {
		fun = x.X
	}
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	fn, ok := q.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok || !forErrors(fn) {
		return ""
	}
	if fn.Name() == "AsType" && len(call.Args) == 1 || (fn.Name() == "Is" || fn.Name() == "As") && len(call.Args) == 2 {
		return fn.Name()
	}
	return ""
}

func (q *questioner) report(n ast.Node, cur inspector.Cursor, kind, format string, args ...any) {
	f := report.Finding{Rule: q.pass.Analyzer.Name, Case: kind, Pos: n.Pos(), End: n.End(), Message: fmt.Sprintf(format, args...)}
	for c := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		f.Func = c.Node().(*ast.FuncDecl).Name.Name
	}
	q.rep.Report(q.pass, f)
}

// is judges errors.Is(err, target).
func (q *questioner) is(call *ast.CallExpr, cur inspector.Cursor) {
	err, target := ast.Unparen(call.Args[0]), ast.Unparen(call.Args[1])
	switch {
	case q.sentinel(err) && !q.sentinel(target) && q.local(target) && !inMatcher(cur) && !q.ranged(target, cur):
		q.report(call, cur, "swapped", "the arguments of errors.Is are swapped: the error comes first, then %s", types.ExprString(err))
	case q.fresh(target) != "":
		q.report(call, cur, "fresh", "no error is the one that %s makes here: this is always false", q.fresh(target))
	case q.same(err, target):
		q.report(call, cur, "itself", "%s is compared with itself: this is always true", types.ExprString(err))
	}
}

// compared judges err == errors.New("x").
func (q *questioner) compared(x *ast.BinaryExpr, cur inspector.Cursor) {
	l, r := ast.Unparen(x.X), ast.Unparen(x.Y)
	if !mayMake(l) && !mayMake(r) {
		return
	}
	if tl, tr := q.pass.TypesInfo.TypeOf(l), q.pass.TypesInfo.TypeOf(r); tl == nil || tr == nil || !types.Identical(tl, errorType) && !types.Identical(tr, errorType) {
		return
	}
	for _, side := range [...]ast.Expr{l, r} {
		if what := q.fresh(side); what != "" {
			q.report(x, cur, "fresh", "no error is the one that %s makes here: this comparison has one outcome only", what)
			return
		}
	}
}

// as judges errors.As(err, target).
func (q *questioner) as(call *ast.CallExpr, cur inspector.Cursor) {
	u, ok := ast.Unparen(call.Args[1]).(*ast.UnaryExpr)
	if !ok || u.Op != token.AND {
		return
	}
	target := ast.Unparen(u.X)
	t := q.pass.TypesInfo.TypeOf(target)
	if t == nil {
		return
	}
	if q.sentinel(target) && types.IsInterface(t) {
		q.report(call, cur, "as-sentinel", "errors.As matches any error here, and puts it into %s for all: errors.Is is meant", types.ExprString(target))
		return
	}
	q.never(call, cur, t)
}

// asType judges errors.AsType[T](err).
func (q *questioner) asType(call *ast.CallExpr, cur inspector.Cursor) {
	if x, ok := ast.Unparen(call.Fun).(*ast.IndexExpr); ok {
		if t := q.pass.TypesInfo.TypeOf(x.Index); t != nil {
			q.never(call, cur, t)
		}
	}
}

// never reports a target of type t if errors are made as *t only, or as values only where t is a pointer.
func (q *questioner) never(call *ast.CallExpr, cur inspector.Cursor, t types.Type) {
	pointer, isPointer := types.Unalias(t).(*types.Pointer)
	elem := t
	if isPointer {
		elem = pointer.Elem()
	}
	named, ok := types.Unalias(elem).(*types.Named)
	if !ok || types.IsInterface(named) || !isError(named) || named.Obj().Pkg() == nil || named.TypeArgs().Len() > 0 {
		return // only the pointer is an error: vet's errorsas has the rest
	}
	name := types.TypeString(t, types.RelativeTo(q.pass.Pkg))
	if named.Obj().Pkg() != q.pass.Pkg {
		if isPointer && valuesOnly(named.Obj()) {
			q.report(call, cur, "never", "no error is a %s: they are made as values", name)
		}
		return
	}
	m := q.makings()[named.Obj()]
	switch {
	case m == nil:
	case isPointer && m.values > 0 && m.pointers == 0:
		q.report(call, cur, "never", "no error is a %s: this package makes them as values", name)
	case !isPointer && m.pointers > 0 && m.values == 0:
		q.report(call, cur, "never", "no error is a %s: this package makes them as pointers", name)
	}
}

// valuesOnly reports whether a type of another package is one whose errors are values by what is known of the
// standard library. go/scanner keeps pointers to its errors in lists.
func valuesOnly(obj *types.TypeName) bool {
	switch obj.Pkg().Path() {
	case "crypto/x509", "crypto/tls", "crypto/aes", "crypto/des", "crypto/rc4", "crypto/rsa", "encoding/base32", "encoding/base64", "encoding/hex",
		"encoding/asn1", "encoding/xml", "compress/flate", "compress/bzip2", "net", "net/url", "net/textproto", "os/user", "syscall", "text/template", "debug/dwarf", "go/types":
		return true
	}
	return false
}

// makings counts the composite literals of the package's own error types, and what else gives a value or a
// pointer of one away.
func (q *questioner) makings() map[*types.TypeName]*making {
	if q.made != nil {
		return q.made
	}
	q.made = map[*types.TypeName]*making{}
	count := func(t types.Type) *making {
		named, ok := types.Unalias(t).(*types.Named)
		if !ok || named.Obj().Pkg() != q.pass.Pkg {
			return new(making)
		}
		if q.made[named.Obj()] == nil {
			q.made[named.Obj()] = new(making)
		}
		return q.made[named.Obj()]
	}
	root := q.pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	for cur := range root.Preorder((*ast.CompositeLit)(nil), (*ast.CallExpr)(nil), (*ast.UnaryExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.CompositeLit:
			t := q.pass.TypesInfo.TypeOf(n)
			if u, ok := cur.Parent().Node().(*ast.UnaryExpr); ok && u.Op == token.AND {
				if !q.isTarget(cur.Parent()) {
					count(t).pointers++
				}
			} else if t != nil {
				count(t).values++
			}
		case *ast.UnaryExpr: // &v: what is filled in there may be given away either way
			if _, lit := ast.Unparen(n.X).(*ast.CompositeLit); n.Op == token.AND && !lit && !q.isTarget(cur) {
				if t := q.pass.TypesInfo.TypeOf(n.X); t != nil {
					m := count(t)
					m.pointers++
					m.values++
				}
			}
		case *ast.CallExpr: // T(x), new(T)
			tv := q.pass.TypesInfo.Types[n.Fun]
			if tv.IsType() {
				count(tv.Type).values++
			} else if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "new" && len(n.Args) == 1 {
				if t := q.pass.TypesInfo.TypeOf(n.Args[0]); t != nil {
					count(t).pointers++
				}
			}
		}
	}
	return q.made
}

// isTarget reports whether an expression is what errors.As fills in, or a test's ErrorAs: that is no error that anybody makes.
func (q *questioner) isTarget(e inspector.Cursor) bool {
	call, ok := e.Parent().Node().(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return q.asks(call) == "As" || ok && strings.Contains(sel.Sel.Name, "ErrorAs")
}

// sentinel reports whether e names a package-level error, or a constant that is one.
func (q *questioner) sentinel(e ast.Expr) bool {
	var id *ast.Ident
	switch e := e.(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return false
	}
	obj := q.pass.TypesInfo.Uses[id]
	switch obj.(type) {
	case *types.Var, *types.Const:
	default:
		return false
	}
	return obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() && isError(obj.Type())
}

// local reports whether e is a variable of a function, of type error, that is not named after what it is to be
// compared with.
func (q *questioner) local(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := q.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || v.IsField() || !types.Identical(v.Type(), errorType) {
		return false
	}
	name := strings.ToLower(v.Name())
	return name == "e" || strings.HasSuffix(name, "err") || strings.HasPrefix(name, "err") && !strings.HasPrefix(name, "errto")
}

// ranged reports whether e is the variable of a range loop: a list of errors to compare with.
func (q *questioner) ranged(e ast.Expr, cur inspector.Cursor) bool {
	v := q.pass.TypesInfo.Uses[e.(*ast.Ident)]
	for c := range cur.Enclosing((*ast.RangeStmt)(nil)) {
		for _, x := range [...]ast.Expr{c.Node().(*ast.RangeStmt).Key, c.Node().(*ast.RangeStmt).Value} {
			if id, ok := x.(*ast.Ident); ok && q.pass.TypesInfo.Defs[id] == v {
				return true
			}
		}
	}
	return false
}

// mayMake reports whether e is of a form that fresh knows.
func mayMake(e ast.Expr) bool {
	switch e.(type) {
	case *ast.CallExpr, *ast.UnaryExpr:
		return true
	}
	return false
}

// fresh names what makes a new error where e stands, which no other error is equal to.
func (q *questioner) fresh(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.CallExpr:
		sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
		if !ok {
			return ""
		}
		fn, ok := q.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
		if !ok || fn.Pkg() == nil {
			return ""
		}
		switch name := fn.Pkg().Path() + "." + fn.Name(); name {
		case "errors.New", "fmt.Errorf", "github.com/pkg/errors.New", "github.com/pkg/errors.Errorf":
			return fn.Pkg().Name() + "." + fn.Name()
		}
	case *ast.UnaryExpr:
		lit, ok := ast.Unparen(e.X).(*ast.CompositeLit)
		t := q.pass.TypesInfo.TypeOf(e)
		if e.Op != token.AND || !ok || t == nil || !isError(t) || hasIs(t) || len(lit.Elts) == 0 && emptyStruct(t) {
			return ""
		}
		return types.ExprString(lit.Type)
	}
	return ""
}

// emptyStruct reports whether t points to a type without fields: two such pointers may be equal.
func emptyStruct(t types.Type) bool {
	s, ok := t.(*types.Pointer).Elem().Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

// hasIs reports whether t has a method by which it says what it is equal to.
func hasIs(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Is")
	_, ok := obj.(*types.Func)
	return ok
}

func (q *questioner) same(a, b ast.Expr) bool {
	x, ok := a.(*ast.Ident)
	y, ok2 := b.(*ast.Ident)
	return ok && ok2 && q.pass.TypesInfo.Uses[x] != nil && q.pass.TypesInfo.Uses[x] == q.pass.TypesInfo.Uses[y]
}

// inMatcher reports whether cur stands in an Is method: there the error is the argument to compare with.
func inMatcher(cur inspector.Cursor) bool {
	for c := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		if d := c.Node().(*ast.FuncDecl); d.Recv != nil && d.Name.Name == "Is" {
			return true
		}
	}
	return false
}
