package errflow

import (
	"cmp"
	"go/ast"
	"slices"
	"strings"
)

// A Life is what becomes of one error value: one outcome for each way in which a path on which the value is
// non-nil ends. Paths on which it is nil have nothing to tell.
type Life struct {
	Value    *Value
	Why      Unfollowed
	Because  string // what known says of the call, where Why is CannotFail
	Outcomes []Outcome
	Loss     *Loss // the defect that the engine sees in it, or nil
}

// Unfollowed says why the paths of a value were not searched.
type Unfollowed uint8

const (
	Followed   Unfollowed = iota
	NotTaken              // the call stands alone or its error is assigned to _: there is nothing to follow
	CannotFail            // the call's error is always nil
	Nameless              // the error goes where it is born into something that is no local variable
	Derived               // the call gives what it takes from another error, whose life goes on in it
	IsShared              // a closure or a pointer may read or change it at any time
	OverBound             // the search met its bound of blocks, or the function has too many errors to tell apart
	Unreached             // no path leads to its birth
)

func (u Unfollowed) String() string {
	return [...]string{"followed", "not taken", "cannot fail", "handed on as it is born", "derived", "shared", "over the bound",
		"unreached"}[u]
}

// An Outcome is one way in which a path ends for an error.
type Outcome struct {
	Steps []Trace  // what happened before, in order
	How   string   // how the path ends: an act that handles the error, an ending, or why nobody can tell
	Lost  bool     // the path ends with nobody having handled the error
	Node  ast.Node // where it ends
}

// A Trace is one thing that happened to an error on a path. A repeated act is told once.
type Trace struct {
	What string
	Node ast.Node
}

// String renders an outcome without positions: "tested, logged: function left".
func (o Outcome) String() string {
	if len(o.Steps) == 0 {
		return o.How
	}
	what := make([]string, len(o.Steps))
	for i, s := range o.Steps {
		what[i] = s.What
	}
	return strings.Join(what, ", ") + ": " + o.How
}

// String renders a life without positions, behind the name of the variable or of what failed:
// "err: tested: returned; overwritten".
func (l Life) String() string {
	name := l.Value.Name
	if name == "" {
		name = l.Value.What()
	}
	var parts []string
	for _, o := range l.Outcomes {
		if s := o.String(); !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	switch {
	case l.Why == NotTaken:
		parts = []string{l.Value.How.String()}
	case l.Why != Followed:
		parts = []string{l.Why.String()}
	case len(parts) == 0:
		parts = []string{"no path ends"}
	}
	return name + ": " + strings.Join(parts, "; ")
}

func (d Discard) String() string {
	return [...]string{"taken", "dropped as a statement", "dropped by defer", "dropped by go", "assigned to _"}[d]
}

// Lives tells what becomes of every error that is born in f, in the order of their births. It does the
// engine's work on f again, since a run keeps the losses only, and so costs as much as tracing f did. Safe
// for concurrent use.
func (fl *Flow) Lives(f *Func) []Life {
	again := *f // the graph is shared and stays as it is; what the run needs beside it is the copy's
	again.number()
	again.states = again.solve()
	lives := make([]Life, 0, len(f.values))
	for _, v := range f.values {
		lives = append(lives, again.life(v))
	}
	lives = append(lives, f.nameless()...)
	for i := range lives {
		lives[i].Loss = fl.lossOf(lives[i].Value)
	}
	slices.SortStableFunc(lives, func(a, b Life) int { return cmp.Compare(a.Value.Pos(), b.Value.Pos()) })
	return lives
}

// life searches v with recording on. f is the copy made for that.
func (f *Func) life(v *Value) Life {
	l := Life{Value: v}
	switch {
	case v.Unread:
		l.Why = NotTaken
	case v.home.shared:
		l.Why = IsShared
	case f.bits[v.home.id] < 0:
		l.Why = OverBound
	case !f.reaches(v):
		l.Why = Unreached
	}
	if l.Why != Followed {
		return l
	}
	f.rec, f.over = &recorder{told: map[string]bool{}}, false
	f.lives(v)
	if f.over {
		l.Why = OverBound
		return l
	}
	l.Outcomes = f.rec.outcomes
	slices.SortStableFunc(l.Outcomes, func(a, b Outcome) int {
		return cmp.Or(cmp.Compare(a.Node.Pos(), b.Node.Pos()), cmp.Compare(a.String(), b.String()))
	})
	return l
}

// reaches reports whether a path leads to the op that bears v.
func (f *Func) reaches(v *Value) bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind == opDef && o.val == v {
				return f.states[blk.id].reached
			}
		}
	}
	return false
}

// nameless lists the calls of f that give an error and brought no value into being: they cannot fail, they
// hand on another error, or what they give goes straight into a return, an argument, a field.
func (f *Func) nameless() []Life {
	born := map[*ast.CallExpr]bool{}
	for g := f; g != nil; g = g.Outer { // what a closure that runs in place assigns outside itself is the outer function's
		for _, v := range g.values {
			born[v.Call] = true
		}
	}
	var list []Life
	know := f.fl.known
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if know.ErrorResult(n) < 0 || born[n] {
				return true
			}
			l := Life{Value: &Value{Func: f, Origin: FromCall, Call: n, Callee: know.Callee(n), Node: n}, Why: Nameless}
			if because, ok := know.Infallible(n); ok {
				l.Why, l.Because = CannotFail, because
			} else if newBuilder(f.fl, f).derives(n) {
				l.Why = Derived
			}
			list = append(list, l)
		}
		return true
	})
	return list
}

func (fl *Flow) lossOf(v *Value) *Loss {
	for _, list := range fl.losses {
		for _, l := range list {
			if l.Value == v {
				return l
			}
		}
	}
	return nil
}
