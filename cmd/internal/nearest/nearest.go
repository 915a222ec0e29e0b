// Package nearest finds the word that was probably meant.
package nearest

import "github.com/agnivade/levenshtein"

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
