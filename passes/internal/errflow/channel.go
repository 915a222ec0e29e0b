package errflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// A channel is a variable, parameter or field that carries errors between goroutines, with all that the package
// does with it.
type channel struct {
	v        *types.Var
	makes    []*ast.CallExpr // what it is given
	sends    []send
	receives []inspector.Cursor
	passes   []pass // to functions of this package
	escapes  bool   // others may do anything with it
}

// A send is one statement that sends on a channel.
type send struct {
	cur     inspector.Cursor
	either  bool // one of several ways of a select: it does not block for ever
	dropped bool // with a default that does nothing: what nobody waits for is lost
}

// A pass hands a channel to a function of this package.
type pass struct {
	cur inspector.Cursor // the call
	to  *types.Var       // its parameter
}

// findChannels collects the package's channels of errors. It looks at the declarations only that name one.
func (fl *Flow) findChannels() map[*types.Var]*channel {
	all := map[*types.Var]*channel{}
	if len(fl.channels) == 0 {
		return all
	}
	for _, decl := range fl.known.Decls() {
		if meets(decl.Node(), fl.channels) {
			fl.channelsIn(decl, all)
		}
	}
	return all
}

func (fl *Flow) channelsIn(decl inspector.Cursor, all map[*types.Var]*channel) {
	for cur := range decl.Preorder((*ast.Ident)(nil)) {
		if !meets(cur.Node(), fl.channels) {
			continue
		}
		v, ok := fl.info.ObjectOf(cur.Node().(*ast.Ident)).(*types.Var)
		if !ok {
			continue
		}
		v = v.Origin()
		c := all[v]
		if c == nil {
			c = &channel{v: v, escapes: v.Exported() && (v.IsField() || v.Parent() == fl.pkg.Scope())}
			all[v] = c
		}
		if sel, ok := cur.Parent().Node().(*ast.SelectorExpr); ok && sel.Sel == cur.Node() {
			cur = cur.Parent()
		}
		fl.note(c, cur)
	}
}

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// carriesErrors reports whether t is a channel of errors, or of results that have an error among their fields.
func carriesErrors(t types.Type) bool {
	c, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	return isError(c.Elem()) || hasErrorField(c.Elem())
}

// note adds what is done with a channel where it is mentioned.
func (fl *Flow) note(c *channel, cur inspector.Cursor) {
	e := cur.Node()
	p := cur.Parent()
	for {
		if _, ok := p.Node().(*ast.ParenExpr); !ok {
			break
		}
		cur, e, p = p, p.Node(), p.Parent()
	}
	switch n := p.Node().(type) {
	case *ast.SendStmt:
		if n.Chan == e {
			c.sends = append(c.sends, newSend(p))
			return
		}
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			c.receives = append(c.receives, p)
			return
		}
	case *ast.RangeStmt:
		if n.X == e {
			c.receives = append(c.receives, p)
			return
		}
	case *ast.CallExpr:
		if fl.passed(c, p, n, e) {
			return
		}
	case *ast.AssignStmt:
		for i, l := range n.Lhs {
			if l == e {
				c.given(n.Rhs, i, len(n.Lhs))
				return
			}
		}
	case *ast.ValueSpec:
		for i, id := range n.Names {
			if id == e {
				if len(n.Values) > 0 {
					c.given(n.Values, i, len(n.Names))
				}
				return
			}
		}
	case *ast.KeyValueExpr:
		if n.Key == e {
			c.given([]ast.Expr{n.Value}, 0, 1)
			return
		}
	case *ast.Field:
		if !isResult(p) {
			return // declared
		}
	case *ast.BinaryExpr:
		return // compared with nil
	}
	c.escapes = true
}

// isResult reports whether a field declares a result: a return without words gives it to the caller.
func isResult(field inspector.Cursor) bool {
	list := field.Parent()
	sig, ok := list.Parent().Node().(*ast.FuncType)
	return ok && sig.Results == list.Node()
}

// given notes what a channel becomes: a new one, or one that others know too.
func (c *channel) given(values []ast.Expr, i, n int) {
	if len(values) == n {
		switch v := ast.Unparen(values[i]).(type) {
		case *ast.CallExpr:
			if id, ok := ast.Unparen(v.Fun).(*ast.Ident); ok && id.Name == "make" {
				c.makes = append(c.makes, v)
				return
			}
		case *ast.Ident:
			if v.Name == "nil" {
				return
			}
		}
	}
	c.escapes = true
}

// passed notes a channel among the arguments of a call; false: nobody knows what becomes of it there.
func (fl *Flow) passed(c *channel, cur inspector.Cursor, call *ast.CallExpr, e ast.Node) bool {
	if name := fl.known.Builtin(call); name != "" {
		return name == "close" || name == "len" || name == "cap"
	}
	i := slices.IndexFunc(call.Args, func(a ast.Expr) bool { return a == e })
	sig, ok := fl.info.TypeOf(call.Fun).(*types.Signature)
	if !ok || i < 0 || i >= sig.Params().Len() || sig.Variadic() && i >= sig.Params().Len()-1 {
		return false
	}
	if _, lit := ast.Unparen(call.Fun).(*ast.FuncLit); lit { // go func(errc chan<- error) {...}(errc)
		c.passes = append(c.passes, pass{cur, sig.Params().At(i)})
		return true
	}
	if fn := fl.known.Callee(call); fn != nil && fn.Pkg() == fl.pkg && !abstract(fn) {
		c.passes = append(c.passes, pass{cur, fn.Signature().Params().At(i)})
		return true
	}
	if ch, ok := sig.Params().At(i).Type().Underlying().(*types.Chan); ok && ch.Dir() == types.RecvOnly {
		c.receives = append(c.receives, cur)
		return true
	}
	return false
}

// abstract reports whether fn is a method of an interface.
func abstract(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

func newSend(cur inspector.Cursor) send {
	s := send{cur: cur}
	clause, ok := cur.Parent().Node().(*ast.CommClause)
	if !ok || clause.Comm != cur.Node() {
		return s
	}
	for _, st := range cur.Parent().Parent().Node().(*ast.BlockStmt).List {
		other := st.(*ast.CommClause)
		s.either = s.either || other != clause
		s.dropped = s.dropped || other.Comm == nil && !acts(other.Body)
	}
	return s
}

// acts reports whether a branch does anything but to leave.
func acts(body []ast.Stmt) bool {
	for _, s := range body {
		switch s.(type) {
		case *ast.ReturnStmt, *ast.BranchStmt, *ast.EmptyStmt:
		default:
			return true
		}
	}
	return false
}

// whole is c with all that functions do with it to which it is handed.
func (c *channel) whole(all map[*types.Var]*channel) *channel {
	sum := &channel{v: c.v, makes: c.makes}
	seen := map[*types.Var]bool{}
	var add func(c *channel)
	add = func(c *channel) {
		if c == nil || seen[c.v] {
			return
		}
		seen[c.v] = true
		sum.sends = append(sum.sends, c.sends...)
		sum.receives = append(sum.receives, c.receives...)
		sum.passes = append(sum.passes, c.passes...)
		sum.escapes = sum.escapes || c.escapes || c.v != sum.v && len(c.makes) > 0
		for _, p := range c.passes {
			add(all[p.to])
		}
	}
	add(c)
	return sum
}

// size is how many errors a channel holds that nobody receives; -1 where that depends.
func (c *channel) size(info *types.Info) int {
	if len(c.makes) != 1 {
		return -1
	}
	if len(c.makes[0].Args) < 2 {
		return 0
	}
	size := info.Types[c.makes[0].Args[1]].Value
	if size == nil || size.Kind() != constant.Int {
		return -1
	}
	n, _ := constant.Int64Val(size)
	return int(n)
}
