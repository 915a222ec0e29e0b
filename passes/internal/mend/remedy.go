package mend

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/report"
)

// A Place is where an error is at hand: behind the statement Path[0], in the variable Name.
type Place struct {
	File *edits.File
	Path []ast.Node
	Name string        // "" if the fix makes the variable: then the remedy says what to call it
	Call *ast.CallExpr // what failed
}

// named gives the variable a name if it has none yet.
func (p Place) named(name string) Place {
	if p.Name == "" {
		p.Name = name
	}
	return p
}

func (p Place) stmt() ast.Node { return p.Path[0] }
func (p Place) pos() token.Pos { return p.Path[0].Pos() }

// Remedy decides what is done with the error at p.
func (m *Mender) Remedy(p Place) (*Remedy, bool) {
	fn, ok := p.File.Function(p.Path)
	if !ok {
		return nil, false
	}
	if r, ok := m.test(p, fn); ok {
		return r, true
	}
	if fn.Defer != nil {
		if r, ok := m.join(p, fn); ok {
			return r, true
		}
		return m.log(p)
	}
	back, returns := m.giveBack(p, fn)
	if returns && back.Class == report.Safe {
		return back, true
	}
	if r, ok := m.log(p); ok {
		return r, true
	}
	return back, returns
}

// Return is the remedy that leaves the function with the error, whatever the code behind p does.
func (m *Mender) Return(p Place) (*Remedy, bool) {
	fn, ok := p.File.Function(p.Path)
	if !ok {
		return nil, false
	}
	return m.leave(p, fn)
}

// Log is the remedy that leaves a trace and goes on.
func (m *Mender) Log(p Place) (*Remedy, bool) { return m.log(p) }

// leave returns the error, with what was being done if that is the custom around.
func (m *Mender) leave(p Place, fn *edits.Function) (*Remedy, bool) {
	p = p.named("err")
	value, add := m.Wrapped(p, fn)
	lines, ok := p.File.Return(fn, p.pos(), value)
	if !ok {
		return nil, false
	}
	return &Remedy{Verb: "return", Lines: lines, Edits: add, Class: report.Safe, Leave: true, Name: p.Name}, true
}

// giveBack is leave where the code behind the statement would be skipped.
func (m *Mender) giveBack(p Place, fn *edits.Function) (*Remedy, bool) {
	r, ok := m.leave(p, fn)
	if !ok {
		return nil, false
	}
	switch m.skipped(p, fn) {
	case waitedFor:
		return nil, false
	case wanted:
		r.Class = report.Review
	}
	return r, true
}

// join keeps the error in a deferred closure: with the result of the function that defers it.
func (m *Mender) join(p Place, fn *edits.Function) (*Remedy, bool) {
	outer, ok := p.File.Function(fn.Outer)
	if !ok || fn.Sig.Results().Len() > 0 {
		return nil, false
	}
	return m.Join(p, outer)
}

// Join adds the error at p to the error result of fn, a function around it that p runs at the end of.
func (m *Mender) Join(p Place, fn *edits.Function) (*Remedy, bool) {
	result, add, ok := p.File.Result(fn, p.pos())
	if !ok {
		return nil, false
	}
	p = p.named(ErrName(p.Call))
	if result == p.Name {
		return nil, false
	}
	r := &Remedy{Name: p.Name, Verb: "join", Edits: add, Class: report.Safe}
	if p.File.Has("go1.20") {
		if errors, imports, ok := p.File.Qualify("errors", "Join", p.pos()); ok {
			r.Lines = fmt.Sprintf("%s = %s.Join(%s, %s)", result, errors, result, p.Name)
			r.Edits = append(r.Edits, imports...)
			return r, true
		}
	}
	if !p.File.Predeclared(p.pos(), "nil") || Certain(p.Path, result) {
		return nil, false // there is one, and only one can be kept
	}
	r.Lines = fmt.Sprintf("if %s == nil {\n\t%[1]s = %s\n}", result, p.Name)
	return r, true
}

// Wrapped is the error with what was being done, in the form that the function uses, or else the file; the bare error
// where neither wraps.
func (m *Mender) Wrapped(p Place, fn *edits.Function) (string, []analysis.TextEdit) {
	wraps, bare := m.custom(fn.Body)
	if !wraps && !bare {
		wraps, _ = m.custom(p.File.Syntax)
	}
	if callee := m.known.Callee(p.Call); callee != nil && callee.Pkg() != nil && callee.Pkg().Path() == "os" {
		wraps = false // its errors say what was done, and to which file
	}
	if !wraps {
		return p.Name, nil
	}
	if fmtName, add, ok := p.File.Qualify("fmt", "Errorf", p.pos()); ok {
		return fmt.Sprintf("%s.Errorf(\"%s: %%w\", %s)", fmtName, m.Context(p.Call), p.Name), add
	}
	return p.Name, nil
}

// custom reports whether n holds calls that wrap errors by fmt.Errorf, and returns of bare ones.
func (m *Mender) custom(n ast.Node) (wraps, bare bool) {
	if seen, ok := m.customs.Load(n); ok {
		c := seen.([2]bool)
		return c[0], c[1]
	}
	defer func() { m.customs.Store(n, [2]bool{wraps, bare}) }()
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if fn := m.known.Callee(n); fn != nil && fn.FullName() == "fmt.Errorf" && len(n.Args) > 1 {
				if lit, ok := ast.Unparen(n.Args[0]).(*ast.BasicLit); ok && strings.Contains(lit.Value, "%w") {
					wraps = true
				}
			}
		case *ast.ReturnStmt:
			if len(n.Results) > 0 {
				if id, ok := ast.Unparen(n.Results[len(n.Results)-1]).(*ast.Ident); ok && id.Name != "nil" && edits.IsError(m.info.TypeOf(id)) {
					bare = true
				}
			}
		}
		return true
	})
	return wraps, bare
}

// test fails the test if p is in one.
func (m *Mender) test(p Place, fn *edits.Function) (*Remedy, bool) {
	for _, n := range p.Path {
		f, ok := p.File.Function([]ast.Node{n})
		if !ok {
			continue
		}
		for v := range f.Sig.Params().Variables() {
			ptr, ok := v.Type().(*types.Pointer)
			if !ok || v.Name() == "" || p.File.At(v.Name(), p.pos()) != v {
				continue
			}
			if named, ok := ptr.Elem().(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "testing" {
				switch named.Obj().Name() {
				case "T", "B", "F":
					verb := "Error"
					if f.Node == fn.Node {
						verb = "Fatal"
					}
					p = p.named("err")
					return &Remedy{Name: p.Name, Verb: "report", Lines: fmt.Sprintf("%s.%s(%s)", v.Name(), verb, p.Name), Class: report.Safe, Leave: verb == "Fatal"}, true
				}
			}
		}
	}
	return nil, false
}

// Abort is the remedy where the code behind p cannot do without what failed: the function is left.
func (m *Mender) Abort(p Place) (*Remedy, bool) {
	fn, ok := p.File.Function(p.Path)
	if !ok {
		return nil, false
	}
	if r, ok := m.test(p, fn); ok {
		return r, r.Leave
	}
	if fn.Err >= 0 {
		return m.giveBack(p, fn)
	}
	if fn.Sig.Results().Len() > 0 {
		return nil, false
	}
	r, ok := m.log(p)
	if !ok {
		return nil, false
	}
	stop, ok := m.Stop(p)
	if !ok {
		return nil, false
	}
	r.Verb, r.Lines, r.Class, r.Leave = "return", r.Lines+"\nreturn", stop.Class, true
	return r, true
}

// Stop is the remedy where the error has been told already, and what failed is used behind p: the function is left.
func (m *Mender) Stop(p Place) (*Remedy, bool) {
	fn, ok := p.File.Function(p.Path)
	if !ok {
		return nil, false
	}
	if fn.Err >= 0 {
		return m.giveBack(p, fn)
	}
	if fn.Sig.Results().Len() > 0 {
		return nil, false
	}
	r := &Remedy{Verb: "return", Lines: "return", Class: report.Safe, Leave: true}
	switch m.skipped(p, fn) {
	case waitedFor:
		return nil, false
	case wanted:
		r.Class = report.Review
	}
	return r, true
}

// Message says what the remedy does, for the fix.
func (r *Remedy) Message() string {
	switch r.Verb {
	case "join":
		return "Keep the error with the function's own"
	case "log":
		return "Log the error"
	case "report":
		return "Report the error to the test"
	case "keep":
		return "Keep the error if there is no other"
	case "quit":
		return "End the program with the error"
	}
	return "Return the error"
}
