package errflow

import (
	"go/ast"
	"go/constant"
	"slices"
	"strings"
)

// allNil reports whether every result beside the error is a literal nil, and there is one.
func allNil(fl *Flow, x *exit) bool {
	if x == nil || len(x.others) == 0 || x.naked {
		return false
	}
	for _, r := range x.others {
		if !fl.info.Types[r].IsNil() {
			return false
		}
	}
	return true
}

// anyFalse reports whether a flag among the results says that there is none.
func anyFalse(fl *Flow, x *exit) bool {
	for _, r := range x.others {
		if tv := fl.info.Types[r]; tv.Value != nil && tv.Value.String() == "false" {
			return true
		}
	}
	return false
}

// fallsBack reports whether an exit gives something made for it in the place of what the failed call would have given:
// a constant, a literal that is not empty, what a call without arguments makes, or one that is named for failures, or what
// the call was given. Then to fall back on it is meant.
func (fl *Flow) fallsBack(v *Value, x *exit) bool {
	for _, r := range x.others {
		r = ast.Unparen(r)
		if u, ok := r.(*ast.UnaryExpr); ok {
			r = ast.Unparen(u.X)
		}
		if fl.givenAsItIs(v, r) {
			return true // decoded or, where that fails, as it came
		}
		switch r := r.(type) {
		case *ast.CompositeLit:
			if len(r.Elts) == 0 || slices.ContainsFunc(v.peers, func(p *place) bool { return p != nil && p.v != nil && mentions(fl.info, r, p.v) }) {
				continue
			}
			return true
		case *ast.CallExpr:
			if slices.ContainsFunc(append(slices.Clone(r.Args), r.Fun), namesFailure) {
				return true // an answer that tells of it: errorResponse(id, ErrorCodeInvalid)
			}
			if len(r.Args) == 0 && !fl.info.Types[r.Fun].IsType() {
				if sel, ok := ast.Unparen(r.Fun).(*ast.SelectorExpr); ok && fl.info.Selections[sel] == nil {
					return true
				}
			}
		default:
			// A number may be the code of the failure.
			if c := fl.info.Types[r].Value; c != nil && (c.Kind() == constant.String && constant.StringVal(c) != "" || c.Kind() == constant.Bool && constant.BoolVal(c)) {
				return true
			}
		}
	}
	return false
}

// givenAsItIs reports whether e is a text or bytes that the failed call was given, at most converted to the other.
func (fl *Flow) givenAsItIs(v *Value, e ast.Expr) bool {
	if conv, ok := e.(*ast.CallExpr); ok && len(conv.Args) == 1 && fl.info.Types[conv.Fun].IsType() {
		e = ast.Unparen(conv.Args[0])
	}
	id, ok := e.(*ast.Ident)
	if !ok || v.Call == nil || fl.info.Types[e].Value != nil || !isText(fl.info.TypeOf(e)) {
		return false
	}
	return slices.ContainsFunc(v.Call.Args, func(a ast.Expr) bool {
		given, ok := ast.Unparen(a).(*ast.Ident)
		return ok && fl.info.Uses[given] == fl.info.Uses[id]
	})
}

// namesFailure reports whether the last name of an expression speaks of errors.
func namesFailure(e ast.Expr) bool {
	name := strings.ToLower(lastName(e))
	return strings.Contains(name, "error") || strings.Contains(name, "fail")
}

// allZero reports whether every result is written as its zero value.
func allZero(fl *Flow, x *exit) bool {
	for _, r := range x.others {
		r = ast.Unparen(r)
		tv := fl.info.Types[r]
		lit, composite := r.(*ast.CompositeLit)
		switch {
		case tv.IsNil(), composite && len(lit.Elts) == 0:
		case tv.Value != nil && (tv.Value.String() == "false" || tv.Value.String() == "0" || tv.Value.ExactString() == `""`):
		default:
			return false
		}
	}
	return true
}

// anyNil reports whether a result that is a pointer, map, slice, function or interface is a literal nil.
func anyNil(fl *Flow, x *exit) bool {
	for _, r := range x.others {
		if fl.info.Types[r].IsNil() {
			return true
		}
	}
	return false
}
