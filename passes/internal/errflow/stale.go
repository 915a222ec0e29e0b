package errflow

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// stale reports what is done with an error that is proved nil where another error, or none at all, is the one
// at hand. These are no lives of values: the error concerned is nil on every path.
type stale struct {
	fl       *Flow
	f        *Func
	branches []branch
}

// A branch is a body that is entered by one outcome of a test of an error.
type branch struct {
	body ast.Node
	p    *place
	told Nilness
	expr ast.Expr // the test
	kind condKind
}

// suspects looks for uses of errors proved nil in f, whose states have been solved.
func (fl *Flow) suspects(f *Func) {
	s := &stale{fl: fl, f: f}
	s.findBranches()
	for _, blk := range f.g.blocks {
		if !f.states[blk.id].reached {
			continue
		}
		st := f.states[blk.id].clone()
		for i := range blk.ops {
			o := &blk.ops[i]
			switch o.kind {
			case opUse:
				s.used(&st, blk, i)
			case opReturn:
				s.returned(&st, o)
			}
			st.apply(f.g, o)
		}
		s.tested(&st, blk)
	}
	s.deferred()
	s.inverted()
}

func (s *stale) findBranches() {
	for _, blk := range s.f.g.blocks {
		for i := range blk.succ {
			e := &blk.succ[i]
			c := e.cond
			if c == nil || c.p == nil || e.into == nil || c.p.kind != errorPlace && c.p.kind != tempPlace {
				continue
			}
			told := c.whenFalse
			if e.sense {
				told = c.whenTrue
			}
			if told != Unknown {
				s.branches = append(s.branches, branch{e.into, c.p, told, c.expr, c.kind})
			}
		}
	}
}

// around returns the innermost branch around n.
func (s *stale) around(n ast.Node) *branch {
	var best *branch
	for i := range s.branches {
		b := &s.branches[i]
		if within(n, b.body) && (best == nil || within(b.body, best.body)) {
			best = b
		}
	}
	return best
}

// atHand returns the branch around n that is entered because an error other than p is not nil, unless a
// branch further in is about p itself, or the error was given something else in between.
func (s *stale) atHand(n ast.Node, p *place) *branch {
	var best *branch
	for i := range s.branches {
		b := &s.branches[i]
		if !within(n, b.body) || best != nil && !within(b.body, best.body) {
			continue
		}
		if best = b; b.p == p || b.told != NonNil || s.redefined(b, n) {
			best = nil
		}
	}
	return best
}

func (s *stale) redefined(b *branch, n ast.Node) bool {
	for _, blk := range s.f.g.blocks {
		for i := range blk.ops {
			o := &blk.ops[i]
			if o.kind == opDef && o.p == b.p && within(o.node, b.body) && o.pos() < n.Pos() {
				return true
			}
		}
	}
	return false
}

// told is what becomes known to others: where a nil is no answer.
const told = Logged | Printed | Wrapped | Flattened | Sent | Responded | Panicked

func (s *stale) used(st *state, blk *block, at int) {
	o := &blk.ops[at]
	if o.p.kind == errorPlace && !o.p.shared && st.nils[o.p.id] == Nil && s.handedToText(o.node) && !s.elsewhere(o.p, o.node) && !s.infallible(o.p) {
		s.add(&Loss{Case: CaseNilCalled, At: o.node}, o.p, nil, o.act)
		return
	}
	if o.act&(told|Rendered|Joined) == 0 || o.p.kind != errorPlace || o.p.shared || s.elsewhere(o.p, o.node) {
		return
	}
	if st.nils[o.p.id] == Unknown && o.act&(Wrapped|Logged|Joined) != 0 {
		s.untested(blk, at)
		return
	}
	if st.nils[o.p.id] != Nil || s.infallible(o.p) {
		return
	}
	cur, ok := s.fl.cursor(o.node)
	if !ok {
		return
	}
	call := callAround(cur)
	if b := s.atHand(o.node, o.p); b != nil {
		if stmt := stmtAround(cur); stmt == nil || !s.names(stmt, b.p) {
			s.add(&Loss{Case: CaseInstead, At: o.node}, o.p, b, o.act)
			return
		}
	}
	switch {
	case asksText(o.node):
		s.add(&Loss{Case: CaseNilCalled, At: o.node}, o.p, nil, o.act)
	case call == nil:
	case o.act&(Wrapped|Flattened) != 0 && s.makesError(call, o.node):
		b := s.around(o.node) // want an error, got <nil>
		asked := o.act&Wrapped == 0 && b != nil && b.p == o.p
		s.add(&Loss{Case: CaseNilWrapped, At: o.node, Strict: asked}, o.p, nil, o.act)
	case o.act&(Logged|Printed) != 0 && s.complains(call) && !s.inTest():
		if b := s.around(o.node); b != nil && b.p == o.p && b.told == Nil {
			s.add(&Loss{Case: CaseInverted, At: o.node}, o.p, nil, o.act)
		}
	}
}

// asksText reports whether n is err.Error(): of a nil error it panics.
func asksText(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Error" && len(call.Args) == 0
}

// elsewhere reports whether n stands in a closure that runs in place and p is declared outside it: the graph has
// one run of the closure, and an earlier one may have set p.
func (s *stale) elsewhere(p *place, n ast.Node) bool {
	for _, l := range s.f.lits {
		if within(n, l.Node) && (p.v == nil || p.v.Pos() < l.Node.Pos() || p.v.Pos() >= l.Node.End()) {
			return true
		}
	}
	return false
}

// infallible reports whether p is given the error of a call that cannot fail: to handle it is care, not a slip.
func (s *stale) infallible(p *place) bool {
	for _, blk := range s.f.g.blocks {
		for i := range blk.ops {
			if o := &blk.ops[i]; o.kind == opDef && o.p == p && o.src.kind == srcNil && o.src.call != nil {
				return true
			}
		}
	}
	return false
}

func callAround(cur inspector.Cursor) *ast.CallExpr {
	for cur = cur.Parent(); ; cur = cur.Parent() {
		switch n := cur.Node().(type) {
		case *ast.CallExpr:
			return n
		case *ast.SelectorExpr, *ast.ParenExpr:
		default:
			return nil
		}
	}
}

func stmtAround(cur inspector.Cursor) ast.Node {
	for ; cur.Node() != nil; cur = cur.Parent() {
		if s, ok := cur.Node().(ast.Stmt); ok {
			return s
		}
	}
	return nil
}

// makesError reports whether a call that is handed the nil error n answers as if it were an error: it always
// makes one, or it makes none although the caller means it to.
func (s *stale) makesError(call *ast.CallExpr, n ast.Node) bool {
	if s.fl.known.AlwaysFails(call) {
		return true
	}
	i, ok := s.fl.known.Follows(call)
	return ok && i < len(call.Args) && within(n, call.Args[i]) && (s.around(n) != nil || s.inBranch(call))
}

// inBranch reports whether a call stands in a branch that something else than an error decides about: at the end of a
// function, errors.Wrap(err, …) only wraps what may be there.
func (s *stale) inBranch(call *ast.CallExpr) bool {
	cur, ok := s.fl.cursor(call)
	if !ok {
		return false
	}
	for c := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := c.Node().(type) {
		case *ast.IfStmt:
			return within(call, n.Body)
		case *ast.CaseClause:
			return true
		default:
			return false
		}
	}
	return false
}

var (
	alarmName = regexp.MustCompile(`(?i)err|warn|fatal|crit|alert`)
	alarmText = regexp.MustCompile(`(?i)\b(fail|error|unable|cannot|can't|could not|couldn't)`)
)

// complains reports whether a log record tells of a failure, by its level or by its text.
func (s *stale) complains(call *ast.CallExpr) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && s.fl.known.Kind(call)&known.Log != 0 && alarmName.MatchString(sel.Sel.Name) {
		return true
	}
	for _, a := range call.Args {
		if lit, ok := ast.Unparen(a).(*ast.BasicLit); ok && lit.Kind == token.STRING && alarmText.MatchString(lit.Value) {
			return true
		}
	}
	return false
}

// counted reports whether a call appends to a list of errors that the function asks for its length, or gives as it is:
// what is nil in it counts as a failure there. errors.Join leaves it out.
func (s *stale) counted(call *ast.CallExpr) bool {
	if s.fl.known.Builtin(call) != "append" {
		return false
	}
	list := s.fl.variable(call.Args[0])
	if list == nil || !isErrorSlice(list.Type()) {
		return false
	}
	found := false
	ast.Inspect(s.f.Top().Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = found || s.fl.known.Builtin(n) == "len" && s.fl.variable(n.Args[0]) == list
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				found = found || s.fl.variable(r) == list
			}
		}
		return !found
	})
	return found
}

// saysFailure reports whether a record says in so many words that something failed.
func (s *stale) saysFailure(call *ast.CallExpr) bool {
	for _, a := range call.Args {
		if lit, ok := ast.Unparen(a).(*ast.BasicLit); ok && lit.Kind == token.STRING && failed.MatchString(lit.Value) {
			return true
		}
	}
	return false
}

var failed = regexp.MustCompile(`(?i)\bfail(ed|ure|s)?\b|\b(can't|cannot|could not|couldn't|unable to)\b`)

// testedBehind reports whether the statement behind the one around cur tests an error: then the record is for looking at
// both ways.
func (s *stale) testedBehind(cur inspector.Cursor, p *place) bool {
	for c := range cur.Enclosing((*ast.ExprStmt)(nil)) {
		if next, ok := c.NextSibling(); ok && p.v != nil {
			i, ok := next.Node().(*ast.IfStmt)
			return ok && mentions(s.fl.info, i.Cond, p.v)
		}
		break
	}
	return false
}

func (s *stale) inTest() bool {
	top := s.f.Top()
	return s.f.InTest || takesTest(top.Sig) || takesTest(s.f.Sig)
}

// untested reports an error that is wrapped and returned, logged as a failure or put among those that are counted, as soon
// as it is born, whether it is nil or not.
func (s *stale) untested(blk *block, at int) {
	use := &blk.ops[at]
	var born *Value
	for i := range at {
		o := &blk.ops[i]
		if o.kind == opDef && o.p == use.p {
			born = o.val
		}
		if o.kind == opUse && o.p == use.p && o.act&Looked != 0 {
			return
		}
	}
	if born == nil || born.Origin != FromCall || s.fl.known.AlwaysFails(born.Call) || endless(born) {
		return
	}
	cur, ok := s.fl.cursor(use.node)
	if !ok {
		return
	}
	call := callAround(cur)
	if call == nil {
		return
	}
	if use.act&Joined != 0 {
		if s.counted(call) && !s.inTest() {
			s.add(&Loss{Case: CaseUntested, At: use.node}, use.p, nil, use.act)
		}
		return
	}
	if use.act&Logged != 0 {
		if use.act&^(Logged|Rendered) == 0 && s.fl.known.Kind(call)&known.Log != 0 && s.saysFailure(call) && !s.inTest() && !s.testedBehind(cur, use.p) {
			s.add(&Loss{Case: CaseUntested, At: use.node}, use.p, nil, use.act)
		}
		return
	}
	if !s.fl.known.AlwaysFails(call) {
		return
	}
	if _, ok := stmtAround(cur).(*ast.ReturnStmt); ok {
		s.add(&Loss{Case: CaseUntested, At: use.node}, use.p, nil, use.act)
	}
}

// endless reports whether a call is one that comes back only with an error, by the custom of its name.
func endless(v *Value) bool {
	if v.Callee == nil {
		return true
	}
	name := v.Callee.Name()
	for _, word := range []string{"Serve", "Err", "Cause", "Exec"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

func (s *stale) returned(st *state, o *op) {
	if o.ret.naked || s.setsResult() {
		return
	}
	for _, src := range o.ret.errs {
		if src.kind != srcPlace || src.q.kind != errorPlace || src.q.shared || s.infallible(src.q) {
			continue
		}
		b := s.atHand(o.node, src.q)
		switch {
		case b == nil || s.names(b.body, b.p):
			continue // the life of the error at hand tells, or it went elsewhere
		case st.nils[src.q.id] == Nil && (b.p.path != "" || b.p.captured):
			s.add(&Loss{Case: CaseOther, At: o.node}, src.q, b, Returned)
		case st.nils[src.q.id] == Unknown && s.mistaken(st, b, src.q, o.node):
			l := &Loss{Case: CaseMistaken, At: o.node}
			if g := s.fl.waivedAbove(o.node); g != nil {
				l.Said = g
			}
			s.add(l, src.q, b, Returned)
		}
	}
}

// mistaken reports whether a return of q, which may be nil, stands for the error that b is entered for: b does
// nothing else, and q is neither what its test asks for nor a copy.
func (s *stale) mistaken(st *state, b *branch, q *place, ret ast.Node) bool {
	body := bodyOf(b.body)
	if b.kind != condNil || s.f.assigned(q, b.body) || b.p.kind != errorPlace || b.p.shared || b.p.captured || len(body) == 0 || body[len(body)-1] != ret || q.captured || q.v == nil || s.handedIn(q) {
		return false
	}
	for _, stmt := range body[:len(body)-1] {
		if mentions(s.fl.info, stmt, q.v) {
			return false
		}
	}
	if l := st.links[q.id]; l.q != 0 {
		return false
	}
	for _, l := range st.links {
		if l.q == int32(q.id)+1 {
			return false
		}
	}
	test := false // the condition asks q as well
	for i := range s.branches {
		if o := &s.branches[i]; o.body == b.body && o.p == q {
			test = true
		}
	}
	return !test
}

// handedIn reports whether q is a parameter: whoever is handed an error to improve gives it back where that fails.
func (s *stale) handedIn(q *place) bool {
	for p := range s.f.Sig.Params().Variables() {
		if p == q.v {
			return true
		}
	}
	return false
}

// names reports whether n speaks of the error in p.
func (s *stale) names(n ast.Node, p *place) bool {
	if p.path == "" {
		return p.v != nil && mentions(s.fl.info, n, p.v)
	}
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		found = found || ok && exprText(sel) == p.name
		return !found
	})
	return found
}

func (s *stale) setsResult() bool {
	for _, d := range s.f.g.defers {
		for p := range d.sets {
			if p.result {
				return true
			}
		}
	}
	return false
}

// add keeps a loss whose error is the one in p, which is nil; b is entered because of the one at hand.
func (s *stale) add(l *Loss, p *place, b *branch, act Act) {
	l.Class = WrongErr
	l.Value = &Value{Func: s.f, Origin: FromNothing, Node: l.At, Name: p.name, home: p}
	l.Act = act
	if b != nil {
		l.hand = b.p
		if l.AtHand = b.p.name; b.p.kind == tempPlace {
			l.AtHand = "that of " + l.AtHand
		}
		l.Steps = []Step{{b.expr, "found non-nil here"}}
	}
	l.Steps = append(l.Steps, Step{l.At, p.name + " is used here"})
	s.fl.losses[WrongErr] = append(s.fl.losses[WrongErr], l)
}

// claim takes away the losses of later classes that tell of the same slip: the dropped error that was meant to
// be tested, and the error at hand which another one was taken for.
func (fl *Flow) claim() {
	for _, w := range fl.losses[WrongErr] {
		if w.Value.Origin != FromNothing {
			continue
		}
		for c := TypedNil; c < classes; c++ {
			kept := fl.losses[c][:0]
			for _, l := range fl.losses[c] {
				same := w.instead != nil && l.Value == w.instead
				if e := l.End; e != nil && e.Handler != nil && w.hand != nil && l.Value.home == w.hand {
					same = same || within(w.At, e.Handler)
				}
				if !same {
					kept = append(kept, l)
				}
			}
			fl.losses[c] = kept
		}
	}
}
