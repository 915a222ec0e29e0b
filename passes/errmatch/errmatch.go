package errmatch

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports errors told apart by identity, concrete type or text where they come wrapped.
var Analyzer = &analysis.Analyzer{
	Name:     "errmatch",
	Doc:      "find errors that are told apart by ==, by their type or by their text, and so missed once they are wrapped",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/errmatch",
	Requires: []*analysis.Analyzer{inspect.Analyzer, errflow.Analyzer, report.Analyzer},
	Run:      run,
}

// The cases.
const (
	compared  = "compare"   // == or != with a sentinel, in a switch too
	asserted  = "type"      // a type assertion or type switch
	texted    = "text"      // a decision on the error's text
	predicate = "predicate" // os.IsNotExist and its like, which do not look into chains
)

// A checker looks at one package.
type checker struct {
	pass   *analysis.Pass
	info   *types.Info
	flow   *errflow.Flow
	known  *known.Index
	report *report.Reporter
	told   map[*ast.BinaryExpr]bool // conditions with a finding about a text, and comparisons that another's finding names
	texts  bool                     // something has its text taken by Error
}

func run(pass *analysis.Pass) (any, error) {
	flow := errflow.Of(pass)
	c := &checker{pass: pass, info: pass.TypesInfo, flow: flow, known: flow.Known(), report: report.Of(pass), told: map[*ast.BinaryExpr]bool{}}
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	var look []inspector.Cursor
	for _, cur := range c.known.Comparisons() {
		if c.mayTell(cur.Node().(*ast.BinaryExpr)) {
			look = append(look, cur)
		}
	}
	for _, site := range c.known.Sites() {
		switch fn := site.Callee; {
		case fn == nil:
		case len(site.Call.Args) == 0:
			c.texts = c.texts || fn.Name() == "Error"
		case decidesFor(fn):
			look = append(look, site.Cursor)
		}
	}
	look = slices.AppendSeq(look, root.Preorder((*ast.SwitchStmt)(nil), (*ast.TypeAssertExpr)(nil), (*ast.TypeSwitchStmt)(nil)))
	slices.SortFunc(look, func(a, b inspector.Cursor) int { return cmp.Compare(a.Index(), b.Index()) }) // what comes first is told, see text
	for _, cur := range look {
		if c.report.Skips(cur.Node().Pos()) {
			continue
		}
		switch n := cur.Node().(type) {
		case *ast.BinaryExpr:
			c.comparison(cur, n)
		case *ast.CallExpr:
			c.call(cur, n)
		case *ast.SwitchStmt:
			c.cases(cur, n)
		case *ast.TypeAssertExpr:
			if n.Type != nil && !c.opens(n.Type) {
				c.assertion(cur, n.X, n, n.Type)
			}
		case *ast.TypeSwitchStmt:
			c.typeSwitch(cur, n)
		}
	}
	return nil, nil
}

// mayTell reports whether b compares errors or texts: most comparisons can be left at once.
func (c *checker) mayTell(b *ast.BinaryExpr) bool {
	t := c.info.TypeOf(b.X)
	if t == nil {
		return true
	}
	basic, ok := t.Underlying().(*types.Basic)
	return !ok || basic.Info()&types.IsString != 0
}

// decidesFor reports whether fn is of a package whose functions say what an error or its text is.
func decidesFor(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "strings", "regexp", "os":
		return true
	}
	return false
}

// call checks decisions that functions take: strings.Contains over an error's text, and os.IsNotExist.
func (c *checker) call(cur inspector.Cursor, call *ast.CallExpr) {
	fn := c.known.Callee(call)
	switch fn.Pkg().Path() {
	case "strings":
		if err := c.textOf(call.Args[0]); err != nil && len(call.Args) == 2 && decides(fn.Name()) && c.kindOfText(call.Args[1]) {
			c.text(cur, call, err, call.Args[1])
		}
	case "regexp":
		if err := c.textOf(call.Args[len(call.Args)-1]); err != nil && fn.Name() == "MatchString" {
			c.text(cur, call, err, nil)
		}
	case "os":
		c.predicate(cur, call, fn.Name())
	}
}

// decides reports whether a function of package strings asks whether one text is in the other.
func decides(name string) bool {
	switch name {
	case "Contains", "HasPrefix", "HasSuffix", "EqualFold", "Index", "LastIndex", "Count":
		return true
	}
	return false
}

// predicate checks the functions of package os that look into the errors of that package and no further.
func (c *checker) predicate(cur inspector.Cursor, call *ast.CallExpr, name string) {
	asked := map[string]string{"IsNotExist": "io/fs.ErrNotExist", "IsExist": "io/fs.ErrExist", "IsPermission": "io/fs.ErrPermission"}[name]
	if asked == "" {
		return
	}
	o := c.origin(call.Args[0], func(from *ast.CallExpr) (plain, inside bool) {
		if fn := c.known.Runs(from); fn != nil && fn.Pkg() != nil && known.IsStandard(fn.Pkg().Path()) {
			return true, false
		}
		plain, inside = c.known.HandsOut(from, asked)
		all, first := c.toldApart(from, name)
		return plain || inside && first, inside && !all
	})
	if o.wrapped == "" {
		return
	}
	tier := report.Default
	if o.both {
		tier = report.Strict
	}
	fix := func() *report.Fix { return c.instead(call, "Err"+name[len("Is"):]) }
	c.tell(cur, predicate, tier, call, o, fix, fmt.Sprintf("%s; os.%s does not look inside: errors.Is(err, fs.Err%s) does", o.because(types.ExprString(call.Args[0])), name, name[len("Is"):]))
}

// text reports a decision on an error's text; kind is the text that stands for a kind of error, or nil. A
// condition that asks twice is one decision.
func (c *checker) text(cur inspector.Cursor, at ast.Node, err, kind ast.Expr) {
	for p := range cur.Enclosing((*ast.BinaryExpr)(nil)) {
		if b := p.Node().(*ast.BinaryExpr); b.Op == token.LAND || b.Op == token.LOR {
			if c.told[b] {
				return
			}
			c.told[b] = true
		}
	}
	if c.explained(cur) {
		return
	}
	tier, way := report.Strict, anyText
	if kind != nil {
		if c.shown(cur, kind) {
			return
		}
		way, tier = c.decision(cur, err, kind)
	}
	if c.flow.Supports(at.Pos()) {
		tier = report.Strict // a helper of tests compares what a test expects
	}
	fix := func() *report.Fix {
		b, ok := at.(*ast.BinaryExpr)
		if !ok || kind == nil {
			return nil
		}
		return c.byText(b, err, kind)
	}
	c.tell(cur, texted, tier, at, origin{}, fix, fmt.Sprintf("what to do is decided by the text of %s, %s", types.ExprString(err), way))
}

func (c *checker) tell(cur inspector.Cursor, kind string, tier report.Tier, at ast.Node, o origin, fix func() *report.Fix, message string) {
	if unwraps(cur) {
		return
	}
	f := report.Finding{Rule: c.pass.Analyzer.Name, Case: kind, Tier: tier, Pos: at.Pos(), End: at.End(), Message: message, Fix: fix}
	if s, ok := at.(*ast.TypeSwitchStmt); ok {
		f.End = s.Body.Lbrace
	}
	for d := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		f.Func = d.Node().(*ast.FuncDecl).Name.Name
	}
	if o.call != nil {
		f.Also = []ast.Node{o.call}
		f.Path = []report.Step{
			{Pos: o.call.Pos(), End: o.call.End(), Text: "the error comes wrapped from here"},
			{Pos: f.Pos, End: f.End, Text: "told apart here"},
		}
	}
	c.report.Report(c.pass, f)
}

// line is the line of n.
func (c *checker) line(n ast.Node) int { return tell.Line(c.pass, n.Pos()) }
