package mend

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
)

// Birth returns the statement that puts the error of v into a variable, with the nodes around it, and that variable.
func (m *Mender) Birth(f *edits.File, v *errflow.Value) (path []ast.Node, holder *types.Var, ok bool) {
	if v.Origin != errflow.FromCall || v.Unread {
		return nil, nil, false
	}
	path = f.Path(v.Node)
	for len(path) > 1 {
		if stmt, ok := path[0].(*ast.AssignStmt); ok {
			for i := len(stmt.Lhs) - 1; i >= 0; i-- {
				id, ok := ast.Unparen(stmt.Lhs[i]).(*ast.Ident)
				if !ok {
					continue
				}
				if holder, ok := m.info.ObjectOf(id).(*types.Var); ok && edits.IsError(holder.Type()) && holder.Name() == v.Name {
					return path, holder, true
				}
			}
			return nil, nil, false
		}
		if _, ok := path[0].(ast.Stmt); ok {
			break
		}
		path = path[1:]
	}
	return nil, nil, false
}

// Holding returns the place n, where the error of v is still in the variable it was born into.
func (m *Mender) Holding(v *errflow.Value, n ast.Node) (Place, bool) {
	f, path, ok := m.At(n)
	if !ok {
		return Place{}, false
	}
	_, holder, ok := m.Birth(f, v)
	if !ok {
		return Place{}, false
	}
	at := n.Pos()
	if b, ok := n.(*ast.BlockStmt); ok {
		at = b.Lbrace + 1
	}
	return Place{File: f, Path: path, Name: holder.Name(), Call: v.Call}, f.At(holder.Name(), at) == holder
}

// AtEnd makes edits that put lines at the end of a block.
func AtEnd(f *edits.File, block *ast.BlockStmt, lines string) ([]analysis.TextEdit, bool) {
	margin := f.Margin(block.Lbrace)
	lines = "\t" + strings.ReplaceAll(lines, "\n", "\n"+margin+"\t")
	if f.Line(block.Lbrace) == f.Line(block.Rbrace) {
		if len(block.List) > 0 || f.Commented(block.Lbrace, block.Rbrace) {
			return nil, false
		}
		return []analysis.TextEdit{edits.Replace(block.Lbrace+1, block.Rbrace, "\n"+margin+lines+"\n"+margin)}, true
	}
	// In front of the brace's own margin.
	at, ok := f.LineStart(block.Rbrace)
	if !ok {
		return nil, false
	}
	return []analysis.TextEdit{edits.Insert(at, margin+lines+"\n")}, true
}

// If spells lines under a test that name holds an error.
func If(name, lines string) string {
	return "if " + name + " != nil {\n\t" + strings.ReplaceAll(lines, "\n", "\n\t") + "\n}"
}

// Ends reports whether a body never reaches what stands behind it.
func Ends(body []ast.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	switch last := body[len(body)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := ast.Unparen(last.X).(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := ast.Unparen(call.Fun).(*ast.Ident)
		return ok && id.Name == "panic"
	}
	return false
}

// Elsewhere reports whether the variable that e names is used in fn outside stmt: it stays in use without stmt.
func (m *Mender) Elsewhere(fn *edits.Function, e ast.Expr, stmt ast.Stmt) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	found := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		use, ok := n.(*ast.Ident)
		if ok && m.info.Uses[use] == m.info.ObjectOf(id) && (use.Pos() < stmt.Pos() || use.Pos() >= stmt.End()) {
			found = true
		}
		return !found
	})
	return found
}
