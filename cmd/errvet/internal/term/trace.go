package term

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
)

// A Life is what became of one error.
type Life struct {
	Pos, End finding.Position // where it was born
	Title    string           // which error it is, and whether its paths were followed
	Paths    []Path
	Verdict  string // what the engine makes of it; may be empty
}

// A Path is one way in which a path ends for an error.
type Path struct {
	End   string // how it ends
	Lost  bool   // it is a loss
	Steps []finding.Step
}

// Trace shows the life of an error.
//
//	err, the error of os.Open, in Load: 2 ways to end
//	  6 | f, err := os.Open(name)
//	    |           ^^^^^^^^^^^^^ born
//	  1: success returned, and the error is lost
//	  7 | if err != nil {
//	    |    ^^^^^^^^^^ tested
//	  8 | return nil
//	    | ^^^^^^^^^^ success returned
func (r *Report) Trace(l *Life) error {
	var buf bytes.Buffer
	if r.shown++; r.shown > 1 {
		buf.WriteByte('\n')
	}
	r.headline(&buf, Relative(r.Base, l.Pos.String())+":", l.Title, "")
	gutter := len(strconv.Itoa(l.Pos.Line))
	for _, p := range l.Paths {
		for _, s := range p.Steps {
			gutter = max(gutter, len(strconv.Itoa(s.Pos.Line)))
		}
	}
	gutter += 2
	r.line(&buf, gutter, l.Pos, l.End, "born", false)
	for i, p := range l.Paths {
		fmt.Fprintf(&buf, "%*d: ", gutter, i+1)
		if p.Lost {
			buf.WriteString(r.mark.Sprint(p.End+", and the error is lost") + "\n")
		} else {
			buf.WriteString(r.bold.Sprint(p.End) + "\n")
		}
		for _, s := range p.Steps {
			r.line(&buf, gutter, s.Pos, s.End, s.Text, p.Lost)
		}
	}
	if l.Verdict != "" {
		fmt.Fprintf(&buf, "%*s %s\n", gutter, "", "= "+l.Verdict)
	}
	if _, err := r.W.Write(buf.Bytes()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
