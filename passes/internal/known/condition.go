package known

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A condition restricts a line of the table to some calls.
type condition struct {
	args []match // by argument
	over match   // what the receiver was built over
	from string  // the function or the variable the receiver came from: see cameFrom
	with []match // by argument of that function
}

func (c *condition) empty() bool {
	return len(c.args) == 0 && c.over == (match{}) && c.from == ""
}

// weight orders lines: those with more conditions are asked first.
func (c *condition) weight() int {
	if c == nil {
		return 0
	}
	n := 1
	for _, m := range c.args {
		if m != (match{}) {
			n++
		}
	}
	return n
}

func (c *condition) String() string {
	if c == nil {
		return ""
	}
	text := ""
	if len(c.args) > 0 {
		text = "(" + matchesText(c.args) + ")"
	}
	if c.over != (match{}) {
		text += " over " + c.over.String()
	}
	if c.from != "" {
		text += " from " + c.from
		if len(c.with) > 0 {
			text += "(" + matchesText(c.with) + ")"
		}
	}
	return text
}

// A match restricts one value. The zero match takes everything.
type match struct {
	method string // its type has this method, and that cannot fail
	word   string // const, empty, writable, json, range
	name   string // its type, or the variable it is, as path.Name
	ptr    bool   // its type is a pointer to the named type
	lo, hi int64  // the bounds of a constant number
}

// Words that are no types: a constant, be it in a variable that nobody changes; nil, an empty text, or a list without
// elements as it stands there; a constant number between two others, as in -2..9; flags of os.OpenFile that allow
// writing; a type whose JSON encoding cannot fail; a name and a value that every environment takes.
const (
	constantWord = "const"
	emptyWord    = "empty"
	writableWord = "writable"
	readonlyWord = "readonly"
	jsonWord     = "json"
	rangeWord    = "range"
	nameWord     = "env-name"
	valueWord    = "env-value"
)

func parseMatch(text string) match {
	switch {
	case text == "_" || text == "":
		return match{}
	case slices.Contains([]string{constantWord, emptyWord, writableWord, readonlyWord, jsonWord, nameWord, valueWord}, text):
		return match{word: text}
	}
	if lo, hi, ok := strings.Cut(text, ".."); ok {
		from, err := strconv.ParseInt(lo, 10, 64)
		to, err2 := strconv.ParseInt(hi, 10, 64)
		if err == nil && err2 == nil {
			return match{word: rangeWord, lo: from, hi: to}
		}
	}
	if method, ok := strings.CutPrefix(text, "."); ok {
		return match{method: method}
	}
	name, ptr := strings.CutPrefix(text, "*")
	return match{name: name, ptr: ptr}
}

// parseMatches reads a list of them, by position.
func parseMatches(list string) (all []match) {
	for text := range strings.SplitSeq(list, ",") {
		all = append(all, parseMatch(strings.TrimSpace(text)))
	}
	return all
}

func matchesText(all []match) string {
	parts := make([]string, len(all))
	for i, m := range all {
		parts[i] = m.String()
	}
	return strings.Join(parts, ", ")
}

func (m match) String() string {
	switch {
	case m == match{}:
		return "_"
	case m.method != "":
		return "." + m.method
	case m.word == rangeWord:
		return fmt.Sprintf("%d..%d", m.lo, m.hi)
	case m.word != "":
		return m.word
	case m.ptr:
		return "*" + m.name
	}
	return m.name
}

// holds reports whether the call meets the condition.
func (x *Index) holds(c *condition, call *ast.CallExpr) bool {
	if c == nil {
		return true
	}
	if !x.allMatch(c.args, call) {
		return false
	}
	if c.from != "" && !x.cameFrom(receiver(call), c) {
		return false
	}
	if c.over != (match{}) {
		base := x.builtOver(receiver(call))
		return base != nil && x.matches(c.over, base)
	}
	return true
}

func (x *Index) allMatch(all []match, call *ast.CallExpr) bool {
	if len(call.Args) < len(all) {
		return false
	}
	for i, m := range all {
		if !x.matches(m, call.Args[i]) {
			return false
		}
	}
	return true
}

// cameFrom reports whether e is what the condition's function gave or its variable, or what methods gave that hand on
// what they are called on, as those of a builder do: the event of log.Fatal().Err(err).Str("key", key).
func (x *Index) cameFrom(e ast.Expr, c *condition) bool {
	for range 64 { // a bound on what a chain may be long
		if obj := object(x.info, e); obj != nil && obj.Pkg() != nil && obj.Pkg().Path()+"."+obj.Name() == c.from {
			return true
		}
		origin := x.origin(e)
		if origin == nil {
			return false
		}
		fn := x.Callee(origin)
		if fn == nil {
			return false
		}
		if keyOf(fn).String() == c.from {
			return x.allMatch(c.with, origin)
		}
		e = receiver(origin)
		if e == nil || fn.Signature().Recv() == nil {
			return false
		}
		from, to := x.info.TypeOf(e), x.info.TypeOf(origin)
		if from == nil || to == nil || !types.Identical(from, to) {
			return false
		}
	}
	return false
}

func (x *Index) matches(m match, e ast.Expr) bool {
	switch {
	case m == match{}:
		return true
	case m.method != "":
		t := x.info.TypeOf(e)
		return t != nil && x.infallibleMethod(t, m.method)
	case m.word == constantWord:
		return x.constant(e)
	case m.word == emptyWord:
		return x.isEmpty(e) || x.hasNone(e)
	case m.word == rangeWord:
		v := x.info.Types[e].Value
		if v == nil {
			return false
		}
		n, ok := constant.Int64Val(constant.ToInt(v))
		return ok && m.lo <= n && n <= m.hi
	case m.word == writableWord:
		return opensForWriting(x.info.Types[e].Value)
	case m.word == readonlyWord:
		v := x.info.Types[e].Value
		return v != nil && !opensForWriting(v)
	case m.word == jsonWord:
		return x.jsonSafe(e)
	case m.word == nameWord:
		return x.constant(e) && !x.holdsAny(e, "=\x00") && !x.isEmpty(e)
	case m.word == valueWord:
		return x.constant(e) && !x.holdsAny(e, "\x00") || x.fromNumbers(e)
	}
	if !m.ptr {
		if obj := object(x.info, e); obj != nil && obj.Pkg() != nil && obj.Pkg().Path()+"."+obj.Name() == m.name {
			return true
		}
	}
	t := x.info.TypeOf(e)
	return t != nil && m.matchesType(t, 0)
}

// Constant reports whether the value of e is settled before the program runs, so that no run of it differs from another
// in that.
func (x *Index) Constant(e ast.Expr) bool {
	x.ready()
	return x.constant(e)
}

// constant reports whether the value of e is settled before the program runs: a constant, or a variable of this package
// that is declared with one, and that the package neither assigns nor hands out by its address.
func (x *Index) constant(e ast.Expr) bool {
	if x.info.Types[e].Value != nil {
		return true
	}
	v, ok := object(x.info, e).(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
		return false
	}
	x.settledOnce.Do(x.collectSettled)
	return x.settled[v]
}

// holdsAny reports whether e is a constant text that has one of some characters.
func (x *Index) holdsAny(e ast.Expr, chars string) bool {
	v := x.info.Types[e].Value
	return v != nil && v.Kind() == constant.String && strings.ContainsAny(constant.StringVal(v), chars)
}

func (x *Index) isEmpty(e ast.Expr) bool {
	v := x.info.Types[e].Value
	return v != nil && v.Kind() == constant.String && constant.StringVal(v) == ""
}

// hasNone reports whether e is nil or a list without elements, as it stands there.
func (x *Index) hasNone(e ast.Expr) bool {
	if x.info.Types[e].IsNil() {
		return true
	}
	lit, ok := ast.Unparen(e).(*ast.CompositeLit)
	if !ok || len(lit.Elts) > 0 {
		return false
	}
	switch x.info.TypeOf(lit).Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	}
	return false
}

// fromNumbers reports whether e is text that is made of numbers, bools and constants: strconv.Itoa(n),
// fmt.Sprintf("%d-%d", m, n), and what these add up to.
func (x *Index) fromNumbers(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		return e.Op == token.ADD && x.plainText(e.X) && x.plainText(e.Y)
	case *ast.CallExpr:
		fn := x.Callee(e)
		if fn == nil || fn.Pkg() == nil || fn.Signature().Recv() != nil {
			return false
		}
		switch fn.Pkg().Path() {
		case "strconv":
			return fn.Name() == "Itoa" || strings.HasPrefix(fn.Name(), "Format") || strings.HasPrefix(fn.Name(), "Quote")
		case "fmt":
			return strings.HasPrefix(fn.Name(), "Sprint") && !slices.ContainsFunc(e.Args, func(a ast.Expr) bool { return !x.plainText(a) })
		}
	}
	return false
}

// plainText reports whether e is a number, a bool, a constant, or made of these.
func (x *Index) plainText(e ast.Expr) bool {
	t := x.info.TypeOf(e)
	if t == nil {
		return false
	}
	if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&(types.IsNumeric|types.IsBoolean) != 0 {
		return types.NewMethodSet(t).Len() == 0 // it may have a String of its own
	}
	return x.constant(e) && !x.holdsAny(e, "\x00") || x.fromNumbers(e)
}

// collectSettled finds the variables of the package that are declared with a constant and keep it.
func (x *Index) collectSettled() {
	x.settled = map[*types.Var]bool{}
	lose := func(e ast.Expr) {
		if v, ok := object(x.info, e).(*types.Var); ok {
			x.settled[v] = false
		}
	}
	declared := map[*types.Var]bool{}
	for n := range x.syntax.PreorderSeq((*ast.AssignStmt)(nil), (*ast.UnaryExpr)(nil), (*ast.IncDecStmt)(nil), (*ast.RangeStmt)(nil), (*ast.ValueSpec)(nil)) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				lose(l)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				lose(n.X)
			}
		case *ast.IncDecStmt:
			lose(n.X)
		case *ast.RangeStmt:
			lose(n.Key)
			lose(n.Value)
		case *ast.ValueSpec:
			for i, id := range n.Names {
				if v, ok := x.info.Defs[id].(*types.Var); ok && len(n.Values) == len(n.Names) && x.info.Types[n.Values[i]].Value != nil {
					declared[v] = true
				}
			}
		}
	}
	for v := range declared {
		if _, lost := x.settled[v]; !lost {
			x.settled[v] = true
		}
	}
}

// matchesType reports whether t is the named type or embeds it, as wrappers of
// response writers do.
func (m match) matchesType(t types.Type, depth int) bool {
	t = types.Unalias(t)
	if depth > 3 {
		return false
	}
	p, isPtr := t.(*types.Pointer)
	if obj := typeName(t); obj != nil && isPtr == m.ptr {
		name := obj.Name()
		if obj.Pkg() != nil {
			name = obj.Pkg().Path() + "." + name
		}
		if name == m.name {
			return true
		}
	}
	if isPtr {
		t = p.Elem()
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if f.Embedded() && m.matchesType(f.Type(), depth+1) {
				return true
			}
		}
	case *types.Interface:
		for e := range u.EmbeddedTypes() {
			if m.matchesType(e, depth+1) {
				return true
			}
		}
	}
	return false
}

// object gives the variable or function an expression names, if it is a plain
// or qualified identifier.
func object(info *types.Info, e ast.Expr) types.Object {
	if e == nil {
		return nil
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return info.Uses[e]
	case *ast.SelectorExpr:
		if info.Selections[e] == nil {
			return info.Uses[e.Sel]
		}
	}
	return nil
}

// opensForWriting takes a flag argument of os.OpenFile; flags that are not
// constant count as writing, since that is the careful guess for a lost Close.
func opensForWriting(v constant.Value) bool {
	if v == nil {
		return true
	}
	flags, ok := constant.Int64Val(constant.ToInt(v))
	return ok && flags&int64(os.O_WRONLY|os.O_RDWR) != 0
}
