package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"math/bits"
)

// An arm is a clause of a select statement.
type arm struct {
	from, to token.Pos
	kind     armKind
}

type armKind uint8

const (
	otherArm armKind = iota
	endArm           // it waits for an end: of a context, or of what a channel of struct{} tells of
	timeArm          // it waits for a time to come
)

func (w *walk) armOf(c *ast.CommClause) arm {
	a := arm{from: c.Colon, to: c.End()}
	var received ast.Expr
	switch s := c.Comm.(type) {
	case *ast.ExprStmt:
		received = s.X
	case *ast.AssignStmt:
		received = s.Rhs[0]
	}
	if received == nil {
		return a
	}
	u, ok := ast.Unparen(received).(*ast.UnaryExpr)
	if !ok || u.Op != token.ARROW {
		return a
	}
	t := w.info.TypeOf(u.X)
	if t == nil {
		return a
	}
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return a
	}
	if st, ok := ch.Elem().Underlying().(*types.Struct); ok && st.NumFields() == 0 {
		a.kind = endArm
	} else if obj := typeName(ch.Elem()); obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "time" {
		a.kind = timeArm
	}
	return a
}

// within gives the kind of the innermost arm around a position.
func (w *walk) within(pos token.Pos) armKind {
	kind := otherArm
	for _, a := range w.arms {
		if a.from <= pos && pos < a.to {
			kind = a.kind // the later one is further in
		}
	}
	return kind
}

// A statement gathers over a function's failing returns whether each of them states what the function found, and no
// more: that something came to its end while it waited, why a context ended, or one state that has an error of its
// own, such as being closed. Nothing that happens outside makes it fail then, though it may take part.
type statement struct {
	w     *walk
	holds bool
	ends  uint32 // errors that tell of an end
	other uint32 // errors that tell of another state
}

func (b *statement) add(ret *ast.ReturnStmt, e cell, st state) {
	set := e.errors()
	arm := b.w.within(ret.Pos())
	switch {
	case arm == timeArm:
		b.holds = false
	case e.call != nil && b.w.outsideCall(e.call):
		b.holds = false
	case arm == endArm && e.nilness == NonNil && set.closed:
		b.ends |= set.ways
	case !set.closed:
		b.holds = false
	case e.call != nil:
		b.holds = b.holds && b.w.allNamed(set) // of a callee that states what it finds
	default:
		b.holds = b.holds && b.w.allNamed(set) && !b.w.covers(e, st)
		b.other |= set.ways
	}
}

func (b *statement) stated() bool { return b.holds && bits.OnesCount32(b.other&^b.ends) <= 1 }

func (w *walk) outsideCall(call *ast.CallExpr) bool {
	sub, ok := w.subject(call)
	return ok && !w.pending[sub.fn] && endedContext(sub.fn, call) == nil && w.outside(sub, call)
}

// allNamed reports whether all ways in which an error may have come about are errors of packages.
func (w *walk) allNamed(set errorSet) bool {
	for i, by := range w.ways {
		if set.ways&(1<<i) != 0 && by.name == "" {
			return false
		}
	}
	return true
}

// covers reports whether another error is at hand where e is given, so that e stands in its place.
func (w *walk) covers(e cell, st state) bool {
	for v, i := range w.vars {
		if isError(v.Type()) && st[i].nilness == NonNil && st[i] != e {
			return true
		}
	}
	return false
}

// onlyAs notes in s which errors a method gives, as the interface's method m knows the contexts among its parameters.
func (f *inference) onlyAs(s *Summary, sub *subject, m *types.Func) {
	names, ends, ok := f.only(sub, nil)
	if !ok {
		through := f.sourcesOf(sub, nil) &^ byNothing
		for i := range m.Signature().Params().Len() {
			if through&(1<<i) != 0 && isContext(m.Signature().Params().At(i).Type()) {
				ends |= 1 << i
			}
		}
		ok = through != 0 && ends == through
	}
	if ok {
		if ends != 0 {
			names = union(names, ofContexts[:])
		}
		s.Sentinels, s.Only = names, ends&^ByReceiver|byNothing
		if ends&ByReceiver != 0 {
			s.Only |= someContext
		}
	}
}

// joinOnly adds to all the errors that another implementation gives.
func joinOnly(all, one *Summary) {
	switch {
	case one.Infallible:
		return
	case all.Infallible:
		all.Sentinels, all.Only = one.Sentinels, one.Only
		return
	case all.Only == 0 || one.Only == 0:
		all.Sentinels, all.Only = nil, 0
		return
	}
	all.Sentinels = union(all.Sentinels, one.Sentinels)
	if all.Only |= one.Only; len(all.Sentinels) > maxSentinels {
		all.Sentinels, all.Only = nil, 0
	}
}
