package known

import (
	"go/ast"
	"go/types"
	"math/bits"
	"strconv"
	"strings"
)

// Sources says by what alone an error comes about: bit i for what a method of
// argument i gives, or argument i itself if it is a function. Zero means that
// nothing is known: it may come from anywhere.
type Sources uint32

const (
	// ByReceiver stands for what the receiver holds: a bufio.Writer fails by
	// the writer below it.
	ByReceiver Sources = 1 << 30
	// byNothing marks an error that nothing can bring about, so that zero is
	// free to say that nothing is known.
	byNothing Sources = 1 << 29

	maxSource = 28 // arguments behind that are not told apart
)

// joinSources gives the sources of an error that has those of a or those of b.
func joinSources(a, b Sources) Sources {
	if a == 0 || b == 0 {
		return 0
	}
	return a | b
}

func (s Sources) String() string {
	var words []string
	for i := range maxSource {
		if s&(1<<i) != 0 {
			words = append(words, strconv.Itoa(i))
		}
	}
	if s&ByReceiver != 0 {
		words = append(words, "receiver")
	}
	return strings.Join(words, " ")
}

// sourcesOf gives the sources of the callee's error. A line of the table that
// makes it infallible where a method of an argument is, says the same.
func (x *Index) sourcesOf(s *subject, call *ast.CallExpr) Sources {
	if l, _ := x.lookup(s, call, sourcing, nil); l != nil {
		return l.sources
	}
	for _, lines := range [...][]*line{s.user, s.table} {
		for _, l := range lines {
			if l.aspect != failing || l.verb != "infallible" || l.when == nil {
				continue
			}
			var from Sources
			for i, m := range l.when.args {
				if m.method != "" && i < maxSource {
					from |= 1 << i
				}
			}
			if l.when.over.method != "" {
				from |= ByReceiver
			}
			if from != 0 {
				return from
			}
		}
	}
	if sum := x.summaries[s.fn]; sum != nil {
		return sum.Through
	}
	return 0
}

// Through gives the expressions by which alone the call can fail: arguments
// that it writes to or calls, and its receiver for what that holds. It is not
// ok if the call may fail by itself.
func (x *Index) Through(call *ast.CallExpr) (via []ast.Expr, ok bool) {
	x.ready()
	s, ok := x.subject(call)
	if !ok {
		return nil, false
	}
	return x.via(s, call)
}

func (x *Index) via(s *subject, call *ast.CallExpr) (via []ast.Expr, ok bool) {
	from := x.sourcesOf(s, call)
	if from == 0 || call == nil {
		return nil, false
	}
	if from&ByReceiver != 0 {
		recv := receiver(call)
		if recv == nil {
			return nil, false
		}
		via = append(via, recv)
	}
	none := false
	for from &^= ByReceiver | byNothing; from != 0; from &= from - 1 {
		i := bits.TrailingZeros32(uint32(from))
		if i >= len(call.Args) {
			return nil, false
		}
		if x.leftOut(call, i) {
			none = true
			continue
		}
		via = append(via, call.Args[i])
	}
	return via, none || len(via) > 0
}

// throughMemory reports whether the call fails only by writers that cannot.
func (x *Index) throughMemory(s *subject, call *ast.CallExpr) bool {
	via, ok := x.via(s, call)
	for _, e := range via {
		ok = ok && e != receiver(call) && x.writesToMemory(e)
	}
	return ok
}

// writesToMemory reports whether nothing can fail by e: a writer that cannot fail, or the source of random numbers, which
// ends the program rather than fail.
func (x *Index) writesToMemory(e ast.Expr) bool {
	if x.random(e) {
		return true
	}
	t := x.info.TypeOf(e)
	return t != nil && x.infallibleMethod(t, "Write")
}

// leftOut reports whether a call is given nil for a reader, a writer or the like: the callee takes what it has at hand itself,
// or panics.
func (x *Index) leftOut(call *ast.CallExpr, i int) bool {
	if !x.info.Types[call.Args[i]].IsNil() {
		return false
	}
	sig, ok := x.info.TypeOf(call.Fun).Underlying().(*types.Signature)
	return ok && i < sig.Params().Len() && types.IsInterface(sig.Params().At(i).Type())
}

// random reports whether e is crypto/rand.Reader.
func (x *Index) random(e ast.Expr) bool {
	v, ok := object(x.info, e).(*types.Var)
	return ok && v.Pkg() != nil && v.Pkg().Path() == "crypto/rand" && v.Name() == "Reader"
}

// sink reports whether what is written to e may get lost without a loss, and
// why: the tables say so of fmt.Fprint.
func (x *Index) sink(e ast.Expr) (because string, ok bool) {
	if x.terminal(e) {
		return "printing to the terminal", true
	}
	for _, l := range x.hand.about(key{pkg: "fmt", name: "Fprint"}) {
		if l.aspect == harmless && l.when != nil && len(l.when.args) == 1 && x.matches(l.when.args[0], e) {
			return l.because, true
		}
	}
	return "", false
}

// intoSinks reports whether the call fails only by writers for which that is no
// loss, and why.
func (x *Index) intoSinks(s *subject, call *ast.CallExpr) (because string, ok bool) {
	via, ok := x.via(s, call)
	for _, e := range via {
		if e == receiver(call) {
			if e = x.builtOver(e); e == nil {
				return "", false
			}
		}
		if why, sink := x.sink(e); sink {
			because = why
		} else if !x.writesToMemory(e) {
			return "", false
		}
	}
	return because, ok && because != ""
}

// IsWriter reports whether e is of an interface type that has a Write method.
func (x *Index) IsWriter(e ast.Expr) bool { return isWriter(x.info.TypeOf(e)) }

func isWriter(t types.Type) bool {
	if t == nil || !types.IsInterface(t) {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Write")
	_, ok := obj.(*types.Func)
	return ok
}

// comesFrom gives the sources of the error that a call gives.
func (w *walk) comesFrom(call *ast.CallExpr, s state) Sources {
	if w.info.Types[call.Fun].IsType() && len(call.Args) == 1 {
		return w.cell(call.Args[0], s).from
	}
	if v := w.variable(call.Fun); v != nil {
		return w.param(v)
	}
	sub, ok := w.subject(call)
	if !ok {
		return 0
	}
	if w.pending[sub.fn] {
		return byNothing
	}
	if _, never := w.infallible(sub, call); never {
		return byNothing
	}
	if ctx := endedContext(sub.fn, call); ctx != nil {
		return w.holder(ctx)
	}
	if _, follows := w.follows(sub, call); follows || w.alwaysFails(sub, call) {
		return w.wrappedSources(call.Args, s)
	}
	if recv := receiver(call); recv != nil && isWriter(w.info.TypeOf(recv)) {
		return w.holder(recv)
	}
	from := w.sourcesOf(sub, call)
	if from == 0 {
		return 0
	}
	all := byNothing
	if from&ByReceiver != 0 {
		all = joinSources(all, w.writerSource(receiver(call)))
	}
	for from &^= ByReceiver | byNothing; from != 0; from &= from - 1 {
		i := bits.TrailingZeros32(uint32(from))
		if i >= len(call.Args) {
			return 0
		}
		if w.leftOut(call, i) {
			continue
		}
		all = joinSources(all, w.writerSource(call.Args[i]))
	}
	return all
}

// wrappedSources gives the sources of an error made of those among some
// expressions; an error made of no other comes from nowhere else.
func (w *walk) wrappedSources(exprs []ast.Expr, s state) Sources {
	var all Sources
	for _, e := range exprs {
		if t := w.info.TypeOf(e); t == nil || !isError(t) {
			continue
		}
		from := w.cell(e, s).from
		if from == 0 {
			return 0
		}
		all |= from
	}
	return all
}

// writerSource gives the sources of what fails only by e.
func (w *walk) writerSource(e ast.Expr) Sources {
	switch {
	case e == nil:
		return 0
	case w.writesToMemory(e):
		return byNothing
	}
	t := w.info.TypeOf(e)
	if _, function := t.Underlying().(*types.Signature); function {
		if v := w.variable(e); v != nil {
			return w.param(v)
		}
		return 0
	}
	if base := w.builtOver(e); base != nil {
		// What a field's writer was built over is mostly a variable of the function that built it: here it is what the
		// receiver holds.
		if from := w.writerSource(base); from != 0 {
			return from
		}
	}
	return w.holder(e)
}

// holder gives the source that an expression names: a parameter, the receiver,
// or what one of them holds.
func (w *walk) holder(e ast.Expr) Sources {
	held := false
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			if s := w.info.Selections[x]; s == nil || s.Kind() != types.FieldVal {
				return 0
			}
			e, held = x.X, true
		case *ast.UnaryExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.Ident:
			v := w.variable(x)
			switch {
			case v == nil:
				return 0
			case v == w.sig.Recv():
				return ByReceiver
			case held:
				return 0 // nobody can tell at the call what an argument holds
			}
			return w.param(v)
		default:
			return 0
		}
	}
}

// param gives the source that is one of the function's parameters.
func (w *walk) param(v *types.Var) Sources {
	i := 0
	for p := range w.sig.Params().Variables() {
		if p == v && i < maxSource && !(w.sig.Variadic() && i == w.sig.Params().Len()-1) && !w.assigned[v] {
			return 1 << i
		}
		i++
	}
	return 0
}
