package unlogged

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
	"github.com/errvet/errvet/passes/internal/report"
)

// names is the value of the flag -critical.
type names []string

func (n *names) String() string { return strings.Join(*n, ",") }

func (n *names) Set(text string) error {
	*n = nil
	for name := range strings.SplitSeq(text, ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		if !strings.Contains(name, ".") || strings.HasPrefix(name, "(") != strings.Contains(name, ")") {
			return fmt.Errorf("%q is no function: write example.com/pay.Charge or (*example.com/pay.Gateway).Charge", name)
		}
		*n = append(*n, name)
	}
	return nil
}

// An operation is a call of a critical function and the body of the declaration around it.
type operation struct {
	call *ast.CallExpr
	fn   *types.Func
	in   *ast.FuncDecl
}

// critical asks of each call of a function that the flag names whether structured records stand around it.
func critical(pass *analysis.Pass, r *report.Reporter) {
	f := pass.Analyzer.Flags.Lookup("critical")
	if f == nil {
		return
	}
	wanted, ok := f.Value.(*names)
	if !ok || len(*wanted) == 0 {
		return
	}
	know := errflow.Of(pass).Known()
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	for cur := range root.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		fn := know.Callee(call)
		if fn == nil || !slices.Contains(*wanted, fn.Origin().FullName()) {
			continue
		}
		for c := range cur.Enclosing((*ast.FuncDecl)(nil)) {
			op := operation{call, fn, c.Node().(*ast.FuncDecl)}
			if missing := op.missing(pass.TypesInfo, know); len(missing) > 0 {
				r.Report(pass, report.Finding{Rule: pass.Analyzer.Name, Case: "critical", Tier: report.Strict, Pos: call.Pos(), End: call.End(),
					Message: fmt.Sprintf("the critical operation %s has no structured log record %s", fn.Name(), list(missing)),
					Callee:  fn.Name(), Func: op.in.Name.Name, Deliberate: []ast.Node{call}})
			}
		}
	}
}

func list(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// missing names the records that are not there. An operation of fault/oplog writes them all; what is deferred
// writes those that come after.
func (op operation) missing(info *types.Info, know *known.Index) []string {
	var before, after, failure bool
	var deferred, handlers []ast.Node
	ast.Inspect(op.in.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.DeferStmt:
			deferred = append(deferred, n)
		case *ast.IfStmt:
			if n.End() > op.call.Pos() && tests(info, n.Cond) {
				handlers = append(handlers, n.Body)
			}
		case *ast.CallExpr:
			within := func(m ast.Node) bool { return m.Pos() <= n.Pos() && n.End() <= m.End() }
			switch kind := know.Kind(n); {
			case opens(know.Callee(n)):
				before, after, failure = true, true, true
			case kind&known.Log == 0 || !structured(know.Callee(n)):
			case slices.ContainsFunc(deferred, within):
				after = true
				failure = failure || kind&known.LogNoError == 0
			case n.End() <= op.call.Pos():
				before = before || kind&known.LogNoError != 0 // one with an error tells of an earlier failure
			case slices.ContainsFunc(handlers, within):
				failure = failure || kind&known.LogNoError == 0
			default:
				after = true
			}
		}
		return true
	})
	var list []string
	for _, m := range []struct {
		there bool
		where string
	}{{before, "before it"}, {after, "after it"}, {failure, "of its failure"}} {
		if !m.there {
			list = append(list, m.where)
		}
	}
	return list
}

// tests reports whether a condition finds an error non-nil.
func tests(info *types.Info, cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.NEQ && info.Types[b.Y].IsNil() {
			t := info.TypeOf(b.X)
			found = found || t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
		}
		return !found
	})
	return found
}

// opens reports whether a function begins an operation that logs its own beginning, end and failure.
func opens(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || !strings.HasSuffix(fn.Pkg().Path(), "/fault/oplog") {
		return false
	}
	return fn.Name() == "Start"
}

// structured reports whether a logging function takes keys and values rather than one text.
func structured(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	path := fn.Pkg().Path()
	if strings.HasPrefix(path, "k8s.io/klog") {
		return strings.HasSuffix(fn.Name(), "S")
	}
	for _, p := range [...]string{"log/slog", "go.uber.org/zap", "github.com/rs/zerolog", "github.com/sirupsen/logrus", "github.com/go-logr/logr", "github.com/hashicorp/go-hclog"} {
		if path == p || strings.HasPrefix(path, p+"/") {
			return !strings.HasSuffix(fn.Name(), "f") && !strings.HasSuffix(fn.Name(), "ln") || fn.Name() == "Msgf"
		}
	}
	return false
}
