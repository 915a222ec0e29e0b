package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"
)

// A printer writes findings and figures; its first error stops it.
type printer struct {
	out     io.Writer
	context int
	err     error
}

func (w *printer) printf(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.out, format, args...)
	}
}

// draw returns n of findings, chosen by seed, in their order; all if n is 0.
func draw(findings []*finding, n int, seed uint64) []*finding {
	if n <= 0 || n >= len(findings) {
		return findings
	}
	random := rand.New(rand.NewPCG(seed, 0))
	drawn := random.Perm(len(findings))[:n]
	slices.Sort(drawn)
	sample := make([]*finding, n)
	for i, at := range drawn {
		sample[i] = findings[at]
	}
	return sample
}

// findings shows each finding with its source.
func (w *printer) findings(findings []*finding) {
	sources := make(map[string][]string)
	for i, f := range findings {
		w.printf("#%d %s:%d:%d: %s [%s]\n", i+1, f.position.Filename, f.position.Line, f.position.Column, f.message, f.Category)
		for _, step := range f.path {
			w.printf("     | %s\n", step)
		}
		lines, ok := sources[f.position.Filename]
		if !ok {
			content, err := os.ReadFile(f.position.Filename)
			if err != nil {
				w.printf("     (its source cannot be shown: %v)\n", err)
			}
			lines = strings.Split(string(content), "\n")
			sources[f.position.Filename] = lines
		}
		last := min(f.endLine, f.position.Line+w.context) // a long block shows its beginning
		for n := max(1, f.position.Line-w.context); n <= min(len(lines), last+w.context); n++ {
			mark := " "
			if f.position.Line <= n && n <= f.endLine {
				mark = ">"
			}
			w.printf("%s%5d  %s\n", mark, n, strings.TrimRight(lines[n-1], "\r"))
		}
		w.printf("\n")
	}
}

// list gives each finding a line that stays the same while code around moves.
func (w *printer) list(findings []*finding) {
	for _, f := range findings {
		w.printf("%s\t%s\t%s\t%s\t%d\n", f.pkg, f.function, f.Rule, f.Case, f.ordinal)
	}
}

// counts shows how many findings there are of each rule and case, and the
// figures of the run.
func (w *printer) counts(findings []*finding, r *run) {
	count := make(map[string]int)
	for _, f := range findings {
		count[f.Rule]++
		count[f.Rule+"/"+f.Case+tierMark(f)]++
	}
	for _, name := range slices.Sorted(maps.Keys(count)) {
		indent := ""
		if strings.Contains(name, "/") {
			indent = "    "
		}
		w.printf("%6d  %s%s\n", count[name], indent, name)
	}
	rate := 0.0
	if r.lines > 0 {
		rate = 1000 * float64(len(findings)) / float64(r.lines)
	}
	w.printf("%6d  findings in %d packages, %d lines that are neither tests nor generated: %.3f per thousand\n",
		len(findings), r.packages, r.lines, rate)
	w.printf("%6d  error values, of which %d (%.1f%%) shared and so left alone\n",
		r.engine.Values, r.engine.Shared, 100*float64(r.engine.Shared)/float64(max(1, r.engine.Values)))
	w.printf("%6d  functions with errors, of which %d (%.2f%%) over the bound of the search\n",
		r.engine.Funcs, r.engine.Over, 100*float64(r.engine.Over)/float64(max(1, r.engine.Funcs)))
}

func tierMark(f *finding) string {
	mark := ""
	if f.Tier != 0 {
		mark = " (" + f.Tier.String() + ")"
	}
	if f.Silence.How != "" {
		mark += " by " + f.Silence.How
	}
	return mark
}

// cost shows what each analyzer took, the dearest first.
func (w *printer) cost(r *run) {
	var all time.Duration
	for _, d := range r.spent {
		all += d
	}
	names := slices.SortedFunc(maps.Keys(r.spent), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.spent[b], r.spent[a]), cmp.Compare(a, b))
	})
	for _, name := range names {
		w.printf("%8.1f ms  %4.1f%%  %s\n", float64(r.spent[name].Microseconds())/1000, 100*r.spent[name].Seconds()/max(all.Seconds(), 1e-9), name)
	}
}
