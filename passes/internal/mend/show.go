package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
)

// Show makes edits by which a log record of a failure shows its error, too, whatever its level is.
func (m *Mender) Show(f *edits.File, call *ast.CallExpr, name string) ([]analysis.TextEdit, bool) {
	if len(call.Args) == 0 || call.Ellipsis.IsValid() {
		return nil, false
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && m.takesError(sel.X) {
		return []analysis.TextEdit{edits.Insert(sel.X.End(), ".WithError("+name+")")}, true
	}
	t, ok := m.shapeOf(call)
	if !ok {
		return nil, false
	}
	end := call.Args[len(call.Args)-1].End()
	switch t.shape {
	case printf:
		return m.showText(call, name)
	case fields:
		zap, ok := f.PackageAt("go.uber.org/zap", call.Pos())
		return []analysis.TextEdit{edits.Insert(end, ", "+zap+".Error("+name+")")}, ok
	case pairs, kit:
		key, ok := m.customKey(t, call)
		return []analysis.TextEdit{edits.Insert(end, ", "+strconv.Quote(key)+", "+name)}, ok
	}
	return nil, false
}

// takesError reports whether a chain of With… calls, of which e is one, can take an error, too.
func (m *Mender) takesError(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := m.function(call, "WithError")
	if fn == nil {
		return false
	}
	params, results := fn.Signature().Params(), fn.Signature().Results()
	return params.Len() == 1 && edits.IsError(params.At(0).Type()) && results.Len() == 1 && types.Identical(results.At(0).Type(), m.info.TypeOf(call))
}

// customKey is the key under which the package logs errors with loggers of that kind.
func (m *Mender) customKey(t *template, call *ast.CallExpr) (string, bool) {
	if fn := m.known.Callee(call); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "log/slog" && strings.HasSuffix(fn.Name(), "Attrs") {
		return "", false
	}
	m.logging.Do(m.findTemplates)
	for _, other := range m.templates {
		if other.shape == t.shape && other.key != "" && other.base != nil && t.base != nil && types.Identical(m.info.TypeOf(other.base), m.info.TypeOf(t.base)) {
			return other.key, true
		}
	}
	if fn := m.known.Callee(call); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "log/slog" {
		return "err", true
	}
	return "", false
}

// showText puts the error behind the text of a log record: in front of the line break or the full stop that ends it.
func (m *Mender) showText(call *ast.CallExpr, name string) ([]analysis.TextEdit, bool) {
	end := call.Args[len(call.Args)-1].End()
	formats := m.formats(call)
	for i, a := range call.Args {
		lit, ok := ast.Unparen(a).(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			continue
		}
		if !formats {
			if i < len(call.Args)-1 || lit.Value[0] != '"' || !isLetter(lit.Value[len(lit.Value)-2]) {
				return nil, false
			}
			colon := ": "
			if strings.HasSuffix(exprName(call.Fun), "ln") {
				colon = ":"
			}
			return []analysis.TextEdit{edits.Replace(lit.End()-1, lit.End(), colon+"\", "+name)}, true
		}
		text := lit.Value[:len(lit.Value)-1]
		text = strings.TrimSuffix(strings.TrimSuffix(text, "\\n"), ".")
		if strings.HasSuffix(text, ":") || strings.HasSuffix(text, " ") || strings.Contains(text, ". ") || strings.Contains(text, "%[") {
			return nil, false // more than one sentence, or something is to follow
		}
		rest := strings.TrimPrefix(lit.Value[len(text):], ".")
		from := lit.Pos() + token.Pos(len(text))
		if lit.End() == end {
			return []analysis.TextEdit{edits.Replace(from, lit.End(), ": %v"+rest+", "+name)}, true
		}
		return []analysis.TextEdit{edits.Replace(from, lit.End(), ": %v"+rest), edits.Insert(end, ", "+name)}, true
	}
	return nil, false
}

// showStack makes edits by which a record of a panic, of log, fmt or log/slog, shows the stack, too.
func (m *Mender) showStack(f *edits.File, record *ast.CallExpr) ([]analysis.TextEdit, bool) {
	fn := m.known.Callee(record)
	if fn == nil || fn.Pkg() == nil || record.Ellipsis.IsValid() || len(record.Args) == 0 {
		return nil, false
	}
	debug, list, ok := f.Qualify("runtime/debug", "Stack", record.Pos())
	if !ok {
		return nil, false
	}
	more := ", \"\\n\", string(" + debug + ".Stack())"
	end := record.Args[len(record.Args)-1].End()
	switch path, name := fn.Pkg().Path(), fn.Name(); {
	case path == "log/slog" && strings.Contains(name, "Attrs"):
		slog, ok := f.PackageAt(path, record.Pos())
		if !ok {
			return nil, false
		}
		more = ", " + slog + ".String(\"stack\", string(" + debug + ".Stack()))"
	case path == "log/slog":
		more = ", \"stack\", string(" + debug + ".Stack())"
	case path != "log" && path != "fmt":
		return nil, false
	case strings.HasSuffix(name, "f"):
		format, ok := formatOf(record)
		if !ok || format.End() == end { // the last: a text without verbs
			return nil, false
		}
		br := `\n`
		if strings.HasSuffix(format.Value, `\n"`) {
			br = ""
		}
		list = append(list, edits.Insert(format.End()-1, br+"%s"))
		more = ", " + debug + ".Stack()"
	case strings.HasSuffix(name, "ln"):
		more = ", \"\\n\"+string(" + debug + ".Stack())"
	}
	return append(list, edits.Insert(end, more)), true
}

// formatOf returns the format of a call, if it stands in place.
func formatOf(call *ast.CallExpr) (*ast.BasicLit, bool) {
	for _, a := range call.Args {
		if lit, ok := ast.Unparen(a).(*ast.BasicLit); ok && lit.Kind == token.STRING {
			return lit, lit.Value[0] == '"' && strings.Contains(lit.Value, "%") && !strings.Contains(lit.Value, "%[")
		}
	}
	return nil, false
}

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == ')' || c == '\''
}
