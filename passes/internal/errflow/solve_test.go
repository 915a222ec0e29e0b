package errflow

import (
	"go/ast"
	"strconv"
	"strings"
	"testing"
)

// TestSolve compares what is proved where look is called with what the call says: each word pair names a place
// and its state. A flag is true or false, a slice empty or filled; what is proved of code that nothing reaches
// is "unreached".
func TestSolve(t *testing.T) {
	const shared = `package p

import (
	"errors"
	"os"
	"sync"
)

var _ sync.Once

var errBusy = errors.New("busy")

func work() error { return os.Chdir("work") }

func find() (*int, error) { return nil, work() }

func failed(err error) bool { return err != nil }

func fine(err error) bool { return err == nil }

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func never() error { return nil }

func look(string) {}

`
	for name, src := range map[string]string{
		"birth": `
	err := work()
	look("err unknown")
	_ = err`,
		"declared": `
	var err error
	var ok bool
	var errs []error
	look("err nil, ok false, errs empty")
	_, _, _ = err, ok, errs`,
		"test": `
	err := work()
	if err != nil {
		look("err non-nil")
	} else {
		look("err nil")
	}
	look("err unknown")`,
		"return": `
	err := work()
	if err != nil {
		return
	}
	look("err nil")`,
		"yoda and not": `
	err := work()
	if !(nil != err) {
		look("err nil")
	} else {
		look("err non-nil")
	}`,
		"and": `
	a, b := work(), work()
	if a == nil && b == nil {
		look("a nil, b nil")
	} else {
		look("a unknown, b unknown")
	}
	if a != nil && b == nil {
		return
	}
	if a != nil {
		look("a non-nil, b unknown") // what one error says of another is not kept
	}`,
		"or": `
	a, b := work(), work()
	if a != nil || b != nil {
		look("a unknown, b unknown")
		return
	}
	look("a nil, b nil")`,
		"sentinel": `
	err := work()
	if err == errBusy {
		look("err non-nil")
	} else {
		look("err unknown")
	}
	err = errBusy
	look("err non-nil")`,
		"kind": `
	err := work()
	if errors.Is(err, errBusy) {
		look("err non-nil")
	} else {
		look("err unknown")
	}`,
		"new": `
	err := errors.New("a")
	look("err non-nil")
	err = nil
	look("err nil")
	err = never()
	look("err nil")
	_ = err`,
		"copy": `
	err := work()
	e := err
	if e != nil {
		look("err non-nil, e non-nil")
	} else {
		look("err nil, e nil")
	}
	err = work()
	look("err unknown, e unknown")
	if err != nil {
		look("err non-nil, e unknown")
	}`,
		"copy before test": `
	err := work()
	if err != nil {
		return
	}
	e := err
	err = work()
	look("err unknown, e nil")
	_ = e`,
		"flag": `
	err := work()
	ok := err == nil
	if ok {
		look("err nil, ok true")
	} else {
		look("err non-nil, ok false")
	}
	if err != nil {
		look("err non-nil, ok false")
		return
	}
	look("err nil, ok true")`,
		"flag negated": `
	err := work()
	bad := !(err == nil)
	if bad {
		look("err non-nil, bad true")
	} else {
		look("err nil, bad false")
	}`,
		"flag of a flag": `
	err := work()
	ok := err == nil
	fine := ok
	if fine {
		look("err nil, fine true")
	} else {
		look("err non-nil, fine false")
	}`,
		"flag of a kind": `
	err := work()
	busy := errors.Is(err, errBusy)
	if busy {
		look("err non-nil, busy true")
	} else {
		look("err unknown, busy false")
	}
	if err == nil {
		look("err nil, busy false")
	}`,
		"flag outlived": `
	err := work()
	ok := err == nil
	err = work()
	if ok {
		look("err unknown, ok true")
	}`,
		"flag given": `
	ok := work() == nil
	look("ok unknown")
	ok = true
	look("ok true")
	ok = false
	look("ok false")
	_ = ok`,
		"flag known when set": `
	err := work()
	if err != nil {
		return
	}
	ok := err == nil
	look("ok true")
	_ = ok`,
		"helper": `
	err := work()
	if failed(err) {
		look("err non-nil")
	} else {
		look("err nil")
	}
	if !fine(err) {
		look("err non-nil")
		return
	}
	look("err nil")`,
		"check": `
	err := work()
	check(err)
	look("err nil")`,
		"slice": `
	var errs []error
	look("errs empty")
	if err := work(); err != nil {
		errs = append(errs, err)
		look("errs filled")
	}
	look("errs unknown")
	if len(errs) > 0 {
		look("errs filled")
		return
	}
	look("errs empty")`,
		"slice counted in other ways": `
	var errs []error
	for range 3 {
		errs = append(errs, work())
	}
	if len(errs) == 0 {
		look("errs empty")
	} else {
		look("errs filled")
	}
	if len(errs) >= 1 {
		look("errs filled")
	}
	if len(errs) < 1 {
		look("errs empty")
	}
	if len(errs) > 1 {
		look("errs unknown")
	}`,
		"switch": `
	err := work()
	switch {
	case err == nil:
		look("err nil")
	case errors.Is(err, errBusy):
		look("err non-nil")
	default:
		look("err non-nil")
	}`,
		"tagged switch": `
	err := work()
	switch err {
	case nil:
		look("err nil")
	case errBusy:
		look("err non-nil")
	default:
		look("err non-nil")
	}`,
		"type switch": `
	err := work()
	switch err.(type) {
	case *os.PathError:
		look("err non-nil")
	case nil:
		look("err nil")
	default:
		look("err non-nil")
	}`,
		"fallthrough": `
	err := work()
	switch {
	case err == nil:
		fallthrough
	case err == errBusy:
		look("err unknown")
	}`,
		"loop": `
	var err error
	for err == nil {
		look("err nil")
		err = work()
		look("err unknown")
	}
	look("err non-nil")`,
		"loop joins its turns": `
	var err error
	for range 3 {
		look("err unknown")
		err = work()
	}
	look("err unknown")
	_ = err`,
		"loop left": `
	for {
		err := work()
		if err != nil {
			look("err non-nil")
			continue
		}
		look("err nil")
		break
	}`,
		"impossible": `
	var err error
	if err != nil {
		look("unreached")
	}
	look("err nil")`,
		"impossible twice": `
	err := work()
	if err == nil {
		return
	}
	if err == nil {
		look("unreached")
	}
	look("err non-nil")`,
		"behind an exit": `
	err := work()
	if err != nil {
		os.Exit(1)
	}
	look("err nil")
	panic("end")
	look("unreached")`,
		"goto": `
	err := work()
	if err != nil {
		goto out
	}
	look("err nil")
	return
out:
	look("err non-nil")`,
		"shadow": `
	err := work()
	if err != nil {
		var err error
		look("err non-nil nil")
		_ = err
	}`,
		"address": `
	err := work()
	p := &err
	if err != nil {
		look("err unknown")
	}
	_ = p`,
		"goroutine": `
	var err error
	go func() { err = work() }()
	if err == nil {
		look("err unknown")
	}`,
		"closure in place": `
	var err error
	func() {
		look("err nil")
		err = work()
	}()
	look("err unknown")
	_ = err`,
		"closure that may run": `
	var err error
	var once sync.Once
	once.Do(func() {
		look("err nil")
		err = errBusy
		look("err non-nil")
	})
	look("err unknown")
	_ = err`,
		"closure kept": `
	var err error
	try := func() { err = work() }
	look("err nil")
	try()
	look("err unknown")
	_ = err`,
		"field": `
	var s struct{ err error }
	s.err = errBusy
	look("s.err non-nil")
	work()
	look("s.err unknown")
	if s.err == nil {
		look("s.err nil")
	}`,
		"nil in a tuple": `
	v, err := find()
	if err == nil {
		look("err nil")
	}
	_ = v`,
		"select": `
	errs := make(chan error)
	var err error
	select {
	case err = <-errs:
		look("err unknown")
	default:
		look("err nil")
	}
	_ = err`,
		"two errors": `
	a, b := work(), work()
	if a == b {
		look("a unknown, b unknown")
	}`,
		"swap": `
	a, b := work(), error(nil)
	if a == nil {
		return
	}
	look("a non-nil")
	_ = b`,
	} {
		t.Run(name, func(t *testing.T) {
			fl, fset := flowOf(t, shared+"func f() {"+src+"\n}\n")
			looks := 0
			for f := range fl.Funcs() {
				if f.Top().Name() != "f" || f.Role == Inline {
					continue // what runs in place is looked at where it runs
				}
				for _, l := range looksIn(t, f) {
					looks++
					if l.got != l.want {
						t.Errorf("%s: proved: %s, want: %s", fset.Position(l.at.Pos()), l.got, l.want)
					}
				}
			}
			if want := strings.Count(src, "look("); looks != want {
				t.Errorf("%d of %d looks found", looks, want)
			}
		})
	}
}

type look struct {
	at        ast.Node
	got, want string
}

// looksIn solves f and reads the states in front of its calls of look.
func looksIn(t *testing.T, f *Func) []look {
	t.Helper()
	var list []look
	states := f.solve()
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind != opCall || callText(o.node.(*ast.CallExpr)) != "look" {
				continue
			}
			want, err := strconv.Unquote(o.node.(*ast.CallExpr).Args[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			l := look{at: o.node, got: "unreached", want: want}
			if states[blk.id].reached {
				st := states[blk.id].clone()
				for j := range i {
					st.apply(f.g, &blk.ops[j])
				}
				l.got = proved(f.g, st, want)
			}
			list = append(list, l)
		}
	}
	return list
}

// proved renders the states of the places that want names.
func proved(g *graph, st state, want string) string {
	var parts []string
	for pair := range strings.SplitSeq(want, ", ") {
		name, _, _ := strings.Cut(pair, " ")
		part := name
		for _, p := range g.places { // more than one where a name is shadowed
			if p.name == name {
				part += " " + word(p, st.nils[p.id])
			}
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func word(p *place, n Nilness) string {
	words := [...]string{Unknown: "unknown", Nil: "nil", NonNil: "non-nil"}
	switch p.kind {
	case flagPlace:
		words[Nil], words[NonNil] = "false", "true"
	case slicePlace:
		words[Nil], words[NonNil] = "empty", "filled"
	}
	return words[n]
}
