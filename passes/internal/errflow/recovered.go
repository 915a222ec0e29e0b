package errflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	astedge "golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// What becomes of what a recover has caught.

// A caught follows the value of one recover through the deferred function. Of several ways that it goes all are noted.
type caught struct {
	*standing
	fl   *Flow
	rec  *Recover
	call inspector.Cursor

	// Of the value itself.
	kept      bool     // it goes somewhere the package does not show: whoever gets it may deal with it
	matched   bool     // it was asked what it is
	printed   bool     // by a builtin
	foreign   bool     // it was logged by a logger that may add the stack itself
	converted ast.Node // its text goes into an error, or it is taken for one
	putAway   ast.Node // it is put where nobody reads it

	// What else the function does.
	repanics bool     // it panics or ends the program, at least for some values
	stack    bool     // it takes the stack
	abort    bool     // it knows http.ErrAbortHandler
	told     bool     // a bool tells that there was a panic
	answered bool     // a result, or something else that outlives the function, is set
	replaced bool     // an error without the value is set
	acts     bool     // upon a panic it does something by which others may learn of it
	message  ast.Node // a log record, or another message, that speaks of the panic and does not hold it
}

// follow finds out what becomes of the value of a call of recover.
func (fl *Flow) follow(r *Recover, call inspector.Cursor, s *standing) *caught {
	c := &caught{standing: s, fl: fl, rec: r, call: call}
	c.goes(call)
	c.scan()
	return c
}

// goes notes where the expression at cur goes.
func (c *caught) goes(cur inspector.Cursor) {
	for {
		p, kind, i := parent(cur)
		switch n := p.Node().(type) {
		case *ast.BinaryExpr:
			if n.Op != token.ADD {
				c.compared(p)
				return
			}
		case *ast.TypeAssertExpr:
			if n.Type == nil {
				c.switched(p)
				return
			}
			if !takesBugs(c.fl.info.TypeOf(n.Type)) {
				c.matched = true
				c.repanics = c.repanics || !hasComma(p)
				return
			}
		case *ast.SelectorExpr: // a method of the value, as in r.Error()
			if _, outer, _ := parent(p); outer != astedge.CallExpr_Fun {
				c.kept = true
				return
			}
		case *ast.CallExpr:
			if kind == astedge.CallExpr_Args && !c.passed(n, i) {
				return
			}
		case *ast.AssignStmt:
			if len(n.Lhs) != len(n.Rhs) {
				i = 0 // the value of v, ok := r.(T)
			}
			c.assigned(n.Lhs[i], n)
			return
		case *ast.ValueSpec:
			if len(n.Names) != len(n.Values) {
				i = 0
			}
			c.assigned(n.Names[i], n)
			return
		case *ast.ReturnStmt:
			if funcAround(p) == c.fn && c.own {
				c.lose(n, "the result of the deferred function", "nobody gets it")
			} else {
				c.kept = true
			}
			return
		case *ast.SwitchStmt, *ast.CaseClause:
			c.matched = true
			return
		case *ast.ExprStmt, *ast.DeferStmt:
			return // thrown away
		default:
			c.kept = true
			return
		}
		cur = p
	}
}

// lose notes that the value is put where nobody reads it.
func (c *caught) lose(at ast.Node, in, why string) { c.putAway, c.rec.In, c.rec.Why = at, in, why }

// compared notes a comparison: with nil it asks whether there was a panic, and its answer may be what the function is for.
func (c *caught) compared(cur inspector.Cursor) {
	b := cur.Node().(*ast.BinaryExpr)
	if !c.fl.info.Types[b.X].IsNil() && !c.fl.info.Types[b.Y].IsNil() {
		c.matched = true
		return
	}
	for {
		p, _, _ := parent(cur)
		switch n := p.Node().(type) {
		case *ast.BinaryExpr, *ast.UnaryExpr:
			cur = p
			continue
		case *ast.IfStmt:
			switch {
			case b.Op != token.EQL:
				c.upon(p)
			case n.Else == nil && len(n.Body.List) > 0 && !leavesFunc(n.Body):
				c.told = true // a panic is what it expects
			}
		case *ast.SwitchStmt, *ast.CaseClause:
		default:
			c.told = true
		}
		return
	}
}

// switched follows the value into the clauses of a type switch that take any panic.
func (c *caught) switched(cur inspector.Cursor) {
	c.matched = true
	for s := range cur.Enclosing((*ast.TypeSwitchStmt)(nil)) {
		for _, stmt := range s.Node().(*ast.TypeSwitchStmt).Body.List {
			clause := stmt.(*ast.CaseClause)
			all := clause.List == nil || slices.ContainsFunc(clause.List, func(typ ast.Expr) bool {
				return !c.fl.info.Types[typ].IsNil() && takesBugs(c.fl.info.TypeOf(typ))
			})
			if v, ok := c.fl.info.Implicits[clause].(*types.Var); ok && all {
				c.heldBy(v)
			}
		}
		return
	}
}

// heldBy follows each use of a variable that holds the value in the deferred function.
func (c *caught) heldBy(v *types.Var) {
	if c.rec.vars[v] {
		return
	}
	c.rec.vars[v] = true
	for id := range c.fn.Preorder((*ast.Ident)(nil)) {
		if c.fl.info.Uses[id.Node().(*ast.Ident)] != v {
			continue
		}
		if _, kind, _ := parent(id); kind != astedge.AssignStmt_Lhs {
			c.goes(id)
		}
	}
}

// passed notes what a call does with its argument, and reports whether the result still holds the value or its text.
func (c *caught) passed(call *ast.CallExpr, i int) bool {
	know := c.fl.known
	if c.fl.info.Types[call.Fun].IsType() {
		return true
	}
	switch know.Builtin(call) {
	case "append":
		return true
	case "panic":
		return false // noted by scan
	case "print", "println":
		c.printed = true
		return false
	}
	does, fn := know.Arg(call, i), know.Callee(call)
	standard := fn != nil && fn.Pkg() != nil && known.IsStandard(fn.Pkg().Path())
	switch {
	case know.NoReturn(call):
	case does&(known.Panics|known.Exits) != 0:
		c.repanics = true
	case does&known.Logs != 0, does&known.Prints != 0 && c.toTerminal(call):
		c.foreign = c.foreign || !standard
		if !slices.Contains(c.rec.Records, call) {
			c.rec.Records = append(c.rec.Records, call)
		}
	case standard && does&(known.Flattens|known.Wraps) != 0:
		return true // constructors outside the standard library may keep the stack
	case does == known.Tests:
		c.matched = true
	default:
		c.kept = true
	}
	return false
}

// toTerminal reports whether a printing call writes to the standard streams.
func (c *caught) toTerminal(call *ast.CallExpr) bool {
	if fn := c.fl.known.Callee(call); fn == nil || !strings.HasPrefix(fn.Name(), "F") {
		return true
	}
	to, ok := ast.Unparen(call.Args[0]).(*ast.SelectorExpr)
	return ok && (isFrom(c.fl.info.Uses[to.Sel], "os", "Stdout") || isFrom(c.fl.info.Uses[to.Sel], "os", "Stderr"))
}

// isFrom reports whether obj is what a package calls name.
func isFrom(obj types.Object, path, name string) bool {
	return obj != nil && obj.Name() == name && obj.Pkg() != nil && obj.Pkg().Path() == path
}

// assigned notes where an assignment puts the value.
func (c *caught) assigned(lhs ast.Expr, at ast.Node) {
	if isBlank(lhs) {
		return
	}
	if id, ok := ast.Unparen(lhs).(*ast.Ident); ok {
		if v, ok := c.fl.info.ObjectOf(id).(*types.Var); ok {
			switch {
			case declares(c.fn.Node(), v) && !isNamedResult(c.sig, v):
				c.heldBy(v)
				return
			case c.diesWithHost(v):
				c.lose(at, id.Name, "it is no result, and nobody reads it after a panic")
				return
			}
		}
	}
	if t := c.fl.info.TypeOf(lhs); t != nil && isError(t) {
		c.converted = at
		return
	}
	c.kept = true
}

// declares reports whether a variable is declared inside a function, its signature included.
func declares(fn ast.Node, v *types.Var) bool { return fn.Pos() <= v.Pos() && v.Pos() < fn.End() }

// diesWithHost reports whether a variable dies with the function that has panicked: it is declared there, is no result, and
// neither a closure nor a pointer can read it then.
func (c *caught) diesWithHost(v *types.Var) bool {
	return c.own && c.all(func(h Host) bool {
		if !declares(h.Func, v) || isNamedResult(h.sig, v) {
			return false
		}
		for id := range h.fn.Preorder((*ast.Ident)(nil)) {
			if c.fl.info.Uses[id.Node().(*ast.Ident)] != v {
				continue
			}
			p, kind, _ := parent(id)
			if kind == astedge.AssignStmt_Lhs {
				continue
			}
			if u, ok := p.Node().(*ast.UnaryExpr); ok && u.Op == token.AND || kind == astedge.SelectorExpr_X || funcAround(id) != h.fn {
				return false
			}
		}
		return true
	})
}

// vain finds an assignment by which the deferred function means to tell of the panic, but to a variable that dies
// with the function it is deferred in.
func (c *caught) vain() (at ast.Node, name string) {
	for cur := range c.fn.Preorder((*ast.AssignStmt)(nil)) {
		a := cur.Node().(*ast.AssignStmt)
		if a.Tok != token.ASSIGN || len(a.Lhs) != 1 || funcAround(cur) != c.fn {
			continue
		}
		if v := c.fl.variable(a.Lhs[0]); v != nil && c.diesWithHost(v) {
			return a, v.Name()
		}
	}
	return nil, ""
}

// takesBugs reports whether panics of the runtime, such as of a nil dereference, have type typ.
func takesBugs(typ types.Type) bool {
	iface, ok := typ.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range iface.Methods() {
		if m.Name() != "Error" && m.Name() != "RuntimeError" {
			return false
		}
	}
	return true
}

// hasComma reports whether a type assertion stands in the form v, ok := x.(T).
func hasComma(cur inspector.Cursor) bool {
	switch n, _, _ := parent(cur); n := n.Node().(type) {
	case *ast.AssignStmt:
		return len(n.Lhs) == 2 && len(n.Rhs) == 1
	case *ast.ValueSpec:
		return len(n.Names) == 2 && len(n.Values) == 1
	}
	return false
}

// scan notes what the deferred function does besides.
func (c *caught) scan() {
	know, info := c.fl.known, c.fl.info
	for cur := range c.fn.Preorder((*ast.Ident)(nil), (*ast.CallExpr)(nil), (*ast.AssignStmt)(nil)) {
		switch at := cur.Node().(type) {
		case *ast.Ident:
			c.mentions(at)
		case *ast.CallExpr:
			c.repanics = c.repanics || know.Builtin(at) == "panic" || know.NoReturn(at)
			if d := c.fl.declOf(know.Callee(at)); d != nil {
				ast.Inspect(d, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						c.mentions(id)
					}
					return true
				})
			}
		case *ast.AssignStmt:
			for i, lhs := range at.Lhs {
				v := c.fl.setBy(lhs)
				if v == nil || v.IsField() {
					continue
				}
				_, plain := lhs.(*ast.Ident)
				captured := !declares(c.fn.Node(), v)
				c.told = c.told || plain && captured && isBool(v.Type())
				c.replaced = c.replaced || i < len(at.Rhs) && !info.Types[at.Rhs[i]].IsNil() && isError(info.TypeOf(lhs)) && (captured || !plain)
			}
		}
	}
}

// mentions notes what a name says that the deferred function mentions, or one that it calls. There are many ways to get a
// stack (runtime, runtime/debug, loggers, error libraries, own functions), and all say so.
func (c *caught) mentions(id *ast.Ident) {
	c.stack = c.stack || id.Name == "Callers" || strings.Contains(strings.ToLower(id.Name), "stack")
	c.abort = c.abort || isFrom(c.fl.info.Uses[id], "net/http", "ErrAbortHandler")
}

// setBy returns the variable that is assigned to, or through, by x = or *x =; nil if there is none.
func (fl *Flow) setBy(lhs ast.Expr) *types.Var {
	for {
		switch e := ast.Unparen(lhs).(type) {
		case *ast.Ident:
			v, _ := fl.info.ObjectOf(e).(*types.Var)
			return v
		case *ast.StarExpr:
			lhs = e.X
		default:
			return nil
		}
	}
}

// upon notes what is done in the branch taken where there was a panic: what is called there, or set, may be how
// others learn of it.
func (c *caught) upon(branch inspector.Cursor) {
	info, know := c.fl.info, c.fl.known
	for cur := range branch.ChildAt(astedge.IfStmt_Body, -1).Preorder((*ast.CallExpr)(nil), (*ast.SendStmt)(nil), (*ast.AssignStmt)(nil), (*ast.IncDecStmt)(nil)) {
		switch s := cur.Node().(type) {
		case *ast.CallExpr:
			kind := know.Kind(s)
			if _, alone := cur.Parent().Node().(*ast.ExprStmt); alone && c.message == nil && (kind&known.Log != 0 || c.fl.speaksTo(s)) {
				c.message = s
			}
			c.acts = c.acts || know.Builtin(s) == "" && !info.Types[s.Fun].IsType() && kind&(known.Close|known.Remove|known.Rollback|known.Print) == 0
		case *ast.AssignStmt:
			for _, lhs := range s.Lhs {
				v := c.fl.setBy(lhs)
				c.acts = c.acts || v == nil
				c.answered = c.answered || v != nil && !declares(c.fn.Node(), v) && c.any(func(h Host) bool { return isNamedResult(h.sig, v) })
			}
		default:
			c.acts = true
		}
	}
}

// speaksTo reports whether a call of a declared function is given a text for people: more than one word.
func (fl *Flow) speaksTo(call *ast.CallExpr) bool {
	return fl.known.Callee(call) != nil && slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		v := fl.info.Types[a].Value
		return v != nil && v.Kind() == constant.String && strings.Contains(constant.StringVal(v), " ")
	})
}
