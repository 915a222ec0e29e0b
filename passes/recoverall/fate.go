package recoverall

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// A fate says where the value of a recover goes. Of several ways all are noted.
type fate struct {
	kept      bool // somewhere the package does not show: whoever gets it may deal with it
	matched   bool // it was asked what it is
	logged    bool // it was logged or printed
	foreign   bool // by a logger that may add the stack itself
	records   []*ast.CallExpr
	converted ast.Node // its text goes into an error, or it is taken for one
	lost      ast.Node // it is put where nobody reads it: lostIn, because why
	lostIn    string
	why       string
}

// A trail follows the value of one recover through the deferred function.
type trail struct {
	*checker
	call  inspector.Cursor
	fn    inspector.Cursor // the deferred function
	place place
	seen  map[*types.Var]bool

	fate fate
	// What else the function does.
	repanics bool     // it panics or ends the program, at least for some values
	stack    bool     // it takes the stack
	abort    bool     // it knows http.ErrAbortHandler
	told     bool     // a bool tells that there was a panic
	answered bool     // a result, or something else that outlives the function, is set
	replaced bool     // an error without the value is set
	acts     bool     // upon a panic it does something by which others may learn of it
	record   ast.Node // a log record, or another message, that speaks of the panic and does not hold it
	option   bool     // a condition that has nothing to do with the panic decides whether to recover
}

// follow notes what becomes of the expression at cur.
func (t *trail) follow(cur inspector.Cursor) {
	for {
		p, kind, i := parent(cur)
		switch n := p.Node().(type) {
		case *ast.BinaryExpr:
			if n.Op != token.ADD {
				t.compared(p, t.info.Types[n.X].IsNil() || t.info.Types[n.Y].IsNil())
				return
			}
		case *ast.TypeAssertExpr:
			if n.Type == nil {
				t.switched(p)
				return
			}
			if !takesBugs(t.info.TypeOf(n.Type)) {
				t.fate.matched = true
				t.repanics = t.repanics || !hasComma(p)
				return
			}
		case *ast.SelectorExpr: // a method of the value, as in r.Error()
			if _, outer, _ := parent(p); outer != edge.CallExpr_Fun {
				t.fate.kept = true
				return
			}
		case *ast.CallExpr:
			if kind == edge.CallExpr_Args && !t.passed(n, i) {
				return
			}
		case *ast.AssignStmt:
			if len(n.Lhs) != len(n.Rhs) {
				i = 0 // the value of v, ok := r.(T)
			}
			t.assigned(n.Lhs[i], n)
			return
		case *ast.ValueSpec:
			if len(n.Names) != len(n.Values) {
				i = 0
			}
			t.assigned(n.Names[i], n)
			return
		case *ast.ReturnStmt:
			t.returned(p)
			return
		case *ast.SwitchStmt, *ast.CaseClause:
			t.fate.matched = true
			return
		case *ast.ExprStmt, *ast.DeferStmt:
			return // thrown away
		default:
			t.fate.kept = true
			return
		}
		cur = p
	}
}

// compared notes a comparison: with nil it asks whether there was a panic, and its answer may be what the function is for.
func (t *trail) compared(cur inspector.Cursor, withNil bool) {
	if !withNil {
		t.fate.matched = true
		return
	}
	none := cur.Node().(*ast.BinaryExpr).Op == token.EQL
	for {
		p, _, _ := parent(cur)
		switch n := p.Node().(type) {
		case *ast.BinaryExpr, *ast.UnaryExpr:
			cur = p
		case *ast.IfStmt:
			if !none {
				t.upon(p)
			}
			if none && n.Else == nil && len(n.Body.List) > 0 {
				if _, leaves := n.Body.List[len(n.Body.List)-1].(*ast.ReturnStmt); !leaves {
					t.told = true // a panic is what it expects
				}
			}
			return
		case *ast.SwitchStmt, *ast.CaseClause:
			return
		default:
			t.told = true
			return
		}
	}
}

// switched follows the value into the clauses of a type switch that take any panic.
func (t *trail) switched(cur inspector.Cursor) {
	t.fate.matched = true
	for s := range cur.Enclosing((*ast.TypeSwitchStmt)(nil)) {
		for _, stmt := range s.Node().(*ast.TypeSwitchStmt).Body.List {
			clause := stmt.(*ast.CaseClause)
			all := clause.List == nil
			for _, typ := range clause.List {
				all = all || !t.info.Types[typ].IsNil() && takesBugs(t.info.TypeOf(typ))
			}
			if v, ok := t.info.Implicits[clause].(*types.Var); ok && all {
				t.uses(v)
			}
		}
		return
	}
}

// uses follows each use of v in the deferred function.
func (t *trail) uses(v *types.Var) {
	if t.seen[v] {
		return
	}
	t.seen[v] = true
	for id := range t.fn.Preorder((*ast.Ident)(nil)) {
		if t.info.Uses[id.Node().(*ast.Ident)] != v {
			continue
		}
		if _, kind, _ := parent(id); kind != edge.AssignStmt_Lhs {
			t.follow(id)
		}
	}
}

// passed notes what a call does with its argument, and reports whether the result still holds the value or its text.
func (t *trail) passed(call *ast.CallExpr, i int) bool {
	if t.info.Types[call.Fun].IsType() {
		return true
	}
	switch t.builtin(call) {
	case "append":
		return true
	case "panic":
		return false // noted by scan
	case "print", "println":
		t.fate.logged = true
		return false
	}
	know := t.flow.Known()
	does := know.Arg(call, i)
	fn := know.Callee(call)
	standard := fn != nil && fn.Pkg() != nil && known.IsStandard(fn.Pkg().Path())
	switch {
	case know.NoReturn(call):
	case does&(known.Panics|known.Exits) != 0:
		t.repanics = true
	case does&known.Logs != 0, does&known.Prints != 0 && t.terminal(call):
		t.fate.logged = true
		t.fate.foreign = t.fate.foreign || !standard
		if !slices.Contains(t.fate.records, call) {
			t.fate.records = append(t.fate.records, call)
		}
	case standard && does&(known.Flattens|known.Wraps) != 0:
		return true // constructors outside the standard library may keep the stack
	case does == known.Tests:
		t.fate.matched = true
	default:
		t.fate.kept = true
	}
	return false
}

// terminal reports whether a printing call writes to the standard streams.
func (t *trail) terminal(call *ast.CallExpr) bool {
	fn := t.flow.Known().Callee(call)
	if fn == nil || !strings.HasPrefix(fn.Name(), "F") {
		return true
	}
	for _, name := range [...]string{"Stdout", "Stderr"} {
		if sel, ok := ast.Unparen(call.Args[0]).(*ast.SelectorExpr); ok && isOf(t.info.Uses[sel.Sel], "os", name) {
			return true
		}
	}
	return false
}

func isOf(obj types.Object, path, name string) bool {
	return obj != nil && obj.Name() == name && obj.Pkg() != nil && obj.Pkg().Path() == path
}

// assigned notes where an assignment puts the value.
func (t *trail) assigned(lhs ast.Expr, at ast.Node) {
	id, ok := ast.Unparen(lhs).(*ast.Ident)
	if ok && id.Name == "_" {
		return
	}
	if ok {
		if v, ok := t.info.ObjectOf(id).(*types.Var); ok {
			n := t.fn.Node()
			switch {
			case n.Pos() <= v.Pos() && v.Pos() < n.End() && !isResult(t.signature(n), v):
				t.uses(v)
				return
			case t.place.own && t.place.all(func(host, _ inspector.Cursor) bool { return t.local(host, v) }):
				t.fate.lost, t.fate.lostIn, t.fate.why = at, id.Name, "it is no result, and nobody reads it after a panic"
				return
			}
		}
	}
	if typ := t.info.TypeOf(lhs); typ != nil && types.Identical(typ, types.Universe.Lookup("error").Type()) {
		t.fate.converted = at
		return
	}
	t.fate.kept = true
}

func isResult(sig *types.Signature, v *types.Var) bool {
	for r := range sig.Results().Variables() {
		if r == v {
			return true
		}
	}
	return false
}

// local reports whether v dies with host: it is declared there, is no result, and neither a closure nor a pointer can
// read it once host has panicked.
func (t *trail) local(host inspector.Cursor, v *types.Var) bool {
	n := host.Node()
	if v.Pos() < n.Pos() || n.End() <= v.Pos() || isResult(t.signature(n), v) {
		return false
	}
	for id := range host.Preorder((*ast.Ident)(nil)) {
		if t.info.Uses[id.Node().(*ast.Ident)] != v {
			continue
		}
		p, kind, _ := parent(id)
		if kind == edge.AssignStmt_Lhs {
			continue
		}
		if u, ok := p.Node().(*ast.UnaryExpr); ok && u.Op == token.AND || kind == edge.SelectorExpr_X || function(id) != host {
			return false
		}
	}
	return true
}

// vain finds an assignment by which the deferred function means to tell of the panic, but to a variable that dies
// with the function it is deferred in.
func (t *trail) vain() (at ast.Node, name string) {
	for cur := range t.fn.Preorder((*ast.AssignStmt)(nil)) {
		a := cur.Node().(*ast.AssignStmt)
		if a.Tok != token.ASSIGN || len(a.Lhs) != 1 || function(cur) != t.fn || !t.place.own {
			continue
		}
		if id, ok := ast.Unparen(a.Lhs[0]).(*ast.Ident); ok {
			v, ok := t.info.Uses[id].(*types.Var)
			if ok && t.place.all(func(host, _ inspector.Cursor) bool { return t.local(host, v) }) {
				return a, id.Name
			}
		}
	}
	return nil, ""
}

// returned notes a return of the value: nobody gets the results of a deferred function.
func (t *trail) returned(at inspector.Cursor) {
	if function(at) == t.fn && t.place.own {
		t.fate.lost, t.fate.lostIn, t.fate.why = at.Node(), "the result of the deferred function", "nobody gets it"
		return
	}
	t.fate.kept = true
}

// takesBugs reports whether panics of the runtime, such as of a nil dereference, have type typ.
func takesBugs(typ types.Type) bool {
	iface, ok := typ.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range iface.Methods() {
		if m.Name() != "Error" && m.Name() != "RuntimeError" {
			return false
		}
	}
	return true
}

// hasComma reports whether a type assertion stands in the form v, ok := x.(T).
func hasComma(cur inspector.Cursor) bool {
	switch n, _, _ := parent(cur); n := n.Node().(type) {
	case *ast.AssignStmt:
		return len(n.Lhs) == 2 && len(n.Rhs) == 1
	case *ast.ValueSpec:
		return len(n.Names) == 2 && len(n.Values) == 1
	}
	return false
}

// scan notes what the deferred function does besides.
func (t *trail) scan() {
	n := t.fn.Node()
	for cur := range t.fn.Preorder((*ast.Ident)(nil), (*ast.CallExpr)(nil), (*ast.AssignStmt)(nil)) {
		switch at := cur.Node().(type) {
		case *ast.Ident:
			t.stack = t.stack || stacked(at.Name)
			t.abort = t.abort || isOf(t.info.Uses[at], "net/http", "ErrAbortHandler")
		case *ast.CallExpr:
			t.repanics = t.repanics || t.builtin(at) == "panic" || t.flow.Known().NoReturn(at)
			if callee, ok := t.bodies[t.flow.Known().Callee(at)]; ok {
				for cur := range callee.Preorder((*ast.Ident)(nil)) {
					id := cur.Node().(*ast.Ident)
					t.stack = t.stack || stacked(id.Name)
					t.abort = t.abort || isOf(t.info.Uses[id], "net/http", "ErrAbortHandler")
				}
			}
		case *ast.AssignStmt:
			for i, lhs := range at.Lhs {
				v, ok := t.info.ObjectOf(rootIdent(lhs)).(*types.Var)
				if !ok || v.IsField() {
					continue
				}
				_, plain := lhs.(*ast.Ident)
				captured := v.Pos() < n.Pos() || n.End() <= v.Pos()
				if basic, ok := v.Type().Underlying().(*types.Basic); ok && plain && captured {
					t.told = t.told || basic.Info()&types.IsBoolean != 0
				}
				if i < len(at.Rhs) && !t.info.Types[at.Rhs[i]].IsNil() && types.Identical(t.info.TypeOf(lhs), types.Universe.Lookup("error").Type()) && (captured || !plain) {
					t.replaced = true
				}
			}
		}
	}
}

// rootIdent returns the variable that is assigned to or through.
func rootIdent(e ast.Expr) *ast.Ident {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e
	case *ast.StarExpr:
		return rootIdent(e.X)
	}
	return nil
}

// documented reports whether the function's documentation speaks of panics: then an error is what callers are promised.
func (t *trail) documented() bool {
	for d := range t.fn.Enclosing((*ast.FuncDecl)(nil)) {
		return panics.MatchString(d.Node().(*ast.FuncDecl).Doc.Text())
	}
	return false
}

var panics = regexp.MustCompile(`(?i)\b(panic|recover)`)

// stacked reports whether a name has to do with stacks. There are many ways to get one (runtime, runtime/debug,
// loggers, error libraries, own functions), and all say so.
func stacked(name string) bool {
	return strings.Contains(strings.ToLower(name), "stack") || name == "Callers"
}
