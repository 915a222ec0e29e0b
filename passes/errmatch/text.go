package errmatch

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

// texts are what the standard library's errors say, with the error that says it.
var texts = []struct{ text, name string }{
	{"context canceled", "context.Canceled"},
	{"context deadline exceeded", "context.DeadlineExceeded"},
	{"use of closed network connection", "net.ErrClosed"},
	{"http: request body too large", "*http.MaxBytesError"},
	{"http: server closed", "http.ErrServerClosed"},
	{"no such file or directory", "fs.ErrNotExist"},
	{"file does not exist", "fs.ErrNotExist"},
	{"file already exists", "fs.ErrExist"},
	{"file exists", "fs.ErrExist"},
	{"file already closed", "fs.ErrClosed"},
	{"permission denied", "fs.ErrPermission"},
	{"operation not permitted", "fs.ErrPermission"},
	{"no space left", "syscall.ENOSPC"},
	{"connection refused", "syscall.ECONNREFUSED"},
	{"connection reset", "syscall.ECONNRESET"},
	{"broken pipe", "syscall.EPIPE"},
	{"address already in use", "syscall.EADDRINUSE"},
	{"too many open files", "syscall.EMFILE"},
	{"invalid argument", "syscall.EINVAL"},
	{"bad file descriptor", "syscall.EBADF"},
	{"input/output error", "syscall.EIO"},
	{"is a directory", "syscall.EISDIR"},
	{"not a directory", "syscall.ENOTDIR"},
	{"directory not empty", "syscall.ENOTEMPTY"},
	{"read-only file system", "syscall.EROFS"},
	{"device or resource busy", "syscall.EBUSY"},
	{"invalid cross-device link", "syscall.EXDEV"},
	{"i/o timeout", "os.ErrDeadlineExceeded"},
	{"no such host", "*net.DNSError"},
	{"no rows in result set", "sql.ErrNoRows"},
	{"executable file not found", "exec.ErrNotFound"},
	{"unexpected eof", "io.ErrUnexpectedEOF"},
	{"eof", "io.EOF"},
}

// decision judges a text that stands for a kind of error: what would be asked instead, and whether a reviewer would
// ask for it. Where nothing but the text is given by somebody else's package, there is no other way at hand.
func (c *checker) decision(cur inspector.Cursor, err, text ast.Expr) (way string, tier report.Tier) {
	changes := func(name string) string { return "which the next release or wrapper changes; its name may be " + name }
	if c.remote(err) {
		return anyText, report.Strict // nothing but text and a code came over the wire
	}
	// What is handed in comes from anywhere, over a wire as well: of six such findings readers waved three.
	byName := report.Strict
	births, all := c.flow.Births(err)
	if slices.ContainsFunc(births, func(b errflow.Birth) bool { return b.Call != nil }) {
		byName = report.Default
	}
	for {
		conv, ok := ast.Unparen(text).(*ast.CallExpr)
		if !ok || !c.info.Types[conv.Fun].IsType() {
			break
		}
		text = conv.Args[0] // string(stateInProgress)
	}
	if call, ok := ast.Unparen(text).(*ast.CallExpr); ok {
		sentinel := ast.Unparen(call.Fun).(*ast.SelectorExpr).X
		if name, ok := c.known.Sentinel(sentinel); ok && known.IsStandard(name[:strings.LastIndexByte(name, '.')]) {
			return fmt.Sprintf("which stands for %s: errors.Is finds it", types.ExprString(sentinel)), report.Strict
		}
		// Whoever asks for the text of an error that can be named knows the name, and mostly has what came over a wire
		// at hand: of six on large trees one was wrong.
		return changes(types.ExprString(sentinel)), report.Strict
	}
	if sel, ok := ast.Unparen(text).(*ast.SelectorExpr); ok {
		if k, ok := c.info.Uses[sel.Sel].(*types.Const); ok && k.Pkg() != nil && known.SameProject(k.Pkg().Path(), c.pass.Pkg.Path()) {
			return anyText, report.Strict // who makes the error and who looks for it have one text
		}
	}
	said := strings.ToLower(constant.StringVal(c.info.Types[text].Value))
	for _, t := range texts {
		if said == t.text || len(t.text) > len("eof") && strings.Contains(said, t.text) {
			ask, tier := "errors.Is", byName
			if strings.HasPrefix(t.name, "*") {
				ask = "errors.As"
			}
			// What the system says is as good as frozen, and comes in many wrappings: of 13 of these on large trees none
			// went wrong, and no project has repaired one of those in the collection of real bugs. Three have that
			// decided on texts which package net or net/http has an error for.
			switch pkg, _, _ := strings.Cut(strings.TrimPrefix(t.name, "*"), "."); pkg {
			case "syscall", "fs", "io", "os":
				tier = report.Strict
			}
			if c.asksFor(cur, err, t.name) {
				tier = report.Strict // the text is for what has lost its chain
			}
			return fmt.Sprintf("which stands for %s: %s finds it", t.name, ask), tier
		}
	}
	var look []*types.Package
	if !all {
		look = append(look, c.pass.Pkg)
	}
	for _, b := range births {
		if b.Call == nil {
			continue
		}
		if fn := c.known.Callee(b.Call); fn != nil && fn.Pkg() != nil && !known.IsStandard(fn.Pkg().Path()) {
			look = append(look, fn.Pkg())
		}
	}
	givers := len(look)
	for _, imp := range c.pass.Pkg.Imports() {
		if !known.IsStandard(imp.Path()) {
			look = append(look, imp) // who made the error may have it from there, and the name is at hand
		}
	}
	for _, pkg := range look[:givers] {
		if name := withStatus(pkg); name != "" && httpStatus.MatchString(said) {
			return fmt.Sprintf("of which errors.As finds the status, in %s.%s", pkg.Name(), name), byName
		}
	}
	for _, pkg := range look {
		if name := named(pkg, said); name != "" {
			if pkg != c.pass.Pkg {
				name = pkg.Name() + "." + name
			}
			return changes(name), byName
		}
	}
	return anyText, report.Strict
}

// asksFor reports whether the function around cur asks errors.Is or errors.As for that error as well.
func (c *checker) asksFor(cur inspector.Cursor, err ast.Expr, name string) bool {
	name = strings.TrimPrefix(name, "*")
	for f := range cur.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		for n := range f.Preorder((*ast.CallExpr)(nil)) {
			call := n.Node().(*ast.CallExpr)
			if c.known.AsksKind(call) == "" || types.ExprString(call.Args[0]) != types.ExprString(err) {
				continue
			}
			if t := types.TypeString(c.info.TypeOf(call.Args[1]), (*types.Package).Name); types.ExprString(call.Args[1]) == name || strings.TrimLeft(t, "*") == name {
				return true
			}
		}
		break
	}
	return false
}

const anyText = "which the next release or wrapper changes; errors.Is or errors.As tell errors apart"

// explained reports whether a comment at a decision, or in the branch behind it, speaks of texts or of wrapping: the
// author knows that it is the text which decides, and why.
func (c *checker) explained(cur inspector.Cursor) bool {
	if c.report.Says(cur.Node(), speaksOfText) {
		return true
	}
	for p := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.ReturnStmt)(nil), (*ast.AssignStmt)(nil)) {
		switch s := p.Node().(type) {
		case *ast.IfStmt:
			if c.report.Says(s.Body, speaksOfText) {
				return true
			}
		case *ast.CaseClause:
			if c.report.Says(p.Parent().Parent().Node(), speaksOfText) { // above the switch
				return true
			}
		}
		if c.report.Says(p.Node(), speaksOfText) {
			return true
		}
		break
	}
	for p := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		doc := p.Node().(*ast.FuncDecl).Doc
		return doc != nil && saysText.MatchString(doc.Text())
	}
	return false
}

var speaksOfText = regexp.MustCompile(`(?i)\b(strings?|texts?|messages?|substrings?|(un)?wrap\w*|typed|sentinels?|chain|rpc|match(es|ing)?)\b|%[vs]`)

// saysText finds in a function's documentation that it goes by text on purpose: there the words above speak of what it does.
var saysText = regexp.MustCompile(`(?i)\b(strings?|texts?|substrings?)[ -](based|match\w*|compar\w*)|\b(match|compar)\w* (on |by |with |against )?(the )?(error )?(strings?|texts?|substrings?)\b`)

// remote reports whether err may have come over a wire.
func (c *checker) remote(err ast.Expr) bool {
	if call, ok := ast.Unparen(err).(*ast.CallExpr); ok {
		return c.known.Remote(call)
	}
	births, _ := c.flow.Births(err)
	return slices.ContainsFunc(births, func(b errflow.Birth) bool { return b.Call != nil && c.known.Remote(b.Call) })
}

// httpStatus matches a text that looks for the status of an HTTP answer that was no success.
var httpStatus = regexp.MustCompile(`\b[45]\d\d\b`)

// withStatus finds the exported error type of a package that holds the status of an HTTP answer as a number.
func withStatus(pkg *types.Package) string {
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !obj.Exported() || !isErrorName(obj) || types.IsInterface(obj.Type()) {
			continue
		}
		status, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, "StatusCode")
		if status == nil {
			continue
		}
		t := status.Type()
		if sig, ok := t.(*types.Signature); ok && sig.Results().Len() == 1 {
			t = sig.Results().At(0).Type()
		}
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
			return name
		}
	}
	return ""
}

// named finds the error variable or type of a package whose name says what a text says: TokenExpiredError for
// "oidc: token is expired".
func named(pkg *types.Package, said string) string {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(said, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words[w] = true
	}
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		if !obj.Exported() || !isErrorName(obj) {
			continue
		}
		n, all, own := 0, true, false
		for _, w := range camel(name) {
			if w != "err" && w != "error" {
				n++
				all = all && words[w]
				own = own || !everywhere[w]
			}
		}
		if n > 1 && all && own {
			return name
		}
	}
	return ""
}

// everywhere holds words that say nothing of whose error it is: there is an ErrNotFound in every second package.
var everywhere = map[string]bool{"not": true, "no": true, "found": true, "exist": true, "exists": true, "already": true, "invalid": true,
	"closed": true, "server": true, "failed": true, "unknown": true, "missing": true, "unsupported": true, "bad": true}

// isErrorName reports whether obj is a variable that holds an error or a type of errors.
func isErrorName(obj types.Object) bool {
	switch obj.(type) {
	case *types.Var, *types.TypeName:
		i := errorType.Underlying().(*types.Interface)
		return types.Implements(obj.Type(), i) || types.Implements(types.NewPointer(obj.Type()), i)
	}
	return false
}

// camel gives the words of a name in lower case.
func camel(name string) []string {
	var words []string
	start := 0
	for i, r := range name {
		if i > start && unicode.IsUpper(r) {
			words = append(words, strings.ToLower(name[start:i]))
			start = i
		}
	}
	return append(words, strings.ToLower(name[start:]))
}

// shown reports whether the function around cur cuts the same text off: it decides how to show the error, not
// what to do about it.
func (c *checker) shown(cur inspector.Cursor, text ast.Expr) bool {
	v := c.info.Types[text].Value
	if v == nil {
		return false
	}
	for f := range cur.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		for n := range f.Preorder((*ast.CallExpr)(nil)) {
			call := n.Node().(*ast.CallExpr)
			fn := c.known.Callee(call)
			if fn == nil || len(call.Args) < 2 || !strings.HasPrefix(fn.Name(), "Trim") && !strings.HasPrefix(fn.Name(), "Cut") {
				continue
			}
			if w := c.info.Types[call.Args[1]].Value; w != nil && w.ExactString() == v.ExactString() {
				return true
			}
		}
		return false
	}
	return false
}
