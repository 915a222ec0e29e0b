package term

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/passes"
)

// A Summary is what is said at the end of a run.
type Summary struct {
	Findings []*finding.Finding
	Silenced int           // by comments, names and directives
	Known    int           // in the baseline
	Gone     int           // from the baseline
	Packages int           // analysed
	Took     time.Duration // shown in tenths of a second
	Fixed    int           // fixes made
	Files    int           // files changed by them
	Fixing   bool          // fixes were asked for
}

// Show writes the summary: how many findings, by rule, and what can be done about them.
func (sum *Summary) Show(s *Screen) error {
	var b strings.Builder
	n := 0
	byRule := make(map[string]int)
	safe, review := 0, 0
	for _, f := range sum.Findings {
		if f.Silenced() {
			continue
		}
		n++
		byRule[f.Rule]++
		switch {
		case f.Suggest == nil:
		case f.Fix == passes.Safe:
			safe++
		default:
			review++
		}
	}
	if s.Live && len(sum.Findings) > 0 {
		b.WriteByte('\n') // the report stands above, on the same screen
	}
	fmt.Fprintf(&b, "errvet: %s in %s, %.1fs\n", s.bold.Sprint(Count(n, "finding")), Count(sum.Packages, "package"), sum.Took.Seconds())
	rules := make([]string, 0, len(byRule))
	width := 0
	for rule := range byRule {
		rules = append(rules, rule)
		width = max(width, len(rule))
	}
	slices.SortFunc(rules, func(a, b string) int { return cmp.Or(cmp.Compare(byRule[b], byRule[a]), cmp.Compare(a, b)) })
	for _, rule := range rules {
		fmt.Fprintf(&b, "  %-*s %5d\n", width, rule, byRule[rule])
	}
	var notes []string
	if sum.Fixing {
		notes = append(notes, fmt.Sprintf("%s made in %s", Count(sum.Fixed, "fix"), Count(sum.Files, "file")))
	} else {
		if safe > 0 {
			notes = append(notes, fmt.Sprintf("%d can be fixed with -fix", safe))
		}
		if review > 0 {
			notes = append(notes, fmt.Sprintf("%d have a fix to look over (-fix=all, -diff)", review))
		}
	}
	if sum.Silenced > 0 {
		notes = append(notes, fmt.Sprintf("%d silenced (-show-silenced)", sum.Silenced))
	}
	if sum.Known > 0 {
		notes = append(notes, fmt.Sprintf("%d in the baseline", sum.Known))
	}
	if sum.Gone > 0 {
		notes = append(notes, fmt.Sprintf("%d of the baseline gone (-write-baseline takes them out)", sum.Gone))
	}
	if len(notes) > 0 {
		fmt.Fprintf(&b, "  %s\n", s.dim.Sprint(strings.Join(notes, "; ")))
	}
	_, err := s.W.Write([]byte(b.String()))
	return err
}

// Count writes a number of things: "1 finding", "2 fixes".
func Count(n int, thing string) string {
	switch {
	case n == 1:
		return "1 " + thing
	case strings.HasSuffix(thing, "x"):
		return fmt.Sprintf("%d %ses", n, thing)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
