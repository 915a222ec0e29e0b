package errflow

import (
	"go/ast"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// Why a program may end on an error that could be returned.

// excused reports whether there may be a reason to end the program on an error, although the function could return it.
func (w *exits) excused(x *Exit) bool {
	fl, f, v := w.fl, x.Func, x.Value
	switch {
	case fl.command, f.Role == Main && fl.defersNothing(x.Call), f.Support, v.Origin != FromCall:
		return true
	case w.finishes[f]: // its way to go
		return true
	case v.Callee != nil && strings.Contains(v.Callee.Name(), "arshal"):
		return true // what a program wrote itself it may take for readable; if it is not, little is left to do
	}
	return f.promisesPanic() || !fl.plainly(x) || fl.saysBug(x.Call) || fl.ownFault(v) || fl.ownWay(x.Call) || w.callersExit(f, x.Call) || fl.tooLate(x)
}

// defersNothing reports whether nothing is deferred before an exit: in the handler of a command, that one ends as it would
// in func main.
func (fl *Flow) defersNothing(exit *ast.CallExpr) bool {
	for range fl.deferredBefore(exit) {
		return false
	}
	return true
}

// ownWay reports whether an exit goes through a function of another package of the same project: then it is how
// that project ends its commands, with what it prints and undoes on the way.
func (fl *Flow) ownWay(exit *ast.CallExpr) bool {
	fn := fl.known.Callee(exit)
	return fn != nil && fn.Pkg() != nil && fn.Pkg() != fl.pkg && known.SameProject(fn.Pkg().Path(), fl.pkg.Path())
}

// plainly reports whether the branch around an exit is taken because there is its error at all: where its kind, a mode
// or a further failure decides, somebody has thought about it.
func (fl *Flow) plainly(x *Exit) bool {
	cur, ok := fl.cursor(x.Call)
	if !ok {
		return false
	}
	for p := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		s, ok := p.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		tested, equal := known.WithNil(fl.info, s.Cond)
		if tested == nil || equal {
			return false
		}
		births, _ := fl.Births(tested)
		return len(births) == 0 || slices.ContainsFunc(births, func(b Birth) bool { return b.Value == x.Value })
	}
	return false
}

// saysBug reports whether an exit says that the program itself is wrong.
func (fl *Flow) saysBug(exit *ast.CallExpr) bool {
	says := false
	ast.Inspect(exit, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		says = says || ok && speaksOfBugs.MatchString(lit.Value)
		return !says
	})
	return says
}

var speaksOfBugs = regexp.MustCompile(`(?i)internal error|unreachable|impossible|(never|can't|cannot) happen|bug`)

// ownFault reports whether a failure would be the fault of the program itself, and so is none to return: what failed was asked, without anything from
// outside, of what stands in the source or what this function has just made.
func (fl *Flow) ownFault(v *Value) bool {
	if v.Call == nil || fl.known.Kind(v.Call)&known.Verdict != 0 && fl.fromSource(v.Call.Args) {
		return true
	}
	sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr)
	if !ok || len(v.Call.Args) > 0 {
		return false
	}
	made := fl.definition(sel.X)
	return made != nil && fl.known.ErrorResult(made) < 0
}

// fromSource reports whether arguments hold what stands in the source: no parameter, and nothing that a call has given.
func (fl *Flow) fromSource(args []ast.Expr) bool {
	plain := true
	for _, a := range args {
		ast.Inspect(a, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				plain = plain && fl.info.Types[n.Fun].IsType()
			case *ast.Ident:
				if v, ok := fl.info.Uses[n].(*types.Var); ok && !v.IsField() {
					plain = plain && v.Kind() != types.ParamVar && v.Kind() != types.RecvVar && fl.known.Definition(v) == nil
				}
			}
			return plain
		})
	}
	return plain
}

// callersExit reports whether all that call a function of no use to other projects end the program on its error, or hand
// it on to such as do: the exit only comes earlier.
func (w *exits) callersExit(f *Func, exit *ast.CallExpr) bool {
	return w.endedBy(f, w.fl.defersNothing(exit), map[*Func]bool{})
}

// endedBy reports whether each call of f in the package ends the program if it fails: at once, or, where far allows it,
// because the caller returns the error, with nothing deferred and no other turn, and is ended itself.
func (w *exits) endedBy(f *Func, far bool, seen map[*Func]bool) bool {
	if f.Obj == nil || f.Obj.Exported() && !strings.Contains("/"+w.fl.pkg.Path()+"/", "/internal/") {
		return false
	}
	if ended, met := seen[f]; met {
		return ended
	}
	seen[f] = false // should it call itself
	found := false
	for _, cur := range w.fl.callsOf(f.Obj) {
		call := cur.Node().(*ast.CallExpr)
		if w.fl.isTestFile(call.Pos()) {
			continue
		}
		if !w.endsOn(call) && !(far && w.handsOut(call, seen)) {
			return false
		}
		found = true
	}
	seen[f] = found
	return found
}

// handsOut reports whether the function around a call returns its error, and is ended by that.
func (w *exits) handsOut(call *ast.CallExpr, seen map[*Func]bool) bool {
	fl := w.fl
	caller := fl.around(call)
	if caller == nil || !caller.CanReturnError() || caller.loops(call) || !fl.defersNothing(call) || !fl.returnsErrorOf(caller, call) {
		return false
	}
	return caller.Role == Main || w.endedBy(caller, true, seen)
}

// returnsErrorOf reports whether a return statement of f gives the error of a call, or what is made of it.
func (fl *Flow) returnsErrorOf(f *Func, call *ast.CallExpr) bool {
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = found || len(n.Results) > 0 && fl.comesFrom(n.Results[len(n.Results)-1], call)
			return false
		}
		return !found
	})
	return found
}

// comesFrom reports whether e holds the error of a call: the call itself, or a variable that may have it.
func (fl *Flow) comesFrom(e ast.Expr, call *ast.CallExpr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = found || n == call
		case *ast.Ident:
			if t := fl.info.TypeOf(n); t != nil && isError(t) {
				births, _ := fl.Births(n)
				found = found || slices.ContainsFunc(births, func(b Birth) bool { return b.Call == call })
			}
		}
		return !found
	})
	return found
}

// endsOn reports whether the program ends where a call fails: by an exit of the package's, or by what ends it unless the
// error that it is given is nil.
func (w *exits) endsOn(call *ast.CallExpr) bool {
	if !w.checked && !w.fatal[call] {
		w.checked = true
		for _, site := range w.fl.known.Sites() {
			for i, a := range site.Call.Args {
				if t := w.fl.info.TypeOf(a); t == nil || !isError(t) || w.fl.known.Arg(site.Call, i)&known.Panics == 0 {
					continue
				}
				if given, ok := ast.Unparen(a).(*ast.CallExpr); ok {
					w.fatal[given] = true
					continue
				}
				births, _ := w.fl.Births(a)
				for _, b := range births {
					w.fatal[b.Call] = true
				}
			}
		}
		delete(w.fatal, nil)
	}
	return w.fatal[call]
}

// tooLate reports whether the receiver, or something it holds, was closed on the way to the exit, be it by the call that
// failed: whoever gets the error would go on with what works no more.
func (fl *Flow) tooLate(x *Exit) bool {
	d, ok := x.Func.Top().Node.(*ast.FuncDecl)
	if !ok || d.Recv == nil || len(d.Recv.List[0].Names) == 0 {
		return false
	}
	recv, _ := fl.info.Defs[d.Recv.List[0].Names[0]].(*types.Var)
	closes := func(n ast.Node) bool {
		found := false
		ast.Inspect(n, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			found = found || ok && recv != nil && fl.known.Kind(call)&known.Close != 0 && rootVar(fl.info, call.Fun) == recv
			_, lit := n.(*ast.FuncLit)
			return !found && !lit
		})
		return found
	}
	if x.Value.Call != nil && closes(x.Value.Call) {
		return true
	}
	for s := range fl.stmtsAround(x.Call) {
		for s, ok := s.PrevSibling(); ok && isStmt(s.Node()); s, ok = s.PrevSibling() {
			switch s.Node().(type) {
			case *ast.ExprStmt, *ast.AssignStmt:
				if closes(s.Node()) {
					return true
				}
			}
		}
	}
	return false
}
