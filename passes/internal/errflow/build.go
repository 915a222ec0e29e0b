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
	label     string
	brk, cont *block
	scopes    int
	fallsInto *block
	isLoop    bool
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
			if isVisit(sig) {
				val.peers = []*place{nil, b.visited(sig.Params().At(1))}
			}
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

// visited makes a place of what a walk has found; nil where it has no name.
func (b *builder) visited(v *types.Var) *place {
	if v.Name() == "" || v.Name() == "_" {
		return nil
	}
	return b.addPlace(peerPlace, v)
}

// isVisit reports whether a signature is that of a function that a walk over files calls with each of them, or with why it
// cannot be had: see [path/filepath.WalkFunc] and [io/fs.WalkDirFunc].
func isVisit(sig *types.Signature) bool {
	if sig.Params().Len() != 3 || sig.Results().Len() != 1 || !isError(sig.Results().At(0).Type()) || !isError(sig.Params().At(2).Type()) {
		return false
	}
	found := sig.Params().At(1).Type()
	return isFileInfo(found) || types.TypeString(types.Unalias(found), nil) == "io/fs.DirEntry"
}

func isFileInfo(t types.Type) bool {
	return types.TypeString(types.Unalias(t), nil) == "io/fs.FileInfo"
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

// hasErrorField reports whether a struct, or what a pointer to one points to, has a field for an error: a writer that has
// one keeps its first error there, and says so whenever it is flushed or closed; a result that has one may be a failure.
func hasErrorField(t types.Type) bool {
	if t == nil {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for v := range s.Fields() {
		if isError(v.Type()) {
			return true
		}
	}
	return false
}
