package known_test

import (
	"go/ast"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/passtest"
)

// sinks reports where each argument of closed ends up, and which calls open what needs no Close.
var sinks = &analysis.Analyzer{
	Name:     "sinks",
	Doc:      "print what is known of writers",
	Requires: []*analysis.Analyzer{known.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		x := known.Of(pass)
		names := map[known.Sink]string{known.SomeSink: "some", known.MemorySink: "memory", known.TerminalSink: "terminal",
			known.PeerSink: "peer", known.FileSink: "file"}
		for _, file := range pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "closed" {
					pass.Reportf(call.Pos(), "%s", names[x.SinkOf(call.Args[0])])
				}
				if x.Durable(call) {
					pass.Reportf(call.Pos(), "durable")
				}
				return true
			})
		}
		return nil, nil
	},
}

func TestSinks(t *testing.T) { analysistest.Run(t, passtest.Dir(t), sinks, "./known/sinks") }
