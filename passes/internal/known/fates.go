package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// A form is what of an argument travels on: itself, something that holds it in
// its chain, or its text.
type form uint8

const (
	itself form = iota
	chain
	text
)

// returned says what it means for a form to be a result.
func (m form) returned() Fate { return [...]Fate{Returns, Wraps, Flattens}[m] }

// handled marks, while a summary is made, uses that end the function for some
// errors. Whether they do so for all is asked of the flow.
const handled Fate = 1 << 31

// settle takes the mark off again: an error that ends the function on some
// paths only goes where nothing is known.
func (s *Summary) settle() {
	for i, fate := range s.Args {
		if fate&handled == 0 {
			continue
		}
		fate &^= handled
		if fate&(Panics|Exits) == 0 {
			fate |= Escapes
		}
		if fate == Escapes {
			fate = 0
		}
		s.Args[i] = fate
	}
}

// A trail follows one parameter through the body of its function.
type trail struct {
	*inference
	d    *declaration
	seen map[trace]bool
	uses map[*types.Var][]inspector.Cursor
}

type trace struct {
	v *types.Var
	m form
}

// fates infers what becomes of the parameters that matter: errors, functions,
// and the variadic or empty-interface parameters of loggers and formatters.
func (f *inference) fates(d *declaration, s *Summary) {
	sig := d.fn.Signature()
	var t *trail
	for i := range sig.Params().Len() {
		p := sig.Params().At(i)
		isErr := isError(p.Type())
		_, isFunc := p.Type().Underlying().(*types.Signature)
		if !isErr && !isFunc && !isAny(p.Type()) {
			continue
		}
		if t == nil {
			t = &trail{inference: f, d: d, uses: map[*types.Var][]inspector.Cursor{}}
			t.index()
		}
		t.seen = map[trace]bool{}
		fate := t.follow(p, itself)
		switch {
		case isErr:
			// Drops says that nobody sees a failure, so all uses must be comparisons.
			if fate == 0 || fate == Tests && sig.Results().Len() == 0 {
				fate |= Drops
			}
			if s.NoReturn {
				fate |= Exits
			}
		case isFunc:
			fate &= Calls | CallsLater | Stores | Sends | Returns | Escapes
		case sig.Variadic() && i == sig.Params().Len()-1: // as of a formatting function
			fate &= Logs | Prints | Answers | Wraps | Flattens
		default:
			fate &= Logs | Prints | Answers
		}
		if !isErr {
			fate &^= handled
		}
		if fate == Escapes {
			fate = 0 // unknown, said shorter
		}
		if fate != 0 {
			for len(s.Args) <= i {
				s.Args = append(s.Args, 0)
			}
			s.Args[i] = fate
		}
	}
}

// isAny reports whether t is any, ...any or ...error.
func isAny(t types.Type) bool {
	if s, ok := t.(*types.Slice); ok {
		t = s.Elem()
		if isError(t) {
			return true
		}
	}
	i, ok := types.Unalias(t).(*types.Interface)
	return ok && i.Empty()
}

// index finds the uses of every local variable in one walk.
func (t *trail) index() {
	for c := range t.d.cursor.Preorder((*ast.Ident)(nil)) {
		if v, ok := t.info.Uses[c.Node().(*ast.Ident)].(*types.Var); ok && !v.IsField() {
			t.uses[v] = append(t.uses[v], c)
		}
	}
}

// follow gives the fate of what v holds.
func (t *trail) follow(v *types.Var, m form) Fate {
	if t.seen[trace{v, m}] {
		return 0
	}
	t.seen[trace{v, m}] = true
	var fate Fate
	end := t.d.syntax.Body.End()
	if m == itself && v.Kind() == types.ParamVar {
		end = t.replaced(v)
	}
	for _, c := range t.uses[v] {
		if c.Node().Pos() < end || m != itself {
			fate |= t.climb(c, m)
		}
	}
	return fate
}

// replaced gives where a parameter is given something else that is not made of what it was, whatever way the function
// goes: what is done with it behind that is not done with the argument. It is the end of the body if there is no such place.
func (t *trail) replaced(v *types.Var) token.Pos {
	body := t.d.syntax.Body
	for _, s := range body.List {
		switch s := s.(type) {
		case *ast.LabeledStmt:
			return body.End() // a goto may come back
		case *ast.AssignStmt:
			if s.Tok != token.ASSIGN && s.Tok != token.DEFINE || !slices.ContainsFunc(s.Lhs, func(l ast.Expr) bool { return t.local(l) == v }) {
				continue
			}
			if slices.ContainsFunc(t.uses[v], func(c inspector.Cursor) bool {
				return s.Rhs[0].Pos() <= c.Node().Pos() && c.Node().End() <= s.End()
			}) {
				continue
			}
			return s.End()
		}
	}
	return body.End()
}

// climb gives the fate of the value of the expression at c. What it does not
// understand escapes.
func (t *trail) climb(c inspector.Cursor, m form) Fate {
	parent := c.Parent()
	kind, i := c.ParentEdge()
	switch kind {
	case edge.ParenExpr_X, edge.UnaryExpr_X, edge.StarExpr_X, edge.SliceExpr_X, edge.CallExpr_Fun,
		edge.IndexExpr_X, edge.TypeAssertExpr_X, edge.SelectorExpr_X, edge.BinaryExpr_X, edge.BinaryExpr_Y:
		return t.through(kind, parent, c, m)
	case edge.CallExpr_Args:
		return t.argument(parent, i, m)
	case edge.ReturnStmt_Results:
		if t.enclosingLit(parent).Valid() {
			return Escapes
		}
		return m.returned()
	case edge.AssignStmt_Rhs:
		return t.assigned(parent.Node().(*ast.AssignStmt).Lhs, len(parent.Node().(*ast.AssignStmt).Rhs), i, m)
	case edge.AssignStmt_Lhs, edge.ExprStmt_X, edge.IncDecStmt_X, edge.IfStmt_Cond, edge.ForStmt_Cond, edge.RangeStmt_Key, edge.RangeStmt_Value:
		return 0
	case edge.ValueSpec_Values:
		spec := parent.Node().(*ast.ValueSpec)
		lhs := make([]ast.Expr, len(spec.Names))
		for j, id := range spec.Names {
			lhs[j] = id
		}
		return t.assigned(lhs, len(spec.Values), i, m)
	case edge.SendStmt_Value:
		return Sends
	case edge.SwitchStmt_Tag, edge.CaseClause_List:
		return Tests
	case edge.RangeStmt_X:
		if v := t.local(parent.Node().(*ast.RangeStmt).Value); v != nil {
			return t.follow(v, m)
		}
		return Escapes
	case edge.KeyValueExpr_Value:
		return t.element(parent.Parent(), m)
	case edge.CompositeLit_Elts:
		return t.element(parent, m)
	}
	return Escapes
}

// through handles the operands of expressions.
func (t *trail) through(kind edge.Kind, parent, c inspector.Cursor, m form) Fate {
	switch kind {
	case edge.ParenExpr_X, edge.SliceExpr_X, edge.IndexExpr_X:
		return t.climb(parent, m)
	case edge.UnaryExpr_X:
		if _, lit := c.Node().(*ast.CompositeLit); lit || parent.Node().(*ast.UnaryExpr).Op == token.NOT {
			return t.climb(parent, m)
		}
	case edge.BinaryExpr_X, edge.BinaryExpr_Y:
		if parent.Node().(*ast.BinaryExpr).Op == token.ADD {
			return t.climb(parent, text)
		}
		return Tests
	case edge.TypeAssertExpr_X:
		if parent.Node().(*ast.TypeAssertExpr).Type == nil {
			return Tests | handled // type switch: the clauses' variables are out of sight
		}
		return Tests | t.climb(parent, m)
	case edge.SelectorExpr_X:
		if k, _ := parent.ParentEdge(); k == edge.CallExpr_Fun && parent.Node().(*ast.SelectorExpr).Sel.Name == "Error" {
			return t.climb(parent.Parent(), text)
		}
	case edge.CallExpr_Fun:
		return t.called(parent)
	}
	return Escapes
}

// argument handles a value that is an argument of a call.
func (t *trail) argument(call inspector.Cursor, i int, m form) Fate {
	e := call.Node().(*ast.CallExpr)
	if t.info.Types[e.Fun].IsType() {
		if b, ok := t.info.TypeOf(e).Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
			m = text
		}
		return t.climb(call, m)
	}
	if id, ok := ast.Unparen(e.Fun).(*ast.Ident); ok {
		if b, ok := t.info.Uses[id].(*types.Builtin); ok {
			switch b.Name() {
			case "append":
				if i > 0 {
					return t.climb(call, m)
				}
				return 0
			case "len", "cap":
				return Tests
			case "panic":
				return handled // whether it comes to that is asked of the flow
			case "print", "println":
				return Prints
			}
			return Escapes
		}
	}
	s, ok := t.subject(e)
	if !ok {
		return Escapes
	}
	if t.pending[s.fn] {
		return 0
	}
	fate := t.arg(s, e, i)
	if e.Ellipsis.IsValid() && fate&(Wraps|Flattens) != 0 {
		fate |= Wraps | Flattens // the format decides at the outer call
	}
	if fate == 0 && isLogfMethod(s.fn) && i >= s.fn.Signature().Params().Len()-1 {
		fate = Logs // by its name, whatever it goes through on the way
	}
	if fate == 0 {
		return Escapes
	}
	result := fate & (Returns | Wraps | Flattens)
	fate &^= result
	if fate&(Panics|Exits) != 0 {
		fate = fate&^(Panics|Exits) | handled
	}
	if fate&Calls != 0 {
		fate = fate&^Calls | t.called(call) // when it is called depends on when this call is
	}
	if m == text {
		fate &^= Drops | Tests
		if result != 0 {
			result = Flattens
		}
	}
	if result&Returns != 0 {
		fate |= t.climb(call, m)
	}
	if result&Wraps != 0 {
		fate |= t.climb(call, max(m, chain))
	}
	if result&Flattens != 0 {
		fate |= t.climb(call, text)
	}
	return fate
}

// called handles the call of a function parameter.
func (t *trail) called(call inspector.Cursor) Fate {
	fate := Calls
	for c := call; ; {
		if k, _ := c.ParentEdge(); k == edge.GoStmt_Call {
			return CallsLater
		}
		lit := t.enclosingLit(c)
		if !lit.Valid() {
			return fate
		}
		use, i := lit.ParentEdge()
		switch use {
		case edge.CallExpr_Fun: // func() { … }(), deferred or not, or after go
			c = lit.Parent()
		case edge.CallExpr_Args:
			outer := lit.Parent().Node().(*ast.CallExpr)
			s, ok := t.subject(outer)
			if !ok {
				return Escapes
			}
			switch t.arg(s, outer, i) {
			case Calls:
				c = lit.Parent()
			case CallsLater:
				return CallsLater
			default:
				return Escapes
			}
		case edge.ReturnStmt_Results:
			return CallsLater
		default:
			return Escapes
		}
	}
}

// enclosingLit gives the innermost function literal around c within the
// declaration; not valid if there is none.
func (t *trail) enclosingLit(c inspector.Cursor) inspector.Cursor {
	for e := range c.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		if e == c {
			continue
		}
		if _, ok := e.Node().(*ast.FuncLit); ok {
			return e
		}
		break
	}
	return inspector.Cursor{}
}

// assigned handles a value that is assigned: the i-th of n on the right.
func (t *trail) assigned(lhs []ast.Expr, n, i int, m form) Fate {
	targets := lhs
	if n == len(lhs) {
		targets = lhs[i : i+1]
	}
	var fate Fate
	for _, l := range targets {
		if id, ok := l.(*ast.Ident); ok && id.Name == "_" {
			continue
		}
		v := t.local(l)
		switch {
		case v == nil:
			fate |= Stores
		case t.isResult(v):
			fate |= m.returned() | t.follow(v, m)
		case n == len(lhs) || carries(v.Type(), m):
			fate |= t.follow(v, m)
		}
	}
	return fate
}

// carries reports whether, of several results, one of type t may be what the
// argument became.
func carries(t types.Type, m form) bool {
	if implementsError(t) {
		return true
	}
	b, ok := t.Underlying().(*types.Basic)
	return m == text && ok && b.Info()&types.IsString != 0
}

// local gives the local variable that an expression names, or nil.
func (t *trail) local(e ast.Expr) *types.Var {
	if e == nil {
		return nil
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := t.info.ObjectOf(id).(*types.Var)
	if !ok || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return nil
	}
	return v
}

func (t *trail) isResult(v *types.Var) bool {
	for r := range t.d.fn.Signature().Results().Variables() {
		if r == v {
			return true
		}
	}
	return false
}

// element handles a value inside a composite literal: an own error type keeps
// it in its chain, a slice holds it, anything else stores it.
func (t *trail) element(lit inspector.Cursor, m form) Fate {
	typ := t.info.TypeOf(lit.Node().(ast.Expr))
	if typ == nil {
		return Escapes
	}
	if obj, _, _ := types.LookupFieldOrMethod(typ, true, nil, "Error"); obj != nil {
		if m == text {
			return t.climb(lit, text)
		}
		if u, _, _ := types.LookupFieldOrMethod(typ, true, nil, "Unwrap"); u != nil {
			return t.climb(lit, chain)
		}
		return t.climb(lit, text)
	}
	switch typ.Underlying().(type) {
	case *types.Slice, *types.Array:
		return t.climb(lit, m)
	}
	return Stores
}
