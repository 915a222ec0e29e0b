package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A graph is the control flow of one function at the level of expressions: each block is a straight run of
// ops, and each edge knows which condition it stands for. It is finer than x/tools' go/cfg where errors need
// it: && and || are edges, each clause of a select has its own block, range variables are assigned on the edge
// into the body, a tagged case is tag == case, a type switch's edge knows its types, and closures that run in
// place are part of the function.
//
// Deferred calls are not copied behind every return. A deferred closure is summarised by what it reads and
// assigns, and the search applies those summaries, last first, at each exit that the defer statement reaches.
type graph struct {
	blocks []*block
	places []*place
	byVar  map[*types.Var]*place
	byPath map[pathKey]*place
	defers []*deferred
	// turns holds the bodies of loops that come round by a condition, not by a list of things to do: their next
	// turn is another try.
	turns map[ast.Node]bool
	// behind holds, for each loop, the block that is entered when it is left.
	behind map[ast.Stmt]*block
}

// A block is a straight run of ops with one way in and edges out.
type block struct {
	id   int32
	ops  []op
	succ []edge
}

// An edge leads to another block. If cond is set, the edge is taken only where cond has the outcome sense.
type edge struct {
	to    *block
	cond  *cond
	sense bool
	into  ast.Node // the body of the branch that the edge enters, nil where it only goes on
	back  bool     // the edge that closes a loop
	over  ast.Node // the range loop that has come to its end
}

// A place is something that can hold an error, or tells of one: a variable, a field path, an accumulator
// slice, a flag, another result of a call that can fail, or the nameless result of a call that is tested
// where it stands.
type place struct {
	id   int
	kind placeKind
	v    *types.Var // the variable, or the root of the path
	path string     // ".Field" chain behind v
	name string

	captured bool // declared in an enclosing function
	result   bool // a named result of this graph's function
	watched  bool // a closure that may run at any time reads what is assigned from here on
	shared   bool // another goroutine or an escaped closure may touch it at any time
}

type placeKind uint8

const (
	errorPlace    placeKind = iota
	flagPlace               // bool
	slicePlace              // []error: nil means empty
	peerPlace               // a result next to an error
	tempPlace               // an unnamed error
	concretePlace           // a pointer of a concrete error type
)

type pathKey struct {
	root *types.Var
	path string
}

type opKind uint8

const (
	opUse     opKind = iota // the place's content is used: act says how
	opDef                   // the place gets new content: src
	opEnd                   // the place goes out of scope
	opReturn                // the function returns: ret
	opDefer                 // a deferred call is registered: n is its index
	opCheck                 // a call that does not come back unless the place is nil
	opMay                   // a local closure is called that may assign the place
	opRespond               // a client is answered
	opPeer                  // another result of a failing call is used
	opJump                  // continue, break or goto leaves a branch
	opThrow                 // an error is assigned to _: val
	opCall                  // a function is called: fields may have changed
	opSpawn                 // a go statement
	opSync                  // something is received from a channel, or sent
	opStop                  // the path ends here: panic, os.Exit, an endless select
)

// An op is one thing that happens in a block. Which fields are set depends on the kind.
type op struct {
	kind opKind
	act  Act
	p    *place
	node ast.Node
	src  source
	val  *Value // born here (opDef)
	ret  *exit
	n    int
}

type sourceKind uint8

const (
	srcUnknown sourceKind = iota
	srcNil
	srcNonNil
	srcPlace   // copy of q
	srcIsNil   // bool: q == nil
	srcNotNil  // bool: q != nil
	srcTrue    // bool constant
	srcFalse   // bool constant
	srcMatched // bool: true only where q was matched
	srcMissed  // bool: false only where q was matched
	srcGiven   // bool: false means that q is nil: the ok of a receive
)

// A source is what a place is given.
type source struct {
	kind sourceKind
	q    *place
	call *ast.CallExpr
}

// An exit is a return statement or the end of the body.
type exit struct {
	node   ast.Node // *ast.ReturnStmt, or the body whose end is reached
	errs   []source // one for each result of type error, in order; naked results are places
	others []ast.Expr
	naked  bool
}

// A deferred call, and what its closure does with the places of the function that defers it.
type deferred struct {
	stmt  *ast.DeferStmt
	reads map[*place]Act
	sets  map[*place]bool
}

type condKind uint8

const (
	condOther condKind = iota
	condNil            // p == nil
	condMatch          // p is of a certain kind, told by errors.Is, errors.As, ==, a type
	condFlag           // p is true
	condTells          // a predicate over p: see whenTrue, whenFalse
	condEmpty          // len(p) == 0
)

// A cond is one condition without &&, || and !.
type cond struct {
	kind                condKind
	expr                ast.Expr
	p                   *place
	whenTrue, whenFalse Nilness
	stmt                ast.Stmt // the if, for, switch or case it belongs to
	yes, no             ast.Node // the bodies entered by its outcomes, nil where it leads on
	also                []*place // other places that the condition mentions
}

func (g *graph) newBlock() *block {
	b := &block{id: int32(len(g.blocks))}
	g.blocks = append(g.blocks, b)
	return b
}

func (g *graph) newPlace(k placeKind, v *types.Var, path, name string) *place {
	p := &place{id: len(g.places), kind: k, v: v, path: path, name: name}
	g.places = append(g.places, p)
	return p
}

// pos returns where an op stands.
func (o *op) pos() token.Pos {
	if o.node == nil {
		return token.NoPos
	}
	return o.node.Pos()
}
