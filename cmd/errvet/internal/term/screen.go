// Package term writes for people: findings with their source, a summary, a line of progress.
package term

import (
	"io"
	"os"

	"github.com/fatih/color"
	"golang.org/x/term"
)

// A Screen is where a report goes and what that place can show.
type Screen struct {
	W     io.Writer
	Width int // in columns; 0 if it does not matter
	// Live says that a line may be written over again.
	Live bool

	plain, bold, dim, mark, note *color.Color
}

// Colour modes, as the flag -color takes them.
const (
	Auto   = "auto"
	Always = "always"
	Never  = "never"
)

// NewScreen finds out what f can show. With Auto there is colour on a terminal, unless the environment asks for none
// (NO_COLOR, TERM=dumb).
func NewScreen(f *os.File, mode string) *Screen {
	s := &Screen{W: f}
	if term.IsTerminal(int(f.Fd())) {
		s.Live = os.Getenv("TERM") != "dumb"
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			s.Width = width
		}
	}
	coloured := mode == Always || mode == Auto && s.Live && os.Getenv("NO_COLOR") == ""
	s.palette(coloured)
	return s
}

// NewPlain returns a screen without colours, for output that a program or a test reads.
func NewPlain(w io.Writer, width int) *Screen {
	s := &Screen{W: w, Width: width}
	s.palette(false)
	return s
}

func (s *Screen) palette(coloured bool) {
	for _, c := range []struct {
		to    **color.Color
		attrs []color.Attribute
	}{
		{&s.plain, nil},
		{&s.bold, []color.Attribute{color.Bold}},
		{&s.dim, []color.Attribute{color.Faint}},
		{&s.mark, []color.Attribute{color.FgRed, color.Bold}},
		{&s.note, []color.Attribute{color.FgCyan}},
	} {
		*c.to = color.New(c.attrs...)
		if coloured && len(c.attrs) > 0 {
			(*c.to).EnableColor()
		} else {
			(*c.to).DisableColor()
		}
	}
}
