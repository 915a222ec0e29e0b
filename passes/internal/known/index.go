package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"sync"

	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// An Index answers what is known of the functions that one package mentions.
// It is immutable and safe for concurrent use. Calls that it is asked about
// must be of that package.
type Index struct {
	fset      *token.FileSet
	info      *types.Info
	syntax    *inspector.Inspector
	flow      *ctrlflow.CFGs
	user      *Table
	hand      *Table
	generated *Table
	summaries map[*types.Func]*Summary  // by Origin; this package's and its dependencies'
	contracts map[*types.Func]*Contract // by Origin; this package's
	companion bool                      // see HasCompanion
	endings   map[*types.Var]bool       // packages' variables, by whether what they hold never returns
	standIns  map[*types.Var]*subject   // see StandsFor
	held      map[*types.Var][]ast.Expr // what is put into the package's variables of functions; nil until asked for

	late      sync.Once // see ready
	infersNow func()

	decls       []inspector.Cursor
	sites       []Site
	functions   []function
	comparisons []inspector.Cursor
	uses        []use // of functions, in no order; until they are inferred

	// Most calls name few functions. Those of the package's calls are all here before anyone asks, and others come up
	// rarely.
	subjects      map[*types.Func]*subject
	otherSubjects sync.Map // of *subject, by subjectKey

	originsOnce sync.Once
	fieldsOnce  sync.Once
	fields      map[*types.Var][]ast.Expr    // what each field is given, but for nil
	origins     map[*types.Var]*ast.CallExpr // variables with one definition, by that call
	closures    map[*types.Var]*ast.FuncLit  // and those that are given one function literal
	declared    map[*types.Var]bool          // those that the package's code declares, and are no parameters

	inferred *inference
	literals sync.Map // of given, by *ast.FuncLit
	closured sync.Map // of []Tell, by *ast.FuncLit

	settledOnce sync.Once
	settled     map[*types.Var]bool // see constant
}

// Callee gives the function, method or interface method that the call names,
// without type arguments. It is nil for conversions, builtins and function
// values.
func (x *Index) Callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(x.info, call).(*types.Func)
	return fn
}

// Runs gives the function that the call runs: the one that it names, or that the variable it names stands for.
func (x *Index) Runs(call *ast.CallExpr) *types.Func {
	if s := x.standIn(object(x.info, call.Fun)); s != nil {
		return s.fn
	}
	return x.Callee(call)
}

// Builtin names the builtin function that the call names, or gives "".
func (x *Index) Builtin(call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := x.info.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

// ErrorResult gives the index of the call's last result of type error, or -1.
func (x *Index) ErrorResult(call *ast.CallExpr) int {
	t := x.info.TypeOf(call)
	if t == nil || x.info.Types[call.Fun].IsType() {
		return -1
	}
	if tuple, ok := t.(*types.Tuple); ok {
		for i := tuple.Len() - 1; i >= 0; i-- {
			if isError(tuple.At(i).Type()) {
				return i
			}
		}
		return -1
	}
	if isError(t) {
		return 0
	}
	return -1
}

var errorType = types.Universe.Lookup("error").Type()

// isError asks for one type for which there is one name.
func isError(t types.Type) bool { return types.Unalias(t) == errorType }

// A subject is a function under the names the table may know it by: a method
// promoted from an embedded type, or named by the interface that embeds the
// one declaring it, goes by all of them, nearest first.
type subject struct {
	fn    *types.Func
	user  []*line // what the user says of it, in the order of asking
	table []*line // what the built-in tables say of it

	recv types.Type // what the method is called on, or nil
	next *subject   // the same function, called on another type
}

// on gives the subject among s and those behind it that is called on recv, or nil.
func (s *subject) on(recv types.Type) *subject {
	for s != nil && s.recv != recv {
		s = s.next
	}
	return s
}

type subjectKey struct {
	fn   *types.Func
	recv types.Type
}

func (x *Index) subject(call *ast.CallExpr) (*subject, bool) {
	switch fn := typeutil.Callee(x.info, call).(type) {
	case *types.Func:
		return x.subjectIn(fn, call), true
	case *types.Var:
		s := x.standIn(fn)
		return s, s != nil
	}
	return nil, false
}

// subjectIn gives the subject of a call of fn.
func (x *Index) subjectIn(fn *types.Func, call *ast.CallExpr) *subject {
	recv, path := x.receiverIn(fn, call)
	return x.subjectOf(fn, recv, path)
}

// receiverIn gives the type of what the method fn is called on, and how it reaches the method.
func (x *Index) receiverIn(fn *types.Func, call *ast.CallExpr) (recv types.Type, path []int) {
	if fn.Signature().Recv() != nil {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			if s := x.info.Selections[sel]; s != nil {
				return s.Recv(), s.Index()
			}
		}
	}
	return nil, nil
}

// subjectOf gives the subject for fn, called on a receiver of type recv that
// reaches it by path; recv is nil for functions.
func (x *Index) subjectOf(fn *types.Func, recv types.Type, path []int) *subject {
	if s := x.subjects[fn].on(recv); s != nil {
		return s
	}
	k := subjectKey{fn, recv}
	if s, ok := x.otherSubjects.Load(k); ok {
		return s.(*subject)
	}
	s := x.newSubject(fn, recv, path)
	x.otherSubjects.Store(k, s)
	return s
}

func (x *Index) newSubject(fn *types.Func, recv types.Type, path []int) *subject {
	var some [4]key
	keys := some[:0]
	if recv != nil {
		keys = appendMethodKeys(keys, fn, recv, path)
	} else {
		keys = append(keys, keyOf(fn))
	}
	s := &subject{fn: fn, recv: recv}
	s.user = x.user.appendAbout(s.user, keys)
	s.table = x.hand.appendAbout(s.table, keys)
	s.table = x.generated.appendAbout(s.table, keys)
	return s
}

// appendAbout adds the lines about a function, those for its first name first.
func (t *Table) appendAbout(lines []*line, keys []key) []*line {
	if t == nil || len(t.sections) == 0 {
		return lines
	}
	for _, k := range keys {
		lines = append(lines, t.about(k)...)
	}
	return lines
}

// appendMethodKeys adds the names a method goes by.
func appendMethodKeys(keys []key, fn *types.Func, recv types.Type, path []int) []key {
	own := keyOf(fn)
	for i := 0; ; i++ {
		if obj := typeName(recv); obj != nil {
			k := key{recv: obj.Name(), name: fn.Name()}
			if obj.Pkg() != nil {
				k.pkg = obj.Pkg().Path()
			}
			if k != own {
				keys = append(keys, k)
			}
		}
		under := recv.Underlying()
		if p, ok := under.(*types.Pointer); ok {
			under = p.Elem().Underlying()
		}
		if iface, ok := under.(*types.Interface); ok {
			keys = appendEmbedding(keys, iface, fn, own)
		}
		st, ok := under.(*types.Struct)
		if !ok || i >= len(path)-1 || path[i] >= st.NumFields() {
			break
		}
		recv = st.Field(path[i]).Type()
	}
	return append(keys, own)
}

// appendEmbedding adds the named interfaces between iface and the one that
// declares the method.
func appendEmbedding(keys []key, iface *types.Interface, fn *types.Func, own key) []key {
	for t := range iface.EmbeddedTypes() {
		embedded, ok := t.Underlying().(*types.Interface)
		if !ok {
			continue
		}
		obj := typeName(t)
		if obj == nil || obj.Pkg() == nil {
			continue
		}
		if m, _, _ := types.LookupFieldOrMethod(t, false, fn.Pkg(), fn.Name()); m == nil {
			continue
		}
		if k := (key{obj.Pkg().Path(), obj.Name(), fn.Name()}); k != own {
			keys = append(keys, k)
		}
		keys = appendEmbedding(keys, embedded, fn, own)
	}
	return keys
}

// ask gives the first line that answers the question about the call and that
// accept takes (nil takes all). Without a call only lines without condition
// count.
func (x *Index) ask(lines []*line, call *ast.CallExpr, a aspect, accept func(*line) bool) *line {
	for _, l := range lines {
		if l.aspect != a || accept != nil && !accept(l) {
			continue
		}
		if l.when == nil || call != nil && x.holds(l.when, call) {
			return l
		}
	}
	return nil
}

// lookup asks the user's lines, then whether the function's contract settles
// it, then the tables.
func (x *Index) lookup(s *subject, call *ast.CallExpr, a aspect, accept func(*line) bool) (l *line, contract *Contract) {
	if l := x.ask(s.user, call, a, accept); l != nil {
		return l, nil
	}
	if c := x.contracts[s.fn]; c != nil && c.settles(a) {
		return nil, c
	}
	return x.ask(s.table, call, a, accept), nil
}

// receiver gives the expression a method is called on, or nil.
func receiver(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// origin gives the call whose result an expression is: the call itself, or the
// only definition of the variable.
func (x *Index) origin(e ast.Expr) *ast.CallExpr {
	if e == nil {
		return nil
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return e
	case *ast.Ident:
		if v, ok := x.info.Uses[e].(*types.Var); ok {
			return x.Definition(v)
		}
	}
	return nil
}

// Definition gives the call that is all that a local variable is ever given, or nil.
func (x *Index) Definition(v *types.Var) *ast.CallExpr {
	x.originsOnce.Do(x.collectOrigins)
	return x.origins[v]
}

// builtOver gives the argument that the receiver was built over, as an encoder
// is over a writer; nil if that is not known.
func (x *Index) builtOver(recv ast.Expr) ast.Expr {
	if made, ok := x.madeInField(recv); ok {
		return x.oneBase(made)
	}
	call := x.origin(recv)
	if call == nil {
		return nil
	}
	s, ok := x.subject(call)
	if !ok {
		return nil
	}
	l, _ := x.lookup(s, call, built, nil)
	if l == nil || l.index >= len(call.Args) {
		return nil
	}
	return call.Args[l.index]
}

// oneBase gives what all of some calls make their writers work on, if that is one variable.
func (x *Index) oneBase(made []*ast.CallExpr) ast.Expr {
	var base ast.Expr
	for _, call := range made {
		b := x.builtOver(call)
		if resets(call) {
			b = call.Args[0]
		}
		v := object(x.info, b)
		if v == nil || base != nil && object(x.info, base) != v {
			return nil
		}
		base = b
	}
	return base
}

// collectOrigins finds the local variables that are defined once, by a call.
func (x *Index) collectOrigins() {
	origins := map[*types.Var]*ast.CallExpr{}
	closures := map[*types.Var]*ast.FuncLit{}
	declared := map[*types.Var]bool{}
	unset := false // in a declaration without a value, which matters to functions as little as it can be called
	define := func(lhs ast.Expr, rhs ast.Expr) {
		id, ok := ast.Unparen(lhs).(*ast.Ident)
		if !ok {
			return
		}
		v, ok := x.info.ObjectOf(id).(*types.Var)
		if !ok {
			return
		}
		var call *ast.CallExpr
		if rhs != nil {
			call, _ = ast.Unparen(rhs).(*ast.CallExpr)
		}
		if _, again := origins[v]; again {
			call = nil // defined more than once
		}
		origins[v] = call
		declared[v] = declared[v] || x.info.Defs[id] != nil
		if unset {
			return
		}
		var lit *ast.FuncLit
		if _, again := closures[v]; !again && rhs != nil {
			lit, _ = ast.Unparen(rhs).(*ast.FuncLit)
		}
		closures[v] = lit
	}
	all := func(lhs, rhs []ast.Expr) {
		for i, l := range lhs {
			switch {
			case len(rhs) == len(lhs):
				define(l, rhs[i])
			case len(rhs) == 1 && (i == 0 || i == 1 && x.makesPipe(rhs[0])):
				define(l, rhs[0]) // the first of several results is what a constructor makes
			default:
				define(l, nil)
			}
		}
	}
	for n := range x.syntax.PreorderSeq((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil), (*ast.UnaryExpr)(nil)) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			all(n.Lhs, n.Rhs)
		case *ast.ValueSpec:
			lhs := make([]ast.Expr, len(n.Names))
			for i, id := range n.Names {
				lhs[i] = id
			}
			unset = len(n.Values) == 0
			all(lhs, n.Values)
			unset = false
		case *ast.UnaryExpr:
			if n.Op.String() == "&" {
				define(n.X, nil) // others may assign through the pointer
				define(n.X, nil)
			}
		}
	}
	for v := range closures {
		if !declared[v] {
			delete(closures, v)
		}
	}
	x.origins, x.closures, x.declared = origins, closures, declared
}

// makesPipe reports whether e gives both ends of a pipe.
func (x *Index) makesPipe(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := x.Callee(call)
	return fn != nil && fn.Name() == "Pipe" && fn.Signature().Results().Len() >= 2
}
