package known

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/cfg"
)

// ready makes the inference that was put off, if one was. Whatever is asked
// from outside asks for it first; inference itself asks nothing from outside.
func (x *Index) ready() {
	if x.infersNow != nil {
		x.late.Do(x.infersNow)
	}
}

func (x *Index) noReturn(s *subject, call *ast.CallExpr) bool {
	if l, _ := x.lookup(s, call, noReturn, nil); l != nil {
		return l.verb == "noreturn"
	}
	if sum := x.summaries[s.fn]; sum != nil && sum.NoReturn {
		return true
	}
	return isFatal(s.fn) || x.flow != nil && x.flow.NoReturn(s.fn)
}

// isFatal reports whether fn is a logging package's Fatal or one of its forms: copies of glog and its like come to
// os.Exit by ways that cannot be seen, through what a severity decides or a variable holds.
func isFatal(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Signature().Results().Len() != 0 {
		return false
	}
	switch fn.Name() {
	case "Fatal", "Fatalf", "Fatalln", "Fatalw":
		path := fn.Pkg().Path()
		return strings.Contains(path[strings.LastIndexByte(path, '/')+1:], "log")
	}
	return false
}

// endsAt reports whether a call never returns.
func (f *inference) endsAt(call *ast.CallExpr) bool {
	if s, ok := f.subject(call); ok {
		return f.noReturn(s, call)
	}
	return f.variableEnds(f.calledVariable(call))
}

// neverReturns reports whether no path through a function leads to its end.
// ctrlflow tells it by facts, which nobody has of the standard library in every
// driver: for os.Exit and log.Fatal there is the table.
func (f *inference) neverReturns(d *declaration) bool {
	if f.flow.NoReturn(d.fn) {
		return true
	}
	ends := false
	for i := range d.sites {
		s := &d.sites[i]
		if s.Builtin() == "recover" {
			return false
		}
		ends = ends || s.sub != nil && f.noReturn(s.sub, s.Call) || s.sub == nil && f.variableEnds(packageVariable(s.Object))
	}
	if !ends {
		return false
	}
	graph := f.flow.FuncDecl(d.syntax)
	if graph == nil {
		return false
	}
	return f.noWayOut(graph)
}

type departure uint8

const (
	stays departure = iota
	left            // it returns
	ended           // it calls what never returns
)

// leaves tells how the statements of a block end.
func (f *inference) leaves(b *cfg.Block) departure {
	for _, n := range b.Nodes {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			return left
		case *ast.ExprStmt:
			if call, ok := n.X.(*ast.CallExpr); ok && f.endsAt(call) {
				return ended
			}
		}
	}
	return stays
}
