package mend

import (
	"go/ast"
	"go/types"
	"strconv"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

// record leaves the error with the operation of the companion's package oplog that p is a part of: the record of its end,
// and every one until then, tells of what it survived. Not in a loop, where each error would take the place of the last.
func (m *Mender) record(p Place) (*Remedy, bool) {
	if !m.fault {
		return nil, false
	}
	slog, ok := p.File.PackageAt("log/slog", p.pos())
	op, under := m.operation(p)
	if !ok || !under {
		return nil, false
	}
	words, _ := m.words(p.Call)
	key := strings.ToLower(strings.NewReplacer(" ", "_", ".", "_").Replace(words)) + "_error"
	p = p.named("err")
	return &Remedy{Name: p.Name, Verb: "log", Lines: op + ".Add(" + slog + ".Any(" + strconv.Quote(key) + ", " + p.Name + "))", Class: report.Safe}, op != p.Name
}

// operation names the operation whose end the function of p has deferred, or the one that has deferred that function: it
// is still to come then.
func (m *Mender) operation(p Place) (string, bool) {
	at, path := p.pos(), p.Path
	for {
		fn, ok := p.File.Function(path)
		if !ok || loops(path, fn) {
			return "", false
		}
		name, found := "", false
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if d, ok := n.(*ast.DeferStmt); ok && !found && d.End() <= at {
				if v := m.ended(d.Call); v != nil && p.File.At(v.Name(), p.pos()) == v {
					name, found = v.Name(), true
				}
			}
			_, lit := n.(*ast.FuncLit)
			return !lit && !found
		})
		if found || fn.Defer == nil {
			return name, found
		}
		at, path = fn.Defer.Pos(), fn.Outer
	}
}

// ended returns the variable whose operation a call ends.
func (m *Mender) ended(call *ast.CallExpr) *types.Var {
	fn := m.known.Callee(call)
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || fn == nil || fn.FullName() != "(*"+known.Companion+"/oplog.Op).End" {
		return nil
	}
	id, ok := sel.X.(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := m.info.Uses[id].(*types.Var)
	return v
}

// loops reports whether path[0] stands in a loop of fn's.
func loops(path []ast.Node, fn *edits.Function) bool {
	for _, n := range path {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		}
		if n == fn.Node {
			break
		}
	}
	return false
}
