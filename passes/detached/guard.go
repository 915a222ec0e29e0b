package detached

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

type edit = analysis.TextEdit

// guarded lets a panic of a goroutine end there, in the log, with its stack; by boundary.Call with the companion, if the
// goroutine does no more than to call something.
func guarded(m *mend.Mender, l *errflow.Loss) *report.Fix {
	stmt, ok := l.At.(*ast.GoStmt)
	if !ok {
		return nil
	}
	f, path, ok := m.At(stmt)
	if !ok || !f.Predeclared(stmt.Pos(), "nil", "string") {
		return nil
	}
	const message = "Log a panic instead of ending the service"
	if lit, ok := ast.Unparen(stmt.Call.Fun).(*ast.FuncLit); ok {
		name, ok := mend.PanicName(f, lit)
		if !ok {
			return nil
		}
		line, add, ok := m.Panic(mend.Place{File: f, Path: f.Path(lit.Body), Name: name, Call: stmt.Call})
		if !ok {
			return nil
		}
		list, ok := mend.AtStart(f, lit.Body, recovers(name, line))
		if !ok {
			return nil
		}
		return &report.Fix{Message: message, Edits: append(list, add...), Class: report.Review}
	}
	spot, ok := f.Spot(path)
	fn, inFunc := f.Function(path)
	if !ok || !inFunc || !f.Stable(fn, stmt.Call) || f.Line(stmt.Pos()) != f.Line(stmt.End()) {
		return nil
	}
	if boundary, imports, ok := m.Companion(f, "boundary", "Call", stmt.Pos()); ok && f.Predeclared(stmt.Pos(), "error") {
		r, logs := m.Log(mend.Place{File: f, Path: path, Name: "err", Call: stmt.Call})
		if logs && r.Name == "err" && !edits.Mentions(stmt.Call, "err") {
			r.Edits, r.Class = append(r.Edits, imports...), report.Review
			return r.Fix(message, spot.Within(stmt.Call, "func() {\n\tif err := "+boundary+".Call(func() error {\n\t\t",
				"\n\t\treturn nil\n\t}); err != nil {\n\t\t"+strings.ReplaceAll(r.Lines, "\n", "\n\t\t")+"\n\t}\n}()"))
		}
	}
	name, ok := mend.PanicName(f, stmt)
	if !ok {
		return nil
	}
	line, add, ok := m.Panic(mend.Place{File: f, Path: path, Name: name, Call: stmt.Call})
	if !ok {
		return nil
	}
	list := spot.Within(stmt.Call, "func() {\n\t"+strings.ReplaceAll(recovers(name, line), "\n", "\n\t")+"\n\t", "\n}()")
	return &report.Fix{Message: message, Edits: append(list, add...), Class: report.Review}
}

// recovers spells a deferred function that takes a panic and logs it.
func recovers(name, line string) string {
	return "defer func() {\n\tif " + name + " := recover(); " + name + " != nil {\n\t\t" + line + "\n\t}\n}()"
}
