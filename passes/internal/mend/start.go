package mend

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
)

// AtStart makes edits that put lines at the beginning of a block.
func AtStart(f *edits.File, block *ast.BlockStmt, lines string) ([]analysis.TextEdit, bool) {
	if len(block.List) == 0 {
		return AtEnd(f, block, lines)
	}
	behind, ok := f.Rest(block.Lbrace + 1)
	if !ok || f.Line(block.Lbrace) == f.Line(block.List[0].Pos()) {
		return nil, false
	}
	margin := f.Margin(block.Lbrace) + "\t"
	return []analysis.TextEdit{edits.Insert(behind, "\n"+margin+strings.ReplaceAll(lines, "\n", "\n"+margin))}, true
}

// Stays reports whether each package that nodes use is used by text, which takes their place, or elsewhere in the file where
// no fix takes its use away: no import is left over. What fixes take away stands in loops and beside calls of recover.
func (m *Mender) Stays(f *edits.File, text string, nodes ...ast.Node) bool {
	leaves := map[*types.PkgName]bool{}
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if p, ok := m.info.Uses[id].(*types.PkgName); ok && !strings.Contains(text, id.Name+".") {
					leaves[p] = true
				}
			}
			return true
		})
	}
	for _, decl := range f.Syntax.Decls {
		if len(leaves) == 0 {
			return true
		}
		fn, _ := decl.(*ast.FuncDecl)
		rewritten := fn != nil && fn.Body != nil && mayShrink(fn.Body)
		ast.Inspect(decl, func(x ast.Node) bool {
			if rewritten && x == ast.Node(fn.Body) {
				return false
			}
			if sel, ok := x.(*ast.SelectorExpr); ok {
				if id, ok := sel.X.(*ast.Ident); ok {
					if p, ok := m.info.Uses[id].(*types.PkgName); ok && (fn == nil || p.Imported().Path() != "errors" || sel.Sel.Name != "New") {
						delete(leaves, p)
					}
				}
			}
			return true
		})
	}
	return len(leaves) == 0
}

// mayShrink reports whether a fix may take something out of a body.
func mayShrink(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = true
		case *ast.Ident:
			found = found || n.Name == "recover"
		}
		return !found
	})
	return found
}
