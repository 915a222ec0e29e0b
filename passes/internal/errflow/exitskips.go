package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// What an exit skips: deferred calls do not run where the program ends.

// skipsDefer reports whether an exit comes before deferred calls which would save data, and says so of the exit, or knows
// that another one tells it: of those by which data is lost the last, and otherwise the last of the others.
func (w *exits) skipsDefer(x *Exit) bool {
	fl := w.fl
	for _, strict := range [...]bool{false, true} {
		for d := range fl.deferredBefore(x.Call) {
			saves, loses := fl.saves(d.Call)
			if saves == nil || fl.trifle(saves) != strict {
				continue
			}
			if w.told[d] {
				return true
			}
			if fl.doneBefore(x.Call, saves) || !fl.usedBetween(d, saves, x) {
				continue
			}
			w.told[d] = true // every exit behind it is the same defect
			x.Case, x.Strict, x.Skipped, x.Saves, x.Loses = CaseSkipsDefer, strict, d, saves, loses
			return true
		}
	}
	return false
}

// trifle reports whether little is lost by a deferred call that is skipped. What a Close of one's own would still write is
// mostly written already where nothing buffers: of five on large trees none lost anything. Nor is anything lost by what was
// only to be removed.
func (fl *Flow) trifle(saves *ast.CallExpr) bool {
	kind := fl.known.Kind(saves)
	return kind&known.Close != 0 && kind&(known.Flush|known.Commit) == 0 || kind&known.Remove != 0
}

// usedBetween reports whether anything is written through what a deferred call saves between the defer statement and
// the exit: nothing is lost before anything was written. What is named by no variable counts as used.
func (fl *Flow) usedBetween(d *ast.DeferStmt, saves *ast.CallExpr, x *Exit) bool {
	sel, ok := ast.Unparen(saves.Fun).(*ast.SelectorExpr)
	if !ok || fl.known.Kind(saves)&(known.Flush|known.Close) == 0 {
		return true
	}
	v := rootVar(fl.info, sel.X)
	return v == nil || fl.writesBetween(x.Func.Node, d.End(), x.Call, sel.X, map[types.Object]bool{v: true})
}

// writesBetween reports whether something is done with what saved names behind from and before the exit. What is held by
// others, as the writer in a struct, is written by naming it, or through a holder that can write itself. A closure that
// only gets a name does nothing until it is called.
func (fl *Flow) writesBetween(body ast.Node, from token.Pos, exit *ast.CallExpr, saved ast.Expr, vars map[types.Object]bool) bool {
	_, whole := ast.Unparen(saved).(*ast.Ident)
	path := types.ExprString(saved)
	used := false
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil || used || n.End() <= from || n.Pos() >= exit.Pos() {
			return false
		}
		switch n := n.(type) {
		case *ast.BlockStmt:
			if n.End() <= exit.Pos() && leavesFunc(n) {
				return false
			}
		case *ast.AssignStmt:
			if lit, ok := ast.Unparen(n.Rhs[0]).(*ast.FuncLit); ok && len(n.Lhs) == 1 && !within(exit, lit) {
				if id, ok := n.Lhs[0].(*ast.Ident); ok && fl.writesBetween(lit.Body, lit.Pos(), exit, saved, vars) {
					vars[fl.info.ObjectOf(id)] = true
				}
				return false
			}
		case *ast.SelectorExpr:
			used = from <= n.Pos() && types.ExprString(n) == path
		case *ast.Ident:
			obj := fl.info.Uses[n]
			if !vars[obj] || n.Pos() < from || n.End() > exit.Pos() {
				break
			}
			_, closure := obj.Type().Underlying().(*types.Signature)
			m, _, _ := types.LookupFieldOrMethod(obj.Type(), true, fl.pkg, "Write")
			used = whole || closure || m != nil
		}
		return !used
	})
	return used
}

// stmtsAround gives the statements around n inside its function, the innermost first.
func (fl *Flow) stmtsAround(n ast.Node) iter.Seq[inspector.Cursor] {
	return func(yield func(inspector.Cursor) bool) {
		cur, ok := fl.cursor(n)
		if !ok {
			return
		}
		for p := range cur.Enclosing() {
			switch p.Node().(type) {
			case *ast.FuncLit, *ast.FuncDecl:
				return
			case ast.Stmt:
				if !yield(p) {
					return
				}
			}
		}
	}
}

// deferredBefore gives the defer statements that every path to n inside its function has passed, the last first: those
// before it in the blocks around it.
func (fl *Flow) deferredBefore(n ast.Node) iter.Seq[*ast.DeferStmt] {
	return func(yield func(*ast.DeferStmt) bool) {
		for s := range fl.stmtsAround(n) {
			for s, ok := s.PrevSibling(); ok; s, ok = s.PrevSibling() {
				if d, is := s.Node().(*ast.DeferStmt); is && !yield(d) {
					return
				}
			}
		}
	}
}

// doneBefore reports whether what would be skipped has been done by hand before the exit, in one of the blocks around
// it: by the same call, whatever its form.
func (fl *Flow) doneBefore(exit, saves *ast.CallExpr) bool {
	want := types.ExprString(saves)
	for s := range fl.stmtsAround(exit) {
		for s, ok := s.PrevSibling(); ok; s, ok = s.PrevSibling() {
			if _, is := s.Node().(*ast.DeferStmt); is {
				continue
			}
			for call := range s.Preorder((*ast.CallExpr)(nil)) {
				if types.ExprString(call.Node().(*ast.CallExpr)) == want {
					return true
				}
			}
		}
	}
	return false
}

// saves returns the call, among what a defer statement runs, without which data is lost, and what is lost.
func (fl *Flow) saves(call *ast.CallExpr) (saves *ast.CallExpr, loses string) {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		ast.Inspect(lit.Body, func(n ast.Node) bool {
			if inner, ok := n.(*ast.CallExpr); ok && saves == nil {
				saves, loses = fl.saves(inner)
			}
			return saves == nil
		})
		return saves, loses
	}
	kind := fl.known.Kind(call)
	fn := fl.known.Callee(call)
	switch {
	case fn == nil:
	case kind&known.Commit != 0:
		return call, "the transaction is lost"
	case kind&known.Flush != 0 && fn.Name() != "Sync": // loggers are synced on their own way out
		return call, "what is still in the buffer is lost"
	case kind&known.Close != 0 && kind&known.Persist != 0:
		return call, "what is not yet written is lost"
	case kind&known.Remove != 0 && fl.removesTemp(call):
		return call, "the temporary data stays"
	case strings.HasPrefix(fn.Name(), "Stop") && fn.Pkg() != nil && (fn.Pkg().Path() == "runtime/pprof" || fn.Pkg().Path() == "runtime/trace"):
		return call, "the profile is lost"
	case (fn.Name() == "Unlock" || fn.Name() == "Release") && fileLock(fn):
		return call, "the lock file stays"
	}
	return nil, ""
}

// removesTemp reports whether what is removed was made to be removed again.
func (fl *Flow) removesTemp(call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		made := fl.definition(a)
		if made == nil {
			return false
		}
		fn := fl.known.Callee(made)
		return fn != nil && strings.Contains(fn.Name(), "Temp")
	})
}

// fileLock reports whether fn belongs to a lock that outlives the process: by the names such types have.
func fileLock(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	name := strings.ToLower(types.TypeString(recv.Type(), nil))
	return strings.Contains(name, "flock") || strings.Contains(name, "lockfile") || strings.Contains(name, "filelock")
}
