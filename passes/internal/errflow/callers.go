package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// trips finds a caller in this package that takes f's nil for a result: it reaches into it and never compares it with
// nil. Where none does, a nil that stands for a failure is an answer that those concerned may know of.
func (fl *Flow) trips(f *Func) ast.Node {
	if _, ok := f.Node.(*ast.FuncDecl); !ok || f.Obj == nil || f.Sig.Results().Len() == 0 || !f.firstNilable() || fl.documented(f) {
		return nil
	}
	return fl.unguarded(f, -1)
}

// documented reports whether f's doc comment says what callers get when something fails, or what nil means.
func (fl *Flow) documented(f *Func) bool {
	d, ok := f.Node.(*ast.FuncDecl)
	return ok && d.Doc != nil && (mentionsNil(d.Doc.Text()) || speaksOfFailure.MatchString(d.Doc.Text()))
}

// speaksOfFailure matches documentation that says what callers get when something fails.
var speaksOfFailure = regexp.MustCompile(`(?i)\b(on|any|an|upon) (error|failure)s?\b|\btolerate[sd]?\b|\b(if|when|in case)\b[^.]*\b(fails?|errors?|cannot|can't|could not)\b|\bbest[ -]effort\b|\berrors?\b[^.]*\b(ignored|skipped|dropped|discarded)\b|\b(ignor|skip|discard)(s|es|ing)\b[^.]*\berrors?\b`)

func mentionsNil(doc string) bool {
	for _, w := range strings.FieldsFunc(doc, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if w == "nil" {
			return true
		}
	}
	return false
}

// comparedWithNil reports whether the package compares v with nil anywhere.
func (fl *Flow) comparedWithNil(v *types.Var) bool { return fl.places().compared[v] }

// nilNil finds the returns of nil, nil where no error is at hand. Whether that is an answer or a trap is for
// the callers to say: one in this package that uses the result without asking for nil makes it a trap.
func (fl *Flow) nilNil(f *Func) {
	if len(f.errs) != 1 || f.Role == Inline {
		return
	}
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind != opReturn || len(o.ret.errs) != 1 || o.ret.errs[0].kind != srcNil || !allNil(fl, o.ret) || f.onlySlices() {
				continue
			}
			l := &Loss{Class: NilOnFail, Case: CaseAnyNilNil, Strict: true, At: o.node,
				Value: &Value{Func: f, Origin: FromNothing, Node: o.node}}
			if d, ok := f.Node.(*ast.FuncDecl); ok && (d.Doc == nil || !mentionsNil(d.Doc.Text())) && f.firstNilable() {
				if use := fl.unguarded(f, fl.emptyParam(f, o.node)); use != nil {
					l.Case, l.Caller = CaseUnguarded, use
				}
			}
			fl.losses[NilOnFail] = append(fl.losses[NilOnFail], l)
		}
	}
}

// onlySlices reports whether all results beside the error are slices: a nil slice is an empty list, and nobody
// trips over it.
func (f *Func) onlySlices() bool {
	for v := range f.Sig.Results().Variables() {
		if _, ok := v.Type().Underlying().(*types.Slice); !ok && !isError(v.Type()) {
			return false
		}
	}
	return true
}

// firstNilable reports whether f's first result is a pointer, an interface or a function: what cannot be used
// while it is nil.
func (f *Func) firstNilable() bool {
	switch f.Sig.Results().At(0).Type().Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature:
		return true
	}
	return false
}

// unguarded finds a call of f in this package whose first result is reached into and never compared with nil.
// A call that hands in something that is not nil never gets the nil that stands for a nil parameter of that index.
func (fl *Flow) unguarded(f *Func, param int) ast.Node {
	for _, cur := range fl.callsOf(f.Obj) {
		call := cur.Node().(*ast.CallExpr)
		if param >= 0 && param < len(call.Args) {
			if u, ok := ast.Unparen(call.Args[param]).(*ast.UnaryExpr); ok && u.Op == token.AND {
				continue
			}
		}
		if fl.isTestFile(call.Pos()) {
			continue // a test that trips over it fails, which is what it is for
		}
		if sel, ok := cur.Parent().Node().(*ast.SelectorExpr); ok && fl.needsValue(sel) {
			return call
		}
		s, ok := cur.Parent().Node().(*ast.AssignStmt)
		if !ok || len(s.Rhs) != 1 {
			continue
		}
		id, ok := ast.Unparen(s.Lhs[0]).(*ast.Ident)
		if !ok {
			continue
		}
		v, ok := fl.info.ObjectOf(id).(*types.Var)
		if ok && v.Parent() != nil && !fl.comparedWithNil(v) && fl.reachedInto(v) {
			return call
		}
	}
	return nil
}

// emptyParam returns the index of the parameter that a return is there for, because it is nil, or -1.
func (fl *Flow) emptyParam(f *Func, ret ast.Node) int {
	cur, ok := fl.cursor(ret)
	if !ok {
		return -1
	}
	for p := range cur.Enclosing((*ast.IfStmt)(nil)) {
		x, equal := known.WithNil(fl.info, p.Node().(*ast.IfStmt).Cond)
		if x == nil || !equal {
			return -1
		}
		for i := range f.Sig.Params().Len() {
			if fl.names(x, f.Sig.Params().At(i)) {
				return i
			}
		}
		return -1
	}
	return -1
}

// reachedInto reports whether x.f, *x or x() stands anywhere for a variable x, and fails where x is nil.
func (fl *Flow) reachedInto(v *types.Var) bool { return fl.places().reached[v] }

// eachCaller reports whether something is true of all callers of f, of which there are some, outside of tests, and all
// are known.
func (fl *Flow) eachCaller(f *Func, ok func(g *Func, call *ast.CallExpr) bool) bool {
	if f.Obj == nil || f.Obj.Exported() || f.Obj.Origin() != f.Obj {
		return false
	}
	calls := fl.callsOf(f.Obj)
	mentions := 0
	for _, obj := range fl.info.Uses {
		if obj == f.Obj {
			mentions++
		}
	}
	if mentions != len(calls) {
		return false // somebody hands it on
	}
	found := false
	for _, cur := range calls {
		call := cur.Node().(*ast.CallExpr)
		if fl.isTestFile(call.Pos()) {
			continue
		}
		g := fl.around(call)
		if g == nil || g.Top() == f || !ok(g, call) {
			return false
		}
		found = true
	}
	return found
}

// paramIndex gives the index of a variable among the parameters of a function, or -1.
func paramIndex(sig *types.Signature, v *types.Var) int {
	for i := range sig.Params().Len() {
		if sig.Params().At(i) == v {
			return i
		}
	}
	return -1
}
