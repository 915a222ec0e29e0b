package known

import (
	"go/ast"
	"go/token"
	"go/types"
)

// TakesNil reports whether a call is that of a pointer's method that is made to be called on nil as well, as is
//
//	func (s *Snapshot) Index() uint64 {
//		if s == nil {
//			return 0
//		}
//		return s.index
//	}
func (x *Index) TakesNil(call *ast.CallExpr) bool {
	x.ready()
	return x.takesNil(call)
}

func (x *Index) takesNil(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	s := x.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal || len(s.Index()) != 1 || !isPointer(s.Recv()) {
		return false // the method of an embedded field is found by reaching into what is nil
	}
	sub, ok := x.subject(call)
	if !ok {
		return false
	}
	if l, _ := x.lookup(sub, call, takesNil, nil); l != nil {
		return true
	}
	sum := x.summaries[sub.fn]
	return sum != nil && sum.TakesNil
}

func isPointer(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.Pointer)
	return ok
}

// takesNil infers that a method asks whether its receiver is nil before it reaches into it.
func (f *inference) takesNil(d *declaration) bool {
	recv := d.fn.Signature().Recv()
	if recv == nil || !isPointer(recv.Type()) {
		return false
	}
	n := onNil{inference: f, recv: recv}
	safe, _ := n.list(d.syntax.Body.List)
	return safe && n.asked
}

// onNil goes through what a method does where its receiver is nil.
type onNil struct {
	*inference
	recv  *types.Var
	asked bool // whether it is nil
}

// list reports whether nothing in a list of statements reaches into the receiver or panics, and whether the list is
// always left before its end.
func (n *onNil) list(list []ast.Stmt) (safe, left bool) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			for _, e := range s.Results {
				if !n.is(e) && !n.fine(e) {
					return false, true
				}
			}
			return true, true
		case *ast.BranchStmt:
			return true, true
		case *ast.BlockStmt:
			safe, left = n.list(s.List)
		case *ast.IfStmt:
			safe, left = n.branch(s)
		case *ast.SwitchStmt:
			safe, left = n.cases(s)
		default:
			safe, left = n.fine(s), false
		}
		if !safe || left {
			return safe, left
		}
	}
	return true, false
}

func (n *onNil) branch(s *ast.IfStmt) (safe, left bool) {
	if s.Init != nil && !n.fine(s.Init) {
		return false, false
	}
	taken, safe := n.condition(s.Cond)
	if !safe {
		return false, false
	}
	var other []ast.Stmt
	if s.Else != nil {
		other = []ast.Stmt{s.Else}
	}
	switch taken {
	case always:
		return n.list(s.Body.List)
	case never:
		return n.list(other)
	}
	safe, left = n.list(s.Body.List)
	safe2, left2 := n.list(other)
	return safe && safe2, left && left2
}

// cases goes through a switch over conditions up to one that holds where the receiver is nil. In others, and where a case
// leaves only the switch, or goes on with the next case, nothing may reach into the receiver.
func (n *onNil) cases(s *ast.SwitchStmt) (safe, left bool) {
	jumps := false
	ast.Inspect(s.Body, func(node ast.Node) bool {
		_, jump := node.(*ast.BranchStmt)
		jumps = jumps || jump
		return !jumps
	})
	if s.Tag != nil || jumps {
		return n.fine(s), false
	}
	if s.Init != nil && !n.fine(s.Init) {
		return false, false
	}
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if len(clause.List) != 1 {
			return n.fine(s), false
		}
		taken, safe := n.condition(clause.List[0])
		switch {
		case !safe:
			return false, false
		case taken == always:
			return n.list(clause.Body)
		case taken == never:
		default:
			if safe, _ := n.list(clause.Body); !safe {
				return false, false
			}
		}
	}
	return true, false
}

// A holding says whether a condition holds where the receiver is nil.
type holding uint8

const (
	maybe holding = iota
	always
	never
)

func (o holding) not() holding { return [...]holding{maybe, never, always}[o] }

// condition evaluates a condition for a receiver that is nil; it is not safe if that reaches into it.
func (n *onNil) condition(e ast.Expr) (holds holding, safe bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			holds, safe = n.condition(e.X)
			return holds.not(), safe
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.EQL, token.NEQ:
			if n.compares(e) {
				n.asked = true
				if e.Op == token.EQL {
					return always, true
				}
				return never, true
			}
		case token.LAND, token.LOR:
			decides := never // which outcome of the left side makes the right one go unasked
			if e.Op == token.LOR {
				decides = always
			}
			holds, safe = n.condition(e.X)
			if !safe || holds == decides {
				return holds, safe
			}
			right, safe := n.condition(e.Y)
			switch {
			case right == decides, holds == decides.not():
				return right, safe
			}
			return maybe, safe
		}
	}
	return maybe, n.fine(e)
}

// is reports whether e is the receiver.
func (n *onNil) is(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && n.info.Uses[id] == n.recv
}

// fine reports whether nothing in a piece of code reaches into the receiver, hands it on or panics.
func (n *onNil) fine(root ast.Node) bool {
	fine := true
	ast.Inspect(root, func(node ast.Node) bool {
		if !fine {
			return false
		}
		switch node := node.(type) {
		case *ast.BlockStmt:
			fine, _ = n.list(node.List)
			return false
		case *ast.BinaryExpr:
			if node.Op == token.LAND || node.Op == token.LOR || node.Op == token.EQL || node.Op == token.NEQ {
				if node == root && (node.Op == token.EQL || node.Op == token.NEQ) && !n.compares(node) {
					return true // condition has been here
				}
				_, fine = n.condition(node)
				return false
			}
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(node.Fun).(*ast.SelectorExpr); ok && n.is(sel.X) && n.Index.takesNil(node) {
				n.asked = true
				for _, a := range node.Args {
					fine = fine && n.fine(a)
				}
				return false
			}
			fine = n.Builtin(node) != "panic" && !n.endsAt(node)
		case *ast.Ident:
			fine = n.info.Uses[node] != n.recv
		}
		return fine
	})
	return fine
}

// compares reports whether e compares the receiver with nil.
func (n *onNil) compares(e *ast.BinaryExpr) bool {
	return n.is(e.X) && n.info.Types[e.Y].IsNil() || n.is(e.Y) && n.info.Types[e.X].IsNil()
}
