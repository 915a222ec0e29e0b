package abruptexit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// skips reports an exit that comes before deferred calls which would save data, and whether it did: of those by which
// data is lost the last, and otherwise the last of the others.
func (c *checker) skips(x *errflow.Exit) bool {
	cur, ok := c.root.FindNode(x.Call)
	if !ok {
		return false
	}
	for _, tier := range [...]report.Tier{report.Default, report.Strict} {
		for d := range c.deferred(cur) {
			saves, what := c.saves(d.Call)
			if saves == nil || c.tier(saves) != tier {
				continue
			}
			if c.told[d] {
				return true
			}
			if c.done(cur, saves) || !c.usedBetween(d, saves, x.Call) {
				continue
			}
			c.told[d] = true // every exit behind it is the same defect
			c.tellSkipped(x, d, saves, what, tier)
			return true
		}
	}
	return false
}

// tier says who wants to hear of a deferred call that is skipped. What a Close of one's own would still write is mostly
// written already where nothing buffers: of five on large trees none lost anything. Nor is anything lost by what was
// only to be removed.
func (c *checker) tier(saves *ast.CallExpr) report.Tier {
	kind := c.known.Kind(saves)
	if kind&known.Close != 0 && kind&(known.Flush|known.Commit) == 0 || kind&known.Remove != 0 {
		return report.Strict
	}
	return report.Default
}

func (c *checker) tellSkipped(x *errflow.Exit, d *ast.DeferStmt, saves *ast.CallExpr, what string, tier report.Tier) {
	c.report.Report(c.pass, report.Finding{Rule: c.pass.Analyzer.Name, Case: skipped, Tier: tier, Pos: x.Call.Pos(), End: x.Call.End(),
		Func: c.name(x.Func), Also: []ast.Node{d},
		Message: fmt.Sprintf("%s ends the program without the deferred %s (line %d): %s",
			types.ExprString(x.Call.Fun), types.ExprString(saves.Fun), tell.Line(c.pass, d.Pos()), what),
		Path: []report.Step{
			{Pos: d.Pos(), End: d.End(), Text: "deferred here"},
			{Pos: x.Call.Pos(), End: x.Call.End(), Text: "the program ends here, and deferred calls do not run"},
		}})
}

// usedBetween reports whether anything is written through what a deferred call saves between the defer statement and
// the exit: nothing is lost before anything was written. What is named by no variable counts as used.
func (c *checker) usedBetween(d *ast.DeferStmt, saves, exit *ast.CallExpr) bool {
	sel, ok := ast.Unparen(saves.Fun).(*ast.SelectorExpr)
	if !ok || c.known.Kind(saves)&(known.Flush|known.Close) == 0 {
		return true
	}
	id := root(sel.X)
	if id == nil {
		return true
	}
	v, ok := c.info.Uses[id].(*types.Var)
	if !ok {
		return true
	}
	cur, ok := c.root.FindNode(d)
	if !ok {
		return true
	}
	for body := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		return c.writes(body.Node(), d.End(), exit, sel.X, map[types.Object]bool{v: true})
	}
	return false
}

// writes reports whether something is done with what saved names behind from and before the exit. What is held by
// others, as the writer in a struct, is written by naming it, or through a holder that can write itself. A closure that
// only gets a name does nothing until it is called.
func (c *checker) writes(body ast.Node, from token.Pos, exit *ast.CallExpr, saved ast.Expr, vars map[types.Object]bool) bool {
	_, whole := ast.Unparen(saved).(*ast.Ident)
	path := types.ExprString(saved)
	used := false
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil || used || n.End() <= from || n.Pos() >= exit.Pos() {
			return false
		}
		switch n := n.(type) {
		case *ast.BlockStmt:
			if k := len(n.List); k > 0 && n.End() <= exit.Pos() {
				if _, left := n.List[k-1].(*ast.ReturnStmt); left {
					return false
				}
			}
		case *ast.AssignStmt:
			if lit, ok := ast.Unparen(n.Rhs[0]).(*ast.FuncLit); ok && len(n.Lhs) == 1 && (exit.Pos() < lit.Pos() || lit.End() <= exit.Pos()) {
				if id, ok := n.Lhs[0].(*ast.Ident); ok && c.writes(lit.Body, lit.Pos(), exit, saved, vars) {
					vars[c.info.ObjectOf(id)] = true
				}
				return false
			}
		case *ast.SelectorExpr:
			used = used || from <= n.Pos() && types.ExprString(n) == path
		case *ast.Ident:
			obj := c.info.Uses[n]
			if !vars[obj] || n.Pos() < from || n.End() > exit.Pos() {
				break
			}
			_, closure := obj.Type().Underlying().(*types.Signature)
			m, _, _ := types.LookupFieldOrMethod(obj.Type(), true, c.pass.Pkg, "Write")
			used = used || whole || closure || m != nil
		}
		return !used
	})
	return used
}

// deferred gives the defer statements that every path to cur inside its function has passed: those before it in
// the blocks around it.
func (c *checker) deferred(cur inspector.Cursor) func(yield func(*ast.DeferStmt) bool) {
	return func(yield func(*ast.DeferStmt) bool) {
		for p := range cur.Enclosing() {
			switch p.Node().(type) {
			case *ast.FuncLit, *ast.FuncDecl:
				return
			}
			for s, ok := p.PrevSibling(); ok && isStmt(p.Node()); s, ok = s.PrevSibling() {
				if d, is := s.Node().(*ast.DeferStmt); is && !yield(d) {
					return
				}
			}
		}
	}
}

func isStmt(n ast.Node) bool {
	_, ok := n.(ast.Stmt)
	return ok
}

// saves returns the call, among what a defer statement runs, without which data is lost, and what is lost.
func (c *checker) saves(call *ast.CallExpr) (saves *ast.CallExpr, what string) {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		ast.Inspect(lit.Body, func(n ast.Node) bool {
			if inner, ok := n.(*ast.CallExpr); ok && saves == nil {
				saves, what = c.saves(inner)
			}
			return saves == nil
		})
		return saves, what
	}
	kind := c.known.Kind(call)
	fn := c.known.Callee(call)
	switch {
	case fn == nil:
	case kind&known.Commit != 0:
		return call, "the transaction is lost"
	case kind&known.Flush != 0 && fn.Name() != "Sync": // loggers are synced on their own way out
		return call, "what is still in the buffer is lost"
	case kind&known.Close != 0 && kind&known.Persist != 0:
		return call, "what is not yet written is lost"
	case kind&known.Remove != 0 && c.temporary(call):
		return call, "the temporary data stays"
	case strings.HasPrefix(fn.Name(), "Stop") && fn.Pkg() != nil && (fn.Pkg().Path() == "runtime/pprof" || fn.Pkg().Path() == "runtime/trace"):
		return call, "the profile is lost"
	case (fn.Name() == "Unlock" || fn.Name() == "Release") && fileLock(fn):
		return call, "the lock file stays"
	}
	return nil, ""
}

// temporary reports whether what is removed was made to be removed again.
func (c *checker) temporary(call *ast.CallExpr) bool {
	for _, a := range call.Args {
		id, ok := ast.Unparen(a).(*ast.Ident)
		if !ok {
			continue
		}
		v, ok := c.info.Uses[id].(*types.Var)
		if !ok {
			continue
		}
		if def := c.known.Definition(v); def != nil {
			if fn := c.known.Callee(def); fn != nil && strings.Contains(fn.Name(), "Temp") {
				return true
			}
		}
	}
	return false
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

// done reports whether what would be skipped has been done by hand before the exit, in one of the blocks around
// it: by the same call, whatever its form.
func (c *checker) done(cur inspector.Cursor, saves *ast.CallExpr) bool {
	want := types.ExprString(saves)
	for p := range cur.Enclosing() {
		switch p.Node().(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
		if !isStmt(p.Node()) {
			continue
		}
		for s, ok := p.PrevSibling(); ok; s, ok = s.PrevSibling() {
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
