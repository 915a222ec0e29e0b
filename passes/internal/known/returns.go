package known

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
)

// maxSentinels bounds the names a fact carries: a function that hands out more
// errors than this is not told apart by them.
const maxSentinels = 6

// failings is what the failing returns of a function have in common.
type failings struct {
	stated   bool // each states what was found: see statement
	reported bool // each has been told of: see reporter
}

// results infers what holds of the results at every return.
func (w *walk) results(s *Summary) (ends failings) {
	if w.hidden && !w.unseen && len(w.late) > 0 {
		w.hiddenResults(s)
	}
	if w.err < 0 || w.hidden {
		return failings{}
	}
	n := w.sig.Results().Len()
	errs := bottom
	nils := uint32(0)
	for i := range n {
		if i != w.err && i < 32 && nilable(w.sig.Results().At(i).Type()) {
			nils |= 1 << i
		}
	}
	lacks := w.reachable()
	may, held := uint32(0), uint32(0) // of these, what some return gives nil for beside an error, and what it gives something for
	fails := false                    // some return may give an error
	from := byNothing
	set, by := noErrors, statement{w: w, holds: true}
	tell := reporter{w: w, holds: true}
	var wrapped []string
	w.run(nil, func(ret *ast.ReturnStmt, st state) {
		values, ok := w.values(ret, st)
		if !ok {
			errs, nils, from, set, by.holds = Unknown, 0, 0, errorSet{}, false
			tell.holds = false
			return
		}
		e := values[w.err]
		errs = join(errs, e.nilness)
		if e.nilness == Nil || e.nilness == bottom {
			return
		}
		fails = true
		from = joinSources(from, e.from)
		set = set.join(e.errors())
		by.add(ret, e, st)
		tell.add(ret, e, st)
		for i := range n {
			if nils&(1<<i) != 0 && !w.nilWith(values[i], e) {
				nils &^= 1 << i
			}
			if lacks&(1<<i) != 0 && w.nilBeside(values[i], e) {
				may |= 1 << i
			}
			if lacks&(1<<i) != 0 && w.heldBeside(values[i], e) {
				held |= 1 << i
			}
		}
		wrapped = append(wrapped, w.wrappedIn(e, st)...)
	})
	switch errs {
	case Nil:
		s.Infallible = true
	case NonNil:
		s.AlwaysFails = !w.rescue
	}
	if fails && !w.rescue {
		s.NilOnError = nils
	}
	s.MayNil, s.Held = may&^s.NilOnError, held
	if fails && errs == Unknown {
		s.Infallible = from == byNothing
		s.Through = from &^ byNothing
	}
	all := true
	if fails {
		all = w.conclude(s, set)
	}
	slices.Sort(wrapped)
	// Where the names of what comes as it is are too many, one that comes wrapped may be among these, too.
	if wrapped = slices.Compact(wrapped); all && len(wrapped) <= maxWrapped {
		s.Wrapped = wrapped
	}
	return failings{stated: fails && by.stated(), reported: tell.reported()}
}

// hiddenResults infers which errors a function can give of which a deferred closure may change that: one that makes an
// error out of a panic.
func (w *walk) hiddenResults(s *Summary) {
	set := noErrors
	w.run(nil, func(ret *ast.ReturnStmt, st state) {
		if values, ok := w.values(ret, st); ok {
			set = set.join(values[w.err].errors())
		} else {
			set = errorSet{}
		}
	})
	for _, e := range w.late {
		set = set.join(w.cell(e, make(state, len(w.vars))).errors())
		set.closed = set.closed && !w.holdsAny(e) // what the panic says
	}
	if set.closed && set.ways != 0 {
		w.conclude(s, set)
	}
}

// holdsAny reports whether a variable is in e that may hold whatever there is, as what recover gives.
func (w *walk) holdsAny(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v := w.variable(id)
			found = found || v != nil && isAny(v.Type())
		}
		return !found
	})
	return found
}

// values evaluates what a return statement gives.
func (w *walk) values(ret *ast.ReturnStmt, st state) ([]cell, bool) {
	n := w.sig.Results().Len()
	values := make([]cell, n)
	switch len(ret.Results) {
	case n:
		for i, r := range ret.Results {
			values[i] = w.cell(r, st)
		}
		return values, true
	case 1: // return f()
		call, ok := ast.Unparen(ret.Results[0]).(*ast.CallExpr)
		if !ok {
			return nil, false
		}
		for i := range n {
			values[i] = w.result(call, i, st)
		}
		return values, true
	case 0:
		for i := range n {
			r := w.sig.Results().At(i)
			if at, ok := w.vars[r]; ok {
				values[i] = st[at]
			}
		}
		return values, true
	}
	return nil, false
}

// nilWith reports whether v is nil whenever the error e is not.
func (w *walk) nilWith(v, e cell) bool {
	if v.nilness == Nil || v.nilness == bottom {
		return true
	}
	if v.call == nil || v.call != e.call {
		return false
	}
	sub, ok := w.subject(v.call)
	if !ok {
		return false
	}
	return w.pending[sub.fn] || w.nilOnError(sub, v.call, v.result)
}

// reachable gives the results that are no lists, which may hold a part of what was asked for beside an error, but one
// thing to reach into: pointers, interfaces and functions.
func (w *walk) reachable() (results uint32) {
	for i := range min(w.sig.Results().Len(), 32) {
		t := w.sig.Results().At(i).Type()
		if _, param := types.Unalias(t).(*types.TypeParam); param || i == w.err {
			continue
		}
		switch t.Underlying().(type) {
		case *types.Pointer, *types.Interface, *types.Signature:
			results |= 1 << i
		}
	}
	return results
}

// nilBeside reports whether v is seen to be nil where e is an error, or may be so as results of one call.
func (w *walk) nilBeside(v, e cell) bool {
	if v.nilness == Nil && e.nilness == NonNil {
		return true
	}
	if v.call == nil || v.call != e.call {
		return false
	}
	sub, ok := w.subject(v.call)
	return ok && w.mayNil(sub, v.call, v.result)
}

// heldBeside reports whether v is seen to be something whatever the error e is, or may be so as results of one call.
func (w *walk) heldBeside(v, e cell) bool {
	if v.nilness == NonNil {
		return true
	}
	if v.call == nil || v.call != e.call {
		return false
	}
	sub, ok := w.subject(v.call)
	return ok && w.givesBeside(sub, v.result)
}

// arguments infers what holds of the error parameters by following the
// function twice for each: once as if it were nil, once as if it were not.
func (w *walk) arguments(s *Summary) {
	if s.NoReturn {
		return
	}
	for i := range w.sig.Params().Len() {
		p := w.sig.Params().At(i)
		if _, tracked := w.vars[p]; !tracked || !isError(p.Type()) || w.sig.Variadic() && i == w.sig.Params().Len()-1 {
			continue
		}
		given := w.outcome(p, NonNil)
		none := w.outcome(p, Nil)
		for len(s.Args) <= i {
			s.Args = append(s.Args, 0)
		}
		if !given.returns && none.returns && !w.rescue {
			s.Args[i] |= Panics
		}
		if w.hidden || !given.returns || !none.returns {
			continue
		}
		if w.err >= 0 && given.err == NonNil && none.err == Nil && !w.rescue {
			s.Follows = i + 1
		}
		for j := range w.sig.Results().Len() {
			if given.truths[j] == none.truths[j] || slices.ContainsFunc(s.Tells, func(o Tell) bool { return o.Result == j }) {
				continue // it does not depend on the argument, or tells of an earlier one
			}
			t := Tell{Result: j, Arg: i}
			switch none.truths[j] {
			case mayBeFalse:
				t.WhenTrue = NonNil
			case mayBeTrue:
				t.WhenFalse = NonNil
			}
			switch given.truths[j] {
			case mayBeFalse:
				t.WhenTrue = Nil
			case mayBeTrue:
				t.WhenFalse = Nil
			}
			s.Tells = append(s.Tells, t)
		}
	}
}

// A truth says which values a bool result took.
type truth uint8

const (
	mayBeFalse truth = 1 << iota
	mayBeTrue
)

type outcome struct {
	returns bool
	err     Nilness // the error result
	truths  map[int]truth
}

// outcome follows the function with parameter p assumed to be n.
func (w *walk) outcome(p *types.Var, n Nilness) outcome {
	o := outcome{err: bottom, truths: map[int]truth{}}
	w.run(map[*types.Var]Nilness{p: n}, func(ret *ast.ReturnStmt, st state) {
		o.returns = true
		values, ok := w.values(ret, st)
		if !ok {
			values = make([]cell, w.sig.Results().Len())
		}
		for j := range w.sig.Results().Len() {
			if j == w.err {
				o.err = join(o.err, values[j].nilness)
				continue
			}
			if b, ok := w.sig.Results().At(j).Type().Underlying().(*types.Basic); !ok || b.Kind() != types.Bool {
				continue
			}
			t := mayBeFalse | mayBeTrue
			if len(ret.Results) == w.sig.Results().Len() {
				t = w.truth(ret.Results[j], st)
			}
			o.truths[j] |= t
		}
	})
	return o
}

// truth evaluates a bool expression: which values it may take.
func (w *walk) truth(e ast.Expr, s state) truth {
	if v := w.info.Types[e].Value; v != nil && v.Kind() == constant.Bool {
		if constant.BoolVal(v) {
			return mayBeTrue
		}
		return mayBeFalse
	}
	var t truth
	if w.refine(slices.Clone(s), e, true) {
		t |= mayBeTrue
	}
	if w.refine(slices.Clone(s), e, false) {
		t |= mayBeFalse
	}
	return t
}
