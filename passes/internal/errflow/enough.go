package errflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// saysEnough reports whether to say that v's call failed is to say why, where the path e ends: it can fail in one way
// only, or only because a context ended or a time was up; or its kind was asked for, and the branch is that of one kind.
func (fl *Flow) saysEnough(v *Value, e *End) bool {
	return fl.saysOneThing(v) || v.Call != nil && fl.known.EndsOnly(v.Call) || fl.ofOneKind(v, e)
}

// ofOneKind reports whether a path ends in a branch that is taken for one kind of failure, as its condition names it: what
// another function makes of the error, such as its status or its code, equals something, or the text that the call gave
// beside it, such as what a command wrote, is searched for something.
func (fl *Flow) ofOneKind(v *Value, e *End) bool {
	if e.Handler == nil {
		return false
	}
	at := e.Handler // where it may go on behind the branch
	if inHandler(e) {
		at = e.Node
	}
	cur, ok := fl.cursor(at)
	if !ok {
		return false
	}
	texts := fl.texts(v)
	for c := range cur.Enclosing((*ast.IfStmt)(nil)) {
		s := c.Node().(*ast.IfStmt)
		if s.Body != e.Handler && !within(s, e.Handler) {
			break // further out than the failure
		}
		if within(at, s.Body) && fl.asksKind(s.Cond, v.homeVar(), texts) {
			return true
		}
	}
	return false
}

// asksKind reports whether a condition holds only if something that was made of the error in v equals something else, or
// one of some texts holds something.
func (fl *Flow) asksKind(cond ast.Expr, v *types.Var, texts []*types.Var) bool {
	switch b := ast.Unparen(cond).(type) {
	case *ast.CallExpr:
		return fl.searches(b, texts)
	case *ast.BinaryExpr:
		switch b.Op {
		case token.LAND:
			return fl.asksKind(b.X, v, texts) || fl.asksKind(b.Y, v, texts)
		case token.EQL:
			return v != nil && (fl.madeOf(b.X, v) || fl.madeOf(b.Y, v))
		}
	}
	return false
}

// searches reports whether a call of package strings or bytes, or of a regular expression, looks into one of some texts.
func (fl *Flow) searches(call *ast.CallExpr, texts []*types.Var) bool {
	fn := fl.known.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "strings", "bytes", "regexp":
		return slices.ContainsFunc(texts, func(text *types.Var) bool { return mentions(fl.info, call, text) })
	}
	return false
}

// madeOf reports whether e asks a variable that is only ever given what a call makes of v.
func (fl *Flow) madeOf(e ast.Expr, v *types.Var) bool {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		e = call.Fun
	}
	from := rootVar(fl.info, e)
	if from == nil {
		return false
	}
	call := fl.known.Definition(from)
	return call != nil && mentions(fl.info, call, v)
}

// holdsOutput reports whether a record holds the text that v's call gave beside the error, as of what a command wrote:
// there stands why it failed.
func (fl *Flow) holdsOutput(v *Value, record ast.Node) bool {
	return slices.ContainsFunc(fl.texts(v), func(text *types.Var) bool { return mentions(fl.info, record, text) })
}

// holdsPlace reports whether n mentions what p stands for: a variable, or, behind one, a certain field.
func holdsPlace(info *types.Info, n ast.Node, p *place) bool {
	if p.path == "" {
		return mentions(info, n, p.v)
	}
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if ok && !found {
			found = rootVar(info, sel) == p.v && types.ExprString(sel) == p.v.Name()+p.path
		}
		return !found
	})
	return found
}

// texts returns the variables that take text which v's call gives beside the error.
func (fl *Flow) texts(v *Value) []*types.Var {
	var list []*types.Var
	for _, l := range fl.takenBy(v) {
		if id, ok := ast.Unparen(l).(*ast.Ident); ok {
			if text, ok := fl.info.ObjectOf(id).(*types.Var); ok && isText(text.Type()) {
				list = append(list, text)
			}
		}
	}
	return list
}

// isText reports whether values of type t are text: strings and bytes.
func isText(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&types.IsString != 0
	case *types.Slice:
		b, ok := t.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte
	}
	return false
}

// reportsAnother reports whether a record holds an error that the function, or one around it, was handed: that is what
// it was called to tell, and the failure it met on the way only takes a detail from it.
func (fl *Flow) reportsAnother(v *Value, record ast.Node) bool {
	for f := v.Func; f != nil; f = f.Outer {
		if f.Sig == nil {
			continue
		}
		for p := range f.Sig.Params().Variables() {
			if isError(p.Type()) && p != v.homeVar() && mentions(fl.info, record, p) {
				return true
			}
		}
	}
	return false
}

// homeVar returns the variable into which v is born, or nil.
func (v *Value) homeVar() *types.Var {
	if v.home == nil {
		return nil
	}
	return v.home.v
}

// toPeer reports whether what failed was to write to the other end of a connection, to close it or to say until when it
// may take: the peer is gone then, and nobody is left to be told. One without connections, as of UDP, fails for each
// message anew, and the others may wait for theirs.
func (fl *Flow) toPeer(v *Value) bool {
	if v.Call == nil {
		return false
	}
	name := lastName(v.Call.Fun)
	if sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr); ok && fl.info.Selections[sel] != nil {
		return sendsOrEnds(name) && fl.isPeer(sel.X)
	}
	// io.WriteString(conn, …), fmt.Fprintf(conn, …)
	return len(v.Call.Args) > 0 && (fl.known.Kind(v.Call)&(known.Write|known.Print) != 0 || strings.HasPrefix(name, "Write") || strings.HasPrefix(name, "Fprint")) && fl.isPeer(v.Call.Args[0])
}

// sendsOrEnds reports whether a method's name says that it writes to what it is called on, or ends that.
func sendsOrEnds(name string) bool {
	name = strings.ToLower(name)
	for _, verb := range [...]string{"write", "send", "flush", "close"} {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	return strings.HasPrefix(name, "set") && strings.Contains(name, "deadline")
}

// isPeer reports whether e is a connection to one other end, or a writer that one gave for a message.
func (fl *Flow) isPeer(e ast.Expr) bool {
	if t := fl.info.TypeOf(e); t == nil || fl.withoutConnection(t) {
		return false
	}
	if fl.known.SinkOf(e) == known.PeerSink {
		return true
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	w, ok := fl.info.Uses[id].(*types.Var)
	if !ok || !fl.known.IsWriter(e) {
		return false
	}
	call := fl.known.Definition(w)
	if call == nil {
		return false
	}
	from := receiverOf(call)
	return from != nil && fl.info.TypeOf(from) != nil && fl.known.SinkOf(from) == known.PeerSink
}

// withoutConnection reports whether what is written to a value of type t says each time to whom, as net.PacketConn does.
func (fl *Flow) withoutConnection(t types.Type) bool {
	m, _, _ := types.LookupFieldOrMethod(t, true, nil, "WriteTo")
	fn, ok := m.(*types.Func)
	return ok && fn.Signature().Params().Len() == 2
}

// saidToClose reports whether a comment in the branch speaks of closing, however short it is, and what failed was to
// wait for the next thing to come: that there is no more is how such loops end.
func (fl *Flow) saidToClose(v *Value, branch ast.Node) bool {
	if v.Call == nil || branch == nil || receiverOf(v.Call) == nil || !takesNext(lastName(v.Call.Fun)) || !v.Func.inEndless(v.Call) {
		return false
	}
	last := fl.line(branch.End())
	return fl.comment(branch.Pos(), speaksOfClosing, func(g *ast.CommentGroup) bool {
		return branch.Pos() <= g.Pos() && (g.End() <= branch.End() || fl.line(g.Pos()) == last)
	}) != nil
}

// inEndless reports whether n stands in a loop of f that nothing but its body ends.
func (f *Func) inEndless(n ast.Node) bool {
	endless := false
	ast.Inspect(f.Body, func(at ast.Node) bool {
		if loop, ok := at.(*ast.ForStmt); ok {
			endless = endless || loop.Cond == nil && within(n, loop.Body)
		}
		_, lit := at.(*ast.FuncLit)
		return !lit
	})
	return endless
}

// speaksOfClosing matches a comment that says that something was closed, or came to its end.
var speaksOfClosing = regexp.MustCompile(`(?i)\bclos(e|es|ed|ing)\b|\bshut(s|ting)?[ -]?down\b|\b(done|eof|gone)\b`)
