package errflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// logs reports whether a handler writes a log record, be it without the error: something was told.
func (fl *Flow) logs(body []ast.Stmt) bool {
	for _, s := range body {
		if x, ok := s.(*ast.ExprStmt); ok {
			if call, ok := ast.Unparen(x.X).(*ast.CallExpr); ok && (fl.records(call) || fl.complains(call)) {
				return true
			}
		}
	}
	return false
}

// records reports whether a call writes a log record. One that is given a client's writer answers: it writes none, unless
// it can be seen to do so whatever it is given.
func (fl *Flow) records(call *ast.CallExpr) bool {
	kind := fl.known.Kind(call)
	if kind&known.Log == 0 || kind&known.Respond == 0 {
		return kind&known.Log != 0
	}
	d := fl.declOf(fl.known.Callee(call))
	return d != nil && slices.ContainsFunc(d.Body.List, func(s ast.Stmt) bool {
		x, ok := s.(*ast.ExprStmt)
		if !ok {
			return false
		}
		log, ok := ast.Unparen(x.X).(*ast.CallExpr)
		return ok && fl.known.Kind(log)&(known.Log|known.Respond) == known.Log
	})
}

// complains reports whether a call hands a message to a function whose name says that it reports failures, though
// nothing more is known of it: the diagnostics of compilers, the hooks of libraries.
func (fl *Flow) complains(call *ast.CallExpr) bool {
	if fl.known.Kind(call)&known.Respond != 0 {
		return false // the client is told, not those who run the program
	}
	return namedForReports(lastName(call.Fun)) && slices.ContainsFunc(call.Args, func(e ast.Expr) bool {
		v := fl.info.Types[e].Value
		return v != nil && v.Kind() == constant.String
	})
}

// namedForReports reports whether a name says that a function reports failures. It is the last resort, for functions of
// which nothing is known.
func namedForReports(name string) bool {
	return begins(name, "err", "warn", "diag", "report", "fail", "log")
}

// namedForLogs reports whether a name says that a function writes to a log, of whatever level, as debugf and replLogIf
// do. An error that such a function is handed goes there; a message alone may be of anything, so that to report a failure
// without one takes a name as of [namedForReports].
func namedForLogs(name string) bool {
	if namedForReports(name) || begins(name, "info", "print", "verbose") {
		return true
	}
	name = strings.ToLower(name)
	for _, word := range [...]string{"log", "debug", "trace", "warn", "notice"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// works reports whether a handler does more than to print and to leave.
func (fl *Flow) works(body []ast.Stmt) bool {
	for _, s := range body {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			continue
		case *ast.ExprStmt:
			if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok && fl.known.Kind(call)&known.Print != 0 {
				continue
			}
		}
		return true
	}
	return false
}

// sorted reports whether the conditions on the error's kind sort out what to do rather than forget a kind:
// the kind asked for is the one that is passed on, another path past the condition handles the error, or
// another result was asked about. To ask beside it whether the result is there is to ask whether the call has failed.
func (fl *Flow) sorted(v *Value, e *End) bool {
	if e.Acts&(Weighed|Conditional) != 0 || e.later != nil && *e.later || leaves(e.nilBody) {
		return true // the last: one way after the other is tried, and the first success is taken
	}
	c := e.cond
	if c == nil || c.p == nil || c.p.v == nil {
		return false
	}
	if sw, ok := c.stmt.(*ast.SwitchStmt); ok && fl.severalFail(sw) {
		return false
	}
	if fl.amongOthers(v, c) || e.aside {
		return true
	}
	body := c.no
	if isMatch(c, true) {
		body = c.yes
	}
	return body != nil && (body == e.nilBody || mentions(fl.info, body, c.p.v))
}

// severalFail reports whether a switch without a default has several cases, each of which returns an error: they
// say it in other words, rather than that only these are failures.
func (fl *Flow) severalFail(sw *ast.SwitchStmt) bool {
	for _, s := range sw.Body.List {
		c := s.(*ast.CaseClause)
		ret, ok := lastStmt(c.Body).(*ast.ReturnStmt)
		if c.List == nil || !ok || len(ret.Results) == 0 {
			return false
		}
		call, ok := ast.Unparen(ret.Results[len(ret.Results)-1]).(*ast.CallExpr)
		if !ok || !fl.known.AlwaysFails(call) {
			return false
		}
	}
	return len(sw.Body.List) > 1
}

// amongOthers reports whether a kind is asked for together with things that are no error's: what is looked for is
// one case of many then, not what to do about the failure.
func (fl *Flow) amongOthers(v *Value, c *cond) bool {
	s, ok := c.stmt.(*ast.IfStmt)
	if !ok {
		return false
	}
	found := false
	var visit func(e ast.Expr)
	visit = func(e ast.Expr) {
		b, ok := ast.Unparen(e).(*ast.BinaryExpr)
		if ok && b.Op == token.LAND {
			visit(b.X)
			visit(b.Y)
			return
		}
		found = found || !mentions(fl.info, e, c.p.v) && !fl.asksForNone(v, e)
	}
	visit(s.Cond)
	return found
}

// asksForNone reports whether e asks if there is no result beside v, which is to ask whether the call has failed.
func (fl *Flow) asksForNone(v *Value, e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || b.Op != token.EQL || !fl.info.Types[b.Y].IsNil() {
		return false
	}
	for i, p := range v.peers {
		if p != nil && p.v != nil && fl.names(b.X, p.v) {
			return fl.insteadOfError(v, i)
		}
	}
	return false
}

func mentions(info *types.Info, n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}

// callersOwn reports whether the error is that of a function that was handed in, and cannot be handed back: the
// caller has it in its closure.
func (fl *Flow) callersOwn(v *Value) bool {
	if v.Call == nil || v.Func.CanReturnError() {
		return false
	}
	id, ok := ast.Unparen(v.Call.Fun).(*ast.Ident)
	if !ok {
		return false
	}
	for p := range v.Func.Sig.Params().Variables() {
		if fl.info.Uses[id] == p {
			return true
		}
	}
	return false
}

// leaves reports whether a branch ends by leaving its function or loop.
func leaves(n ast.Node) bool {
	switch s := lastStmt(bodyOf(n)).(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK
	}
	return false
}

// inHandler reports whether a path ends inside the branch taken on failure.
func inHandler(e *End) bool {
	return e.Handler != nil && e.Handler.Pos() <= e.Node.Pos() && e.Node.End() <= e.Handler.End()
}

// bodyOf returns the statements of a branch.
func bodyOf(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	case *ast.IfStmt: // else if
		return []ast.Stmt{n}
	}
	return nil
}

func lastStmt(body []ast.Stmt) ast.Node {
	if len(body) == 0 {
		return nil
	}
	return body[len(body)-1]
}

// onlyAsks reports whether a handler does nothing but ask for kinds of the error: once none matched, no code
// is left in it. A condition without a handler has none either.
func onlyAsks(body []ast.Stmt) bool {
	for _, s := range body {
		switch s := s.(type) {
		case *ast.IfStmt:
			if s.Else != nil {
				if _, again := s.Else.(*ast.IfStmt); !again || !onlyAsks([]ast.Stmt{s.Else}) {
					return false
				}
			}
		case *ast.SwitchStmt, *ast.TypeSwitchStmt:
		case *ast.DeclStmt: // the target of errors.As
		case *ast.AssignStmt:
			if s.Tok != token.DEFINE {
				return false
			}
			if _, call := ast.Unparen(s.Rhs[0]).(*ast.CallExpr); call {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// wantsFailure reports whether the branch taken on success is the one that complains.
func (fl *Flow) wantsFailure(body ast.Node) bool {
	complains := false
	for _, s := range bodyOf(body) {
		ast.Inspect(s, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				complains = complains || fl.known.AlwaysFails(call) || fl.known.NoReturn(call) || fl.failsTest(call)
			}
			return !complains
		})
	}
	return complains
}

// failsTest reports whether a call is one of package testing's by which a test fails or is ended.
func (fl *Flow) failsTest(call *ast.CallExpr) bool {
	fn := fl.known.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "testing" {
		return false
	}
	switch fn.Name() {
	case "Error", "Errorf", "Fail", "FailNow", "Fatal", "Fatalf":
		return true
	}
	return false
}
