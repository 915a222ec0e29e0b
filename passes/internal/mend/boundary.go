package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

// Companion spells a package of the companion, such as "boundary", for a use of name at pos, with the edits that import it;
// false where fixes do not take it. This is the one place that decides on that. Where it is no help, they are what they are
// elsewhere.
func (m *Mender) Companion(f *edits.File, pkg, name string, pos token.Pos) (string, []analysis.TextEdit, bool) {
	if !m.fault {
		return "", nil, false
	}
	return f.Qualify(known.Companion+"/"+pkg, name, pos)
}

// KeepPanic makes the error that a panic is turned into, by fmt.Errorf, hold its value and its stack, as one of
// boundary.Call does.
func (r *Recovery) KeepPanic() *report.Fix {
	assign, ok := r.At.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 || len(assign.Lhs) != 1 {
		return nil
	}
	maker, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !ok || maker.Ellipsis.IsValid() {
		return nil
	}
	fn := r.m.known.Callee(maker)
	format, ok := formatOf(maker)
	if !ok || fn == nil || fn.FullName() != "fmt.Errorf" || format != maker.Args[0] {
		return nil
	}
	verbs, ok := verbsOf(format.Value)
	if !ok || len(verbs) != len(maker.Args)-1 || strings.Contains(format.Value, "%w") && !r.f.Has("go1.20") {
		return nil
	}
	value := -1
	for i, arg := range maker.Args[1:] {
		id, ok := ast.Unparen(arg).(*ast.Ident)
		if !ok || !isAny(r.m.info.TypeOf(id)) {
			continue
		}
		if v, ok := r.m.info.ObjectOf(id).(*types.Var); !ok || !r.Holds(v) {
			continue
		}
		if value >= 0 {
			return nil
		}
		value = i
	}
	if value < 0 {
		return nil
	}
	arg, at := maker.Args[value+1], verbs[value]
	boundary, list, ok := r.m.Companion(r.f, "boundary", "PanicError", arg.Pos())
	if !ok {
		return nil
	}
	debug, add, ok := r.f.Qualify("runtime/debug", "Stack", arg.Pos())
	if !ok {
		return nil
	}
	start := len(strings.TrimSuffix(format.Value[:at[0]], "panic: ")) // the text of a PanicError begins so
	list = append(append(list, add...),
		edits.Replace(format.Pos()+token.Pos(start), format.Pos()+token.Pos(at[1]), "%w"),
		edits.Replace(arg.Pos(), arg.End(), "&"+boundary+".PanicError{Value: "+r.f.Text(arg)+", Stack: "+debug+".Stack()}"))
	return &report.Fix{Message: "Keep the panic and its stack in the error", Edits: list, Class: report.Review}
}

// verbsOf finds the verbs of a format as it is written; false if some take more or other arguments than one each.
func verbsOf(format string) (verbs [][2]int, ok bool) {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		start := i
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.", format[i]) >= 0; i++ {
		}
		switch {
		case i >= len(format), format[i] == '*', format[i] == '[':
			return nil, false
		case format[i] != '%':
			verbs = append(verbs, [2]int{start, i + 1})
		}
	}
	return verbs, true
}

// LeaveToHTTP leaves a middleware that does nothing but recover, log and answer, around a handler that it is given, to
// boundary.HTTP.
func (r *Recovery) LeaveToHTTP() *report.Fix {
	c, ok := r.caught()
	fn, inFunc := r.f.Function(r.path)
	if !ok || !inFunc || len(r.Hosts) != 1 {
		return nil
	}
	lit, ok := r.Hosts[0].Func.(*ast.FuncLit)
	if !ok || len(lit.Body.List) != 2 || lit.Body.List[0] != ast.Stmt(r.Hosts[0].Defer) {
		return nil
	}
	// The rest of the deferred function would go, too.
	if len(fn.Body.List) != 1 || fn.Body.List[0].End() != c.block.End() {
		return nil
	}
	path := r.f.Path(lit)
	if len(path) < 3 {
		return nil
	}
	wrap, ok := path[1].(*ast.CallExpr) // return http.HandlerFunc(func(…) {…})
	if !ok || !r.m.info.Types[wrap.Fun].IsType() || len(wrap.Args) != 1 || types.TypeString(r.m.info.TypeOf(wrap.Fun), nil) != "net/http.HandlerFunc" {
		return nil
	}
	if _, ok := path[2].(*ast.ReturnStmt); !ok {
		return nil
	}
	next, ok := r.m.handsOn(lit, lit.Body.List[1])
	if !ok {
		return nil
	}
	begin, ok := r.f.Rest(c.block.Lbrace + 1) // what stands there speaks of the recover
	if !ok || r.f.Commented(wrap.Pos(), r.Call.Pos()) || r.f.Commented(begin, wrap.End()) {
		return nil
	}
	logger := "nil"
	for _, s := range c.block.List {
		if l, ok := r.m.answersOrLogs(s); !ok {
			return nil
		} else if l != "" {
			logger = l
		}
	}
	name, add, ok := r.m.Companion(r.f, "boundary", "HTTP", wrap.Pos())
	if !ok || logger == "nil" && !r.f.Predeclared(wrap.Pos(), "nil") || !r.m.Stays(r.f, "", wrap) {
		return nil
	}
	return &report.Fix{
		Message: "Leave it to boundary.HTTP", Class: report.Review,
		Edits: append(add, edits.Replace(wrap.Pos(), wrap.End(), name+".HTTP("+next+", "+logger+")")),
	}
}

// handsOn reports whether a statement hands all parameters of a literal, in order, to the ServeHTTP of a variable, and which
// that is.
func (m *Mender) handsOn(lit *ast.FuncLit, s ast.Stmt) (next string, ok bool) {
	call, ok := callOf(s)
	if !ok {
		return "", false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "ServeHTTP" {
		return "", false
	}
	id, ok := sel.X.(*ast.Ident)
	of, isSig := m.info.TypeOf(sel).(*types.Signature)
	sig, isLit := m.info.TypeOf(lit).(*types.Signature)
	if !ok || !isSig || !isLit || !errflow.IsHandler(of) || sig.Params().Len() != len(call.Args) {
		return "", false
	}
	for i, a := range call.Args {
		if arg, ok := a.(*ast.Ident); !ok || m.info.Uses[arg] != sig.Params().At(i) {
			return "", false
		}
	}
	return id.Name, true
}

func callOf(s ast.Stmt) (call *ast.CallExpr, ok bool) {
	if x, isExpr := s.(*ast.ExprStmt); isExpr {
		call, ok = x.X.(*ast.CallExpr)
	}
	return call, ok
}

// answersOrLogs reports whether a statement does no more than boundary.HTTP does, and the logger of log/slog it uses.
func (m *Mender) answersOrLogs(s ast.Stmt) (logger string, ok bool) {
	call, ok := callOf(s)
	if !ok {
		return "", false
	}
	fn := m.known.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return "", false
	}
	switch fn.Pkg().Path() {
	case "net/http":
		v := m.info.Types[call.Args[len(call.Args)-1]].Value
		return "", (fn.Name() == "Error" || fn.Name() == "WriteHeader") && v != nil && v.ExactString() == "500"
	case "log", "runtime/debug":
		return "", m.known.Kind(call)&(known.Log|known.Print) != 0 && fn.Signature().Recv() == nil || fn.Name() == "PrintStack"
	case "log/slog":
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || fn.Signature().Recv() == nil {
			return "", ok
		}
		id, ok := sel.X.(*ast.Ident)
		if !ok || types.TypeString(m.info.TypeOf(id), nil) != "*log/slog.Logger" {
			return "", false
		}
		return id.Name, true
	}
	return "", false
}
