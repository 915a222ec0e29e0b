package errflow

import (
	"go/types"

	"github.com/errvet/errvet/passes/internal/known"
)

// unknownResult reports whether nothing is known of what a call gives beside its error, and that result can be
// nil: the callee is a function value or an interface's method, or a function of which only the type is known.
// The standard library says where results count beside an error, and functions of this package show it.
func (fl *Flow) unknownResult(v *Value, result int) bool {
	if v.Call == nil || result >= len(v.peers) || v.peers[result] == nil || v.peers[result].v == nil {
		return false
	}
	switch v.peers[result].v.Type().Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature:
	default:
		return false
	}
	fn := v.Callee
	switch {
	case fn == nil:
		return true
	case fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type()):
		return true
	case fn.Pkg() == nil || known.IsStandard(fn.Pkg().Path()) || fn.Pkg() == fl.pkg:
		return false
	}
	sum, ok := fl.known.Summary(fn)
	return !ok || sum.Little()
}

// insteadOfError reports whether a call gives that result or an error, not both: where the result is there, nothing
// has failed. Of pointers and interfaces that is what everybody takes for granted; a list may hold what was found before
// the failure, where the name of the function tells of such work. The standard library says where a result counts
// beside an error.
func (fl *Flow) insteadOfError(v *Value, result int) bool {
	if v.Call == nil {
		return false
	}
	if fl.known.NilOnError(v.Call, result) {
		return true
	}
	if v.Callee != nil && v.Callee.Pkg() != nil && known.IsStandard(v.Callee.Pkg().Path()) {
		return false
	}
	sig, ok := fl.info.TypeOf(v.Call.Fun).Underlying().(*types.Signature)
	if !ok || result >= sig.Results().Len() {
		return false
	}
	switch sig.Results().At(result).Type().Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Map, *types.Signature, *types.Chan:
		return true
	case *types.Slice:
		return v.Callee == nil || !partialName.MatchString(v.Callee.Name())
	}
	return false
}
