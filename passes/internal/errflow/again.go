package errflow

import (
	"go/ast"
	"go/types"
)

// What is asked for once and again further down.

// runsPrograms is the package by which programs are run.
const runsPrograms = "os/exec"

// comesBack reports whether what the kinds that are not asked for tell of is told further down: the same is called
// again there, and its error taken, or the question is how a program ended, and the same program is run again. What
// kept the first from being done keeps the second.
func (fl *Flow) comesBack(v *Value, e *End) bool {
	if v.Call == nil || e.test == nil {
		return false
	}
	program := ""
	if v.Callee != nil && v.Callee.Pkg() != nil && v.Callee.Pkg().Path() == runsPrograms {
		if program = fl.programOf(v.Call); program == "" || !fl.asksHowItEnded(e) {
			return false
		}
	}
	found := false
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if _, lit := n.(*ast.FuncLit); lit || found {
			return false
		}
		if !ok || call.Pos() < e.test.End() || fl.known.ErrorResult(call) < 0 || fl.givenAway(call) || fl.blankError(call) {
			return true
		}
		fn := fl.known.Callee(call)
		switch {
		case fn == nil:
		case program != "":
			found = fn.Pkg() != nil && fn.Pkg().Path() == runsPrograms && fl.programOf(call) == program
		default:
			found = fn == v.Callee && types.ExprString(call) == types.ExprString(v.Call) && fl.unchangedBetween(v, call)
		}
		return true
	})
	return found
}

// unchangedBetween reports whether no variable that v's call mentions is assigned to between it and a later call.
func (fl *Flow) unchangedBetween(v *Value, later *ast.CallExpr) bool {
	changed := false
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok || s.Pos() < v.Call.End() || s.Pos() > later.Pos() {
			return true
		}
		for _, l := range s.Lhs {
			if id, ok := ast.Unparen(l).(*ast.Ident); ok {
				if w, ok := fl.info.ObjectOf(id).(*types.Var); ok && mentions(fl.info, v.Call, w) {
					changed = true
				}
			}
		}
		return true
	})
	return !changed
}

// programOf gives the program that a call of a method of exec.Cmd's runs, as it is written where the command is made;
// "" if that cannot be seen.
func (fl *Flow) programOf(call *ast.CallExpr) string {
	on := receiverOf(call)
	c, ok := ast.Unparen(on).(*ast.CallExpr)
	if !ok {
		c = fl.definition(on)
	}
	if c == nil {
		return ""
	}
	fn := fl.known.Callee(c)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != runsPrograms {
		return ""
	}
	switch {
	case fn.Name() == "Command" && len(c.Args) > 0:
		return types.ExprString(c.Args[0])
	case fn.Name() == "CommandContext" && len(c.Args) > 1:
		return types.ExprString(c.Args[1])
	}
	return ""
}

// asksHowItEnded reports whether the kind that a condition asks for is that of a program that ran and failed.
func (fl *Flow) asksHowItEnded(e *End) bool {
	if e.cond == nil || e.cond.expr == nil {
		return false
	}
	found := false
	var visit func(n ast.Node, deep bool)
	visit = func(n ast.Node, deep bool) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if d := fl.declOf(fl.known.Callee(n)); d != nil && deep {
					visit(d.Body, false)
				}
			case *ast.Ident:
				if obj := fl.info.ObjectOf(n); obj != nil && obj.Type() != nil {
					of := named(obj.Type())
					found = found || of != nil && of.Obj().Pkg() != nil && of.Obj().Pkg().Path() == runsPrograms && of.Obj().Name() == "ExitError"
				}
			}
			return !found
		})
	}
	visit(e.cond.expr, true)
	return found
}

// asksUntilTrue reports whether f is a literal that gives a bool alone, to what asks it again and again, as Eventually
// does: whatever failed gives false, and it is asked again.
//
//	assert.Eventually(t, func() bool {
//		_, err := s.Get(key)
//		return errors.Is(err, ErrNotFound)
//	}, time.Second, time.Millisecond)
func (fl *Flow) asksUntilTrue(f *Func) bool {
	lit, ok := f.Node.(*ast.FuncLit)
	if !ok || f.Sig == nil || f.Sig.Results().Len() != 1 {
		return false
	}
	if t, ok := f.Sig.Results().At(0).Type().Underlying().(*types.Basic); !ok || t.Kind() != types.Bool {
		return false
	}
	cur, ok := fl.cursor(lit)
	if !ok {
		return false
	}
	call, ok := cur.Parent().Node().(*ast.CallExpr)
	return ok && asksAgain(lastName(call.Fun))
}
