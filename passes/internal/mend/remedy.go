package mend

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/known"
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

// A need says how much the code behind a place is needed when the function is left early.
type need int

const (
	nothing   need = iota
	wanted         // clean-up, the other turns of a loop, another error
	waitedFor      // an unlock, a message, the end of a wait
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
	if m.masks(p, fn) {
		raise(wanted)
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

// masks reports whether another error, made before p, is looked at behind it: to return early would lose that one.
func (m *Mender) masks(p Place, fn *edits.Function) bool {
	first := map[types.Object]ast.Node{} // the first mention behind p
	assigned := map[*ast.Ident]bool{}
	masks := false
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
					masks = true
				}
			}
		}
		return true
	})
	for _, n := range first {
		if n != written {
			masks = true
		}
	}
	return masks
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
	if !p.File.Predeclared(p.pos(), "nil") {
		return nil, false
	}
	r.Lines = fmt.Sprintf("if %s == nil {\n\t%[1]s = %s\n}", result, p.Name)
	return r, true
}

// Wrapped is the error with what was being done, in the form that the function uses, or else the file; the bare error
// where neither wraps.
func (m *Mender) Wrapped(p Place, fn *edits.Function) (string, []analysis.TextEdit) {
	wraps, bare := m.custom(p, fn.Body)
	if !wraps && !bare {
		wraps, _ = m.custom(p, p.File.Syntax)
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
func (m *Mender) custom(p Place, n ast.Node) (wraps, bare bool) {
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
	}
	return "Return the error"
}
