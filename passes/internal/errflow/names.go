package errflow

import (
	"slices"
	"strings"
	"unicode"
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
