package errflow

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// Calls that run a function literal, and whose error is the literal's: helpers for retries, locks, transactions.

// runs returns the function literal that v's call runs before it returns, if the literal gives an error and the call gives
// no more than one: what fails then is the literal, mostly, and not the callee.
func (fl *Flow) runs(v *Value) *Func {
	if v.Call == nil || v.Callee == nil {
		return nil
	}
	for i, a := range v.Call.Args {
		lit, ok := ast.Unparen(a).(*ast.FuncLit)
		if !ok {
			continue
		}
		if f := fl.byLit[lit]; f != nil && len(f.errs) == 1 && fl.known.Arg(v.Call, i)&(known.Calls|known.CallsLater|known.Escapes) == known.Calls {
			return f
		}
	}
	return nil
}

// losesWork reports whether what v's call drops is the failure of a literal that does something outside of the program.
// How often the package drops the callee's error says nothing about that.
func (fl *Flow) losesWork(v *Value) bool {
	f := fl.runs(v)
	return f != nil && v.How != Deferred && fl.outsideWithin(f.Body)
}

// keptIn returns the variable of the function around it into which a literal that v's call runs puts each error that it
// gives, or nil. Where that is read behind the call, the error is looked at there.
//
//	retry(func() error {
//		resp, err = c.Do(req)
//		return err
//	})
//	return resp, err
func (fl *Flow) keptIn(v *Value) *types.Var {
	f := fl.runs(v)
	if f == nil {
		return nil
	}
	var kept *types.Var
	other := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) != f.Sig.Results().Len() {
				other = true
				break
			}
			e := n.Results[f.errs[0]]
			if fl.info.Types[e].IsNil() {
				break
			}
			outer := fl.variable(e)
			if outer == nil || within(span{outer.Pos(), outer.Pos()}, f.Node) || kept != nil && kept != outer {
				other = true
				break
			}
			kept = outer
		}
		return true
	})
	if other {
		return nil
	}
	return kept
}

// readBehind reports whether a variable is read in the text behind v's call, before it is given something else. The named
// results of v's function are read by whoever calls it.
func (fl *Flow) readBehind(v *Value, kept *types.Var) bool {
	read := isNamedResult(v.Func.Sig, kept)
	fl.accesses(v.Func.Body, kept, func(id *ast.Ident, written bool) bool {
		if id.Pos() <= v.Call.End() {
			return true
		}
		read = read || !written
		return false
	})
	return read
}

// onlyCallback reports whether a call's error can only be that of a function literal among its arguments which
// never gives one: filepath.Walk hands its own failures to the closure.
func (fl *Flow) onlyCallback(call *ast.CallExpr) bool {
	fn := fl.known.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	via, only := fl.known.Through(call)
	if !known.IsStandard(fn.Pkg().Path()) && !only && !strings.HasSuffix(fn.Name(), "ForEach") {
		return false // what else it does, a commit for instance, may fail
	}
	for _, e := range via {
		if _, lit := ast.Unparen(e).(*ast.FuncLit); !lit {
			return false
		}
	}
	for _, a := range call.Args {
		lit, ok := ast.Unparen(a).(*ast.FuncLit)
		if !ok {
			continue
		}
		if f := fl.byLit[lit]; f != nil && len(f.errs) > 0 && f.neverFails() {
			return true
		}
		if t, ok := fl.info.TypeOf(lit).(*types.Signature); ok && fl.byLit[lit] == nil && givesError(t) {
			return false
		}
	}
	return false
}

// closure returns the function literal that a call of a local variable runs, if the variable is only ever given
// that one.
func (fl *Flow) closure(v *Value) *Func {
	id, ok := ast.Unparen(v.Call.Fun).(*ast.Ident)
	if !ok {
		return nil
	}
	name, ok := fl.info.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	var found *Func
	defs := 0
	ast.Inspect(v.Func.Top().Body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, l := range s.Lhs {
			if l, ok := l.(*ast.Ident); !ok || fl.info.ObjectOf(l) != name {
				continue
			}
			defs++
			if len(s.Rhs) == len(s.Lhs) {
				if lit, ok := ast.Unparen(s.Rhs[i]).(*ast.FuncLit); ok {
					found = fl.byLit[lit]
				}
			}
		}
		return true
	})
	if defs != 1 {
		return nil
	}
	return found
}

// neverFails reports whether every return of f gives a literal nil error, one that only tells a walk where to go
// on, or a variable of the function around it, which is asked there.
func (f *Func) neverFails() bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind == opReturn {
				r, _ := o.node.(*ast.ReturnStmt)
				for i, src := range o.ret.errs {
					if src.kind != srcNil && (r == nil || len(r.Results) != f.Sig.Results().Len() || !f.toldElsewhere(r.Results[f.errs[i]])) {
						return false
					}
				}
			}
		}
	}
	return true
}

// toldElsewhere reports whether the error that e gives is no news to whoever calls the function literal f: fs.SkipDir
// and its like, and variables that live outside.
func (f *Func) toldElsewhere(e ast.Expr) bool {
	switch name := lastName(e); name {
	case "SkipDir", "SkipAll":
		return true
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := f.fl.info.Uses[id].(*types.Var)
	return ok && v.Pos() < f.Node.Pos() && v.Parent() != v.Pkg().Scope()
}
