// Package known answers what is known of functions before anyone looks at a
// call of them: whether they can fail, what they do with an error they are
// given, which results are nil when they fail, what they are for.
//
// Knowledge comes from four sources, and the first that answers a question
// about a function wins:
//
//  1. lines of the user's (flag -facts);
//  2. contracts in source: //errvet: directives in a function's doc comment;
//  3. the tables in this directory: the standard library and well-known modules;
//  4. facts inferred from source, which cross packages.
//
// Inference is syntactic and cheap, because it runs on every dependency. For
// the standard library only the table counts, since some drivers give no facts
// for it. A fact that silences may be true on some path only; a fact that
// accuses holds on every path.
package known

import (
	"fmt"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
)

const doc = `resolve what is known of the functions a package mentions

The known analyzer tells other analyzers what functions do with errors. It
reports only contracts that the code contradicts:

	//errvet:infallible
	func (b *buffer) Write(p []byte) (int, error) { return 0, io.ErrShortWrite }

Directives in the doc comment of a function or of an interface's method are:
infallible (its error is always nil), nil-on-error (its other results are nil
whenever its error is not), handles NAME (it disposes of that parameter), and
boundary (it is where errors end, and may recover).`

// Analyzer resolves what is known of the functions a package mentions or
// declares. Its result is an *Index.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "known",
		Doc:        doc,
		URL:        "https://github.com/errvet/errvet/tree/main/passes/internal/known",
		Requires:   []*analysis.Analyzer{inspect.Analyzer, ctrlflow.Analyzer},
		FactTypes:  []analysis.Fact{new(Summary), new(UsesCompanion), new(NeverReturns), new(StandsFor)},
		ResultType: reflect.TypeFor[*Index](),
		Run:        run,
	}
	a.Flags.Var(new(userFacts), "facts", "facts about functions that win over errvet's own, separated by semicolons: infallible (*example.com/buf.Buffer).Write; arg example.com/log.Report 0 logs")
	return a
}

// userFacts is the value of the flag -facts.
type userFacts struct {
	text  string
	table Table
}

func (u *userFacts) String() string { return u.text }

func (u *userFacts) Set(text string) error {
	var t Table
	if err := t.parse("-facts", text, ";", false); err != nil {
		return fmt.Errorf("%w (write facts as the tables in passes/internal/known/tables do, separated by semicolons)", err)
	}
	u.text, u.table = text, t
	return nil
}

// Standard returns an analyzer that infers for the standard library too, and
// knows its functions by hand-written lines only. The table's generator uses it.
func Standard() *analysis.Analyzer {
	a := newAnalyzer()
	a.Run = func(pass *analysis.Pass) (any, error) { return resolve(pass, true) }
	return a
}

func run(pass *analysis.Pass) (any, error) { return resolve(pass, false) }

func resolve(pass *analysis.Pass, inferStandard bool) (any, error) {
	builtin, err := builtinTables()
	if err != nil {
		return nil, fmt.Errorf("the built-in tables: %w", err)
	}
	x := &Index{
		fset:      pass.Fset,
		info:      pass.TypesInfo,
		syntax:    pass.ResultOf[inspect.Analyzer].(*inspector.Inspector),
		flow:      pass.ResultOf[ctrlflow.Analyzer].(*ctrlflow.CFGs),
		hand:      builtin.hand,
		generated: builtin.generated,
		user:      new(Table),
		summaries: map[*types.Func]*Summary{},
		contracts: map[*types.Func]*Contract{},
		subjects:  map[*types.Func]*subject{},
		endings:   map[*types.Var]bool{},
		standIns:  map[*types.Var]*subject{},
	}
	if f := pass.Analyzer.Flags.Lookup("facts"); f != nil {
		if u, ok := f.Value.(*userFacts); ok {
			x.user = &u.table
		}
	}
	if inferStandard {
		x.generated = nil
	}
	if standard(pass) && !inferStandard {
		// It imports nothing that has facts and exports none. What its own
		// functions do is found out only if someone asks, which is where the
		// package itself is analysed, and not as a dependency.
		x.infersNow = func() {
			x.findStandIns(pass.Pkg)
			x.findSites()
			x.infer(pass.Pkg)
		}
		return x, nil
	}
	x.findStandIns(pass.Pkg)
	x.findSites()
	x.importFacts(pass, inferStandard)
	x.importVariables(pass)
	x.findCompanion(pass)
	faults := x.readContracts()
	f := x.infer(pass.Pkg)
	faults = append(faults, f.contradictions()...)
	for _, d := range f.decls {
		if s, ok := x.fact(d.fn); ok {
			pass.ExportObjectFact(d.fn, s)
		}
	}
	for _, fn := range f.abstract {
		if s, ok := x.fact(fn); ok {
			pass.ExportObjectFact(fn, s)
		}
	}
	x.exportVariables(pass)
	x.exportStandIns(pass)
	for _, d := range faults {
		if !generated(pass, d.Pos) {
			pass.Report(d)
		}
	}
	return x, nil
}

// fact gives what other packages need to know of fn: what was inferred, and
// what its contract promises. Tables are not repeated in facts.
func (x *Index) fact(fn *types.Func) (*Summary, bool) {
	s := new(Summary)
	if inferred := x.summaries[fn]; inferred != nil {
		*s = *inferred
	}
	if c := x.contracts[fn]; c != nil {
		c.overlay(fn, s)
	}
	if !fn.Exported() {
		s.Kind &^= beside // nobody else calls it
		s.MayNil, s.Held = 0, 0
	}
	if s.Only == 0 {
		s.Sentinels = public(s.Sentinels)
	}
	s.Wrapped = public(s.Wrapped)
	return s, !s.empty()
}

// importFacts fetches what dependencies' facts say of the functions this
// package mentions, since facts may be asked for during the run only.
func (x *Index) importFacts(pass *analysis.Pass, fromStandard bool) {
	silent := map[*types.Package]bool{nil: true, pass.Pkg: true} // those that have no facts
	met := map[*types.Func]bool{}
	fetch := func(fn *types.Func) {
		if met[fn] {
			return
		}
		met[fn] = true
		none, asked := silent[fn.Pkg()]
		if !asked {
			none = IsStandard(fn.Pkg().Path()) && !fromStandard
			silent[fn.Pkg()] = none
		}
		if none {
			return
		}
		s := new(Summary)
		if pass.ImportObjectFact(fn, s) {
			x.summaries[fn] = s
		}
	}
	for _, u := range x.uses {
		fetch(u.fn)
	}
	for i := range x.sites {
		for _, fn := range x.asked(&x.sites[i]) {
			fetch(fn)
		}
	}
}

// asked gives the methods of a call's arguments that decide about the call,
// though the source does not mention them: Write for fmt.Fprintf, and what
// tells why it ends for what is run over.
func (x *Index) asked(site *Site) []*types.Func {
	fn := site.Callee
	if fn != nil && (fn.Name() == "Next" || fn.Name() == "Scan") {
		if recv := receiver(site.Call); recv != nil {
			return errMethods(x.info.TypeOf(recv))
		}
	}
	if fn == nil || fn.Pkg() == nil || !x.hand.asking[fn.Name()] && !x.user.asking[fn.Name()] {
		return nil
	}
	var found []*types.Func
	for _, t := range [...]*Table{x.user, x.hand} { // generated lines have no conditions
		section := t.section(fn.Pkg().Path())
		if section == nil {
			continue
		}
		for _, name := range section.asks[keyOf(fn)] {
			for _, arg := range site.Call.Args {
				typ := x.info.TypeOf(arg)
				if typ == nil {
					continue
				}
				if name == jsonWord {
					found = append(found, jsonMethods(typ)...)
				} else if m, _, _ := types.LookupFieldOrMethod(typ, true, nil, name); m != nil {
					if method, ok := m.(*types.Func); ok {
						found = append(found, method.Origin())
					}
				}
			}
		}
	}
	return found
}

// errMethods gives the methods of t that tell an error it keeps.
func errMethods(t types.Type) []*types.Func {
	var found []*types.Func
	for _, name := range [...]string{"Err", "Error"} {
		if m, _, _ := types.LookupFieldOrMethod(t, true, nil, name); m != nil {
			if method, ok := m.(*types.Func); ok {
				found = append(found, method.Origin())
			}
		}
	}
	return found
}

// Of gives the index that the known analyzer made for this pass. It looks for
// the result, not for the analyzer, because drivers may work on copies of it.
// It is nil if the pass does not require known.
func Of(pass *analysis.Pass) *Index {
	for _, result := range pass.ResultOf {
		if x, ok := result.(*Index); ok {
			return x
		}
	}
	return nil
}
