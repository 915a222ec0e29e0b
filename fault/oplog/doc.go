// Package oplog logs an operation before, after and on failure, so that every failure gives one Error
// record however many layers it passes through.
//
//	func (s *Service) Process(ctx context.Context, id int64, amount float64) (r Receipt, err error) {
//		op := oplog.Start(ctx, s.Log, "payment", slog.Int64("user_id", id), slog.Float64("amount", amount))
//		defer op.End(&err)
//		ctx = op.Context()
//		…
//	}
//
// # What is written
//
// An operation named "payment" writes "payment started", and at its end one of these:
//
//	payment succeeded   Info    with latency_ms
//	payment was slow    Warn    it succeeded, but took Config.Slow or longer; with slow_after_ms
//	payment failed      Error   with the group "error" of [fault.Attr]; with slow_after_ms if it was slow too
//	payment failed      Debug   a record of that level exists already; with already_logged
//	payment cancelled   Info    the caller's context was cancelled, and the error says nothing but that
//	payment cancelled   Warn    the caller's context was cancelled, but the error says something else
//	payment panicked    Error   with panic and stack
//	payment abandoned   Warn    the goroutine was ended by runtime.Goexit, as t.FailNow does; with stack
//
// A caller who cancels no longer wants the answer: that is nobody's failure. It is decided by the
// state of the context given to Start, never by the error alone, since a dependency's own time-outs
// may come as context errors too. A deadline that has passed is a failure and logged at Error.
//
// # One failure, one Error record
//
// The innermost operation that sees a failure logs it. Operations started from the context that [Op.Context]
// returns inherit the attributes of the operations around them, so that one record carries the attributes of
// all layers, and the key "within" names them, as "checkout/payment". Where two layers give one key different values,
// the inner value keeps the key and the outer one moves into a group named like the path of its operation. A
// layer that does not hand on op.Context keeps its attributes to its own records, and what a logger has by its With
// method stays with that logger.
//
// End then marks the error as logged, by putting a wrapper into *err. Operations further out, and package
// boundary, log a marked error at Debug. The wrapper has the same text, and errors.Is, errors.As and errors.AsType see
// through it; == and a type assertion on the error do not. [Logged] reads the mark, [MarkLogged] sets it.
//
// A mark counts for operations that had begun when it was set. An error that was kept and returned again later, by a
// cache or a circuit breaker, is a new failure then. A mark also has the level of
// its record: what was logged as a warning only may still be logged as an error further out, so an
// operation inside a retry loop may log its attempts lower by means of Config.Level, without
// hiding the last one.
//
// Several errors joined count as logged if each of them is. Errors that only name the kind (a
// [fault.Code], context.Canceled, context.DeadlineExceeded) need no mark beside one that has it. In an error
// made by fmt.Errorf with several %w, one without a cause of its own that stands before a logged one
// is taken for its kind as well, as in fmt.Errorf("%w: %w", ErrPayment, err).
//
// # Panics
//
// Panics go on. To know the value, End recovers it and panics again with the same value at once, from within the
// deferred call: the stack below is still whole, recover further out gets the same value, and only the
// text of a crash says "[recovered, repanicked]". Further operations and package boundary see that the
// panic was logged ([PanicLogged]). For all this End itself must be what is deferred. In defer func() { op.End(&err) }() it
// still tells that the function panicked, but not with which value, and cannot tell the layers above.
package oplog
