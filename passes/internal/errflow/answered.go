package errflow

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/known"
)

// answeredTwice finds the branches that answer a request with a failure and go on: what runs behind the branch, whatever
// happened, writes another answer to the same client, or does what was refused. The answer is that of http.Error, or of a
// function of which known shows that this is its work. Where an error led to the branch, its search tells this.
func (fl *Flow) answeredTwice() {
	for _, site := range fl.known.Sites() {
		if site.Callee == nil {
			continue
		}
		i, ok := fl.known.Refuses(site.Call)
		if !ok || fl.known.NoReturn(site.Call) {
			continue
		}
		if w := fl.variable(site.Call.Args[i]); w != nil {
			fl.goesOn(site, CaseAnswered, func(s ast.Stmt) bool { return fl.usesAlways(s, w) }, "the client is answered here", "and again here")
		}
	}
}

// goesOn reports the branch that the call of a site ends where, behind it, a statement does something in any case, as does
// says of a statement. first and second say what the two do.
func (fl *Flow) goesOn(site known.Site, kase string, does func(s ast.Stmt) bool, first, second string) {
	body, next := fl.behindBranch(site, does)
	if next == nil {
		return
	}
	f := fl.functionOf(site.Cursor)
	if f == nil || f.InTest || f.Support {
		return
	}
	fl.losses[Swallowed] = append(fl.losses[Swallowed], &Loss{Class: Swallowed, Case: kase, At: body,
		Value: &Value{Func: f, Origin: FromNothing, Node: site.Call, Name: callText(site.Call)},
		Steps: []Step{{site.Call, first}, {next, second}}})
}

// functionOf returns the function around a call, one that has to do with no error included; nil where it is generated
// or belongs to a test.
func (fl *Flow) functionOf(call inspector.Cursor) *Func {
	if f := fl.around(call.Node()); f != nil {
		return f
	}
	for cur := range call.Enclosing((*ast.File)(nil)) {
		file := cur.Node().(*ast.File)
		if ast.IsGenerated(file) || fl.supportsTests(file) || strings.HasSuffix(fl.fset.Position(file.Package).Filename, "_test.go") {
			return nil
		}
	}
	for cur := range call.Enclosing((*ast.FuncDecl)(nil)) {
		d := cur.Node().(*ast.FuncDecl)
		if obj, ok := fl.info.Defs[d.Name].(*types.Func); ok {
			return &Func{Node: d, Body: d.Body, Sig: obj.Signature(), Obj: obj, fl: fl}
		}
	}
	return nil
}

// behindBranch returns the branch that the call of a site ends, and the statement behind it that does something in any
// case, as does says of a statement; nil if there is none.
func (fl *Flow) behindBranch(site known.Site, does func(s ast.Stmt) bool) (body ast.Node, next ast.Stmt) {
	cur := site.Parent()
	stmt, ok := cur.Node().(*ast.ExprStmt)
	if !ok {
		return nil, nil
	}
	in := cur.Parent()
	for _, s := range behind(in.Node(), stmt) {
		x, ok := s.(*ast.ExprStmt)
		if !ok {
			return nil, nil // it leaves, or does more: it may well have its reasons
		}
		if call, ok := ast.Unparen(x.X).(*ast.CallExpr); !ok || fl.known.Kind(call)&known.Log == 0 || fl.known.NoReturn(call) {
			return nil, nil
		}
	}
	if fl.answersElse(in.Node()) {
		return nil, nil
	}
	return in.Node(), fl.behindBody(in, does)
}

// behindBody returns the statement behind a branch that does something in any case; nil if there is none.
func (fl *Flow) behindBody(in inspector.Cursor, does func(s ast.Stmt) bool) ast.Stmt {
	for {
		around, ok := branchAround(in)
		if !ok {
			return nil
		}
		in = around.Parent()
		rest := behind(in.Node(), around.Node())
		for _, s := range rest {
			if does(s) {
				return s
			}
			if fl.leavesHere(s) {
				return nil
			}
		}
		if s, left := fl.doesOnAll(rest, does); s != nil || left {
			return s
		}
	}
}

// doesOnAll returns the statement of a list up to which each path has done something, in whatever branch. left says that
// there is none, since a path leaves before.
func (fl *Flow) doesOnAll(list []ast.Stmt, does func(s ast.Stmt) bool) (s ast.Stmt, left bool) {
	for _, s := range list {
		if does(s) {
			return s, false
		}
		if fl.leavesHere(s) {
			return nil, true
		}
		var arms [][]ast.Stmt
		all := false
		switch n := s.(type) {
		case *ast.BlockStmt:
			arms, all = [][]ast.Stmt{n.List}, true
		case *ast.IfStmt:
			arms = append(arms, n.Body.List)
			if n.Else != nil {
				arms, all = append(arms, []ast.Stmt{n.Else}), true
			}
		case *ast.SwitchStmt:
			arms, all = clauses(n.Body)
		case *ast.TypeSwitchStmt:
			arms, all = clauses(n.Body)
		case *ast.SelectStmt:
			arms, _ = clauses(n.Body)
			all = true
		case *ast.ForStmt:
			arms = [][]ast.Stmt{n.Body.List}
		case *ast.RangeStmt:
			arms = [][]ast.Stmt{n.Body.List}
		case *ast.LabeledStmt:
			return nil, true // others may come there
		}
		for _, arm := range arms {
			s, gone := fl.doesOnAll(arm, does)
			if gone {
				return nil, true
			}
			all = all && s != nil
		}
		if all && len(arms) > 0 {
			return s, false
		}
	}
	return nil, false
}

// clauses gives the bodies of a switch or a select, and whether one of them is a default.
func clauses(body *ast.BlockStmt) (list [][]ast.Stmt, all bool) {
	for _, s := range body.List {
		switch c := s.(type) {
		case *ast.CaseClause:
			list = append(list, c.Body)
			all = all || c.List == nil
		case *ast.CommClause:
			list = append(list, c.Body)
		}
	}
	return list, all
}

// branchAround returns the statement of which a list of statements is a branch: an if with all its else, a switch, a
// select, a block.
func branchAround(list inspector.Cursor) (inspector.Cursor, bool) {
	switch list.Node().(type) {
	case *ast.CaseClause, *ast.CommClause:
		return list.Parent().Parent(), true
	case *ast.BlockStmt:
		switch list.Parent().Node().(type) {
		case *ast.BlockStmt:
			return list, true
		case *ast.IfStmt:
			cur := list.Parent()
			for {
				if _, ok := cur.Parent().Node().(*ast.IfStmt); !ok {
					return cur, true
				}
				cur = cur.Parent()
			}
		}
	}
	return inspector.Cursor{}, false
}

// behind gives the statements behind one in its list.
func behind(list, stmt ast.Node) []ast.Stmt {
	var all []ast.Stmt
	switch n := list.(type) {
	case *ast.BlockStmt:
		all = n.List
	case *ast.CaseClause:
		all = n.Body
	case *ast.CommClause:
		all = n.Body
	}
	for i, s := range all {
		if s == stmt {
			return all[i+1:]
		}
	}
	return nil
}

// usesAlways reports whether a statement uses a variable whatever the state is: not in a branch, nor in a function literal.
func (fl *Flow) usesAlways(s ast.Stmt, w *types.Var) bool {
	switch s := s.(type) {
	case *ast.ExprStmt, *ast.AssignStmt, *ast.ReturnStmt:
		found := false
		ast.Inspect(s, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && fl.info.Uses[id] == w {
				found = true
			}
			_, lit := n.(*ast.FuncLit)
			return !found && !lit
		})
		return found
	case *ast.IfStmt:
		return s.Init != nil && fl.usesAlways(s.Init, w)
	}
	return false
}

// leavesHere reports whether nothing runs behind a statement.
func (fl *Flow) leavesHere(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		return ok && fl.known.NoReturn(call)
	}
	return false
}

// answersElse reports whether another arm of the if of which body is a branch gives the response its status, as this one does:
// what is written behind them goes with either.
func (fl *Flow) answersElse(body ast.Node) bool {
	cur, ok := fl.cursor(body)
	if !ok {
		return false
	}
	if cur, ok = branchAround(cur); !ok {
		return false
	}
	s, ok := cur.Node().(*ast.IfStmt)
	for ok {
		if s.Body != body && fl.setsStatus(s.Body) {
			return true
		}
		if last, block := s.Else.(*ast.BlockStmt); block {
			return last != body && fl.setsStatus(last)
		}
		s, ok = s.Else.(*ast.IfStmt)
	}
	return false
}

// setsStatus reports whether a statement of a list gives a response its status, be it with an answer, other than to refuse.
func (fl *Flow) setsStatus(list *ast.BlockStmt) bool {
	for _, s := range list.List {
		x, ok := s.(*ast.ExprStmt)
		if !ok {
			continue
		}
		if call, ok := ast.Unparen(x.X).(*ast.CallExpr); ok && fl.known.GivesStatus(call) {
			if _, refuses := fl.known.Refuses(call); !refuses {
				return true
			}
		}
	}
	return false
}
