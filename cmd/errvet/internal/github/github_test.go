package github

import (
	"strings"
	"testing"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/passes"
)

func TestWrite(t *testing.T) {
	at := func(file string, line, col int) finding.Position {
		return finding.Position{File: file, Line: line, Col: col}
	}
	var b strings.Builder
	err := Write(&b, []*finding.Finding{
		{
			Category: passes.Category{Rule: "lost"}, Pos: at("/r/a,b.go", 3, 2), End: at("/r/a,b.go", 3, 9), Message: "100% lost: gone", URL: "https://x/y",
			Steps: []finding.Step{{Pos: at("/r/a,b.go", 2, 1), Text: "born here"}},
		},
		{Category: passes.Category{Rule: "lost"}, Pos: at("/r/p/c.go", 3, 2), End: at("/r/p/c.go", 5, 1), Message: "m"},
		{Category: passes.Category{Rule: "lost"}, Pos: at("/elsewhere/c.go", 3, 0), Message: "m"},
	}, "/r")
	if err != nil {
		t.Fatal(err)
	}
	const want = `::warning file=a%2Cb.go,line=3,col=2,endLine=3,endColumn=9,title=errvet lost::100%25 lost: gone%0Aline 2: born here%0Ahttps://x/y
::warning file=p/c.go,line=3,col=2,endLine=5,title=errvet lost::m
::warning file=/elsewhere/c.go,line=3,title=errvet lost::m
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
