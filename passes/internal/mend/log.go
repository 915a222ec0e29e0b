package mend

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/report"
)

// log leaves a trace of the error as the code around does, or with the operation that it is a part of.
func (m *Mender) log(p Place) (*Remedy, bool) {
	if r, ok := m.record(p); ok {
		return r, true
	}
	p = p.named("err")
	line, add, ok := m.line(p, m.sayFailure)
	return &Remedy{Name: p.Name, Verb: "log", Lines: line, Edits: add, Class: report.Safe}, ok
}

// Panic spells a log of the panic in the variable p.Name, with the stack.
func (m *Mender) Panic(p Place) (line string, add []analysis.TextEdit, ok bool) {
	debug, imports, ok := p.File.Qualify("runtime/debug", "Stack", p.pos())
	if !ok {
		return "", nil, false
	}
	line, add, ok = m.line(p, func(t *template, p Place, fun, lead string) (string, bool) {
		switch t.shape {
		case printf:
			return fmt.Sprintf("%s(%s\"panic: %%v\\n%%s\", %s, %s.Stack())", fun, lead, p.Name, debug), true
		case pairs:
			return fmt.Sprintf("%s(\"panic\", \"value\", %s, \"stack\", string(%s.Stack()))", fun, p.Name, debug), true
		case fields:
			zap, ok := p.File.PackageAt("go.uber.org/zap", p.pos())
			return fmt.Sprintf("%s(\"panic\", %s.Any(\"value\", %s), %s.ByteString(\"stack\", %s.Stack()))", fun, zap, p.Name, zap, debug), ok
		}
		return "", false
	})
	return line, append(add, imports...), ok
}

// A saying spells a call of a logging function, fun, with what stands before its text.
type saying func(t *template, p Place, fun, lead string) (string, bool)

// line spells a log at p, by the nearest and fittest of the templates.
func (m *Mender) line(p Place, say saying) (string, []analysis.TextEdit, bool) {
	m.logging.Do(m.findTemplates)
	var here *ast.FuncDecl
	for _, n := range p.Path {
		if d, ok := n.(*ast.FuncDecl); ok {
			here = d
		}
	}
	distance := func(t *template) int {
		switch {
		case t.decl == here && here != nil:
			return 0
		case here != nil && t.decl != nil && m.sameReceiver(t.decl, here):
			return 1
		case t.file == p.File.Syntax:
			return 2
		}
		return 3
	}
	order := slices.Clone(m.templates)
	slices.SortStableFunc(order, func(a, b *template) int {
		return cmp.Or(
			compareBool(distance(a) > 1, distance(b) > 1), // whose logger it is matters more than how it is used
			compareBool(a.derived, b.derived), cmp.Compare(distance(a), distance(b)), cmp.Compare(a.rank, b.rank))
	})
	order = slices.DeleteFunc(order, func(t *template) bool { return t.call.Pos() <= p.pos() && p.pos() < t.call.End() })
	order = distinct(order, distance)
	for _, t := range order {
		if line, ok := m.like(t, "", p, here, say); ok {
			return line, nil, true
		}
	}
	for _, t := range order {
		if base, ok := m.reach(t, p); ok {
			if line, ok := m.like(t, base, p, here, say); ok {
				return line, nil, true
			}
		}
	}
	return "", nil, false
}

// distinct leaves the first of those templates that read alike and are equally far.
func distinct(list []*template, distance func(*template) int) []*template {
	type reading struct {
		name, base, lead string
		distance         int
		shape            shape
	}
	seen := make(map[reading]bool)
	return slices.DeleteFunc(list, func(t *template) bool {
		r := reading{name: t.name, distance: distance(t), shape: t.shape}
		if t.base != nil {
			r.base = types.ExprString(t.base)
		}
		if t.lead != nil {
			r.lead = types.ExprString(t.lead)
		}
		again := seen[r]
		seen[r] = true
		return again
	})
}

// compareBool sorts false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// sameReceiver reports whether two declarations are methods of one type.
func (m *Mender) sameReceiver(a, b *ast.FuncDecl) bool {
	ra, rb := m.receiver(a), m.receiver(b)
	return ra != nil && rb != nil && types.Identical(ra.Type(), rb.Type())
}

func (m *Mender) receiver(d *ast.FuncDecl) *types.Var {
	if d == nil {
		return nil
	}
	if fn, ok := m.info.Defs[d.Name].(*types.Func); ok {
		return fn.Signature().Recv()
	}
	return nil
}

// like writes a call of t's shape for p, on base, or on what t's own base means there.
func (m *Mender) like(t *template, base string, p Place, here *ast.FuncDecl, say saying) (line string, ok bool) {
	fun := t.name
	switch {
	case t.base != nil:
		if base == "" {
			if base, ok = m.reads(t.base, t, p, here); !ok {
				return "", false
			}
		}
		fun = base + "." + t.name
		if t.shape == chain {
			fun = base + ".WithError(" + p.Name + ")." + t.level
		}
	default:
		if obj := p.File.At(t.name, p.pos()); obj == nil || obj.Parent() != m.pass.Pkg.Scope() {
			return "", false
		}
	}
	lead := ""
	if t.lead != nil {
		level, ok := m.reads(t.lead, t, p, here)
		if !ok {
			return "", false
		}
		lead = level + ", "
	}
	return say(t, p, fun, lead)
}

// sayFailure tells of the error of a call.
func (m *Mender) sayFailure(t *template, p Place, fun, lead string) (string, bool) {
	text := m.Failure(p.Call)
	switch t.shape {
	case printf:
		return fmt.Sprintf("%s(%s%s, %s)", fun, lead, strconv.Quote(text+": %v"), p.Name), true
	case pairs:
		return fmt.Sprintf("%s(%s, %s, %s)", fun, strconv.Quote(text), strconv.Quote(t.key), p.Name), true
	case fields:
		zap, ok := p.File.PackageAt("go.uber.org/zap", p.pos())
		return fmt.Sprintf("%s(%s, %s.Error(%s))", fun, strconv.Quote(text), zap, p.Name), ok
	case chain:
		return fmt.Sprintf("%s(%s)", fun, strconv.Quote(text)), true
	case kit:
		return fmt.Sprintf("%s(\"msg\", %s, %s, %s)", fun, strconv.Quote(text), strconv.Quote(t.key), p.Name), true
	case logr:
		return fmt.Sprintf("%s(%s, %s)", fun, p.Name, strconv.Quote(text)), true
	}
	return "", false
}

// reads spells base as it reads at p, where every name in it has to stand for the same, or for a variable of the same
// type that plays the same part.
func (m *Mender) reads(base ast.Expr, t *template, p Place, here *ast.FuncDecl) (string, bool) {
	text := types.ExprString(base)
	if todo, ok := m.todo(base, t, p, here); ok {
		return todo, true
	}
	ok, rename := true, ""
	ast.Inspect(base, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit, *ast.FuncLit, *ast.CompositeLit:
			ok = false // what is said of another place
		case *ast.SelectorExpr:
			ast.Inspect(n.X, func(n ast.Node) bool {
				if id, is := n.(*ast.Ident); is {
					ok = ok && m.same(id, t, p, here, &rename)
					return false
				}
				return true
			})
			return false
		case *ast.Ident:
			ok = ok && m.same(n, t, p, here, &rename)
		}
		return ok
	})
	if !ok {
		return "", false
	}
	if rename != "" {
		old, rest, _ := strings.Cut(text, ".")
		if recv := m.receiver(t.decl); recv == nil || recv.Name() != old {
			if recv == nil || recv.Name() != text {
				return "", false
			}
			return rename, true
		}
		text = rename
		if rest != "" {
			text += "." + rest
		}
	}
	return text, true
}

// todo spells a logger that is taken from a context, log.G(ctx), where there is no context at p.
func (m *Mender) todo(base ast.Expr, t *template, p Place, here *ast.FuncDecl) (string, bool) {
	call, ok := base.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return "", false
	}
	ctx, ok := call.Args[0].(*ast.Ident)
	v, isVar := m.info.ObjectOf(ctx).(*types.Var)
	if !ok || !isVar || types.TypeString(v.Type(), nil) != "context.Context" {
		return "", false
	}
	var rename string
	if m.same(ctx, t, p, here, &rename) {
		return "", false
	}
	name, ok := p.File.PackageAt("context", p.pos())
	if !ok {
		return "", false
	}
	fun, ok := m.reads(call.Fun, t, p, here)
	return fun + "(" + name + ".TODO())", ok
}

// same reports whether a name in a template may stand at p. The receiver of another method goes by rename there.
func (m *Mender) same(id *ast.Ident, t *template, p Place, here *ast.FuncDecl, rename *string) bool {
	obj := m.info.Uses[id]
	switch obj := obj.(type) {
	case *types.PkgName:
		name, ok := p.File.PackageAt(obj.Imported().Path(), p.pos())
		return ok && name == id.Name
	case *types.Var:
		if obj.IsField() {
			return true
		}
		there := p.File.At(id.Name, p.pos())
		if there == obj {
			return obj.Parent() == m.pass.Pkg.Scope() || obj.Pos() < p.pos()
		}
		if obj.Parent() == m.pass.Pkg.Scope() || obj.Parent() == nil {
			return false
		}
		if recv := m.receiver(t.decl); recv == obj {
			if mine := m.receiver(here); mine != nil && types.Identical(mine.Type(), recv.Type()) && mine.Name() != "" && mine.Name() != "_" &&
				p.File.At(mine.Name(), p.pos()) == mine {
				if mine.Name() != id.Name {
					*rename = mine.Name()
				}
				return true
			}
		}
		v, ok := there.(*types.Var)
		return ok && types.Identical(v.Type(), obj.Type())
	case *types.Const, *types.Func:
		return p.File.At(id.Name, p.pos()) == obj
	}
	return false
}
