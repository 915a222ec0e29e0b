package mend

import (
	"go/ast"
	"go/types"
	"strings"
	"unicode"

	"github.com/errvet/errvet/passes/internal/known"
)

// Context says in a few words what a call does, for the text of an error: "update config", "compact store",
// "binary.Write".
func (m *Mender) Context(call *ast.CallExpr) string {
	text, _ := m.words(call)
	return text
}

// Failure says in a few words that a call failed, for a log: "failed to update config", "binary.Write failed".
func (m *Mender) Failure(call *ast.CallExpr) string {
	text, verb := m.words(call)
	if verb {
		return "failed to " + text
	}
	return text + " failed"
}

// words describes a call, and tells whether that reads as a verb with its object.
func (m *Mender) words(call *ast.CallExpr) (text string, verb bool) {
	var name, of string
	switch fun := unindexed(call.Fun).(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
		switch x := ast.Unparen(fun.X).(type) {
		case *ast.Ident:
			if _, ok := m.info.Uses[x].(*types.PkgName); ok {
				if fn := m.known.Callee(call); fn != nil && known.IsStandard(fn.Pkg().Path()) {
					return x.Name + "." + name, false
				}
			}
			of = x.Name
		case *ast.SelectorExpr:
			of = x.Sel.Name
		}
	default:
		return "call", false
	}
	words := split(name)
	// A verb alone says too little; what it is done to is the receiver, if its name is a word.
	if len(words) == 1 && len(of) > 2 && onReceiver[words[0]] {
		if object := split(of); len(object) < 3 && object[len(object)-1] != words[0] {
			words = append(words, object...)
		}
	}
	switch words[len(words)-1] {
	case "to", "from", "in", "into", "at", "for", "with", "by", "on", "of", "n", "all", "if":
		return name, false // half a sentence
	}
	return strings.Join(words, " "), len(words) > 1
}

// onReceiver lists verbs that are done to the value whose method they are.
var onReceiver = map[string]bool{
	"close": true, "flush": true, "sync": true, "commit": true, "delete": true, "remove": true, "stop": true, "start": true, "reset": true,
	"purge": true, "shutdown": true, "truncate": true, "compact": true, "reload": true, "load": true, "save": true, "init": true,
	"open": true, "destroy": true, "update": true, "restore": true, "release": true, "unlock": true, "lock": true, "kill": true,
}

// ErrName makes a name for the error of a call: closeErr.
func ErrName(call *ast.CallExpr) string {
	switch fun := unindexed(call.Fun).(type) {
	case *ast.Ident:
		return split(fun.Name)[0] + "Err"
	case *ast.SelectorExpr:
		return split(fun.Sel.Name)[0] + "Err"
	}
	return "callErr"
}

func unindexed(e ast.Expr) ast.Expr {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		return ast.Unparen(e.X)
	case *ast.IndexListExpr:
		return ast.Unparen(e.X)
	default:
		return e
	}
}

// split takes a name apart: StreamDelete is stream, delete; setTLSConfig is set, TLS, config.
func split(name string) []string {
	var words []string
	runes := []rune(strings.Trim(name, "_"))
	start := 0
	flush := func(end int) {
		if end > start {
			word := string(runes[start:end])
			if end-start == 1 || strings.ToUpper(word) != word || !unicode.IsLetter(runes[start]) {
				word = strings.ToLower(word)
			}
			words = append(words, word)
		}
		start = end
	}
	for i := 1; i < len(runes); i++ {
		switch {
		case runes[i] == '_':
			flush(i)
			start = i + 1
		case unicode.IsUpper(runes[i]) && !unicode.IsUpper(runes[i-1]),
			unicode.IsUpper(runes[i]) && i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1]):
			flush(i)
		}
	}
	flush(len(runes))
	if len(words) == 0 {
		return []string{strings.ToLower(name)}
	}
	words[0] = strings.ToLower(words[0])
	return words
}
