package errflow

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// odd are bodies of functions that the engine has to take as they are: legal but strange, and broken.
var odd = []string{
	"",
	";",
	"select {}",
	"for {}",
	"for { select {} }",
	"var err error; for range 3 { err = work() }",
	"L: for { break L }",
	"L: for { continue L }",
	"L: { goto L }",
	"goto L; L:",
	"L: goto L",
	"goto L; err := work(); L: _ = err",
	"break",
	"continue",
	"fallthrough",
	"break L",
	"continue L",
	"goto missing",
	"L: L: return nil",
	"L: switch { case true: break L }",
	"L: select { case <-ch: break L; default: continue L }",
	"switch {}",
	"switch err := work(); {}",
	"switch err := work(); err {}",
	"switch work() { case nil: fallthrough; case errA: fallthrough; default: }",
	"switch work() { default: fallthrough; case nil: return nil }",
	"switch x := any(work()).(type) {}",
	"switch x := any(work()).(type) { case error: return x; case nil, int: _ = x; default: _ = x }",
	"switch work().(type) { case fallthrough: }",
	"switch err := work(); e := err.(type) { default: return e }",
	"switch err.(type) { case error: }",
	"switch true { case work() == nil: }",
	"switch 1 { case 1, 2, 3: err := work(); _ = err }",
	"select { case err := <-errs: return err; case err, ok := <-errs: _, _ = err, ok; case errs <- work(): default: }",
	"select { case x.err = <-errs: case m[\"a\"] = <-errs: case *p = <-errs: }",
	"select { case <-f(): }",
	"select { default: }",
	"select { case: }",
	"for err := range errs { return err }",
	"for i, err := range []error{} { _ = i; return err }",
	"for x.err = range errs {}",
	"for m[\"a\"], x.err = range map[string]error{} {}",
	"for range errs {}",
	"for err = range 3 {}",
	"for err := work(); err != nil; err = work() {}",
	"for ; ; work() {}",
	"for i := range func(yield func(error) bool) { yield(work()) } { return i }",
	"return work(); return work(); err := work(); _ = err",
	"panic(work()); return nil",
	"return",
	"return nil, nil",
	"return f2()",
	"return 1",
	"return undefined",
	"err := undefined(); return err",
	"err := work(1, 2, 3); return err",
	"a, b := work(); return b",
	"a, b, c := f2(); return c",
	"a, err := f2(), 1; return err",
	"var a, err = f2(); return err",
	"var err error = 1; return err",
	"err = work(); return err",
	"x.y.z = work()",
	"x.err = work(); if x.err != nil { return x.err }",
	"x.in.err = work(); x = other; return x.in.err",
	"x.in = other.in; return x.in.err",
	"m[\"a\"] = work(); return m[\"a\"]",
	"m[work().Error()], err2 := f2(); return err2",
	"*p = work(); return *p",
	"_ = &x.err; x.err = work()",
	"_, _ = f2(); _, _ = 1, work()",
	"_ = _",
	"_ := work()",
	"nil := work(); return nil",
	"error := work(); return error",
	"true := work() == nil; if true { return nil }",
	"panic := func(error) {}; panic(work()); return nil",
	"append := work; _ = append()",
	"len := work; if len() != nil { return nil }",
	"err, err := work(), work(); return err",
	"err := work(); err := work(); return err",
	"a, b := work(), work(); a, b = b, a; return a",
	"func() { return work() }()",
	"err := func() error { return func() error { return work() }() }(); return err",
	"var rec func() error; rec = func() error { return rec() }; return rec()",
	"var err error; func() { func() { err = work() }() }(); return err",
	"f := func() { f() }; f()",
	"f := func() error { return nil }; defer f(); go f(); return f()",
	"func() { goto L; L: }()",
	"func() { L: for { break L } ; return }()",
	"for { func() { break }() }",
	"defer func() { recover() }(); panic(work())",
	"defer recover()",
	"defer func() { err := recover().(error); _ = err }()",
	"defer work",
	"go work",
	"defer (func() {})()",
	"defer func(err error) { _ = err }(work())",
	"for range 70 { defer work() }",
	"defer x.err.Error()",
	"go func() { defer func() { go func() { _ = work() }() }() }()",
	"errors.Is(); errors.As(work()); errors.Join()",
	"if errors.Is(work(), errA) { return nil }",
	"if errors.As(work(), nil) {}",
	"if e, ok := errors.AsType[*myErr](work()); ok { return e }",
	"if err := work(); errors.Is(err) { return err }",
	"if !(!(work() != nil)) || work() == nil && !(work() == work()) { return nil }",
	"if nil == nil { return nil }",
	"if nil != work() {}",
	"if work() {}",
	"if x {}",
	"if err := work(); true || err != nil { return err }",
	"if err := work(); false { return err }",
	"if len(errs) > 0 { return nil }",
	"var list []error; list = append(list); list = append(list, work(), nil); if len(list) != 0 { return list[0] }",
	"var list []error; list = append(list, list...); if len(list) > 1e9 { return nil }",
	"append([]error{}, work())",
	"len(work())",
	"var e myErr; return e",
	"var e *myErr; return e",
	"return &myErr{}",
	"return myErr{}.Unwrap()",
	"return interface{ error }(nil)",
	"return error(nil)",
	"return (work())",
	"return (((nil)))",
	"return x.method()",
	"return work.x()",
	"err := (*T).method(x); return err",
	"g := x.method; err := g(); return err",
	"err := generic[error](nil); return err",
	"err := generic(work()); return err",
	"v, err := generic2(1); return err",
	"err := any(nil).(error); return err",
	"err, ok := any(nil).(error); if ok { return err }",
	"err, ok := m[\"a\"]; if !ok { return err }",
	"err += work()",
	"err++",
	"const err = 1; return err",
	"type error int; var e error; _ = e; return nil",
	"type T struct { error }; return T{work()}",
	"import \"os\"",
	"if",
	"for {",
	"switch {",
	"err := ; return err",
	"return work(",
	"func() {",
	"}",
	"var (",
	"x.",
	"defer",
	"go func",
	"case nil:",
	"err := work(); if err != nil { return err",
}

const oddShared = `package p

import "errors"

var errA = errors.New("a")

type myErr struct{ error }

func (e *myErr) Unwrap() error { return e.error }

type T struct {
	err error
	in  struct{ err error }
}

func (t *T) method() error { return t.err }

func work() error

func f2() (int, error)

func generic[E error](e E) E { return e }

func generic2[V any](v V) (V, error) { return v, work() }

var (
	x, other *T
	m        map[string]error
	p        *error
	ch       chan int
	errs     chan error
)

`

// heads are the functions around a body.
var heads = []string{
	"func f() error {\n%s\n}\n",
	"func f() (err error) {\n%s\n}\n",
	"func f(err error) {\n%s\n}\n",
	"func f() (_ int, _ error) {\n%s\n}\n",
	"func f[E error](e E) (E, error) {\n%s\n}\n",
	"var f = func() error {\n%s\n}\n",
	"func (t *T) f() (n int, err error) {\n%s\n}\n",
	"func f() error {\n\tdefer func() {\n%s\n\t}()\n\treturn work()\n}\n",
	"func f() error {\n\tgo func() error {\n%s\n\t}()\n\treturn nil\n}\n",
	"func f() error {\n\tvar err error\n\tfunc() {\n%s\n\t}()\n\treturn err\n}\n",
}

// TestOdd runs the engine, the lives and the graphs over code that is odd or does not compile: it neither
// panics nor loops, whatever it says.
func TestOdd(t *testing.T) {
	lives := 0
	for _, body := range odd {
		for _, head := range heads {
			lives += survive(t, oddShared+fmt.Sprintf(head, body))
		}
	}
	if lives < len(odd)*len(heads) {
		t.Errorf("only %d lives in %d bodies: the engine did not look at them", lives, len(odd)*len(heads))
	}
}

// TestOddMixed does the same with bodies put together at random, by a fixed seed.
func TestOddMixed(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var body strings.Builder
		for range 1 + r.IntN(6) {
			s := odd[r.IntN(len(odd))]
			if strings.Count(s, "{") != strings.Count(s, "}") || strings.HasSuffix(s, "(") {
				continue // would swallow the rest
			}
			switch r.IntN(6) {
			case 0:
				fmt.Fprintf(&body, "if err := work(); err != nil {\n%s\n}\n", s)
			case 1:
				fmt.Fprintf(&body, "for range 3 {\n%s\n}\n", s)
			case 2:
				fmt.Fprintf(&body, "func() {\n%s\n}()\n", s)
			default:
				body.WriteString(s + "\n")
			}
		}
		survive(t, oddShared+fmt.Sprintf(heads[r.IntN(len(heads))], body.String()))
	}
}

// survive runs everything over a snippet. The identifiers that do not resolve and the types that do not fit are
// what it is for. It returns how many lives there are.
func survive(t *testing.T, src string) (lives int) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("panic: %v\n%s", r, src)
		}
	}()
	pass, _ := check(t, src)
	fl := flow(t, pass)
	for f := range fl.Funcs() {
		for _, l := range fl.Lives(f) {
			lives++
			if n := l.Value.Node; l.String() == "" || n.Pos() < f.Node.Pos() || f.Node.End() < n.End() {
				t.Errorf("a life without words or outside its function: %q", l)
			}
		}
		if f.Graph() == "" {
			t.Errorf("no graph of %s", f.Name())
		}
	}
	return lives
}
