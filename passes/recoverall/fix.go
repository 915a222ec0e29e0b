package recoverall

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix repairs what becomes of a panic, where there is one way to. What only adds to a log, or lets net/http have its
// own panic, is safe: nothing changes unless there is one that was lost.
func (t *trail) fix(call *ast.CallExpr, f finding) *report.Fix {
	m := mend.Of(t.pass)
	file, path, ok := m.At(call)
	if !ok || !file.Predeclared(call.Pos(), "nil", "string", "panic") {
		return nil
	}
	r := recovery{m: m, f: file, path: path, call: call}
	switch f.kind {
	case discarded, answered, noValue:
		if fix := r.log(); fix != nil {
			return fix
		}
		return r.logFirst()
	case unmatched:
		return r.passOn()
	case noStack:
		return t.addStack(r)
	case converted:
		if m.Fault() {
			if fix := t.keepPanic(r); fix != nil {
				return fix
			}
		}
		if f.strict {
			return nil // to make errors of all panics is what the function is for
		}
		return r.passBugs()
	case abortHandler:
		if m.Fault() {
			if fix := t.leave(r); fix != nil {
				return fix
			}
		}
		return r.passAbort()
	}
	return nil
}

// A recovery is a call of recover, as it stands in its file.
type recovery struct {
	m    *mend.Mender
	f    *edits.File
	path []ast.Node // path[0] is the call
	call *ast.CallExpr
}

// log makes a log of a call whose value is thrown away.
func (r recovery) log() *report.Fix {
	name, ok := mend.Fresh(r.f, r.path[1], "r", "v", "reason")
	if !ok {
		return nil
	}
	p := mend.Place{File: r.f, Path: r.path[1:], Name: name, Call: r.call}
	spot, ok := r.f.Spot(p.Path)
	if !ok {
		return nil
	}
	line, add, ok := r.m.Panic(p)
	if !ok {
		return nil
	}
	switch stmt := r.path[1].(type) {
	case *ast.ExprStmt:
		add = append(add, spot.If(name+" := ", name+" != nil", line)...)
	case *ast.AssignStmt:
		if len(stmt.Lhs) != 1 || len(stmt.Rhs) != 1 || stmt.Rhs[0] != ast.Expr(r.call) {
			return nil
		}
		if id, ok := stmt.Lhs[0].(*ast.Ident); !ok || id.Name != "_" {
			return nil
		}
		add = append(add, spot.Test(r.call.Pos(), name+" := ", name+" != nil", line)...)
	default:
		return nil
	}
	return &report.Fix{Message: "Log the panic and its stack", Edits: add, Class: report.Safe}
}

// logFirst logs what a branch that is taken after any panic does not look at.
func (r recovery) logFirst() *report.Fix {
	c, ok := r.caught()
	if !ok {
		return nil
	}
	line, add, ok := r.m.Panic(mend.Place{File: r.f, Path: r.f.Path(c.block), Name: c.name, Call: r.call})
	if !ok {
		return nil
	}
	list, ok := c.begin(line)
	if !ok {
		return nil
	}
	return &report.Fix{Message: "Log the panic and its stack", Edits: append(list, add...), Class: report.Safe}
}

// caught is where a recovered value is at hand, and not nil.
type caught struct {
	name  string
	block *ast.BlockStmt // the branch that begins there, or the block in which it does
	begin func(lines string) ([]analysis.TextEdit, bool)
}

// caught finds the branch that is taken after any panic.
func (r recovery) caught() (*caught, bool) {
	branch := func(name string, body *ast.BlockStmt, add ...analysis.TextEdit) *caught {
		return &caught{name: name, block: body, begin: func(lines string) ([]analysis.TextEdit, bool) {
			list, ok := mend.AtStart(r.f, body, lines)
			return append(list, add...), ok
		}}
	}
	switch n := r.path[1].(type) {
	case *ast.BinaryExpr: // if recover() != nil
		stmt, ok := r.path[2].(*ast.IfStmt)
		if !ok || stmt.Cond != ast.Expr(n) || stmt.Init != nil || n.Op != token.NEQ || n.X != ast.Expr(r.call) {
			return nil, false
		}
		name, ok := mend.Fresh(r.f, stmt, "r", "v", "reason")
		if !ok {
			return nil, false
		}
		return branch(name, stmt.Body, edits.Replace(r.call.Pos(), r.call.End(), name+" := recover(); "+name)), true
	case *ast.AssignStmt:
		if len(n.Lhs) != 1 || n.Tok != token.DEFINE {
			return nil, false
		}
		id, ok := n.Lhs[0].(*ast.Ident)
		if !ok || id.Name == "_" {
			return nil, false
		}
		if stmt, ok := r.path[2].(*ast.IfStmt); ok { // if r := recover(); r != nil
			return branch(id.Name, stmt.Body), asks(stmt, token.NEQ, id.Name)
		}
		block, ok := r.path[2].(*ast.BlockStmt)
		if !ok {
			return nil, false
		}
		stmt, ok := next(block, n).(*ast.IfStmt)
		switch {
		case !ok || stmt.Init != nil:
			return nil, false
		case asks(stmt, token.NEQ, id.Name):
			return branch(id.Name, stmt.Body), true
		case asks(stmt, token.EQL, id.Name) && stmt.Else == nil && mend.Ends(stmt.Body.List):
			spot, ok := r.f.Spot(r.f.Path(stmt))
			return &caught{name: id.Name, block: block, begin: func(lines string) ([]analysis.TextEdit, bool) { return spot.Behind(lines), true }}, ok
		}
	}
	return nil, false
}

// asks reports whether an if asks nothing but whether name is nil.
func asks(stmt *ast.IfStmt, op token.Token, name string) bool {
	b, ok := ast.Unparen(stmt.Cond).(*ast.BinaryExpr)
	if !ok || b.Op != op {
		return false
	}
	x, ok := ast.Unparen(b.X).(*ast.Ident)
	y, isIdent := ast.Unparen(b.Y).(*ast.Ident)
	return ok && isIdent && x.Name == name && y.Name == "nil"
}

// next returns the statement behind stmt in a block; nil if it is the last.
func next(block *ast.BlockStmt, stmt ast.Stmt) ast.Stmt {
	for i, s := range block.List {
		if s == stmt && i+1 < len(block.List) {
			return block.List[i+1]
		}
	}
	return nil
}

// passOn panics again with the kinds that are not asked for.
func (r recovery) passOn() *report.Fix {
	const message = "Panic again with all others"
	_, ok := r.path[1].(*ast.TypeAssertExpr)
	if !ok || len(r.path) < 5 {
		return nil
	}
	assign, ok := r.path[2].(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return nil
	}
	switch stmt := r.path[3].(type) {
	case *ast.IfStmt: // if v, ok := recover().(T); ok
		cond, ok := ast.Unparen(stmt.Cond).(*ast.Ident)
		if !ok || stmt.Else != nil || len(assign.Lhs) != 2 {
			return nil
		}
		if second, ok := assign.Lhs[1].(*ast.Ident); !ok || second.Name != cond.Name {
			return nil
		}
		spot, ok := r.f.Spot(r.path[3:])
		if !ok {
			return nil
		}
		name, ok := mend.Fresh(r.f, stmt, "r", "v", "reason")
		if !ok {
			return nil
		}
		list := append(spot.Before(name+" := recover()"), spot.Enclose("", spot.Lines(" else if "+name+" != nil {\n\tpanic("+name+")\n}"), "")...)
		return &report.Fix{Message: message, Edits: append(list, edits.Replace(r.call.Pos(), r.call.End(), name)), Class: report.Review}
	case *ast.TypeSwitchStmt: // switch v := recover().(type)
		id, ok := assign.Lhs[0].(*ast.Ident)
		if !ok || id.Name == "_" {
			return nil
		}
		none := false
		for _, s := range stmt.Body.List {
			clause := s.(*ast.CaseClause)
			if clause.List == nil {
				return nil
			}
			for _, e := range clause.List {
				none = none || r.f.Info.Types[e].IsNil()
			}
		}
		at, ok := r.f.LineStart(stmt.Body.Rbrace)
		if !ok {
			return nil
		}
		margin := r.f.Margin(stmt.Body.Rbrace)
		text := margin + "default:\n" + margin + "\tpanic(" + id.Name + ")\n"
		if !none {
			text = margin + "case nil:\n" + text
		}
		return &report.Fix{Message: message, Edits: []analysis.TextEdit{edits.Insert(at, text)}, Class: report.Review}
	}
	return nil
}

// passBugs panics again with what the runtime has panicked with.
func (r recovery) passBugs() *report.Fix {
	c, ok := r.caught()
	if !ok {
		return nil
	}
	bug, ok := r.f.PackageAt("runtime", c.block.Lbrace)
	if ok {
		bug += ".Error"
	} else {
		bug = "interface{ RuntimeError() }"
	}
	list, ok := c.begin("if _, bug := " + c.name + ".(" + bug + "); bug {\n\tpanic(" + c.name + ")\n}")
	if !ok {
		return nil
	}
	return &report.Fix{Message: "Panic again with errors of the runtime", Edits: list, Class: report.Review}
}

// passAbort lets net/http have the panic by which a handler cuts a response off.
func (r recovery) passAbort() *report.Fix {
	c, ok := r.caught()
	if !ok {
		return nil
	}
	http, ok := r.f.PackageAt("net/http", c.block.Lbrace)
	if !ok {
		return nil
	}
	list, ok := c.begin("if " + c.name + " == " + http + ".ErrAbortHandler {\n\tpanic(" + c.name + ")\n}")
	if !ok {
		return nil
	}
	return &report.Fix{Message: "Panic again with http.ErrAbortHandler", Edits: list, Class: report.Safe}
}

// addStack adds the stack to the only record of a panic.
func (t *trail) addStack(r recovery) *report.Fix {
	if len(t.fate.records) != 1 {
		return nil
	}
	record := t.fate.records[0]
	fn := t.flow.Known().Callee(record)
	if fn == nil || fn.Pkg() == nil || record.Ellipsis.IsValid() || len(record.Args) == 0 {
		return nil
	}
	debug, list, ok := r.f.Qualify("runtime/debug", "Stack", record.Pos())
	if !ok {
		return nil
	}
	end := record.Args[len(record.Args)-1].End()
	stack := debug + ".Stack()"
	name := fn.Name()
	switch path := fn.Pkg().Path(); {
	case path == "log/slog" && strings.Contains(name, "Attrs"):
		slog, ok := r.f.PackageAt(path, record.Pos())
		if !ok {
			return nil
		}
		list = append(list, edits.Insert(end, ", "+slog+".String(\"stack\", string("+stack+"))"))
	case path == "log/slog":
		list = append(list, edits.Insert(end, ", \"stack\", string("+stack+")"))
	case path != "log" && path != "fmt":
		return nil
	case strings.HasSuffix(name, "f"):
		format, ok := formatOf(record)
		if !ok {
			return nil
		}
		list = append(list, edits.Insert(format.End()-1, lineBreak(format)+"%s"))
		if format.End() == end { // the format is the last argument: a text without verbs
			return nil
		}
		list = append(list, edits.Insert(end, ", "+stack))
	case strings.HasSuffix(name, "ln"):
		list = append(list, edits.Insert(end, ", \"\\n\"+string("+stack+")"))
	default:
		list = append(list, edits.Insert(end, ", \"\\n\", string("+stack+")"))
	}
	return &report.Fix{Message: "Log the stack, too", Edits: list, Class: report.Safe}
}

// formatOf returns the format of a call, if it stands in place.
func formatOf(call *ast.CallExpr) (*ast.BasicLit, bool) {
	for _, a := range call.Args {
		if lit, ok := ast.Unparen(a).(*ast.BasicLit); ok && lit.Kind == token.STRING {
			return lit, lit.Value[0] == '"' && strings.Contains(lit.Value, "%") && !strings.Contains(lit.Value, "%[")
		}
	}
	return nil, false
}

// lineBreak is what has to stand between a format and the stack.
func lineBreak(format *ast.BasicLit) string {
	if strings.HasSuffix(format.Value, `\n"`) {
		return ""
	}
	return `\n`
}
