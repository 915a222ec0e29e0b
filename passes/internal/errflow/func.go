package errflow

import (
	"go/ast"
	"go/types"
)

// Role says who calls a function, which decides where its errors can go.
type Role uint8

const (
	Plain     Role = iota
	Main           // func main of package main, or a handler of a framework for commands: both end with the program
	Init           // func init
	Test           // a function in a _test.go file that takes a *testing.T or its like
	Boundary       // a net/http handler, or what a contract //errvet:boundary says ends errors
	Goroutine      // the function of a go statement
	Deferrer       // the closure of a defer statement
	Inline         // a closure that runs where it stands
	Callback       // a closure handed to somebody else
	Local          // a closure kept in a local variable that is only called
)

func (r Role) String() string {
	return [...]string{"plain", "main", "init", "test", "boundary", "goroutine", "deferred", "inline", "callback", "local"}[r]
}

// A Func is a declared function or a function literal.
type Func struct {
	Node   ast.Node // *ast.FuncDecl or *ast.FuncLit
	Body   *ast.BlockStmt
	Sig    *types.Signature
	Role   Role
	Outer  *Func // the enclosing function of a literal
	Obj    *types.Func
	InTest bool // stands in a _test.go file
	// Support says that the function stands in a file that is none of the tests' but imports testing or is named
	// testing.go, in a package that helps tests, or that by its name it is for tests: what it drops, a test will notice.
	Support bool

	fl     *Flow
	g      *graph
	bits   []int // place id to bit of the holder set, -1: none
	values []*Value
	errs   []int // indexes of the results of type error
	member bool  // a closure that a group runs and whose error the group gives
	lits   []*Func
	over   bool // a search met its bound
	states []state
	births func() *birthSets // solved when first asked for
	rec    *recorder         // set on the copy that Lives works on
}

// Name returns the name as a reader would write it: "(*Server).Serve", "Serve", or "func literal in Serve".
func (f *Func) Name() string {
	switch n := f.Node.(type) {
	case *ast.FuncDecl:
		if n.Recv == nil || len(n.Recv.List) == 0 {
			return n.Name.Name
		}
		t := n.Recv.List[0].Type
		star := ""
		if s, ok := ast.Unparen(t).(*ast.StarExpr); ok {
			star, t = "*", s.X
		}
		name := exprText(t)
		if star != "" {
			return "(*" + name + ")." + n.Name.Name
		}
		return name + "." + n.Name.Name
	}
	if f.Outer != nil {
		return "function literal in " + f.Outer.Top().Name()
	}
	return "function literal"
}

// DeclName names the declared function around f, as a contract in a name needs it; "" in an initializer of the package.
func (f *Func) DeclName() string {
	if d, ok := f.Top().Node.(*ast.FuncDecl); ok {
		return d.Name.Name
	}
	return ""
}

// Top returns the declared function around f, or the outermost literal.
func (f *Func) Top() *Func {
	for f.Outer != nil {
		f = f.Outer
	}
	return f
}

// CanReturnError reports whether f has a result of type error.
func (f *Func) CanReturnError() bool { return len(f.errs) > 0 }
