package mend

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/report"
)

// A Recovery is a call of recover as it stands in its file, to be mended.
type Recovery struct {
	*errflow.Recover
	m    *Mender
	f    *edits.File
	path []ast.Node // path[0] is the call
}

// Recovery opens the file around a call of recover.
func (m *Mender) Recovery(r *errflow.Recover) (*Recovery, bool) {
	f, path, ok := m.At(r.Call)
	return &Recovery{r, m, f, path}, ok && f.Predeclared(r.Call.Pos(), "nil", "string", "panic")
}

// PanicName returns a name for the value of a panic that means nothing at n and is not used in it.
func PanicName(f *edits.File, n ast.Node) (string, bool) {
	for _, name := range [...]string{"r", "v", "reason"} {
		if f.At(name, n.Pos()) == nil && !edits.Mentions(n, name) {
			return name, true
		}
	}
	return "", false
}

// caught is where the value of a panic is at hand, and not nil.
type caught struct {
	name  string
	block *ast.BlockStmt // the branch that begins there, or the block in which it does; nil where the fix makes the branch
	path  []ast.Node     // what stands around
	begin func(lines string) ([]analysis.TextEdit, bool)
}

// thrown makes a branch for any panic where the value of recover is thrown away.
func (r *Recovery) thrown() (*caught, bool) {
	c := &caught{path: r.path[1:]}
	spot, ok := r.f.Spot(c.path)
	if !ok {
		return nil, false
	}
	if c.name, ok = PanicName(r.f, c.path[0]); !ok {
		return nil, false
	}
	before, condition := c.name+" := ", c.name+" != nil"
	switch stmt := c.path[0].(type) {
	case *ast.ExprStmt:
		c.begin = func(lines string) ([]analysis.TextEdit, bool) { return spot.If(before, condition, lines), true }
		return c, true
	case *ast.AssignStmt:
		c.begin = func(lines string) ([]analysis.TextEdit, bool) {
			return spot.Test(r.Call.Pos(), before, condition, lines), true
		}
		return c, len(stmt.Lhs) == 1 && isName(stmt.Lhs[0], "_") && stmt.Rhs[0] == ast.Expr(r.Call)
	}
	return nil, false
}

// caught finds the branch that is taken after any panic.
func (r *Recovery) caught() (*caught, bool) {
	branch := func(name string, body *ast.BlockStmt, add ...analysis.TextEdit) *caught {
		return &caught{name: name, block: body, path: r.f.Path(body), begin: func(lines string) ([]analysis.TextEdit, bool) {
			list, ok := AtStart(r.f, body, lines)
			return append(list, add...), ok
		}}
	}
	switch n := r.path[1].(type) {
	case *ast.BinaryExpr: // if recover() != nil
		stmt, ok := r.path[2].(*ast.IfStmt)
		if !ok || stmt.Cond != ast.Expr(n) || stmt.Init != nil || n.Op != token.NEQ || n.X != ast.Expr(r.Call) {
			return nil, false
		}
		name, ok := PanicName(r.f, stmt)
		return branch(name, stmt.Body, edits.Replace(r.Call.Pos(), r.Call.End(), name+" := recover(); "+name)), ok
	case *ast.AssignStmt:
		id, ok := n.Lhs[0].(*ast.Ident)
		if !ok || len(n.Lhs) != 1 || n.Tok != token.DEFINE || id.Name == "_" {
			return nil, false
		}
		if stmt, ok := r.path[2].(*ast.IfStmt); ok { // if r := recover(); r != nil
			return branch(id.Name, stmt.Body), compares(stmt.Cond, token.NEQ, id.Name)
		}
		block, ok := r.path[2].(*ast.BlockStmt)
		if !ok {
			return nil, false
		}
		stmt, ok := Next(block, n).(*ast.IfStmt)
		switch {
		case !ok || stmt.Init != nil:
		case compares(stmt.Cond, token.NEQ, id.Name):
			return branch(id.Name, stmt.Body), true
		case isNil(stmt.Cond, id.Name) && stmt.Else == nil && Ends(stmt.Body.List):
			spot, ok := r.f.Spot(r.f.Path(stmt))
			return &caught{name: id.Name, block: block, path: r.f.Path(block), begin: func(lines string) ([]analysis.TextEdit, bool) { return spot.Behind(lines), true }}, ok
		}
	}
	return nil, false
}

// Next returns the statement behind stmt in a block; nil if it is the last.
func Next(block *ast.BlockStmt, stmt ast.Stmt) ast.Stmt {
	for i, s := range block.List {
		if s == stmt && i+1 < len(block.List) {
			return block.List[i+1]
		}
	}
	return nil
}

// Log logs the value and its stack, where nobody looks at it: it is thrown away, or there is a branch for any panic.
func (r *Recovery) Log() *report.Fix {
	c, ok := r.thrown()
	if !ok {
		if c, ok = r.caught(); !ok {
			return nil
		}
	}
	line, add, ok := r.m.Panic(Place{File: r.f, Path: c.path, Name: c.name, Call: r.Call})
	if !ok {
		return nil
	}
	list, ok := c.begin(line)
	if !ok {
		return nil
	}
	return &report.Fix{Message: "Log the panic and its stack", Edits: append(list, add...), Class: report.Safe}
}

// PanicAgain lets those panics go on of which a condition is true, before anything is done with the others. The condition
// is spelled for the variable of that name, at pos.
func (r *Recovery) PanicAgain(message string, class report.FixClass, condition func(f *edits.File, name string, pos token.Pos) (string, bool)) *report.Fix {
	c, ok := r.caught()
	if !ok {
		return nil
	}
	text, ok := condition(r.f, c.name, c.block.Lbrace)
	if !ok {
		return nil
	}
	list, ok := c.begin("if " + text + " {\n\tpanic(" + c.name + ")\n}")
	if !ok {
		return nil
	}
	return &report.Fix{Message: message, Edits: list, Class: class}
}

// PassOn panics again with the kinds that are not asked for.
func (r *Recovery) PassOn() *report.Fix {
	if _, ok := r.path[1].(*ast.TypeAssertExpr); !ok || len(r.path) < 5 {
		return nil
	}
	assign, ok := r.path[2].(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return nil
	}
	var list []analysis.TextEdit
	switch stmt := r.path[3].(type) {
	case *ast.IfStmt:
		list, ok = r.orElse(stmt, assign)
	case *ast.TypeSwitchStmt:
		list, ok = r.byDefault(stmt, assign)
	default:
		return nil
	}
	if !ok {
		return nil
	}
	return &report.Fix{Message: "Panic again with all others", Edits: list, Class: report.Review}
}

// orElse panics behind if v, ok := recover().(T); ok.
func (r *Recovery) orElse(stmt *ast.IfStmt, assign *ast.AssignStmt) ([]analysis.TextEdit, bool) {
	cond, ok := ast.Unparen(stmt.Cond).(*ast.Ident)
	if !ok || stmt.Else != nil || len(assign.Lhs) != 2 || !isName(assign.Lhs[1], cond.Name) {
		return nil, false
	}
	spot, stands := r.f.Spot(r.path[3:])
	name, ok := PanicName(r.f, stmt)
	if !ok || !stands {
		return nil, false
	}
	list := append(spot.Before(name+" := recover()"), spot.Enclose("", spot.Lines(" else if "+name+" != nil {\n\tpanic("+name+")\n}"), "")...)
	return append(list, edits.Replace(r.Call.Pos(), r.Call.End(), name)), true
}

// byDefault panics in the default of switch v := recover().(type).
func (r *Recovery) byDefault(stmt *ast.TypeSwitchStmt, assign *ast.AssignStmt) ([]analysis.TextEdit, bool) {
	id, ok := assign.Lhs[0].(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil, false
	}
	margin := r.f.Margin(stmt.Body.Rbrace)
	none := margin + "case nil:\n"
	for _, s := range stmt.Body.List {
		clause := s.(*ast.CaseClause)
		if clause.List == nil {
			return nil, false
		}
		for _, e := range clause.List {
			if r.f.Info.Types[e].IsNil() {
				none = ""
			}
		}
	}
	at, ok := r.f.LineStart(stmt.Body.Rbrace)
	return []analysis.TextEdit{edits.Insert(at, none+margin+"default:\n"+margin+"\tpanic("+id.Name+")\n")}, ok
}

// ShowStack makes the only record of the value, if log, fmt or log/slog writes it, show the stack, too.
func (r *Recovery) ShowStack() *report.Fix {
	if len(r.Records) != 1 {
		return nil
	}
	list, ok := r.m.showStack(r.f, r.Records[0])
	if !ok {
		return nil
	}
	return &report.Fix{Message: "Log the stack, too", Edits: list, Class: report.Safe}
}
