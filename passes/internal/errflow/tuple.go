package errflow

import (
	"go/ast"
)

// assignTuple handles v, err := f() and the comma-ok forms.
func (b *builder) assignTuple(lhs []ast.Expr, r ast.Expr, s ast.Node, decl bool) {
	r = ast.Unparen(r)
	for _, l := range lhs {
		if !isBlank(l) {
			b.lhs(l)
		}
	}
	call, ok := r.(*ast.CallExpr)
	if !ok {
		b.commaOK(lhs, r, s, decl)
		return
	}
	matched := b.matchOf(call)
	if matched == nil { // e, ok := errors.AsType[*T](err) only asks, and ok is the answer
		b.call(call, Passed)
	} else {
		for _, a := range call.Args {
			if b.told(a) != matched {
				b.expr(a, Passed)
			}
		}
	}
	idx := b.know.ErrorResult(call)
	var val *Value
	if idx >= 0 && idx < len(lhs) {
		if isBlank(lhs[idx]) {
			b.discardBlank(lhs, call, idx)
		} else {
			if val = b.birth(call, exprText(lhs[idx])); val != nil {
				val.peers = b.peersOf(lhs, idx)
				for i, l := range lhs {
					if i != idx && val.peers[i] == nil {
						val.peers[i] = b.fieldIfAny(l)
					}
				}
			}
		}
	}
	defer b.throw(s)
	for _, i := range errorLast(len(lhs), idx) {
		l := lhs[i]
		if isBlank(l) {
			continue
		}
		p := b.target(l, decl)
		switch {
		case i == idx && p != nil && p.path == "":
			if val == nil {
				src := source{kind: srcNil, call: call}
				if b.derives(call) {
					src.kind = srcUnknown
				}
				b.define(p, s, src, nil)
				continue
			}
			b.define(p, s, source{call: call}, val)
		case p != nil && p.kind == flagPlace && matched != nil:
			b.define(p, s, source{kind: srcMatched, q: matched}, nil)
		case p != nil:
			var src source
			if p.kind == errorPlace && idx >= 0 && val == nil {
				src = source{call: call}
			}
			b.define(p, s, src, nil)
		default:
			if q := b.beside(l); q != nil {
				b.define(q, s, source{call: call}, nil)
			}
		}
	}
}

// throw marks where errors assigned to _ are gone, behind the assignment of the other results.
func (b *builder) throw(n ast.Node) {
	for _, v := range b.thrown {
		b.emit(op{kind: opThrow, node: n, val: v})
	}
	b.thrown = nil
}

// errorLast gives the indexes of n results with that of the error at the end, so that the other results are
// there when the error is born.
func errorLast(n, idx int) []int {
	order := make([]int, 0, n)
	for i := range n {
		if i != idx {
			order = append(order, i)
		}
	}
	if idx >= 0 && idx < n {
		order = append(order, idx)
	}
	return order
}

// peersOf makes places of the other results, so that their use on a failure path is seen.
func (b *builder) peersOf(lhs []ast.Expr, idx int) []*place {
	peers := make([]*place, len(lhs))
	for i, l := range lhs {
		if i != idx && !isBlank(l) {
			peers[i] = b.peer(l)
		}
	}
	return peers
}

func (b *builder) discardBlank(lhs []ast.Expr, call *ast.CallExpr, idx int) {
	n := len(b.f.values)
	b.discard(call, Blank)
	if len(b.f.values) > n {
		v := b.f.values[n]
		v.peers = b.peersOf(lhs, idx)
		b.thrown = append(b.thrown, v)
	}
}

// commaOK handles v, ok := x.(T), m[k] and <-ch.
func (b *builder) commaOK(lhs []ast.Expr, r ast.Expr, s ast.Node, decl bool) {
	var matched *place
	recv := false
	switch r := r.(type) {
	case *ast.TypeAssertExpr:
		if matched = b.placeOf(r.X); matched == nil {
			b.expr(r.X, Passed)
		}
	case *ast.UnaryExpr:
		b.expr(r, Passed)
		recv = true
	default:
		b.expr(r, Passed)
	}
	var received *place
	for i, l := range lhs {
		if isBlank(l) {
			continue
		}
		p := b.target(l, decl)
		if p == nil {
			if p = b.beside(l); p == nil {
				continue
			}
		}
		switch {
		case i == 1 && p.kind == flagPlace && matched != nil:
			b.define(p, s, source{kind: srcMatched, q: matched}, nil)
		case i == 0 && recv && p.kind == errorPlace && p.path == "":
			b.define(p, s, source{}, &Value{Func: b.f, Origin: FromReceive, Node: r, Name: p.name})
			received = p
		case i == 1 && p.kind == flagPlace && received != nil:
			b.define(p, s, source{kind: srcGiven, q: received}, nil)
		default:
			b.define(p, s, source{}, nil)
		}
	}
	if matched != nil && (len(lhs) < 2 || isBlank(lhs[1])) {
		b.use(matched, Passed, r)
	}
}
