package errflow

import (
	"go/ast"
	"go/types"
	"regexp"
)

// docOf returns what is written about an object of this package where it is declared, above it and behind it.
func (fl *Flow) docOf(obj types.Object) string {
	if obj == nil || obj.Pkg() != fl.pkg {
		return ""
	}
	decl, ok := fl.declAt(obj.Pos())
	if !ok {
		return ""
	}
	switch d := decl.Node().(type) {
	case *ast.FuncDecl:
		if obj.Pos() == d.Name.Pos() {
			return d.Doc.Text()
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			if s.Pos() > obj.Pos() || obj.Pos() >= s.End() {
				continue
			}
			text := ""
			if !d.Lparen.IsValid() {
				text = d.Doc.Text()
			}
			switch s := s.(type) {
			case *ast.ValueSpec:
				return text + s.Doc.Text() + s.Comment.Text()
			case *ast.TypeSpec:
				return text + s.Doc.Text() + s.Comment.Text()
			}
		}
	}
	return ""
}

// silence matches documentation that says that errors go unheard.
var silence = regexp.MustCompile(`(?i)\b(errors?|failures?)\b[^.;]*\b(ignored?|discard(ed)?|dropped|swallow(ed)?|silent(ly)?)\b|\b(ignor(es|ing)|discards?|drops|swallows)\b[^.;]*\b(errors?|failures?)\b|\bbest[ -]effort\b`)

// unheardByIntent reports whether documentation says that errors of f go unheard: that of the function around it, that of
// the type whose field it is, or that of what it was given to call.
func (fl *Flow) unheardByIntent(f *Func) bool {
	top := f.Top()
	if d, ok := top.Node.(*ast.FuncDecl); ok && silence.MatchString(d.Doc.Text()) {
		return true
	}
	for p := range top.Sig.Params().Variables() {
		if _, basic := p.Type().Underlying().(*types.Basic); !basic && fl.keepsSilent(p.Type()) {
			return true
		}
	}
	cur, ok := fl.cursor(f.Node)
	if !ok {
		return false
	}
	for lit := range cur.Enclosing((*ast.CompositeLit)(nil)) {
		if fl.keepsSilent(fl.info.TypeOf(lit.Node().(*ast.CompositeLit))) {
			return true
		}
	}
	return false
}

// mayBeIgnored reports whether the documentation of what was called says that its errors may be ignored: that of a function
// of this package, or of the type of a function value.
func (fl *Flow) mayBeIgnored(v *Value) bool {
	if v.Call == nil {
		return false
	}
	if v.Callee != nil {
		return silence.MatchString(fl.docOf(v.Callee))
	}
	return fl.keepsSilent(fl.info.TypeOf(v.Call.Fun))
}

func (fl *Flow) keepsSilent(t types.Type) bool {
	n := named(t)
	return n != nil && silence.MatchString(fl.docOf(n.Obj()))
}

// endsContext reports whether a handler ends a context which the function around asks, later, whether it has ended:
// that is how the failure is told.
func (fl *Flow) endsContext(f *Func, body []ast.Stmt) bool {
	for _, s := range body {
		x, ok := s.(*ast.ExprStmt)
		if !ok {
			continue
		}
		call, ok := ast.Unparen(x.X).(*ast.CallExpr)
		if !ok || len(call.Args) > 0 {
			continue
		}
		if t, ok := types.Unalias(fl.info.TypeOf(call.Fun)).(*types.Named); ok && t.Obj().Name() == "CancelFunc" && fl.asksContextIn(f.Top().Body, f.Node) {
			return true
		}
	}
	return false
}

// asksContextIn reports whether body asks a context for its error outside of but.
func (fl *Flow) asksContextIn(body, but ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Err" && isContext(fl.info.TypeOf(s.X)) {
			found = true
		}
		return !found && n != but
	})
	return found
}

// documentsPanics reports whether a function's documentation speaks of panics: then what it makes of them is what callers
// are promised.
func (fl *Flow) documentsPanics(d *ast.FuncDecl) bool {
	return d != nil && speaksOfPanics.MatchString(d.Doc.Text())
}

var speaksOfPanics = regexp.MustCompile(`(?i)\b(panic|recover)`)

// professes reports whether the documentation of the function says that it ignores errors: then its callers
// have been told.
func (fl *Flow) professes(f *Func) bool {
	d, ok := f.Top().Node.(*ast.FuncDecl)
	return ok && d.Doc != nil && ignoresErrors.MatchString(d.Doc.Text())
}

var ignoresErrors = regexp.MustCompile(`(?is)\bignor\w+\s+(any\s+|all\s+|the\s+)?(\w+\s+)?errors?\b|\berrors?\s+(are|is)\s+ignored\b|\bbest[ -]effort\b`)
