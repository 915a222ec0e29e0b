// Package errflow traces the life of error values: where each is born, what is done with it along every
// path, and how each path ends. Rules are questions asked of it.
//
// It works on syntax and a control-flow graph of its own (see graph), not on SSA: an error rule asks which
// definition of err reaches here, what was done with it in what order, whether the discard was written, and
// where a fix would stand. SSA loses _ =, comments, shadowing and scopes, turns named results that deferred
// closures assign into heap cells, and costs ten times as much.
//
// Two engines share the graph. A forward analysis proves of every place at every point whether it is nil
// (state, solve). A search follows each value, taken to be non-nil, on every path until somebody handles it,
// and records how the other paths end (search). One total function then says which defect, if any, such an
// end is (verdict), so that no two rules report the same one.
//
// Two more questions are answered without following errors: which calls of recover lose the panics that they take
// ([Flow.Recovers]), and which exits end more than they should ([Flow.Exits]).
//
// What it does not know is silent: an error passed to a function about which known says nothing, stored,
// sent, or shared with a closure that may run at any time counts as handled.
//
// Panics are edges only as far as they end a path. A recovered panic leaves the named results as they are,
// which is what a deferred closure's own graph starts from.
package errflow
