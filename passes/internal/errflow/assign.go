package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (b *builder) declStmt(s *ast.DeclStmt) {
	gd, ok := s.Decl.(*ast.GenDecl)
	if !ok || gd.Tok != token.VAR {
		return
	}
	for _, sp := range gd.Specs {
		vs := sp.(*ast.ValueSpec)
		lhs := make([]ast.Expr, len(vs.Names))
		for i, id := range vs.Names {
			lhs[i] = id
		}
		if len(vs.Values) > 0 {
			b.assignAll(lhs, vs.Values, vs, true)
			continue
		}
		for _, id := range vs.Names {
			if p := b.declare(id); p != nil {
				zero := srcNil
				if p.kind == flagPlace {
					zero = srcFalse
				}
				b.define(p, vs, source{kind: zero}, nil)
			} else if p = b.peerIfAny(id); p != nil {
				b.define(p, vs, source{}, nil)
			}
		}
	}
}

func (b *builder) assign(s *ast.AssignStmt) {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		b.expr(s.Rhs[0], Passed)
		b.expr(s.Lhs[0], Passed)
		if p := b.placeOf(s.Lhs[0]); p != nil {
			b.define(p, s, source{}, nil)
		}
		return
	}
	b.assignAll(s.Lhs, s.Rhs, s, s.Tok == token.DEFINE)
}

func (b *builder) assignAll(lhs, rhs []ast.Expr, s ast.Node, decl bool) {
	if len(rhs) == 1 && len(lhs) > 1 {
		b.assignTuple(lhs, rhs[0], s, decl)
		return
	}
	type pending struct {
		p   *place
		src source
		val *Value
	}
	var todo []pending
	for i := range rhs {
		if i >= len(lhs) {
			break
		}
		l, r := lhs[i], ast.Unparen(rhs[i])
		if isBlank(l) {
			b.assignBlank(r)
			continue
		}
		b.lhs(l)
		if lit, ok := r.(*ast.FuncLit); ok && b.localClosure(l, lit) {
			continue
		}
		p := b.target(l, decl)
		if p == nil {
			b.expr(r, b.storing(l))
			if q := b.beside(l); q != nil {
				todo = append(todo, pending{p: q})
			}
			continue
		}
		src, val := b.source(p, r)
		if p.path != "" {
			val = nil // kept in a field: whoever holds the struct can ask for it
			if src.q != nil {
				b.use(src.q, Stored, r)
			}
		}
		todo = append(todo, pending{p, src, val})
	}
	var temps []*place
	for i, t := range todo {
		if t.src.kind != srcPlace {
			continue
		}
		for _, other := range todo { // a, b = b, a: sources are read before the first place is given its content
			if other.p == t.src.q && other.p != t.p {
				temp := b.g.newPlace(tempPlace, nil, "", t.src.q.name)
				b.define(temp, s, t.src, nil)
				todo[i].src.q = temp
				temps = append(temps, temp)
				break
			}
		}
	}
	for _, t := range todo {
		b.define(t.p, s, t.src, t.val)
	}
	for _, p := range temps {
		b.emit(op{kind: opEnd, p: p, node: s})
	}
}

// storing is what an assignment does with an error, or with a result, that goes into no place: a field, an
// element or a package variable keeps it, a local variable passes it on.
func (b *builder) storing(l ast.Expr) Act {
	if id, ok := ast.Unparen(l).(*ast.Ident); ok {
		if v, ok := b.info.ObjectOf(id).(*types.Var); ok && v.Pkg() != nil && v.Parent() != v.Pkg().Scope() {
			return Passed
		}
	}
	return Stored
}

// target returns the place that an assignment gives new content, declaring it where it is new.
func (b *builder) target(l ast.Expr, decl bool) *place {
	if id, ok := ast.Unparen(l).(*ast.Ident); ok && decl && b.info.Defs[id] != nil {
		return b.declare(id)
	}
	return b.placeOf(l)
}

// peerIfAny returns the place of a variable already known as another result of a failing call.
func (b *builder) peerIfAny(l ast.Expr) *place {
	if id, ok := ast.Unparen(l).(*ast.Ident); ok {
		if v, ok := b.info.ObjectOf(id).(*types.Var); ok {
			return b.g.byVar[v]
		}
	}
	return nil
}

// fieldIfAny returns the place of a field known as another result of a failing call.
func (b *builder) fieldIfAny(l ast.Expr) *place {
	if sel, ok := ast.Unparen(l).(*ast.SelectorExpr); ok {
		if k, ok := b.path(sel); ok {
			if p := b.g.byPath[k]; p != nil && p.kind == peerPlace {
				return p
			}
		}
	}
	return nil
}

// beside returns the place of a variable or a field known as another result of a failing call.
func (b *builder) beside(l ast.Expr) *place {
	if p := b.peerIfAny(l); p != nil {
		return p
	}
	return b.fieldIfAny(l)
}

// lhs evaluates what an assignment's left side uses: x in x.f, m and k in m[k].
func (b *builder) lhs(l ast.Expr) {
	switch l := ast.Unparen(l).(type) {
	case *ast.SelectorExpr:
		b.deref(l.X)
	case *ast.IndexExpr:
		b.deref(l.X)
		b.expr(l.Index, Stored)
	case *ast.StarExpr:
		b.deref(l.X)
	}
}

func (b *builder) assignBlank(r ast.Expr) {
	if p := b.placeOf(r); p != nil {
		b.use(p, Ignored, r)
		return
	}
	if call, ok := r.(*ast.CallExpr); ok {
		b.call(call, 0)
		b.discard(call, Blank)
		return
	}
	b.uncalled(r)
	b.expr(r, Passed)
}

// source evaluates what a place is given, and says what it is.
func (b *builder) source(p *place, r ast.Expr) (source, *Value) {
	if tv, ok := b.info.Types[r]; ok && tv.IsNil() {
		return source{kind: srcNil}, nil
	}
	if p.kind == flagPlace {
		return b.flagSource(r), nil
	}
	if q := b.placeOf(r); q != nil && q.kind == p.kind {
		return source{kind: srcPlace, q: q}, nil
	}
	if p.kind == slicePlace {
		b.expr(r, Joined)
		if call, ok := r.(*ast.CallExpr); ok && b.know.Builtin(call) == "append" && len(call.Args) > 1 && !call.Ellipsis.IsValid() {
			return source{kind: srcNonNil}, nil
		}
		return source{}, nil
	}
	switch r := r.(type) {
	case *ast.CallExpr:
		b.call(r, Passed)
		if val := b.nowhere(p, r); val != nil {
			return source{call: r}, val
		}
		for _, a := range r.Args {
			if p.kind == errorPlace && b.placeOf(a) == p {
				b.use(p, Passed, a) // err = f(err): what it was lives on in what it is, or was looked at
			}
		}
		if p.kind != errorPlace || b.know.ErrorResult(r) < 0 {
			return source{call: r}, nil
		}
		val := b.birth(r, p.name)
		switch {
		case val == nil && b.derives(r):
			return source{call: r}, nil
		case val == nil:
			return source{kind: srcNil, call: r}, nil
		case b.know.AlwaysFails(r):
			return source{kind: srcNonNil, call: r}, val
		}
		return source{call: r}, val
	case *ast.TypeAssertExpr:
		if p.kind == errorPlace {
			b.expr(r, Stored)
			return source{kind: srcNonNil}, nil // x.(error) panics where x is nil
		}
	case *ast.UnaryExpr:
		if r.Op == token.ARROW && p.kind == errorPlace {
			b.expr(r, Passed)
			return source{}, &Value{Func: b.f, Origin: FromReceive, Node: r, Name: p.name}
		}
		if r.Op == token.AND {
			b.expr(r, Stored)
			return source{kind: srcNonNil}, nil
		}
	}
	b.expr(r, Stored)
	if b.isSentinel(r) {
		return source{kind: srcNonNil}, nil
	}
	return source{}, nil
}

// flagSource says what a bool is given: a constant, or what it tells of an error.
func (b *builder) flagSource(r ast.Expr) source {
	if tv := b.info.Types[r]; tv.Value != nil {
		if tv.Value.String() == "true" {
			return source{kind: srcTrue}
		}
		return source{kind: srcFalse}
	}
	sense := true
	for {
		u, ok := ast.Unparen(r).(*ast.UnaryExpr)
		if !ok || u.Op != token.NOT {
			break
		}
		r, sense = u.X, !sense
	}
	if x, ok := ast.Unparen(r).(*ast.BinaryExpr); ok && (x.Op == token.LAND || x.Op == token.LOR) {
		b.expr(x, Passed) // the second operand is come to only where the first says so
		return source{}
	}
	c := b.leaf(r, nil)
	switch c.kind {
	case condNil:
		b.use(c.p, Tested, r)
		if (c.whenTrue == Nil) == sense {
			return source{kind: srcIsNil, q: c.p}
		}
		return source{kind: srcNotNil, q: c.p}
	case condTells:
		if (c.whenTrue == NonNil) == sense {
			return source{kind: srcNotNil, q: c.p}
		}
		return source{kind: srcIsNil, q: c.p}
	case condMatch:
		if isMatch(c, true) == sense {
			return source{kind: srcMatched, q: c.p}
		}
		return source{kind: srcMissed, q: c.p}
	case condFlag:
		if sense {
			return source{kind: srcPlace, q: c.p}
		}
	}
	return source{}
}

func isBlank(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && id.Name == "_"
}
