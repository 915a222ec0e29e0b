package known

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Guards reports whether the call's error comes about only by a panic of a function that it is given, and that
// argument's index.
func (x *Index) Guards(call *ast.CallExpr) (arg int, ok bool) {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return 0, false
	}
	if l, _ := x.lookup(s, call, guarding, nil); l != nil {
		return l.index, true
	}
	if sum := x.summaries[s.fn]; sum != nil && sum.Guards > 0 {
		return sum.Guards - 1, true
	}
	return 0, false
}

// ClosedOnly reports whether the call can fail only because a channel is closed: its error is a panic of the function
// literal that it is given, and there is nothing in that to panic but what is sent.
func (x *Index) ClosedOnly(call *ast.CallExpr) bool {
	i, ok := x.Guards(call)
	if !ok || i >= len(call.Args) {
		return false
	}
	lit, ok := ast.Unparen(call.Args[i]).(*ast.FuncLit)
	return ok && x.sends(lit.Body.List, x.besides)
}

// OnlySends reports whether statements can panic only because a channel is closed: they do nothing but send on one, or
// close it.
func (x *Index) OnlySends(list []ast.Stmt) bool { return x.sends(list, nil) }

// besides reports whether a call that stands alone is one that nobody expects to panic: it logs, closes, or tells
// something that gives nothing back, such as a counter.
func (x *Index) besides(call *ast.CallExpr) bool {
	if x.Kind(call)&(Log|Close) != 0 {
		return true
	}
	sig, ok := x.info.TypeOf(call.Fun).Underlying().(*types.Signature)
	return ok && sig.Results().Len() == 0 && !x.NoReturn(call) && x.Callee(call) != nil
}

// sends reports whether statements do something with a channel that panics where it is closed, and nothing else that
// may panic but calls of some sort.
func (x *Index) sends(list []ast.Stmt, besides func(*ast.CallExpr) bool) bool {
	found := false
	var each func(list []ast.Stmt) bool
	plain := func(n ast.Node) bool {
		ok := true
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.IndexExpr, *ast.IndexListExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr:
				ok = false
			case *ast.BinaryExpr:
				ok = ok && n.Op != token.QUO && n.Op != token.REM && n.Op != token.SHL && n.Op != token.SHR
			case *ast.CallExpr:
				ok = ok && (x.info.Types[n.Fun].IsType() || x.Builtin(n) == "len")
			case *ast.FuncLit:
				return false
			}
			return ok
		})
		return ok
	}
	each = func(list []ast.Stmt) bool {
		for _, s := range list {
			switch s := s.(type) {
			case *ast.SendStmt:
				found = true
				if !plain(s) {
					return false
				}
			case *ast.SelectStmt:
				for _, c := range s.Body.List {
					c := c.(*ast.CommClause)
					if c.Comm != nil && !each([]ast.Stmt{c.Comm}) || !each(c.Body) {
						return false
					}
				}
			case *ast.ExprStmt:
				switch e := ast.Unparen(s.X).(type) {
				case *ast.UnaryExpr: // <-ctx.Done()
					if e.Op != token.ARROW {
						return false
					}
				case *ast.CallExpr:
					if x.Builtin(e) == "close" {
						found = true
					} else if besides == nil || !besides(e) {
						return false
					}
				default:
					return false
				}
			case *ast.ReturnStmt, *ast.AssignStmt:
				if !plain(s) {
					return false
				}
			case *ast.BlockStmt:
				if !each(s.List) {
					return false
				}
			case *ast.IfStmt:
				if s.Init != nil && !each([]ast.Stmt{s.Init}) || !plain(s.Cond) || !each(s.Body.List) || s.Else != nil && !each([]ast.Stmt{s.Else}) {
					return false
				}
			default:
				return false
			}
		}
		return true
	}
	return each(list) && found
}

// guards infers that a function does no more than call a function that it is given, and turn a panic of that one into
// its error. It gives the parameter's index, or -1:
//
//	func try(f func()) (err error) {
//		defer func() {
//			if r := recover(); r != nil {
//				err = fmt.Errorf("panic: %v", r)
//			}
//		}()
//		f()
//		return nil
//	}
func (f *inference) guards(d *declaration) int {
	sig := d.fn.Signature()
	body := d.syntax.Body.List
	if sig.Results().Len() != 1 || !isError(sig.Results().At(0).Type()) || len(body) < 2 || len(body) > 3 {
		return -1
	}
	result := sig.Results().At(0)
	deferred, ok := body[0].(*ast.DeferStmt)
	if !ok || !f.onlyRecovers(deferred.Call) {
		return -1
	}
	if len(body) == 3 {
		ret, ok := body[2].(*ast.ReturnStmt)
		if !ok || len(ret.Results) > 1 {
			return -1
		}
		for _, e := range ret.Results {
			if obj := object(f.info, e); !f.info.Types[e].IsNil() && (obj == nil || obj != result) {
				return -1
			}
		}
	}
	s, ok := body[1].(*ast.ExprStmt)
	if !ok {
		return -1
	}
	call, ok := ast.Unparen(s.X).(*ast.CallExpr)
	if !ok {
		return -1
	}
	called := object(f.info, call.Fun)
	for i := range sig.Params().Len() {
		if p := sig.Params().At(i); called != nil && called == p {
			return i
		}
	}
	return -1
}

// onlyRecovers reports whether a deferred call is one of a function literal that does nothing unless there was a panic.
func (f *inference) onlyRecovers(call *ast.CallExpr) bool {
	lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit)
	if !ok {
		return false
	}
	list := lit.Body.List
	var got ast.Stmt
	if len(list) == 2 {
		got, list = list[0], list[1:]
	}
	if len(list) != 1 {
		return false
	}
	branch, ok := list[0].(*ast.IfStmt)
	if !ok || branch.Else != nil {
		return false
	}
	if got == nil {
		got = branch.Init
	}
	assign, ok := got.(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
		return false
	}
	value, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !ok || f.Builtin(value) != "recover" {
		return false
	}
	tested, equal := WithNil(f.info, branch.Cond)
	name, ok := assign.Lhs[0].(*ast.Ident)
	return tested != nil && !equal && ok && f.info.ObjectOf(name) != nil && object(f.info, tested) == f.info.ObjectOf(name)
}
