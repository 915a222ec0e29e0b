package known

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
)

// NeverReturns is the fact of a package's variable whose functions all never return:
//
//	var Exit = os.Exit // tests put another in its place
type NeverReturns struct{}

// AFact makes NeverReturns a fact.
func (*NeverReturns) AFact() {}

func (*NeverReturns) String() string { return "noreturn" }

// calledVariable gives the package's variable that a call calls, of whatever package, or nil.
func (x *Index) calledVariable(call *ast.CallExpr) *types.Var {
	return packageVariable(object(x.info, call.Fun))
}

func packageVariable(obj types.Object) *types.Var {
	if v, ok := obj.(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return v
	}
	return nil
}

// importVariables fetches what is known of the variables of other packages that this one calls.
func (x *Index) importVariables(pass *analysis.Pass) {
	for i := range x.sites {
		v := packageVariable(x.sites[i].Object)
		if v == nil || v.Pkg() == pass.Pkg || IsStandard(v.Pkg().Path()) {
			continue
		}
		if _, met := x.endings[v]; !met {
			x.endings[v] = pass.ImportObjectFact(v, new(NeverReturns))
			x.importStandIn(pass, v)
		}
		x.sites[i].sub = x.standIns[v]
	}
}

// exportVariables tells other packages of those of this one.
func (x *Index) exportVariables(pass *analysis.Pass) {
	for v, ends := range x.endings {
		if ends && v.Pkg() == pass.Pkg && v.Exported() {
			pass.ExportObjectFact(v, new(NeverReturns))
		}
	}
}

// variableEnds reports whether whatever the package's variable v holds never returns. What tests put there does not
// count, nor does nil: to call that is to panic.
func (f *inference) variableEnds(v *types.Var) bool {
	if v == nil {
		return false
	}
	if ends, met := f.endings[v]; met {
		return ends
	}
	if v.Pkg() != f.pkg {
		return false
	}
	f.endings[v] = false // should it go in a circle
	if f.held == nil {
		f.held = f.valuesHeld(f.pkg)
	}
	ends := false
	for _, e := range f.held[v] {
		if e != nil && f.info.Types[e].IsNil() {
			continue
		}
		if ends = e != nil && f.valueEnds(e); !ends {
			break
		}
	}
	f.endings[v] = ends
	return ends
}

// settleVariables finds out about all variables that the package calls, or that others may call.
func (f *inference) settleVariables() {
	for i := range f.sites {
		f.variableEnds(packageVariable(f.sites[i].Object))
	}
	scope := f.pkg.Scope()
	for _, name := range scope.Names() {
		if !token.IsExported(name) {
			continue
		}
		if v, ok := scope.Lookup(name).(*types.Var); ok {
			if _, function := v.Type().Underlying().(*types.Signature); function {
				f.variableEnds(v)
			}
		}
	}
}

// valuesHeld gives what is put into the package's variables of functions; nil where that is out of sight.
func (x *Index) valuesHeld(pkg *types.Package) map[*types.Var][]ast.Expr {
	held := map[*types.Var][]ast.Expr{}
	forTests := x.variableForTests()
	put := func(at ast.Expr, e ast.Expr) {
		if at == nil {
			return
		}
		var v *types.Var
		if id, ok := ast.Unparen(at).(*ast.Ident); ok { // Defs, too
			v = packageVariable(x.info.ObjectOf(id))
		}
		if v == nil || v.Pkg() != pkg || forTests[v] && !declares(x.info, at) {
			return
		}
		if _, function := v.Type().Underlying().(*types.Signature); function && !x.inTest(at.Pos()) {
			held[v] = append(held[v], e)
		}
	}
	all := func(lhs, rhs []ast.Expr) {
		for i, l := range lhs {
			if len(rhs) == len(lhs) {
				put(l, rhs[i])
			} else {
				put(l, nil)
			}
		}
	}
	for n := range x.syntax.PreorderSeq((*ast.AssignStmt)(nil), (*ast.UnaryExpr)(nil), (*ast.RangeStmt)(nil), (*ast.ValueSpec)(nil)) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			all(n.Lhs, n.Rhs)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				put(n.X, nil) // as of a flag
			}
		case *ast.RangeStmt:
			put(n.Key, nil)
			put(n.Value, nil)
		case *ast.ValueSpec:
			if len(n.Values) > 0 {
				lhs := make([]ast.Expr, len(n.Names))
				for i, id := range n.Names {
					lhs[i] = id
				}
				all(lhs, n.Values)
			}
		}
	}
	return held
}

// variableForTests gives the package's variables whose comments say that tests put something else there.
func (x *Index) variableForTests() map[*types.Var]bool {
	said := map[*types.Var]bool{}
	for n := range x.syntax.PreorderSeq((*ast.GenDecl)(nil)) {
		d := n.(*ast.GenDecl)
		for _, s := range d.Specs {
			spec, ok := s.(*ast.ValueSpec)
			if !ok {
				continue
			}
			texts := []*ast.CommentGroup{spec.Doc, spec.Comment}
			if !d.Lparen.IsValid() {
				texts = append(texts, d.Doc)
			}
			for _, text := range texts {
				if !speaksOfTests.MatchString(text.Text()) {
					continue
				}
				for _, id := range spec.Names {
					if v := packageVariable(x.info.Defs[id]); v != nil {
						said[v] = true
					}
				}
			}
		}
	}
	return said
}

var speaksOfTests = regexp.MustCompile(`(?i)\b(tests?|testing|testable|mock(ed|ing|s)?)\b`)

// declares reports whether e is the name of a variable where that is declared.
func declares(info *types.Info, e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && info.Defs[id] != nil
}

func (x *Index) inTest(pos token.Pos) bool {
	return strings.HasSuffix(x.fset.PositionFor(pos, false).Filename, "_test.go")
}

// valueEnds reports whether a function that is handed about as a value never returns.
func (f *inference) valueEnds(e ast.Expr) bool {
	if lit, ok := ast.Unparen(e).(*ast.FuncLit); ok {
		return f.literalEnds(lit)
	}
	switch obj := object(f.info, e).(type) {
	case *types.Var:
		return f.variableEnds(packageVariable(obj))
	case *types.Func:
		fn := obj.Origin()
		if d := f.byFunc[fn]; d != nil && f.summaries[fn] == nil {
			return f.neverReturns(d) // it may be that nobody asked yet
		}
		return f.noReturn(f.subjectOf(fn, nil, nil), nil)
	}
	return false
}

// literalEnds reports whether no path through a function literal leads to its end.
func (f *inference) literalEnds(lit *ast.FuncLit) bool {
	recovers := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			recovers = recovers || f.Builtin(call) == "recover"
		}
		return !recovers
	})
	if recovers {
		return false
	}
	graph := f.flow.FuncLit(lit)
	return graph != nil && f.noWayOut(graph)
}

// noWayOut reports whether no path through a graph leads to its end.
func (f *inference) noWayOut(graph *cfg.CFG) bool {
	seen := make([]bool, len(graph.Blocks))
	work := []*cfg.Block{graph.Blocks[0]}
	seen[0] = true
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		switch f.leaves(b) {
		case left:
			return false
		case ended:
			continue
		}
		for _, succ := range b.Succs {
			if !seen[succ.Index] {
				seen[succ.Index] = true
				work = append(work, succ)
			}
		}
	}
	return true
}
