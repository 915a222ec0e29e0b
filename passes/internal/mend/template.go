package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/known"
)

// A shape is the way in which a logging function takes a text and an error.
type shape int

const (
	printf shape = iota // ("failed to …: %v", err)
	pairs               // ("failed to …", "err", err)
	fields              // ("failed to …", zap.Error(err))
	chain               // .WithError(err).Warn("failed to …")
	kit                 // .Log("msg", "failed to …", "err", err)
	logr                // (err, "failed to …")
)

// A template is a call of the package that logs an error, to be followed.
type template struct {
	shape shape
	base  ast.Expr // what is called, or what its method is called on; nil for a function of its own package
	name  string   // of the function or method, "" where base is all
	level string   // of a chain
	key   string   // under which pairs log the error
	lead  ast.Expr // a level that stands before the format
	call  *ast.CallExpr
	decl  *ast.FuncDecl
	file  *ast.File
	rank  int // lower is fitter for a failure
	// derived is set where the call is for debugging, or ends the program, and name that of the function beside it for
	// failures.
	derived bool
}

// findTemplates collects the package's calls that log an error.
func (m *Mender) findTemplates() {
	m.fields = make(map[*types.Var]trust)
	for _, file := range m.pass.Files {
		if strings.HasSuffix(m.pass.Fset.PositionFor(file.Package, false).Filename, "_test.go") {
			continue
		}
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			var stack []ast.Node
			ast.Inspect(decl.Body, func(n ast.Node) bool {
				if n == nil {
					stack = stack[:len(stack)-1]
					return true
				}
				stack = append(stack, n)
				m.observe(n)
				if s, ok := n.(*ast.ExprStmt); ok {
					if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok {
						if t, ok := m.template(call); ok && !guarded(t.base, stack) {
							t.call, t.decl, t.file = call, decl, file
							m.templates = append(m.templates, t)
						}
					}
				}
				return true
			})
		}
	}
}

// guarded reports whether the logger is used only where a test around has found that it is there.
func guarded(base ast.Expr, stack []ast.Node) bool {
	if base == nil {
		return false
	}
	text := types.ExprString(base)
	for _, n := range stack {
		s, ok := n.(*ast.IfStmt)
		if !ok {
			continue
		}
		found := false
		ast.Inspect(s.Cond, func(n ast.Node) bool {
			if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.NEQ && types.ExprString(b.Y) == "nil" {
				x := types.ExprString(b.X)
				found = found || text == x || strings.HasPrefix(text, x+".")
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// template recognises the shape of a call that logs, fit for failures.
func (m *Mender) template(call *ast.CallExpr) (*template, bool) {
	if call.Ellipsis.IsValid() {
		return nil, false
	}
	t, ok := m.shapeOf(call)
	if !ok || t.shape != fields && t.key == "" && (t.shape == pairs || t.shape == kit) {
		return nil, false
	}
	level := t.name
	if t.lead != nil {
		level = exprName(t.lead)
	}
	if t.rank, ok = rank(level); !ok || m.known.NoReturn(call) || t.rank == 3 && t.lead == nil {
		name, found := m.fitting(t.base, t.name)
		switch {
		case found:
			t.name, t.level, t.rank = name, strings.TrimSuffix(name, "f"), 3
		case !ok || m.known.NoReturn(call):
			return nil, false
		}
		t.derived = !ok
	}
	kind := m.known.Kind(call)
	if kind&known.Log == 0 {
		t.rank += 5
	}
	if kind&known.LogNoError != 0 {
		t.rank += 10 // it logs, but shows nothing of how errors are logged
	}
	return t, t.shape != pairs || kind&known.LogNoError == 0
}

// fitting finds the function beside one that is for debugging, tells what goes on, or ends the program, that tells
// failures.
func (m *Mender) fitting(base ast.Expr, name string) (string, bool) {
	for _, level := range []string{"Debug", "debug", "Trace", "trace", "Info", "info", "Notice", "notice", "Fatal", "fatal"} {
		tail, ok := strings.CutPrefix(name, level)
		if !ok {
			continue
		}
		for _, fit := range []string{"Warn", "Warning", "Error", "Print"} {
			if level == strings.ToLower(level) {
				fit = strings.ToLower(fit)
			}
			other := fit + tail
			if was, is := m.function(base, name), m.function(base, other); was != nil && is != nil && types.Identical(was.Type(), is.Type()) {
				_, ok := rank(other)
				return other, ok
			}
		}
	}
	return "", false
}

// levels lists names of functions that take a format although they do not say so.
var levels = map[string]bool{"error": true, "warn": true, "warning": true, "err": true}

// shapeOf recognises how a call logs.
func (m *Mender) shapeOf(call *ast.CallExpr) (*template, bool) {
	sig, ok := m.info.TypeOf(call.Fun).(*types.Signature)
	if !ok || !sig.Variadic() {
		return nil, false
	}
	name := exprName(call.Fun)
	if m.known.Kind(call)&known.Log == 0 &&
		(sig.Results().Len() > 0 || !m.hasError(call) || !strings.HasSuffix(name, "f") && !(levels[strings.ToLower(name)] && m.formats(call))) {
		return nil, false // nor does it look like one: logf(level, "…: %v", err)
	}
	t := &template{}
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		t.name = fun.Name
	case *ast.SelectorExpr:
		t.base, t.name = fun.X, fun.Sel.Name
	default:
		return nil, false
	}
	if root, ok := m.chainRoot(t.base); ok {
		t.shape, t.level, t.base = chain, strings.TrimSuffix(t.name, "f"), root
		return t, true
	}
	params := sig.Params()
	n := params.Len()
	rest := params.At(n - 1).Type().(*types.Slice).Elem()
	open := isAny(rest)
	text := n > 1 && isString(params.At(n-2).Type())
	switch {
	case n == 1 && open && t.name == "Log" && len(call.Args) > 1 && m.isText(call.Args[0]):
		t.shape, t.key = kit, m.keyOf(call)
		return t, true
	case n == 1 && open: // Print and its like: the twin with a format
		t.shape, t.name = printf, strings.TrimSuffix(t.name, "ln")+"f"
		return t, t.base != nil && m.hasFunc(t.base, t.name)
	case n == 2 && text && open && m.formats(call):
		t.shape = printf
		return t, true
	case n == 2 && text && open:
		t.shape, t.key = pairs, m.keyOf(call)
		return t, true
	case n == 2 && text && isZapField(rest):
		t.shape = fields
		return t, true
	case n == 3 && text && open && m.isLevel(call.Args[0]):
		t.shape, t.lead = printf, call.Args[0]
		return t, true
	case n == 3 && text && open && edits.IsError(params.At(0).Type()) && !m.formats(call):
		t.shape = logr
		return t, true
	}
	return nil, false
}

// hasError reports whether the last argument of a call is an error.
func (m *Mender) hasError(call *ast.CallExpr) bool {
	return len(call.Args) > 1 && edits.IsError(m.info.TypeOf(call.Args[len(call.Args)-1]))
}

// isLevel reports whether e is a named constant.
func (m *Mender) isLevel(e ast.Expr) bool {
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return false
	}
	_, ok := m.info.Uses[id].(*types.Const)
	return ok
}

func exprName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// rank says how fit a function of that name is for a failure; not at all, if it is for debugging or ends the program.
func rank(name string) (int, bool) {
	lower := strings.ToLower(name)
	switch {
	case strings.Contains(lower, "debug"), strings.Contains(lower, "trace"), strings.Contains(lower, "fatal"), strings.Contains(lower, "panic"),
		strings.Contains(lower, "exit"), strings.Contains(lower, "context"):
		return 0, false
	case strings.Contains(lower, "err"):
		return 0, true
	case strings.Contains(lower, "warn"):
		return 1, true
	case strings.Contains(lower, "print"), strings.HasPrefix(lower, "log"):
		return 2, true
	}
	return 3, true
}

// chainRoot returns what a chain of With… calls that takes an error begins with.
func (m *Mender) chainRoot(e ast.Expr) (ast.Expr, bool) {
	found := false
	for {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok {
			return e, found
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || !strings.HasPrefix(sel.Sel.Name, "With") {
			return e, found
		}
		found = found || sel.Sel.Name == "WithError"
		e = sel.X
	}
}

func isAny(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.Empty()
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func isZapField(t types.Type) bool {
	switch t := t.(type) {
	case *types.Alias:
		return isZapField(types.Unalias(t))
	case *types.Named:
		return t.Obj().Name() == "Field" && t.Obj().Pkg() != nil && strings.HasPrefix(t.Obj().Pkg().Path(), "go.uber.org/zap")
	}
	return false
}

// isText reports whether e is a string literal.
func (m *Mender) isText(e ast.Expr) bool {
	lit, ok := ast.Unparen(e).(*ast.BasicLit)
	return ok && lit.Kind == token.STRING
}

// formats reports whether a call's text is a format.
func (m *Mender) formats(call *ast.CallExpr) bool {
	if strings.HasSuffix(exprName(call.Fun), "f") {
		return true
	}
	for _, a := range call.Args {
		if tv := m.info.Types[a]; tv.Value != nil && isString(tv.Type) {
			return strings.Contains(tv.Value.ExactString(), "%")
		}
	}
	return false
}

// keyOf returns the key that stands before the error in a list of pairs.
func (m *Mender) keyOf(call *ast.CallExpr) string {
	for i := 1; i < len(call.Args); i++ {
		if edits.IsError(m.info.TypeOf(call.Args[i])) && m.isText(call.Args[i-1]) {
			if key, err := strconv.Unquote(ast.Unparen(call.Args[i-1]).(*ast.BasicLit).Value); err == nil {
				return key
			}
		}
	}
	return ""
}

// hasFunc reports whether base, a package or a value, has a function of that name that takes a format.
func (m *Mender) hasFunc(base ast.Expr, name string) bool {
	fn := m.function(base, name)
	if fn == nil {
		return false
	}
	params := fn.Signature().Params()
	return fn.Signature().Variadic() && params.Len() == 2 && isString(params.At(0).Type())
}

// function returns the function of that name that base has, a package or a value, or where base is nil the package under
// analysis; nil if there is none.
func (m *Mender) function(base ast.Expr, name string) *types.Func {
	var obj types.Object
	if base == nil {
		obj = m.pass.Pkg.Scope().Lookup(name)
	} else if id, ok := ast.Unparen(base).(*ast.Ident); ok {
		if p, ok := m.info.Uses[id].(*types.PkgName); ok {
			obj = p.Imported().Scope().Lookup(name)
		}
	}
	if obj == nil && base != nil && m.info.TypeOf(base) != nil {
		obj, _, _ = types.LookupFieldOrMethod(m.info.TypeOf(base), true, m.pass.Pkg, name)
	}
	fn, _ := obj.(*types.Func)
	return fn
}
