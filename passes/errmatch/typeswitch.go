package errmatch

import (
	"go/ast"
	"go/types"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

// inTurn makes a switch over the type of an error one over questions by errors.As. The variable of the switch, if it has
// one, may be used by one case alone, of one type: it then is a variable of that type, declared in front.
func (c *checker) inTurn(s *ast.TypeSwitchStmt) *report.Fix {
	f, ok := edits.Open(c.pass, s.Pos())
	if !ok || f.Commented(s.Assign.Pos(), s.Body.Lbrace) || !f.Predeclared(s.Pos(), "nil", "new") {
		return nil
	}
	var bound *ast.Ident
	if a, ok := s.Assign.(*ast.AssignStmt); ok {
		bound = a.Lhs[0].(*ast.Ident)
	}
	err := known.Switched(s)
	name, list, ok := f.Qualify("errors", "As", s.Pos())
	if !ok || !pure(err) || s.Init != nil {
		return nil
	}
	text := f.Text(err)
	declare := ""
	for _, stmt := range s.Body.List {
		clause := stmt.(*ast.CaseClause)
		target := ""
		if c.uses(clause) {
			if len(clause.List) != 1 || c.info.Types[clause.List[0]].IsNil() || declare != "" {
				return nil
			}
			target = "&" + bound.Name
			declare = "var " + bound.Name + " " + f.Text(clause.List[0])
		}
		for _, t := range clause.List {
			switch {
			case c.info.Types[t].IsNil():
				list = append(list, edits.Replace(t.Pos(), t.End(), text+" == nil"))
			case edits.IsError(c.info.TypeOf(t)):
				return nil // anything but nil
			case target != "":
				list = append(list, edits.Replace(t.Pos(), t.End(), name+".As("+text+", "+target+")"))
			default:
				list = append(list, edits.Insert(t.Pos(), name+".As("+text+", new("), edits.Insert(t.End(), "))"))
			}
		}
	}
	list = append(list, edits.Replace(s.Assign.Pos(), s.Body.Lbrace, ""))
	if declare != "" {
		path := f.Path(s)
		spot, ok := f.Spot(path)
		if !ok {
			return nil
		}
		if free, ok := f.NewName(path, bound.Name); !ok || free != bound.Name || edits.Mentions(err, bound.Name) {
			return nil
		}
		list = append(list, spot.Before(declare)...)
	}
	return safe("Ask by errors.As", list)
}

// uses reports whether a case uses the variable of its switch.
func (c *checker) uses(clause *ast.CaseClause) bool {
	v, ok := c.info.Implicits[clause].(*types.Var)
	used := false
	for _, s := range clause.Body {
		ast.Inspect(s, func(n ast.Node) bool {
			id, isIdent := n.(*ast.Ident)
			used = used || ok && isIdent && c.info.Uses[id] == v
			return !used
		})
	}
	return used
}
