package errflow

import (
	"go/ast"
	"go/types"
	"iter"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// A handle is something that is written to and then closed, flushed, synced or committed: a local variable, a
// parameter, or a field reached from one.
type handle struct {
	v    *types.Var
	path string // ".field" chain behind v
}

// handleOf returns the handle that an expression names.
func (fl *Flow) handleOf(e ast.Expr) (handle, bool) {
	if e == nil {
		return handle{}, false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := fl.info.ObjectOf(e).(*types.Var)
		return handle{v: v}, ok
	case *ast.SelectorExpr:
		if s := fl.info.Selections[e]; s != nil && s.Kind() == types.FieldVal {
			h, ok := fl.handleOf(e.X)
			h.path += "." + e.Sel.Name
			return h, ok
		}
		v, ok := fl.info.Uses[e.Sel].(*types.Var)
		return handle{v: v}, ok && fl.info.Selections[e] == nil
	case *ast.UnaryExpr:
		return fl.handleOf(e.X)
	case *ast.StarExpr:
		return fl.handleOf(e.X)
	case *ast.CallExpr: // a conversion
		if fl.info.Types[e.Fun].IsType() && len(e.Args) == 1 {
			return fl.handleOf(e.Args[0])
		}
	}
	return handle{}, false
}

// is reports whether an expression names h.
func (fl *Flow) is(h handle, e ast.Expr) bool {
	got, ok := fl.handleOf(e)
	return ok && got == h
}

// through reports whether what is written to e goes through h: e is h or is built over it.
func (fl *Flow) through(h handle, e ast.Expr) bool {
	for range 5 {
		if e == nil || fl.is(h, e) {
			return e != nil
		}
		e = fl.known.Base(e)
	}
	return false
}

// local reports whether h is a variable of a function, whose life can be seen as a whole.
func (h handle) local() bool {
	return h.path == "" && h.v.Pkg() != nil && !h.v.IsField() && h.v.Parent() != h.v.Pkg().Scope()
}

// A touch is what one call does to a handle.
type touch uint8

const (
	untouched touch = iota
	writes          // hands it data
	lent            // hands it to somebody who can do no more than write to it
	handed          // hands it to somebody who may do anything with it
	closes          // Close, Commit, or any other call that ends its use
	flushes
	syncs
	rolls // gives up what was written
	renews
)

// touchOf says what a call does to h.
func (fl *Flow) touchOf(h handle, call *ast.CallExpr, made map[*ast.CallExpr]handle) touch {
	if of, ok := made[call]; ok && of == h {
		return renews
	}
	kind := fl.known.Kind(call)
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && fl.info.Selections[sel] != nil {
		switch {
		case fl.is(h, sel.X):
			t := ownTouch(kind, sel.Sel.Name)
			if (t == writes || t == untouched) && fl.closesToo(fl.known.Callee(call)) {
				return closes
			}
			return t
		case fl.through(h, sel.X):
			if kind&(known.Write|known.Flush|known.Close|known.Persist) != 0 {
				return writes
			}
		}
	}
	for i, a := range call.Args {
		if !fl.through(h, a) {
			continue
		}
		if kind&(known.Write|known.Print) != 0 && i == 0 {
			return writes
		}
		if kind&known.Close != 0 {
			return closes
		}
		if t := fl.lends(call, i); t != untouched && !known.Records(fl.known.Callee(call)) {
			return t
		}
	}
	return untouched
}

// ownTouch says what a method does to the handle that it is called on.
func ownTouch(kind known.Kind, name string) touch {
	switch {
	case kind&known.Write != 0 && kind&known.Flush == 0:
		return writes
	case kind&known.Rollback != 0:
		return rolls
	case kind&(known.Close|known.Commit) != 0, name == "Commit": // with a digest or a size to check, for instance
		return closes
	case kind&known.Sync != 0:
		return syncs
	case kind&known.Flush != 0:
		return flushes
	case kind&known.Persist != 0, strings.HasPrefix(name, "Write"), strings.HasPrefix(name, "Append"), strings.HasPrefix(name, "Put"):
		return writes
	}
	return untouched
}

// lends says what a call may do with its i-th argument, by the type of the parameter.
func (fl *Flow) lends(call *ast.CallExpr, i int) touch {
	sig, ok := fl.info.TypeOf(call.Fun).Underlying().(*types.Signature)
	if !ok {
		return untouched // a conversion, or a builtin
	}
	n := sig.Params().Len()
	if i >= n {
		i = n - 1
	}
	if i < 0 {
		return untouched
	}
	t := sig.Params().At(i).Type()
	if !types.IsInterface(t) {
		return handed
	}
	if onlyWrites(t) {
		return lent
	}
	if end, _, _ := types.LookupFieldOrMethod(t, false, nil, "Close"); end != nil {
		return handed
	}
	return untouched
}

// takesWriter reports whether the parameter that h is given to is of h's own type.
func (fl *Flow) takesWriter(h handle, call *ast.CallExpr) bool {
	sig, ok := fl.info.TypeOf(call.Fun).Underlying().(*types.Signature)
	if !ok {
		return false
	}
	for i, a := range call.Args {
		if fl.is(h, a) && i < sig.Params().Len() && types.Identical(sig.Params().At(i).Type(), fl.info.TypeOf(a)) {
			return true
		}
	}
	return false
}

// made maps the calls of a function whose first result becomes a handle to that handle.
func (fl *Flow) made(body ast.Node) map[*ast.CallExpr]handle {
	made := map[*ast.CallExpr]handle{}
	for l, r := range assignments(body) {
		if call, ok := ast.Unparen(r).(*ast.CallExpr); ok {
			if h, ok := fl.handleOf(l); ok {
				made[call] = h
			}
		}
	}
	return made
}

// assignments goes through what is assigned, or declared with a value, and what it is given; of several results it takes the first.
func assignments(body ast.Node) iter.Seq2[ast.Expr, ast.Expr] {
	return func(yield func(l, r ast.Expr) bool) {
		more := true
		give := func(l, r ast.Expr) { more = more && yield(l, r) }
		ast.Inspect(body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if len(n.Lhs) == len(n.Rhs) {
					for i := range n.Lhs {
						give(n.Lhs[i], n.Rhs[i])
					}
				} else {
					give(n.Lhs[0], n.Rhs[0])
				}
			case *ast.ValueSpec:
				for i, r := range n.Values {
					give(n.Names[i], r)
				}
			}
			return more
		})
	}
}

// keeping says who else has a handle.
type keeping struct {
	shared  bool // something that may close it: a field, a variable, a channel, the caller
	started bool // a goroutine
	lent    bool // something that can only write to it
}

// kept says where a function puts h, so that others have it after the calls it makes.
func (fl *Flow) kept(h handle, body ast.Node) keeping {
	var k keeping
	put := func(e ast.Expr, to types.Type) {
		switch {
		case !fl.is(h, e):
		case to != nil && onlyWrites(to):
			k.lent = true
		default:
			k.shared = true
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, r := range n.Rhs {
				if i < len(n.Lhs) && !isBlank(n.Lhs[i]) && !fl.ofProcess(n.Lhs[i]) {
					put(r, fl.info.TypeOf(n.Lhs[i]))
				}
			}
		case *ast.ValueSpec:
			for i, r := range n.Values {
				put(r, fl.info.TypeOf(n.Names[i]))
			}
		case *ast.CompositeLit:
			for _, el := range n.Elts {
				if kv, ok := el.(*ast.KeyValueExpr); ok {
					put(kv.Value, fl.info.TypeOf(kv.Key))
				} else {
					put(el, nil)
				}
			}
		case *ast.SendStmt:
			put(n.Value, nil)
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				put(r, nil)
			}
		case *ast.GoStmt:
			for _, a := range n.Call.Args {
				k.started = k.started || fl.is(h, a)
			}
		}
		return !k.shared
	})
	return k
}

// ofProcess reports whether e is a field of exec.Cmd: the process writes to a descriptor of its own.
func (fl *Flow) ofProcess(e ast.Expr) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v, ok := fl.info.Uses[sel.Sel].(*types.Var)
	return ok && v.Pkg() != nil && v.Pkg().Path() == "os/exec"
}

// onlyWrites reports whether an interface lets whoever has it write and nothing more.
func onlyWrites(t types.Type) bool {
	if !types.IsInterface(t) {
		return false
	}
	write, _, _ := types.LookupFieldOrMethod(t, false, nil, "Write")
	end, _, _ := types.LookupFieldOrMethod(t, false, nil, "Close")
	return write != nil && end == nil
}
