package errflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"

	"github.com/errvet/errvet/passes/internal/known"
)

// judgedFirst reports whether a result of the failed call was asked about before its error was, and the answer left
// the function: a failure is told as something else. The error is asked in the very next statement, so the two
// tests are in the wrong order:
//
//	files, err := pack(dir)
//	if files == 0 {
//		return errors.New("no files to send")
//	}
//	if err != nil {
func (fl *Flow) judgedFirst(v *Value, e *End) bool {
	if e.Acts&Looked != Sided || v.Call == nil || v.home == nil || v.home.v == nil {
		return false
	}
	switch e.How {
	case Replaced, Succeeded, Left, Exited:
	default:
		return false
	}
	ifs, ok := e.test.(*ast.IfStmt)
	if !ok || ifs.Else != nil || !within(e.Node, ifs.Body) || partial(v) || mentions(fl.info, ifs.Cond, v.home.v) {
		return false
	}
	if fl.refusalAsked(v, ifs.Cond) {
		return false
	}
	cur, ok := fl.cursor(ifs)
	if !ok {
		return false
	}
	if prev, ok := cur.PrevSibling(); !ok || !within(v.Node, prev.Node()) {
		return false
	}
	next, ok := cur.NextSibling()
	if !ok {
		return false
	}
	switch n := next.Node().(type) {
	case *ast.IfStmt:
		x, ok := ast.Unparen(n.Cond).(*ast.BinaryExpr)
		return ok && n.Init == nil && x.Op == token.NEQ && mentions(fl.info, x, v.home.v)
	case *ast.ReturnStmt:
		for _, r := range n.Results {
			if id, ok := ast.Unparen(r).(*ast.Ident); ok && fl.info.Uses[id] == v.home.v {
				return true
			}
		}
	}
	return false
}

// refusalAsked reports whether a condition holds where a call answers false, which the function called, or each type of the
// package that has the method of the interface, does only where nothing has failed: there was nothing to do.
//
//	done, err := c.add(x)
//	if !done {
//		return nil
//	}
func (fl *Flow) refusalAsked(v *Value, cond ast.Expr) bool {
	not, ok := ast.Unparen(cond).(*ast.UnaryExpr)
	if !ok || not.Op != token.NOT {
		return false
	}
	asked := fl.variable(not.X)
	for i, p := range v.peers {
		if asked == nil || p == nil || p.v != asked || !isBool(asked.Type()) {
			continue
		}
		found := false
		for _, fn := range fl.implementations(v.Callee) {
			if !fl.falseWithoutFailure(fn, i) {
				return false
			}
			found = true
		}
		return found
	}
	return false
}

// implementations gives the functions of this package that a call of fn may come to, as far as can be seen: fn itself, or
// the methods of the types of the package that implement fn's interface.
func (fl *Flow) implementations(fn *types.Func) []*types.Func {
	if fn == nil || fn.Pkg() != fl.pkg {
		return nil
	}
	recv := fn.Signature().Recv()
	if recv == nil || !types.IsInterface(recv.Type()) {
		return []*types.Func{fn}
	}
	i, _ := recv.Type().Underlying().(*types.Interface)
	var all []*types.Func
	for t := range known.Implementations(fl.pkg, i) {
		m, _, _ := types.LookupFieldOrMethod(t, true, fl.pkg, fn.Name())
		if m, ok := m.(*types.Func); ok {
			all = append(all, m)
		}
	}
	return all
}

// falseWithoutFailure reports whether each return of fn gives true for its result i, as written, or nil for its error.
func (fl *Flow) falseWithoutFailure(fn *types.Func, i int) bool {
	d := fl.declOf(fn)
	if d == nil {
		return false
	}
	at, all := fn.Signature().Results().Len()-1, true
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) != at+1 || i >= at {
				all = false
				break
			}
			answer := fl.info.Types[n.Results[i]].Value
			all = all && (fl.info.Types[n.Results[at]].IsNil() || answer != nil && answer.Kind() == constant.Bool && constant.BoolVal(answer))
		}
		return all
	})
	return all
}

// asksForSomething reports whether an if asks that there be something: x != nil, len(x) > 0, ok, x == known. Most functions
// give nothing beside their error, so a failure does not go that way.
func asksForSomething(test ast.Node) bool {
	ifs, ok := test.(*ast.IfStmt)
	return ok && somethingThere(ifs.Cond)
}

func somethingThere(cond ast.Expr) bool {
	switch x := ast.Unparen(cond).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		return true
	case *ast.BinaryExpr:
		switch x.Op {
		case token.NEQ:
			switch y := ast.Unparen(x.Y).(type) {
			case *ast.BasicLit:
				return true
			case *ast.Ident:
				return y.Name == "nil"
			}
		case token.EQL:
			switch y := ast.Unparen(x.Y).(type) {
			case *ast.BasicLit:
				return y.Value != "0" && len(y.Value) > len(`""`)
			case *ast.Ident:
				return y.Name != "nil" && y.Name != "false"
			}
			return true
		case token.GTR, token.GEQ:
			return true
		case token.LAND:
			return somethingThere(x.X) || somethingThere(x.Y)
		}
	}
	return false
}

// partialName is how functions are called whose results count beside an error: so much was read before it.
var partialName = regexp.MustCompile(`(?i)read|write|copy|recv|receive|peek|scan|next|decode|parse|try`)

func partial(v *Value) bool {
	return v.Callee == nil || partialName.MatchString(v.Callee.Name())
}

// onlyLast reports whether an error gets lost to that of a later turn of the loop, although the loop is to be
// told of as a whole: the variable is returned behind it. Either every turn gives it, so that a later success hides
// the failure, or each failure takes the place of the one before.
func (fl *Flow) onlyLast(v *Value, e *End) bool {
	if e.How != Overwritten || v.Origin != FromCall || !*e.given || v.home == nil || e.op.p == nil || v.Func.turning(e.test) || v.Func.searching(e.test) {
		return false
	}
	if e.again {
		return e.Acts&Handler != 0 && e.op.p == v.home && v.Func.returns(v.home)
	}
	copied := e.op.src.kind == srcPlace && e.op.src.q == v.home && e.op.p != v.home
	return copied && e.Acts&Handler != 0 && within(e.op.node, e.Handler) && e.Acts&(Logged|Printed) == 0 && v.Func.returns(e.op.p) && !meantLast.MatchString(e.op.p.name)
}

// oneOfTwo reports whether an error is assigned over another where it is proved to be one: a failure is told either way.
func oneOfTwo(v *Value, e *End) bool {
	q := e.op.src.q
	if q == nil || q.shared {
		return false
	}
	for _, blk := range v.Func.g.blocks {
		for i := range blk.ops {
			if &blk.ops[i] == e.op {
				st := v.Func.stateAt(point{blk, i})
				return st != nil && st.nils[q.id] == NonNil
			}
		}
	}
	return false
}

// meantLast is how a variable is called that is meant to hold no more than the last error.
var meantLast = regexp.MustCompile(`(?i)last|prev|latest`)

// returns reports whether a return statement gives what p holds.
func (f *Func) returns(p *place) bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind == opUse && o.p == p && o.act&Returned != 0 {
				return true
			}
		}
	}
	return false
}
