package known

import (
	"fmt"
	"go/types"
	"strings"
)

// parseName reads the function's name at the start of text, in the notation of
// (*types.Func).FullName with some additions, and returns what follows it:
//
//	(*bytes.Buffer).Write
//	fmt.Fprintf(.Write)                                                conditions on arguments, by position
//	(*encoding/json.Encoder over net/http.ResponseWriter).Encode       a condition on the receiver
//	(*os.File from os.Open).Close                                      another: what it came from, be it through a chain
//	(*flag.FlagSet from flag.NewFlagSet(_, flag.ExitOnError)).Parse    with a condition on that one's arguments
func (l *line) parseName(text string) (rest string, err error) {
	bad := func(what string) (string, error) {
		return "", fmt.Errorf("%s in the name of a function: %q", what, text)
	}
	cond := condition{}
	if recv, ok := strings.CutPrefix(text, "("); ok {
		recv, rest, ok = cutReceiver(recv)
		if !ok {
			return bad("no method")
		}
		recv, l.ptr = strings.CutPrefix(recv, "*")
		if t, over, ok := strings.Cut(recv, " over "); ok {
			recv, cond.over = t, parseMatch(over)
		}
		if t, from, ok := strings.Cut(recv, " from "); ok {
			recv, cond.from = t, from
			if i := strings.LastIndexByte(from, '('); i > 0 {
				cond.from, cond.with = from[:i], parseMatches(strings.TrimSuffix(from[i+1:], ")"))
			}
		}
		if i := strings.IndexByte(recv, '['); i >= 0 {
			recv = recv[:i]
		}
		i := strings.LastIndexByte(recv, '.')
		l.key.recv = recv[i+1:]
		if i >= 0 {
			l.key.pkg = recv[:i]
		}
		i = end(rest, " (")
		l.key.name, rest = rest[:i], rest[i:]
	} else {
		i := end(text, " (")
		name := text[:i]
		rest = text[i:]
		i = strings.LastIndexByte(name, '.')
		if i < 0 {
			return bad("no package")
		}
		l.key.pkg, l.key.name = name[:i], name[i+1:]
	}
	if l.key.name == "" {
		return bad("nothing after the dot")
	}
	if list, ok := strings.CutPrefix(rest, "("); ok {
		list, rest, ok = strings.Cut(list, ")")
		if !ok {
			return bad("no closing parenthesis")
		}
		cond.args = parseMatches(list)
	}
	if !cond.empty() {
		l.when = &cond
	}
	return strings.TrimSpace(rest), nil
}

// cutReceiver cuts what stands behind a method's opening parenthesis at the one that closes it: conditions may name
// methods, too.
func cutReceiver(text string) (recv, rest string, ok bool) {
	deep := 0
	for i, c := range text {
		switch {
		case c == '(':
			deep++
		case c == ')' && deep > 0:
			deep--
		case c == ')':
			rest, ok = strings.CutPrefix(text[i:], ").")
			return text[:i], rest, ok
		}
	}
	return text, "", false
}

// keyOf names a function or method as the table does.
func keyOf(fn *types.Func) key {
	k := key{name: fn.Name()}
	if fn.Pkg() != nil {
		k.pkg = fn.Pkg().Path()
	}
	if recv := fn.Signature().Recv(); recv != nil {
		if obj := typeName(recv.Type()); obj != nil {
			k.recv = obj.Name()
			if obj.Pkg() != nil {
				k.pkg = obj.Pkg().Path()
			}
		}
	}
	return k
}

// typeName gives the name of a type or of what a pointer points to; nil if it
// has none.
func typeName(t types.Type) *types.TypeName {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj()
	}
	return nil
}

// SameProject reports whether two import paths belong to one project: they share host, owner and name where the host
// keeps the code of many owners, and the host anywhere else.
func SameProject(a, b string) bool { return project(a) == project(b) }

func project(path string) string {
	parts := strings.SplitN(path, "/", 4)
	switch parts[0] {
	case "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "git.sr.ht":
		return strings.Join(parts[:min(3, len(parts))], "/")
	}
	return parts[0]
}
