package report

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"sync"
)

// comments is the index of one file's comments: in source order, with what
// lookups need. It is built when the first finding of the file asks for it;
// most files never have one.
//
// Lines are those a //line directive gives, since they are the author's also
// where cgo has rewritten the file.
type comments struct {
	once sync.Once
	list []comment
}

type comment struct {
	*ast.Comment
	group      *ast.CommentGroup
	line       int
	column     int
	first      int // line on which the group begins
	last       int // line on which the group ends
	own        bool
	directives []directive
}

// index returns the file's comments.
func (f *file) index(fset *token.FileSet) []comment {
	f.comments.once.Do(func() {
		f.comments.list = indexComments(fset, f.syntax)
	})
	return f.comments.list
}

func indexComments(fset *token.FileSet, syntax *ast.File) []comment {
	file := fset.File(syntax.Package)
	var list []comment
	for _, group := range syntax.Comments {
		first, last := file.Line(group.Pos()), file.Line(group.End())
		for _, c := range group.List {
			at := file.Position(c.Pos())
			list = append(list, comment{
				Comment: c, group: group, line: at.Line, column: at.Column, first: first, last: last, own: true,
				directives: parseDirectives(c),
			})
		}
	}
	markTrailing(file, syntax, list)
	return list
}

// markTrailing finds the comments that have code before them on their line. A
// line of code always holds the first or last position of some node, so no
// token is needed.
func markTrailing(file *token.File, syntax *ast.File, list []comment) {
	starts := make([]token.Pos, len(list)) // of the comments' lines
	for i, c := range list {
		starts[i] = file.LineStart(file.PositionFor(c.Pos(), false).Line)
	}
	mark := func(pos token.Pos) {
		at, _ := slices.BinarySearch(starts, pos+1) // the first line that begins after pos
		for i := at - 1; i >= 0 && starts[i] == starts[at-1]; i-- {
			if pos < list[i].Pos() {
				list[i].own = false
			}
		}
	}
	ast.Inspect(syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil, *ast.CommentGroup:
			return false
		case *ast.File:
			mark(n.Package)
			return true
		}
		mark(n.Pos())
		mark(n.End() - 1)
		return true
	})
}

// span is where a node's own comments stand.
type span struct {
	from, to token.Pos // strictly inside a block or clause; otherwise invalid
	line     int       // first line of a statement; 0 for a block or clause
	end      int       // its last line
	node     ast.Node
}

// spanOf tells where comments speak for n: inside it if n is a block or a
// clause, on its first or last line and directly above if it is anything else.
func (r *Reporter) spanOf(n ast.Node) span {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return span{from: n.Lbrace, to: n.Rbrace, node: n}
	case *ast.CaseClause:
		return span{from: n.Colon, to: r.clauseEnd(n), node: n}
	case *ast.CommClause:
		return span{from: n.Colon, to: r.clauseEnd(n), node: n}
	case *ast.CommentGroup: // it speaks for itself: as one above what stands below it, or at the end of its own line
		return span{line: r.fset.Position(n.End()).Line + 1, end: r.fset.Position(n.Pos()).Line, node: n}
	}
	return r.lines(n)
}

// clauseEnd returns where the next clause or the end of the switch begins: the
// syntax tree ends a clause at its last statement, before trailing comments.
func (r *Reporter) clauseEnd(clause ast.Node) token.Pos {
	cur, ok := r.inspect.Root().FindNode(clause)
	if !ok {
		return clause.End()
	}
	if next, ok := cur.NextSibling(); ok {
		return next.Node().Pos()
	}
	if body, ok := cur.Parent().Node().(*ast.BlockStmt); ok {
		return body.Rbrace
	}
	return clause.End()
}

// speaksFor reports whether c belongs to s by its place.
func (s span) speaksFor(c comment) bool {
	if s.line == 0 {
		return s.from < c.Pos() && c.End() <= s.to && !nested(s.node, c)
	}
	if c.own {
		return c.last == s.line-1
	}
	if c.line != s.line && c.line != s.end || c.Pos() < s.node.Pos() {
		return false
	}
	return strings.HasPrefix(c.Text, "//") || c.Pos() >= s.node.End() // a /* */ inside names an argument
}

// above reports whether c stands on lines of its own above a statement, and was not picked out for what it says.
func (s span) above(c comment) bool {
	_, picked := s.node.(*ast.CommentGroup)
	return s.line != 0 && c.own && !picked
}

// nested reports whether c stands in a block further inside n, and so speaks
// of what happens there.
func nested(n ast.Node, c comment) bool {
	found := false
	ast.Inspect(n, func(m ast.Node) bool {
		if m == nil || found {
			return false
		}
		if block, ok := m.(*ast.BlockStmt); ok && m != n && block.Lbrace < c.Pos() && c.Pos() < block.Rbrace {
			found = true
		}
		return !found
	})
	return found
}

// enclosing yields the nodes around pos, innermost first.
func (r *Reporter) enclosing(pos token.Pos) func(yield func(ast.Node) bool) {
	return func(yield func(ast.Node) bool) {
		cur, ok := r.inspect.Root().FindByPos(pos, pos)
		if !ok {
			return
		}
		for c := range cur.Enclosing() {
			if !yield(c.Node()) {
				return
			}
		}
	}
}
