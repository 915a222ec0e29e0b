// Package baseline remembers findings, so that only new ones are told of, and gives findings the fingerprints by which
// they are known again.
package baseline

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/fixes"
	"github.com/errvet/errvet/cmd/errvet/internal/source"
)

// A Print is the fingerprint of a finding: rule, case, package, and the source line it is on. It survives when lines
// above or below change, when the line is indented anew, and when it moves within its package. Equal findings have
// equal prints.
type Print string

// Of returns the fingerprint of a finding.
func Of(f *finding.Finding, files *source.Files) Print {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s", f.Rule, f.Case, f.Package, text(f, files))
	return Print(hex.EncodeToString(h.Sum(nil)[:8]))
}

// text is the line of the finding without its indentation.
func text(f *finding.Finding, files *source.Files) string {
	line, _ := files.Line(f.Pos.File, f.Pos.Line)
	return strings.Join(strings.Fields(line), " ")
}

const header = "# Findings that errvet keeps quiet about with -baseline, one a line: fingerprint, rule, package, source.\n" +
	"# Written by errvet -write-baseline. Only the fingerprint and the package are read back.\n"

// Write makes a file of the findings. Sorted by package and rule, so that a change of it reads well in review.
func Write(name string, list []*finding.Finding, files *source.Files) error {
	lines := make([]string, len(list))
	for i, f := range list {
		lines[i] = fmt.Sprintf("%s %s %s/%s %s\n", Of(f, files), f.Package, f.Rule, f.Case, text(f, files))
	}
	slices.SortFunc(lines, func(a, b string) int { return cmp.Or(cmp.Compare(a[17:], b[17:]), cmp.Compare(a, b)) })
	if err := fixes.Create(name, []byte(header+strings.Join(lines, ""))); err != nil {
		return fmt.Errorf("the baseline cannot be written: %w", err)
	}
	return nil
}

// A Baseline holds what is known: how many findings of each print, by package.
type Baseline struct {
	counts map[Print]int
	pkgs   map[Print]string
}

// Read reads a file that Write made.
func Read(name string) (*Baseline, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the baseline cannot be read: %w; errvet -write-baseline %s makes it", err, name)
	}
	b := &Baseline{counts: make(map[Print]int), pkgs: make(map[Print]string)}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if raw, err := hex.DecodeString(fields[0]); err != nil || len(raw) != 8 || len(fields) < 2 {
			return nil, fmt.Errorf("%s:%d is no line of a baseline; write the file anew with errvet -write-baseline %s", name, n, name)
		}
		b.counts[Print(fields[0])]++
		b.pkgs[Print(fields[0])] = fields[1]
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("the baseline %s cannot be read: %w", name, err)
	}
	return b, nil
}

// Filter returns the findings that are not known, and how many are. Of equal ones the last count as new. Silenced ones
// are neither.
func (b *Baseline) Filter(list []*finding.Finding, files *source.Files) (fresh []*finding.Finding, known int) {
	left := make(map[Print]int, len(b.counts))
	for p, n := range b.counts {
		left[p] = n
	}
	for _, f := range list {
		if p := Of(f, files); !f.Silenced() && left[p] > 0 {
			left[p]--
			known++
			continue
		}
		fresh = append(fresh, f)
	}
	return fresh, known
}

// Gone counts the known findings that a list of all findings of some packages no longer holds.
func (b *Baseline) Gone(list []*finding.Finding, checked func(pkg string) bool, files *source.Files) int {
	have := make(map[Print]int)
	for _, f := range list {
		have[Of(f, files)]++
	}
	gone := 0
	for p, n := range b.counts {
		if checked(b.pkgs[p]) {
			gone += max(n-have[p], 0)
		}
	}
	return gone
}

// Has reports whether a finding like this one is known.
func (b *Baseline) Has(f *finding.Finding, files *source.Files) bool {
	return b.counts[Of(f, files)] > 0
}
