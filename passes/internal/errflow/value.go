package errflow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
)

// Origin says how an error came into being.
type Origin uint8

const (
	FromCall     Origin = iota // a call that can fail
	FromParam                  // handed in, to a callback or a handler
	FromReceive                // read from a channel
	FromNothing                // no error at all: a return of nil, nil
	FromCaptured               // the content of an enclosing function's named result when a deferred closure runs
)

// A Value is one error coming into being: one definition of a variable, or one unnamed result.
// It is immutable.
type Value struct {
	Func   *Func
	Origin Origin
	Call   *ast.CallExpr // set where Origin is FromCall
	Callee *types.Func   // nil if unknown: the call goes through a function value
	Node   ast.Node      // the expression that bears it
	Name   string        // of the variable it is born into; "" if it has none
	Unread bool          // the call stands alone or its error is assigned to _
	How    Discard

	home  *place
	peers []*place // the other results that are variables, nil where result i is blank
}

// Discard says in which form a call's error is left unseen.
type Discard uint8

const (
	NotDiscarded Discard = iota
	Statement            // f()
	Deferred             // defer f()
	Spawned              // go f()
	Blank                // _ = f() or v, _ := f()
)

// Pos returns where the value is born.
func (v *Value) Pos() token.Pos { return v.Node.Pos() }

// What names what failed, for a message: "os.Open", "f.Close", "the received error".
func (v *Value) What() string {
	switch v.Origin {
	case FromParam:
		return v.Name
	case FromReceive:
		return "the received error"
	case FromCaptured:
		return v.Name
	case FromNothing:
		return cmp.Or(v.Name, "nothing")
	}
	return callText(v.Call)
}

// callText renders the callee of a call as it is written, shortened to its last two names.
func callText(call *ast.CallExpr) string { return exprText(call.Fun) }

func exprText(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		switch x := ast.Unparen(e.X).(type) {
		case *ast.Ident:
			return x.Name + "." + e.Sel.Name
		case *ast.SelectorExpr:
			return x.Sel.Name + "." + e.Sel.Name
		case *ast.CallExpr:
			return exprText(x.Fun) + "()." + e.Sel.Name
		}
		return e.Sel.Name
	case *ast.IndexExpr:
		return exprText(e.X)
	case *ast.IndexListExpr:
		return exprText(e.X)
	case *ast.FuncLit:
		return "the function literal"
	case *ast.CallExpr:
		return exprText(e.Fun) + "()"
	}
	return "the call"
}
