package errflow

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
)

// A recorder notes what a search does with a value. The search itself remembers lost errors only, each end
// once; a nil recorder, which is what the rules run with, notes nothing.
type recorder struct {
	told     map[string]bool // outcomes already noted
	outcomes []Outcome
	ops      int // how many ops the search has walked through
}

// A tale is what happened on a walk so far, last first, shared between walks.
type tale struct {
	step Trace
	prev *tale
	acts Act // the walk's acts up to here
}

// unspoken are acts that say where a path went rather than what happened to the error.
const unspoken = Handler | Conditional | Fixed

// op notes what an op did to the walk; goesOn is what step answered, and is handed through.
func (r *recorder) op(s *search, w *walk, o *op, goesOn bool) bool {
	if r == nil {
		return goesOn
	}
	r.ops++
	ends := s.ends
	s.ends = nil
	clear(s.found)      // an end that another path has met already is an outcome of this one too
	if w.match != nil { // that it was told by its kind is an outcome already
		for _, e := range ends {
			r.end(w, e.How.String(), true, e.Node)
		}
		return goesOn
	}
	news := fresh(w)
	for _, e := range ends {
		if e.How == PeerUsed && o.n == 1 { // the content of the result is reached into
			note(w, e.How.String(), e.Node)
		}
	}
	switch {
	case goesOn:
		noteActs(w, news, o.node)
	case len(ends) > 0 && ends[len(ends)-1].How != PeerUsed && ends[len(ends)-1].How != Textual:
		e := ends[len(ends)-1]
		noteActs(w, news, o.node)
		r.end(w, e.How.String(), e.How != Exited, e.Node)
	case news&Handled != 0:
		noteActs(w, news&^Handled, o.node)
		how := (news & Handled).String()
		if o.kind == opReturn {
			how += " by a deferred call"
		}
		r.end(w, how, false, o.node)
	default:
		noteActs(w, news, o.node)
		r.end(w, s.excuse(w, o), false, o.node)
	}
	return goesOn
}

// edge notes what a condition told; goesOn is what asked answered, and is handed through.
func (r *recorder) edge(w *walk, e *edge, goesOn bool) bool {
	if r == nil {
		return goesOn
	}
	if w.match != nil && w.match != e.cond {
		return goesOn
	}
	news := fresh(w)
	noteActs(w, news&^Handled, e.cond.expr)
	if !goesOn || w.match != nil {
		r.end(w, (news & Handled).String(), false, e.cond.expr)
	}
	return goesOn
}

// excuse says why a path that ended without a loss and without an act did so.
func (s *search) excuse(w *walk, o *op) string {
	switch o.kind {
	case opStop:
		return Exited.String()
	case opCheck:
		return "checked by a call that does not return"
	case opMay:
		return "taken over by a closure"
	}
	for i, d := range s.f.g.defers {
		if i >= 64 || w.defers&(1<<i) == 0 {
			continue
		}
		for p := range d.sets {
			if p.result && len(o.ret.errs) > 0 {
				return "left to a deferred closure that sets the result"
			}
		}
	}
	for _, p := range s.f.g.places {
		if p.captured && s.holds(w, p) && (s.f.Role != Deferrer || p.result) {
			return "left to the enclosing function"
		}
	}
	return "another error returned that may be nil"
}

// fresh returns the acts that happened since the last note.
func fresh(w *walk) Act {
	acts := w.acts &^ unspoken
	if t := w.tale; t != nil {
		acts &^= t.acts
	}
	return acts
}

func noteActs(w *walk, acts Act, n ast.Node) {
	if acts != 0 {
		note(w, acts.String(), n)
	}
}

func note(w *walk, what string, n ast.Node) {
	w.tale = &tale{Trace{what, n}, w.tale, w.acts}
}

// end notes an outcome, each once.
func (r *recorder) end(w *walk, how string, lost bool, n ast.Node) {
	o := Outcome{How: how, Lost: lost, Node: n}
	for t := w.tale; t != nil; t = t.prev {
		o.Steps = append(o.Steps, t.step)
	}
	slices.Reverse(o.Steps)
	if k := o.key(); !r.told[k] {
		r.told[k] = true
		r.outcomes = append(r.outcomes, o)
	}
}

// key tells outcomes apart by what happened and where.
func (o Outcome) key() string {
	buf := []byte(o.How)
	at := func(p token.Pos) { buf = strconv.AppendInt(append(buf, '@'), int64(p), 10) }
	at(o.Node.Pos())
	for _, s := range o.Steps {
		buf = append(buf, s.What...)
		at(s.Node.Pos())
	}
	return string(buf)
}
