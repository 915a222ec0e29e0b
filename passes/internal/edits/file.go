// Package edits writes the text of fixes.
//
// It is the one place that does. A fix is a handful of insertions and replacements in one file that leave code which
// type-checks without a tool that tends imports, is formatted, and needs no newer Go than the file. All of this package
// works towards that: it spells types and zero values as they read at a place, finds or adds imports, names results, and
// knows how a statement stands on its lines. What cannot be said soundly at a place is answered with false, and then
// there is no fix.
//
// Two fixes of one package may need the same edit, an import for instance. Such shared edits are insertions and byte by
// byte the same whoever asks, so that every driver makes them once.
package edits

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
)

// A File is one file of the package under analysis, open for edits.
type File struct {
	Syntax *ast.File
	Info   *types.Info
	Pkg    *types.Package
	Fset   *token.FileSet

	tok *token.File
	src []byte
}

// Open returns the file in which pos lies. It fails if its text cannot be read, or is not what was parsed.
func Open(pass *analysis.Pass, pos token.Pos) (*File, bool) {
	for _, syntax := range pass.Files {
		if syntax.FileStart <= pos && pos <= syntax.FileEnd {
			tok := pass.Fset.File(syntax.Package)
			if pass.ReadFile == nil {
				return nil, false
			}
			src, err := pass.ReadFile(tok.Name())
			if err != nil || len(src) != tok.Size() {
				return nil, false
			}
			return &File{Syntax: syntax, Info: pass.TypesInfo, Pkg: pass.Pkg, Fset: pass.Fset, tok: tok, src: src}, true
		}
	}
	return nil, false
}

// Path returns the nodes around n, n first.
func (f *File) Path(n ast.Node) []ast.Node {
	path, _ := astutil.PathEnclosingInterval(f.Syntax, n.Pos(), n.End())
	for i, p := range path {
		if p == n {
			return path[i:]
		}
	}
	return path
}

// Has reports whether the file may use what came with a release of Go, such as "go1.20".
func (f *File) Has(release string) bool {
	v := f.Info.FileVersions[f.Syntax]
	if v == "" {
		v = f.Pkg.GoVersion()
	}
	return v == "" || version.Compare(version.Lang(v), release) >= 0
}

// Text returns the source of n.
func (f *File) Text(n ast.Node) string { return f.slice(n.Pos(), n.End()) }

func (f *File) slice(from, to token.Pos) string {
	return string(f.src[f.tok.Offset(from):f.tok.Offset(to)])
}

// Line returns the line of pos, as the file stands.
func (f *File) Line(pos token.Pos) int { return f.tok.PositionFor(pos, false).Line }

// Margin returns the white space at the beginning of the line of pos.
func (f *File) Margin(pos token.Pos) string {
	line := f.src[f.tok.Offset(f.tok.LineStart(f.Line(pos))):]
	n := 0
	for n < len(line) && (line[n] == '\t' || line[n] == ' ') {
		n++
	}
	return string(line[:n])
}

// LineStart returns the beginning of the line of pos, if only white space stands in front of pos.
func (f *File) LineStart(pos token.Pos) (token.Pos, bool) {
	start := f.tok.LineStart(f.Line(pos))
	return start, strings.TrimSpace(f.slice(start, pos)) == ""
}

// lineEnd returns the end of the line of pos, in front of its line break.
func (f *File) lineEnd(pos token.Pos) token.Pos {
	at := f.tok.Offset(pos)
	for at < len(f.src) && f.src[at] != '\n' {
		at++
	}
	if at > 0 && f.src[at-1] == '\r' {
		at--
	}
	return f.tok.Pos(at)
}

// Commented reports whether a comment stands between two positions.
func (f *File) Commented(from, to token.Pos) bool {
	for _, group := range f.Syntax.Comments {
		if from <= group.Pos() && group.Pos() < to {
			return true
		}
	}
	return false
}

// Above returns the comment that ends on the line above pos, or "".
func (f *File) Above(pos token.Pos) string {
	for _, group := range f.Syntax.Comments {
		if f.Line(group.End()) == f.Line(pos)-1 {
			return group.Text()
		}
	}
	return ""
}

// At resolves a name as it reads at pos; nil if it means nothing there.
func (f *File) At(name string, pos token.Pos) types.Object {
	scope := f.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return nil
	}
	_, obj := scope.LookupParent(name, pos)
	return obj
}

// Predeclared reports whether names mean at pos what the language gives them.
func (f *File) Predeclared(pos token.Pos, names ...string) bool {
	for _, name := range names {
		if f.At(name, pos) != types.Universe.Lookup(name) {
			return false
		}
	}
	return true
}

// Mentions reports whether the name stands anywhere in n.
func Mentions(n ast.Node, name string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			found = true
		}
		return !found
	})
	return found
}

// Insert makes an edit that adds text at pos.
func Insert(pos token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: pos, NewText: []byte(text)}
}

// Replace makes an edit that puts text in the place of what stands from pos to end.
func Replace(pos, end token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: end, NewText: []byte(text)}
}

// indent puts margin before each line of text but the first.
func indent(text, margin string) string { return strings.ReplaceAll(text, "\n", "\n"+margin) }

// NewName returns the first of names that a variable declared by the statement path[0] may have: one that its scope does
// not declare, and under which nothing behind it in the scope means another variable.
func (f *File) NewName(path []ast.Node, names ...string) (string, bool) {
	scope := f.Pkg.Scope().Innermost(path[0].Pos())
	for _, name := range names {
		if scope == nil || scope.Lookup(name) != nil || scope.Parent() == nil {
			continue
		}
		free := true
		ast.Inspect(path[1], func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && id.Name == name && id.Pos() >= path[0].Pos() {
				if obj := f.Info.Uses[id]; obj != nil && obj.Parent() != nil && !scopeWithin(obj.Parent(), scope) {
					free = false
				}
			}
			return free
		})
		if free {
			return name, true
		}
	}
	return "", false
}

// scopeWithin reports whether s lies in outer.
func scopeWithin(s, outer *types.Scope) bool {
	for ; s != nil; s = s.Parent() {
		if s == outer {
			return true
		}
	}
	return false
}
