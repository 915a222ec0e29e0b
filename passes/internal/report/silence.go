package report

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// silence tells by what f is silenced, if by anything. Directives come first,
// so that one which does its work is not called unused because a comment would
// have done as well.
func (r *Reporter) silence(f Finding) Silence {
	file := r.files[r.fset.File(f.Pos)]
	index := file.index(r.fset)
	if line, ok := r.ignored(f, index); ok {
		return Silence{How: ByIgnore, Line: line}
	}
	if f.Rule == "abruptexit" && hasWordPrefix(f.Func, "must") {
		return Silence{How: ByMust}
	}
	if f.Deliberate != nil {
		if bestEffort(f.Callee) || bestEffort(f.Func) {
			return Silence{How: ByBestEffort}
		}
		if line, ok := r.reason(f, index); ok {
			return Silence{How: ByComment, Line: line}
		}
		if line, ok := r.waived(f, index); ok {
			return Silence{How: ByComment, Line: line}
		}
	}
	return r.linted(f, index)
}

// waives matches a comment that says of what follows that its errors do not count.
var waives = regexp.MustCompile(`(?i)\bignor\w*\b[^.]*\b(errors?|err|failures?)\b|\b(errors?|failures?)\b[^.]*\b(is|are|be)( \w+)? ignored\b|\bbest[ -]effort\b|\bopportunistic`)

// forbids matches a comment that says the opposite: that errors must not be ignored.
var forbids = regexp.MustCompile(`(?i)\b(not|never|don't|cannot|can't|mustn't|shouldn't|no longer|without)( \w+)? ignor`)

// Waives reports whether a comment says of what follows that its errors do not count.
func Waives(group *ast.CommentGroup) bool {
	text := group.Text()
	return waives.MatchString(text) && !forbids.MatchString(text)
}

// reach is how many lines above a statement a comment that waives its errors may stand.
const reach = 12

// waived looks for a comment further up in the block of the finding's statement that says of errors in general that
// they do not count there.
func (r *Reporter) waived(f Finding, index []comment) (line int, ok bool) {
	at := r.lines(extent{f.Pos, f.End})
	var block ast.Node
	for n := range r.enclosing(f.Pos) {
		if isBody(n) {
			block = n
			break
		}
	}
	if block == nil {
		return 0, false
	}
	for _, c := range index {
		if c.own && block.Pos() < c.Pos() && c.last < at.line && at.line-c.last <= reach && !nested(block, c) && Waives(c.group) {
			return c.line, true
		}
	}
	return 0, false
}

// ignored looks for an //errvet:ignore at the finding's line, on one of the
// further places, or in the losing branch.
func (r *Reporter) ignored(f Finding, index []comment) (line int, ok bool) {
	places := r.places(f)
	for _, n := range f.Deliberate {
		places = append(places, r.spanOf(n))
	}
	for _, c := range index {
		for _, d := range c.directives {
			if d.how != ByIgnore || !d.silences(f.Rule, true) {
				continue
			}
			for _, place := range places {
				if place.speaksFor(c) {
					return c.line, true
				}
			}
		}
	}
	return 0, false
}

// places returns the statement of f and its further places, each as a
// statement: a directive stands on its first or last line, or above.
func (r *Reporter) places(f Finding) []span {
	places := []span{r.lines(extent{f.Pos, f.End})}
	for _, n := range f.Also {
		if isBody(n) {
			n = extent{n.Pos(), n.Pos()} // the line of the closing brace belongs to what follows
		}
		places = append(places, r.lines(n))
	}
	return places
}

func (r *Reporter) lines(n ast.Node) span {
	return span{line: r.fset.Position(n.Pos()).Line, end: r.fset.Position(n.End()).Line, node: n}
}

// isBody reports whether n holds statements.
func isBody(n ast.Node) bool {
	switch n.(type) {
	case *ast.IfStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.ForStmt, *ast.RangeStmt,
		*ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.FuncDecl, *ast.FuncLit:
		return true
	}
	return false
}

// extent is a stretch of source as a node.
type extent struct{ pos, end token.Pos }

func (e extent) Pos() token.Pos { return e.pos }
func (e extent) End() token.Pos { return e.end }

// linted looks for the directives of other linters. They reach as far as in
// golangci-lint: over their own line and over the node that begins below them
// in the same column. They are looked for at the statement and at the call,
// where those linters report, not at the handler.
func (r *Reporter) linted(f Finding, index []comment) Silence {
	f.Also = slices.DeleteFunc(slices.Clone(f.Also), isBody)
	places := r.places(f)
	for _, c := range index {
		for _, d := range c.directives {
			if d.how == ByIgnore || !d.silences(f.Rule, r.settings.nolint || d.how != ByNolint) {
				continue
			}
			if d.file {
				return Silence{How: d.how, Line: c.line}
			}
			for _, place := range places {
				if c.first <= place.line && place.line <= c.last || place.speaksFor(c) || r.above(c, place.node.Pos()) {
					return Silence{How: d.how, Line: c.line}
				}
			}
		}
	}
	return Silence{}
}

// above reports whether a node around pos begins on the line below c's group
// and in its column.
func (r *Reporter) above(c comment, pos token.Pos) bool {
	if !c.own || c.Pos() > pos {
		return false
	}
	for n := range r.enclosing(pos) {
		start := r.fset.Position(n.Pos())
		if file, ok := n.(*ast.File); ok {
			start = r.fset.Position(file.Package)
		}
		if start.Line == c.last+1 && start.Column == c.column {
			return true
		}
	}
	return false
}

// reason looks for a comment that says why the loss is meant.
func (r *Reporter) reason(f Finding, index []comment) (line int, ok bool) {
	for _, n := range f.Deliberate {
		place := r.spanOf(n)
		var group *ast.CommentGroup
		for _, c := range index {
			if c.group == group || !place.speaksFor(c) {
				continue
			}
			group = c.group
			if GivesReason(group) && !(place.above(c) && describes(group.Text(), f)) {
				return c.line, true
			}
		}
	}
	return 0, false
}

// Unfinished reports whether a comment that speaks for n, a losing branch or a
// discarding statement, says TODO, FIXME or XXX: the author knows that the
// error is not handled yet.
func (r *Reporter) Unfinished(n ast.Node) bool { return r.Says(n, unfinished) }

// Says reports whether a comment that speaks for n matches a pattern.
func (r *Reporter) Says(n ast.Node, pattern *regexp.Regexp) bool {
	file := r.files[r.fset.File(n.Pos())]
	if file == nil {
		return false
	}
	place := r.spanOf(n)
	for _, c := range file.index(r.fset) {
		if place.speaksFor(c) && pattern.MatchString(authored(c.Comment)) {
			return true
		}
	}
	return false
}

// unfinished marks what is still to be done: from there on a comment promises
// handling, it does not justify the lack of it.
var unfinished = regexp.MustCompile(`\b(TODO|FIXME|XXX)\b`)

// machine matches comments that talk to tools.
var machine = regexp.MustCompile(`^(//[a-z0-9]+:[a-z0-9]|//export |//extern |/\*line |// ?\+build |//\s*nolint\b|//\s*#nosec\b)`)

// minWords is how many words make a reason: fewer name the thing, they do not
// explain it ("close file", "again"). The exceptions are those that [intends]
// knows: whoever writes "ignore error" has decided.
const minWords = 3

// intends matches the words by which Go's authors say in short that an error is given up on purpose.
var intends = regexp.MustCompile(`(?i)\bignor(e|es|ing)\s+\w|\w\s+ignored\b|\bbest[- ]effort\b|\b(cannot|can't|never) fails?\b|\bdon't care\b`)

// describes reports whether what stands above a statement only says what the statement does, as "persist once more" does
// above s.persist(): it names the callee, and has no word of what would excuse its failure. Where an error was taken,
// and lost later, nobody had a reason for that when the comment was written, unless it speaks of that.
func describes(text string, f Finding) bool {
	if excuses.MatchString(text) {
		return false
	}
	if f.Rule == "overwritten" {
		return true
	}
	for _, named := range nameWords.FindAllString(f.Callee, -1) {
		stem := strings.ToLower(named[:min(len(named), maxStem)])
		if len(stem) >= minStem && slices.ContainsFunc(strings.Fields(strings.ToLower(text)), func(word string) bool { return strings.HasPrefix(word, stem) }) {
			return true
		}
	}
	return false
}

// nameWords matches the words of a name in the way of Go.
var nameWords = regexp.MustCompile(`[A-Z]+[a-z]*|[a-z]+`)

// minStem and maxStem say by how many letters a word of a name is known in a text: "close" and "closing" are the same.
const minStem, maxStem = 4, 5

// excuses matches words of a reason why an error does not count. It asks for less than [intends] and [waives], which speak
// for themselves: what it matches has only to show that a comment is more than a name of what follows.
var excuses = regexp.MustCompile(`(?i)\berr(or)?s?\b|\bfail\w*|\bignor\w*|\bbest[ -]effort\b|\boptional(ly)?\b|\b(any|either)( )?way\b|\banyhow\b|\bregardless\b|\bharmless\b|\bsafe(ly)?\b` +
	`|\b(may|might|could|can|already|unless|fine|ok|okay|try|tries|attempt\w*|possibl[ey]|opportunistic\w*|non-?(critical|fatal|essential)|only|just|even|no need|because|since)\b` +
	`|\b(not|never|no|cannot|nothing|nobody|none|without)\b|n't\b`)

// GivesReason reports whether the group holds at least three words that are
// neither a promise to do it later, nor a directive, nor code. It does not say
// of what they are the reason: that is where the group stands.
func GivesReason(group *ast.CommentGroup) bool {
	words := 0
	for _, c := range group.List {
		text, done := authored(c), false
		if machine.MatchString(text) {
			continue
		}
		text = strings.TrimSuffix(strings.TrimLeft(text, "/*"), "*/")
		if at := unfinished.FindStringIndex(text); at != nil {
			text, done = text[:at[0]], true
		}
		for line := range strings.SplitSeq(text, "\n") {
			if line = strings.TrimLeft(line, "* \t"); !isCode(line) {
				words += countWords(line)
				if intends.MatchString(line) && !forbids.MatchString(line) {
					words += minWords
				}
			}
		}
		if done {
			break
		}
	}
	return words >= minWords
}

// countWords counts what is set off by space and holds a letter.
func countWords(s string) int {
	n := 0
	for _, word := range strings.Fields(s) {
		if strings.IndexFunc(word, unicode.IsLetter) >= 0 {
			n++
		}
	}
	return n
}

// isCode reports whether a line of comment is Go that was taken out: it is a
// part of a block, or parses as statements of which one does something that
// words do not.
func isCode(line string) bool {
	line = strings.TrimSpace(line)
	if strings.HasSuffix(line, "{") || strings.HasPrefix(line, "}") {
		return true
	}
	src := "package p; func _() {\n" + line + "\n}"
	file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	code := false
	ast.Inspect(file.Decls[0].(*ast.FuncDecl).Body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.CallExpr, *ast.AssignStmt, *ast.IncDecStmt, *ast.ReturnStmt, *ast.BranchStmt, *ast.DeclStmt, *ast.SendStmt:
			code = true
		}
		return !code
	})
	return code
}

// bestEffort reports whether a name says that failure is accepted.
func bestEffort(name string) bool {
	return strings.HasSuffix(name, "BestEffort") || hasWordPrefix(name, "bestEffort")
}

// hasWordPrefix reports whether name begins with the words of prefix, a name
// in lower camel case, exported or not: Must and MustOpen, but not Muster.
func hasWordPrefix(name, prefix string) bool {
	if len(name) < len(prefix) || !strings.EqualFold(name[:1], prefix[:1]) || name[1:len(prefix)] != prefix[1:] {
		return false
	}
	rest := name[len(prefix):]
	return rest == "" || !unicode.IsLower([]rune(rest)[0])
}
