package errflow

import (
	"encoding/binary"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// isConcrete reports whether t is a pointer to a named type that is an error by that pointer's methods. A
// variable of such a type is nil or not like an error, but becomes an error that is never nil.
func (fl *Flow) isConcrete(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	if !ok {
		return false
	}
	is, seen := fl.concrete[n.Origin()]
	if !seen {
		is = types.Implements(t, errorType.Underlying().(*types.Interface))
		fl.concrete[n.Origin()] = is
	}
	return is
}

// becomesError reports whether a variable of type t is one that is nil or empty for no error, and an error
// that is not nil all the same.
func (fl *Flow) becomesError(t types.Type) bool {
	if fl.isConcrete(t) {
		return true
	}
	_, named := types.Unalias(t).(*types.Named)
	return named && isErrorSlice(t) && types.Implements(t, errorType.Underlying().(*types.Interface))
}

// mayHoldNil reports whether f has a place that a typed nil can be in, or may call what gives one.
func (fl *Flow) mayHoldNil(f *Func) bool {
	if fl.nilGivers == nil {
		fl.findNilGivers()
	}
	return len(fl.nilGivers) > 0 || slices.ContainsFunc(f.g.places, func(p *place) bool { return p.kind == concretePlace || p.kind == slicePlace })
}

// conversions finds the expressions in f's body, but for those in literals, that become an error from a
// concrete type: operands of return, what is assigned, arguments, what is sent, elements of composites.
func (fl *Flow) conversions(f *Func) map[ast.Expr]bool {
	conv := map[ast.Expr]bool{}
	to := func(e ast.Expr, t types.Type) {
		e = ast.Unparen(e)
		if t == nil || !isError(t) || fl.info.Types[e].IsNil() {
			return
		}
		if from := fl.info.TypeOf(e); from != nil && fl.becomesError(from) {
			conv[e] = true
		}
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) == f.Sig.Results().Len() {
				for i, r := range n.Results {
					to(r, f.Sig.Results().At(i).Type())
				}
			}
		case *ast.AssignStmt:
			if len(n.Lhs) == len(n.Rhs) {
				for i, r := range n.Rhs {
					to(r, fl.info.TypeOf(n.Lhs[i]))
				}
			}
		case *ast.ValueSpec:
			if n.Type != nil && len(n.Names) == len(n.Values) {
				for _, r := range n.Values {
					to(r, fl.info.TypeOf(n.Type))
				}
			}
		case *ast.SendStmt:
			if c, ok := fl.info.TypeOf(n.Chan).Underlying().(*types.Chan); ok {
				to(n.Value, c.Elem())
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok {
				if v, ok := fl.info.Uses[id].(*types.Var); ok && v.IsField() {
					to(n.Value, v.Type())
				}
			}
		case *ast.CallExpr:
			fl.handed(n, to)
		}
		return true
	})
	return conv
}

// handed calls to for each argument of a call, with the parameter's type. What only asks for an error's kind
// is left out: errors.Is and errors.As find no kind in a nil pointer either.
func (fl *Flow) handed(call *ast.CallExpr, to func(ast.Expr, types.Type)) {
	if tv := fl.info.Types[call.Fun]; tv.IsType() {
		if len(call.Args) == 1 {
			to(call.Args[0], tv.Type)
		}
		return
	}
	sig, ok := fl.info.TypeOf(call.Fun).(*types.Signature)
	if !ok {
		return
	}
	if _, _, _, asks := fl.known.Predicate(call); asks {
		return
	}
	for i, a := range call.Args {
		if sig.Results().Len() == 1 && types.Identical(sig.Results().At(0).Type(), fl.info.TypeOf(a)) {
			continue // it gives what it is given: made for such pointers, it asks for a nil one, as multierror.Append does
		}
		if fl.asksBack(call, i) {
			continue
		}
		if i < sig.Params().Len() && !(sig.Variadic() && i == sig.Params().Len()-1) {
			to(a, sig.Params().At(i).Type())
		}
	}
}

// typedNils reports nil pointers of a concrete error type that become errors in f.
func (fl *Flow) typedNils(f *Func, conv map[ast.Expr]bool) {
	if len(conv) == 0 {
		return
	}
	for e := range conv {
		if call, ok := e.(*ast.CallExpr); ok && fl.mayGiveNil(call) && !f.excludesNil(call) {
			fl.typedNil(f, e, callText(call), CaseNilCall, call)
		}
	}
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind != opDef || o.p.kind != concretePlace && o.p.kind != slicePlace || o.p.shared || o.p.captured {
				continue
			}
			switch {
			case o.src.kind == srcNil:
			case o.p.kind == concretePlace && o.src.kind == srcUnknown && o.src.call != nil && fl.mayGiveNil(o.src.call) && !f.excludesNil(o.src.call):
			default:
				continue
			}
			if at := f.reachesNil(blk, i, conv); at != nil && !fl.turnsFor(at, o.p.v) {
				fl.typedNil(f, at, o.p.name, CaseNilPointer, o.node)
			}
		}
	}
}

func (fl *Flow) typedNil(f *Func, at ast.Expr, name, kase string, born ast.Node) {
	for _, l := range fl.losses[TypedNil] {
		if l.At == at {
			return
		}
	}
	v := &Value{Func: f, Origin: FromNothing, Node: born, Name: name}
	// Whoever asks about what the call is made on, or with, mostly asks what decides whether it gives nil.
	strict := kase == CaseNilCall && fl.askedAbout(at)
	fl.losses[TypedNil] = append(fl.losses[TypedNil], &Loss{Class: TypedNil, Case: kase, Strict: strict, Value: v, At: at})
}

// askedAbout reports whether a condition around a call asks about its receiver or one of its arguments.
func (fl *Flow) askedAbout(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	var names []*types.Var
	note := func(e ast.Expr) {
		for {
			sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
			if !ok {
				break
			}
			e = sel.X
		}
		if v := fl.variable(e); v != nil {
			names = append(names, v)
		}
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		note(sel.X)
	}
	for _, a := range call.Args {
		note(a)
	}
	asks := func(n ast.Node) bool {
		return n != nil && slices.ContainsFunc(names, func(v *types.Var) bool { return mentions(fl.info, n, v) })
	}
	cur, ok := fl.cursor(call)
	if !ok {
		return false
	}
	for in := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch n := in.Node().(type) {
		case *ast.IfStmt:
			if within(call, n.Body) && asks(n.Cond) {
				return true
			}
		case *ast.CaseClause:
			for _, c := range n.List {
				if asks(c) {
					return true
				}
			}
		default:
			return false
		}
	}
	return false
}

// reachesNil follows what the op at gives its place, taken to be nil, until the place is given something else.
// It returns the first conversion that a path meets where the place is nil still.
func (f *Func) reachesNil(blk *block, at int, conv map[ast.Expr]bool) ast.Expr {
	if !f.states[blk.id].reached {
		return nil
	}
	p := blk.ops[at].p
	st := f.states[blk.id].clone()
	for i := 0; i <= at; i++ {
		st.apply(f.g, &blk.ops[i])
	}
	st.nils[p.id] = Nil
	type step struct {
		blk  *block
		st   state
		from int
	}
	seen := map[string]bool{}
	queue := []step{{blk, st, at + 1}}
	for steps := 0; len(queue) > 0 && steps < maxSteps; steps++ {
		cur := queue[0]
		queue = queue[1:]
		alive := true
		for i := cur.from; i < len(cur.blk.ops) && alive; i++ {
			o := &cur.blk.ops[i]
			if o.kind == opUse && o.p == p && cur.st.nils[p.id] == Nil {
				if e, ok := o.node.(ast.Expr); ok && conv[e] {
					return e
				}
			}
			cur.st.apply(f.g, o)
			alive = cur.st.nils[p.id] == Nil && o.kind != opStop && o.kind != opReturn
		}
		if !alive {
			continue
		}
		for i := range cur.blk.succ {
			e := &cur.blk.succ[i]
			next := cur.st.clone()
			if !next.refine(e.cond, e.sense) {
				continue
			}
			key := binary.LittleEndian.AppendUint32(nil, uint32(e.to.id))
			for _, n := range next.nils {
				key = append(key, byte(n))
			}
			if !seen[string(key)] {
				seen[string(key)] = true
				queue = append(queue, step{e.to, next, 0})
			}
		}
	}
	return nil
}

// mayGiveNil reports whether a call's only result is a concrete error of which the callee, a function of this
// package, returns a nil.
func (fl *Flow) mayGiveNil(call *ast.CallExpr) bool {
	t := fl.info.TypeOf(call)
	fn := fl.known.Callee(call)
	if t == nil || fn == nil || !fl.isConcrete(t) {
		return false
	}
	if fl.nilGivers == nil {
		fl.findNilGivers()
	}
	return fl.nilGivers[fn]
}

// findNilGivers collects the functions whose only result is a concrete error and which return a nil one: the
// literal nil, or a variable that is declared and given nothing there.
func (fl *Flow) findNilGivers() {
	fl.nilGivers = map[*types.Func]bool{}
	for _, cur := range fl.decls {
		d, ok := cur.Node().(*ast.FuncDecl)
		if !ok || d.Body == nil || d.Type.Results.NumFields() != 1 {
			continue
		}
		fn, ok := fl.info.Defs[d.Name].(*types.Func)
		if !ok || fn.Signature().Results().Len() != 1 || !fl.isConcrete(fn.Signature().Results().At(0).Type()) {
			continue
		}
		ast.Inspect(d.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				if len(n.Results) == 1 && fl.info.Types[n.Results[0]].IsNil() {
					fl.nilGivers[fn] = true
				}
			}
			return true
		})
	}
}

// excludesNil reports whether the callee gives nil only for an error that is nil, and the one that it is given is proved
// not to be.
func (f *Func) excludesNil(call *ast.CallExpr) bool {
	i := f.fl.nilFor(f.fl.known.Callee(call))
	if i < 0 || i >= len(call.Args) {
		return false
	}
	p := f.placeFor(call.Args[i])
	if p == nil || p.shared || p.captured {
		return false
	}
	st := f.stateAt(f.locate(p, call.Args[i]))
	return st != nil && st.nils[p.id] == NonNil
}

// nilFor gives the index of the parameter of type error for which, where it is nil, a function of this package returns
// nil, if it does so nowhere else; -1 if there is none.
func (fl *Flow) nilFor(fn *types.Func) int {
	d := fl.declOf(fn)
	if d == nil {
		return -1
	}
	index, only := -1, true
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) != 1 {
				only = false
				break
			}
			e := ast.Unparen(n.Results[0])
			if _, call := e.(*ast.CallExpr); !call && !fl.info.Types[e].IsNil() {
				u, made := e.(*ast.UnaryExpr) // &T{}, and not a variable that may be nil
				only = only && made && u.Op == token.AND
				break
			} else if call {
				only = only && !fl.mayGiveNil(e.(*ast.CallExpr))
				break
			}
			i := fl.emptyParam(&Func{Sig: fn.Signature()}, n)
			only = only && i >= 0 && isError(fn.Signature().Params().At(i).Type()) && (index < 0 || index == i)
			index = i
		}
		return only
	})
	if !only {
		return -1
	}
	return index
}

// asksBack reports whether the callee, a function of this package, asks for the type of what it is given by an
// assertion to the type of the argument, and then only hands it about: a nil pointer is nil again.
func (fl *Flow) asksBack(call *ast.CallExpr, i int) bool {
	fn := fl.known.Callee(call)
	d := fl.declOf(fn)
	if d == nil || i >= fn.Signature().Params().Len() {
		return false
	}
	param, from := fn.Signature().Params().At(i), fl.info.TypeOf(call.Args[i])
	var back *types.Var
	ast.Inspect(d.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok || len(s.Lhs) != 2 || len(s.Rhs) != 1 {
			return true
		}
		x, ok := ast.Unparen(s.Rhs[0]).(*ast.TypeAssertExpr)
		if ok && x.Type != nil && types.Identical(fl.info.TypeOf(x.Type), from) && objectOf(fl.info, x.X) == param {
			if id, ok := s.Lhs[0].(*ast.Ident); ok {
				back, _ = fl.info.ObjectOf(id).(*types.Var)
			}
		}
		return true
	})
	return back != nil && (fl.comparedWithNil(back) || !fl.reachedInto(back))
}
