package boundary

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
)

// response knows whether the client may have got something. As any ResponseWriter it is for one goroutine at a time.
type response struct {
	http.ResponseWriter
	wrote    bool
	hijacked bool
	encoding []string // of the content, as set by those further out
}

// like returns w with those optional interfaces that the server's writer has: handlers ask for them by type
// assertion. The combinations are those of HTTP/1 (Flusher, Hijacker), of HTTP/2 (Flusher, Pusher), and of wrappers that have
// fewer. http.CloseNotifier is deprecated and left out.
func (w *response) like(rw http.ResponseWriter) http.ResponseWriter {
	_, flush := find[http.Flusher](rw)
	_, hijack := find[http.Hijacker](rw)
	push, pushes := find[http.Pusher](rw)
	switch {
	case flush && hijack:
		return struct {
			*response
			flusher
			hijacker
		}{w, flusher{w}, hijacker{w}}
	case flush && pushes:
		return struct {
			*response
			flusher
			http.Pusher
		}{w, flusher{w}, push}
	case flush:
		return struct {
			*response
			flusher
		}{w, flusher{w}}
	case hijack:
		return struct {
			*response
			hijacker
		}{w, hijacker{w}}
	}
	return w
}

// find returns the first writer that is a T, among rw and those it wraps. These are what http.ResponseController reaches.
func find[T any](rw http.ResponseWriter) (t T, found bool) {
	for rw != nil {
		if t, found = rw.(T); found {
			return t, true
		}
		x, ok := rw.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			break
		}
		rw = x.Unwrap()
	}
	return t, false
}

// answer says what becomes of the answer after a panic.
func (w *response) answer() string {
	switch {
	case w.hijacked:
		return "none: hijacked"
	case w.wrote:
		return "aborted"
	}
	return "500"
}

// Unwrap is what http.ResponseController asks for.
func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *response) WriteHeader(code int) {
	w.ResponseWriter.WriteHeader(code) // panics on an invalid code, and then nothing was written
	if code >= 200 || code == http.StatusSwitchingProtocols {
		w.wrote = true
	}
}

func (w *response) Write(p []byte) (int, error) {
	w.wrote = true
	return w.ResponseWriter.Write(p)
}

func (w *response) WriteString(s string) (int, error) {
	w.wrote = true
	return io.WriteString(w.ResponseWriter, s)
}

// ReadFrom leaves the server's writer its way of sending files.
func (w *response) ReadFrom(r io.Reader) (int64, error) {
	w.wrote = true
	return io.Copy(w.ResponseWriter, r)
}

// FlushError is what http.ResponseController calls first. It sends the header, so it counts as a write.
func (w *response) FlushError() error {
	err := http.NewResponseController(w.ResponseWriter).Flush()
	if !errors.Is(err, http.ErrNotSupported) {
		w.wrote = true
	}
	return err
}

type flusher struct{ w *response }

func (f flusher) Flush() {
	// http.Flusher has no room for the error; who wants it uses http.ResponseController.
	_ = f.w.FlushError()
}

type hijacker struct{ w *response }

func (h hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(h.w.ResponseWriter).Hijack()
	if err == nil {
		h.w.hijacked = true
	}
	return conn, rw, err
}
