package errflow

import (
	"go/ast"
	"go/types"
	"path/filepath"
	"regexp"
	"unicode"

	"github.com/errvet/errvet/passes/internal/known"
)

// What is written for those who look for a fault is looked at, or not: that some of it is missing they see.

// debugs reports whether a function is there for those who look for a fault: its name, that of its receiver's type, or
// that of its file says so. Profiles and traces are none of that, since people ask for them to keep them.
func (fl *Flow) debugs(f *Func) bool {
	file := filepath.Base(fl.fset.Position(f.Node.Pos()).Filename)
	return says(file, "debug", "pprof") || fl.named(f, "debug", "pprof")
}

// named reports whether one of the words is in the name of the function around f, or of its receiver's type.
func (fl *Flow) named(f *Func, words ...string) bool {
	top := f.Top()
	if top.Obj == nil {
		return false
	}
	if says(top.Obj.Name(), words...) {
		return true
	}
	recv := top.Obj.Signature().Recv()
	if recv == nil {
		return false
	}
	n := named(recv.Type())
	return n != nil && says(n.Obj().Name(), words...)
}

// says reports whether one of the words is among those that a name is made of.
func says(name string, words ...string) bool {
	for _, w := range wordsOf(name) {
		for _, word := range words {
			if w == word {
				return true
			}
		}
	}
	return false
}

// wordsOf splits a name where letters become large, and at what is no letter; its words are in small letters.
func wordsOf(name string) []string {
	var words []string
	word := ""
	end := func() {
		if word != "" {
			words = append(words, word)
		}
		word = ""
	}
	lower := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			end()
		case unicode.IsUpper(r) && lower:
			end()
			word = string(unicode.ToLower(r))
		default:
			word += string(unicode.ToLower(r))
		}
		lower = unicode.IsLower(r)
	}
	end()
	return words
}

// toDebug reports whether a handle's file is for those who look for a fault: the function is, or dumps something into
// the system's directory for temporary files and leaves it there, or a comment where the file is opened says so.
func (fl *Flow) toDebug(f *Func, recv ast.Expr) bool {
	if fl.debugs(f) {
		return true
	}
	h, ok := fl.handleOf(recv)
	if !ok {
		return false
	}
	for call, of := range fl.made(f.Body) {
		if of != h || fl.known.Kind(call)&known.Create == 0 || len(call.Args) == 0 {
			continue
		}
		if fl.named(f, "dump") && fl.inTemp(call) || forDebugging.MatchString(fl.commentOn(call)) {
			return true
		}
	}
	return false
}

var forDebugging = regexp.MustCompile(`(?i)\bfor (debug|diagnos|troubleshoot)|\bdebug(ging)? (file|dump|output)`)

// inTemp reports whether a call opens a file in the system's directory for temporary files.
func (fl *Flow) inTemp(open *ast.CallExpr) bool {
	if fn := fl.known.Callee(open); fn != nil && fn.Name() == "CreateTemp" {
		v := fl.info.Types[open.Args[0]].Value
		return v != nil && v.ExactString() == `""`
	}
	name := open.Args[0]
	if id, ok := ast.Unparen(name).(*ast.Ident); ok {
		if v, ok := fl.info.Uses[id].(*types.Var); ok {
			if def := fl.known.Definition(v); def != nil {
				name = def
			}
		}
	}
	found := false
	ast.Inspect(name, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			fn := fl.known.Callee(call)
			found = found || fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "os" && fn.Name() == "TempDir"
		}
		return !found
	})
	return found
}

// commentOn gives the comment directly above the line of a node, or behind it on the same line.
func (fl *Flow) commentOn(n ast.Node) string {
	line := fl.fset.Position(n.Pos()).Line
	for _, file := range fl.files {
		if n.Pos() < file.FileStart || file.FileEnd <= n.Pos() {
			continue
		}
		text := ""
		for _, group := range file.Comments {
			first, last := fl.fset.Position(group.Pos()).Line, fl.fset.Position(group.End()).Line
			if last == line-1 || first == line {
				text += group.Text()
			}
		}
		return text
	}
	return ""
}

// tries reports whether a function is there to see whether a file can be written, as its name says, and what it writes
// is nobody's: nothing that it was given.
func (fl *Flow) tries(f *Func, recv ast.Expr) bool {
	top := f.Top()
	if top.Obj == nil || top.Sig.Results().Len() != 1 {
		return false
	}
	if !says(top.Obj.Name(), "check", "probe") {
		return false
	}
	h, ok := fl.handleOf(recv)
	if !ok {
		return false
	}
	made := fl.made(f.Body)
	own := true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !own {
			return own
		}
		if t := fl.touchOf(h, call, made); t == writes || t == lent || t == handed {
			for _, a := range call.Args {
				for p := range top.Sig.Params().Variables() {
					own = own && !mentions(fl.info, a, p)
				}
			}
		}
		return own
	})
	return own
}

// showsToDebug reports whether a call writes to a terminal in a function for those who look for a fault.
func (fl *Flow) showsToDebug(v *Value) bool {
	if !fl.debugs(v.Func) {
		return false
	}
	for _, a := range v.Call.Args {
		if fl.known.SinkOf(a) == known.TerminalSink {
			return true
		}
	}
	return false
}

// writesOn reports whether what a writer is built over is written to behind a flush, in the same list of statements,
// and somebody takes the error: a peer that is gone then is gone still.
func (fl *Flow) writesOn(flush *Value) bool {
	base, ok := fl.handleOf(fl.known.Base(receiverOf(flush.Call)))
	if !ok || !base.local() {
		return false
	}
	cur, ok := fl.cursor(flush.Call)
	if !ok || flush.How == Deferred {
		return false
	}
	stmt := cur.Parent()
	made := fl.made(flush.Func.Body)
	for _, s := range behind(stmt.Parent().Node(), stmt.Node()) {
		if fl.takesWrite(s, base, made) {
			return true
		}
	}
	return false
}

// takesWrite reports whether a statement writes to h and takes the error, whatever it does next.
func (fl *Flow) takesWrite(s ast.Stmt, h handle, made map[*ast.CallExpr]handle) bool {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.AssignStmt:
		if len(s.Rhs) != 1 || isBlank(s.Lhs[len(s.Lhs)-1]) {
			return false
		}
		e = s.Rhs[0]
	case *ast.IfStmt:
		return s.Init != nil && fl.takesWrite(s.Init, h, made)
	case *ast.ReturnStmt:
		if len(s.Results) != 1 {
			return false
		}
		e = s.Results[0]
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && fl.known.ErrorResult(call) >= 0 && fl.touchOf(h, call, made) == writes
}
