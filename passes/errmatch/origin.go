package errmatch

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
)

// An origin is what is known of where an error comes from.
type origin struct {
	plain   bool          // it comes as it is from everywhere it can come from
	param   bool          // it may be what a caller handed in
	wrapped string        // the function that wraps it, "" if none is known to
	both    bool          // that function gives it as it is, too: the two mean different things
	call    *ast.CallExpr // the call that gives it wrapped
	line    int
}

// origin looks where err may come from. handsOut says of a call whether it gives what is asked for as it is,
// and whether it gives it inside another error.
func (c *checker) origin(err ast.Expr, handsOut func(*ast.CallExpr) (plain, inside bool)) origin {
	var o origin
	if call, ok := ast.Unparen(err).(*ast.CallExpr); ok {
		c.from(&o, call, handsOut, &o.plain)
		return o
	}
	births, all := c.flow.Births(err)
	plain := all && len(births) > 0
	for _, b := range births {
		switch {
		case b.Value != nil && b.Value.Origin == errflow.FromParam:
			o.param, plain = true, false
		case b.Call == nil:
			plain = false
		default:
			this := false
			c.from(&o, b.Call, handsOut, &this)
			plain = plain && this
		}
	}
	o.plain = plain && o.wrapped == ""
	return o
}

// from adds what is known of one call that gives the error.
func (c *checker) from(o *origin, call *ast.CallExpr, handsOut func(*ast.CallExpr) (plain, inside bool), plain *bool) {
	p, inside := handsOut(call)
	if !inside {
		for i, a := range call.Args {
			inside = inside || c.known.Arg(call, i)&known.Wraps != 0 && c.isError(a)
		}
		p = p && !inside
	}
	*plain = p && !inside
	if inside && o.wrapped == "" {
		o.wrapped, o.call, o.line, o.both = types.ExprString(call.Fun), call, c.line(call), p
	}
}

// because says why the error may be another one than it looks like.
func (o origin) because(err string) string {
	switch {
	case o.wrapped != "":
		return fmt.Sprintf("%s comes wrapped from %s (line %d)", err, o.wrapped, o.line)
	case o.param:
		return fmt.Sprintf("%s is what a caller hands in, and may be wrapped", err)
	}
	return fmt.Sprintf("nothing says that %s never comes wrapped", err)
}

func (c *checker) isSentinel(e ast.Expr) bool {
	_, ok := c.known.Sentinel(e)
	return ok
}

func (c *checker) isError(e ast.Expr) bool {
	t := c.info.TypeOf(e)
	return t != nil && types.Identical(t, errorType)
}

var errorType = types.Universe.Lookup("error").Type()

// textOf returns the error whose text e is: err.Error(), perhaps trimmed or in lower case, or a variable that
// holds nothing else.
func (c *checker) textOf(e ast.Expr) ast.Expr {
	if !c.texts {
		return nil
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
			if sel.Sel.Name == "Error" && len(e.Args) == 0 && c.isError(sel.X) {
				if c.isSentinel(sel.X) {
					return nil
				}
				return sel.X
			}
			if fn := c.known.Callee(e); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "strings" && len(e.Args) > 0 {
				switch fn.Name() {
				case "ToLower", "ToUpper", "TrimSpace", "TrimPrefix", "TrimSuffix":
					return c.textOf(e.Args[0])
				}
			}
		}
	case *ast.Ident:
		v, ok := c.info.Uses[e].(*types.Var)
		if !ok {
			return nil
		}
		if def := c.known.Definition(v); def != nil && def.End() <= e.Pos() { // text = strings.ToLower(text) is of some other text
			return c.textOf(def)
		}
	}
	return nil
}

// kindOfText reports whether e is a text that stands for a kind of error: a constant, or a sentinel's text.
// The text of another error at hand asks whether the two say the same.
func (c *checker) kindOfText(e ast.Expr) bool {
	e = ast.Unparen(e)
	if v := c.info.Types[e].Value; v != nil && v.Kind() == constant.String {
		return constant.StringVal(v) != ""
	}
	if call, ok := e.(*ast.CallExpr); ok {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Error" {
			return c.isSentinel(sel.X)
		}
	}
	return false
}

// opens reports whether a type is an interface by which code looks into an error itself.
func (c *checker) opens(e ast.Expr) bool {
	t := c.info.TypeOf(e)
	if t == nil {
		return false
	}
	i, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range i.Methods() {
		switch m.Name() {
		case "Unwrap", "Cause", "Is", "As":
			return true
		}
	}
	return false
}

// unwraps reports whether cur stands in a function that walks along the chain itself, or is one of the
// methods that errors.Is and errors.As call on each error of it.
func unwraps(cur inspector.Cursor) bool {
	for f := range cur.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		if d, ok := f.Node().(*ast.FuncDecl); ok && d.Recv != nil {
			switch d.Name.Name {
			case "Is", "As", "Unwrap", "Cause", "Error":
				return true
			}
		}
		for call := range f.Preorder((*ast.CallExpr)(nil)) {
			switch fun := ast.Unparen(call.Node().(*ast.CallExpr).Fun).(type) {
			case *ast.SelectorExpr:
				if fun.Sel.Name == "Unwrap" || fun.Sel.Name == "Cause" {
					return true
				}
			case *ast.Ident:
				if d, ok := f.Node().(*ast.FuncDecl); ok && d.Recv == nil && fun.Name == d.Name.Name {
					return true // it calls itself with what it found inside
				}
			}
		}
	}
	return false
}

// toldApart reports whether a function of this package asks the same of each error of package os before it wraps it, and
// gives it as it is where the answer is yes: what comes wrapped from there is of another kind. first says that it asks so
// of one error at least, as where it looks whether there is a folder before it reads it: the other is a race.
func (c *checker) toldApart(call *ast.CallExpr, predicate string) (all, first bool) {
	d := c.declOf(c.known.Callee(call))
	if d == nil {
		return false, false
	}
	asked := false
	wraps := true
	ast.Inspect(d.Body, func(n ast.Node) bool {
		block, ok := n.(*ast.BlockStmt)
		if !ok {
			return true
		}
		given := map[types.Object]bool{}
		for _, s := range block.List {
			switch s := s.(type) {
			case *ast.IfStmt:
				if obj := c.givesBare(s, predicate); obj != nil {
					given[obj], asked = true, true
				}
			case *ast.ReturnStmt:
				for _, e := range s.Results {
					wraps = wraps && c.wrapsOther(e, given)
				}
			}
		}
		return wraps
	})
	return asked && wraps, asked
}

// givesBare returns the error that an if gives as it is where the predicate says yes, or nil.
func (c *checker) givesBare(s *ast.IfStmt, predicate string) types.Object {
	call, ok := ast.Unparen(s.Cond).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 || len(s.Body.List) != 1 {
		return nil
	}
	fn := c.known.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "os" || fn.Name() != predicate {
		return nil
	}
	r, ok := s.Body.List[0].(*ast.ReturnStmt)
	id, named := ast.Unparen(call.Args[0]).(*ast.Ident)
	if !ok || !named || len(r.Results) == 0 {
		return nil
	}
	last, ok := ast.Unparen(r.Results[len(r.Results)-1]).(*ast.Ident)
	if !ok || c.info.Uses[last] != c.info.Uses[id] {
		return nil
	}
	return c.info.Uses[id]
}

// wrapsOther reports whether what is returned wraps no error that package os or another function may have given, but
// for those in given, or that fails only over its arguments.
func (c *checker) wrapsOther(e ast.Expr, given map[types.Object]bool) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || !c.isError(call) {
		return true
	}
	for _, a := range call.Args {
		id, ok := ast.Unparen(a).(*ast.Ident)
		if !c.isError(a) || ok && given[c.info.Uses[id]] {
			continue
		}
		births, all := c.flow.Births(a)
		for _, b := range births {
			all = all && b.Call != nil && c.known.Judges(b.Call)
		}
		if !all || len(births) == 0 {
			return false
		}
	}
	return true
}

// declOf returns the declaration of a function of this package, or nil.
func (c *checker) declOf(fn *types.Func) *ast.FuncDecl {
	if fn == nil || fn.Pkg() != c.pass.Pkg {
		return nil
	}
	for _, file := range c.pass.Files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && c.info.Defs[d.Name] == fn.Origin() && d.Body != nil {
				return d
			}
		}
	}
	return nil
}
