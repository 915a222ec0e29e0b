package retryloop

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// A plain is a retry loop of the plain form, which package retry's can take the place of: so many turns, each of which
// makes one call, leaves the function if that succeeds, and may sleep if not; behind the loop, the function is left.
type plain struct {
	m    *mend.Mender
	f    *edits.File
	fn   *edits.Function
	loop ast.Stmt
	ret  *ast.ReturnStmt // behind the loop

	attempts ast.Expr
	call     *ast.CallExpr
	value    *ast.Ident // takes what the call gives besides; nil if nobody does
	blanks   int        // what it gives besides and nobody takes
	err      *ast.Ident
	wait     ast.Expr // nil if it does not
	assigns  bool     // to the variables of the loop, what package retry gives
}

// replaced leaves a plain loop to package retry of the companion, which waits longer each time, ends with the context and
// keeps the last error. Everything is tried again, as before: what may pass by itself is for the author to say.
func replaced(m *mend.Mender, flow *errflow.Flow, l *errflow.Loss) (*report.Fix, bool) {
	loop, body := loopOf(l)
	if body == nil {
		return nil, false
	}
	f, path, ok := m.At(loop)
	if !ok {
		return nil, false
	}
	fn, ok := f.Function(path)
	if !ok || fn.Err < 0 || fn.Err > 1 || !f.Predeclared(loop.Pos(), "nil", "true", "bool", "error") {
		return nil, false
	}
	p := &plain{m: m, f: f, fn: fn, loop: loop}
	if !p.head() || !p.turn(body) || !p.end(path) {
		return nil, false
	}
	_, stands := f.LineStart(loop.Pos())
	first, ok := f.Rest(body.Lbrace + 1) // what stands on the loop's line speaks of what goes
	if !ok || !stands || f.Commented(first, p.ret.Pos()) {
		return nil, false
	}
	text, list, ok := p.text(path)
	begin, free := p.begin(path)
	if !ok || !free || !m.Stays(f, text, loop, p.ret) || flow.Others(begin, p.ret.End(), errflow.RetryLoop, errflow.NilOnFail) {
		return nil, false // fixes of other rules may be made there, but for nilonfail's, which has none
	}
	return &report.Fix{
		Message: "Leave the attempts to package retry", Class: report.Review,
		Edits: append(list, edits.Replace(begin, p.ret.End(), strings.ReplaceAll(text, "\n", "\n"+f.Margin(loop.Pos())))),
	}, true
}

// head looks at how often the loop comes round: for range n, or for i := 0; i < n; i++, with i used nowhere else.
func (p *plain) head() bool {
	var counter *ast.Ident
	switch s := p.loop.(type) {
	case *ast.RangeStmt:
		if s.Key != nil {
			id, ok := s.Key.(*ast.Ident)
			if !ok || id.Name != "_" && s.Tok != token.DEFINE {
				return false
			}
			counter = id
		}
		p.attempts = s.X
	case *ast.ForStmt:
		init, ok := s.Init.(*ast.AssignStmt)
		if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 {
			return false
		}
		cond, ok := s.Cond.(*ast.BinaryExpr)
		post, isInc := s.Post.(*ast.IncDecStmt)
		if !ok || !isInc || post.Tok != token.INC {
			return false
		}
		counter = init.Lhs[0].(*ast.Ident)
		start := p.f.Text(init.Rhs[0])
		if p.f.Text(cond.X) != counter.Name || p.f.Text(post.X) != counter.Name || !(start == "0" && cond.Op == token.LSS || start == "1" && cond.Op == token.LEQ) {
			return false
		}
		p.attempts = cond.Y
	default:
		return false
	}
	tv := p.f.Info.Types[p.attempts]
	b, ok := tv.Type.Underlying().(*types.Basic)
	if !ok || !(tv.Type == types.Typ[types.Int] || b.Info()&types.IsUntyped != 0) {
		return false
	}
	if counter == nil || counter.Name == "_" {
		return true
	}
	uses := 0
	ast.Inspect(p.loop, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && p.f.Info.Uses[id] == p.f.Info.Defs[counter] {
			uses++
		}
		return true
	})
	_, ranged := p.loop.(*ast.RangeStmt)
	return ranged && uses == 0 || !ranged && uses == 2
}

// turn looks at the statements of one turn.
func (p *plain) turn(body *ast.BlockStmt) bool {
	list := body.List
	if len(list) == 0 {
		return false
	}
	var test *ast.IfStmt
	if s, ok := list[0].(*ast.IfStmt); ok && s.Init != nil {
		assign, ok := s.Init.(*ast.AssignStmt)
		if !ok || !p.attempt(assign) {
			return false
		}
		test, list = s, list[1:]
	} else {
		assign, ok := list[0].(*ast.AssignStmt)
		if !ok || len(list) < 2 || !p.attempt(assign) {
			return false
		}
		if test, ok = list[1].(*ast.IfStmt); !ok || test.Init != nil {
			return false
		}
		list = list[2:]
	}
	cond, ok := ast.Unparen(test.Cond).(*ast.BinaryExpr)
	if !ok || test.Else != nil || !p.is(cond.X, p.err) || !p.f.Info.Types[cond.Y].IsNil() {
		return false
	}
	switch cond.Op {
	case token.EQL: // if err == nil { return v, nil }; wait
		return len(test.Body.List) == 1 && p.succeeds(test.Body.List[0]) && (len(list) == 0 || len(list) == 1 && p.waits(list[0]))
	case token.NEQ: // if err != nil { wait; continue }; return v, nil
		failed := test.Body.List
		n := len(failed)
		if n == 0 || n > 2 || len(list) != 1 || !p.succeeds(list[0]) || n == 2 && !p.waits(failed[0]) {
			return false
		}
		next, ok := failed[n-1].(*ast.BranchStmt)
		return ok && next.Tok == token.CONTINUE && next.Label == nil
	}
	return false
}

// attempt looks at the assignment of what the call gives.
func (p *plain) attempt(s *ast.AssignStmt) bool {
	call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
	if !ok || len(s.Rhs) != 1 || s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		return false
	}
	for _, e := range s.Lhs[:len(s.Lhs)-1] {
		id, ok := e.(*ast.Ident)
		switch {
		case !ok || p.value != nil:
			return false
		case id.Name == "_":
			p.blanks++
		default:
			p.value = id
		}
	}
	p.call = call
	p.err, ok = s.Lhs[len(s.Lhs)-1].(*ast.Ident)
	return ok && p.err.Name != "_" && edits.IsError(p.f.Info.TypeOf(p.err)) && (p.value == nil || p.blanks == 0) &&
		!edits.Mentions(call, p.err.Name) && (p.value == nil) == (p.fn.Err == 0)
}

// is reports whether e is the variable that id names.
func (p *plain) is(e ast.Expr, id *ast.Ident) bool {
	use, ok := ast.Unparen(e).(*ast.Ident)
	return ok && id != nil && p.f.Info.ObjectOf(use) == p.f.Info.ObjectOf(id)
}

// succeeds reports whether a statement returns what a successful attempt gave.
func (p *plain) succeeds(stmt ast.Stmt) bool {
	r, ok := stmt.(*ast.ReturnStmt)
	if !ok || len(r.Results) != p.fn.Err+1 {
		return false
	}
	e := r.Results[p.fn.Err]
	return (p.f.Info.Types[e].IsNil() || p.is(e, p.err)) && (p.value == nil || p.is(r.Results[0], p.value))
}

// waits looks at the statement between two attempts: it sleeps, or the context may end that.
func (p *plain) waits(stmt ast.Stmt) bool {
	if s, ok := stmt.(*ast.SelectStmt); ok && len(s.Body.List) == 2 {
		for i, c := range s.Body.List {
			other := s.Body.List[1-i].(*ast.CommClause)
			clause := c.(*ast.CommClause)
			if comm, ok := clause.Comm.(*ast.ExprStmt); ok && len(clause.Body) == 0 && len(other.Body) == 1 && p.ends(other) {
				p.wait = sleeps(p.m, comm)
				return p.wait != nil
			}
		}
		return false
	}
	p.wait = sleeps(p.m, stmt)
	return p.wait != nil
}

// ends reports whether a clause of a select leaves when a context has ended.
func (p *plain) ends(clause *ast.CommClause) bool {
	comm, ok := clause.Comm.(*ast.ExprStmt)
	if !ok || !strings.HasSuffix(p.f.Text(comm.X), ".Done()") {
		return false
	}
	_, ok = clause.Body[0].(*ast.ReturnStmt)
	return ok
}

// end looks at the statement behind the loop.
func (p *plain) end(path []ast.Node) bool {
	block, ok := path[1].(*ast.BlockStmt)
	if !ok {
		return false
	}
	p.ret, ok = mend.Next(block, p.loop).(*ast.ReturnStmt)
	return ok && len(p.ret.Results) == p.fn.Err+1
}

// begin returns the place from which the new text stands: that of the loop, or of the declarations in front of it which nobody needs
// any more. It fails if there are such elsewhere.
func (p *plain) begin(path []ast.Node) (token.Pos, bool) {
	idle := map[types.Object]bool{}
	for _, id := range []*ast.Ident{p.err, p.value} {
		if id == nil || p.assigns || p.f.Info.Defs[id] != nil {
			continue
		}
		if v, ok := p.f.Info.Uses[id].(*types.Var); !ok || v.Pos() < p.fn.Body.Pos() || p.fn.Body.End() < v.Pos() || p.used(v) {
			continue // of the signature, of a function around, or of use
		} else {
			idle[v] = true
		}
	}
	list := path[1].(*ast.BlockStmt).List
	begin, at := p.loop.Pos(), 0
	for list[at] != p.loop {
		at++
	}
	for ; at > 0 && len(idle) > 0; at-- {
		decl, ok := list[at-1].(*ast.DeclStmt)
		if !ok {
			break
		}
		specs := decl.Decl.(*ast.GenDecl).Specs
		if len(specs) != 1 {
			break
		}
		spec, ok := specs[0].(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || len(spec.Values) > 0 || !idle[p.f.Info.Defs[spec.Names[0]]] ||
			p.f.Commented(decl.Pos(), begin) {
			break
		}
		delete(idle, p.f.Info.Defs[spec.Names[0]])
		begin = decl.Pos()
	}
	return begin, len(idle) == 0
}

// used reports whether somebody looks at v but the loop and the return behind it.
func (p *plain) used(v *types.Var) bool {
	assigned, found := map[*ast.Ident]bool{}, false
	ast.Inspect(p.fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if id, ok := l.(*ast.Ident); ok {
					assigned[id] = true
				}
			}
		case *ast.Ident:
			found = found || p.f.Info.Uses[n] == v && !assigned[n] && (n.End() < p.loop.Pos() || p.ret.End() < n.Pos())
		}
		return !found
	})
	return found
}

// text spells what takes the place of the loop and the return behind it.
func (p *plain) text(path []ast.Node) (string, []analysis.TextEdit, bool) {
	at := p.loop.Pos()
	context, ok := p.f.PackageAt("context", at)
	if !ok {
		return "", nil, false
	}
	ctx, given := contextAt(p.f, path)
	param := ""
	if given && edits.Mentions(p.call, ctx) {
		param = ctx + " "
	}
	if !given {
		ctx = context + ".Background()"
	}
	do, result := "Run", "error"
	if p.value != nil {
		typ, ok := p.f.Type(p.f.Info.TypeOf(p.value), at)
		if !ok {
			return "", nil, false
		}
		do, result = "Do", "("+typ+", error)"
	}
	retry, list, ok := p.m.Companion(p.f, "retry", do, at)
	if !ok {
		return "", nil, false
	}
	wait := ""
	if p.wait != nil {
		wait = ", Base: " + p.f.Text(p.wait)
	}
	attempt := "return " + p.f.Text(p.call)
	if p.blanks > 0 {
		attempt = strings.Repeat("_, ", p.blanks) + "err := " + p.f.Text(p.call) + "\n\treturn err"
	}
	text := retry + "." + do + "(" + ctx + ", " + retry + ".Policy{Attempts: " + p.f.Text(p.attempts) + wait + ", Retry: func(error) bool { return true }}, func(" +
		param + context + ".Context) " + result + " {\n\t" + attempt + "\n})"
	if strings.Contains(p.f.Text(p.call), "\n") || strings.Contains(wait, "\n") {
		return "", nil, false
	}
	last := p.ret.Results[p.fn.Err]
	if p.f.Info.Types[last].IsNil() || p.is(last, p.err) {
		return "return " + text, list, true
	}
	wrapped, add, ok := p.wrapped(last)
	if !ok {
		return "", nil, false
	}
	failed := "return " + wrapped
	if p.value == nil {
		return "if err := " + text + "; err != nil {\n\t" + failed + "\n}\nreturn nil", append(list, add...), true
	}
	failed = "return " + p.f.Text(p.ret.Results[0]) + ", " + wrapped
	name, define := p.value.Name, " := "
	if p.f.Info.Defs[p.value] == nil && p.f.Info.Defs[p.err] == nil {
		define, p.assigns = " = ", true
	}
	return name + ", " + p.err.Name + define + text + "\nif " + p.err.Name + " != nil {\n\t" + failed + "\n}\nreturn " + name + ", nil", append(list, add...), true
}

// wrapped spells the error that is returned when all attempts have failed, with the last one in it.
func (p *plain) wrapped(e ast.Expr) (string, []analysis.TextEdit, bool) {
	name := p.err.Name
	if p.value == nil {
		name = "err"
	}
	if strings.Contains(p.f.Text(e), "\n") {
		return "", nil, false
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if ok && edits.Mentions(call, name) && name == p.err.Name {
		return p.f.Text(e), nil, true
	}
	fmt, add, qualified := p.f.Qualify("fmt", "Errorf", e.Pos())
	if !qualified {
		return "", nil, false
	}
	if !ok { // a sentinel
		if !p.f.Has("go1.20") || !p.sentinel(e) {
			return "", nil, false
		}
		return fmt + ".Errorf(\"%w: %w\", " + p.f.Text(e) + ", " + name + ")", add, true
	}
	fn := p.m.Known().Callee(call)
	if fn == nil || len(call.Args) != 1 {
		return "", nil, false
	}
	lit, ok := call.Args[0].(*ast.BasicLit)
	if !ok || fn.FullName() != "errors.New" && fn.FullName() != "fmt.Errorf" {
		return "", nil, false
	}
	said, err := strconv.Unquote(lit.Value)
	if err != nil || strings.Contains(said, "%") {
		return "", nil, false
	}
	return fmt + ".Errorf(" + strconv.Quote(said+": %w") + ", " + name + ")", add, true
}

// sentinel reports whether e is an error that a package declares.
func (p *plain) sentinel(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if sel, isSel := ast.Unparen(e).(*ast.SelectorExpr); isSel {
		id, ok = sel.Sel, true
	}
	if !ok {
		return false
	}
	v, ok := p.f.Info.Uses[id].(*types.Var)
	return ok && !v.IsField() && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}
