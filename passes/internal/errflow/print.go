package errflow

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// Graph renders the graph of f, for tests and for those who ask why the engine sees what it sees: the blocks
// in the order of the paths, numbered from the entry on, each with its ops and the edges out of it. Blocks that
// nothing reaches come last, if anything is in them.
func (f *Func) Graph() string {
	rank := f.g.rank()
	reached := f.g.reachable()
	blocks := slices.DeleteFunc(slices.Clone(f.g.blocks), func(b *block) bool { return !reached[b.id] && len(b.ops) == 0 })
	slices.SortStableFunc(blocks, func(a, b *block) int {
		if x, y := reached[a.id], reached[b.id]; x != y {
			if x {
				return -1
			}
			return 1
		}
		return cmp.Compare(rank[a.id], rank[b.id])
	})
	number := map[*block]int{}
	for i, b := range blocks {
		number[b] = i
	}
	var out strings.Builder
	for i, b := range blocks {
		fmt.Fprintf(&out, "%d:", i)
		if !reached[b.id] {
			out.WriteString(" unreached")
		}
		out.WriteByte('\n')
		for i := range b.ops {
			fmt.Fprintf(&out, "\t%s\n", b.ops[i].text(f.g))
		}
		for i := range b.succ {
			e := &b.succ[i]
			to, ok := number[e.to]
			if !ok {
				fmt.Fprintf(&out, "\t-> out%s\n", e.text())
				continue
			}
			fmt.Fprintf(&out, "\t-> %d%s\n", to, e.text())
		}
	}
	return out.String()
}

// reachable says which blocks a chain of edges leads to, whatever their conditions.
func (g *graph) reachable() []bool {
	seen := make([]bool, len(g.blocks))
	todo := []*block{g.blocks[0]}
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[b.id] {
			continue
		}
		seen[b.id] = true
		for i := range b.succ {
			todo = append(todo, b.succ[i].to)
		}
	}
	return seen
}

func (o *op) text(g *graph) string {
	switch o.kind {
	case opUse:
		return "use " + o.p.name + ": " + o.act.String()
	case opDef:
		s := o.p.name + " = " + o.src.text()
		if o.val != nil {
			s += ", born"
		}
		return s
	case opEnd:
		return "end of " + o.p.name
	case opReturn:
		return o.ret.text()
	case opDefer:
		return g.defers[o.n].text()
	case opCheck:
		return "comes back only if " + o.p.name + " is nil"
	case opMay:
		return "may set " + o.p.name
	case opPeer:
		if o.n == 1 {
			return "use " + o.p.name + " inside"
		}
		return "use " + o.p.name
	case opJump:
		return strings.ToLower(o.node.(*ast.BranchStmt).Tok.String())
	case opCall:
		return "call " + callText(o.node.(*ast.CallExpr))
	case opSpawn:
		return "go " + callText(o.node.(*ast.GoStmt).Call)
	case opSync:
		if _, ok := o.node.(*ast.SendStmt); ok {
			return "send"
		}
		return "receive"
	case opStop:
		return "stop"
	case opThrow:
		return "throw away the error of " + o.val.What()
	}
	return "unknown op"
}

func (s source) text() string {
	switch s.kind {
	case srcNil:
		return "nil"
	case srcNonNil:
		return "non-nil"
	case srcPlace:
		return s.q.name
	case srcIsNil:
		return s.q.name + " == nil"
	case srcNotNil:
		return s.q.name + " != nil"
	case srcTrue:
		return "true"
	case srcFalse:
		return "false"
	case srcMatched:
		return "true only if " + s.q.name + " matched"
	}
	return "?"
}

func (x *exit) text() string {
	s := "return"
	for i, e := range x.errs {
		if i > 0 {
			s += ","
		}
		s += " " + e.text()
	}
	if x.naked {
		s += " (naked)"
	}
	return s
}

// text tells what a deferred closure does with the places of the function that defers it.
func (d *deferred) text() string {
	var parts []string
	for p, acts := range d.reads {
		parts = append(parts, "reads "+p.name+": "+acts.String())
	}
	for p := range d.sets {
		parts = append(parts, "sets "+p.name)
	}
	slices.Sort(parts)
	return strings.TrimRight("defer "+strings.Join(parts, ", "), " ")
}

func (e *edge) text() string {
	var s string
	if e.cond != nil {
		s = " when " + e.cond.text(e.sense)
	}
	if e.into != nil {
		s += ", entering"
	}
	if e.back {
		s += ", back"
	}
	return s
}

// text tells what an outcome of the condition means.
func (c *cond) text(outcome bool) string {
	told := c.whenFalse
	if outcome {
		told = c.whenTrue
	}
	not := ""
	if !outcome {
		not = "not "
	}
	switch c.kind {
	case condNil:
		return c.p.name + " is " + told.String()
	case condTells:
		return c.question() + " tells that " + c.p.name + " is " + told.String()
	case condMatch:
		s := c.p.name + " is " + not + "told by " + c.question()
		if told != Unknown {
			s += " and " + told.String()
		}
		return s
	case condFlag:
		return not + c.p.name
	case condEmpty:
		if told == Nil {
			return c.p.name + " is empty"
		}
		return c.p.name + " is not empty"
	}
	return not + c.question()
}

// question renders what is asked; a case stands for a comparison with the tag, or for a type.
func (c *cond) question() string {
	expr := types.ExprString(c.expr)
	switch s := c.stmt.(type) {
	case *ast.SwitchStmt:
		if s.Tag != nil {
			return types.ExprString(s.Tag) + " == " + expr
		}
	case *ast.TypeSwitchStmt:
		return "type " + expr
	}
	return expr
}
