package abruptexit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports ordinary errors that end the program, and exits that skip deferred calls.
var Analyzer = &analysis.Analyzer{
	Name:     "abruptexit",
	Doc:      "find ordinary errors that end the program in code that could return them, and exits that skip deferred calls which would save data",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/abruptexit",
	Requires: []*analysis.Analyzer{inspect.Analyzer, errflow.Analyzer, mend.Analyzer, report.Analyzer},
	Run:      run,
}

// The cases.
const (
	raised  = "panic"       // an ordinary error raised as a panic
	exited  = "exit"        // an ordinary error ends the program
	skipped = "skips-defer" // the program ends before deferred calls that would save data
)

// A checker looks at one package.
type checker struct {
	pass   *analysis.Pass
	info   *types.Info
	root   inspector.Cursor
	known  *known.Index
	report *report.Reporter
	decls  map[*types.Func]*ast.FuncDecl
	told   map[*ast.DeferStmt]bool // that an exit skips

	calls    map[*types.Func][]*ast.CallExpr // of the functions with an exit, outside of tests
	fatal    map[*ast.CallExpr]bool          // the calls whose failure ends the program
	finishes map[*errflow.Func]bool          // the functions that end the program when all went well, too
}

func run(pass *analysis.Pass) (any, error) {
	flow := errflow.Of(pass)
	c := &checker{pass: pass, info: pass.TypesInfo, known: flow.Known(), report: report.Of(pass),
		root: pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root(), decls: map[*types.Func]*ast.FuncDecl{},
		told: map[*ast.DeferStmt]bool{}, calls: map[*types.Func][]*ast.CallExpr{}, fatal: map[*ast.CallExpr]bool{}, finishes: map[*errflow.Func]bool{}}
	exits := slices.Collect(flow.Exits())
	if len(exits) == 0 {
		return nil, nil
	}
	for cur := range c.root.Preorder((*ast.FuncDecl)(nil)) {
		d := cur.Node().(*ast.FuncDecl)
		if fn, ok := c.info.Defs[d.Name].(*types.Func); ok {
			c.decls[fn] = d
		}
	}
	for _, x := range exits {
		c.calls[x.Func.Obj] = nil
	}
	for _, site := range c.known.Sites() {
		if list, exits := c.calls[site.Callee]; exits && site.Callee != nil && !c.inTest(site.Call) {
			c.calls[site.Callee] = append(list, site.Call)
		}
	}
	for _, x := range exits {
		for _, birth := range x.Errs {
			c.fatal[birth.Call] = true
		}
		c.finishes[x.Func] = c.finishes[x.Func] || c.success(x.Call)
	}
	for _, x := range exits {
		if !c.report.Skips(x.Call.Pos()) {
			c.check(x)
		}
	}
	return nil, nil
}

// check judges one exit: what it skips is worse than what it ends.
func (c *checker) check(x *errflow.Exit) {
	how := c.ends(x.Call, 3)
	if how == exited && c.skips(x) {
		return
	}
	if how == "" || len(x.Errs) == 0 || c.success(x.Call) || x.Func.InTest || c.allowed(x.Func) {
		return
	}
	birth := x.Errs[0]
	v := birth.Value
	if v == nil || v.Origin == errflow.FromCaptured || v.Call != nil && (c.known.AlwaysFails(v.Call) || c.constant(v.Call)) {
		return // made here to say that the program is wrong, or of an argument that is in the source
	}
	verb := map[string]string{raised: "panics", exited: "ends the program"}[how]
	f := report.Finding{Rule: c.pass.Analyzer.Name, Case: how, Tier: report.Strict, Pos: x.Call.Pos(), End: x.Call.End(),
		Also: []ast.Node{v.Node}, Deliberate: c.branch(x.Call), Func: c.name(x.Func), Callee: callee(v),
		Path: []report.Step{
			{Pos: v.Node.Pos(), End: v.Node.End(), Text: v.What() + " fails here"},
			{Pos: x.Call.Pos(), End: x.Call.End(), Text: "and " + verb + " here"},
		}}
	where := fmt.Sprintf("the failure of %s (line %d) %s", v.What(), tell.Line(c.pass, v.Pos()), verb)
	if x.Func.CanReturnError() {
		f.Message = where + ", although this function could return it"
		// A panic can be recovered, and mostly says that the program is wrong: of 28 read, also of those over what is
		// outside the program alone, six were to be returned.
		if how == exited && !c.excused(x, v) {
			f.Tier = report.Default
		}
	} else {
		f.Message = where + ": whoever calls this function cannot deal with it"
	}
	f.Fix = func() *report.Fix { return fix(mend.Of(c.pass), c.known, v, x.Call) }
	c.report.Report(c.pass, f)
}

// success reports whether a call is os.Exit(0): the error is one that is expected, such as flag.ErrHelp.
func (c *checker) success(call *ast.CallExpr) bool {
	if len(call.Args) != 1 {
		return false
	}
	v := c.info.Types[call.Args[0]].Value
	return v != nil && v.ExactString() == "0"
}

// coding reports whether what failed turns data into another form: what a program wrote itself it may take for
// readable, and state that it cannot read leaves it little else to do.
func coding(v *errflow.Value) bool { return strings.Contains(callee(v), "arshal") }

func callee(v *errflow.Value) string {
	if v.Callee != nil {
		return v.Callee.Name()
	}
	return ""
}

// allowed reports whether a function may end the program on any error.
func (c *checker) allowed(f *errflow.Func) bool {
	if f.Role == errflow.Init || f.Role == errflow.Test || f.Top().Role == errflow.Init {
		return true
	}
	for in := f; in != nil; in = in.Outer {
		if in.Role == errflow.Main && !in.CanReturnError() {
			return true
		}
	}
	return strings.HasPrefix(strings.ToLower(c.name(f)), "must")
}

// ownWay reports whether an exit goes through a function of another package of the same project: then it is how
// that project ends its commands, with what it prints and undoes on the way.
func (c *checker) ownWay(call *ast.CallExpr) bool {
	fn := c.known.Callee(call)
	return fn != nil && fn.Pkg() != nil && fn.Pkg() != c.pass.Pkg && known.SameProject(fn.Pkg().Path(), c.pass.Pkg.Path())
}

// plainly reports whether the branch around an exit is taken because there is that error at all: where its kind, a mode
// or a further failure decides, somebody has thought about it.
func (c *checker) plainly(call *ast.CallExpr, v *errflow.Value) bool {
	cur, ok := c.root.FindNode(call)
	if !ok {
		return false
	}
	for p := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		s, ok := p.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		b, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
		if !ok || b.Op != token.NEQ || !c.info.Types[b.Y].IsNil() {
			return false
		}
		births, _ := errflow.Of(c.pass).Births(b.X)
		return len(births) == 0 || slices.ContainsFunc(births, func(b errflow.Birth) bool { return b.Value == v })
	}
	return false
}

// invariant reports whether an exit says that the program itself is wrong: its text says so, or what failed was
// asked, without anything from outside, of something that this function has just made.
func (c *checker) invariant(call *ast.CallExpr, v *errflow.Value) bool {
	says := false
	ast.Inspect(call, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok {
			text := strings.ToLower(lit.Value)
			for _, w := range [...]string{"internal error", "unreachable", "impossible", "never happen", "can't happen", "cannot happen", "bug"} {
				says = says || strings.Contains(text, w)
			}
		}
		return !says
	})
	if says || v.Call == nil || c.known.Kind(v.Call)&known.Verdict != 0 && c.settled(v.Call.Args) {
		return true
	}
	if len(v.Call.Args) > 0 {
		return false
	}
	if sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr); ok {
		if id, ok := ast.Unparen(sel.X).(*ast.Ident); ok {
			if made, ok := c.info.Uses[id].(*types.Var); ok {
				def := c.known.Definition(made)
				return def != nil && c.known.ErrorResult(def) < 0
			}
		}
	}
	return false
}

// branch gives what a comment may stand in or on that says why the program has to end there.
func (c *checker) branch(call *ast.CallExpr) []ast.Node {
	nodes := []ast.Node{call}
	if cur, ok := c.root.FindNode(call); ok {
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

// promised reports whether the documentation of the function speaks of what it does.
func (c *checker) promised(f *errflow.Func) bool {
	d, ok := f.Top().Node.(*ast.FuncDecl)
	return ok && d.Doc != nil && strings.Contains(strings.ToLower(d.Doc.Text()), "panic")
}

func (c *checker) name(f *errflow.Func) string {
	if d, ok := f.Top().Node.(*ast.FuncDecl); ok {
		return d.Name.Name
	}
	return ""
}

// constant reports whether a call reads a text that stands in the source: its failure is a mistake there.
func (c *checker) constant(call *ast.CallExpr) bool {
	fn := c.known.Callee(call)
	if fn == nil {
		return false
	}
	args := call.Args
	switch name := fn.Name(); {
	case name == "MatchString" && len(args) == 2: // regexp.MatchString fails over its pattern
		args = args[:1]
	case !strings.HasPrefix(name, "Parse") && !strings.HasPrefix(name, "Compile"):
		return false
	}
	for _, a := range args {
		if c.info.Types[a].Value == nil && !c.info.Types[a].IsNil() {
			return false
		}
	}
	return len(call.Args) > 0
}

// ends says how a call that does not come back ends: raised, exited, or "" where that is not known or only a
// test or a goroutine ends. deep bounds the way through functions of this package.
func (c *checker) ends(call *ast.CallExpr, deep int) string {
	if c.builtin(call) == "panic" {
		return raised
	}
	fn := c.known.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	if d := c.decls[fn]; d != nil && d.Body != nil && deep > 0 && c.known.NoReturn(call) {
		how := ""
		ast.Inspect(d.Body, func(n ast.Node) bool {
			if inner, ok := n.(*ast.CallExpr); ok && how == "" {
				how = c.ends(inner, deep-1)
			}
			_, lit := n.(*ast.FuncLit)
			return how == "" && !lit
		})
		return how
	}
	path, name := fn.Pkg().Path(), fn.Name()
	switch {
	case path == "testing" || path == "runtime", !c.known.NoReturn(call):
		return ""
	case path == "os" || path == "syscall", strings.HasPrefix(name, "Fatal"), strings.HasPrefix(name, "Exit"):
		return exited
	case strings.HasPrefix(name, "Panic"):
		return raised
	}
	return ""
}

func (c *checker) builtin(call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := c.info.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

func (c *checker) inTest(n ast.Node) bool {
	return strings.HasSuffix(c.pass.Fset.Position(n.Pos()).Filename, "_test.go")
}
