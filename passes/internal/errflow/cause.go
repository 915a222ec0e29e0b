package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// replaced judges an error in whose place another one is returned.
func (fl *Flow) replaced(v *Value, e *End) *Loss {
	if e.Acts&Handler == 0 || e.Acts&(Logged|Printed|Responded) != 0 || e.kept {
		return nil
	}
	l := &Loss{Class: LostCause, Case: CaseReplaced}
	switch made := fl.newError(e); {
	case made == nil:
		// What failed next is told: cleaning up, or another way of doing the same.
		return nil
	case !inHandler(e) || fl.carriesError(made):
		return nil
	case v.Call == nil:
		l.Strict = true
	case fl.known.ClosedOnly(v.Call):
		return nil // the new error says as much
	case fl.asked(v, l):
	default:
		l.Strict = fl.classifies(v, made) || fl.known.Judges(v.Call) || fl.saysEnough(v) || fl.tellsItself(v) || *e.saved || fl.logs(bodyOf(e.Handler)) ||
			fl.tellsPeer(v, made) || saysBug(made) || fl.isVerdict(v.Func, made) || fl.noneFitted(e) || fl.saysMissing(v, made)
	}
	return l
}

// classifies reports whether a new error has a name or a type of its own: whoever chose it says what the failure counts
// as, which is an answer, where a text without the cause is an answer cut short. io.EOF says of a read that failed that
// all went well.
func (fl *Flow) classifies(v *Value, made ast.Expr) bool {
	switch ast.Unparen(made).(type) {
	case *ast.UnaryExpr, *ast.CompositeLit:
		return true
	}
	name, ok := fl.known.Sentinel(made)
	return ok && (name != "io.EOF" || !reads(v.Call))
}

// tellsPeer reports whether a new error holds a text that the failed call gave beside its error: what a command said, the
// body of an answer. There the cause stands mostly.
func (fl *Flow) tellsPeer(v *Value, made ast.Expr) bool {
	for _, p := range v.peers {
		if p == nil || p.v == nil || !mentions(fl.info, made, p.v) {
			continue
		}
		switch t := p.v.Type().Underlying().(type) {
		case *types.Basic:
			return t.Info()&types.IsString != 0
		case *types.Slice:
			b, ok := t.Elem().Underlying().(*types.Basic)
			return ok && b.Kind() == types.Byte
		}
	}
	return false
}

// newError returns the expression of the error that a return statement makes: a call that always fails, a value
// of an error type, or an error variable of a package. It is nil where the error is another call's.
func (fl *Flow) newError(e *End) ast.Expr {
	r, ok := e.Exit()
	if !ok {
		return nil
	}
	for _, x := range r.Results {
		if t := fl.info.TypeOf(x); t == nil || fl.info.Types[x].IsNil() || !isError(t) && !types.Implements(t, errorType.Underlying().(*types.Interface)) {
			continue
		}
		switch x := ast.Unparen(x).(type) {
		case *ast.CallExpr:
			if fl.known.AlwaysFails(x) || !isError(fl.info.TypeOf(x)) {
				return x
			}
		case *ast.UnaryExpr, *ast.CompositeLit:
			return x
		default:
			if _, ok := fl.known.Sentinel(x); ok {
				return x
			}
		}
	}
	return nil
}

// carriesError reports whether anything in an expression is an error of its own, as a cause or as text.
func (fl *Flow) carriesError(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && call != ast.Unparen(e) && isError(fl.info.TypeOf(call)) && !fl.known.AlwaysFails(call) {
			found = true // the error that something keeps, asked once more
		}
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := fl.info.Uses[id].(*types.Var); ok && !v.IsField() && v.Pkg() != nil && v.Parent() != v.Pkg().Scope() && isError(v.Type()) {
				found = true
			}
		}
		return !found
	})
	return found
}

// saysOneThing reports whether the failed function can fail in one way only: then the new error says as much. A deadline
// is refused only by what is closed.
func (fl *Flow) saysOneThing(v *Value) bool {
	return v.Call != nil && (fl.known.OneWay(v.Call) || fl.known.Kind(v.Call)&known.Deadline != 0 || fl.runsOut(v))
}

// runsOut reports whether a call, by its name, asks a function literal again and again, and that never fails: then nothing
// is left to fail but that it took too long.
func (fl *Flow) runsOut(v *Value) bool {
	return asksAgain(lastName(v.Call.Fun)) && slices.ContainsFunc(v.Call.Args, func(a ast.Expr) bool {
		lit, ok := ast.Unparen(a).(*ast.FuncLit)
		if !ok {
			return false
		}
		f := fl.byLit[lit]
		return f != nil && len(f.errs) == 1 && f.neverFails()
	})
}

// givesOne reports whether the failed function gives one error only, and that one has a name: it is an answer.
func (fl *Flow) givesOne(v *Value) bool {
	if v.Call == nil {
		return false
	}
	names, ok := fl.known.Only(v.Call)
	return ok && len(names) == 1
}

// flattened judges an error of which only the text goes into a new one.
func (fl *Flow) flattened(v *Value, e *End) *Loss {
	maker := fl.makerOf(e.Node)
	if maker == nil {
		return nil
	}
	l := &Loss{Class: LostCause, Case: CaseFlattened, Strict: true, At: maker}
	fl.asked(v, l)
	return l
}

// makerOf returns the call that makes a new error from text of which n is a part, if it is one that could have
// kept the cause: fmt.Errorf or errors.New and those that stand in their place. A status for a client, or an
// error type of one's own, may be meant to hold text only.
func (fl *Flow) makerOf(n ast.Node) *ast.CallExpr {
	cur, ok := fl.cursor(n)
	if !ok {
		return nil
	}
	for cur = cur.Parent(); ; cur = cur.Parent() {
		switch n := cur.Node().(type) {
		case *ast.ParenExpr, *ast.SelectorExpr:
			continue
		case *ast.BinaryExpr:
			if n.Op == token.ADD {
				continue
			}
		case *ast.CallExpr:
			fn := fl.known.Callee(n)
			if fn == nil || fn.Pkg() == nil {
				return nil
			}
			switch path := fn.Pkg().Path(); {
			case fn.Name() == "Error" && len(n.Args) == 0, path == "fmt" && strings.HasPrefix(fn.Name(), "Sprint"):
				continue
			case path != "fmt" && path != "errors" && !strings.HasSuffix(path, "/errors") && !strings.HasSuffix(path, "/xerrors"):
				return nil
			case fn.Name() != "Errorf" && fn.Name() != "New", fl.wrapsAny(n):
				return nil
			}
			return n
		}
		return nil
	}
}

// wrapsAny reports whether a call keeps any error in the chain of the one it makes: one is enough.
func (fl *Flow) wrapsAny(call *ast.CallExpr) bool {
	for i, a := range call.Args {
		if t := fl.info.TypeOf(a); t != nil && types.Implements(t, errorType.Underlying().(*types.Interface)) && fl.known.Arg(call, i)&known.Wraps != 0 {
			return true
		}
	}
	return false
}
