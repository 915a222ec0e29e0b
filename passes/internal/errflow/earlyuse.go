package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

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
	case fl.known.Held(v.Call, result):
		return false
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

// putOver reports whether a result takes the place of what its variable held before the call, which is what the use was
// meant for:
//
//	vmi, err = client.Create(vmi)
//	if err != nil {
//		log.Printf("creating %s: %v", vmi.Name, err)
//	}
func (fl *Flow) putOver(v *Value, result int) bool {
	taken := fl.takenBy(v)
	if result >= len(taken) {
		return false
	}
	id, ok := ast.Unparen(taken[result]).(*ast.Ident)
	return !ok || fl.info.Defs[id] == nil
}

// used judges the use of another result of the failed call.
func (fl *Flow) used(v *Value, e *End) *Loss {
	nilThen := v.Call != nil && fl.known.NilOnError(v.Call, e.peer)
	deref := e.op.n == 1 && !fl.takesNil(v, e.Node)
	if v.Origin == FromParam {
		if deref && e.Acts&Looked == 0 {
			// A directory's entry is missing only where the walk cannot begin at all.
			return &Loss{Class: EarlyUse, Case: CaseSometimes, Strict: !isFileInfo(v.peers[e.peer].v.Type()), may: true}
		}
		return nil
	}
	behind := e.Acts&(Logged|Printed) != 0 && !inHandler(e)
	kept := behind && e.op.act == Stored
	listed := nilThen && behind && e.op.act == Joined && fl.reachedLater(v, e.Node)
	if deref && !nilThen && !v.Unread && fl.unknownResult(v, e.peer) {
		switch {
		case e.Acts&Looked == 0:
			return &Loss{Class: EarlyUse, Case: CaseUnknown}
		case inHandler(e) && e.Acts&(Sided|Unmatched) == 0:
			// Whoever asks a result of its own after the failure mostly knows that it comes with one: of 23 read, 22.
			return &Loss{Class: EarlyUse, Case: CaseFailedUse, unproved: true, Strict: !fl.putOver(v, e.peer)}
		case e.Acts&(Logged|Printed) != 0 && e.Acts&(Sided|Unmatched) == 0 && !inHandler(e):
			return &Loss{Class: Swallowed, Case: CaseCarryOn, At: e.handlerOr(e.Node), unproved: true}
		}
	}
	if deref && !nilThen && !v.Unread && fl.known.MayNil(v.Call, e.peer) {
		switch {
		case e.Acts&Looked == 0:
			return &Loss{Class: EarlyUse, Case: CaseSometimes, may: true}
		case inHandler(e) && e.Acts&(Sided|Unmatched|Matched) == 0:
			return &Loss{Class: EarlyUse, Case: CaseFailedUse, may: true}
		case behind && e.Acts&(Sided|Unmatched) == 0:
			return &Loss{Class: Swallowed, Case: CaseCarryOn, At: e.handlerOr(e.Node), may: true}
		}
	}
	if !nilThen || !deref && !kept && !listed {
		return nil // a partial result, or handed on together with the error
	}
	switch {
	case v.Unread:
		if e.Acts&Sided != 0 || fl.known.Settled(v.Call) {
			return nil
		}
		// Whoever wrote _ on a call that fails only over its arguments mostly knew that it cannot fail there, as where it
		// takes apart what a field holds, which was looked at when it was put there, or a text that it made of numbers.
		return &Loss{Class: Dropped, Case: CaseBlankUsed, At: v.Node, Strict: !fl.outside(v) || v.Callee != nil && known.Decodes(v.Callee) && fl.ofFields(v.Call) || fl.known.OfNumbers(v.Call) || fl.roundTrip(v)}
	case e.Acts&Looked == 0:
		return &Loss{Class: EarlyUse, Case: CaseUse}
	case inHandler(e), e.Acts&Matched != 0:
		return &Loss{Class: EarlyUse, Case: CaseFailedUse}
	case e.Acts&Sided != 0 && e.Acts&Tested == 0 && (e.Acts&Unmatched == 0 || e.Acts&Weighed != 0):
		return nil // the result itself was asked: len(data) > 0
	case e.Acts&Unmatched != 0 && fl.saysOneThing(v):
		return nil // there is no other kind
	case e.Acts&Unmatched != 0 && e.later != nil && *e.later && e.Acts&Tested == 0:
		return &Loss{Class: EarlyUse, Case: CaseUse} // whatever else failed is looked at, but too late
	case e.Acts&Unmatched != 0:
		return &Loss{Class: Swallowed, Case: CaseHalfChecked, At: e.asking()}
	case e.Acts&(Logged|Printed) != 0:
		// To keep nil may be meant: no such thing. Not where that takes a default away.
		return &Loss{Class: Swallowed, Case: CaseCarryOn, At: e.handlerOr(e.Node), Strict: kept && !fl.overDefault(v, e.Node), reached: !kept}
	}
	return &Loss{Class: EarlyUse, Case: CaseFailedUse, Strict: fl.onlyWhereGiven(v, e)}
}

// onlyWhereGiven reports whether the branch for a failure is taken only where the call was given something: that it does
// not fail where it was given nothing is what its author knew.
//
//	ip, err := parse(s)
//	if err != nil && s != "" {
//		return err
//	}
func (fl *Flow) onlyWhereGiven(v *Value, e *End) bool {
	ifs, ok := e.test.(*ast.IfStmt)
	if !ok || v.Call == nil {
		return false
	}
	return slices.ContainsFunc(operands(ifs.Cond, token.LAND), func(c ast.Expr) bool {
		return slices.ContainsFunc(v.Call.Args, func(a ast.Expr) bool { return fl.isThere(c, a) })
	})
}

// isThere reports whether a condition says that e is no empty text, nil or 0.
func (fl *Flow) isThere(cond, e ast.Expr) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ && b.Op != token.GTR || !fl.isNothing(b.Y) {
		return false
	}
	x := ast.Unparen(b.X)
	if call, ok := x.(*ast.CallExpr); ok && fl.known.Builtin(call) == "len" {
		x = call.Args[0]
	}
	return types.ExprString(x) == types.ExprString(ast.Unparen(e))
}

// doesWithout reports whether fn is a method of this package that makes no use of what it is called on.
func (fl *Flow) doesWithout(fn *types.Func) bool {
	d := fl.declOf(fn)
	if d == nil {
		return false
	}
	recv := fn.Origin().Signature().Recv()
	if recv == nil {
		return false
	}
	_, pointer := types.Unalias(recv.Type()).(*types.Pointer)
	return pointer && !mentions(fl.info, d.Body, recv)
}

// takesNil reports whether n is what a method is called on that takes nil as well: one that asks for it, or a getter of
// a protocol buffer, which are made for nil. Where nobody takes the error, those of files and their like only put off
// that something failed; and a deferred one in front of the question has no use there but to be in the wrong place.
func (fl *Flow) takesNil(v *Value, n ast.Node) bool {
	cur, ok := fl.cursor(n)
	if !ok {
		return false
	}
	sel, ok := cur.Parent().Node().(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if call, ok := cur.Parent().Parent().Node().(*ast.CallExpr); ok && call.Fun == sel && fl.known.TakesNil(call) {
		_, deferred := cur.Parent().Parent().Parent().Node().(*ast.DeferStmt)
		fn := fl.known.Callee(call)
		late := deferred && fn != nil && fn.Pkg() != nil && known.IsStandard(fn.Pkg().Path())
		if !(v.Unread || late) || fl.known.ErrorResult(call) < 0 {
			return true
		}
	} else if ok && call.Fun == sel && fl.doesWithout(fl.known.Callee(call)) {
		return true
	}
	if !strings.HasPrefix(sel.Sel.Name, "Get") || fl.needsValue(sel) {
		return false
	}
	message, _, _ := types.LookupFieldOrMethod(fl.info.TypeOf(sel.X), true, nil, "ProtoMessage")
	return message != nil
}
