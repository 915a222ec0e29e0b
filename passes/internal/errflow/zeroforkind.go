package errflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	astedge "golang.org/x/tools/go/ast/edge"
)

// takenForKinds finds the ifs that ask whether what a call was to fill in is zero, or whether its error is of one kind: a
// failure of any other kind leaves the zero there as well, so that all are taken for that kind, and the test for them
// behind it has no use.
//
//	var count int
//	err := row.Scan(&count)
//	if count == 0 || errors.Is(err, sql.ErrNoRows) {
//
// It looks at the text alone, so that an error which a closure shares with others is looked at too.
func (fl *Flow) takenForKinds(f *Func) {
	for _, v := range f.values {
		if v.Unread || v.Call == nil || v.home == nil || v.home.v == nil {
			continue
		}
		ifs := fl.ifBehind(v)
		if ifs == nil || mentions(fl.info, ifs.Body, v.home.v) {
			continue
		}
		if zero := fl.zeroOrKind(v, ifs.Cond); zero != nil {
			fl.losses[Swallowed] = append(fl.losses[Swallowed], &Loss{Class: Swallowed, Case: CaseZeroKind, At: ifs, AtHand: zero.Name(), Value: v, Strict: f.Support})
		}
	}
}

// ifBehind returns the if whose init statement takes v's error, or that stands right behind the statement that does.
func (fl *Flow) ifBehind(v *Value) *ast.IfStmt {
	cur, ok := fl.cursor(v.Call)
	if !ok {
		return nil
	}
	assign := cur.Parent()
	if _, ok := assign.Node().(*ast.AssignStmt); !ok {
		return nil
	}
	if e, _ := assign.ParentEdge(); e == astedge.IfStmt_Init {
		return assign.Parent().Node().(*ast.IfStmt)
	}
	next, ok := assign.NextSibling()
	if !ok {
		return nil
	}
	if ifs, ok := next.Node().(*ast.IfStmt); ok && ifs.Init == nil {
		return ifs
	}
	return nil
}

// zeroOrKind returns the variable whose zero a condition asks for, before it asks as an alternative of which kind v's error
// is, if v's call alone could give it something else. It is nil where the condition asks whether there is an error.
func (fl *Flow) zeroOrKind(v *Value, cond ast.Expr) *types.Var {
	var zero *types.Var
	kind := false
	for _, alternative := range operands(cond, token.LOR) {
		switch {
		case fl.asksForNil(alternative, alternative.Pos(), func(e ast.Expr) bool { return mentions(fl.info, e, v.home.v) }):
			return nil
		case mentions(fl.info, alternative, v.home.v):
			kind = true
		case zero == nil && !kind:
			if x := fl.comparedWithZero(alternative); x != nil && fl.filledOnlyBy(v, x) {
				zero = x
			}
		}
	}
	if !kind {
		return nil
	}
	return zero
}

// comparedWithZero returns the variable of a condition that is met by its zero value: n == 0, n <= 0, n < 1, name == "",
// !found.
func (fl *Flow) comparedWithZero(cond ast.Expr) *types.Var {
	switch x := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			return fl.variable(x.X)
		}
	case *ast.BinaryExpr:
		v, with := fl.variable(x.X), fl.info.Types[x.Y].Value
		if v == nil || with == nil {
			return nil
		}
		var zero constant.Value
		switch with.Kind() {
		case constant.Int, constant.Float:
			zero = constant.MakeInt64(0)
		case constant.String:
			zero = constant.MakeString("")
		default:
			return nil
		}
		switch x.Op {
		case token.EQL, token.LEQ, token.LSS:
			if constant.Compare(zero, x.Op, with) {
				return v
			}
		}
	}
	return nil
}

// filledOnlyBy reports whether v's call is given the address of a variable of its function that was declared without a
// value, and that nothing else gives one.
func (fl *Flow) filledOnlyBy(v *Value, x *types.Var) bool {
	filled, declared, other := false, false, false
	var loops []ast.Node
	ast.Inspect(v.Func.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if within(v.Call, n) {
				loops = append(loops, n)
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				if fl.info.Defs[name] == x {
					declared = len(n.Values) == 0
				}
			}
		case *ast.AssignStmt:
			other = other || fl.assignsAny(n, x)
		case *ast.IncDecStmt:
			other = other || fl.assignsTo(n.X, x)
		case *ast.UnaryExpr:
			if n.Op == token.AND && fl.variable(n.X) == x {
				given := isArgument(n, v.Call)
				filled, other = filled || given, other || !given
			}
		}
		return !other
	})
	for _, l := range loops {
		other = other || x.Pos() < l.Pos() // an earlier turn may have filled it
	}
	return filled && declared && !other
}

func isArgument(e ast.Expr, call *ast.CallExpr) bool {
	for _, a := range call.Args {
		if ast.Unparen(a) == e {
			return true
		}
	}
	return false
}
