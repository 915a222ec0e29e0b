package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// A Step is one thing that happened to an error on a path.
type Step struct {
	Node ast.Node
	Text string
}

// An End is one way in which an unhandled error's path ends.
type End struct {
	How     Ending
	Node    ast.Node // the statement where the error gets lost
	Acts    Act
	Handler ast.Node // the body of the first branch taken only on failure, if any
	Steps   []Step

	other   *place   // the error returned instead, where How is Succeeded or Replaced; the outer variable that holds it, where it is Left
	op      *op      // what ended the path
	peer    int      // the result used, where How is PeerUsed
	exit    *exit    // where How is Succeeded, Replaced or Left
	test    ast.Stmt // the statement that tested the error first
	again   bool     // the op that ends the value is the one that bore it: the next turn of a loop
	cond    *cond    // the last condition on the error's kind that did not match
	failing bool     // another error is proved non-nil there
	kept    bool     // only a copy held the value in the end
	aside   bool     // what did not match the last condition on the kind went into a branch of its own
	nilBody ast.Node // the body entered where the first test finds nil
	answer  ast.Node // the call that answered the client without the error
	seen    *bool    // whether any path looks at the value
	saved   *bool    // whether any path handles it
	given   *bool    // whether any path returns it
	later   *bool    // whether another path that missed there handles the error after all
}

// A trail is the list of a path's steps, last first, shared between paths.
type trail struct {
	step Step
	prev *trail
}

func (t *trail) add(n ast.Node, text string) *trail { return &trail{Step{n, text}, t} }

func (t *trail) steps() []Step {
	var list []Step
	for ; t != nil; t = t.prev {
		list = append(list, t.step)
	}
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list
}

// Test returns the statement that tested the error first, or nil.
func (e *End) Test() ast.Stmt { return e.test }

// Header returns the head of the statement that tested the error: a comment on or above it speaks for its
// branches. It is nil if nothing tested the error.
func (e *End) Header() ast.Node {
	if e.test == nil {
		return nil
	}
	head := e.test.End()
	switch s := e.test.(type) {
	case *ast.IfStmt:
		head = s.Body.Lbrace
	case *ast.SwitchStmt:
		head = s.Body.Lbrace
	case *ast.TypeSwitchStmt:
		head = s.Body.Lbrace
	case *ast.ForStmt:
		head = s.Body.Lbrace
	}
	return span{e.test.Pos(), head}
}

// A span is a stretch of source as a node.
type span struct{ pos, end token.Pos }

func (s span) Pos() token.Pos { return s.pos }
func (s span) End() token.Pos { return s.end }

func (s *search) peer(w *walk, p *place) int {
	for i, q := range s.v.peers {
		if q == p && i < 32 && w.peers&(1<<i) != 0 {
			return i
		}
	}
	return -1
}

// peerUsed records that a result of the failed call is used: before anyone looked at the error, or on a
// failure path.
func (s *search) peerUsed(w *walk, o *op, i int) {
	key := endKey{PeerUsed, o.node}
	if s.found[key] {
		return
	}
	s.found[key] = true
	e := s.newEnd(w, PeerUsed, o, o.node)
	e.peer = i
}

// failing reports whether another error is proved non-nil, so that the function has a failure to tell anyway.
func (s *search) failing(w *walk) bool {
	for _, p := range s.f.g.places {
		if (p.kind == errorPlace || p.kind == tempPlace) && w.st.nils[p.id] == NonNil && !s.holds(w, p) && p != s.v.home {
			return true
		}
	}
	return false
}

// handled notes that the error is taken care of on a path that missed a kind.
func (s *search) handled(w *walk) {
	s.saved = true
	if w.miss != nil {
		*s.missed(w.miss) = true
	}
}

func (s *search) missed(c *cond) *bool {
	if s.after[c] == nil {
		s.after[c] = new(bool)
	}
	return s.after[c]
}

func (s *search) newEnd(w *walk, how Ending, o *op, n ast.Node) *End {
	e := &End{How: how, Node: n, Acts: w.acts, Handler: w.handler, Steps: w.trail.steps(), op: o, test: w.test, cond: w.miss, aside: w.aside, nilBody: w.nilBody, answer: w.answer, seen: &s.looked, saved: &s.saved, given: &s.given}
	e.failing, e.kept = s.failing(w), w.gone
	e.again = how == Overwritten && o.val == s.v
	if w.miss != nil {
		e.later = s.missed(w.miss)
	}
	s.ends = append(s.ends, e)
	return e
}

// end records how a path ends, once for each statement.
func (s *search) end(w *walk, how Ending, o *op, n ast.Node) bool {
	if how == Exited && (w.acts&Handler == 0 || w.acts&(Logged|Printed) != 0) && w.acts&Looked != Sided {
		return false // the end of the program is nobody's loss, unless nobody learns what ended it, or it was taken for something else
	}
	key := endKey{how, n}
	if !s.found[key] {
		s.found[key] = true
		s.newEnd(w, how, o, n)
	}
	return false
}

// outlived records that what a copy holds is returned although the call has succeeded in a later turn.
func (s *search) outlived(w *walk, o *op) {
	if key := (endKey{Outlived, o.node}); !s.found[key] {
		s.found[key] = true
		s.newEnd(w, Outlived, o, o.node).other = o.p
	}
}

// returned tells what leaving the function means for the value.
func (s *search) returned(w *walk, o *op) {
	x := o.ret
	for i, d := range s.f.g.defers {
		if i >= 64 || w.defers&(1<<i) == 0 {
			continue
		}
		for p, acts := range d.reads {
			if !s.holds(w, p) || p.result && !x.naked && len(x.errs) > 0 {
				continue // the return statement has put something else into the result
			}
			w.acts |= acts
			s.looked = s.looked || acts&Looked != 0
			if acts&Handled != 0 {
				s.handled(w)
				return
			}
		}
		for p := range d.sets {
			if p.result && len(x.errs) > 0 {
				return // the deferred closure may put an error into the result
			}
		}
	}
	var spilled *place
	for _, p := range s.f.g.places {
		if p.captured && s.holds(w, p) {
			if s.f.Role != Deferrer || p.result {
				return // the enclosing function has it now
			}
			spilled = p
		}
	}
	if len(x.errs) == 0 {
		s.left(w, o, Left, spilled)
		return
	}
	how := Succeeded
	var other *place
	for _, src := range x.errs {
		n := Unknown
		switch src.kind {
		case srcNil:
			n = Nil
		case srcNonNil:
			n = NonNil
		case srcPlace:
			n = w.st.nils[src.q.id]
			other = src.q
		}
		switch n {
		case Unknown:
			if w.acts&Looked != 0 {
				return // another error that may well be set
			}
			how = Supplanted
			if src.call == nil || s.f.fl.tellsAnother(src.call) {
				how = Replaced
			}
		case NonNil:
			how = Replaced
		}
	}
	s.left(w, o, how, other)
}

func (s *search) left(w *walk, o *op, how Ending, other *place) {
	key := endKey{how, o.node}
	if s.found[key] {
		return
	}
	s.found[key] = true
	e := s.newEnd(w, how, o, o.node)
	e.exit, e.other = o.ret, other
}

// tellsAnother reports whether a call gives an error that is there already, or made here: why a context ended, a
// value of a concrete error type, or what is made of another error.
func (fl *Flow) tellsAnother(call *ast.CallExpr) bool {
	switch lastName(call.Fun) {
	case "Err", "Cause", "Unwrap":
		return true
	}
	t := fl.info.TypeOf(call)
	if t != nil && !types.IsInterface(t) {
		if _, tuple := t.(*types.Tuple); !tuple {
			return true
		}
	}
	return slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		t := fl.info.TypeOf(a)
		return t != nil && !fl.info.Types[a].IsNil() && types.Implements(t, errorType.Underlying().(*types.Interface))
	})
}
