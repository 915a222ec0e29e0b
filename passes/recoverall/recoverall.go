package recoverall

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// Analyzer reports calls of recover that take every panic, or none.
var Analyzer = &analysis.Analyzer{
	Name:     "recoverall",
	Doc:      "find calls of recover that take every panic and lose it, or can take none",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/recoverall",
	Requires: []*analysis.Analyzer{inspect.Analyzer, errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      run,
}

// A checker looks at one package.
type checker struct {
	pass   *analysis.Pass
	info   *types.Info
	flow   *errflow.Flow
	report *report.Reporter

	helpers map[types.Object]*helper // functions with a recover in them, by what they are called by
	order   []types.Object           // the keys of helpers as they stand in the source
	bodies  map[*types.Func]inspector.Cursor
	sorts   bool // some recover of the package panics again with what is not its own
}

func run(pass *analysis.Pass) (any, error) {
	c := &checker{pass: pass, info: pass.TypesInfo, flow: errflow.Of(pass), report: report.Of(pass)}
	var calls []inspector.Cursor
	for _, site := range c.flow.Known().Sites() {
		if site.Builtin() == "recover" && !c.report.Skips(site.Call.Pos()) {
			calls = append(calls, site.Cursor)
		}
	}
	if len(calls) == 0 {
		return nil, nil
	}
	c.index(calls)
	var trails []*trail
	for _, call := range calls {
		if t := c.trail(call); t != nil {
			trails = append(trails, t)
			c.sorts = c.sorts || t.repanics && t.fate.matched
		}
	}
	for _, t := range trails {
		if f, ok := t.verdict(); ok {
			c.tell(t.call, t.place, f, func() *report.Fix { return t.fix(t.call.Node().(*ast.CallExpr), f) })
		}
	}
	c.misplaced()
	return nil, nil
}

// trail follows the value of one call of recover; it is nil if there is nothing more to say of it.
func (c *checker) trail(call inspector.Cursor) *trail {
	fn := function(call)
	p := c.place(call, fn)
	if p.never != "" {
		c.tell(call, p, finding{kind: never, text: "recover gives nil here: " + p.never}, nil)
		return nil
	}
	if strings.HasSuffix(c.pass.Fset.Position(call.Node().Pos()).Filename, "_test.go") {
		return nil // a test that recovers asks whether something panics
	}
	t := &trail{checker: c, call: call, fn: fn, place: p, seen: map[*types.Var]bool{}}
	t.follow(call)
	t.scan()
	t.option = t.optional(call)
	return t
}

// The cases.
const (
	never        = "never"         // the call can take no panic
	discarded    = "discarded"     // the value is thrown away
	unmatched    = "unmatched"     // the kinds that are not asked for vanish
	answered     = "answered"      // every panic becomes one and the same result
	noValue      = "no-value"      // a message says that there was a panic, but not which
	noStack      = "no-stack"      // logged, but nobody learns where it happened
	converted    = "converted"     // a bug becomes an ordinary error
	lost         = "lost"          // kept where nobody reads it
	abortHandler = "abort-handler" // what net/http has to see is eaten
)

// A finding is what is wrong with one call of recover.
type finding struct {
	kind   string
	text   string
	strict bool
	at     ast.Node // where the value ends; nil if at the call
}

// verdict says what is wrong with a recover that works. The order is that of gravity: what is told first
// is what has to be repaired first.
func (t *trail) verdict() (finding, bool) {
	f, whose := t.fate, t.place.whose(t.checker)
	found := finding{strict: t.option || t.flow.Supports(t.call.Node().Pos())}
	tell := func(kind string, strict bool, format string) (finding, bool) {
		found.kind, found.strict, found.text = kind, found.strict || strict, strings.ReplaceAll(format, "%s", whose)
		return found, true
	}
	switch {
	case t.repanics || f.kept || t.place.all(t.contracted):
		return finding{}, false
	case t.stack:
		if t.place.any(t.middleware) && !t.abort {
			return tell(abortHandler, false, "recover in a middleware takes http.ErrAbortHandler too, so that a response cut off on purpose looks whole: panic with it again")
		}
		return finding{}, false
	case f.lost != nil:
		found.at, found.strict = f.lost, false
		return tell(lost, false, "the panic of %s is put into "+f.lostIn+", and is lost: "+f.why)
	case t.place.any(t.operators), t.place.all(t.sending):
		return finding{}, false
	case f.logged:
		return tell(noStack, f.foreign, "the panic of %s is logged without its stack, so that nobody learns where it happened: add debug.Stack()")
	case f.converted != nil:
		if t.place.any(t.boundary) {
			return finding{}, false
		}
		found.at = f.converted
		strict := !t.sorts || len(t.place.defers) == 0 || t.place.any(t.guard) || t.documented()
		return tell(converted, strict, "every panic of %s, nil dereferences too, becomes an ordinary error without a stack: panic again with what is not yours")
	case f.matched:
		return tell(unmatched, false, "recover takes every panic of %s, and those not asked for vanish without a trace: panic with them again")
	case t.record != nil:
		found.at, found.strict = t.record, false
		return tell(noValue, false, "what is told of the panic of %s does not hold its value: nobody learns why, nor where")
	case t.told:
		return finding{}, false
	case t.replaced:
		return tell(answered, true, "recover turns every panic of %s into the same error, and what happened is lost")
	}
	if at, name := t.vain(); at != nil {
		found.at, found.strict = at, false
		return tell(lost, false, "a panic of %s ends in "+name+", which is no result: the function returns as if it were done")
	}
	if t.answered || t.acts {
		return tell(answered, true, "recover turns every panic of %s into the same answer, and what happened is lost")
	}
	return tell(discarded, false, "recover takes every panic of %s and throws it away: nobody learns that it failed")
}

// tell reports f at the call.
func (c *checker) tell(call inspector.Cursor, p place, f finding, fix func() *report.Fix) {
	n := call.Node()
	r := report.Finding{Rule: c.pass.Analyzer.Name, Case: f.kind, Pos: n.Pos(), End: n.End(), Message: f.text, Fix: fix}
	if f.strict {
		r.Tier = report.Strict
	}
	for d := range call.Enclosing((*ast.FuncDecl)(nil)) {
		r.Func = d.Node().(*ast.FuncDecl).Name.Name
	}
	for _, d := range p.defers {
		r.Path = append(r.Path, step(d.Node(), "a panic of this function ends in what is deferred here"))
		r.Also = append(r.Also, d.Node())
	}
	r.Path = append(r.Path, step(n, "recovered here"))
	if f.at != nil {
		r.Path = append(r.Path, step(f.at, "ends here"))
		r.Also = append(r.Also, f.at)
	}
	if f.kind == discarded || f.kind == answered || f.kind == converted {
		r.Deliberate = reasons(call, p)
	}
	c.report.Report(c.pass, r)
}

// reasons returns the places where a comment may say why a panic is no news: anywhere in the deferred function, on or
// above the statement that defers it, and above one that only holds that statement. Who says so has decided; the
// cases in which the value is logged, misplaced or eaten are slips, which no comment makes right.
func reasons(call inspector.Cursor, p place) []ast.Node {
	list := []ast.Node{call.Node()}
	for block := range function(call).Preorder((*ast.BlockStmt)(nil)) {
		list = append(list, block.Node())
	}
	for _, d := range p.defers {
		list = append(list, d.Node())
		if _, ok := d.PrevSibling(); ok {
			continue
		}
		switch holder := d.Parent().Parent(); holder.Node().(type) {
		case *ast.IfStmt:
			list = append(list, holder.Node())
		case *ast.FuncLit:
			if p, kind, _ := parent(holder); kind == edge.CallExpr_Fun {
				list = append(list, p.Parent().Node())
			}
		}
	}
	return list
}

func step(n ast.Node, text string) report.Step {
	return report.Step{Pos: n.Pos(), End: n.End(), Text: text}
}
