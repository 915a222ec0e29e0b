// Package nearest finds the word that was probably meant.
package nearest

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Of returns the candidate that is fewest edits away from word, if that is few enough for a slip of the fingers: a
// third of its letters. Of equally near ones it takes the first.
func Of(word string, candidates []string) (string, bool) {
	best, at := "", len(word)/3+2
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(word, c); d < at {
			best, at = c, d
		}
	}
	return best, best != ""
}

// None is the error that there is no such thing: it names the one that was probably meant, or else all there are.
func None(what, name string, names []string) error {
	if near, ok := Of(name, names); ok {
		return fmt.Errorf("no %s is called %s; did you mean %s?", what, name, near)
	}
	return fmt.Errorf("no %s is called %s; there are %s", what, name, strings.Join(names, ", "))
}
