package passes

import "github.com/errvet/errvet/passes/internal/trace"

// Trace is no rule: it tells what the engine sees of the errors at a line, where a copy of a file asks for it (see
// [TraceRequest]), and says nothing otherwise. It is for front ends that show why something is reported, or is not.
//
// Its diagnostics come in order. For each error at the line there is one of category [TraceLife], with what becomes of
// it; behind it one of category [TracePath] or [TraceLost] for each way in which a path ends, the related positions
// being its steps, the last of them its end; and one of category [TraceVerdict] if the engine sees a loss. Where the
// line has no error, those of the same function have category [TraceNear], and [TraceNothing] says why there is none.
var Trace = trace.Analyzer

// The categories of the diagnostics of [Trace].
const (
	TraceLife    = trace.Life
	TracePath    = trace.Path
	TraceLost    = trace.Lost
	TraceVerdict = trace.Verdict
	TraceNear    = trace.Near
	TraceNothing = trace.Nothing
)

// TraceRequest returns what is to be appended to a copy of a file to have a line of it traced. The salt makes the copy
// unlike any other, so that no driver answers from what it remembers.
func TraceRequest(line int, salt string) string { return trace.Request(line, salt) }
