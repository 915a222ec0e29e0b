package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// What a function says of a failure may be its verdict on a question, of which the failure is one answer.

// isVerdict reports whether f gives the very same new error where something else than a failure is asked for as well: it
// says what was found, and that it could not be read counts as that.
func (fl *Flow) isVerdict(f *Func, made ast.Expr) bool {
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.IfStmt)
		if !ok || found || !givesWord(s.Body, made) {
			return !found
		}
		for _, e := range operands(s.Cond, token.LOR) {
			found = found || fl.failureIn(e) == nil
		}
		return !found
	})
	return found
}

// givesWord reports whether the last statement of a block returns made, word for word.
func givesWord(body *ast.BlockStmt, made ast.Expr) bool {
	if len(body.List) == 0 {
		return false
	}
	r, ok := body.List[len(body.List)-1].(*ast.ReturnStmt)
	if !ok {
		return false
	}
	for _, x := range r.Results {
		if types.ExprString(x) == types.ExprString(made) {
			return true
		}
	}
	return false
}

// reads reports whether what failed depends on what is outside the program: then that one error is no verdict on what was
// read, as where a zone file that cannot be read is called corrupt.
func (fl *Flow) reads(v *Value) bool { return v.Call != nil && fl.known.Outside(v.Call) }

// noneFitted reports whether an error is told by the last else of a chain of which two conditions at least ask whether
// something went well, or in a branch that asks whether two have failed: none of the ways that were tried fitted, which
// says more than why the last one did not.
func (fl *Flow) noneFitted(e *End) bool {
	s, ok := e.test.(*ast.IfStmt)
	if !ok {
		return false
	}
	if fl.bothFailed(s.Cond) {
		return inHandler(e)
	}
	if !fl.wentWell(s.Cond) {
		return false
	}
	cur, ok := fl.cursor(s)
	if !ok {
		return false
	}
	tried := 0
	for _, at := range chainAround(cur) {
		if fl.wentWell(at.Cond) {
			tried++
		}
		if last, ok := at.Else.(*ast.BlockStmt); ok {
			return tried >= 2 && within(e.Node, last)
		}
	}
	return false
}

// bothFailed reports whether a condition asks whether one error and another are there: errHost != nil && errCIDR != nil.
func (fl *Flow) bothFailed(cond ast.Expr) bool {
	both := operands(cond, token.LAND)
	if len(both) != 2 {
		return false
	}
	one, other := fl.failureIn(both[0]), fl.failureIn(both[1])
	return one != nil && other != nil && one != other
}

// chainAround gives the ifs of the chain by else that one of them belongs to, first to last.
func chainAround(cur inspector.Cursor) []*ast.IfStmt {
	for {
		up, ok := cur.Parent().Node().(*ast.IfStmt)
		if !ok || up.Else != cur.Node() {
			break
		}
		cur = cur.Parent()
	}
	var chain []*ast.IfStmt
	for s, _ := cur.Node().(*ast.IfStmt); s != nil; s, _ = s.Else.(*ast.IfStmt) {
		chain = append(chain, s)
	}
	return chain
}

// wentWell reports whether a condition asks for an error to be nil, and nothing else.
func (fl *Flow) wentWell(cond ast.Expr) bool {
	x, equal := known.WithNil(fl.info, cond)
	return x != nil && equal && isError(fl.info.TypeOf(x))
}

// saysMissing reports whether a function that finds things, by its name, is answered by a text that says that there is
// none.
func (fl *Flow) saysMissing(v *Value, made ast.Expr) bool {
	return v.Callee != nil && says(v.Callee.Name(), "find", "look", "lookup", "locate", "which") && saysNone(made)
}

// saysNone reports whether a constant text in an expression says that something is not there.
func saysNone(made ast.Expr) bool { return textMatches(made, none) }

// saysBug reports whether a constant text in an expression says that the program itself is wrong: of what cannot be, whoever
// reads it needs to know where it was, and that is told.
func saysBug(made ast.Expr) bool { return textMatches(made, bug) }

// textMatches reports whether a literal text in an expression matches a pattern; its quotes are part of it.
func textMatches(made ast.Expr, pattern *regexp.Regexp) bool {
	found := false
	ast.Inspect(made, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		found = found || ok && pattern.MatchString(lit.Value)
		return !found
	})
	return found
}

// bug finds the words by which a program says that it is wrong itself, where a text begins with them.
var bug = regexp.MustCompile(`(?i)^\W*(internal error|bug|impossible|(this )?(should never|should not|cannot|can't) happen)\b`)

var none = regexp.MustCompile(`(?i)\bnot (be )?(found|installed|exist)|\b(can't|cannot|could not|couldn't|unable to) (be )?(find|found|locate)|\bno such\b|\bmissing\b|n't exist\b`)

// asksState reports whether the branch that an error leads to is taken only if a call, made then, says so as well: how
// things are after all decides whether the failure matters.
//
//	if err := cmd.Run(); err != nil && !isRunning() {
func (fl *Flow) asksState(e *End) bool {
	s, ok := e.test.(*ast.IfStmt)
	if !ok {
		return false
	}
	both := operands(s.Cond, token.LAND)
	if len(both) != 2 {
		return false
	}
	tested := fl.failureIn(both[0])
	if tested == nil {
		return false
	}
	state := ast.Unparen(both[1])
	if not, ok := state.(*ast.UnaryExpr); ok && not.Op == token.NOT {
		state = ast.Unparen(not.X)
	}
	call, ok := state.(*ast.CallExpr)
	return ok && !mentions(fl.info, call, tested)
}
