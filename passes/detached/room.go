package detached

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// room gives a channel room for every error that may be sent on it, where the code shows how many these are.
func room(m *mend.Mender, l *errflow.Loss) *report.Fix {
	made, ok := l.Value.Node.(*ast.CallExpr)
	if !ok || len(made.Args) == 0 || len(made.Args) > 2 {
		return nil
	}
	f, path, ok := m.At(made)
	if !ok {
		return nil
	}
	assign, ok := path[1].(*ast.AssignStmt)
	if !ok || assign.Tok != token.DEFINE || len(assign.Lhs) != 1 {
		return nil
	}
	id, ok := assign.Lhs[0].(*ast.Ident)
	fn, inFunc := f.Function(path)
	if !ok || !inFunc {
		return nil
	}
	c := &counter{f: f, fn: fn, made: made, v: f.Info.Defs[id], last: true}
	if !c.count() {
		return nil
	}
	class := report.Safe
	if !c.last || l.Case == errflow.CaseDefaultSend {
		class = report.Review // what comes behind a send runs earlier now
	}
	size := strings.Join(c.terms(), "+")
	list := []edit{edits.Insert(made.Args[0].End(), ", "+size)}
	if len(made.Args) == 2 {
		list = []edit{edits.Replace(made.Args[1].Pos(), made.Args[1].End(), size)}
		class = report.Review // somebody has counted already
	}
	return &report.Fix{Message: "Give the channel room for every error", Edits: list, Class: class}
}

// A counter counts what is sent on a channel.
type counter struct {
	f     *edits.File
	fn    *edits.Function // that makes the channel
	made  *ast.CallExpr
	v     types.Object
	once  int
	loops []string // for each send in a loop, how often that comes round
	last  bool     // each send is the last that its goroutine does
}

// count looks at every use of the channel, and reports whether all sends are seen, and can be counted.
func (c *counter) count() bool {
	good := true
	ast.PreorderStack(c.fn.Body, nil, func(n ast.Node, stack []ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || c.f.Info.Uses[id] != c.v || !good {
			return good
		}
		switch p := stack[len(stack)-1].(type) {
		case *ast.SendStmt:
			good = p.Chan == ast.Expr(id) && c.send(p, stack[:len(stack)-1])
		case *ast.UnaryExpr, *ast.RangeStmt: // received
		case *ast.CallExpr:
			fun, ok := ast.Unparen(p.Fun).(*ast.Ident)
			good = ok && c.f.Info.Uses[fun] == types.Universe.Lookup("close")
		default:
			good = false
		}
		return good
	})
	return good && c.once+len(c.loops) > 0
}

// send counts one send statement by the nodes around it.
func (c *counter) send(stmt *ast.SendStmt, stack []ast.Node) bool {
	inside := false
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.FuncLit:
			if inside || i < 2 {
				return false
			}
			if call, ok := stack[i-1].(*ast.CallExpr); !ok || call.Fun != ast.Expr(n) {
				// wg.Go(func() {…})
				if !ok || len(call.Args) != 1 || call.Args[0] != ast.Expr(n) {
					return false
				}
			} else if _, ok := stack[i-2].(*ast.GoStmt); !ok {
				return false
			}
			inside = true
			c.last = c.last && len(n.Body.List) > 0 && n.Body.List[len(n.Body.List)-1].End() == stmt.End()
		case *ast.ForStmt, *ast.RangeStmt:
			if n.Pos() <= c.made.Pos() && c.made.Pos() < n.End() {
				continue // each turn makes a channel of its own
			}
			if !inside {
				return false
			}
			r, ok := n.(*ast.RangeStmt)
			if !ok {
				return false
			}
			turns, ok := c.turns(r.X)
			if !ok || slices.ContainsFunc(stack[:i], func(m ast.Node) bool { return isLoop(m) && c.made.Pos() < m.Pos() }) {
				return false
			}
			c.loops = append(c.loops, turns)
			return true
		}
	}
	c.once++
	return inside
}

func isLoop(n ast.Node) bool {
	switch n.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// turns spells how often a loop over e comes round, as it reads where the channel is made.
func (c *counter) turns(e ast.Expr) (string, bool) {
	if tv := c.f.Info.Types[e]; tv.Value != nil && tv.Value.Kind() == constant.Int {
		return tv.Value.ExactString(), true
	}
	id, ok := e.(*ast.Ident)
	if !ok {
		return "", false
	}
	v, ok := c.f.Info.Uses[id].(*types.Var)
	if !ok || c.f.At(id.Name, c.made.Pos()) != v || v.Parent() == c.f.Pkg.Scope() || c.changes(v) {
		return "", false
	}
	switch t := v.Type().Underlying().(type) {
	case *types.Slice, *types.Array, *types.Map:
		return "len(" + id.Name + ")", c.f.Predeclared(c.made.Pos(), "len")
	case *types.Basic:
		return id.Name, t.Kind() == types.Int
	}
	return "", false
}

// changes reports whether v is given something else behind the place where the channel is made.
func (c *counter) changes(v *types.Var) bool {
	found := false
	ast.Inspect(c.fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				id, ok := l.(*ast.Ident)
				found = found || ok && c.f.Info.Uses[id] == v && n.End() > c.made.Pos()
			}
		case *ast.CallExpr: // delete, clear
			if id, ok := n.Fun.(*ast.Ident); ok && (id.Name == "delete" || id.Name == "clear") {
				found = true
			}
		case *ast.UnaryExpr:
			if id, ok := n.X.(*ast.Ident); ok && n.Op == token.AND {
				found = found || c.f.Info.Uses[id] == v
			}
		}
		return !found
	})
	return found
}

// terms are what the sends add up to.
func (c *counter) terms() []string {
	list, once := []string(nil), c.once
	for _, l := range c.loops {
		if n, err := strconv.Atoi(l); err == nil {
			once += n
		} else {
			list = append(list, l)
		}
	}
	if once > 0 {
		list = append(list, strconv.Itoa(once))
	}
	return list
}
