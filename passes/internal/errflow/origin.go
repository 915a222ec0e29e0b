package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// discard records a call whose error nobody looks at.
func (b *builder) discard(call *ast.CallExpr, how Discard) {
	if b.know.ErrorResult(call) < 0 {
		b.silentFlush(call, how)
		return
	}
	if len(b.inline) > 0 {
		return // the closure's own graph has it
	}
	if _, ok := b.know.Infallible(call); ok || b.know.NoReturn(call) {
		return
	}
	callee := b.know.Callee(call)
	b.f.values = append(b.f.values, &Value{Func: b.f, Origin: FromCall, Call: call, Callee: callee, Node: call, Unread: true, How: how})
}

// uncalled records a method named where its call was meant: _ = f.Close.
func (b *builder) uncalled(e ast.Expr) {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok || b.info.Selections[sel] == nil || b.info.Selections[sel].Kind() != types.MethodVal || len(b.inline) > 0 {
		return
	}
	call := &ast.CallExpr{Fun: sel, Lparen: sel.End(), Rparen: sel.End()}
	if b.know.Kind(call)&vouches != 0 {
		b.fl.untaken = append(b.fl.untaken, &Value{Func: b.f, Origin: FromCall, Call: call, Callee: b.know.Callee(call), Node: sel, Unread: true, How: Blank})
	}
}

// silentFlush records a call that hands on what was buffered and keeps the error to itself, until it is asked.
func (b *builder) silentFlush(call *ast.CallExpr, how Discard) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(b.inline) > 0 || b.know.ErrorResult(call) >= 0 || b.know.Kind(call)&known.Flush == 0 {
		return
	}
	if m, _, _ := types.LookupFieldOrMethod(b.info.TypeOf(sel.X), true, nil, "Error"); m != nil && len(errorResults(signatureOf(m))) == 1 {
		b.fl.untaken = append(b.fl.untaken, &Value{Func: b.f, Origin: FromCall, Call: call, Callee: b.know.Callee(call), Node: call, Unread: true, How: how})
	}
}

func signatureOf(obj types.Object) *types.Signature {
	sig, _ := obj.Type().(*types.Signature)
	return sig
}

// birth makes the value that a call brings into being, or nil if the call cannot fail, or only gives what is
// in another error: Unwrap, or a function that is handed one and does not make one.
func (b *builder) birth(call *ast.CallExpr, name string) *Value {
	if _, ok := b.know.Infallible(call); ok || b.derives(call) {
		return nil
	}
	return &Value{Func: b.f, Origin: FromCall, Call: call, Callee: b.know.Callee(call), Node: call, Name: name}
}

// nowhere makes a value of what a deferred closure assigns to a variable of the function around it that is no
// result, even if it only translates another error: nobody can read it there.
func (b *builder) nowhere(p *place, call *ast.CallExpr) *Value {
	if b.f.Role != Deferrer || !p.captured || p.kind != errorPlace || p.path != "" || b.know.ErrorResult(call) < 0 ||
		isNamedResult(b.f.Outer.Sig, p.v) || p.v.Pos() < b.f.Outer.Node.Pos() {
		return nil
	}
	return &Value{Func: b.f, Origin: FromCall, Call: call, Callee: b.know.Callee(call), Node: call, Name: p.name}
}

// derives reports whether a call gives an error that it takes from another one.
func (b *builder) derives(call *ast.CallExpr) bool {
	if b.know.AlwaysFails(call) {
		return false
	}
	if fn := b.know.Callee(call); fn != nil && fn.Signature().Params().Len() == 0 {
		switch fn.Name() {
		case "Unwrap", "Cause": // the names by which errors give their causes
			return true
		case "Err": // why a context ended, or an error that its owner keeps and gives again when asked again
			return true
		}
	}
	handed, others := false, false
	works := b.givesInstead(call)
	for i, a := range call.Args {
		tv := b.info.Types[a]
		handed = handed || tv.Type != nil && isError(tv.Type) && !(works && b.know.Arg(call, i)&(known.Returns|known.Wraps) == 0)
		others = others || tv.Type != nil && !isError(tv.Type) && tv.Value == nil
	}
	// A callback that is told how it went, beside what it is about, has an error of its own: walkFn(path, info, err).
	return handed && (b.know.Callee(call) != nil || !others)
}

// givesInstead reports whether a call is known to give something else or an error, not both: whoever keeps a record of an
// error that way can fail over it.
func (b *builder) givesInstead(call *ast.CallExpr) bool {
	for i := range b.know.ErrorResult(call) {
		if b.know.NilOnError(call, i) {
			return true
		}
	}
	return false
}

// isSentinel reports whether e names a package-level error variable. By convention these are never nil.
func (b *builder) isSentinel(e ast.Expr) bool { return sentinelOf(b.info, e) }

func sentinelOf(info *types.Info, e ast.Expr) bool {
	v, ok := objectOf(info, e).(*types.Var)
	return ok && !v.IsField() && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() && types.Implements(v.Type(), errorType.Underlying().(*types.Interface))
}
