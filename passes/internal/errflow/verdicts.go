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

// soleAnswer reports whether f has one error only, in so many words, and gives it in three places at least: it accepts
// or refuses, and does not say why.
func (fl *Flow) soleAnswer(f *Func, made ast.Expr) bool {
	if len(f.errs) != 1 {
		return false
	}
	times, only := 0, true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) <= f.errs[0] {
				only = false // without results, or another call's
				break
			}
			switch e := ast.Unparen(n.Results[f.errs[0]]); {
			case fl.info.Types[e].IsNil():
			case types.ExprString(e) == types.ExprString(made):
				times++
			default:
				only = false
			}
		}
		return only
	})
	return only && times >= 3
}

// reads reports whether what failed depends on what is outside the program: then that one error is no verdict on what was
// read, as where a zone file that cannot be read is called corrupt.
func (fl *Flow) reads(v *Value) bool { return v.Call != nil && fl.known.Outside(v.Call) }

// answersQuestion reports whether the branch that an error leads to is that of an answer as well, a yes or a no or a
// number, which the call gives beside the error and the same condition asks for: to fail counts as that answer.
func (fl *Flow) answersQuestion(v *Value, e *End) bool {
	s, ok := e.test.(*ast.IfStmt)
	if !ok {
		return false
	}
	return fl.orAnswer(v, s.Cond)
}

func (fl *Flow) orAnswer(v *Value, cond ast.Expr) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || b.Op != token.LOR {
		return false
	}
	for _, side := range [...]ast.Expr{b.X, b.Y} {
		side = ast.Unparen(side)
		switch x := side.(type) {
		case *ast.UnaryExpr:
			side = ast.Unparen(x.X)
		case *ast.BinaryExpr:
			if fl.info.Types[x.Y].Value != nil { // n == 0
				side = ast.Unparen(x.X)
			}
		}
		id, ok := side.(*ast.Ident)
		if !ok {
			continue
		}
		for _, p := range v.peers {
			if p != nil && p.v != nil && fl.info.Uses[id] == p.v {
				return true
			}
		}
	}
	return false
}

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

// saysMissing reports whether a new error says that there is none where something was looked for: a file that cannot be
// opened is answered by a sentinel with such a name, since to those who ask for it, one that they cannot have is not
// there; or a function that finds things, by its name, is answered by such a text.
func (fl *Flow) saysMissing(v *Value, made ast.Expr) bool {
	if v.Callee == nil || v.Callee.Pkg() == nil {
		return false
	}
	if says(v.Callee.Name(), "find", "look", "lookup", "locate", "which") && fl.saysNone(made) {
		return true
	}
	name, ok := fl.known.Sentinel(made)
	if !ok || !missing.MatchString(name) {
		return false
	}
	switch v.Callee.Pkg().Path() {
	case "os", "io/fs", "net/http":
		switch v.Callee.Name() {
		case "Open", "OpenFile", "Stat", "Lstat":
			return true
		}
	}
	return false
}

var missing = regexp.MustCompile(`(NotFound|NotExist|NoSuch|Missing)`)

// saysNone reports whether a constant text in an expression says that something is not there.
func (fl *Flow) saysNone(made ast.Expr) bool {
	found := false
	ast.Inspect(made, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		found = found || ok && none.MatchString(lit.Value)
		return !found
	})
	return found
}

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
