package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// Errors that are told of as soon as they are there, nil or not.

// untested reports an error that is wrapped and returned, logged as a failure or put among those that are counted, as soon
// as it is born, whether it is nil or not.
func (s *stale) untested(blk *block, at int) {
	use := &blk.ops[at]
	var born *Value
	for i := range at {
		o := &blk.ops[i]
		if o.kind == opDef && o.p == use.p {
			born = o.val
		}
		if o.kind == opUse && o.p == use.p && o.act&Looked != 0 {
			return
		}
	}
	if born == nil || born.Origin != FromCall || s.fl.known.AlwaysFails(born.Call) || endless(born) || s.ofSome(born) {
		return
	}
	cur, ok := s.fl.cursor(use.node)
	if !ok {
		return
	}
	call := callAround(cur)
	if call == nil {
		return
	}
	if use.act&Joined != 0 {
		if s.counted(call) && !s.inTest() {
			s.add(&Loss{Case: CaseUntested, At: use.node}, use.p, nil, use.act)
		}
		return
	}
	if use.act&Logged != 0 {
		if use.act&^(Logged|Rendered) == 0 && s.fl.known.Kind(call)&known.Log != 0 && s.saysFailure(call) && !s.inTest() && !s.testedBehind(cur, use.p) {
			s.add(&Loss{Case: CaseUntested, At: use.node}, use.p, nil, use.act)
		}
		return
	}
	if !s.fl.known.AlwaysFails(call) {
		return
	}
	if _, ok := stmtAround(cur).(*ast.ReturnStmt); ok {
		s.add(&Loss{Case: CaseUntested, At: use.node}, use.p, nil, use.act)
	}
}

// counted reports whether a call appends to a list of errors of which the function, or one that calls it, asks the length:
// what is nil in it counts as a failure there. errors.Join and its like leave it out. Of callers in other packages nothing
// is known but that they may ask.
func (s *stale) counted(call *ast.CallExpr) bool {
	if s.fl.known.Builtin(call) != "append" {
		return false
	}
	list := s.fl.variable(call.Args[0])
	if list == nil || !isErrorSlice(list.Type()) {
		return false
	}
	found := false
	ast.Inspect(s.f.Top().Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = found || s.fl.lengthOf(n) == list
		case *ast.ReturnStmt:
			for i, r := range n.Results {
				found = found || s.fl.variable(r) == list && s.callerCounts(i)
			}
		}
		return !found
	})
	return found
}

// callerCounts reports whether a function of the package that calls this one asks for the length of its ith result, or
// nobody in the package calls it.
func (s *stale) callerCounts(i int) bool {
	calls := s.fl.callsOf(s.f.Top().Obj)
	for _, cur := range calls {
		a, ok := cur.Parent().Node().(*ast.AssignStmt)
		if !ok || len(a.Lhs) <= i {
			continue
		}
		id, ok := ast.Unparen(a.Lhs[i]).(*ast.Ident)
		if !ok {
			return true // kept where others find it
		}
		list, _ := s.fl.info.ObjectOf(id).(*types.Var)
		for f := range cur.Enclosing((*ast.FuncDecl)(nil)) {
			for c := range f.Preorder((*ast.CallExpr)(nil)) {
				if list != nil && s.fl.lengthOf(c.Node().(*ast.CallExpr)) == list {
					return true
				}
			}
		}
	}
	return len(calls) == 0
}

// ofSome reports whether an error is made of a list that is known not to be empty where it is made.
func (s *stale) ofSome(v *Value) bool {
	cur, ok := s.fl.cursor(v.Call)
	if !ok {
		return false
	}
	for c := range cur.Enclosing((*ast.IfStmt)(nil)) {
		ifs := c.Node().(*ast.IfStmt)
		asked := false
		ast.Inspect(ifs.Cond, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				list := s.fl.lengthOf(call)
				asked = asked || list != nil && slices.ContainsFunc(v.Call.Args, func(a ast.Expr) bool { return s.fl.names(a, list) })
			}
			return !asked
		})
		if asked && within(v.Call, ifs.Body) {
			return true
		}
	}
	return false
}

// saysFailure reports whether a record says in so many words that something failed.
func (s *stale) saysFailure(call *ast.CallExpr) bool {
	for _, a := range call.Args {
		if lit, ok := ast.Unparen(a).(*ast.BasicLit); ok && lit.Kind == token.STRING && failed.MatchString(lit.Value) {
			return true
		}
	}
	return false
}

// failed has no "error": a record of how something ended gives that word in front of an error that may be nil. It asks for
// more than alarmText, which looks at errors that are known to be nil.
var failed = regexp.MustCompile(`(?i)\bfail(ed|ure|s)?\b|\b(can't|cannot|could not|couldn't|unable to)\b`)

// testedBehind reports whether the statement behind the one around cur tests an error: then the record is for looking at
// both ways.
func (s *stale) testedBehind(cur inspector.Cursor, p *place) bool {
	for c := range cur.Enclosing((*ast.ExprStmt)(nil)) {
		if next, ok := c.NextSibling(); ok && p.v != nil {
			i, ok := next.Node().(*ast.IfStmt)
			return ok && mentions(s.fl.info, i.Cond, p.v)
		}
		break
	}
	return false
}

// endless reports whether a call is one that comes back only with an error, by the custom of its name.
func endless(v *Value) bool {
	if v.Callee == nil {
		return true
	}
	name := v.Callee.Name()
	for _, word := range []string{"Serve", "Err", "Cause", "Exec"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
