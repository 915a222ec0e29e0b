package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// A way is one way in which a function can fail.
type way struct {
	name string      // by an error of a package, named as facts name it
	fn   *types.Func // as a function does that can fail in one way only
	at   token.Pos   // by an error made there, which holds no other
}

// maxWays bounds the ways that one walk tells apart.
const maxWays = 32

// Contexts that an error may tell the end of are Sources, too. This one stands for all those that neither an argument
// nor the receiver is or holds.
const someContext Sources = 1 << 28

// An errorSet says which errors a value may be: those that are listed, and none else if it is closed. The empty set
// of what is nil is closed, the zero value is of what nobody knows.
type errorSet struct {
	ways   uint32  // by index in walk.ways
	ends   Sources // contexts whose end it may tell
	held   bool    // why a context ended may be inside of it
	closed bool
}

var noErrors = errorSet{closed: true}

func (a errorSet) join(b errorSet) errorSet {
	return errorSet{a.ways | b.ways, a.ends | b.ends, a.held || b.held, a.closed && b.closed}
}

// errors gives which errors the cell may be.
func (c cell) errors() errorSet {
	if c.nilness == Nil || c.nilness == bottom {
		return noErrors
	}
	return c.set
}

// one gives the set of what fails in one way.
func (w *walk) one(by way) errorSet {
	i := slices.Index(w.ways, by)
	if i < 0 {
		if len(w.ways) == maxWays {
			return errorSet{}
		}
		i = len(w.ways)
		w.ways = append(w.ways, by)
	}
	return errorSet{ways: 1 << i, closed: true}
}

// named gives the set of some packages' errors.
func (w *walk) named(names []string, closed bool) errorSet {
	set := noErrors
	for _, name := range names {
		set = set.join(w.one(way{name: name}))
	}
	set.closed = set.closed && closed
	return set
}

// setOf gives which errors the value of an expression may be that is no variable and no call.
func (w *walk) setOf(e ast.Expr) errorSet {
	e = ast.Unparen(e)
	if w.info.Types[e].IsNil() {
		return noErrors
	}
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = ast.Unparen(u.X)
	}
	switch e := e.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		if obj := object(w.info, e); w.isSentinel(obj) {
			return w.one(way{name: obj.Pkg().Path() + "." + obj.Name()})
		}
	case *ast.CompositeLit:
		if !w.holdsAnother(e.Elts) {
			return w.one(way{at: e.Pos()})
		}
	}
	return errorSet{}
}

// holdsAnother reports whether an error in a variable is among what an error is made of.
func (w *walk) holdsAnother(parts []ast.Expr) bool {
	found := false
	for _, e := range parts {
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				v, ok := w.info.Uses[n].(*types.Var)
				found = found || ok && implementsError(v.Type()) && !w.isSentinel(v)
			case *ast.CallExpr:
				t := w.info.TypeOf(n)
				found = found || t != nil && isError(t)
			}
			return !found
		})
	}
	return found
}

// givenBy gives which errors a call may give.
func (w *walk) givenBy(call *ast.CallExpr, s state) errorSet {
	if w.info.Types[call.Fun].IsType() {
		if len(call.Args) == 1 {
			return w.cell(call.Args[0], s).errors()
		}
		return errorSet{}
	}
	sub, ok := w.subject(call)
	if !ok {
		if lit := w.literal(call.Fun); lit != nil {
			return w.ofLiteral(lit, call)
		}
		return errorSet{}
	}
	if w.pending[sub.fn] {
		return noErrors
	}
	if _, never := w.infallible(sub, call); never {
		return noErrors
	}
	if ctx := endedContext(sub.fn, call); ctx != nil {
		return errorSet{ends: w.contextSource(ctx), closed: true}
	}
	if names, ends, ok := w.only(sub, call); ok {
		set := w.named(names, true)
		set.ends = w.endsHere(ends, call)
		return set
	}
	if w.oneWay(sub) {
		if w.alwaysFails(sub, call) {
			return w.one(way{at: call.Pos()}) // what it says may depend on what it is given
		}
		return w.one(way{fn: sub.fn})
	}
	if via := w.sourcesOf(sub, call) &^ byNothing; via != 0 {
		if ends, ok := w.endsThrough(via, call); ok {
			return errorSet{ends: ends, closed: true}
		}
	}
	if w.makes(sub, call) && !call.Ellipsis.IsValid() {
		return w.madeOf(call, s)
	}
	return w.named(w.sentinels(sub, call), false)
}

// makes reports whether a call does nothing but make an error.
func (x *Index) makes(s *subject, call *ast.CallExpr) bool {
	if makesErrors(s.fn) {
		return true
	}
	results := s.fn.Signature().Results()
	if results.Len() != 1 || x.kind(s, call)&outcomes != 0 {
		return false
	}
	return x.alwaysFails(s, call) && x.summaries[s.fn] == nil && len(x.sentinels(s, call)) == 0 || !types.IsInterface(results.At(0).Type()) && strings.Contains(strings.ToLower(s.fn.Name()), "err")
}

// madeOf gives which errors a call may give that makes one of what it is given: a new one, unless it holds another
// that is more than the reason why a context ended.
func (w *walk) madeOf(call *ast.CallExpr, s state) errorSet {
	set := w.one(way{at: call.Pos()})
	for _, arg := range call.Args {
		inner, ok := ast.Unparen(arg).(*ast.CallExpr)
		if ok && isError(w.info.TypeOf(inner)) {
			held := w.givenBy(inner, s)
			set.held = set.held || held.ends != 0
			set.closed = set.closed && held.closed && held.ways == 0
		} else if w.holdsAnother([]ast.Expr{arg}) {
			set.closed = false
		}
	}
	return set
}

// endedContext gives the context that a call asks why it ended, or nil.
func endedContext(fn *types.Func, call *ast.CallExpr) ast.Expr {
	if fn.Pkg() == nil || fn.Pkg().Path() != "context" {
		return nil
	}
	switch {
	case fn.Name() == "Err" && fn.Signature().Recv() != nil:
		return receiver(call)
	case fn.Name() == "Cause" && len(call.Args) == 1:
		return call.Args[0]
	}
	return nil
}

// contextSource gives the source that a context is.
func (w *walk) contextSource(e ast.Expr) Sources {
	if from := w.holder(e); from != 0 {
		return from
	}
	return someContext
}

// endsHere gives as sources of this function the contexts that a callee knows as its own.
func (w *walk) endsHere(ends Sources, call *ast.CallExpr) Sources {
	var here Sources
	if ends&ByReceiver != 0 {
		here |= w.contextSource(receiver(call))
	}
	if ends&someContext != 0 {
		here |= someContext
	}
	for ends &= 1<<maxSource - 1; ends != 0; ends &= ends - 1 {
		if i := bits.TrailingZeros32(uint32(ends)); i < len(call.Args) {
			here |= w.contextSource(call.Args[i])
		} else {
			here |= someContext
		}
	}
	return here
}

// endsThrough gives the contexts by which alone a call fails; it is not ok if anything else is among its sources.
func (w *walk) endsThrough(via Sources, call *ast.CallExpr) (ends Sources, ok bool) {
	if via&ByReceiver != 0 {
		return 0, false // a writer that it holds, or a context
	}
	for rest := via; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros32(uint32(rest))
		if i >= len(call.Args) {
			return 0, false
		}
		if t := w.info.TypeOf(call.Args[i]); t == nil || !isContext(t) {
			return 0, false
		}
	}
	return w.endsHere(via, call), true
}

// only gives all the errors that a callee can give, and the contexts whose end it tells; it is not ok if there may be
// others.
func (x *Index) only(s *subject, call *ast.CallExpr) (names []string, ends Sources, ok bool) {
	if l, _ := x.lookup(s, call, sentinels, nil); l != nil {
		names, ends, ok = l.names, l.sources, l.verb == "only"
	} else if sum := x.summaries[s.fn]; sum != nil {
		names, ends, ok = sum.Sentinels, sum.Only&^byNothing, sum.Only != 0
	}
	if ends != 0 {
		names = withoutContexts(names)
	}
	return names, ends, ok
}

// ofContexts are the errors that say why contexts ended, as those do who ask for it.
var ofContexts = [...]string{"context.Canceled", "context.DeadlineExceeded"}

func withoutContexts(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(ofContexts[:], name) })
}

// oneWay reports whether a callee can fail in one way only, by an error that has no name.
func (x *Index) oneWay(s *subject) bool {
	if l, _ := x.lookup(s, nil, onlyWay, nil); l != nil {
		return true
	}
	if isLister(s.fn) && s.fn.Name() == "Get" {
		return true // there is no such object
	}
	sum := x.summaries[s.fn]
	return sum != nil && sum.OneWay
}

// conclude notes in s which errors all the failing returns together may give. It reports false if they are more than a fact
// carries.
func (w *walk) conclude(s *Summary, set errorSet) bool {
	var names []string
	named := true
	for i, by := range w.ways {
		if set.ways&(1<<i) == 0 {
			continue
		}
		if by.name == "" {
			named = false
			continue
		}
		names = append(names, by.name)
	}
	if set.ends != 0 {
		names = append(names, ofContexts[:]...)
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) <= maxSentinels {
		s.Sentinels = names
	}
	switch {
	case !set.closed || set.held || len(names) > maxSentinels:
	case !named:
		s.OneWay = set.ends == 0 && bits.OnesCount32(set.ways) == 1
	case set.ways != 0, set.ends != 0 && set.ends != s.Through:
		s.Only = set.ends | byNothing
	}
	return len(names) <= maxSentinels
}

// only gives the summary's list of errors in the words of the table: names, and the contexts among the sources.
func (s *Summary) only() string {
	words := slices.Clone(s.Sentinels)
	if s.Only != byNothing {
		words = withoutContexts(words)
	}
	if ends := (s.Only &^ (byNothing | someContext)).String(); ends != "" {
		words = append(words, ends)
	}
	if s.Only&someContext != 0 {
		words = append(words, "context")
	}
	return strings.Join(words, " ")
}

// parseOnly reads what only gives.
func (l *line) parseOnly(words []string) {
	for _, w := range words {
		if w == "context" {
			l.sources |= someContext
		} else if w == "receiver" {
			l.sources |= ByReceiver
		} else if i, err := strconv.Atoi(w); err == nil && i >= 0 && i < maxSource {
			l.sources |= 1 << i
		} else {
			l.names = append(l.names, w)
		}
	}
	if l.sources != 0 {
		l.names = append(l.names, ofContexts[:]...)
	}
	slices.Sort(l.names)
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
