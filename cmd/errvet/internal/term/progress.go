package term

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/rivo/uniseg"
)

// progressDelay keeps runs that are over at once free of a flickering line.
const progressDelay = 400 * time.Millisecond

// A Progress is a line that tells how far a run is. It is written only to a live screen, and taken away at the end.
// It is safe for concurrent use.
type Progress struct {
	mu          sync.Mutex
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

// Watch shows each second that the run goes on, which for the time that dependencies take nothing else does. The
// function that it returns ends that.
func (p *Progress) Watch() (stop func()) {
	if !p.screen.Live {
		return func() {}
	}
	ended := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		second := time.NewTicker(time.Second)
		defer second.Stop()
		for {
			select {
			case <-second.C:
				p.mu.Lock()
				p.tell()
				p.mu.Unlock()
			case <-ended:
				return
			}
		}
	})
	return func() {
		close(ended)
		watching.Wait()
	}
}

// Done counts one more package.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.tell()
}

func (p *Progress) tell() {
	p.write(fmt.Sprintf("errvet: %d of %d packages, %.0fs", p.done, p.total, p.now().Sub(p.started).Seconds()))
}

// Note shows what else goes on, such as a download.
func (p *Progress) Note(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.write("errvet: " + text)
}

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
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width > 0 {
		p.put("")
	}
}
