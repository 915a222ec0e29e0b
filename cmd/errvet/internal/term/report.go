package term

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fatih/color"
	"github.com/rivo/uniseg"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/source"
	"github.com/errvet/errvet/passes"
)

// A Report shows findings one after the other. It remembers which rules it has introduced.
type Report struct {
	*Screen
	// Base is the directory that file names are shown relative to.
	Base  string
	Files *source.Files

	introduced map[string]bool
	shown      int
}

// Show writes the findings, in the order given.
func (r *Report) Show(list []*finding.Finding) error {
	if r.introduced == nil {
		r.introduced = make(map[string]bool)
	}
	for _, f := range list {
		var buf bytes.Buffer
		r.show(&buf, f)
		if _, err := r.W.Write(buf.Bytes()); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	return nil
}

// show lays out one finding:
//
//	pay.go:42:2: the error of f.Close is lost [dropped, fix: safe]
//	   38 | f, err := os.Create(name)
//	      |           ^^^^^^^^^^^^^^^ can fail here
//	   42 | f.Close()
//	      | ^^^^^^^^^ its error goes nowhere
//	      = more: errvet explain dropped
//	      = meant so? //errvet:ignore dropped REASON
func (r *Report) show(buf *bytes.Buffer, f *finding.Finding) {
	if r.shown++; r.shown > 1 {
		buf.WriteByte('\n')
	}
	r.headline(buf, Relative(r.Base, f.Pos.String())+":", f.Message, "["+tag(f)+"]")

	gutter := len(strconv.Itoa(f.Pos.Line))
	for _, s := range f.Steps {
		gutter = max(gutter, len(strconv.Itoa(s.Pos.Line)))
	}
	gutter += 2
	shown := false
	for _, s := range f.Steps {
		here := s.Pos.File == f.Pos.File && s.Pos.Line == f.Pos.Line
		shown = shown || here
		r.line(buf, gutter, s.Pos, s.End, s.Text, here)
	}
	if !shown {
		r.line(buf, gutter, f.Pos, f.End, "", true)
	}
	if r.introduced[f.Rule] {
		return
	}
	r.introduced[f.Rule] = true
	help := "errvet explain " + f.Rule
	if f.Rule == passes.DirectiveRule {
		help = "errvet help"
	}
	fmt.Fprintf(buf, "%*s %s\n", gutter, "", r.dim.Sprint("= more: "+help))
	if f.URL != "" {
		fmt.Fprintf(buf, "%*s %s\n", gutter, "", r.dim.Sprint("= "+f.URL))
	}
	if !f.Silenced() && f.Rule != passes.DirectiveRule {
		fmt.Fprintf(buf, "%*s %s\n", gutter, "", r.dim.Sprint("= meant so? //errvet:ignore "+f.Rule+" REASON"))
	}
}

// headline writes the first line, broken between words where the screen is narrow. The place keeps whole, so that a
// terminal recognises it.
func (r *Report) headline(buf *bytes.Buffer, place, message, tag string) {
	buf.WriteString(r.bold.Sprint(place))
	at := uniseg.StringWidth(place)
	put := func(words []string, style *color.Color) {
		for _, word := range words {
			wide := uniseg.StringWidth(word)
			if r.Width > 0 && at+1+wide > r.Width && at > len(hanging) {
				buf.WriteString("\n" + hanging[1:])
				at = len(hanging) - 1
			}
			buf.WriteString(" " + style.Sprint(word))
			at += 1 + wide
		}
	}
	put(strings.Fields(message), r.plain)
	if tag != "" {
		parts := strings.SplitAfter(tag, ", ") // "fix: safe" keeps together
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		put(parts, r.note)
	}
	buf.WriteByte('\n')
}

// hanging indents the further lines of a headline.
const hanging = "    "

// tag names rule and case, and what one may want to know before reading on.
func tag(f *finding.Finding) string {
	s := f.Rule
	if f.Case != "" {
		s += "/" + f.Case
	}
	if f.Tier == passes.Strict {
		s += ", strict"
	}
	if f.Suggest != nil {
		s += ", fix: " + f.Fix.String()
	}
	if f.Silenced() {
		s += ", silenced by " + f.Silence.How
	}
	return s
}

// line shows one line of source with its range underlined and what it is about.
func (r *Report) line(buf *bytes.Buffer, gutter int, pos, end finding.Position, text string, here bool) {
	src, ok := r.Files.Line(pos.File, pos.Line)
	if !ok {
		if text != "" {
			fmt.Fprintf(buf, "%s %s\n", r.dim.Sprintf("%*d |", gutter, pos.Line), text)
		}
		return
	}
	to := end.Col
	if end.File != pos.File || end.Line != pos.Line {
		to = 0
	}
	width := 0
	if r.Width > 0 {
		width = max(r.Width-gutter-3, 20)
	}
	e := newExcerpt(src, pos.Col, to, width)
	under := r.note
	if here {
		under = r.mark
	}
	marks := strings.Repeat(" ", e.start) + under.Sprint(strings.Repeat("^", e.end-e.start))
	margin := r.dim.Sprintf("%*s |", gutter, "")
	fmt.Fprintf(buf, "%s %s\n", r.dim.Sprintf("%*d |", gutter, pos.Line), e.text)
	long := uniseg.StringWidth(text)
	switch {
	case text == "":
		fmt.Fprintf(buf, "%s %s\n", margin, marks)
	case width == 0 || e.end+1+long <= width:
		fmt.Fprintf(buf, "%s %s %s\n", margin, marks, under.Sprint(text))
	default: // on a line of its own, where it begins as far to the right as it can
		fmt.Fprintf(buf, "%s %s\n%s %*s%s\n", margin, marks, margin, max(min(e.start, width-long), 0), "", under.Sprint(text))
	}
}

// Relative shortens a path that lies below base. What lies elsewhere stays absolute, unless it is near.
func Relative(base, path string) string {
	rel, err := filepath.Rel(base, path)
	if err != nil || strings.HasPrefix(rel, filepath.Join("..", "..", "..")) || len(rel) >= len(path) {
		return path
	}
	return rel
}
