package errmatch

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/report"
)

// open returns the file of n, unless comments stand in n: a rewrite would lose their place.
func (c *checker) open(n ast.Node) (*edits.File, bool) {
	f, ok := edits.Open(c.pass, n.Pos())
	if !ok {
		return nil, false
	}
	for _, group := range f.Syntax.Comments {
		if n.Pos() <= group.Pos() && group.End() <= n.End() {
			return nil, false
		}
	}
	return f, true
}

// is makes questions by errors.Is of comparisons x == y or x != y of one error with sentinels. They are asked of wrappers
// too, and answer all others as before.
func (c *checker) is(all []question, err ast.Expr) *report.Fix {
	f, ok := edits.Open(c.pass, all[0].at.Pos())
	if !ok {
		return nil
	}
	name, list, ok := f.Qualify("errors", "Is", all[0].at.Pos())
	if !ok {
		return nil
	}
	for _, q := range all {
		if f.Commented(q.at.Pos(), q.at.End()) {
			return nil
		}
		text := name + ".Is(" + f.Text(err) + ", " + f.Text(q.sentinel) + ")"
		if q.at.Op == token.NEQ {
			text = "!" + text
		}
		list = append(list, edits.Replace(q.at.Pos(), q.at.End(), text))
	}
	return safe("Ask by errors.Is", list)
}

// questions makes a switch over an error one over questions by errors.Is.
func (c *checker) questions(s *ast.SwitchStmt) *report.Fix {
	f, ok := edits.Open(c.pass, s.Pos())
	tag := s.Tag
	if !ok || !pure(tag) || f.Commented(tag.Pos(), s.Body.Lbrace) || !f.Predeclared(tag.Pos(), "nil") {
		return nil
	}
	name, list, ok := f.Qualify("errors", "Is", tag.Pos())
	if !ok {
		return nil
	}
	text := f.Text(tag)
	list = append(list, edits.Replace(tag.Pos(), s.Body.Lbrace, ""))
	for _, cc := range s.Body.List {
		for _, e := range cc.(*ast.CaseClause).List {
			switch {
			case c.info.Types[e].IsNil():
				list = append(list, edits.Replace(e.Pos(), e.End(), text+" == nil"))
			case c.isSentinel(e):
				list = append(list, edits.Insert(e.Pos(), name+".Is("+text+", "), edits.Insert(e.End(), ")"))
			default:
				return nil
			}
		}
	}
	return safe("Ask by errors.Is", list)
}

// pure reports whether e may be evaluated again.
func pure(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return pure(e.X)
	}
	return false
}

// as makes a question by errors.As, or AsType, of an assertion err.(T) with a second result.
func (c *checker) as(x *ast.TypeAssertExpr) *report.Fix {
	f, ok := c.open(x)
	if !ok {
		return nil
	}
	path := f.Path(x)
	t := c.info.TypeOf(x.Type)
	if f.Has("go1.26") && types.Implements(t, errorType.Underlying().(*types.Interface)) {
		if name, add, ok := f.Qualify("errors", "AsType", x.Pos()); ok {
			return safe("Ask by errors.AsType", append(add, edits.Replace(x.Pos(), x.End(), name+".AsType["+f.Text(x.Type)+"]("+f.Text(x.X)+")")))
		}
	}
	a, ok := path[1].(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 2 {
		return nil
	}
	to, isTo := a.Lhs[0].(*ast.Ident)
	found, isFound := a.Lhs[1].(*ast.Ident)
	if !isTo || !isFound || found.Name == "_" || c.info.Defs[found] == nil || to.Name != "_" && c.info.Defs[to] == nil {
		return nil
	}
	name, add, ok := f.Qualify("errors", "As", x.Pos())
	if !ok {
		return nil
	}
	target := "&" + to.Name
	if to.Name == "_" {
		if target = "new(" + f.Text(x.Type) + ")"; !f.Predeclared(x.Pos(), "new") {
			return nil
		}
	}
	call := name + ".As(" + f.Text(x.X) + ", " + target + ")"
	if s, ok := path[2].(*ast.IfStmt); ok && s.Init == ast.Stmt(a) {
		return c.inHead(f, path[2:], s, to, found, x, call, add)
	}
	spot, ok := f.Spot(path[1:])
	if !ok {
		return nil
	}
	list := append(add, edits.Replace(a.Pos(), a.End(), found.Name+" := "+call))
	if to.Name != "_" {
		list = append(list[:len(list)-1], edits.Replace(a.Pos(), a.End(), spot.Lines("var "+to.Name+" "+f.Text(x.Type)+"\n"+found.Name+" := "+call)))
	}
	return safe("Ask by errors.As", list)
}

// inHead rewrites if to, found := err.(T); found && … {. The variable moves before the if.
func (c *checker) inHead(f *edits.File, path []ast.Node, s *ast.IfStmt, to, found *ast.Ident, x *ast.TypeAssertExpr, call string, list []analysis.TextEdit) *report.Fix {
	first := s.Cond
	for {
		if b, ok := ast.Unparen(first).(*ast.BinaryExpr); ok {
			first = b.X
		} else if u, ok := ast.Unparen(first).(*ast.UnaryExpr); ok {
			first = u.X
		} else {
			break
		}
	}
	first = ast.Unparen(first)
	uses := 0
	ast.Inspect(s, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && c.info.Uses[id] == c.info.Defs[found] {
			uses++
		}
		return true
	})
	if id, ok := first.(*ast.Ident); !ok || uses != 1 || c.info.Uses[id] != c.info.Defs[found] || f.Commented(s.Init.Pos(), s.Cond.Pos()) {
		return nil
	}
	if to.Name != "_" {
		spot, ok := f.Spot(path)
		if !ok {
			return nil
		}
		if name, ok := f.NewName(path, to.Name); !ok || name != to.Name {
			return nil
		}
		list = append(list, spot.Before("var "+to.Name+" "+f.Text(x.Type))...)
	}
	if s.Cond.Pos() == first.Pos() {
		list = append(list, edits.Replace(s.Init.Pos(), first.End(), call))
	} else {
		list = append(list, edits.Replace(s.Init.Pos(), s.Cond.Pos(), ""), edits.Replace(first.Pos(), first.End(), call))
	}
	return safe("Ask by errors.As", list)
}

// instead makes a question by errors.Is of os.IsNotExist and its like.
func (c *checker) instead(call *ast.CallExpr, sentinel string) *report.Fix {
	f, ok := c.open(call)
	sel, isSel := call.Fun.(*ast.SelectorExpr)
	if !ok || !isSel {
		return nil
	}
	name, list, ok := f.Qualify("errors", "Is", call.Pos())
	if !ok {
		return nil
	}
	os := f.Text(sel.X) // stays in use, so that its import does
	return safe("Ask by errors.Is", append(list,
		edits.Replace(call.Fun.Pos(), call.Fun.End(), name+".Is"),
		edits.Insert(call.Args[0].End(), ", "+os+"."+sentinel)))
}

// byText makes a question by errors.Is of a comparison with the text of a sentinel. Errors that only read alike, those
// of another process for instance, are not found any more.
func (c *checker) byText(b *ast.BinaryExpr, err, kind ast.Expr) *report.Fix {
	call, ok := ast.Unparen(kind).(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Error" || !c.isSentinel(sel.X) || c.plainText(b, err) {
		return nil
	}
	fix := c.is([]question{{b, sel.X}}, err)
	if fix != nil {
		fix.Class = report.Review
	}
	return fix
}

// plainText reports whether neither side of b is err.Error() as it stands: a text in lower case matches more.
func (c *checker) plainText(b *ast.BinaryExpr, err ast.Expr) bool {
	for _, side := range []ast.Expr{b.X, b.Y} {
		if call, ok := ast.Unparen(side).(*ast.CallExpr); ok {
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sel.X == err {
				return false
			}
		}
	}
	return true
}

func safe(message string, list []analysis.TextEdit) *report.Fix {
	return &report.Fix{Message: message, Edits: list, Class: report.Safe}
}
