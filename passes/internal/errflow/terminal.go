package errflow

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// Who looks at what is printed.

// printsOnly reports whether a handler prints to the terminal, in a package whose users do not look there: it is
// no command, nor does it stand where commands keep their parts. A function that prints other things as well, or hands
// the terminal on, has somebody who looks; what a settled condition guards is for whoever sets it.
func (fl *Flow) printsOnly(f *Func, handler ast.Node) bool {
	if fl.ofCommands() || fl.onTerminal(f, handler) || fl.settledAround(handler) {
		return false
	}
	for _, s := range bodyOf(handler) {
		if x, ok := s.(*ast.ExprStmt); ok {
			if call, ok := ast.Unparen(x.X).(*ast.CallExpr); ok && fl.known.Terminal(call) {
				return true
			}
		}
	}
	return false
}

// ofCommands reports whether the package is a command, reads a command line, or stands where commands keep their parts: it
// runs for as long as somebody waits for it.
func (fl *Flow) ofCommands() bool {
	if fl.command {
		return true
	}
	for _, imp := range fl.pkg.Imports() {
		switch path := imp.Path(); {
		case path == "flag", strings.Contains(path, "/cobra"), strings.Contains(path, "/pflag"), strings.Contains(path, "urfave/cli"), strings.Contains(path, "/kingpin"):
			return true
		}
	}
	for dir := range strings.SplitSeq(fl.pkg.Path(), "/") {
		switch dir {
		case "cmd", "command", "commands", "cli", "tools", "hack", "scripts", "examples", "example", "testing", "testutil":
			return true
		}
	}
	return false
}

// onTerminal reports whether the declared function around f works for whoever sits at a terminal: it prints what is no
// error, outside of a handler, or gives the process's output or input to something.
func (fl *Flow) onTerminal(f *Func, handler ast.Node) bool {
	found := false
	ast.Inspect(f.Top().Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = found || fl.known.Terminal(n) && !within(n, handler) && !slices.ContainsFunc(n.Args, fl.holdsError)
		case *ast.SelectorExpr:
			v, ok := fl.info.Uses[n.Sel].(*types.Var)
			found = found || ok && v.Pkg() != nil && v.Pkg().Path() == "os" && (v.Name() == "Stdout" || v.Name() == "Stdin")
		}
		return !found
	})
	return found
}

// settledAround reports whether n stands in a branch whose condition is settled before the program runs, by a constant or
// a variable that nobody sets: code for whoever looks for a fault.
func (fl *Flow) settledAround(n ast.Node) bool {
	if n == nil {
		return false
	}
	cur, ok := fl.cursor(n)
	if !ok {
		return false
	}
	for c := range cur.Enclosing((*ast.IfStmt)(nil)) {
		if s := c.Node().(*ast.IfStmt); within(n, s.Body) && fl.known.Constant(s.Cond) {
			return true
		}
	}
	return false
}
