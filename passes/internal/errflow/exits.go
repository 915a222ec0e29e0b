package errflow

import (
	"go/ast"
	"go/token"
	"strings"
)

// The cases of abruptexit: what is wrong with an exit.
const (
	CaseRaised     = "panic"       // an ordinary error is raised as a panic
	CaseExited     = "exit"        // an ordinary error ends the program
	CaseSkipsDefer = "skips-defer" // the program ends before a deferred call that would save data
)

// An Exit is a call that does not come back.
type Exit struct {
	Func *Func // the innermost function around it
	Call *ast.CallExpr
	// Errs are the births of the errors that are proved non-nil there, those that the call is given first; empty
	// where none is.
	Errs []Birth

	Case    string         // what is wrong with it; "" if nothing is
	Strict  bool           // as in [Loss]
	Value   *Value         // the ordinary error on which it ends the program, or panics
	Skipped *ast.DeferStmt // what is deferred and does not run
	Saves   *ast.CallExpr  // the call in there without which data is lost
	Loses   string         // what happens without it
	Reasons []ast.Node     // where a comment may say why the program has to end there
}

// Exits gives the calls of the package that do not come back: panic, os.Exit, log.Fatal and all that known or
// the control flow says never return. Code that nothing reaches is left out; nothing is said of what stands where skips
// says so. Safe for concurrent use.
func (fl *Flow) Exits(skips func(token.Pos) bool) []*Exit {
	w := &exits{fl: fl, told: map[*ast.DeferStmt]bool{}}
	var list []*Exit
	for _, f := range fl.funcs {
		for _, x := range f.exits() {
			list = append(list, x)
			if !skips(x.Call.Pos()) {
				w.judge(x)
			}
		}
	}
	return list
}

// exits are those of a package: of several that skip one deferred call the first is told.
type exits struct {
	fl   *Flow
	told map[*ast.DeferStmt]bool
}

// judge says what is wrong with an exit: what it skips is worse than what it ends.
func (w *exits) judge(x *Exit) {
	fl := w.fl
	how := fl.endsHow(x.Call, 3)
	if how == CaseExited && w.skipsDefer(x) || how == "" || len(x.Errs) == 0 || fl.succeeds(x.Call) || x.Func.InTest || x.Func.mayExit() {
		return
	}
	v := x.Errs[0].Value
	if v == nil || v.Origin == FromCaptured || v.Call != nil && (fl.known.AlwaysFails(v.Call) || fl.known.ReadsSource(v.Call)) {
		return // made here to say that the program is wrong, or of an argument that is in the source
	}
	// A panic can be recovered, and mostly says that the program is wrong: of 28 read, six were to be returned. Of 37
	// exits that were read in code nobody had looked at, readers would have asked about 15: that a start-up function
	// ends the program is a decision, which all that call it share.
	x.Case, x.Value, x.Reasons, x.Strict = how, v, fl.branchOf(x.Call), true
}

// endsHow says how a call that does not come back ends: CaseRaised, CaseExited, or "" where that is not known or only a
// test or a goroutine ends. deep bounds the way through functions of this package.
func (fl *Flow) endsHow(call *ast.CallExpr, deep int) (how string) {
	if fl.known.Builtin(call) == "panic" {
		return CaseRaised
	}
	fn := fl.known.Callee(call)
	if fn == nil || fn.Pkg() == nil || !fl.known.NoReturn(call) {
		return ""
	}
	if d := fl.declOf(fn); d != nil && deep > 0 {
		ast.Inspect(d.Body, func(n ast.Node) bool {
			if inner, ok := n.(*ast.CallExpr); ok && how == "" {
				how = fl.endsHow(inner, deep-1)
			}
			_, lit := n.(*ast.FuncLit)
			return how == "" && !lit
		})
		return how
	}
	switch path, name := fn.Pkg().Path(), fn.Name(); {
	case path == "testing" || path == "runtime":
	case path == "os" || path == "syscall", strings.HasPrefix(name, "Fatal"), strings.HasPrefix(name, "Exit"):
		return CaseExited
	case strings.HasPrefix(name, "Panic"):
		return CaseRaised
	}
	return ""
}

// succeeds reports whether a call is os.Exit(0): the error is one that is expected, such as flag.ErrHelp.
func (fl *Flow) succeeds(exit *ast.CallExpr) bool {
	if len(exit.Args) != 1 {
		return false
	}
	v := fl.info.Types[exit.Args[0]].Value
	return v != nil && v.ExactString() == "0"
}

// branchOf gives what a comment may stand in or on that says why a call is made there: the call and the branch around it.
func (fl *Flow) branchOf(call *ast.CallExpr) []ast.Node {
	nodes := []ast.Node{call}
	if cur, ok := fl.cursor(call); ok {
		for p := range cur.Enclosing((*ast.BlockStmt)(nil), (*ast.CaseClause)(nil), (*ast.FuncLit)(nil)) {
			switch p.Parent().Node().(type) {
			case *ast.IfStmt, *ast.BlockStmt:
				nodes = append(nodes, p.Node())
			}
			break
		}
	}
	return nodes
}

// mayExit reports whether a function may end the program on any error.
func (f *Func) mayExit() bool {
	if f.Role == Init || f.Role == Test || f.Top().Role == Init {
		return true
	}
	for in := f; in != nil; in = in.Outer {
		if in.Role == Main && !in.CanReturnError() {
			return true
		}
	}
	return begins(f.DeclName(), "must")
}

func (f *Func) exits() []*Exit {
	if !f.stops() || len(f.g.places)*len(f.g.blocks) > maxStates {
		return nil
	}
	var list []*Exit
	states, births := f.states, f.births()
	if states == nil {
		states = f.solve()
	}
	for _, blk := range f.g.blocks {
		if !states[blk.id].reached {
			continue
		}
		st := states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			call, ok := o.node.(*ast.CallExpr)
			if ok && o.kind == opStop && f.fl.around(call) == f {
				list = append(list, &Exit{Func: f, Call: call, Errs: births.failed(point{blk, i}, st, call)})
			}
			st.apply(f.g, o)
		}
	}
	return list
}

func (f *Func) stops() bool {
	for _, blk := range f.g.blocks {
		for i := range blk.ops {
			if blk.ops[i].kind == opStop {
				return true
			}
		}
	}
	return false
}

// failed gives the births of the errors that are proved non-nil at a point.
func (s *birthSets) failed(at point, st state, call *ast.CallExpr) []Birth {
	sets := s.before(at)
	if sets == nil {
		return nil
	}
	var given, others []Birth
	for _, p := range s.f.g.places {
		if p.kind != errorPlace && p.kind != tempPlace || p.shared || st.nils[p.id] != NonNil {
			continue
		}
		for i, birth := range s.list {
			switch {
			case sets[p.id]&(1<<i) == 0:
			case p.v != nil && mentions(s.f.fl.info, call, p.v):
				given = append(given, birth)
			default:
				others = append(others, birth)
			}
		}
	}
	return append(given, others...)
}
