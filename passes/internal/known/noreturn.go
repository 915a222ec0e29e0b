package known

import (
	"go/ast"
	"go/types"
	"slices"
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
	return isFatal(s.fn) || x.flow != nil && x.flow.NoReturn(s.fn) || call != nil && x.toldToEnd(s.fn, call)
}

// toldToEnd reports whether a record is written through a logger that was told before, in the same chain of calls, to end
// the program or to panic behind it. How it does so is in its fields, behind an interface mostly, where nobody sees it:
//
//	log.WithFatal().WithError(err).Error(ctx, "no database")
//	log.Fatal().Err(err).Msg("no database")
func (x *Index) toldToEnd(fn *types.Func, call *ast.CallExpr) bool {
	if fn.Signature().Recv() == nil || fn.Signature().Results().Len() != 0 {
		return false
	}
	level, event := isLevelForm(fn.Name()), isEventEnd(fn.Name())
	if !level && !event {
		return false
	}
	last := receiver(call)
	for range 64 { // a bound on what a chain may be long
		link, ok := ast.Unparen(last).(*ast.CallExpr)
		if !ok {
			return false
		}
		with, from := x.Callee(link), receiver(link)
		if with == nil || from == nil {
			return false
		}
		switch with.Name() {
		case "WithFatal", "WithPanic":
			if level && x.logsBy(from, fn) {
				return true
			}
		case "Fatal", "Panic": // as zerolog and those who took its form have it
			if event && len(link.Args) == 0 && isLogging(with) {
				return true
			}
		}
		if with.Signature().Recv() == nil || level && !x.logsBy(from, fn) {
			return false // no link that hands the logger on
		}
		last = from
	}
	return false
}

// logsBy reports whether e has a method of fn's name, as fn's receiver has: a logger that it was made of.
func (x *Index) logsBy(e ast.Expr, fn *types.Func) bool {
	t := x.info.TypeOf(e)
	if t == nil {
		return false
	}
	m, _, _ := types.LookupFieldOrMethod(t, true, fn.Pkg(), fn.Name())
	_, ok := m.(*types.Func)
	return ok
}

// isLogging reports whether fn belongs to a logger, or to a package for logging.
func isLogging(fn *types.Func) bool {
	if recv := fn.Signature().Recv(); recv != nil {
		if obj := typeName(recv.Type()); obj != nil && strings.Contains(strings.ToLower(obj.Name()), "log") {
			return true
		}
	}
	path := fn.Pkg().Path()
	return strings.Contains(path[strings.LastIndexByte(path, '/')+1:], "log")
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
// driver: for os.Exit and log.Fatal there is the table. It takes each deferred call for one that may recover.
func (f *inference) neverReturns(d *declaration) bool {
	if f.flow.NoReturn(d.fn) {
		return true
	}
	ends := false
	for i := range d.sites {
		s := &d.sites[i]
		switch s.Builtin() {
		case "recover":
			return false
		case "panic":
			ends = ends || !f.defersRescue(d)
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

// defersRescue reports whether a function defers a call that may recover: one of a function value, of an interface's method,
// or of a function of this or of another package that is not known to leave a panic alone. Only what is deferred itself can
// recover, so nothing that it calls is looked at; literals are part of the function.
func (f *inference) defersRescue(d *declaration) bool {
	may := false
	ast.Inspect(d.syntax.Body, func(n ast.Node) bool {
		deferred, ok := n.(*ast.DeferStmt)
		if !ok {
			return !may
		}
		if _, ok := ast.Unparen(deferred.Call.Fun).(*ast.FuncLit); ok {
			return true
		}
		fn := f.Callee(deferred.Call)
		if fn == nil {
			may = may || f.Builtin(deferred.Call) == ""
		} else if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			may = true
		} else if there := f.byFunc[fn.Origin()]; there != nil {
			may = may || slices.ContainsFunc(there.sites, func(s Site) bool { return (&s).Builtin() == "recover" })
		} else {
			may = may || fn.Pkg() == nil || !IsStandard(fn.Pkg().Path())
		}
		return !may
	})
	return may
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
