package errflow

import "go/ast"

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
