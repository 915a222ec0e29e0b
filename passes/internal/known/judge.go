package known

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// Judges reports whether the call's failure is a verdict on what it was given rather than something that
// happened: parsers, decoders, checks and comparisons, and all that is a [Probe]. Whoever shows the input, or
// names what it should have been, has said what there is to say.
func (x *Index) Judges(call *ast.CallExpr) bool {
	if x.Kind(call)&(Probe|Verdict) != 0 {
		return true
	}
	name := ""
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	case *ast.IndexExpr:
		if id, ok := fun.X.(*ast.Ident); ok {
			name = id.Name
		}
	}
	if fn := x.Callee(call); fn != nil && fn.Pkg() != nil {
		// Cryptography tells no more than that it did not work, lest an attacker learn from it.
		if path := fn.Pkg().Path(); strings.HasPrefix(path, "crypto/") || strings.HasPrefix(path, "golang.org/x/crypto/") || fromText(fn) {
			return true
		}
	}
	return judging(name) || strings.HasPrefix(strings.ToLower(name), "new") && x.textOnly(call)
}

// fromText reports whether fn makes something of text, as its package or its type shows: semver.NewVersion,
// uuid.FromString.
func fromText(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	switch path := fn.Pkg().Path(); path {
	case "strconv", "net/url", "net/mail", "net/netip", "regexp", "mime", "html", "unicode", "math/big":
		return true
	default:
		return strings.HasSuffix(path, "/semver") || strings.HasSuffix(path, "/go-version") || strings.HasSuffix(path, "/uuid") || ofText(fn)
	}
}

// Settled reports whether the call's outcome is settled before the program runs: a function, not a method, that
// judges what it is given, and all that it is given are constants. If it fails, it fails in the first test.
func (x *Index) Settled(call *ast.CallExpr) bool {
	fn := x.Callee(call)
	if fn == nil || fn.Signature().Recv() != nil || len(call.Args) == 0 || x.Kind(call)&Verdict == 0 && !fromText(fn) {
		return false
	}
	for _, a := range call.Args {
		if !x.constant(a) {
			return false
		}
	}
	return true
}

// OfNumbers reports whether the call makes something of a text that is put together where it stands, out of constants and
// whole numbers: url.Parse(fmt.Sprintf("http://localhost:%d", port)).
func (x *Index) OfNumbers(call *ast.CallExpr) bool {
	fn := x.Callee(call)
	if fn == nil || len(call.Args) == 0 || !fromText(fn) && x.Kind(call)&Verdict == 0 {
		return false
	}
	return !slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return !x.constant(a) && !x.numbered(a) })
}

// numbered reports whether e formats whole numbers, and nothing else, by a constant format.
func (x *Index) numbered(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) < 2 || call.Ellipsis.IsValid() {
		return false
	}
	if fn := x.Callee(call); fn == nil || keyOf(fn) != (key{pkg: "fmt", name: "Sprintf"}) || x.info.Types[call.Args[0]].Value == nil {
		return false
	}
	for _, a := range call.Args[1:] {
		t := x.info.TypeOf(a)
		if t == nil || types.NewMethodSet(t).Len() > 0 {
			return false // it may have a text of its own
		}
		if b, ok := t.Underlying().(*types.Basic); !ok || b.Info()&types.IsInteger == 0 {
			return false
		}
	}
	return true
}

// ReadsSource reports whether the call reads a text that stands in the source, methods included: its failure is a mistake
// there.
func (x *Index) ReadsSource(call *ast.CallExpr) bool {
	fn := x.Callee(call)
	if fn == nil || len(call.Args) == 0 {
		return false
	}
	args := call.Args
	switch name := fn.Name(); {
	case name == "MatchString" && len(args) == 2: // regexp.MatchString fails over its pattern
		args = args[:1]
	case !strings.HasPrefix(name, "Parse") && !strings.HasPrefix(name, "Compile"):
		return false
	}
	return !slices.ContainsFunc(args, func(a ast.Expr) bool { return x.info.Types[a].Value == nil && !x.info.Types[a].IsNil() })
}

// textOnly reports whether a call is given text and nothing else. What is made from text alone can only fail
// because the text is wrong.
func (x *Index) textOnly(call *ast.CallExpr) bool {
	if _, method := x.info.Selections[selector(call)]; method {
		return false
	}
	for _, a := range call.Args {
		t := x.info.TypeOf(a)
		if t == nil {
			return false
		}
		if s, ok := t.Underlying().(*types.Slice); ok {
			t = s.Elem()
		}
		if b, ok := t.Underlying().(*types.Basic); !ok || b.Info()&types.IsString == 0 && b.Kind() != types.Byte {
			return false
		}
	}
	return len(call.Args) > 0
}

func selector(call *ast.CallExpr) *ast.SelectorExpr {
	sel, _ := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return sel
}

// ofText reports whether fn is a method of a parser, or of a reader of what is in memory: it can only fail over
// what it reads.
func ofText(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	obj := typeName(recv.Type())
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	switch path := obj.Pkg().Path(); {
	case path == "bytes", path == "strings":
		return true
	}
	name := strings.ToLower(obj.Name())
	return strings.Contains(name, "parser") || strings.Contains(name, "lexer") || strings.Contains(name, "tokenizer")
}

// judging reports whether a function's name begins with a verb of judgement, or says that something is made from text.
func judging(name string) bool {
	name = strings.ToLower(name)
	for _, verb := range [...]string{"parse", "atoi", "ato", "decode", "unmarshal", "unpack", "deserialize", "fromstring", "frombytes", "frombase64",
		"sscan", "fscan", "scan", "validate", "valid", "isvalid", "verify", "check", "compare", "ensurevalid", "assert", "match", "unquote", "unescape", "localize", "split", "convert",
		"normalize", "compile", "lookpath"} {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	return strings.HasSuffix(name, "fromstring") || strings.HasSuffix(name, "fromtext")
}

// Decodes reports whether a function's name says that it takes data apart, and its signature that it puts what it
// finds where it is told: dropping its error leaves half of that.
func Decodes(fn *types.Func) bool {
	name := strings.ToLower(fn.Name())
	for _, verb := range [...]string{"decode", "unmarshal", "unpack", "deserialize", "sscan", "fscan", "scan", "parse"} {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	return false
}

// Reads reports whether a function of the standard library reads, or scans, what is looked at afterwards, or only goes
// to another place to read from: whoever drops its error and the count beside it asks the data. What x/sys calls so counts
// for the standard library's syscall.
func Reads(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || !IsStandard(fn.Pkg().Path()) && !strings.HasPrefix(fn.Pkg().Path(), "golang.org/x/sys/") {
		return false
	}
	switch name := fn.Name(); name {
	case "Read", "ReadAt", "ReadFull", "ReadAtLeast", "Seek", "Discard":
		return true
	default:
		return strings.HasPrefix(name, "Scan") || strings.HasPrefix(name, "Sscan") || strings.HasPrefix(name, "Fscan")
	}
}
