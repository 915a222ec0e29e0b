package errmatch

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

// assertion checks err.(T).
func (c *checker) assertion(cur inspector.Cursor, err ast.Expr, at ast.Node, asked ast.Expr) {
	if !c.isError(err) {
		return
	}
	o := c.origin(err, func(call *ast.CallExpr) (plain, inside bool) {
		fn := c.known.Callee(call)
		return fn != nil && fn.Pkg() != nil && known.IsStandard(fn.Pkg().Path()), false
	})
	tier := report.Strict
	switch {
	case o.plain:
		return
	case o.call != nil && c.makesAsked(o.call, at, asked): // what is asked for is what that call makes
	case o.wrapped != "" && asks(cur) && !c.wrapper(asked):
		tier = report.Default
	}
	fix := func() *report.Fix {
		if s, ok := at.(*ast.TypeSwitchStmt); ok {
			return c.inTurn(s)
		}
		x, ok := at.(*ast.TypeAssertExpr)
		if !ok || !asks(cur) {
			return nil
		}
		return c.as(x)
	}
	c.tell(cur, asserted, tier, at, o, fix, fmt.Sprintf("%s; its type is that of the wrapper then: errors.As finds the one asked for", o.because(types.ExprString(err))))
}

// makesAsked reports whether the function that a call names, one of this package, makes a value of a type that is asked
// for: by asked, or by a type switch.
func (c *checker) makesAsked(call *ast.CallExpr, at ast.Node, asked ast.Expr) bool {
	d := c.declOf(c.known.Callee(call))
	if d == nil {
		return false
	}
	kinds := []ast.Expr{asked}
	if s, ok := at.(*ast.TypeSwitchStmt); ok {
		kinds = nil
		for _, cc := range s.Body.List {
			kinds = append(kinds, cc.(*ast.CaseClause).List...)
		}
	}
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok || found {
			return !found
		}
		t := c.info.TypeOf(lit)
		found = slices.ContainsFunc(kinds, func(e ast.Expr) bool {
			want := c.info.TypeOf(e)
			if p, ok := want.(*types.Pointer); ok {
				want = p.Elem()
			}
			return want != nil && types.Identical(want, t)
		})
		return !found
	})
	return found
}

// asks reports whether an assertion leaves a way for other types: one that would panic relies on a contract.
func asks(cur inspector.Cursor) bool {
	if _, ok := cur.Node().(*ast.TypeSwitchStmt); ok {
		return true
	}
	switch p := cur.Parent().Node().(type) {
	case *ast.AssignStmt:
		return len(p.Lhs) == 2 && len(p.Rhs) == 1
	case *ast.ValueSpec:
		return len(p.Names) == 2 && len(p.Values) == 1
	}
	return false
}

func (c *checker) typeSwitch(cur inspector.Cursor, s *ast.TypeSwitchStmt) {
	for _, cc := range s.Body.List {
		for _, t := range cc.(*ast.CaseClause).List {
			if c.opens(t) {
				return
			}
		}
	}
	c.assertion(cur, known.Switched(s), s, nil)
}

// wrapper reports whether errors of the type that is asked for are such as hold others: it may be the wrapper that
// is meant.
func (c *checker) wrapper(asked ast.Expr) bool {
	if asked == nil {
		return false
	}
	t := c.info.TypeOf(asked)
	if t == nil {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, c.pass.Pkg, "Unwrap")
	_, ok := obj.(*types.Func)
	return ok
}
