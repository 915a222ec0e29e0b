// Package github writes findings as workflow commands of GitHub Actions, which shows them beside the changed lines.
package github

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
)

// Write writes one command for each finding. File names are relative to root, the checked out repository.
func Write(w io.Writer, list []*finding.Finding, root string) error {
	var b strings.Builder
	for _, f := range list {
		name := f.Pos.File
		if rel, err := filepath.Rel(root, name); err == nil && !strings.HasPrefix(rel, "..") {
			name = filepath.ToSlash(rel)
		}
		fmt.Fprintf(&b, "::warning file=%s,line=%d", property(name), f.Pos.Line)
		if f.Pos.Col > 0 {
			fmt.Fprintf(&b, ",col=%d", f.Pos.Col)
		}
		if f.End.File == f.Pos.File && f.End.Line >= f.Pos.Line {
			fmt.Fprintf(&b, ",endLine=%d", f.End.Line)
			if f.End.Line == f.Pos.Line && f.End.Col > f.Pos.Col { // columns count only within one line
				fmt.Fprintf(&b, ",endColumn=%d", f.End.Col)
			}
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", property("errvet "+f.Rule), message(text(f)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// text is the message and the error's way, one line a step.
func text(f *finding.Finding) string {
	lines := []string{f.Message}
	for _, s := range f.Steps {
		lines = append(lines, fmt.Sprintf("line %d: %s", s.Pos.Line, s.Text))
	}
	if f.URL != "" {
		lines = append(lines, f.URL)
	}
	return strings.Join(lines, "\n")
}

// The escapes are those of the actions toolkit: a message keeps to one line, and in a property colon and comma have a
// meaning, too.
var (
	message  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace
)
