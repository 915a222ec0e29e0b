package recoverall

import (
	"fmt"
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
}

func run(pass *analysis.Pass) (any, error) {
	c := &checker{pass: pass, info: pass.TypesInfo, flow: errflow.Of(pass), report: report.Of(pass)}
	var calls []inspector.Cursor
	for cur := range pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root().Preorder((*ast.CallExpr)(nil)) {
		if c.builtin(cur.Node().(*ast.CallExpr)) == "recover" && !c.report.Skips(cur.Node().Pos()) {
			calls = append(calls, cur)
		}
	}
	if len(calls) == 0 {
		return nil, nil
	}
	c.index(calls)
	for _, call := range calls {
		c.check(call)
	}
	c.misplaced()
	return nil, nil
}

// check judges one call of recover.
func (c *checker) check(call inspector.Cursor) {
	fn := function(call)
	p := c.place(call, fn)
	if p.never != "" {
		c.tell(call, p, finding{kind: never, text: "recover gives nil here: " + p.never}, nil)
		return
	}
	if strings.HasSuffix(c.pass.Fset.Position(call.Node().Pos()).Filename, "_test.go") {
		return // a test that recovers asks whether something panics
	}
	t := &trail{checker: c, fn: fn, place: p, seen: map[*types.Var]bool{}}
	t.follow(call)
	t.scan()
	if f, ok := t.verdict(); ok {
		c.tell(call, p, f, func() *report.Fix { return t.fix(call.Node().(*ast.CallExpr), f) })
	}
}

// The cases.
const (
	never        = "never"         // the call can take no panic
	discarded    = "discarded"     // the value is thrown away
	unmatched    = "unmatched"     // the kinds that are not asked for vanish
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
	switch {
	case t.repanics || f.kept || t.place.all(t.contracted):
		return finding{}, false
	case t.stack:
		if t.place.any(t.middleware) && !t.abort {
			return finding{kind: abortHandler, text: "recover in a middleware takes http.ErrAbortHandler too, so that a response cut off on purpose looks whole: panic with it again"}, true
		}
		return finding{}, false
	case f.lost != nil:
		return finding{kind: lost, at: f.lost, text: fmt.Sprintf("the panic of %s is put into %s, and is lost: %s", whose, f.lostIn, f.why)}, true
	case t.place.any(t.operators):
		return finding{}, false
	case f.logged:
		return finding{kind: noStack, strict: f.foreign, text: fmt.Sprintf("the panic of %s is logged without its stack, so that nobody learns where it happened: add debug.Stack()", whose)}, true
	case f.converted != nil:
		if t.place.any(t.boundary) {
			return finding{}, false
		}
		strict := len(t.place.defers) == 0 || t.place.any(t.guard) || t.documented()
		return finding{kind: converted, at: f.converted, strict: strict, text: fmt.Sprintf("every panic of %s, nil dereferences too, becomes an ordinary error without a stack: panic again with what is not yours", whose)}, true
	case f.matched:
		return finding{kind: unmatched, text: fmt.Sprintf("recover takes every panic of %s, and those not asked for vanish without a trace: panic with them again", whose)}, true
	case t.told:
		return finding{}, false
	case t.replaced:
		return finding{kind: discarded, text: fmt.Sprintf("recover turns every panic of %s into the same error, and what happened is lost", whose)}, true
	}
	if at, name := t.vain(); at != nil {
		return finding{kind: lost, at: at, text: fmt.Sprintf("a panic of %s ends in %s, which is no result: the function returns as if it were done", whose, name)}, true
	}
	return finding{kind: discarded, text: fmt.Sprintf("recover takes every panic of %s and throws it away: nobody learns that it failed", whose)}, true
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
	if f.kind == discarded || f.kind == converted {
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
