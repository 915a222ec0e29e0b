package passes

import (
	"fmt"
	"maps"
	"slices"
)

// A Group is a set of rules that answer the same worry. Its name may stand
// wherever the name of a rule switches the rule on or off.
type Group string

// The groups.
const (
	// Losses are errors that nobody gets to see.
	Losses Group = "losses"
	// Answers are errors that somebody gets to see, and that say the wrong thing.
	Answers Group = "answers"
	// Panics are panics and exits: errors that take, or should take, the program down.
	Panics Group = "panics"
	// Calls are calls of other services, which fail as a matter of course.
	Calls Group = "calls"
)

// Groups lists the groups, each with what its rules find.
var Groups = []struct {
	Name  Group
	About string
}{
	{Losses, "errors that nobody gets to see"},
	{Answers, "errors that say the wrong thing"},
	{Panics, "panics and exits that take the place of errors, or hide them"},
	{Calls, "calls of other services that do not reckon with failure"},
}

// Members returns the names of the rules that a name stands for: those of a
// group, or the rule itself. It is empty for any other name.
func Members(rules []Rule, name string) []string {
	var list []string
	for _, r := range rules {
		if r.Name() == name || string(r.Group) == name {
			list = append(list, r.Name())
		}
	}
	return list
}

// Words returns what may switch rules: their names, and those of the groups
// they are in.
func Words(rules []Rule) []string {
	var words []string
	for _, r := range rules {
		words = append(words, r.Name())
	}
	for _, g := range Groups {
		if len(Members(rules, string(g.Name))) > 0 {
			words = append(words, string(g.Name))
		}
	}
	return words
}

// Switches resolves the names of groups in what is switched on or off: a rule
// that is not named itself follows its group. Its error names a word that is
// neither rule nor group.
func Switches(rules []Rule, words map[string]bool) (map[string]bool, error) {
	out := make(map[string]bool, len(words))
	for _, word := range slices.Sorted(maps.Keys(words)) {
		members := Members(rules, word)
		if len(members) == 0 {
			return nil, fmt.Errorf("there is no rule %q, nor a group", word)
		}
		for _, rule := range members {
			if _, itself := words[rule]; !itself || rule == word {
				out[rule] = words[word]
			}
		}
	}
	return out, nil
}
