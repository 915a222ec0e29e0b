package errflow

import (
	"go/ast"
	"go/types"
	"regexp"
)

// What success in the place of a failure may mean: that there is nothing here, or nobody to tell.

// refusesOnly reports whether all that the failed function of this package fails by are refusals of its own: errors
// that it makes on the spot and that hold no other, or names. It asks nothing that can fail, so that no failure hides
// behind them: each is an answer to the question whether it can go on.
func (fl *Flow) refusesOnly(v *Value) bool {
	if v.Call == nil || v.Callee == nil {
		return false
	}
	d, i := fl.declOf(v.Callee), fl.known.ErrorResult(v.Call)
	if d == nil || i < 0 {
		return false
	}
	only, times := true, 0
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			only = false // what it gives may be another's
		case *ast.CallExpr:
			if fl.known.ErrorResult(n) >= 0 && !fl.makesNew(n) {
				_, never := fl.known.Infallible(n)
				only = only && never
			}
		case *ast.ReturnStmt:
			if len(n.Results) <= i {
				only = false
				break
			}
			switch e := ast.Unparen(n.Results[i]).(type) {
			case *ast.CallExpr:
				only = only && fl.makesNew(e)
				times++
			default:
				if fl.info.Types[e].IsNil() {
					break
				}
				_, named := fl.known.Sentinel(e)
				only = only && named
				times++
			}
		}
		return only
	})
	return only && times > 0
}

// makesNew reports whether a call makes an error of which no other is a part.
func (fl *Flow) makesNew(call *ast.CallExpr) bool {
	if !fl.known.AlwaysFails(call) {
		return false
	}
	for _, a := range call.Args {
		if t := fl.info.TypeOf(a); t != nil && types.Implements(t, errorType.Underlying().(*types.Interface)) {
			return false
		}
	}
	return true
}

// forEach matches the names of functions that call what they are handed for one thing after the other.
var forEach = regexp.MustCompile(`(?i)walk|range|each|iter|visit|scan`)

// passesOver reports whether v fails in a function literal that is called for one thing after the other, and success
// means to pass over this one: what failed only judges what the literal was given, or nobody takes what the walk
// gives, so that to fail would end it and tell nobody.
func (fl *Flow) passesOver(v *Value) bool {
	lit, ok := v.Func.Node.(*ast.FuncLit)
	if !ok || v.Call == nil {
		return false
	}
	cur, ok := fl.cursor(lit)
	if !ok {
		return false
	}
	walk, ok := cur.Parent().Node().(*ast.CallExpr)
	if !ok || walk.Fun == lit {
		return false
	}
	if fl.givenAway(walk) && fl.onGiven(v) {
		return true
	}
	return forEach.MatchString(lastName(walk.Fun)) && fl.known.Judges(v.Call) && fl.onGiven(v)
}

// onGiven reports whether v's call is given something of what its function was given.
func (fl *Flow) onGiven(v *Value) bool {
	for p := range v.Func.Sig.Params().Variables() {
		for _, a := range v.Call.Args {
			if !isContext(p.Type()) && mentions(fl.info, a, p) {
				return true
			}
		}
	}
	return false
}

// givenAway reports whether nobody takes what a call gives that gives an error.
func (fl *Flow) givenAway(call *ast.CallExpr) bool {
	if fl.known.ErrorResult(call) < 0 {
		return false
	}
	if fl.dropped(call) {
		return true
	}
	cur, ok := fl.cursor(call)
	if !ok {
		return false
	}
	s, ok := cur.Parent().Node().(*ast.AssignStmt)
	if !ok {
		return false
	}
	for _, l := range s.Lhs {
		if !isBlank(l) {
			return false
		}
	}
	return true
}

// unheardOf reports whether nobody takes what an unexported function of this package gives: whatever it answers is
// without effect.
func (fl *Flow) unheardOf(f *Func) bool {
	if f.Obj == nil || f.Obj.Exported() {
		return false
	}
	calls := fl.callsOf(f.Obj)
	for _, cur := range calls {
		if call, ok := cur.Node().(*ast.CallExpr); !ok || !fl.givenAway(call) {
			return false
		}
	}
	if len(calls) == 0 {
		return false
	}
	mentioned := 0
	for _, obj := range fl.info.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Origin() == f.Obj {
			mentioned++
		}
	}
	return mentioned == len(calls)
}

// maybeMissing matches a comment that says that what is looked for need not be there.
var maybeMissing = regexp.MustCompile(`(?i)\b(may|might|need) not (be (there|present|set)|exist)\b|\boptional(ly)?\b|\bif (it |they |there )?(exists?|is (one|any)|any|present)\b`)

// saidOptional reports whether the comment above v's call, or above the statements on the lines right in front of it,
// says that what it looks for need not be there.
func (fl *Flow) saidOptional(v *Value) bool {
	if v.Call == nil {
		return false
	}
	cur, ok := fl.cursor(v.Call)
	if !ok {
		return false
	}
	stmt := cur.Parent()
	block, ok := stmt.Parent().Node().(*ast.BlockStmt)
	if !ok {
		return false
	}
	var before []ast.Stmt
	for _, s := range block.List {
		if s == stmt.Node() {
			break
		}
		before = append(before, s)
	}
	at := stmt.Node()
	for {
		if fl.saidAbove(at, maybeMissing) != nil {
			return true
		}
		last := len(before) - 1
		if last < 0 || fl.line(before[last].End())+1 != fl.line(at.Pos()) {
			return false
		}
		if _, plain := before[last].(*ast.AssignStmt); !plain {
			return false
		}
		at, before = before[last], before[:last]
	}
}

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

// blankError reports whether the error of a call is assigned to _.
func (fl *Flow) blankError(call *ast.CallExpr) bool {
	cur, ok := fl.cursor(call)
	if !ok {
		return true
	}
	s, ok := cur.Parent().Node().(*ast.AssignStmt)
	i := fl.known.ErrorResult(call)
	return ok && len(s.Rhs) == 1 && i < len(s.Lhs) && isBlank(s.Lhs[i])
}

// programOf gives the program that a call of a method of exec.Cmd's runs, as it is written where the command is made;
// "" if that cannot be seen.
func (fl *Flow) programOf(call *ast.CallExpr) string {
	made := ast.Unparen(receiverOf(call))
	if id, ok := made.(*ast.Ident); ok {
		w, ok := fl.info.Uses[id].(*types.Var)
		if !ok {
			return ""
		}
		def := fl.known.Definition(w)
		if def == nil {
			return ""
		}
		made = def
	}
	c, ok := made.(*ast.CallExpr)
	if !ok {
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
