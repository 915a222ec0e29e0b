package cli_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errvet/errvet/passes"
)

// The toys stand in for the suite, so that the front end is tested by findings that are plain to see:
//
//   - risky, an engine: a function is risky if its name begins with Risky or it calls a risky function anywhere. A fact.
//   - lost, a rule: a risky call that stands alone (safe fix), and in the strict tier one assigned to _ (fix to review).
//   - named, a rule: a declaration of a function called Unwrap.
//   - crash, a rule: panics on a package that declares crashHere, and on one that declares hangHere does not end before
//     the go command does.

type isRisky struct{}

func (*isRisky) AFact()         {}
func (*isRisky) String() string { return "risky" }

var risky = &analysis.Analyzer{
	Name: "risky", Doc: "finds risky functions", FactTypes: []analysis.Fact{new(isRisky)},
	Run: func(pass *analysis.Pass) (any, error) {
		for changed := true; changed; {
			changed = false
			for _, f := range pass.Files {
				for _, d := range f.Decls {
					fn, ok := d.(*ast.FuncDecl)
					if !ok {
						continue
					}
					obj := pass.TypesInfo.Defs[fn.Name].(*types.Func)
					if !pass.ImportObjectFact(obj, new(isRisky)) && (strings.HasPrefix(obj.Name(), "Risky") || len(riskyCalls(pass, fn)) > 0) {
						pass.ExportObjectFact(obj, new(isRisky))
						changed = true
					}
				}
			}
		}
		return nil, nil
	},
}

func riskyCalls(pass *analysis.Pass, n ast.Node) (calls []*ast.CallExpr) {
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if fn := typeutil.StaticCallee(pass.TypesInfo, call); fn != nil && pass.ImportObjectFact(fn, new(isRisky)) {
				calls = append(calls, call)
			}
		}
		return true
	})
	return calls
}

// all asks for everything, like the suite's flag of this name.
var all bool

var lost = func() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name: "lost", URL: "https://example.com/lost", Requires: []*analysis.Analyzer{risky},
		Doc: "reports risky calls whose error is lost\n\nA call is risky if it may fail.\n\n# Cases\n\nThis is lost:\n\n\tRisky()\n\nand so is what it says.",
		Run: runLost,
	}
	a.Flags.BoolVar(&all, "all", false, "report everything")
	a.Flags.String("flavour", "auto", "what the text of fixes may use")
	a.Flags.String("word", "lost", "the `WORD` that says what became of the error")
	return a
}()

func runLost(pass *analysis.Pass) (any, error) {
	if err := logRun(pass.Pkg.Path()); err != nil {
		return nil, err
	}
	report := func(call *ast.CallExpr, stmt ast.Stmt, c passes.Category, fix string) {
		file := pass.Fset.Position(call.Pos()).Filename
		if !all && (c.Tier == passes.Strict || strings.HasSuffix(file, "_test.go")) {
			return
		}
		if fix != "" && pass.Analyzer.Flags.Lookup("flavour").Value.String() == "fault" {
			fix = "fault := "
		}
		name := types.ExprString(call.Fun)
		pass.Report(analysis.Diagnostic{
			Pos: stmt.Pos(), End: stmt.End(), Category: c.String(), URL: "https://example.com/lost",
			Message:        "the error of " + name + " is " + pass.Analyzer.Flags.Lookup("word").Value.String(),
			Related:        []analysis.RelatedInformation{{Pos: call.Pos(), End: call.End(), Message: "born here"}},
			SuggestedFixes: []analysis.SuggestedFix{{Message: "say so", TextEdits: []analysis.TextEdit{{Pos: stmt.Pos(), End: call.Pos(), NewText: []byte(fix)}}}},
		})
	}
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ExprStmt:
				if call, ok := n.X.(*ast.CallExpr); ok && len(riskyCalls(pass, call)) > 0 {
					c := passes.Category{Rule: "lost", Case: "call", Fix: passes.Safe}
					if strings.Contains(comments(pass, f, n), "on purpose") {
						if !all {
							return true
						}
						c.Silence.How, c.Silence.Line = "comment", pass.Fset.Position(n.Pos()).Line
					}
					report(call, n, c, "_ = ")
				}
			case *ast.AssignStmt:
				if call, ok := n.Rhs[0].(*ast.CallExpr); ok && types.ExprString(n.Lhs[0]) == "_" && len(riskyCalls(pass, call)) > 0 {
					report(call, n, passes.Category{Rule: "lost", Case: "blank", Tier: passes.Strict, Fix: passes.Review}, "")
				}
			}
			return true
		})
	}
	return nil, nil
}

// comments returns the comments on the line of a statement.
func comments(pass *analysis.Pass, f *ast.File, stmt ast.Stmt) string {
	var text string
	for _, g := range f.Comments {
		if pass.Fset.Position(g.Pos()).Line == pass.Fset.Position(stmt.Pos()).Line {
			text += g.Text()
		}
	}
	return text
}

// logRun notes in a file of the script's directory that a rule ran on a package.
func logRun(pkg string) error {
	dir := os.Getenv("TOY_LOG")
	if dir == "" {
		return nil
	}
	f, err := os.OpenFile(filepath.Join(dir, "ran"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	fmt.Fprintln(f, pkg)
	return f.Close()
}

var named = &analysis.Analyzer{
	Name: "named", Doc: "reports functions called Unwrap",
	Run: func(pass *analysis.Pass) (any, error) {
		for _, f := range pass.Files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "Unwrap" {
					pass.Report(analysis.Diagnostic{Pos: fn.Name.Pos(), End: fn.Name.End(), Category: "named/unwrap", Message: "a function called Unwrap"})
				}
			}
		}
		return nil, nil
	},
}

var crash = &analysis.Analyzer{
	Name: "crash", Doc: "panics now and then",
	Run: func(pass *analysis.Pass) (any, error) {
		if pass.Pkg.Scope().Lookup("crashHere") != nil {
			panic("met crashHere")
		}
		if pass.Pkg.Scope().Lookup("hangHere") != nil {
			if err := os.WriteFile(filepath.Join(os.Getenv("TOY_LOG"), "hanging"), nil, 0o644); err != nil {
				return nil, err
			}
			for parent := os.Getppid(); os.Getppid() == parent; {
				time.Sleep(10 * time.Millisecond)
			}
		}
		return nil, nil
	},
}
