package errflow

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// A builder turns one function body into a graph, and the literals in it into functions of their own.
type builder struct {
	fl   *Flow
	info *types.Info
	know *known.Index
	f    *Func
	g    *graph
	cur  *block

	targets []target
	labels  map[string]*block // goto
	scopes  [][]*place
	inline  []inlined
	locals  map[*types.Var]*Func // closures kept in a variable that is only called
	loops   int
	tag     *place   // what the type switch under way tells apart
	thrown  []*Value // errors assigned to _ by the statement under way
}

// A target is what break and continue refer to.
type target struct {
	label      string
	brk, cont  *block
	scopes     int
	fallsInto  *block
	isLoop     bool
	inlineDeep int
}

// An inlined literal's returns go on behind the call.
type inlined struct {
	lit   *ast.FuncLit
	after *block
}

func newBuilder(fl *Flow, f *Func) *builder {
	return &builder{fl: fl, info: fl.info, know: fl.known, f: f, labels: map[string]*block{}, locals: map[*types.Var]*Func{},
		g: &graph{byVar: map[*types.Var]*place{}, byPath: map[pathKey]*place{}, turns: map[ast.Node]bool{}, behind: map[ast.Stmt]*block{}}}
}

// build makes the graph of f and, first, those of the literals in it.
func (b *builder) build() {
	b.f.g = b.g
	b.cur = b.g.newBlock()
	entry := b.cur
	b.foresee()
	b.params()
	b.scopes = append(b.scopes, nil)
	b.stmts(b.f.Body.List)
	if b.cur != nil {
		b.emit(op{kind: opReturn, node: b.f.Body, ret: b.naked(b.f.Body)})
	}
	b.capturedResults(entry)
	b.settleCaptures()
}

// params defines the parameters and the named results.
func (b *builder) params() {
	sig := b.f.Sig
	for v := range sig.Params().Variables() {
		if v.Name() == "" || v.Name() == "_" {
			continue
		}
		if p := b.placeOfVar(v); p != nil && p.kind == errorPlace {
			val := &Value{Func: b.f, Origin: FromParam, Node: b.identOf(v), Name: v.Name(), home: p}
			b.define(p, val.Node, source{}, val)
		}
	}
	for v := range sig.Results().Variables() {
		if v.Name() == "" || v.Name() == "_" {
			continue
		}
		p := b.placeOfVar(v)
		if p == nil {
			continue
		}
		p.result = true
		switch p.kind {
		case errorPlace, slicePlace:
			b.define(p, b.f.Node, source{kind: srcNil}, nil)
		case flagPlace:
			b.define(p, b.f.Node, source{kind: srcFalse}, nil)
		}
	}
}

// identOf finds the identifier that declares a parameter, for positions.
func (b *builder) identOf(v *types.Var) ast.Node {
	var fields *ast.FieldList
	switch n := b.f.Node.(type) {
	case *ast.FuncDecl:
		fields = n.Type.Params
	case *ast.FuncLit:
		fields = n.Type.Params
	}
	for _, fd := range fields.List {
		for _, id := range fd.Names {
			if b.info.Defs[id] == v {
				return id
			}
		}
	}
	return b.f.Node
}

// capturedResults gives a deferred closure the content that the enclosing function's named results have when it runs.
func (b *builder) capturedResults(entry *block) {
	if b.f.Role != Deferrer || b.f.Outer == nil {
		return
	}
	var ops []op
	for _, p := range b.g.places {
		if p.kind != errorPlace || !p.captured || p.path != "" || !isNamedResult(b.f.Outer.Sig, p.v) {
			continue
		}
		p.result = true
		val := &Value{Func: b.f, Origin: FromCaptured, Node: b.f.Node, Name: p.name, home: p}
		o := op{kind: opDef, p: p, node: b.f.Node, val: val}
		ops = append(ops, o)
		b.f.values = append(b.f.values, val)
	}
	entry.ops = append(ops, entry.ops...)
}

func isNamedResult(sig *types.Signature, v *types.Var) bool {
	for r := range sig.Results().Variables() {
		if r == v && r.Name() != "" {
			return true
		}
	}
	return false
}

// settleCaptures says of each place whether a closure that may run at any time can touch it.
func (b *builder) settleCaptures() {
	for _, l := range b.f.lits {
		switch l.Role {
		case Goroutine, Callback, Main:
			for _, q := range l.g.places {
				if !q.captured || q.kind == peerPlace {
					continue
				}
				if p := b.mirror(q); p != nil && (l.assigns(q) || q.shared) {
					p.shared = true
				}
			}
		}
	}
}

// mirror returns this graph's place for what a literal captured.
func (b *builder) mirror(q *place) *place {
	if q.path != "" {
		return b.pathPlace(pathKey{q.v, q.path}, q.name)
	}
	return b.placeOfVar(q.v)
}

// assigns reports whether f's graph, or a literal in it, gives q something else.
func (f *Func) assigns(q *place) bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.p == q && (o.kind == opDef && (o.val == nil || o.val.Origin != FromCaptured) || o.kind == opMay) {
				return true
			}
		}
	}
	for _, l := range f.lits {
		for _, r := range l.g.places {
			if r.captured && r.v == q.v && r.path == q.path && l.assigns(r) {
				return true
			}
		}
	}
	return false
}

// readActs collects what f's graph and the literals in it do with q.
func (f *Func) readActs(q *place) Act {
	var acts Act
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			switch o := &blk.ops[i]; {
			case o.kind == opUse && o.p == q:
				acts |= o.act
			case o.kind == opDef && o.src.q == q:
				acts |= Passed
			case o.kind == opReturn:
				for _, s := range o.ret.errs {
					if s.q == q {
						acts |= Returned
					}
				}
			}
		}
		for _, e := range blk.succ {
			if e.cond != nil && e.cond.p == q {
				acts |= Tested
			}
		}
	}
	for _, l := range f.lits {
		for _, r := range l.g.places {
			if r.captured && r.v == q.v && r.path == q.path {
				acts |= l.readActs(r)
			}
		}
	}
	return acts
}

// --- places

func (b *builder) placeOfVar(v *types.Var) *place {
	if v == nil {
		return nil
	}
	if p, ok := b.g.byVar[v]; ok {
		return p
	}
	if v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() || v.Name() == "_" {
		return nil // package variables are sentinels or shared state, not the life of one error
	}
	var k placeKind
	switch {
	case isError(v.Type()):
		k = errorPlace
	case isErrorSlice(v.Type()):
		k = slicePlace
	case isBool(v.Type()):
		k = flagPlace
	case b.fl.isConcrete(v.Type()):
		k = concretePlace
	default:
		return nil
	}
	return b.addPlace(k, v)
}

func (b *builder) addPlace(k placeKind, v *types.Var) *place {
	p := b.g.newPlace(k, v, "", v.Name())
	p.captured = v.Pos() < b.f.Node.Pos() || v.Pos() >= b.f.Node.End()
	b.g.byVar[v] = p
	return p
}

// peer returns the place for another result of a failing call.
func (b *builder) peer(e ast.Expr) *place {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := b.info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Name() == "_" || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return nil
	}
	if p, ok := b.g.byVar[v]; ok {
		return p
	}
	if k := b.placeOfVar(v); k != nil {
		return k
	}
	return b.addPlace(peerPlace, v)
}

// foresee makes places of the variables and fields that take what a failing call gives beside its error, where that is
// nothing if there is an error: the head of a loop asks what its body is given later.
func (b *builder) foresee() {
	ast.Inspect(b.f.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok || len(s.Lhs) < 2 || len(s.Rhs) != 1 {
			_, lit := n.(*ast.FuncLit)
			return !lit
		}
		call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
		if !ok {
			return true
		}
		idx := b.know.ErrorResult(call)
		for i, l := range s.Lhs {
			if idx < 0 || i == idx || isBlank(l) {
				continue
			}
			switch b.info.TypeOf(l).Underlying().(type) {
			case *types.Pointer, *types.Interface, *types.Map, *types.Signature, *types.Chan, *types.Slice:
				if b.peer(l) == nil && b.placeOf(l) == nil {
					b.fieldPeer(l)
				}
			}
		}
		return true
	})
}

// fieldPeer returns the place for a result that goes into a field, so that what is asked of it is seen. How it is used is
// not followed: whoever holds the struct may use it at any time.
func (b *builder) fieldPeer(e ast.Expr) *place {
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		if k, ok := b.path(sel); ok {
			return b.pathOf(peerPlace, k, exprText(sel))
		}
	}
	return nil
}

// placeOf returns the place an expression names, or nil.
func (b *builder) placeOf(e ast.Expr) *place {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, _ := b.info.ObjectOf(e).(*types.Var)
		return b.placeOfVar(v)
	case *ast.SelectorExpr:
		t := b.info.TypeOf(e)
		if t == nil || !isError(t) {
			return nil
		}
		if k, ok := b.path(e); ok {
			return b.pathPlace(k, exprText(e))
		}
	}
	return nil
}

func (b *builder) pathPlace(k pathKey, name string) *place { return b.pathOf(errorPlace, k, name) }

func (b *builder) pathOf(kind placeKind, k pathKey, name string) *place {
	if p, ok := b.g.byPath[k]; ok {
		return p
	}
	p := b.g.newPlace(kind, k.root, k.path, name)
	p.captured = k.root.Pos() < b.f.Node.Pos() || k.root.Pos() >= b.f.Node.End()
	b.g.byPath[k] = p
	return p
}

// path resolves x.f.g to its root variable and chain of fields.
func (b *builder) path(e *ast.SelectorExpr) (pathKey, bool) {
	sel, ok := b.info.Selections[e]
	if !ok || sel.Kind() != types.FieldVal {
		return pathKey{}, false
	}
	switch x := ast.Unparen(e.X).(type) {
	case *ast.Ident:
		v, ok := b.info.ObjectOf(x).(*types.Var)
		if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
			return pathKey{}, false
		}
		return pathKey{v, "." + e.Sel.Name}, true
	case *ast.SelectorExpr:
		k, ok := b.path(x)
		k.path += "." + e.Sel.Name
		return k, ok
	}
	return pathKey{}, false
}

var errorType = types.Universe.Lookup("error").Type()

func isError(t types.Type) bool { return types.Unalias(t) == errorType }

func isErrorSlice(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && isError(s.Elem())
}

func isBool(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsBoolean != 0
}

// --- emitting

func (b *builder) emit(o op) {
	if b.cur == nil {
		b.cur = b.g.newBlock() // code that nothing reaches still has a graph
	}
	b.cur.ops = append(b.cur.ops, o)
}

func (b *builder) use(p *place, act Act, n ast.Node) {
	if act != 0 {
		b.emit(op{kind: opUse, p: p, act: act, node: n})
	}
}

// define gives p new content. A value that belongs to another function's analysis is left out.
func (b *builder) define(p *place, n ast.Node, src source, val *Value) {
	if val != nil && !b.owns(p) {
		val = nil
	}
	o := op{kind: opDef, p: p, node: n, src: src, val: val}
	if val != nil {
		val.home = p
		b.f.values = append(b.f.values, val)
	}
	b.emit(o)
	if p.watched {
		b.use(p, Captured, n)
	}
	if p.path == "" && p.kind == peerPlace {
		return
	}
	// Assigning x gives x.err new content too.
	for _, q := range b.g.places {
		if q.path != "" && p.path == "" && q.v == p.v {
			b.emit(op{kind: opDef, p: q, node: n})
		}
	}
}

// owns reports whether a value born into p is b.f's to follow: a variable declared in a closure that runs in
// place is followed in that closure's own graph, one declared outside it in the outer graph.
func (b *builder) owns(p *place) bool {
	if n := len(b.inline); n > 0 {
		lit := b.inline[n-1].lit
		return p.v != nil && !(lit.Pos() <= p.v.Pos() && p.v.Pos() < lit.End()) && !(p.captured && b.f.Role == Inline)
	}
	return !p.captured || b.f.Role != Inline
}

func (b *builder) edge(from, to *block, c *cond, sense bool, into ast.Node) {
	if from == nil {
		return
	}
	from.succ = append(from.succ, edge{to: to, cond: c, sense: sense, into: into})
}

func (b *builder) jump(to *block) {
	if b.cur != nil {
		b.edge(b.cur, to, nil, false, nil)
	}
	b.cur = nil
}

func (b *builder) push() { b.scopes = append(b.scopes, nil) }

func (b *builder) pop(n ast.Node) {
	b.endScopes(len(b.scopes)-1, n)
	b.scopes = b.scopes[:len(b.scopes)-1]
}

// endScopes tells the path that the variables of the scopes from depth on are gone.
func (b *builder) endScopes(depth int, n ast.Node) {
	if b.cur == nil {
		return
	}
	for i := len(b.scopes) - 1; i >= depth; i-- {
		for _, p := range b.scopes[i] {
			b.emit(op{kind: opEnd, p: p, node: n})
		}
	}
}

// declare enters a variable into the innermost scope.
func (b *builder) declare(id *ast.Ident) *place {
	v, _ := b.info.Defs[id].(*types.Var)
	p := b.placeOfVar(v)
	if p == nil || len(b.scopes) == 0 {
		return p
	}
	if p.kind == errorPlace {
		top := len(b.scopes) - 1
		b.scopes[top] = append(b.scopes[top], p)
	}
	return p
}
