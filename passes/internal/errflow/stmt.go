package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (b *builder) stmts(list []ast.Stmt) {
	for _, s := range list {
		b.stmt(s, "")
	}
}

func (b *builder) block(s *ast.BlockStmt) {
	b.push()
	b.stmts(s.List)
	b.pop(s)
}

func (b *builder) stmt(s ast.Stmt, label string) {
	switch s := s.(type) {
	case *ast.BlockStmt:
		b.block(s)
	case *ast.ExprStmt:
		b.exprStmt(s)
	case *ast.AssignStmt:
		b.assign(s)
	case *ast.DeclStmt:
		b.declStmt(s)
	case *ast.ReturnStmt:
		b.returnStmt(s)
	case *ast.IfStmt:
		b.ifStmt(s)
	case *ast.ForStmt:
		b.forStmt(s, label)
	case *ast.RangeStmt:
		b.rangeStmt(s, label)
	case *ast.SwitchStmt:
		b.switchStmt(s, label)
	case *ast.TypeSwitchStmt:
		b.typeSwitch(s, label)
	case *ast.SelectStmt:
		b.selectStmt(s, label)
	case *ast.LabeledStmt:
		to := b.labelBlock(s.Label.Name)
		b.jump(to)
		b.cur = to
		b.stmt(s.Stmt, s.Label.Name)
	case *ast.BranchStmt:
		b.branch(s)
	case *ast.DeferStmt:
		b.deferStmt(s)
	case *ast.GoStmt:
		b.goStmt(s)
	case *ast.SendStmt:
		b.expr(s.Chan, Passed)
		b.expr(s.Value, Sent)
		b.emit(op{kind: opSync, node: s})
	case *ast.IncDecStmt:
		b.expr(s.X, Passed)
	}
}

func (b *builder) labelBlock(name string) *block {
	to, ok := b.labels[name]
	if !ok {
		to = b.g.newBlock()
		b.labels[name] = to
	}
	return to
}

func (b *builder) exprStmt(s *ast.ExprStmt) {
	call, ok := ast.Unparen(s.X).(*ast.CallExpr)
	if !ok {
		b.expr(s.X, Passed)
		return
	}
	b.call(call, 0)
	b.discard(call, Statement)
}

func (b *builder) returnStmt(s *ast.ReturnStmt) {
	if n := len(b.inline); n > 0 {
		for _, r := range s.Results {
			b.expr(r, Returned)
		}
		b.jump(b.inline[n-1].after)
		return
	}
	if len(s.Results) == 0 {
		b.emit(op{kind: opReturn, node: s, ret: b.naked(s)})
		b.cur = nil
		return
	}
	x := &exit{node: s}
	if len(s.Results) == 1 && b.f.Sig.Results().Len() > 1 { // return f()
		b.expr(s.Results[0], Returned)
		x.errs = make([]source, len(b.f.errs))
		if call, ok := ast.Unparen(s.Results[0]).(*ast.CallExpr); ok {
			for i := range x.errs {
				x.errs[i].call = call
			}
		}
		b.emit(op{kind: opReturn, node: s, ret: x})
		b.cur = nil
		return
	}
	for i, r := range s.Results {
		if i >= b.f.Sig.Results().Len() || !isError(b.f.Sig.Results().At(i).Type()) {
			b.expr(r, Returned)
			x.others = append(x.others, r)
			continue
		}
		x.errs = append(x.errs, b.returned(r))
	}
	b.emit(op{kind: opReturn, node: s, ret: x})
	b.cur = nil
}

// returned evaluates the error that a return statement gives.
func (b *builder) returned(r ast.Expr) source {
	r = ast.Unparen(r)
	if tv, ok := b.info.Types[r]; ok && tv.IsNil() {
		return source{kind: srcNil}
	}
	if p := b.placeOf(r); p != nil {
		b.use(p, Returned, r)
		if p.kind == concretePlace {
			return source{kind: srcNonNil} // whatever it holds
		}
		return source{kind: srcPlace, q: p}
	}
	b.expr(r, Returned)
	if call, ok := r.(*ast.CallExpr); ok {
		if b.know.ErrorResult(call) >= 0 {
			if _, ok := b.know.Infallible(call); ok {
				return source{kind: srcNil, call: call}
			}
			if b.know.AlwaysFails(call) {
				return source{kind: srcNonNil, call: call}
			}
		}
		return source{call: call}
	}
	if b.isSentinel(r) {
		return source{kind: srcNonNil}
	}
	if t := b.info.TypeOf(r); t != nil && !types.IsInterface(t) {
		return source{kind: srcNonNil} // a concrete error; a typed nil travels as non-nil too
	}
	return source{}
}

// naked is the exit of a return without operands: the named results are what is returned.
func (b *builder) naked(n ast.Node) *exit {
	x := &exit{node: n, naked: true}
	res := b.f.Sig.Results()
	for _, i := range b.f.errs {
		v := res.At(i)
		if p := b.placeOfVar(v); p != nil && v.Name() != "" {
			b.use(p, Returned, n)
			x.errs = append(x.errs, source{kind: srcPlace, q: p})
		} else {
			x.errs = append(x.errs, source{kind: srcNil}) // a result named _ is never assigned
		}
	}
	return x
}

func (b *builder) branch(s *ast.BranchStmt) {
	if b.cur == nil {
		return
	}
	switch s.Tok {
	case token.GOTO:
		b.emit(op{kind: opJump, node: s})
		b.jump(b.labelBlock(s.Label.Name))
	case token.FALLTHROUGH:
		for i := len(b.targets) - 1; i >= 0; i-- {
			if to := b.targets[i].fallsInto; to != nil {
				b.jump(to)
				return
			}
		}
		b.cur = nil
	default:
		for i := len(b.targets) - 1; i >= 0; i-- {
			t := &b.targets[i]
			if s.Label != nil && t.label != s.Label.Name || s.Label == nil && s.Tok == token.CONTINUE && !t.isLoop {
				continue
			}
			b.emit(op{kind: opJump, node: s})
			b.endScopes(t.scopes, s)
			to := t.brk
			if s.Tok == token.CONTINUE {
				to = t.cont
			}
			if to != nil {
				b.jump(to)
			}
			b.cur = nil
			return
		}
		b.cur = nil
	}
}
