package boundary_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/errvet/errvet/fault/boundary"
	"github.com/errvet/errvet/fault/oplog"
)

// serve runs handler behind the boundary in a real server. The server's own log must stay empty.
func serve(t *testing.T, handler http.HandlerFunc, http2 bool) (*journal, *http.Client, string) {
	t.Helper()
	j, logger := newJournal()
	own := new(journal)
	guarded := boundary.HTTP(handler, logger)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		j.busy.Add(1)
		defer j.busy.Done()
		guarded.ServeHTTP(w, r)
	}))
	server.Config.ErrorLog = slog.NewLogLogger(slog.NewJSONHandler(own, nil), slog.LevelError)
	server.EnableHTTP2 = http2
	if http2 {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(func() {
		server.Close()
		if r := own.records(t); len(r) > 0 {
			t.Errorf("the server logged %v", r)
		}
	})
	return j, server.Client(), server.URL
}

func TestHTTPPanic(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprintf("http2=%v", http2), func(t *testing.T) {
			j, client, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Length", "7")
				w.Header().Set("Cache-Control", "public, max-age=3600")
				w.Header().Set("X-Request-Id", "r1")
				w.WriteHeader(http.StatusEarlyHints) // informational: the answer is still to come
				_ = explode("boom")
			}, http2)
			answer, err := client.Get(url + "/pay?card=4111")
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			if err != nil || answer.StatusCode != 500 || string(body) != "Internal Server Error\n" {
				t.Errorf("%d %q %v", answer.StatusCode, body, err)
			}
			if answer.Header.Get("Cache-Control") != "" || answer.Header.Get("X-Request-Id") != "r1" {
				t.Error(answer.Header)
			}
			errs := j.errors(t)
			if len(errs) != 1 {
				t.Fatal(errs)
			}
			r := errs[0]
			if r["panic"] != "boom" || r["method"] != "GET" || r["path"] != "/pay" || r["answer"] != "500" ||
				!strings.Contains(r["stack"].(string), "explode") || strings.Contains(fmt.Sprint(r), "4111") {
				t.Error(r)
			}
		})
	}
}

// A handler's own encoding goes with its answer; that of a middleware further out stays.
func TestHTTPPanicEncoding(t *testing.T) {
	_, logger := newJournal()
	for _, c := range []struct{ outer, inner, want string }{{"", "gzip", ""}, {"gzip", "", "gzip"}, {"gzip", "br", "gzip"}, {"", "", ""}} {
		w := httptest.NewRecorder()
		if c.outer != "" {
			w.Header().Set("Content-Encoding", c.outer)
		}
		boundary.HTTP(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if c.inner != "" {
				w.Header().Set("Content-Encoding", c.inner)
			}
			panic("boom")
		}), logger).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		if got := w.Header().Get("Content-Encoding"); got != c.want || w.Code != 500 {
			t.Errorf("%+v: got %q, %d", c, got, w.Code)
		}
	}
}

func TestHTTPPanicAfterWrite(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		for name, write := range map[string]func(w http.ResponseWriter){
			"Write":       func(w http.ResponseWriter) { fmt.Fprint(w, "half") },
			"WriteString": func(w http.ResponseWriter) { io.WriteString(w, "half") },
			"ReadFrom":    func(w http.ResponseWriter) { io.Copy(w, strings.NewReader("half")) },
			"WriteHeader": func(w http.ResponseWriter) { w.WriteHeader(200) },
			"Flush":       func(w http.ResponseWriter) { w.(http.Flusher).Flush() },
			"controller":  func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() },
		} {
			t.Run(fmt.Sprintf("%s http2=%v", name, http2), func(t *testing.T) {
				j, client, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
					write(w)
					panic("boom")
				}, http2)
				answer, err := client.Get(url)
				if err == nil {
					_, err = io.ReadAll(answer.Body)
					answer.Body.Close()
				}
				if err == nil {
					t.Error("half an answer passed for a whole one")
				}
				if errs := j.errors(t); len(errs) != 1 || errs[0]["answer"] != "aborted" {
					t.Error(errs)
				}
			})
		}
	}
}

func TestHTTPAbort(t *testing.T) {
	for _, value := range []any{http.ErrAbortHandler, fmt.Errorf("proxy: %w", http.ErrAbortHandler)} {
		j, client, url := serve(t, func(http.ResponseWriter, *http.Request) { panic(value) }, false)
		if answer, err := client.Get(url); err == nil {
			answer.Body.Close()
			t.Errorf("%v: answered %d", value, answer.StatusCode)
		}
		if r := j.records(t); len(r) != 0 {
			t.Errorf("%v: logged %v", value, r)
		}
	}
}

func TestHTTPGoexit(t *testing.T) {
	j, client, url := serve(t, func(http.ResponseWriter, *http.Request) { runtime.Goexit() }, false)
	if answer, err := client.Get(url); err == nil {
		answer.Body.Close()
		t.Errorf("answered %d", answer.StatusCode)
	}
	if errs := j.errors(t); len(errs) != 1 || !strings.Contains(errs[0]["msg"].(string), "Goexit") {
		t.Error(errs)
	}
}

func TestHTTPInvalidStatus(t *testing.T) {
	j, client, url := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(0) }, false)
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != 500 || len(j.errors(t)) != 1 {
		t.Error(answer.Status, j.errors(t))
	}
}

func TestHTTPHijack(t *testing.T) {
	j, _, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		conn, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		fmt.Fprint(rw, "HTTP/1.1 101 Switching Protocols\r\n\r\nhello")
		rw.Flush()
		panic("boom")
	}, false)
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	got, err := io.ReadAll(conn)
	if err != nil || !strings.HasSuffix(string(got), "\r\n\r\nhello") {
		t.Errorf("%q %v", got, err)
	}
	if errs := j.errors(t); len(errs) != 1 || errs[0]["answer"] != "none: hijacked" {
		t.Error(errs)
	}
}

// What a handler can ask of its writer is what the server's can do.
func TestHTTPInterfaces(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		_, client, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
			_, flush := w.(http.Flusher)
			_, hijack := w.(http.Hijacker)
			_, push := w.(http.Pusher)
			_, readFrom := w.(io.ReaderFrom)
			deadline := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Hour))
			fmt.Fprint(w, flush, hijack, push, readFrom, deadline)
		}, http2)
		answer, err := client.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		want := "true true false true <nil>"
		if http2 {
			want = "true false true true <nil>"
		}
		if err != nil || string(body) != want {
			t.Errorf("http2=%v: %q, want %q", http2, body, want)
		}
	}
}

// bare is a writer that can do nothing more, and hijackable one that can be hijacked only.
type bare struct{ http.ResponseWriter }
type hijackable struct{ bare }
type wrapping struct{ http.ResponseWriter }

func (hijackable) Hijack() (net.Conn, *bufio.ReadWriter, error) { return nil, nil, errors.New("no") }
func (w wrapping) Unwrap() http.ResponseWriter                  { return w.ResponseWriter }

func TestHTTPInterfacesOfWrappers(t *testing.T) {
	for _, c := range []struct {
		name          string
		w             http.ResponseWriter
		flush, hijack bool
	}{
		{"bare", bare{httptest.NewRecorder()}, false, false},
		{"recorder", httptest.NewRecorder(), true, false},
		{"wrapped recorder", wrapping{wrapping{httptest.NewRecorder()}}, true, false},
		{"hijackable", hijackable{bare{httptest.NewRecorder()}}, false, true},
	} {
		h := boundary.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, flush := w.(http.Flusher)
			hijacker, hijack := w.(http.Hijacker)
			if flush != c.flush || hijack != c.hijack {
				t.Errorf("%s: flush %v, hijack %v", c.name, flush, hijack)
			}
			if !flush {
				if err := http.NewResponseController(w).Flush(); !errors.Is(err, http.ErrNotSupported) {
					t.Errorf("%s: Flush: %v", c.name, err)
				}
			}
			if hijack {
				if _, _, err := hijacker.Hijack(); err == nil || err.Error() != "no" {
					t.Errorf("%s: Hijack: %v", c.name, err)
				}
			}
		}), nil)
		h.ServeHTTP(c.w, httptest.NewRequest("GET", "/", nil))
	}
}

// The operation inside the handler has logged the panic: the boundary says so at Debug.
func TestHTTPLogsOnce(t *testing.T) {
	j, logger := newJournal()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /pay/{id}", func(w http.ResponseWriter, r *http.Request) {
		outer := oplog.Start(r.Context(), logger, "payment", slog.String("user_id", r.PathValue("id")))
		defer outer.End(nil)
		inner := oplog.Start(outer.Context(), logger, "charge", slog.String("gateway", "stripe"))
		defer inner.End(nil)
		panic(io.EOF)
	})
	w := httptest.NewRecorder()
	boundary.HTTP(mux, logger).ServeHTTP(w, httptest.NewRequest("GET", "/pay/7", nil))
	if w.Code != 500 {
		t.Error(w.Code)
	}
	errs := j.errors(t)
	if len(errs) != 1 || errs[0]["user_id"] != "7" || errs[0]["gateway"] != "stripe" || errs[0]["panic"] != "EOF" {
		t.Errorf("%d Error records: %v", len(errs), errs)
	}
	all := j.records(t)
	if r := all[len(all)-1]; r["msg"] != "handler panicked" || r["level"] != "DEBUG" || r["route"] != "GET /pay/{id}" {
		t.Error(r)
	}
}

func TestHTTPBadInput(t *testing.T) {
	j, logger := newJournal()
	before := slog.Default()
	slog.SetDefault(logger)
	defer slog.SetDefault(before)
	w := httptest.NewRecorder()
	boundary.HTTP(nil, nil).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if errs := j.errors(t); w.Code != 500 || len(errs) != 1 || !strings.Contains(errs[0]["panic"].(string), "nil handler") {
		t.Error(w.Code, errs)
	}
	w = httptest.NewRecorder()
	boundary.HTTP(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom") }), nil).ServeHTTP(w, &http.Request{})
	if w.Code != 500 {
		t.Error(w.Code)
	}
}

// What the boundary adds to a request that goes well: the writer that knows what was written, in two parts.
func TestHTTPAllocations(t *testing.T) {
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {})
	h := boundary.HTTP(next, slog.New(slog.DiscardHandler))
	w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
	if n := testing.AllocsPerRun(100, func() { h.ServeHTTP(w, r) }); n > 2 {
		t.Errorf("%v allocations", n)
	}
}
