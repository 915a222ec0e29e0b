package errflow

import (
	"go/ast"
	"regexp"
	"strings"
)

// How loops end that take what comes.

// endsWith reports whether v is what ends a loop that takes what comes from something, in a function that closes the
// same when it is left: that it came to its end, or broke, is what the others learn from it, and closing it the answer.
func (fl *Flow) endsWith(v *Value) bool {
	sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr)
	if !ok || !takesNext(sel.Sel.Name) {
		return false
	}
	from := rootVar(fl.info, sel.X)
	if from == nil {
		return false
	}
	closes := false
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			ast.Inspect(n, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && strings.HasPrefix(s.Sel.Name, "Close") && rootVar(fl.info, s.X) == from {
						closes = true
					}
				}
				return !closes
			})
			return false
		}
		return true
	})
	return closes && v.Func.inEndless(v.Call)
}

// takesNext reports whether a name says that a call waits for the next thing that comes.
func takesNext(name string) bool { return begins(name, "accept", "read", "recv", "receive", "next") }

// saidToClose reports whether a comment in the branch speaks of closing, however short it is, and what failed was to
// wait for the next thing to come: that there is no more is how such loops end.
func (fl *Flow) saidToClose(v *Value, branch ast.Node) bool {
	if v.Call == nil || branch == nil || receiverOf(v.Call) == nil || !takesNext(lastName(v.Call.Fun)) || !v.Func.inEndless(v.Call) {
		return false
	}
	last := fl.line(branch.End())
	return fl.comment(branch.Pos(), speaksOfClosing, func(g *ast.CommentGroup) bool {
		return branch.Pos() <= g.Pos() && (g.End() <= branch.End() || fl.line(g.Pos()) == last)
	}) != nil
}

// inEndless reports whether n stands in a loop of f that nothing but its body ends.
func (f *Func) inEndless(n ast.Node) bool {
	endless := false
	ast.Inspect(f.Body, func(at ast.Node) bool {
		if loop, ok := at.(*ast.ForStmt); ok {
			endless = endless || loop.Cond == nil && within(n, loop.Body)
		}
		_, lit := at.(*ast.FuncLit)
		return !lit
	})
	return endless
}

// speaksOfClosing matches a comment that says that something was closed, or came to its end.
var speaksOfClosing = regexp.MustCompile(`(?i)\bclos(e|es|ed|ing)\b|\bshut(s|ting)?[ -]?down\b|\b(done|eof|gone)\b`)
