package recoverall

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/errvet/errvet/passes/internal/edits"
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
)

const companion = known.Companion + "/boundary"

// keepPanic makes the error that a panic is turned into hold its value and its stack, as one of boundary.Call does.
func (t *trail) keepPanic(r recovery) *report.Fix {
	assign, ok := t.fate.converted.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 || len(assign.Lhs) != 1 {
		return nil
	}
	maker, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !ok || maker.Ellipsis.IsValid() {
		return nil
	}
	fn := t.flow.Known().Callee(maker)
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
		if !ok || !isEmptyInterface(t.info.TypeOf(id)) || !t.seen[varOf(t.info, id)] {
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
	boundary, list, ok := r.f.Qualify(companion, "PanicError", arg.Pos())
	if !ok {
		return nil
	}
	debug, add, ok := r.f.Qualify("runtime/debug", "Stack", arg.Pos())
	if !ok {
		return nil
	}
	start, end := at[0], at[1]
	if before := format.Value[:start]; strings.HasSuffix(before, "panic: ") { // its text begins so
		start -= len("panic: ")
	}
	list = append(append(list, add...),
		edits.Replace(format.Pos()+token.Pos(start), format.Pos()+token.Pos(end), "%w"),
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

func isEmptyInterface(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.Empty()
}

func varOf(info *types.Info, id *ast.Ident) *types.Var {
	v, _ := info.ObjectOf(id).(*types.Var)
	return v
}

// leave leaves a middleware that does nothing but recover, log and answer to boundary.HTTP.
func (t *trail) leave(r recovery) *report.Fix {
	if len(t.place.defers) != 1 {
		return nil
	}
	c, ok := r.caught()
	lit, isLit := function(t.place.defers[0]).Node().(*ast.FuncLit)
	if !ok || !isLit || len(lit.Body.List) != 2 || lit.Body.List[0] != t.place.defers[0].Node() {
		return nil
	}
	// The rest of the deferred function would go, too.
	if deferred := body(t.fn.Node()); len(deferred.List) != 1 || deferred.List[0].End() != c.block.End() {
		return nil
	}
	path := r.f.Path(lit)
	if len(path) < 2 {
		return nil
	}
	wrap, ok := path[1].(*ast.CallExpr) // http.HandlerFunc(func(…) {…})
	if !ok || !t.info.Types[wrap.Fun].IsType() || len(wrap.Args) != 1 || types.TypeString(t.info.TypeOf(wrap.Fun), nil) != "net/http.HandlerFunc" {
		return nil
	}
	if _, ok := path[2].(*ast.ReturnStmt); !ok {
		return nil
	}
	stmt, ok := lit.Body.List[1].(*ast.ExprStmt)
	if !ok {
		return nil
	}
	call, ok := stmt.X.(*ast.CallExpr)
	if !ok || len(call.Args) != 2 || !errflow.IsHandler(t.info.TypeOf(call.Fun).(*types.Signature)) {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "ServeHTTP" {
		return nil
	}
	next, ok := sel.X.(*ast.Ident)
	if !ok || !sameParams(t.info, lit, call.Args) {
		return nil
	}
	begin, ok := r.f.Rest(c.block.Lbrace + 1) // what stands there speaks of the recover
	if !ok || r.f.Commented(wrap.Pos(), r.call.Pos()) || r.f.Commented(begin, wrap.End()) {
		return nil
	}
	logger := "nil"
	for _, s := range c.block.List {
		if l, ok := t.answersOrLogs(s); !ok {
			return nil
		} else if l != "" {
			logger = l
		}
	}
	name, add, ok := r.f.Qualify(companion, "HTTP", wrap.Pos())
	if !ok || logger == "nil" && !r.f.Predeclared(wrap.Pos(), "nil") || !r.m.Stays(r.f, "", wrap) {
		return nil
	}
	return &report.Fix{
		Message: "Leave it to boundary.HTTP", Class: report.Review,
		Edits: append(add, edits.Replace(wrap.Pos(), wrap.End(), name+".HTTP("+next.Name+", "+logger+")")),
	}
}

// sameParams reports whether args are the parameters of a literal, in order.
func sameParams(info *types.Info, lit *ast.FuncLit, args []ast.Expr) bool {
	sig, ok := info.TypeOf(lit).(*types.Signature)
	if !ok || sig.Params().Len() != len(args) {
		return false
	}
	for i, a := range args {
		id, ok := a.(*ast.Ident)
		if !ok || info.Uses[id] != sig.Params().At(i) {
			return false
		}
	}
	return true
}

// answersOrLogs reports whether a statement does no more than boundary.HTTP does, and the logger of log/slog it uses.
func (t *trail) answersOrLogs(s ast.Stmt) (logger string, ok bool) {
	x, ok := s.(*ast.ExprStmt)
	if !ok {
		return "", false
	}
	call, ok := x.X.(*ast.CallExpr)
	if !ok {
		return "", false
	}
	fn := t.flow.Known().Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return "", false
	}
	switch fn.Pkg().Path() {
	case "net/http":
		status := call.Args[len(call.Args)-1]
		v := t.info.Types[status].Value
		return "", (fn.Name() == "Error" || fn.Name() == "WriteHeader") && v != nil && v.ExactString() == "500"
	case "log", "runtime/debug":
		return "", t.flow.Known().Kind(call)&(known.Log|known.Print) != 0 && fn.Signature().Recv() == nil || fn.Name() == "PrintStack"
	case "log/slog":
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || fn.Signature().Recv() == nil {
			return "", ok
		}
		id, ok := sel.X.(*ast.Ident)
		if !ok || types.TypeString(t.info.TypeOf(id), nil) != "*log/slog.Logger" {
			return "", false
		}
		return id.Name, true
	}
	return "", false
}
