package errflow

import (
	"go/ast"
	"slices"
	"strings"
	"unicode"

	"github.com/errvet/errvet/passes/internal/known"
)

// What names say, of what nothing else is known.

// says reports whether one of the words is among those that a name is made of.
func says(name string, words ...string) bool {
	for _, w := range wordsOf(name) {
		for _, word := range words {
			if w == word {
				return true
			}
		}
	}
	return false
}

// wordsOf splits a name where letters become large, and at what is no letter; its words are in small letters.
func wordsOf(name string) []string {
	var words []string
	word := ""
	end := func() {
		if word != "" {
			words = append(words, word)
		}
		word = ""
	}
	lower := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			end()
		case unicode.IsUpper(r) && lower:
			end()
			word = string(unicode.ToLower(r))
		default:
			word += string(unicode.ToLower(r))
		}
		lower = unicode.IsLower(r)
	}
	end()
	return words
}

// begins reports whether a name begins with one of the verbs, which are in small letters.
func begins(name string, verbs ...string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(verbs, func(verb string) bool { return strings.HasPrefix(name, verb) })
}

// makesWay reports whether a function only makes a directory, in which what is put there next fails if it did.
func makesWay(name string) bool { return name == "Mkdir" || name == "MkdirAll" }

// serves reports whether a function's name says that it works until something ends it, and tells what.
func serves(name string) bool {
	return strings.HasPrefix(name, "Serve") || strings.HasPrefix(name, "ListenAndServe")
}

// takesBack reports whether a name says that something is taken back or brought to its end. Where that fails, something
// is left behind that was to go: a nuisance for whoever tidies up, and seldom a loss. By how much force does not matter.
func takesBack(name string) bool {
	if words := wordsOf(name); len(words) > 1 && slices.Contains([]string{"dirty", "force", "hard", "maybe", "quiet", "safe", "safely", "try"}, words[0]) {
		name = name[len(words[0]):] // that says how
	}
	if known.Undoes(name) {
		return true
	}
	return begins(name, "unsubscribe", "deregister", "shutdown", "leave", "discard", "abandon")
}

// lastName is the last name of what is called: Remove in x.fs.Remove, cleanup in cleanup().
func lastName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// asksAgain reports whether a function's name says that it asks something again and again, until it gets its answer or it
// has taken too long.
func asksAgain(name string) bool {
	return begins(name, "eventually", "consistently", "never", "poll", "wait", "until")
}
