package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/known"
)

// A need says how much the code behind a place is needed when the function is left early.
type need int

const (
	nothing   need = iota
	wanted         // clean-up, the other turns of a loop
	waitedFor      // an unlock, a message, the end of a wait, another error
)

// skipped says what leaving fn at p would skip.
func (m *Mender) skipped(p Place, fn *edits.Function) need {
	result := nothing
	raise := func(n need) { result = max(result, n) }
	for _, n := range p.Path {
		if n == fn.Node {
			break
		}
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			raise(wanted)
		}
	}
	if last := followed(p.Path, fn); last && known.Undoes(funcName(fn)) {
		raise(wanted)
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if n == nil || n.End() <= p.stmt().End() {
			return false
		}
		behind := n.Pos() >= p.stmt().End()
		switch n := n.(type) {
		case *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt:
			return false
		case *ast.SendStmt:
			if behind {
				raise(waitedFor)
			}
		case *ast.CallExpr:
			if behind {
				raise(m.needed(n))
			}
		}
		return true
	})
	if bare, vars := m.pending(p, fn); bare || len(vars) > 0 {
		raise(waitedFor) // another error would be lost
	}
	return result
}

// needed says how much a call is needed that comes after an error.
func (m *Mender) needed(call *ast.CallExpr) need {
	var name string
	switch fun := unindexed(call.Fun).(type) {
	case *ast.Ident:
		name = fun.Name
		if _, ok := m.info.Uses[fun].(*types.Builtin); ok {
			if name == "close" {
				return waitedFor
			}
			return nothing
		}
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	default:
		return nothing
	}
	switch lower := strings.ToLower(name); {
	case strings.Contains(lower, "unlock"), lower == "done", lower == "wait", lower == "signal", lower == "broadcast",
		strings.HasPrefix(lower, "cancel"), strings.HasPrefix(lower, "release"):
		return waitedFor
	}
	if t, ok := m.info.TypeOf(call.Fun).(*types.Signature); ok && t.Params().Len() == 0 && t.Results().Len() == 0 {
		if n, ok := m.info.TypeOf(call.Fun).(*types.Named); ok && n.Obj().Name() == "CancelFunc" {
			return waitedFor
		}
	}
	if m.known.Kind(call)&(known.Close|known.Flush|known.Rollback|known.Remove|known.Teardown) != 0 || known.Undoes(name) {
		return wanted
	}
	return nothing
}

// pending returns the other errors, made before p, that are looked at behind it: to return early would lose them. A
// return without operands may be such a look, too.
func (m *Mender) pending(p Place, fn *edits.Function) (bare bool, vars []*types.Var) {
	first := map[types.Object]ast.Node{} // the first mention behind p
	assigned := map[*ast.Ident]bool{}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if n == nil || n.End() <= p.stmt().End() {
			return false
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Pos() >= p.stmt().End() {
				for _, r := range n.Rhs {
					ast.Inspect(r, func(n ast.Node) bool { // the right side is read first
						m.mention(p, fn, n, first, false)
						return true
					})
				}
				for _, l := range n.Lhs {
					if id, ok := ast.Unparen(l).(*ast.Ident); ok {
						assigned[id] = true
						m.mention(p, fn, id, first, true)
					}
				}
			}
		case *ast.Ident:
			if n.Pos() >= p.stmt().End() && !assigned[n] {
				m.mention(p, fn, n, first, false)
			}
		case *ast.ReturnStmt:
			if len(n.Results) == 0 && n.Pos() >= p.stmt().End() && fn.Err >= 0 {
				if v := fn.Sig.Results().At(fn.Err); v.Name() != "" && first[v] == nil && m.assignedBefore(fn, v, p.pos()) {
					bare = true
				}
			}
		}
		return true
	})
	for v, n := range first {
		if n != written {
			vars = append(vars, v.(*types.Var))
		}
	}
	return bare, vars
}

// written stands for a first mention that assigns.
var written ast.Node = &ast.BadStmt{}

func (m *Mender) mention(p Place, fn *edits.Function, n ast.Node, first map[types.Object]ast.Node, writes bool) {
	id, ok := n.(*ast.Ident)
	if !ok {
		return
	}
	v, ok := m.info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || !edits.IsError(v.Type()) || first[v] != nil || v.Pos() >= p.pos() || v.Pos() < fn.Node.Pos() {
		return
	}
	if writes {
		first[v] = written
	} else if m.assignedBefore(fn, v, p.pos()) {
		first[v] = id
	}
}

// assignedBefore reports whether v is given a value before pos: a parameter always is, another variable where an
// assignment or its declaration stands in the source.
func (m *Mender) assignedBefore(fn *edits.Function, v *types.Var, pos token.Pos) bool {
	if v.Pos() < fn.Body.Pos() {
		results := fn.Sig.Results()
		isResult := false
		for r := range results.Variables() {
			isResult = isResult || r == v
		}
		if !isResult {
			return true
		}
	}
	found := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && a.Pos() < pos {
			for _, l := range a.Lhs {
				if id, ok := ast.Unparen(l).(*ast.Ident); ok && m.info.ObjectOf(id) == v {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// followed reports whether anything but a return stands behind the statement path[0] in its list.
func followed(path []ast.Node, fn *edits.Function) bool {
	var list []ast.Stmt
	switch n := path[1].(type) {
	case *ast.BlockStmt:
		list = n.List
	case *ast.CaseClause:
		list = n.Body
	case *ast.CommClause:
		list = n.Body
	}
	for i, s := range list {
		if s == path[0] {
			if i+1 < len(list) {
				_, returns := list[i+1].(*ast.ReturnStmt)
				return !returns
			}
			return path[1] != ast.Node(fn.Body)
		}
	}
	return true
}

func funcName(fn *edits.Function) string {
	if d, ok := fn.Node.(*ast.FuncDecl); ok {
		return strings.TrimLeft(d.Name.Name, "_")
	}
	return ""
}
