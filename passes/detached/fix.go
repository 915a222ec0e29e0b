package detached

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix lets an error of a goroutine arrive where the code shows that it can: in the log that the package writes, at the
// one who waits for a group, in a channel with room for it.
var fix = mend.ByCase(map[string]mend.Maker{
	errflow.CaseGo:           logged,
	errflow.CaseUnheard:      loggedInside,
	errflow.CaseShared:       own,
	errflow.CaseReaderLeaves: room,
	errflow.CaseSenderBlocks: room,
	errflow.CaseDefaultSend:  room,
	errflow.CaseWait:         (*mend.Mender).Take,
	errflow.CaseAnswersNil:   (*mend.Mender).Answer,
	errflow.CaseNoRecover:    guarded,
})

// logged makes the goroutine log the error of what it runs; with the companion its panic, too.
func logged(m *mend.Mender, l *errflow.Loss) *report.Fix {
	call := l.Value.Call
	f, path, ok := m.At(call)
	if !ok {
		return nil
	}
	stmt, ok := path[1].(*ast.GoStmt)
	if !ok || f.Line(stmt.Pos()) != f.Line(stmt.End()) || !f.Predeclared(call.Pos(), "nil") {
		return nil
	}
	p := mend.Place{File: f, Path: path[1:], Name: "err", Call: call}
	spot, ok := f.Spot(p.Path)
	fn, inFunc := f.Function(p.Path)
	if !ok || !inFunc || !f.Stable(fn, call) || edits.Mentions(call, "err") {
		return nil
	}
	r, ok := m.Log(p)
	if !ok || edits.Mentions(call, r.Name) {
		return nil
	}
	left := r.Name
	if t, ok := f.Info.TypeOf(call).(*types.Tuple); ok {
		left = strings.Repeat("_, ", t.Len()-1) + left
	}
	if hasContext(f.Info, call) {
		r.Class = report.Review // that it was cancelled is no news
	}
	condition := r.Name + " != nil"
	if expected, add, ok := unless(f, m.Known().Sentinels(call), r.Name, call.Pos()); ok {
		condition += expected
		r.Edits = append(r.Edits, add...)
	} else {
		r.Class = report.Review
	}
	body := "; " + condition + " {\n\t\t" + strings.ReplaceAll(r.Lines, "\n", "\n\t\t") + "\n\t}\n}()"
	if boundary, add, ok := m.Companion(f, "boundary", "Call", call.Pos()); ok && f.Predeclared(call.Pos(), "error") {
		head, tail := "func() error { return ", " })"
		switch {
		case left != r.Name:
			head, tail = "func() error { "+left+" := ", "; return "+r.Name+" })"
		case takesNothing(f.Info, call):
			head, tail = "", "" // what is called can be handed over
			r.Edits = append(r.Edits, edits.Replace(call.Lparen, call.Rparen+1, ")"))
		}
		r.Edits, r.Class = append(r.Edits, add...), report.Review // the program lives on after a panic
		return r.Fix("Log the error, and a panic", spot.Within(call, "func() {\n\tif "+r.Name+" := "+boundary+".Call("+head, tail+body))
	}
	if !edits.HeadSafe(call) {
		return nil
	}
	return r.Fix(r.Message(), spot.Within(call, "func() {\n\tif "+left+" := ", body))
}

// unless spells that an error is none of those by which a function ends in good order, such as net/http.ErrServerClosed:
// that is no news. False where it would have to, and the file does not import what it takes.
func unless(f *edits.File, sentinels []string, err string, pos token.Pos) (text string, add []edit, ok bool) {
	for _, name := range sentinels {
		dot := strings.LastIndexByte(name, '.')
		if dot < 0 || !strings.HasSuffix(name, "Closed") && !strings.HasSuffix(name, "Stopped") && !strings.HasSuffix(name, "EOF") {
			continue
		}
		errors, imports, ok := f.Qualify("errors", "Is", pos)
		pkg, imported := f.PackageAt(name[:dot], pos)
		if !ok || !imported {
			return "", nil, false
		}
		text += " && !" + errors + ".Is(" + err + ", " + pkg + name[dot:] + ")"
		add = imports
	}
	return text, add, true
}

// takesNothing reports whether a call calls a function without parameters.
func takesNothing(info *types.Info, call *ast.CallExpr) bool {
	sig, ok := info.TypeOf(call.Fun).Underlying().(*types.Signature)
	return ok && sig.Params().Len() == 0
}

func hasContext(info *types.Info, call *ast.CallExpr) bool {
	for _, a := range call.Args {
		if t := info.TypeOf(a); t != nil && types.TypeString(t, nil) == "context.Context" {
			return true
		}
	}
	return false
}

// loggedInside logs the error that a goroutine puts where nobody reads it.
func loggedInside(m *mend.Mender, l *errflow.Loss) *report.Fix {
	stmt, ok := l.At.(*ast.AssignStmt)
	if !ok || len(stmt.Rhs) != 1 || stmt.Tok != token.ASSIGN {
		return nil
	}
	call, ok := ast.Unparen(stmt.Rhs[0]).(*ast.CallExpr)
	if !ok || !edits.HeadSafe(call) {
		return nil
	}
	f, path, ok := m.At(stmt)
	if !ok || !f.Predeclared(stmt.Pos(), "nil") {
		return nil
	}
	left := make([]string, len(stmt.Lhs))
	for i, e := range stmt.Lhs {
		left[i] = "_"
		if id, ok := e.(*ast.Ident); !ok || id.Name != "_" && id.Name != l.Value.Name {
			return nil
		}
	}
	spot, ok := f.Spot(path)
	if !ok {
		return nil
	}
	p := mend.Place{File: f, Path: path, Name: "err", Call: call}
	r, ok := m.Log(p)
	if !ok || edits.Mentions(call, r.Name) {
		return nil
	}
	left[len(left)-1] = r.Name
	return r.Fix(r.Message(), spot.Test(call.Pos(), strings.Join(left, ", ")+" := ", r.Name+" != nil", r.Lines))
}

// own gives a goroutine that looks at its error a variable of its own for it.
func own(m *mend.Mender, l *errflow.Loss) *report.Fix {
	stmt, ok := l.At.(*ast.AssignStmt)
	if !ok || stmt.Tok != token.ASSIGN {
		return nil
	}
	f, path, ok := m.At(stmt)
	if !ok {
		return nil
	}
	for _, e := range stmt.Lhs {
		if id, ok := e.(*ast.Ident); !ok || id.Name != "_" && id.Name != l.Value.Name {
			return nil
		}
	}
	// Whoever starts it must not need what it assigns, and it has to need it itself.
	lit, ok := f.Function(path)
	if !ok {
		return nil
	}
	v := f.At(l.Value.Name, stmt.Pos())
	inside, outside := false, false
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok {
			for _, r := range a.Rhs { // an assignment is no look
				ast.Inspect(r, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok && f.Info.Uses[id] == v {
						inside, outside = inside || within(id, lit.Node), outside || !within(id, lit.Node)
					}
					return true
				})
			}
			for _, l := range a.Lhs {
				if within(l, lit.Node) && a != stmt {
					if id, ok := l.(*ast.Ident); ok && f.Info.Uses[id] == v {
						outside = true // both would have to go together
					}
				}
			}
			return false
		}
		if id, ok := n.(*ast.Ident); ok && f.Info.Uses[id] == v {
			inside, outside = inside || within(id, lit.Node), outside || !within(id, lit.Node)
		}
		return true
	})
	if !inside || !outside || !scoped(path, f, v) {
		return nil
	}
	return &report.Fix{Message: "Give the goroutine a variable of its own", Edits: []edit{edits.Insert(stmt.TokPos, ":")}, Class: report.Review}
}

func within(n, outer ast.Node) bool { return outer.Pos() <= n.Pos() && n.End() <= outer.End() }

// scoped reports whether all looks at v in the function stand behind the statement path[0] in its scope.
func scoped(path []ast.Node, f *edits.File, v types.Object) bool {
	fn, ok := f.Function(path)
	if !ok {
		return false
	}
	scope := path[1]
	good := true
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && f.Info.Uses[id] == v && !within(id, path[0]) {
			good = good && within(id, scope) && id.Pos() > path[0].End()
		}
		return good
	})
	return good
}
