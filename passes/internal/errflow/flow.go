package errflow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

// Analyzer builds the graphs of a package's functions and searches the lives of their errors. It reports
// nothing. It has no FactTypes: tracing a package must not require tracing its dependencies.
var Analyzer = &analysis.Analyzer{
	Name:       "errflow",
	Doc:        "trace the life of error values from birth to end",
	URL:        "https://github.com/errvet/errvet/tree/main/passes/internal/errflow",
	Requires:   []*analysis.Analyzer{inspect.Analyzer, known.Analyzer},
	ResultType: reflect.TypeFor[*Flow](),
	Run:        run,
}

// A Flow holds what became of the errors of one package. It is immutable and safe for concurrent readers.
type Flow struct {
	info     *types.Info
	pkg      *types.Package
	known    *known.Index
	support  bool // of the file under way: see Func.Support
	command  bool // package main: its user reads what it prints
	inspect  *inspector.Inspector
	funcs    []*Func
	byPos    []*Func // sorted by where their bodies begin
	byLit    map[*ast.FuncLit]*Func
	losses   [classes][]*Loss
	stats    Stats
	spots    []token.Pos // where errors are met, sorted
	channels []token.Pos // where channels of errors are named, sorted
	decls    []inspector.Cursor
	places   func() *places
	onlyUse  map[*types.Var]bool
	untaken  []*Value // calls that end the use of something, or vouch for it, and whose error nobody takes
	files    []*ast.File
	fset     *token.FileSet
	calls    map[*types.Func]int   // calls of what can fail in this package
	fileLogs map[*token.File]bool  // whether a function of the file writes a log, as far as asked
	drops    map[*types.Func]int   // of these, calls whose error nobody takes, on failure paths too
	waives   map[*types.Func]int   // and calls whose results are all assigned to _
	narrow   map[*types.Func]tally // of the calls of this package's functions, those in functions that answer without an error

	taken map[*types.Func]bool // functions of which some call's error is handled, on a path at least, or nobody knows

	quiet map[*types.Var]bool // groups whose functions never fail

	concrete  map[*types.Named]bool // whether a pointer to the type is an error
	nilGivers map[*types.Func]bool  // functions that return a nil pointer of a concrete error type

	roots     map[*types.Func]bool           // functions that are only started or handed on, see rooted
	logging   *bool                          // whether the package writes a log, see writesLog
	questions map[*types.Func][]question     // what is asked of the errors of this package's functions
	bodies    map[*types.Func]*ast.BlockStmt // the bodies of the declared functions that have errors in them
}

// Stats counts what the engine saw and what it could not follow.
type Stats struct {
	Funcs  int // functions with errors in them
	Values int // error values born
	Shared int // of these, values that a closure or pointer may touch at any time
	Over   int // functions whose search met its bound
}

// Of returns the result of the errflow analyzer, or of a copy of it, among those of a pass.
func Of(pass *analysis.Pass) *Flow {
	for _, r := range pass.ResultOf {
		if f, ok := r.(*Flow); ok {
			return f
		}
	}
	return nil
}

func run(pass *analysis.Pass) (any, error) {
	fl := &Flow{info: pass.TypesInfo, pkg: pass.Pkg, command: pass.Pkg.Name() == "main", known: known.Of(pass), byLit: map[*ast.FuncLit]*Func{},
		inspect: pass.ResultOf[inspect.Analyzer].(*inspector.Inspector),
		calls:   map[*types.Func]int{}, drops: map[*types.Func]int{}, waives: map[*types.Func]int{}, narrow: map[*types.Func]tally{}, taken: map[*types.Func]bool{}, fset: pass.Fset, files: pass.Files, concrete: map[*types.Named]bool{}}
	fl.places = sync.OnceValue(fl.findPlaces)
	fl.findDecls()
	fl.findErrors()
	for _, file := range pass.Files {
		name := pass.Fset.PositionFor(file.Package, false).Filename
		if report.ByTool(pass.Fset, file) && name == pass.Fset.Position(file.Package).Filename {
			continue // never reported; what cgo makes of a file names the file it was made from, and is
		}
		inTest := strings.HasSuffix(name, "_test.go")
		fl.support = fl.supportsTests(file)
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				fl.declared(d, inTest)
			case *ast.GenDecl:
				fl.literals(d, inTest)
			}
		}
	}
	fl.byPos = slices.SortedFunc(slices.Values(fl.funcs), func(a, b *Func) int { return cmp.Compare(a.Body.Pos(), b.Body.Pos()) })
	fl.groups()
	for _, f := range fl.funcs {
		fl.trace(f)
		fl.takenForKinds(f)
		fl.nilNil(f)
		fl.contexts(f)
		fl.beside(f)
		fl.retries(f)
	}
	fl.iterators()
	fl.answeredTwice()
	fl.toldBoth()
	fl.closers()
	fl.unheard()
	fl.unprotected()
	fl.custom()
	fl.opaque()
	fl.unreadCauses()
	fl.claim()
	fl.nextTurns()
	fl.settle()
	return fl, nil
}

func (fl *Flow) declared(d *ast.FuncDecl, inTest bool) {
	if d.Body == nil || !fl.hasErrors(d) {
		return
	}
	obj, _ := fl.info.Defs[d.Name].(*types.Func)
	if obj == nil {
		return // does not type-check
	}
	sig := obj.Signature()
	f := &Func{Node: d, Body: d.Body, Sig: sig, Obj: obj, InTest: inTest, Support: fl.support || saidForTests(d), errs: errorResults(sig)}
	f.Role = fl.roleOf(d, obj, inTest)
	fl.build(f)
}

// literals builds the function literals of a package-level declaration.
func (fl *Flow) literals(n ast.Node, inTest bool) {
	if !fl.hasErrors(n) {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if !ok {
			return true
		}
		if sig, ok := fl.info.TypeOf(lit).(*types.Signature); ok && fl.hasErrors(lit) {
			f := &Func{Node: lit, Body: lit.Body, Sig: sig, Role: Callback, InTest: inTest, Support: fl.support, errs: errorResults(sig)}
			f.Role = roleOfLit(sig)
			fl.byLit[lit] = f
			fl.build(f)
		}
		return false
	})
}

func (fl *Flow) build(f *Func) {
	f.fl = fl
	f.births = sync.OnceValue(f.solveBirths)
	fl.funcs = append(fl.funcs, f)
	newBuilder(fl, f).build()
}

// givesError reports whether a result is of type error.
func givesError(sig *types.Signature) bool {
	for r := range sig.Results().Variables() {
		if isError(r.Type()) {
			return true
		}
	}
	return false
}

// errorResults lists the indexes of the results of type error.
func errorResults(sig *types.Signature) []int {
	var list []int
	if sig == nil {
		return nil
	}
	for i := range sig.Results().Len() {
		if isError(sig.Results().At(i).Type()) {
			list = append(list, i)
		}
	}
	return list
}

// trace solves one function and searches the lives of its values.
func (fl *Flow) trace(f *Func) {
	fl.stats.Funcs++
	var conv map[ast.Expr]bool
	if fl.mayHoldNil(f) {
		conv = fl.conversions(f)
	}
	if len(f.values) == 0 && len(f.g.places) == 0 && len(conv) == 0 {
		return
	}
	if len(f.g.places)*len(f.g.blocks) > maxStates {
		f.over = true
	} else {
		f.follow(conv)
	}
	if f.over {
		fl.stats.Over++
		for c := range fl.losses {
			fl.losses[c] = slices.DeleteFunc(fl.losses[c], func(l *Loss) bool { return l.Value.Func == f })
		}
	}
}

// follow searches the lives of f's values. Once a search has met its bound the function is silent, and the
// others are left out: they would meet it too. conv are f's conversions to error.
func (f *Func) follow(conv map[ast.Expr]bool) {
	fl := f.fl
	f.number()
	f.states = f.solve()
	fl.suspects(f)
	fl.typedNils(f, conv)
	for _, v := range f.values {
		fl.stats.Values++
		if v.home != nil && v.home.shared {
			fl.stats.Shared++
			fl.taken[v.Callee] = true
			continue
		}
		if !f.over {
			fl.judge(v, f.lives(v))
		}
	}
	if !f.stops() { // exits asks again
		f.states = nil
	}
}

// number gives each error place its bit in the holder sets.
func (f *Func) number() {
	f.bits = make([]int, len(f.g.places))
	n := 0
	for i, p := range f.g.places {
		f.bits[i] = -1
		if (p.kind == errorPlace || p.kind == tempPlace) && n < maxPlaces {
			f.bits[i] = n
			n++
		}
	}
}

// registered is the set of deferred calls that stand before an op.
func (f *Func) registered(o *op) uint64 {
	var set uint64
	for i, d := range f.g.defers {
		if i < 64 && d.stmt.Pos() < o.pos() {
			set |= 1 << i
		}
	}
	return set
}

// settle sorts the losses and drops those that end at a place where another one already tells the defect, or that
// the same repair mends.
func (fl *Flow) settle() {
	for c, list := range fl.losses {
		sort.SliceStable(list, func(i, j int) bool { return list[i].At.Pos() < list[j].At.Pos() })
		seen, mended := map[ast.Node]bool{}, map[repair]bool{}
		kept := list[:0]
		for _, l := range list {
			if seen[l.At] {
				continue
			}
			if r := fl.repair(l); r != (repair{}) {
				if mended[r] {
					continue
				}
				mended[r] = true
			}
			seen[l.At] = true
			kept = append(kept, l)
		}
		fl.losses[c] = kept
	}
}

// A repair is a place that mends every loss over it: a variable that has to become another one, or one that has to be looked
// at behind the statements of a loop that assign it.
type repair struct {
	p    *place
	loop ast.Node
}

// repair gives the one that mends a loss together with others; it is empty where each is mended by itself.
func (fl *Flow) repair(l *Loss) repair {
	switch {
	case l.mends != nil:
		return repair{p: l.mends}
	case l.Class == Overwrites && l.Case == CaseLastTurn && !l.Strict && l.Value.home != nil:
		if loop := fl.loopAround(l.Value); loop != nil {
			return repair{l.Value.home, loop}
		}
	}
	return repair{}
}

// Losses gives the losses of one class in source order.
func (fl *Flow) Losses(c Class) iter.Seq[*Loss] {
	return func(yield func(*Loss) bool) {
		for _, l := range fl.losses[c] {
			if !yield(l) {
				return
			}
		}
	}
}

// Funcs gives every function of the package that has to do with errors, in source order.
func (fl *Flow) Funcs() iter.Seq[*Func] {
	return func(yield func(*Func) bool) {
		for _, f := range fl.funcs {
			if !yield(f) {
				return
			}
		}
	}
}

// Stats returns the engine's figures for the package.
func (fl *Flow) Stats() Stats { return fl.stats }

// Known returns what is known of functions, as the engine used it.
func (fl *Flow) Known() *known.Index { return fl.known }
