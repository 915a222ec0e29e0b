package edits

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Spot is a statement as it stands on its lines: on lines of its own, but for a comment behind it, or alone between
// the braces of a one-line function.
type Spot struct {
	f      *File
	stmt   ast.Stmt
	margin string // before the lines that go with the statement
	behind token.Pos
	// open and close are put before and after the statement of a one-liner.
	open, close analysis.TextEdit
	oneLine     bool
}

// Spot finds out how a statement stands, path[0] being it. It fails for statements that are a part of another's head,
// or share their line with others.
func (f *File) Spot(path []ast.Node) (*Spot, bool) {
	stmt, ok := path[0].(ast.Stmt)
	if !ok || len(path) < 2 {
		return nil, false
	}
	s := &Spot{f: f, stmt: stmt, margin: f.Margin(stmt.Pos())}
	switch list := path[1].(type) {
	case *ast.BlockStmt:
		if len(list.List) == 1 && f.Line(list.Lbrace) == f.Line(list.Rbrace) {
			return s, s.spread(list)
		}
	case *ast.CaseClause:
	case *ast.CommClause:
		if list.Comm == stmt {
			return nil, false
		}
	default:
		return nil, false
	}
	if _, ok := f.LineStart(stmt.Pos()); !ok {
		return nil, false
	}
	s.behind, ok = f.behind(stmt.End())
	return s, ok
}

// Rest returns the end of the line of pos, if only comments stand there.
func (f *File) Rest(pos token.Pos) (token.Pos, bool) { return f.behind(pos) }

// behind returns the end of the line of pos, if only comments stand there that end on it.
func (f *File) behind(pos token.Pos) (token.Pos, bool) {
	end := f.lineEnd(pos)
	rest := f.slice(pos, end)
	for {
		rest = strings.TrimSpace(rest)
		switch {
		case rest == "", strings.HasPrefix(rest, "//"):
			if rest == "" {
				end = pos + token.Pos(len(strings.TrimRight(f.slice(pos, end), " \t")))
			}
			return end, true
		case strings.HasPrefix(rest, "/*"):
			at := strings.Index(rest, "*/")
			if at < 0 {
				return end, false
			}
			rest = rest[at+2:]
		default:
			return end, false
		}
	}
}

// spread makes room around the only statement of a block that stands on one line.
func (s *Spot) spread(block *ast.BlockStmt) bool {
	f, stmt := s.f, s.stmt
	if strings.TrimSpace(f.slice(block.Lbrace+1, stmt.Pos())) != "" || strings.TrimSpace(f.slice(stmt.End(), block.Rbrace)) != "" {
		return false
	}
	margin := f.Margin(block.Lbrace)
	s.margin = margin + "\t"
	s.open = Replace(block.Lbrace+1, stmt.Pos(), "\n"+s.margin)
	s.close = Replace(stmt.End(), block.Rbrace, "\n"+margin)
	s.behind, s.oneLine = stmt.End(), true
	return true
}

// around puts edits of the statement's neighbourhood together: text before it, directly after it, and on the lines
// behind it.
func (s *Spot) around(before, after, behind string) []analysis.TextEdit {
	behind = indent(behind, s.margin)
	if s.oneLine {
		return []analysis.TextEdit{
			Replace(s.open.Pos, s.open.End, string(s.open.NewText)+before),
			Replace(s.close.Pos, s.close.End, after+behind+string(s.close.NewText)),
		}
	}
	var list []analysis.TextEdit
	if before != "" {
		list = append(list, Insert(s.stmt.Pos(), before))
	}
	if s.behind == s.stmt.End() {
		after, behind = after+behind, ""
	}
	if after != "" {
		list = append(list, Insert(s.stmt.End(), after))
	}
	if behind != "" {
		list = append(list, Insert(s.behind, behind))
	}
	return list
}

// If makes the statement, a call or an assignment without its left side, the head of an if whose body is body, lines
// without indentation. The call's own text is not touched, so that fixes inside it stand.
func (s *Spot) If(before, condition, body string) []analysis.TextEdit {
	return s.around("if "+before, "; "+condition+" {", "\n\t"+indent(body, "\t")+"\n}")
}

// Test makes the statement the head of an if like If, with what it begins with, up to from, replaced by before.
func (s *Spot) Test(from token.Pos, before, condition, body string) []analysis.TextEdit {
	list := s.around("", "; "+condition+" {", "\n\t"+indent(body, "\t")+"\n}")
	if s.oneLine {
		list[0] = Replace(list[0].Pos, from, string(list[0].NewText)+"if "+before)
		return list
	}
	return append(list, Replace(s.stmt.Pos(), from, "if "+before))
}

// Closure makes the call of a defer statement a closure that runs it and goes on with body if condition holds.
func (s *Spot) Closure(call *ast.CallExpr, before, condition, body string) []analysis.TextEdit {
	head := "func() {\n" + s.margin + "\tif " + before
	list := s.around("", "; "+condition+" {", "\n\t\t"+indent(body, "\t\t")+"\n\t}\n}()")
	return append(list, Insert(call.Pos(), head))
}

// Within puts text directly before a call in the statement, and behind the statement, both with the lines they hold.
func (s *Spot) Within(call *ast.CallExpr, head, tail string) []analysis.TextEdit {
	return append(s.around("", indent(tail, s.margin), ""), Insert(call.Pos(), indent(head, s.margin)))
}

// Behind puts lines behind the statement.
func (s *Spot) Behind(lines string) []analysis.TextEdit { return s.around("", "", "\n"+lines) }

// Lines gives lines that replace the statement its indentation.
func (s *Spot) Lines(lines string) string {
	if s.oneLine {
		return strings.ReplaceAll(lines, "\n", "; ")
	}
	return indent(lines, s.margin)
}

// Before puts lines before the statement.
func (s *Spot) Before(lines string) []analysis.TextEdit {
	return s.around(indent(lines+"\n", s.margin), "", "")
}

// Enclose puts text directly before and after the statement, the latter followed by lines.
func (s *Spot) Enclose(before, after, lines string) []analysis.TextEdit {
	return s.around(before, after, lines)
}

// Cut takes a statement away that stands on lines of its own, together with an empty line behind it if there is one in
// front of it, too.
func (f *File) Cut(stmt ast.Stmt) (analysis.TextEdit, bool) {
	start, ok := f.LineStart(stmt.Pos())
	if !ok {
		return analysis.TextEdit{}, false
	}
	end := f.lineEnd(stmt.End())
	if strings.TrimSpace(f.slice(stmt.End(), end)) != "" || f.tok.Offset(end) >= len(f.src) {
		return analysis.TextEdit{}, false
	}
	end = f.nextLine(end)
	before := f.src[:f.tok.Offset(start)]
	if strings.HasSuffix(string(before), "\n\n") && f.tok.Offset(end) < len(f.src) && f.src[f.tok.Offset(end)] == '\n' {
		end++
	}
	return Replace(start, end, ""), true
}

// nextLine returns the beginning of the line behind end, the end of a line.
func (f *File) nextLine(end token.Pos) token.Pos {
	for f.tok.Offset(end) < len(f.src) && f.src[f.tok.Offset(end)] != '\n' {
		end++
	}
	return end + 1
}

// HeadSafe reports whether e may stand in the head of an if: a composite literal there would be taken for its body.
func HeadSafe(e ast.Expr) bool {
	safe := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			safe = safe && n.Type == nil
			return false
		case *ast.ParenExpr, *ast.FuncLit:
			return false
		case *ast.CallExpr:
			safe = safe && HeadSafe(n.Fun)
			return false
		case *ast.IndexExpr:
			safe = safe && HeadSafe(n.X)
			return false
		}
		return safe
	})
	return safe
}
