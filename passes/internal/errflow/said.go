package errflow

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"

	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

// speaksOfErrors matches a comment that says something about an error.
var speaksOfErrors = regexp.MustCompile(`(?i)\berr(or)?s?\b|\bErr\(\)|\bfail(s|ed|ure|ures)?\b`)

// saidAbove returns the comment that ends on the line above n, if it matches.
func (fl *Flow) saidAbove(n ast.Node, pattern *regexp.Regexp) *ast.CommentGroup {
	line := fl.line(n.Pos())
	return fl.comment(n.Pos(), pattern, func(g *ast.CommentGroup) bool { return fl.line(g.End())+1 == line })
}

// saidBehind returns the comment that begins on the last line of n or the one below, if it matches.
func (fl *Flow) saidBehind(n ast.Node, pattern *regexp.Regexp) *ast.CommentGroup {
	line := fl.line(n.End())
	return fl.comment(n.Pos(), pattern, func(g *ast.CommentGroup) bool {
		at := fl.line(g.Pos())
		return n.End() < g.Pos() && (at == line || at == line+1)
	})
}

func (fl *Flow) line(pos token.Pos) int { return fl.fset.PositionFor(pos, false).Line }

// comment returns the first comment that is accepted and matches, of the file in which pos lies.
func (fl *Flow) comment(pos token.Pos, pattern *regexp.Regexp, accept func(*ast.CommentGroup) bool) *ast.CommentGroup {
	for _, f := range fl.files {
		if pos < f.FileStart || f.FileEnd <= pos {
			continue
		}
		for _, g := range f.Comments {
			if accept(g) && pattern.MatchString(g.Text()) {
				return g
			}
		}
	}
	return nil
}

// waivedAbove returns the comment above the if statement in whose body ret stands that says in so many words that the
// error which it tests is ignored.
func (fl *Flow) waivedAbove(ret ast.Node) *ast.CommentGroup {
	cur, ok := fl.cursor(ret)
	if !ok {
		return nil
	}
	ifs, ok := cur.Parent().Parent().Node().(*ast.IfStmt)
	if !ok {
		return nil
	}
	return fl.saidAbove(ifs, ignoresErrors)
}

// otherwise matches a comment that says what becomes of what was not asked for.
var otherwise = regexp.MustCompile(`(?i)\b(other(s|wise)?|else|ignor\w+|(fall|falls|falling) (through|back))\b`)

// saidOtherwise returns the comment right behind an if that asks for kinds of an error, or behind one that ends with it,
// which says what happens otherwise. One directly above the next statement speaks of that, unless it is how the work
// ends there, or its words say that it is about the rest.
func (fl *Flow) saidOtherwise(asking ast.Node) *ast.CommentGroup {
	if _, ok := asking.(*ast.IfStmt); !ok {
		return nil
	}
	cur, ok := fl.cursor(asking)
	for ok {
		for up, chain := cur.Parent().Node().(*ast.IfStmt); chain && up.Else == cur.Node(); up, chain = cur.Parent().Node().(*ast.IfStmt) {
			cur = cur.Parent()
		}
		list := cur.Parent()
		rest := behind(list.Node(), cur.Node())
		g := fl.saidBehind(cur.Node(), anything)
		if g != nil && g.Pos() < list.Node().End() && report.GivesReason(g) {
			if len(rest) == 0 || otherwise.MatchString(g.Text()) || fl.line(rest[0].Pos()) > fl.line(g.End())+1 {
				return g
			}
			if _, ends := rest[0].(*ast.BranchStmt); ends {
				return g
			}
			return nil
		}
		if len(rest) > 0 {
			return nil
		}
		if _, block := list.Node().(*ast.BlockStmt); !block {
			return nil
		}
		if _, ok = list.Parent().Node().(*ast.IfStmt); ok {
			cur = list.Parent()
		}
	}
	return nil
}

// anything matches every comment.
var anything = regexp.MustCompile(``)

// maybeMissing matches a comment that says that what is looked for need not be there.
var maybeMissing = regexp.MustCompile(`(?i)\b(may|might|need) not (be (there|present|set)|exist)\b|\boptional(ly)?\b|\bif (it |they |there )?(exists?|is (one|any)|any|present)\b`)

// tolerates matches a comment that says that to fail is all right, and not one that says that it is not.
var tolerates = regexp.MustCompile(`(?is)\bfail(s|ed|ure|ures|ing)?\b[^.;]{0,60}(\b(is|are)|'s|’s)\s+(ok|okay|fine|harmless)\b`)

// saidOptional reports whether the comment above v's call, or above the statements on the lines right in front of it,
// says that what it looks for need not be there, or that it may fail.
func (fl *Flow) saidOptional(v *Value) bool {
	if v.Call == nil {
		return false
	}
	cur, ok := fl.cursor(v.Call)
	if !ok {
		return false
	}
	stmt := cur.Parent()
	block, ok := stmt.Parent().Node().(*ast.BlockStmt)
	if !ok {
		return false
	}
	var before []ast.Stmt
	for _, s := range block.List {
		if s == stmt.Node() {
			break
		}
		before = append(before, s)
	}
	at := stmt.Node()
	for {
		if fl.saidAbove(at, maybeMissing) != nil || fl.saidAbove(at, tolerates) != nil {
			return true
		}
		last := len(before) - 1
		if last < 0 || fl.line(before[last].End())+1 != fl.line(at.Pos()) {
			return false
		}
		if _, plain := before[last].(*ast.AssignStmt); !plain {
			return false
		}
		at, before = before[last], before[:last]
	}
}

// warns reports whether what a handler prints calls itself a warning: somebody decided that the failure is to be known,
// and no more.
func (fl *Flow) warns(body []ast.Stmt) bool {
	found := false
	for _, s := range body {
		ast.Inspect(s, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && fl.known.Kind(call)&known.Print != 0 {
				found = found || slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
					lit, ok := ast.Unparen(a).(*ast.BasicLit)
					return ok && warning.MatchString(lit.Value)
				})
			}
			return !found
		})
	}
	return found
}

var warning = regexp.MustCompile(`(?i)\bwarn(ing)?\b`)

// saidOfGo returns the comment above a go statement which speaks of errors, where v's call is the first thing that the
// literal does: there is no better place to say why its error is let go.
//
//	// Whatever error there is, the peer has gone.
//	go func() {
//		c.subscribe(ctx)
//		done <- c
//	}()
func (fl *Flow) saidOfGo(v *Value) *ast.CommentGroup {
	lit, ok := v.Func.Node.(*ast.FuncLit)
	if !ok || len(lit.Body.List) == 0 || !within(v.Node, lit.Body.List[0]) {
		return nil
	}
	cur, ok := fl.cursor(lit)
	if !ok {
		return nil
	}
	spawn, ok := cur.Parent().Parent().Node().(*ast.GoStmt)
	if !ok {
		return nil
	}
	return fl.saidAbove(spawn, speaksOfErrors)
}

// notFatal matches a comment that says that to fail does not matter much.
var notFatal = regexp.MustCompile(`(?i)\b(not|non|isn't|aren't)[ -](fatal|critical)\b`)

// saidOfBranch returns the comment directly above an if statement around v's call which says that errors are ignored
// there, or are not fatal. One above a question for an error speaks of that.
func (fl *Flow) saidOfBranch(v *Value) *ast.CommentGroup {
	cur, ok := fl.cursor(v.Node)
	if !ok {
		return nil
	}
	for up := range cur.Enclosing() {
		switch n := up.Node().(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return nil
		case *ast.IfStmt:
			if fl.holdsError(n.Cond) {
				continue
			}
			if g := fl.saidAbove(n, ignoresErrors); g != nil && report.Waives(g) {
				return g
			}
			if g := fl.saidAbove(n, notFatal); g != nil {
				return g
			}
		}
	}
	return nil
}
