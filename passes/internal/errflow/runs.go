package errflow

import (
	"go/ast"
	"go/types"

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
