package known

import (
	"go/ast"
	"go/constant"
	"go/types"
	"os"
	"strings"
)

// A Sink says where what goes through a writer ends up.
type Sink uint8

const (
	SomeSink     Sink = iota // nobody knows
	MemorySink               // a buffer or a hash: nothing under the writer can fail
	TerminalSink             // what people look at
	PeerSink                 // a connection, a client, a pipe: whoever is at the other end knows what it got
	FileSink                 // a file
)

// SinkOf says where what goes through e ends up. It follows writers that are built over others, such as a
// gzip.Writer, down to what is under all of them.
func (x *Index) SinkOf(e ast.Expr) Sink { return x.sinkOf(e, 0) }

func (x *Index) sinkOf(e ast.Expr, depth int) Sink {
	if e == nil || depth > 6 {
		return SomeSink
	}
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok {
		e = ast.Unparen(u.X)
	}
	if x.terminal(e) || namesTerminal(e) {
		return TerminalSink
	}
	if s := sinkOfType(x.info.TypeOf(e)); s != SomeSink && s != FileSink {
		return s
	}
	if obj := object(x.info, e); obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "io" && obj.Name() == "Discard" {
		return MemorySink
	}
	if s := x.sinkOfOrigin(e, depth); s != SomeSink {
		return s
	}
	return sinkOfType(x.info.TypeOf(e))
}

// sinkOfOrigin judges what a writer was made of.
func (x *Index) sinkOfOrigin(e ast.Expr, depth int) Sink {
	if made, ok := x.madeInField(e); ok {
		for _, call := range made {
			if base := x.Base(call); base == nil || x.sinkOf(base, depth+1) != MemorySink {
				return SomeSink
			}
		}
		return MemorySink
	}
	call := x.origin(e)
	if call == nil {
		return SomeSink
	}
	if base := x.Base(e); base != nil {
		return x.sinkOf(base, depth+1)
	}
	if fn := x.Callee(call); fn != nil && (strings.HasSuffix(fn.Name(), "Pipe") || keyOf(fn) == key{pkg: "os", name: "NewFile"}) {
		return PeerSink // a descriptor that somebody else made is mostly a pipe or a socket
	}
	for _, a := range call.Args {
		// A writer over memory may still fail for a reason of its own, as one that signs or encrypts can.
		if s := x.sinkOf(a, depth+1); s == TerminalSink || s == PeerSink {
			return s
		}
	}
	return SomeSink
}

// Base gives the argument that a writer was built over and by which alone it fails, or nil.
func (x *Index) Base(e ast.Expr) ast.Expr { return x.builtOver(e) }

func sinkOfType(t types.Type) Sink {
	if t == nil {
		return SomeSink
	}
	has := func(name string) bool {
		m, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		_, ok := m.(*types.Func)
		return ok
	}
	obj := typeName(t)
	path, name := "", ""
	if obj != nil && obj.Pkg() != nil {
		path, name = obj.Pkg().Path(), obj.Name()
	}
	switch {
	case path == "bytes" && name == "Buffer", path == "strings" && name == "Builder", has("BlockSize") && has("Sum"):
		return MemorySink
	case path == "os" && name == "File":
		return FileSink
	case responseWriter.matchesType(t, 0), has("WriteHeader") && has("Header"), has("RemoteAddr"), strings.EqualFold(name, "Conn"):
		return PeerSink
	case has("IsTerminal"):
		return TerminalSink
	case has("Read") && has("Write") && !has("Seek"):
		return PeerSink
	}
	return SomeSink
}

// namesTerminal goes by the names under which commands hand their output about: stdout, cmd.OutOrStdout(),
// cli.Out().
func namesTerminal(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if ok {
		if e = ast.Unparen(call.Fun); len(call.Args) > 0 {
			return false
		}
	}
	var name string
	switch e := e.(type) {
	case *ast.Ident:
		name = e.Name
	case *ast.SelectorExpr:
		name = e.Sel.Name
	}
	name = strings.ToLower(name)
	return strings.Contains(name, "stdout") || strings.Contains(name, "stderr") || ok && (name == "out" || name == "errout")
}

// Durable reports whether a call opens a file of which each write has arrived when it returns: one opened with
// O_SYNC, or one of the kernel's own, below /proc, /sys and /dev.
func (x *Index) Durable(call *ast.CallExpr) bool {
	if x.Kind(call)&Create == 0 || len(call.Args) == 0 {
		return false
	}
	for _, a := range call.Args {
		if v := x.info.Types[a].Value; v != nil && v.Kind() == constant.Int {
			if flags, ok := constant.Int64Val(v); ok && len(call.Args) > 1 && a == call.Args[1] && flags&int64(os.O_SYNC) != 0 {
				return true
			}
		}
	}
	return x.ofKernel(call.Args[0], 0)
}

// kernelDirs hold no files that are stored anywhere: what is written there goes to the kernel, or to a device.
var kernelDirs = [...]string{"/proc", "/sys", "/dev"}

// ofKernel reports whether a path begins, where it is written or made, with a directory of the kernel's.
func (x *Index) ofKernel(e ast.Expr, depth int) bool {
	if v := x.info.Types[e].Value; v != nil && v.Kind() == constant.String {
		name := constant.StringVal(v)
		for _, dir := range kernelDirs {
			if rest, ok := strings.CutPrefix(name, dir); ok && (rest == "" || rest[0] == '/') {
				return true
			}
		}
		return false
	}
	if b, ok := ast.Unparen(e).(*ast.BinaryExpr); ok {
		return x.ofKernel(b.X, depth)
	}
	if call := x.origin(e); call != nil && len(call.Args) > 0 && depth < 3 {
		return x.ofKernel(call.Args[0], depth+1)
	}
	return false
}

// Records reports whether a function belongs to a logging library or to a profiler: a file that it is given takes
// records about the program, as long as it runs, and not what it works on.
func Records(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	path := fn.Pkg().Path()
	last := path[strings.LastIndex(path, "/")+1:]
	return strings.Contains(last, "log") || strings.HasPrefix(last, "zap") || strings.HasSuffix(fn.Name(), "SetOutput") ||
		path == "runtime/pprof" || path == "runtime/trace"
}
