package errmatch

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/report"
)

// comparison checks x == y and x != y.
func (c *checker) comparison(cur inspector.Cursor, b *ast.BinaryExpr) {
	x, y := c.sides(b)
	if err := c.textOf(x); err != nil {
		if c.kindOfText(y) {
			c.text(cur, b, err, y)
		}
		return
	}
	if c.isError(x) {
		c.identity(cur, b, x, y)
	}
}

// cases checks the switch over an error or over its text: one finding, at the first case that may miss it.
func (c *checker) cases(cur inspector.Cursor, s *ast.SwitchStmt) {
	if s.Tag == nil {
		return
	}
	err := c.textOf(s.Tag)
	for _, cc := range s.Body.List {
		for _, e := range cc.(*ast.CaseClause).List {
			if err != nil && c.kindOfText(e) {
				c.text(cur, e, err, e)
				return
			}
			if err == nil && c.isError(s.Tag) && c.identity(cur, e, s.Tag, e) {
				return
			}
		}
	}
}

// identity checks a comparison of err with a sentinel. A condition that compares one error with several is one finding.
func (c *checker) identity(cur inspector.Cursor, at, err, sentinel ast.Expr) bool {
	b, _ := at.(*ast.BinaryExpr)
	if c.told[b] {
		return false
	}
	tier, o, ok := c.misses(err, sentinel)
	if !ok {
		return false
	}
	what, them, all := types.ExprString(sentinel), "it", []question{{b, sentinel}}
	if b != nil {
		for _, other := range c.beside(cur, b, err) {
			_, also := c.sides(other)
			if t, at, ok := c.misses(err, also); ok && t == tier && at.both == o.both {
				what, them, all = what+" and "+types.ExprString(also), "them", append(all, question{other, also})
				c.told[other] = true
			}
		}
	}
	fix := func() *report.Fix {
		if o.both {
			return nil
		}
		if b != nil {
			return c.is(all, err)
		}
		s, ok := cur.Node().(*ast.SwitchStmt)
		if !ok {
			return nil
		}
		return c.questions(s)
	}
	c.tell(cur, compared, tier, at, o, fix, fmt.Sprintf("%s; == misses %s then, errors.Is finds %s", o.because(types.ExprString(err)), what, them))
	return true
}

// misses reports whether a comparison of err with a sentinel may miss it, where err comes from, and the tier.
func (c *checker) misses(err, sentinel ast.Expr) (tier report.Tier, o origin, ok bool) {
	name, ok := c.known.Sentinel(sentinel)
	if !ok || c.isSentinel(err) {
		return report.Strict, o, false
	}
	o = c.origin(err, func(call *ast.CallExpr) (plain, inside bool) { return c.known.HandsOut(call, name) })
	switch {
	case c.remote(err):
		return report.Strict, o, false // errors.Is would find no more
	case o.plain:
		return report.Strict, o, false
	case o.both: // one means the end, the other that something was cut off
	case o.wrapped != "":
		return report.Default, o, true
	}
	return report.Strict, o, true
}

// A question is a comparison with a sentinel.
type question struct {
	at       *ast.BinaryExpr
	sentinel ast.Expr
}

// beside returns the comparisons of err behind b in the condition of which b is a part.
func (c *checker) beside(cur inspector.Cursor, b *ast.BinaryExpr, err ast.Expr) []*ast.BinaryExpr {
	whole := ast.Expr(b)
	for p := range cur.Enclosing() {
		switch n := p.Node().(type) {
		case *ast.ParenExpr:
			continue
		case *ast.BinaryExpr:
			if n == b || n.Op == token.LAND || n.Op == token.LOR {
				whole = n
				continue
			}
		}
		break
	}
	var list []*ast.BinaryExpr
	ast.Inspect(whole, func(n ast.Node) bool {
		if o, ok := n.(*ast.BinaryExpr); ok && o.Op == b.Op && o.Pos() > b.Pos() {
			if x, _ := c.sides(o); types.ExprString(x) == types.ExprString(err) {
				list = append(list, o)
			}
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	return list
}

// sides gives the error, or the text, of a comparison and what it is compared with.
func (c *checker) sides(b *ast.BinaryExpr) (x, y ast.Expr) {
	x, y = ast.Unparen(b.X), ast.Unparen(b.Y)
	if c.textOf(y) != nil || c.isSentinel(x) {
		return y, x
	}
	return x, y
}
