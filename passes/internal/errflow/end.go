package errflow

import (
	"go/ast"
	"go/token"
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

	other   *place   // the error returned instead, where How is Succeeded or Replaced
	op      *op      // what ended the path
	peer    int      // the result used, where How is PeerUsed
	exit    *exit    // where How is Succeeded, Replaced or Left
	test    ast.Stmt // the statement that tested the error first
	again   bool     // the op that ends the value is the one that bore it: the next turn of a loop
	cond    *cond    // the last condition on the error's kind that did not match
	failing bool     // another error is proved non-nil there
	kept    bool     // only a copy held the value in the end
	nilBody ast.Node // the body entered where the first test finds nil
	seen    *bool    // whether any path looks at the value
	saved   *bool    // whether any path handles it
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
