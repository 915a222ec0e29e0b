package finding

import (
	"path/filepath"
	"strings"

	"github.com/errvet/errvet/passes"
)

// A Selection says which findings are wanted. The tool always reports everything, so that choosing differently needs
// no new analysis.
type Selection struct {
	Strict   bool // also the strict tier
	Tests    bool // also in test files
	Silenced bool // also what the source silences
	Rules    Rules
	Named    map[string]bool // rules whose strict tier is wanted anyway

	// Root is the directory that the paths of Paths are relative to.
	Root  string
	Paths []PathRule
	// Keep is asked last, for what only the caller knows; nil keeps all.
	Keep func(*Finding) bool
}

// Rules switches rules on and off: if any is on, only those count; else all but those that are off.
type Rules map[string]bool

// Has reports whether a rule is on. Complaints about directives are always on: they are about errvet's own notes.
func (r Rules) Has(rule string) bool {
	if on, ok := r[rule]; ok {
		return on
	}
	if rule == passes.DirectiveRule {
		return true
	}
	for _, on := range r {
		if on {
			return false
		}
	}
	return true
}

// A PathRule changes what counts below a path. The last that matches wins.
type PathRule struct {
	Path    string // relative to the root, with slashes; "..." at its end matches everything below
	Exclude bool
	Strict  *bool // nil leaves the tier as it is
}

// Select returns the findings that are wanted, and how many of those the source silences.
func (s *Selection) Select(list []*Finding) (kept []*Finding, silenced int) {
	for _, f := range withUnused(list) {
		if s.Refusal(f) != "" || s.Keep != nil && !s.Keep(f) {
			continue
		}
		if f.Silenced() {
			silenced++
			if !s.Silenced {
				continue
			}
		}
		kept = append(kept, f)
	}
	return kept, silenced
}

// Refusal says why a finding is not wanted, by rule, file, path and tier. It is empty if nothing speaks against it.
func (s *Selection) Refusal(f *Finding) string {
	excluded, strict := At(s.Root, s.Paths, f.Pos.File, s.Strict)
	switch {
	case !s.Rules.Has(f.Rule):
		return "the rule " + f.Rule + " is switched off"
	case f.InTest() && !s.Tests:
		return "it is in a test file; -tests shows it"
	case excluded:
		return "the settings exclude its path"
	case f.Tier == passes.Strict && !strict && !s.Named[f.Rule]:
		return "it is of the strict tier; -strict shows it"
	}
	return ""
}

// At says what path rules make of a file: whether it is left out, and whether the strict tier counts there, which
// otherwise it does or not.
func At(root string, rules []PathRule, file string, otherwise bool) (excluded, strict bool) {
	strict = otherwise
	rel, err := filepath.Rel(root, file)
	if err != nil || len(rules) == 0 {
		return false, strict
	}
	for _, p := range rules {
		if !matches(p.Path, filepath.ToSlash(rel)) {
			continue
		}
		excluded = p.Exclude
		if p.Strict != nil {
			strict = *p.Strict
		}
	}
	return excluded, strict
}

// matches reports whether a file lies at or below a path. Without "..." a path stands for one file or for the files
// of one directory.
func matches(pattern, file string) bool {
	pattern = strings.TrimPrefix(pattern, "./")
	if pattern == "..." {
		return true
	}
	if dir, ok := strings.CutSuffix(pattern, "/..."); ok {
		return strings.HasPrefix(file, dir+"/")
	}
	pattern = strings.TrimSuffix(pattern, "/")
	i := strings.LastIndexByte(file, '/')
	return file == pattern || i >= 0 && file[:i] == pattern || i < 0 && pattern == "."
}
