package errflow

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/errvet/errvet/passes/internal/known"
)

// Failures of those at the other end, who know of them.

// toClient reports whether what failed was to answer the client of a handler: it is gone, and knows that.
func (fl *Flow) toClient(v *Value) bool {
	if v.Call == nil {
		return false
	}
	return fl.known.Kind(v.Call)&known.Respond != 0 || v.Func.Top().Role == Boundary && fl.known.SinkOf(receiverOf(v.Call)) == known.PeerSink
}

// toPeer reports whether what failed was to write to the other end of a connection, to close it or to say until when it
// may take: the peer is gone then, and nobody is left to be told. One without connections, as of UDP, fails for each
// message anew, and the others may wait for theirs.
func (fl *Flow) toPeer(v *Value) bool {
	if v.Call == nil {
		return false
	}
	name := lastName(v.Call.Fun)
	if sel, ok := ast.Unparen(v.Call.Fun).(*ast.SelectorExpr); ok && fl.info.Selections[sel] != nil {
		return sendsOrEnds(name) && fl.isPeer(sel.X)
	}
	// io.WriteString(conn, …), fmt.Fprintf(conn, …)
	return len(v.Call.Args) > 0 && (fl.known.Kind(v.Call)&(known.Write|known.Print) != 0 || strings.HasPrefix(name, "Write") || strings.HasPrefix(name, "Fprint")) && fl.isPeer(v.Call.Args[0])
}

// sendsOrEnds reports whether a method's name says that it writes to what it is called on, or ends that.
func sendsOrEnds(name string) bool {
	return begins(name, "write", "send", "flush", "close") || begins(name, "set") && strings.Contains(strings.ToLower(name), "deadline")
}

// isPeer reports whether e is a connection to one other end, or a writer that one gave for a message.
func (fl *Flow) isPeer(e ast.Expr) bool {
	if t := fl.info.TypeOf(e); t == nil || fl.withoutConnection(t) {
		return false
	}
	if fl.known.SinkOf(e) == known.PeerSink {
		return true
	}
	call := fl.definition(e)
	if call == nil || !fl.known.IsWriter(e) {
		return false
	}
	from := receiverOf(call)
	return from != nil && fl.info.TypeOf(from) != nil && fl.known.SinkOf(from) == known.PeerSink
}

// withoutConnection reports whether what is written to a value of type t says each time to whom, as net.PacketConn does.
func (fl *Flow) withoutConnection(t types.Type) bool {
	m, _, _ := types.LookupFieldOrMethod(t, true, nil, "WriteTo")
	fn, ok := m.(*types.Func)
	return ok && fn.Signature().Params().Len() == 2
}
