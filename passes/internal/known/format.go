package known

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
	"unicode/utf8"
)

// formatFate says what a formatting function does with argument i, given where
// its format is: %w wraps, every other verb flattens. A format that is not
// constant may do either.
func formatFate(info *types.Info, call *ast.CallExpr, format, i int) Fate {
	if call == nil || format < 0 || format >= len(call.Args) {
		return Wraps | Flattens
	}
	value := info.Types[call.Args[format]].Value
	if value == nil || value.Kind() != constant.String {
		return Wraps | Flattens
	}
	verbs, ok := argumentVerbs(constant.StringVal(value))
	if !ok {
		return Wraps | Flattens
	}
	var fate Fate
	for _, v := range verbs {
		if v.arg != i-format-1 {
			continue
		}
		if v.verb == 'w' {
			fate |= Wraps
		} else {
			fate |= Flattens
		}
	}
	if fate == 0 {
		return Flattens // fmt adds superfluous arguments as text
	}
	return fate
}

type argumentVerb struct {
	arg  int
	verb rune
}

// argumentVerbs gives, for each verb of a format, the argument it prints. ok
// is false where the format is malformed.
func argumentVerbs(format string) (verbs []argumentVerb, ok bool) {
	arg := 0
	index := func(s string) (string, bool) {
		if !strings.HasPrefix(s, "[") {
			return s, true
		}
		digits, rest, found := strings.Cut(s[1:], "]")
		n := 0
		for _, d := range digits {
			if d < '0' || d > '9' || n > 1000 {
				return s, false
			}
			n = n*10 + int(d-'0')
		}
		arg = n - 1
		return rest, found && n > 0
	}
	for {
		_, rest, found := strings.Cut(format, "%")
		if !found {
			return verbs, true
		}
		rest = strings.TrimLeft(rest, "+-# 0")
		for {
			if rest, ok = index(rest); !ok {
				return nil, false
			}
			if star, cut := strings.CutPrefix(rest, "*"); cut {
				arg++
				rest = star
				continue
			}
			trimmed := strings.TrimLeft(rest, "0123456789.")
			if trimmed == rest {
				break
			}
			rest = trimmed
		}
		verb, size := utf8.DecodeRuneInString(rest)
		if size == 0 {
			return nil, false
		}
		if verb != '%' {
			verbs = append(verbs, argumentVerb{arg, verb})
			arg++
		}
		format = rest[size:]
	}
}
