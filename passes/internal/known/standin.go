package known

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// StandsFor is the fact of a package's variable that holds one function of another package, and never another but in
// tests:
//
//	var KeyFunc = cache.MetaNamespaceKeyFunc // a shorter name, or one that tests can replace
//
// To call the variable is to call that function.
type StandsFor struct {
	Pkg, Name string
	Summary   Summary // the function's, which those who import the variable alone could not ask for
}

// AFact makes StandsFor a fact.
func (*StandsFor) AFact() {}

func (s *StandsFor) String() string { return "stands for " + s.Pkg + "." + s.Name }

// findStandIns finds the variables of the package that stand for a function. What is declared beside the variable is
// its default, and others put their own there; a function of another package that is put there once is meant.
func (x *Index) findStandIns(pkg *types.Package) {
	for _, init := range x.info.InitOrder {
		if len(init.Lhs) != 1 || packageVariable(init.Lhs[0]) == nil {
			continue
		}
		fn, ok := object(x.info, init.Rhs).(*types.Func)
		if !ok || fn.Pkg() == nil || fn.Pkg() == pkg || fn.Signature().Recv() != nil || fn.Signature().TypeParams() != nil || x.inTest(init.Lhs[0].Pos()) {
			continue
		}
		if x.held == nil {
			x.held = x.valuesHeld(pkg)
		}
		if len(x.held[init.Lhs[0]]) == 1 {
			x.standIns[init.Lhs[0]] = x.subjectOf(fn, nil, nil)
		}
	}
}

// standIn gives what is known of the function that a package's variable stands for, or nil.
func (x *Index) standIn(obj types.Object) *subject {
	if v := packageVariable(obj); v != nil {
		return x.standIns[v]
	}
	return nil
}

// importStandIn fetches what v of another package stands for. The function is made anew: whether an importer's types
// hold the real one depends on what else it imports.
func (x *Index) importStandIn(pass *analysis.Pass, v *types.Var) {
	var fact StandsFor
	if x.standIns[v] != nil || !pass.ImportObjectFact(v, &fact) {
		return
	}
	sig, ok := v.Type().Underlying().(*types.Signature)
	if !ok {
		return
	}
	pkg := types.NewPackage(fact.Pkg, "")
	fn := types.NewFunc(v.Pos(), pkg, fact.Name, sig)
	if !fact.Summary.empty() {
		x.summaries[fn] = &fact.Summary
	}
	x.standIns[v] = x.newSubject(fn, nil, nil)
}

// exportStandIns tells other packages of those of this one.
func (x *Index) exportStandIns(pass *analysis.Pass) {
	for v, s := range x.standIns {
		if v.Pkg() != pass.Pkg || !v.Exported() {
			continue
		}
		fact := &StandsFor{Pkg: s.fn.Pkg().Path(), Name: s.fn.Name()}
		if sum := x.summaries[s.fn]; sum != nil {
			fact.Summary = *sum
		}
		pass.ExportObjectFact(v, fact)
	}
}
