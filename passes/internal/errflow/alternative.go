package errflow

import (
	"go/ast"
	"go/types"
	"slices"

	astedge "golang.org/x/tools/go/ast/edge"

	"github.com/errvet/errvet/passes/internal/known"
)

// alternative judges a call that is made because something failed, in the branch for that, whose own error is dropped
// before success is returned: where both fail, the caller takes the work for done.
//
//	if err := handle(msg); err != nil {
//		_ = sendToDeadLetter(msg)
//		return nil
//	}
//
// It is nil where the branch tells of the first failure, or only clears up. A function that gives more than an error is
// left out: one that falls back on something else for what it gives may well fail to keep that.
func (fl *Flow) alternative(v *Value, kind known.Kind) *Loss {
	if v.How != Blank && v.How != Statement || v.Func.InTest || v.Func.Sig.Results().Len() != 1 || len(v.Func.errs) != 1 {
		return nil
	}
	const aside = known.Close | known.Rollback | known.Remove | known.Respond | known.Deadline | known.Teardown | known.Log | known.Print
	if _, harmless := fl.known.Harmless(v.Call); harmless || kind&aside != 0 || takesBack(lastName(v.Call.Fun)) || known.Records(v.Callee) || !fl.outside(v) {
		return nil
	}
	cur, ok := fl.cursor(v.Call)
	if !ok {
		return nil
	}
	stmt := cur.Parent()
	if e, _ := stmt.ParentEdge(); e != astedge.BlockStmt_List {
		return nil
	}
	block := stmt.Parent()
	if e, _ := block.ParentEdge(); e != astedge.IfStmt_Body {
		return nil
	}
	ifs := block.Parent().Node().(*ast.IfStmt)
	failed := fl.failureIn(ifs.Cond)
	if failed == nil || fl.readBefore(v.Func, failed, ifs) || slices.ContainsFunc(ifs.Body.List, func(s ast.Stmt) bool { return fl.tellsOf(s, failed) }) {
		return nil
	}
	if r, ok := lastStmt(ifs.Body.List).(*ast.ReturnStmt); !ok || !v.Func.successful(r) || len(r.Results) == 0 {
		return nil
	}
	return &Loss{Class: Dropped, Case: CaseAlternative, At: v.Node, AtHand: failed.Name()}
}

// tellsOf reports whether a statement does something with an error, or tells of something. One that is there for those who
// leave by it does not count.
func (fl *Flow) tellsOf(s ast.Stmt, err *types.Var) bool {
	if ifs, ok := s.(*ast.IfStmt); ok && ifs.Else == nil && leaves(ifs.Body) {
		return false
	}
	return mentions(fl.info, s, err) || fl.logsWithin(s) || fl.logs([]ast.Stmt{s}) || fl.printsWithin(s)
}

// readBefore reports whether a variable is read in the text of f, before a statement, behind what gave it what it holds
// there: somebody may have been told of it then.
func (fl *Flow) readBefore(f *Func, v *types.Var, s ast.Stmt) bool {
	read := false
	fl.accesses(f.Body, v, func(id *ast.Ident, written bool) bool {
		if id.Pos() >= s.Pos() {
			return false
		}
		read = !written
		return true
	})
	return read
}
