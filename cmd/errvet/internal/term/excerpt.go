package term

import (
	"strings"

	"github.com/rivo/uniseg"
)

// tab is what a tab of the source is shown as.
const tab = "    "

// An excerpt is one line of source as it is shown, and the columns of it that are underlined.
type excerpt struct {
	text       string
	start, end int // in columns of the screen, from 0
}

// newExcerpt lays out a line: tabs become blanks, indentation that says nothing goes, what is wider than width is cut.
// The range is given in bytes from 1; it ends behind to, or at the end of the line if to is 0.
func newExcerpt(line string, from, to, width int) excerpt {
	from = min(max(from-1, 0), len(line))
	if to == 0 {
		to = len(strings.TrimRight(line, " \t"))
	} else {
		to = min(max(to-1, from), len(line))
	}
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	indent = min(indent, from)
	shown := func(part string) string { return strings.ReplaceAll(part, "\t", tab) }
	before, marked, after := shown(line[indent:from]), shown(line[from:to]), shown(line[to:])

	e := excerpt{start: uniseg.StringWidth(before)}
	e.end = max(e.start+uniseg.StringWidth(marked), e.start+1)
	e.text = strings.TrimRight(before+marked+after, " ")
	if width > 0 && uniseg.StringWidth(e.text) > width {
		e.text = cut(e.text, width-1) + "…"
		e.start = min(e.start, width-1)
		e.end = min(e.end, width)
	}
	return e
}

// cut returns as much of the text as fits into the columns.
func cut(text string, columns int) string {
	used, n, state := 0, 0, -1
	for rest := text; rest != ""; {
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used+width > columns {
			break
		}
		used += width
		n += len(cluster)
	}
	return text[:n]
}
