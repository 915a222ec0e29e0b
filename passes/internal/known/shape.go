package known

import (
	"go/ast"
	"go/types"
	"strings"
)

// kindByShape is the last resort for methods that no source knows: the
// well-known names, with the signature that goes with them, mean one thing all
// over the ecosystem.
func kindByShape(fn *types.Func) Kind {
	sig := fn.Signature()
	if (fn.Name() == "Stat" || fn.Name() == "Lstat") && sig.Params().Len() > 0 && sig.Results().Len() == 2 && isError(sig.Results().At(1).Type()) {
		return Probe // is it there?
	}
	if sig.Recv() == nil {
		return 0
	}
	if isLogMethod(fn) || isLogfMethod(fn) {
		return Log
	}
	if (fn.Name() == "Write" || fn.Name() == "WriteString") && sig.Params().Len() == 1 && sig.Results().Len() == 2 && isError(sig.Results().At(1).Type()) {
		return Write
	}
	if sig.Results().Len() != 1 || !isError(sig.Results().At(0).Type()) {
		return 0
	}
	switch fn.Name() {
	case "Abort", "Rollback", "Cancel":
		return Rollback // gives up what was begun
	case "Unlock", "RUnlock":
		return Teardown // fails only if nothing was locked
	case "SetDeadline", "SetReadDeadline", "SetWriteDeadline":
		return Deadline // fails on what is closed; the next read or write says so
	}
	plain := sig.Params().Len() == 0 || sig.Params().Len() == 1 && says(sig.Params().At(0).Type())
	if !plain {
		return 0
	}
	switch fn.Name() {
	case "Close", "close":
		return Close
	case "Flush":
		return Flush
	case "Sync":
		return Sync
	case "Commit":
		return Commit | Persist
	}
	return 0
}

// kindOfValue judges a call of a function value by the value's name: functions that close something are handed
// about as values more than any others.
func kindOfValue(call *ast.CallExpr) Kind {
	var id *ast.Ident
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return 0
	}
	name := strings.ToLower(id.Name)
	if len(call.Args) <= 1 && (strings.HasSuffix(name, "close") || strings.HasSuffix(name, "closer") || strings.HasPrefix(name, "close")) {
		return Close
	}
	if len(call.Args) == 0 && name == "flush" {
		return Flush
	}
	return 0
}

// isLister reports whether fn is a method of a lister of Kubernetes', be it of client-go or generated for types of
// somebody's own: packages below listers hold interfaces that end in Lister, which look things up in an index in memory.
func isLister(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Pkg() == nil || !strings.Contains(fn.Pkg().Path(), "/listers/") || !types.IsInterface(recv.Type()) {
		return false
	}
	obj := typeName(recv.Type())
	return obj != nil && strings.HasSuffix(obj.Name(), "Lister")
}

// isHashWrite reports whether fn is the Write of a type that has the methods of hash.Hash, and so its promise.
func isHashWrite(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Name() != "Write" && fn.Name() != "WriteString" && fn.Name() != "WriteByte" {
		return false
	}
	has := methodsOf(recv.Type(), fn.Pkg())
	return has("Sum") && has("Reset") && has("Size") && has("BlockSize")
}

// onHash reports whether a call writes to an interface of one's own for hashes, which has some of their methods and gets
// Write from io.Writer.
func (x *Index) onHash(fn *types.Func, call *ast.CallExpr) bool {
	if call == nil || fn.Name() != "Write" || receiver(call) == nil {
		return false
	}
	t := x.info.TypeOf(receiver(call))
	if t == nil || !types.IsInterface(t) {
		return false
	}
	has := methodsOf(t, fn.Pkg())
	return has("Reset") && (has("Sum") || has("Sum32") || has("Sum64"))
}

// methodsOf tells which methods values of type t have, seen from a package.
func methodsOf(t types.Type, from *types.Package) (has func(name string) bool) {
	return func(name string) bool {
		obj, _, _ := types.LookupFieldOrMethod(t, true, from, name)
		_, method := obj.(*types.Func)
		return method
	}
}

// Undoes reports whether a function's name says that it takes something back. Known of a function that is
// called for cleaning up, it means that its failure leaves rubbish, not a wrong answer.
func Undoes(name string) bool {
	name = strings.ToLower(name)
	for _, verb := range [...]string{"remove", "delete", "release", "unmount", "umount", "cleanup", "clean", "kill", "stop",
		"close", "unlock", "destroy", "teardown", "abort", "cancel", "rollback", "revert", "restore", "unregister", "unmap", "munmap", "reset", "detach", "disconnect", "free", "done", "undo",
		"garbagecollect", "prune", "purge", "evict", "expire"} {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	return false
}

// says reports whether a parameter of type t tells a closing function how to go about it rather than what to work on.
func says(t types.Type) bool {
	return isContext(t) || isError(t) || types.Identical(t, types.Typ[types.Bool])
}

func isContext(t types.Type) bool {
	obj := typeName(t)
	return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "context" && obj.Name() == "Context"
}

// fateByName is the last resort for arguments of loggers: projects wrap their
// logging library in an interface of their own, which has no body to infer
// from and no documentation to read.
func fateByName(fn *types.Func) Fate {
	if isLogMethod(fn) {
		return Logs
	}
	return 0
}

// isLogMethod reports whether fn is an interface's method of a logger: the
// type's name says log, and the method's name is a level; or the type is a Logger,
// and the method formats what it is given and gives nothing back. A log of traces
// is kept only while somebody watches.
func isLogMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || !types.IsInterface(recv.Type()) || fn.Signature().Params().Len() == 0 {
		return false
	}
	obj := typeName(recv.Type())
	if obj == nil || !strings.Contains(strings.ToLower(obj.Name()), "log") || tracesOnly(fn) {
		return false
	}
	return isLevelForm(fn.Name()) || strings.HasSuffix(obj.Name(), "Logger") && formats(fn.Signature()) && !endsByName(fn.Name())
}

// isLevelForm reports whether a name is that of a level, or of one of the forms in which loggers have it.
func isLevelForm(name string) bool {
	for _, suffix := range [...]string{"", "f", "w", "ln", "Context", "S", "Depth"} {
		if isLevel(strings.TrimSuffix(name, suffix)) {
			return true
		}
	}
	return false
}

// isEventEnd reports whether a name is that of a method by which a record that was built field by field gets written.
func isEventEnd(name string) bool {
	switch name {
	case "Msg", "Msgf", "MsgFunc", "Send":
		return true
	}
	return false
}

// endsByName reports whether a logger's method may not return.
func endsByName(name string) bool {
	return strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Panic") || strings.HasPrefix(name, "Exit")
}

// formats reports whether a signature is that of printf and gives nothing back.
func formats(sig *types.Signature) bool {
	if !sig.Variadic() || sig.Results().Len() > 0 || sig.Params().Len() < 2 {
		return false
	}
	format, ok := sig.Params().At(sig.Params().Len() - 2).Type().Underlying().(*types.Basic)
	return ok && format.Kind() == types.String && isAny(sig.Params().At(sig.Params().Len()-1).Type())
}

// isLogfMethod reports whether fn is printf under the name of a level and gives nothing back: the method by
// which a server or a client of any type writes to its log.
func isLogfMethod(fn *types.Func) bool {
	level, named := strings.CutSuffix(fn.Name(), "f")
	if !named || !isLevel(level) || level == "Log" {
		return false
	}
	if fn.Pkg() != nil && fn.Pkg().Path() == "testing" || tracesOnly(fn) {
		return false // fails the test, or is kept only while somebody watches
	}
	return formats(fn.Signature())
}

// tracesOnly reports whether the type of a method says that it is for traces.
func tracesOnly(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	obj := typeName(recv.Type())
	return obj != nil && strings.Contains(strings.ToLower(obj.Name()), "trace")
}

func isLevel(name string) bool {
	switch name {
	case "Trace", "Debug", "Info", "Print", "Notice", "Warn", "Warning", "Error", "Err", "Critical", "Alert", "Log":
		return true
	}
	return false
}
