package boundary

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/oplog"
)

// HTTP returns a handler that calls next and recovers its panics. A panic is logged at Error with value, stack, method,
// path and route. What the client gets depends on how far the answer had come:
//
//   - Nothing was written: 500 and the words "Internal Server Error".
//   - Something was written: the connection is aborted (over HTTP/2: the stream) by a panic with
//     http.ErrAbortHandler, which the server does not log. Half an answer that ends well would pass for a whole one.
//   - The connection was hijacked: nothing; it belongs to whom it was handed.
//
// A panic with http.ErrAbortHandler, also wrapped, is a wish and no failure: it goes on to the server unlogged.
// A handler that ends its goroutine by runtime.Goexit is logged, and the server closes the connection.
//
// The ResponseWriter that next gets is an http.Flusher, http.Hijacker and http.Pusher where the server's
// is, passes on ReadFrom and WriteString, and has Unwrap for http.ResponseController.
//
// A nil logger is slog.Default() at the time of the request. A nil next answers every request with 500 and a
// record that says so: falling back to http.DefaultServeMux, as http.Server does, would publish what a package registered there.
func HTTP(next http.Handler, logger *slog.Logger) http.Handler {
	if next == nil {
		next = http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			panic("boundary.HTTP was given a nil handler")
		})
	}
	return &handler{next, logger}
}

const contentEncoding = "Content-Encoding"

type handler struct {
	next   http.Handler
	logger *slog.Logger
}

func (h *handler) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w := &response{ResponseWriter: rw, encoding: rw.Header()[contentEncoding]}
	returned := false
	defer func() {
		switch value := recover(); {
		case value != nil:
			h.panicked(w, r, value)
		case !returned:
			h.log(r, slog.LevelError, "handler was ended by runtime.Goexit", slog.String("stack", string(debug.Stack())))
		}
	}()
	h.next.ServeHTTP(w.like(rw), r)
	returned = true
}

func (h *handler) panicked(w *response, r *http.Request, value any) {
	err, isError := value.(error)
	if isError && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler)
	}
	attrs := make([]slog.Attr, 0, 8)
	attrs = append(attrs, slog.String("panic", fmt.Sprint(value)), slog.String("answer", w.answer()))
	if isError {
		attrs = append(attrs, fault.Attr(err))
	}
	if oplog.PanicLogged() {
		h.log(r, slog.LevelDebug, "handler panicked", append(attrs, slog.Bool("already_logged", true))...)
	} else {
		h.log(r, slog.LevelError, "handler panicked", append(attrs, slog.String("stack", string(debug.Stack())))...)
	}
	switch {
	case w.hijacked:
	case w.wrote:
		panic(http.ErrAbortHandler)
	default:
		// Meant for the answer that did not come; http.Error sees to the rest. An encoding that was set further out stays:
		// there is a writer further out that encodes.
		for _, key := range []string{"Cache-Control", "Etag", "Last-Modified", contentEncoding} {
			w.Header().Del(key)
		}
		if w.encoding != nil {
			w.Header()[contentEncoding] = w.encoding
		}
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}

// log leaves the query out: it may hold secrets.
func (h *handler) log(r *http.Request, level slog.Level, msg string, attrs ...slog.Attr) {
	logger := h.logger
	if logger == nil {
		logger = slog.Default()
	}
	attrs = append(attrs, slog.String("method", r.Method))
	if r.URL != nil {
		attrs = append(attrs, slog.String("path", r.URL.Path))
	}
	if r.Pattern != "" {
		attrs = append(attrs, slog.String("route", r.Pattern))
	}
	logger.LogAttrs(r.Context(), level, msg, attrs...)
}
