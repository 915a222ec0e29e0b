package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	astedge "golang.org/x/tools/go/ast/edge"

	"github.com/errvet/errvet/passes/internal/known"
)

// outside reports whether v's call can fail by what happens outside the program, or over what came from there: data
// that is decoded. A call that fails only over its arguments or the state of what is in memory mostly cannot fail
// where it stands, for reasons that whoever wrote the code knows; and of one that nothing is known about, nobody can
// say that it does.
func (fl *Flow) outside(v *Value) bool {
	if fl.inHead(v) {
		return true // if f(); err != nil: a mistake, whatever it is that fails
	}
	if v.Callee == nil {
		if lit, ok := ast.Unparen(v.Call.Fun).(*ast.FuncLit); ok {
			return fl.outsideWithin(lit.Body)
		}
		if f := fl.closure(v); f != nil {
			return fl.outsideWithin(f.Body)
		}
		sig, ok := fl.info.TypeOf(v.Call.Fun).Underlying().(*types.Signature)
		return ok && sig.Params().Len() > 0 && isContext(sig.Params().At(0).Type()) // it may take long
	}
	if fl.known.Outside(v.Call) || known.Decodes(v.Callee) {
		return true
	}
	via, only := fl.known.Through(v.Call)
	if !only && fl.known.Kind(v.Call)&known.Verdict == 0 {
		via = slices.Clone(v.Call.Args) // closures that it may run
	}
	if sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr); ok && fl.known.Kind(v.Call)&known.Write != 0 {
		via = append(via, sel.X)
	}
	for _, e := range via {
		if fl.leads(v, e) {
			return true
		}
	}
	return false
}

// ofFields reports whether a call's arguments are fields, and what stands in the source.
func (fl *Flow) ofFields(call *ast.CallExpr) bool {
	for _, a := range call.Args {
		sel, ok := ast.Unparen(a).(*ast.SelectorExpr)
		if fl.info.Types[a].Value == nil && (!ok || fl.info.Selections[sel] == nil) {
			return false
		}
	}
	return true
}

// inHead reports whether v's call is the init statement of an if or a switch.
func (fl *Flow) inHead(v *Value) bool {
	cur, ok := fl.cursor(v.Call)
	if !ok {
		return false
	}
	stmt := cur.Parent()
	if _, ok := stmt.Node().(*ast.ExprStmt); !ok {
		return false
	}
	switch e, _ := stmt.ParentEdge(); e {
	case astedge.IfStmt_Init, astedge.SwitchStmt_Init, astedge.TypeSwitchStmt_Init:
		return true
	}
	return false
}

// leads reports whether what is written to e, or read from it, leaves the program. Of a writer that nobody knows
// anything about it is assumed where the function can tell of the failure.
func (fl *Flow) leads(v *Value, e ast.Expr) bool {
	if lit, ok := ast.Unparen(e).(*ast.FuncLit); ok {
		return fl.outsideWithin(lit.Body)
	}
	switch fl.known.SinkOf(e) {
	case known.FileSink:
		return true
	case known.PeerSink, known.SomeSink:
		return v.Func.CanReturnError() && fl.known.IsWriter(e)
	}
	return false
}

func (fl *Flow) outsideWithin(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			found = fl.known.ErrorResult(call) >= 0 && fl.known.Outside(call)
		}
		return !found
	})
	return found
}

// canTell reports whether the code around v has a way to tell of its failure: an error result, or a log or a
// terminal that the file writes to. Where there is none, nobody can be told without another design.
func (fl *Flow) canTell(v *Value) bool {
	if v.Func.CanReturnError() || v.Func.Top().CanReturnError() || fl.pkg.Name() == "main" || fl.leavesErrors(v.Func) {
		return true
	}
	file := fl.fset.File(v.Node.Pos())
	logs, known := fl.fileLogs[file]
	if !known {
		for _, f := range fl.funcs {
			if f.Outer == nil && fl.fset.File(f.Body.Pos()) == file && (fl.logsWithin(f.Body) || fl.printsWithin(f.Body)) {
				logs = true
				break
			}
		}
		if fl.fileLogs == nil {
			fl.fileLogs = map[*token.File]bool{}
		}
		fl.fileLogs[file] = logs
	}
	return logs
}

// leavesErrors reports whether a function puts errors into a field of something that it was given: there its callers look
// for them.
func (fl *Flow) leavesErrors(f *Func) bool {
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok || len(s.Lhs) != len(s.Rhs) {
			return !found
		}
		for i, l := range s.Lhs {
			sel, ok := ast.Unparen(l).(*ast.SelectorExpr)
			if ok && isError(fl.info.TypeOf(l)) && !fl.info.Types[s.Rhs[i]].IsNil() {
				of := fl.variable(sel.X)
				found = found || of != nil && of.Kind() != types.LocalVar && of.Kind() != types.PackageVar
			}
		}
		return !found
	})
	return found
}

func (fl *Flow) printsWithin(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			found = fl.known.Terminal(call)
		}
		return !found
	})
	return found
}

// prepares reports whether v's call only makes way for another one further down, which works on the same thing and
// whose error is taken: if the way is not made, that one fails. What is lost is a better reason, not the failure.
func (fl *Flow) prepares(v *Value) bool {
	switch lastName(v.Call.Fun) {
	case "MkdirAll", "Mkdir", "Chmod", "Lchmod":
	default:
		return false
	}
	name, end := fl.rootOf(v.Call), v.Call.End()
	if lit, ok := v.Func.Node.(*ast.FuncLit); ok && name != nil && lit.Pos() <= name.Pos() && name.Pos() < lit.End() {
		// In a walk through a folder, the way is made for what is done with the folder.
		cur, ok := fl.cursor(lit)
		if !ok {
			return false
		}
		walk, ok := cur.Parent().Node().(*ast.CallExpr)
		if !ok {
			return false
		}
		name, end = fl.rootOf(walk), walk.End()
	}
	if name == nil {
		return false
	}
	found := false
	ast.Inspect(v.Func.Top().Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found || call.Pos() <= end || fl.known.ErrorResult(call) < 0 || !mentions(fl.info, call, name) {
			return !found
		}
		found = !fl.dropped(call)
		return !found
	})
	return found
}

// rootOf returns the first variable that a call's arguments mention.
func (fl *Flow) rootOf(call *ast.CallExpr) *types.Var {
	var name *types.Var
	for _, a := range call.Args {
		ast.Inspect(a, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && name == nil {
				if v, ok := fl.info.Uses[id].(*types.Var); ok && !v.IsField() {
					name = v
				}
			}
			return name == nil
		})
	}
	return name
}

// dropped reports whether a call stands alone, with nobody to take its error.
func (fl *Flow) dropped(call *ast.CallExpr) bool {
	cur, ok := fl.cursor(call)
	if !ok {
		return false
	}
	switch cur.Parent().Node().(type) {
	case *ast.ExprStmt, *ast.DeferStmt, *ast.GoStmt:
		return true
	}
	return false
}

// tellsEach reports whether the failed function tells of each of its failures before it gives it back.
func (fl *Flow) tellsEach(v *Value) bool { return v.Call != nil && fl.known.Reports(v.Call) }

// told reports whether the failed function has told somebody of each of its failures: a log, a client, or whoever typed
// what it parses. To answer success behind it is no worse than to do so behind a log.
func (fl *Flow) told(v *Value) bool {
	return v.Call != nil && (fl.tellsEach(v) || fl.known.Explains(v.Call))
}
