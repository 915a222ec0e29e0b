package errflow

import (
	"go/ast"
	"go/token"
	"regexp"
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
