package finding

import "github.com/errvet/errvet/passes"

// The cases of the rule about directives that the front end knows: a note that a directive works, which only the tool
// gives, and the finding that one silences nothing, which only the front end can tell.
const (
	caseIgnore = "ignore"
	caseUnused = "unused"
)

// withUnused replaces the notes about working directives by findings for those that silence nothing. That takes the
// whole list: a rule that is switched off may need its directives.
func withUnused(list []*Finding) []*Finding {
	type place struct {
		file string
		line int
	}
	used := make(map[place]bool)
	for _, f := range list {
		if f.Silenced() {
			used[place{f.Pos.File, f.Silence.Line}] = true
		}
	}
	var out []*Finding
	for _, f := range list {
		if f.Rule == passes.DirectiveRule && f.Case == caseIgnore {
			if used[place{f.Pos.File, f.Pos.Line}] {
				continue
			}
			unused := *f
			unused.Case = caseUnused
			unused.Message = "this directive silences nothing: take it away"
			f = &unused
		}
		out = append(out, f)
	}
	return out
}
