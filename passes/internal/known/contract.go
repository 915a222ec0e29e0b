package known

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/report"
)

// A Contract is what the directives in a function's doc comment promise:
//
//	//errvet:infallible
//	//errvet:nil-on-error
//	//errvet:boundary
//	//errvet:handles err cause
//
// Words after the first three are a comment, and so is what follows a //.
type Contract struct {
	Infallible bool  // its error is always nil
	NilOnError bool  // its other results are nil whenever its error is not
	Boundary   bool  // errors end here; it may recover
	Handles    []int // the parameters it disposes of, by index
}

func (c *Contract) empty() bool {
	return !c.Infallible && !c.NilOnError && !c.Boundary && len(c.Handles) == 0
}

// settles reports whether the contract answers the question.
func (c *Contract) settles(a aspect) bool {
	return a == failing && c.Infallible || a == nilOnError && c.NilOnError
}

// overlay writes what the contract promises over what was inferred.
func (c *Contract) overlay(fn *types.Func, s *Summary) {
	if c.Infallible {
		s.Infallible, s.AlwaysFails = true, false
	}
	results := fn.Signature().Results()
	for i := range min(results.Len(), 32) {
		if c.NilOnError && nilable(results.At(i).Type()) && !isError(results.At(i).Type()) {
			s.NilOnError |= 1 << i
		}
	}
	if len(c.Handles) > 0 {
		s.Args = slices.Clone(s.Args)
	}
	for _, p := range c.Handles {
		for len(s.Args) <= p {
			s.Args = append(s.Args, 0)
		}
		s.Args[p] = Disposes
	}
}

// readContracts collects the contracts of the package's functions and
// interface methods, and what is wrong with them as they stand.
func (x *Index) readContracts() (faults []analysis.Diagnostic) {
	read := func(name *ast.Ident, doc *ast.CommentGroup) {
		fn, ok := x.info.Defs[name].(*types.Func)
		if !ok || doc == nil {
			return
		}
		c := new(Contract)
		for _, comment := range doc.List {
			if fault := c.add(fn, comment.Text); fault != "" {
				faults = append(faults, contractFault(comment.Pos(), comment.End(), "%s", fault))
			}
		}
		if !c.empty() {
			x.contracts[fn] = c
		}
	}
	for n := range x.syntax.PreorderSeq((*ast.FuncDecl)(nil), (*ast.InterfaceType)(nil)) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			read(n.Name, n.Doc)
		case *ast.InterfaceType:
			for _, method := range n.Methods.List {
				for _, name := range method.Names {
					read(name, method.Doc)
				}
			}
		}
	}
	return faults
}

// add reads one line of a doc comment and returns what is wrong with it.
// Directives of other parts of errvet are not its business.
func (c *Contract) add(fn *types.Func, comment string) (fault string) {
	directive, ok := strings.CutPrefix(comment, "//errvet:")
	if !ok {
		return ""
	}
	directive, _, _ = strings.Cut(directive, "//")
	words := strings.FieldsFunc(directive, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' })
	if len(words) == 0 {
		return ""
	}
	sig := fn.Signature()
	fails := slices.ContainsFunc(slices.Collect(sig.Results().Variables()), func(r *types.Var) bool { return isError(r.Type()) })
	switch words[0] {
	case "infallible", "nil-on-error":
		if !fails {
			return fmt.Sprintf("%s has no error result, so //errvet:%s says nothing: remove it", fn.Name(), words[0])
		}
		if words[0] == "infallible" {
			c.Infallible = true
		} else {
			c.NilOnError = true
		}
	case "boundary":
		c.Boundary = true
	case "handles":
		if len(words) == 1 {
			return "//errvet:handles names no parameter: write //errvet:handles err"
		}
		for _, name := range words[1:] {
			i := slices.IndexFunc(slices.Collect(sig.Params().Variables()), func(p *types.Var) bool { return p.Name() == name })
			if i < 0 {
				return fmt.Sprintf("%s has no parameter %s for //errvet:handles: name one of its parameters", fn.Name(), name)
			}
			c.Handles = append(c.Handles, i)
		}
	}
	return ""
}

// contradictions finds contracts that the function's own code breaks.
func (f *inference) contradictions() (faults []analysis.Diagnostic) {
	for _, d := range f.decls {
		c := f.contracts[d.fn]
		if c == nil {
			continue
		}
		for _, p := range c.Handles {
			if s := f.summaries[d.fn]; s != nil && p < len(s.Args) && s.Args[p]&Drops != 0 && s.Args[p]&^(Drops|Tests) == 0 {
				name := d.fn.Signature().Params().At(p).Name()
				faults = append(faults, contractFault(d.syntax.Name.Pos(), d.syntax.Name.End(), "%s promises to handle %s, but nothing is done with it", d.fn.Name(), name))
			}
		}
		if !c.Infallible && !c.NilOnError {
			continue
		}
		w := f.newWalk(d)
		if w == nil || w.hidden {
			continue
		}
		w.run(nil, func(ret *ast.ReturnStmt, st state) {
			values, ok := w.values(ret, st)
			if !ok || values[w.err].nilness != NonNil {
				return
			}
			if c.Infallible {
				faults = append(faults, contractFault(ret.Pos(), ret.End(), "%s is infallible by its doc comment, but returns an error that is not nil here", d.fn.Name()))
				return
			}
			for i, v := range values {
				if i != w.err && nilable(w.sig.Results().At(i).Type()) && v.nilness == NonNil {
					faults = append(faults, contractFault(ret.Pos(), ret.End(), "%s gives nil with an error by its doc comment, but returns result %d and an error here", d.fn.Name(), i))
				}
			}
		})
	}
	return faults
}

func contractFault(pos, end token.Pos, format string, args ...any) analysis.Diagnostic {
	return analysis.Diagnostic{
		Pos: pos, End: end,
		Category: report.Category{Rule: report.DirectiveRule, Case: "contract"}.String(),
		Message:  fmt.Sprintf(format, args...),
	}
}

// generated reports whether the position lies in generated code, where nobody
// would mend a comment.
func generated(pass *analysis.Pass, pos token.Pos) bool {
	for _, file := range pass.Files {
		if file.FileStart <= pos && pos <= file.FileEnd {
			return report.ByTool(pass.Fset, file)
		}
	}
	return false
}
