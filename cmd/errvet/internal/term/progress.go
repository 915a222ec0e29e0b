package term

import (
	"fmt"
	"strings"
	"time"

	"github.com/rivo/uniseg"
)

// progressDelay keeps runs that are over at once free of a flickering line.
const progressDelay = 400 * time.Millisecond

// A Progress is a line that tells how far a run is. It is written only to a live screen, and taken away at the end.
type Progress struct {
	screen      *Screen
	total, done int
	started     time.Time
	written     time.Time
	width       int // of what stands on the line
	now         func() time.Time
}

// NewProgress starts a line for a number of packages.
func NewProgress(s *Screen, total int) *Progress {
	return &Progress{screen: s, total: total, started: time.Now(), now: time.Now}
}

// Done counts one more package.
func (p *Progress) Done() {
	p.done++
	p.write(fmt.Sprintf("errvet: %d of %d packages, %.0fs", p.done, p.total, p.now().Sub(p.started).Seconds()))
}

// Note shows what else goes on, such as a download.
func (p *Progress) Note(text string) { p.write("errvet: " + text) }

func (p *Progress) write(text string) {
	now := p.now()
	if !p.screen.Live || now.Sub(p.started) < progressDelay || now.Sub(p.written) < progressDelay/4 {
		return
	}
	if p.screen.Width > 0 {
		text = cut(text, p.screen.Width-1)
	}
	p.written = now
	p.put(text)
}

// put writes over what stands on the line. Blanks and a carriage return do that on every terminal. An error is of no
// interest: the line is a courtesy, and what matters is written elsewhere.
func (p *Progress) put(text string) {
	width := uniseg.StringWidth(text)
	_, _ = fmt.Fprintf(p.screen.W, "\r%s%s\r", text, strings.Repeat(" ", max(p.width-width, 0)))
	p.width = width
}

// Clear takes the line away.
func (p *Progress) Clear() {
	if p.width > 0 {
		p.put("")
	}
}
