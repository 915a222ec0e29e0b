package known

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// Refuses reports whether the call answers a client with a failure, and the argument by which it does: the writer. What
// it writes is a whole answer, so that nothing is left to be written behind it.
func (x *Index) Refuses(call *ast.CallExpr) (writer int, ok bool) {
	x.ready()
	s, ok := x.subject(call)
	if !ok || s.fn.Signature().Results().Len() > 0 {
		return 0, false
	}
	writer = writerOf(s.fn)
	if writer < 0 || writer >= len(call.Args) {
		return 0, false
	}
	if i, given := x.status(s, call); given && i < len(call.Args) {
		if v := x.info.Types[call.Args[i]].Value; v != nil {
			return writer, isFailure(v)
		}
	}
	return writer, x.kind(s, call)&Refuse != 0 && x.givesFailure(s.fn, call)
}

// GivesStatus reports whether the call gives the answer to a client its status, be it with all of the answer.
func (x *Index) GivesStatus(call *ast.CallExpr) bool {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return false
	}
	_, ok = x.status(s, call)
	return ok
}

// givesFailure reports whether an error is among the arguments of a call, if its callee takes any.
func (x *Index) givesFailure(fn *types.Func, call *ast.CallExpr) bool {
	takes := false
	for i := range min(fn.Signature().Params().Len(), len(call.Args)) {
		if !implementsError(fn.Signature().Params().At(i).Type()) {
			continue
		}
		if !x.info.Types[call.Args[i]].IsNil() {
			return true
		}
		takes = true
	}
	return !takes
}

// status gives the argument that becomes the status of an answer.
func (x *Index) status(s *subject, call *ast.CallExpr) (arg int, ok bool) {
	if l, _ := x.lookup(s, call, answering, nil); l != nil {
		return l.index, true
	}
	if sum := x.summaries[s.fn]; sum != nil && sum.Status > 0 {
		return sum.Status - 1, true
	}
	return 0, false
}

// isFailure reports whether a status says that a request was not done.
func isFailure(status constant.Value) bool {
	return status.Kind() == constant.Int && constant.Compare(status, token.GEQ, constant.MakeInt64(400))
}

var responseWriter = parseMatch("net/http.ResponseWriter")

// writerOf gives the parameter of a function that answers a client, or -1.
func writerOf(fn *types.Func) int {
	i := 0
	for p := range fn.Signature().Params().Variables() {
		if responseWriter.matchesType(p.Type(), 0) {
			return i
		}
		i++
	}
	return -1
}

// refuses infers whether a function answers the client whose writer it is given on every path, and gives nothing back:
// always with a failure, and with which argument as its status (-1 if with none). Of one that is given an error without
// a question whether there is one, each answer is a failure.
func (f *inference) refuses(d *declaration) (always bool, status int) {
	sig, i := d.fn.Signature(), writerOf(d.fn)
	if i < 0 || sig.Results().Len() > 0 {
		return false, -1
	}
	a := replying{inference: f, d: d, w: sig.Params().At(i), status: -1}
	if a.list(d.syntax.Body.List) != told || a.success || !a.writesBody() {
		return false, -1
	}
	switch {
	case a.failure && a.status < 0 && !a.unknown:
		return true, -1
	case a.failure, a.unknown:
		status = -1
	default:
		status = a.status
	}
	return a.takesFailure(), status
}

// reply says how far a client has been answered where a list of statements ends.
type reply uint8

const (
	untold reply = iota
	told         // on every path
	gone         // the function was left on some path before that
)

// A replying goes through what a function does on every path.
type replying struct {
	*inference
	d *declaration
	w *types.Var

	failure, success, unknown bool // the statuses that were met
	status                    int  // the parameter that was met as one; -1: none
}

func (a *replying) list(list []ast.Stmt) reply {
	for _, s := range list {
		if b, ok := s.(*ast.BranchStmt); ok {
			if b.Label != nil || b.Tok == token.GOTO || b.Tok == token.FALLTHROUGH {
				return gone
			}
			return untold
		}
		if r := a.stmt(s); r != untold {
			return r
		}
	}
	return untold
}

func (a *replying) stmt(s ast.Stmt) reply {
	switch s := s.(type) {
	case *ast.ExprStmt:
		return a.expr(s.X)
	case *ast.AssignStmt:
		for _, r := range s.Rhs {
			if a.expr(r) == told {
				return told
			}
		}
	case *ast.ReturnStmt:
		return gone
	case *ast.BlockStmt:
		return a.list(s.List)
	case *ast.LabeledStmt:
		return a.stmt(s.Stmt)
	case *ast.IfStmt:
		if s.Init != nil && a.stmt(s.Init) == told {
			return told
		}
		other := untold
		if s.Else != nil {
			other = a.stmt(s.Else)
		}
		return both(a.list(s.Body.List), other)
	case *ast.ForStmt:
		return both(a.list(s.Body.List), untold)
	case *ast.RangeStmt:
		return both(a.list(s.Body.List), untold)
	case *ast.SwitchStmt:
		return a.clauses(s.Body, false)
	case *ast.TypeSwitchStmt:
		return a.clauses(s.Body, false)
	case *ast.SelectStmt:
		return a.clauses(s.Body, true)
	}
	return untold
}

// clauses joins the clauses of a switch or a select; all says that one of them is always taken.
func (a *replying) clauses(body *ast.BlockStmt, all bool) reply {
	r, first := untold, true
	add := func(list []ast.Stmt) {
		if o := a.list(list); first {
			r, first = o, false
		} else {
			r = both(r, o)
		}
	}
	for _, s := range body.List {
		switch c := s.(type) {
		case *ast.CaseClause:
			all = all || c.List == nil
			add(c.Body)
		case *ast.CommClause:
			add(c.Body)
		}
	}
	if !all {
		return both(r, untold)
	}
	return r
}

func both(a, b reply) reply {
	switch {
	case a == gone || b == gone:
		return gone
	case a == told && b == told:
		return told
	}
	return untold
}

// expr notes the answer that a call gives.
func (a *replying) expr(e ast.Expr) reply {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return untold
	}
	s, ok := a.subject(call)
	if !ok || a.pending[s.fn] {
		return untold
	}
	if sum := a.summaries[s.fn]; sum != nil && sum.NoReturn {
		return told
	}
	if !a.toWriter(s.fn, call) {
		return untold
	}
	if i, given := a.inference.status(s, call); given && i < len(call.Args) {
		a.withStatus(call.Args[i])
		return told
	}
	if a.kind(s, call)&Refuse != 0 {
		a.failure = true
		return told
	}
	return untold
}

// toWriter reports whether a call is one of w's methods, or is given w as its writer.
func (a *replying) toWriter(fn *types.Func, call *ast.CallExpr) bool {
	e := receiver(call)
	if i := writerOf(fn); i >= 0 {
		if i >= len(call.Args) {
			return false
		}
		e = call.Args[i]
	}
	if e == nil {
		return false
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && a.info.Uses[id] == a.w
}

// withStatus notes the status of an answer.
func (a *replying) withStatus(e ast.Expr) {
	if v := a.info.Types[e].Value; v != nil {
		a.failure = a.failure || isFailure(v)
		a.success = a.success || !isFailure(v)
		return
	}
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		i := 0
		for p := range a.d.fn.Signature().Params().Variables() {
			if a.info.Uses[id] == p && (a.status < 0 || a.status == i) {
				a.status = i
				return
			}
			i++
		}
	}
	a.unknown = true
}

// writesBody reports whether w is used for more than the status and the header: only then is the answer whole.
func (a *replying) writesBody() bool {
	found := false
	for c := range a.d.cursor.Preorder((*ast.Ident)(nil)) {
		if a.info.Uses[c.Node().(*ast.Ident)] != a.w {
			continue
		}
		if sel, ok := c.Parent().Node().(*ast.SelectorExpr); !ok || sel.Sel.Name != "WriteHeader" && sel.Sel.Name != "Header" {
			found = true
		}
	}
	return found
}

// takesFailure reports whether an error is among the parameters of which nobody asks whether it is nil.
func (a *replying) takesFailure() bool {
	asked := map[types.Object]bool{}
	for c := range a.d.cursor.Preorder((*ast.BinaryExpr)(nil)) {
		b := c.Node().(*ast.BinaryExpr)
		if id, ok := ast.Unparen(b.X).(*ast.Ident); ok && a.info.Types[b.Y].IsNil() {
			asked[a.info.Uses[id]] = true
		}
	}
	for p := range a.d.fn.Signature().Params().Variables() {
		if implementsError(p.Type()) && !asked[p] && p.Name() != "" && p.Name() != "_" {
			return true
		}
	}
	return false
}
