// Package mend decides what a fix does with an error that is at hand and would get lost: return it, join it with the
// function's own, or log it in the way the code around already logs; and with a panic that is recovered. It also decides how
// far such a fix may be trusted, and whether it takes the companion.
//
// A fix is safe if the code behaves as before unless an error occurs that was lost until then. Where it would also skip
// work that other code waits for, or hide another error, it is to be reviewed, or there is none.
package mend

import (
	"go/ast"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

// Analyzer gives each package its [Mender]. Nothing is computed before a rule asks for a fix.
var Analyzer = &analysis.Analyzer{
	Name:       "errvetmend",
	Doc:        "decide what fixes do with errors",
	URL:        "https://pkg.go.dev/github.com/errvet/errvet/passes/internal/mend",
	Requires:   []*analysis.Analyzer{errflow.Analyzer, report.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Mender](),
}

func run(pass *analysis.Pass) (any, error) {
	m := &Mender{pass: pass, info: pass.TypesInfo, known: errflow.Of(pass).Known()}
	switch report.Of(pass).Flavour() {
	case report.Fault:
		m.fault = true
	case report.Auto:
		m.fault = m.known.HasCompanion()
	}
	m.fault = m.fault && !known.InCompanion(pass.Pkg.Path()) // which would import itself
	return m, nil
}

// Of returns the Mender of the package under analysis; nil if the analyzer of pass does not require one.
func Of(pass *analysis.Pass) *Mender {
	for _, result := range pass.ResultOf {
		if m, ok := result.(*Mender); ok {
			return m
		}
	}
	return nil
}

// A Mender makes the fixes of one package. It is safe for concurrent use.
type Mender struct {
	pass  *analysis.Pass
	info  *types.Info
	known *known.Index
	fault bool

	customs   sync.Map // of functions and files: how they wrap errors
	logging   sync.Once
	templates []*template
	fields    map[*types.Var]trust
}

// Known returns what is known of functions.
func (m *Mender) Known() *known.Index { return m.known }

// A Maker makes the fix of a loss; nil if there is no sound one.
type Maker func(*Mender, *errflow.Loss) *report.Fix

// ByCase makes the Maker of a rule that has one for each of its cases. A case without one has no fix.
func ByCase(makers map[string]Maker) Maker {
	return func(m *Mender, l *errflow.Loss) *report.Fix {
		if maker, ok := makers[l.Case]; ok {
			return maker(m, l)
		}
		return nil
	}
}

// At opens the file around n and returns the nodes around it, n first.
func (m *Mender) At(n ast.Node) (f *edits.File, path []ast.Node, ok bool) {
	f, ok = edits.Open(m.pass, n.Pos())
	if !ok {
		return nil, nil, false
	}
	path = f.Path(n)
	return f, path, len(path) > 1 && path[0] == n
}

// Statement is At for the statement around n.
func (m *Mender) Statement(n ast.Node) (f *edits.File, path []ast.Node, ok bool) {
	f, path, ok = m.At(n)
	return f, Statement(path), ok
}

// Statement returns the part of a path that begins with a statement.
func Statement(path []ast.Node) []ast.Node {
	for len(path) > 1 {
		if _, ok := path[0].(ast.Stmt); ok {
			break
		}
		path = path[1:]
	}
	return path
}

// A Remedy is what is to be done with an error that is at hand.
type Remedy struct {
	Name  string // of the variable that holds the error
	Verb  string // what the fix does, for its message: "return"
	Lines string // the statements that do it, without indentation
	Edits []analysis.TextEdit
	Class report.FixClass
	Leave bool // the statements leave the function
}

// Fix makes a fix of a remedy, with the edits that bring its statements to their place.
func (r *Remedy) Fix(message string, list []analysis.TextEdit) *report.Fix {
	return &report.Fix{Message: message, Edits: append(list, r.Edits...), Class: r.Class}
}
