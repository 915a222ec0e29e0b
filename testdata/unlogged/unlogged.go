// Package unlogged holds what the rule flags (bad…) and, at least twice as often, what it must not (ok…).
package unlogged

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	"errvet.test/testdata/ownlog"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"
	"k8s.io/klog/v2"
)

type store struct {
	mu     sync.Mutex
	logger *zap.Logger
	failed int
	last   error
}

func (s *store) load(id string) ([]byte, error) { return os.ReadFile(id) }
func (s *store) save(id string, b []byte) error { return os.WriteFile(id, b, 0o600) }

// A server logs by a method of its own.
type server struct{}

func (s *server) Warnf(format string, v ...any) { log.Printf(format, v...) }

// Handlers.

func (s *store) badHandler(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if err != nil {
		return // want `s\.load failed \(line \d+\), and \(\*store\)\.badHandler ends without a trace of it`
	}
	w.Write(b)
}

func (s *store) badFixedAnswer(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError) // want `the client gets a fixed text for the failure of s\.load \(line \d+\), and nobody else learns of it`
		return
	}
	w.Write(b)
}

func (s *store) badFixedStatus(w http.ResponseWriter, r *http.Request) {
	if err := s.save(r.URL.Path, nil); err != nil {
		w.WriteHeader(http.StatusInternalServerError) // want `the client gets a fixed text`
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *store) badNotFound(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if err != nil {
		http.NotFound(w, r) // want `strict: the client gets a fixed text`
		return
	}
	w.Write(b)
}

func (s *store) badBadRequest(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err != nil {
		http.Error(w, "n must be a number", http.StatusBadRequest) // want `strict: the client gets a fixed text`
		return
	}
	fmt.Fprint(w, n)
}

func (s *store) okAnsweredWithError(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(b)
}

func (s *store) okAnsweredAndLogged(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if err != nil {
		slog.Error("load", "path", r.URL.Path, "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Write(b)
}

func (s *store) okStatusThenText(w http.ResponseWriter, r *http.Request) {
	if err := s.save(r.URL.Path, nil); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprintf(w, "cannot save: %v", err)
		return
	}
}

func (s *store) okJSONAnswer(w http.ResponseWriter, r *http.Request) {
	if err := s.save(r.URL.Path, nil); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprint(w, map[string]string{"error": err.Error()})
		return
	}
}

// The helper answers by itself: it was given what answers.
func intParam(w http.ResponseWriter, r *http.Request, name string) (int, error) {
	n, err := strconv.Atoi(r.FormValue(name))
	if err != nil {
		http.Error(w, fmt.Sprintf("%s: %v", name, err), http.StatusBadRequest)
	}
	return n, err
}

func (s *store) answer(w http.ResponseWriter, err error) {
	http.Error(w, err.Error(), http.StatusInternalServerError)
}

func (s *store) okHelperAnswers(w http.ResponseWriter, r *http.Request) {
	if err := s.save(r.URL.Path, nil); err != nil {
		s.answer(w, err)
		return
	}
}

// temporal: it answers, and logs only what it cannot tell the client.
func (s *store) fail(w http.ResponseWriter, r *http.Request, err error) {
	var known *refused
	if errors.As(err, &known) {
		w.WriteHeader(known.status)
	} else {
		slog.Error("failed", "path", r.URL.Path, "err", err)
		w.WriteHeader(http.StatusInternalServerError)
	}
}

type refused struct{ status int }

func (r *refused) Error() string { return strconv.Itoa(r.status) }

func (s *store) okFails(w http.ResponseWriter, r *http.Request) {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		s.fail(w, r, &refused{http.StatusBadRequest})
		return
	}
	w.Write(b)
}

func (s *store) okFailsLoading(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if err != nil {
		s.fail(w, r, errors.New("cannot load"))
		return
	}
	w.Write(b)
}

func (s *store) okFailsWithError(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Write(b)
}

// This one logs all that it is given.
func (s *store) failLogged(w http.ResponseWriter, r *http.Request, err error) {
	slog.Error("failed", "path", r.URL.Path, "err", err)
	w.WriteHeader(http.StatusInternalServerError)
}

func (s *store) badFailsLogged(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if err != nil {
		s.failLogged(w, r, errors.New("cannot load")) // want `^the log tells that s\.load failed`
		return
	}
	w.Write(b)
}

func (s *store) okFailsLogged(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if err != nil {
		s.failLogged(w, r, fmt.Errorf("cannot load: %w", err))
		return
	}
	w.Write(b)
}

func (s *store) okKnownKind(w http.ResponseWriter, r *http.Request) {
	b, err := s.load(r.URL.Path)
	if errors.Is(err, os.ErrNotExist) {
		http.NotFound(w, r)
		return
	}
	if err != nil {
		s.answer(w, err)
		return
	}
	w.Write(b)
}

// What starts a goroutine.

func (s *store) badGoroutine(id string) {
	go func() {
		b, err := s.load(id)
		if err != nil {
			return // want `s\.load failed \(line \d+\), and function literal in \(\*store\)\.badGoroutine ends without a trace of it`
		}
		s.use(b)
	}()
}

func (s *store) use([]byte) {}

func (s *store) okStart() { go s.badLoop() }

func (s *store) badLoop() {
	for {
		time.Sleep(time.Second)
		if err := s.save("state", nil); err != nil {
			return // want `s\.save failed \(line \d+\), and \(\*store\)\.badLoop ends without a trace of it`
		}
	}
}

func (s *store) okGoroutineLogs(id string) {
	go func() {
		b, err := s.load(id)
		if err != nil {
			s.logger.Error("load", zap.String("id", id), zap.Error(err))
			return
		}
		s.use(b)
	}()
}

func (s *store) okGoroutineSends(id string, errs chan<- error) {
	go func() {
		b, err := s.load(id)
		if err != nil {
			errs <- err
			return
		}
		s.use(b)
	}()
}

func (s *store) okGoroutineSendsOrLeaves(ctx context.Context, id string, errs chan<- error) {
	go func() {
		b, err := s.load(id)
		if err != nil {
			select {
			case errs <- err:
			case <-ctx.Done():
			}
			return
		}
		s.use(b)
	}()
}

func (s *store) okGoroutineKeeps(id string) {
	go func() {
		b, err := s.load(id)
		if err != nil {
			s.last = err
			return
		}
		s.use(b)
	}()
}

func (s *store) okGoroutineCloses(pw *io.PipeWriter, id string) {
	go func() {
		b, err := s.load(id)
		if err != nil {
			pw.CloseWithError(err)
			return
		}
		s.use(b)
	}()
}

func (s *store) okMeantSo(id string) {
	go func() {
		b, err := s.load(id)
		if err != nil {
			// A cache that cannot be filled fills itself later.
			return // want `silenced\(comment\): s\.load failed`
		}
		s.use(b)
	}()
}

func (s *store) badGroupLogs(ids []string) {
	go func() {
		var g errgroup.Group
		for _, id := range ids {
			g.Go(func() error {
				err := s.save(id, nil)
				if err != nil {
					slog.Error("save", "id", id, "err", err)
				}
				return err
			})
		}
		if err := g.Wait(); err != nil {
			return // want `strict: g\.Wait failed`
		}
		s.use(nil)
	}()
}

func (s *store) okGroupWaitLogged(ids []string) {
	go func() {
		var g errgroup.Group
		for _, id := range ids {
			g.Go(func() error { return s.save(id, nil) })
		}
		if err := g.Wait(); err != nil {
			slog.Error("save", "err", err)
			return
		}
		s.use(nil)
	}()
}

func (s *store) okGroupReturned(ids []string) error {
	var g errgroup.Group
	for _, id := range ids {
		g.Go(func() error { return s.save(id, nil) })
	}
	return g.Wait()
}

// Consumers.

func (s *store) badConsumer(in <-chan string) {
	for id := range in {
		if err := s.save(id, nil); err != nil {
			continue // want `the failure of s\.save \(line \d+\) is skipped without a trace, and the next one is taken`
		}
		s.use(nil)
	}
}

func (s *store) badConsumerParses(in <-chan []byte) {
	for msg := range in {
		var v struct{ ID string }
		if err := json.Unmarshal(msg, &v); err != nil {
			continue // want `strict: the failure of json\.Unmarshal \(line \d+\) is skipped`
		}
		s.use(msg)
	}
}

func (s *store) okConsumerLogs(in <-chan string) {
	for id := range in {
		if err := s.save(id, nil); err != nil {
			slog.Error("save", "id", id, "err", err)
			continue
		}
		s.use(nil)
	}
}

func (s *store) okConsumerAnswers(in <-chan string, out chan<- error) {
	for id := range in {
		if err := s.save(id, nil); err != nil {
			out <- err
			continue
		}
		s.use(nil)
	}
}

func (s *store) okConsumerReturns(in <-chan string) error {
	for id := range in {
		if err := s.save(id, nil); err != nil {
			return err
		}
	}
	return nil
}

// Callbacks and events.

type bus struct{}

func (b *bus) subscribe(subject string, handle func(msg []byte)) {}

func badSubscribe(b *bus, s *store) {
	b.subscribe("orders", func(msg []byte) {
		if err := s.save("order", msg); err != nil {
			return // want `s\.save failed \(line \d+\), and function literal in badSubscribe ends without a trace of it`
		}
		s.use(msg)
	})
}

func okSubscribe(b *bus, s *store) { b.subscribe("orders", s.badEvent) }

func (s *store) badEvent(msg []byte) {
	if err := s.save("order", msg); err != nil {
		return // want `s\.save failed \(line \d+\), and \(\*store\)\.badEvent ends without a trace of it`
	}
	s.use(msg)
}

func okSubscribeLogs(b *bus, s *store) {
	b.subscribe("orders", func(msg []byte) {
		if err := s.save("order", msg); err != nil {
			log.Printf("orders: %v", err)
			return
		}
		s.use(msg)
	})
}

func okSubscribeCounts(b *bus, s *store) {
	b.subscribe("orders", func(msg []byte) {
		if err := s.save("order", msg); err != nil {
			s.setFailed(err)
			return
		}
		s.use(msg)
	})
}

func (s *store) setFailed(err error) { s.failed, s.last = s.failed+1, err }

// Somebody calls and waits: what the function does with an error it cannot give back is for the strict tier.

func (s *store) badFlush() {
	if err := s.save("state", nil); err != nil {
		return // want `strict: s\.save failed \(line \d+\), and \(\*store\)\.badFlush ends without a trace of it`
	}
	s.use(nil)
}

func (s *store) okCallsFlush() { s.badFlush() }

// Records without the error.

func (s *store) badLogWithoutError(id string) []byte {
	b, err := s.load(id)
	if err != nil {
		s.logger.Error("cannot load", zap.String("id", id)) // want `the log tells that s\.load failed \(line \d+\), not why: the error is not in it`
		return []byte{}
	}
	return b
}

func badLogfWithoutError(srv *server, s *store, id string) {
	if err := s.save(id, nil); err != nil {
		srv.Warnf("cannot save %s", id) // want `the log tells that s\.save failed`
	}
	s.use(nil)
}

func badFatalWithoutError(s *store) []byte {
	b, err := s.load("config")
	if err != nil {
		log.Fatal("cannot read the configuration") // want `the log tells that s\.load failed`
	}
	return b
}

func badAnswerAndLogWithoutError(s *store, w http.ResponseWriter, r *http.Request) {
	if err := s.save(r.URL.Path, nil); err != nil {
		slog.Error("cannot save", "path", r.URL.Path) // want `the log tells that s\.save failed`
		http.Error(w, "internal error", http.StatusInternalServerError)
	}
}

func badLogWithoutParseError(s *store, msg []byte) {
	var v struct{ ID string }
	if err := json.Unmarshal(msg, &v); err != nil {
		log.Printf("not an order: %q", msg) // want `strict: the log tells that json\.Unmarshal failed`
		return
	}
	s.use(msg)
}

func okLogWithError(s *store, id string) {
	if err := s.save(id, nil); err != nil {
		s.logger.Warn("cannot save", zap.String("id", id), zap.Error(err))
	}
	s.use(nil)
}

func okLogWithText(s *store, id string) {
	if err := s.save(id, nil); err != nil {
		log.Print("cannot save " + id + ": " + err.Error())
	}
	s.use(nil)
}

func okLogThenReturn(s *store, id string) error {
	if err := s.save(id, nil); err != nil {
		log.Printf("cannot save %s", id)
		return fmt.Errorf("save %s: %w", id, err)
	}
	return nil
}

func okLogOfCause(s *store, id string) {
	if err := s.save(id, nil); err != nil {
		err = fmt.Errorf("save %s: %w", id, err)
		log.Print(err)
	}
}

func okFatalWithError(s *store) []byte {
	b, err := s.load("config")
	if err != nil {
		log.Fatalf("cannot read the configuration: %v", err)
	}
	return b
}

func okPanic(s *store) []byte {
	b, err := s.load("config")
	if err != nil {
		panic(err)
	}
	return b
}

func okKindInLog(s *store, id string) ([]byte, error) {
	b, err := s.load(id)
	if errors.Is(err, os.ErrNotExist) {
		log.Printf("%s is not there yet", id)
		return nil, nil
	}
	return b, err
}

func okOutputInLog(run func() (out string, err error)) {
	if out, err := run(); err != nil {
		log.Printf("failed: %s: %v", out, err)
	}
}

func okLogOnSuccess(s *store, id string) error {
	err := s.save(id, nil)
	if err == nil {
		log.Printf("saved %s", id)
	}
	return err
}

// Prints.

func badPrintOnly(s *store) {
	if err := s.save("state", nil); err != nil {
		fmt.Println("cannot save:", err)
		return // want `the failure of s\.save \(line \d+\) is only printed, where nobody reads it`
	}
	s.use(nil)
}

func badPrintAndGoOn(s *store) {
	if err := s.save("state", nil); err != nil { // want `the failure of s\.save \(line \d+\) is only printed`
		fmt.Println("cannot save:", err)
	}
	s.use(nil)
}

func badBuiltinPrint(s *store) {
	go func() {
		if err := s.save("state", nil); err != nil {
			println("cannot save:", err.Error())
			return // want `is only printed`
		}
		s.use(nil)
	}()
}

func okPrintAndReturn(s *store) error {
	err := s.save("state", nil)
	if err != nil {
		fmt.Println("cannot save:", err)
	}
	return err
}

func okPrintAndLog(s *store) {
	if err := s.save("state", nil); err != nil {
		fmt.Println("cannot save:", err)
		slog.Error("save", "err", err)
		return
	}
	s.use(nil)
}

func okPrintToWriter(w io.Writer, s *store) error {
	if err := s.save("state", nil); err != nil {
		_, err := fmt.Fprintf(w, "cannot save: %v\n", err)
		return err
	}
	return nil
}

func okPrintResult(s *store) error {
	b, err := s.load("state")
	if err != nil {
		return err
	}
	fmt.Println(string(b))
	return nil
}

// Errors that go unheard because somebody has written that they do are in the strict tier.

// A scan gets what is found. Minor errors are silently discarded.
type scan struct {
	found func(id string)
	done  func()
}

func badScan(s *store, walk func(func(id string)), out *scan) {
	walk(func(id string) {
		b, err := s.load(id)
		if err != nil {
			return // want `strict: s.load failed`
		}
		s.use(b)
		out.found(id)
	})
}

func badScanField(s *store) *scan {
	return &scan{found: func(id string) {
		b, err := s.load(id)
		if err != nil {
			return // want `strict: s.load failed`
		}
		s.use(b)
	}}
}

// badPrefetch starts to load an order, which is best effort.
func badPrefetch(s *store, id string) {
	go func() {
		b, err := s.load(id)
		if err != nil {
			return // want `strict: s.load failed`
		}
		s.use(b)
	}()
}

// The failure is told by the end of a context.

func okEndsContext(s *store, run func(func()), ids []string) bool {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, id := range ids {
		run(func() {
			b, err := s.load(id)
			if err != nil {
				cancel()
				return
			}
			s.use(b)
		})
	}
	return ctx.Err() == nil
}

func okScanKeeps(s *store, walk func(func(id string))) (failed []error) {
	walk(func(id string) {
		b, err := s.load(id)
		if err != nil {
			failed = append(failed, err)
			return
		}
		s.use(b)
	})
	return failed
}

// The other end of a request: it is gone, or sent what cannot be read.

func okClientGone(w http.ResponseWriter, r *http.Request) {
	enc := json.NewEncoder(w)
	for i := range 3 {
		if err := enc.Encode(i); err != nil {
			return
		}
		if _, err := w.Write([]byte(" ")); err != nil {
			return
		}
	}
}

func okStreams(w http.ResponseWriter, r *http.Request, in <-chan string) {
	enc := json.NewEncoder(w)
	for s := range in {
		if err := enc.Encode(s); err != nil {
			continue
		}
	}
}

func badRequestBody(w http.ResponseWriter, r *http.Request) {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "cannot read", http.StatusInternalServerError) // want `strict: the client gets a fixed text`
		return
	}
	w.Write(b)
}

// The log prints, and the error is in what it prints.
func okAnsweredPrinted(w http.ResponseWriter, r *http.Request) {
	if _, err := os.ReadFile(r.URL.Path); err != nil {
		ownlog.Errorf("reading %s: %v", r.URL.Path, err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
}

// Whether there is JSON for something can be seen in the code.
func badNoJSON(s *store, fields map[string]any) {
	data, err := json.Marshal(fields)
	if err != nil {
		log.Printf("no JSON for %v", fields) // want `strict: the log tells that json\.Marshal failed`
		return
	}
	s.last = os.WriteFile("fields", data, 0o600)
}

type event struct {
	At   time.Time
	Code int
}

func okEvent(s *store, e event) {
	data, err := json.Marshal(e)
	if err != nil {
		log.Print("no JSON for the event")
		return
	}
	s.last = os.WriteFile("event", data, 0o600)
}

func badEventWritten(s *store, e event) {
	data, err := json.Marshal(e)
	if err != nil {
		log.Print("no JSON for the event")
		return
	}
	if err := os.WriteFile("event", data, 0o600); err != nil {
		log.Print("event not written") // want `the log tells that os\.WriteFile failed \(line \d+\), not why: the error is not in it`
		return
	}
	s.failed = 0
}

// What is made of numbers is a value that every environment takes.
func okSetenvNumber(uid int) {
	if err := os.Setenv("LEDGER_UID", strconv.Itoa(uid)); err != nil {
		log.Printf("failed to set LEDGER_UID to %d", uid)
	}
}

func okSetenvConstant() {
	if err := os.Setenv("LEDGER", "done"); err != nil {
		log.Print("failed to set LEDGER")
	}
}

func okUnsetenv() {
	if err := os.Unsetenv("LEDGER"); err != nil {
		log.Print("failed to unset LEDGER")
	}
}

func okEventIndent(s *store, e *event) {
	data, err := json.MarshalIndent(e, "", "\t")
	if err != nil {
		log.Print("no JSON for the event")
		return
	}
	s.last = os.WriteFile("event", data, 0o600)
}

// A record for debugging is no report of a fault.

// terraform: the level is in the text.
func badMarkedForDebugging(url string) {
	resp, err := http.Get(url)
	if err != nil {
		log.Printf("[TRACE] cannot ask %s", url) // want `^strict: the log tells that http.Get failed \(line \d+\), not why`
		return
	}
	defer resp.Body.Close()
}

func badMarkedAsWarning(url string) {
	resp, err := http.Get(url)
	if err != nil {
		log.Printf("[WARN] cannot ask %s", url) // want `^the log tells that http.Get failed \(line \d+\), not why`
		return
	}
	defer resp.Body.Close()
}

func okMarkedForDebuggingWithError(url string) {
	resp, err := http.Get(url)
	if err != nil {
		log.Println("[DEBUG] cannot ask", url, err)
		return
	}
	defer resp.Body.Close()
}

func okMarkedWithError(url string) {
	resp, err := http.Get(url)
	if err != nil {
		log.Printf("[WARN] cannot ask %s: %v", url, err)
		return
	}
	defer resp.Body.Close()
}

func (s *store) badDebug(url string) {
	resp, err := http.Get(url)
	if err != nil {
		slog.Debug("cannot ask") // want `^strict: the log tells that http.Get failed \(line \d+\), not why`
		return
	}
	if _, err := http.Get(url); err != nil {
		s.logger.Debug("cannot ask", zap.String("url", url)) // want `^strict: the log tells that http.Get failed \(line \d+\), not why`
	}
	if _, err := http.Get(url); err != nil {
		s.logger.Warn("cannot ask", zap.String("url", url)) // want `^the log tells that http.Get failed \(line \d+\), not why`
	}
	resp.Body.Close()
}

// cmd/compile: a dump is for those who look for a fault.
func (s *store) badDump(url string) {
	if _, err := http.Get(url); err != nil {
		s.logger.Warn("cannot ask", zap.String("url", url)) // want `^strict: the log tells that http.Get failed \(line \d+\), not why`
	}
}

func (s *store) okDump(url string) {
	if _, err := http.Get(url); err != nil {
		s.logger.Warn("cannot ask", zap.Error(err))
	}
}

func (s *store) okDumpAll(urls []string) error {
	for _, url := range urls {
		if _, err := http.Get(url); err != nil {
			return err
		}
	}
	return nil
}

func okDebug(url string) {
	resp, err := http.Get(url)
	if err != nil {
		slog.Debug("cannot ask", "err", err)
		return
	}
	resp.Body.Close()
}

func (s *store) okWarn(url string) {
	resp, err := http.Get(url)
	if err != nil {
		s.logger.Warn("cannot ask", zap.Error(err))
		return
	}
	resp.Body.Close()
}

func (s *store) okDebugAnswer(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get(r.URL.Path)
	if err != nil {
		s.logger.Debug("cannot ask")
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// What was told once is not told again.
func (s *store) okToldOnce(urls []string, bad map[string]bool) {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			if bad[url] {
				continue
			}
			bad[url] = true
			s.logger.Warn("cannot ask", zap.Error(err))
			continue
		}
		resp.Body.Close()
	}
}

// A level of detail is no report either; level 0 is always written.

func badDetail(url string) {
	if _, err := http.Get(url); err != nil {
		klog.V(3).Infof("cannot ask %s", url) // want `^strict: the log tells that http.Get failed \(line \d+\), not why`
	}
	if _, err := http.Get(url); err != nil {
		klog.V(0).Infof("cannot ask %s", url) // want `^the log tells that http.Get failed \(line \d+\), not why`
	}
}

func okDetail(url string) {
	if _, err := http.Get(url); err != nil {
		klog.V(3).Infof("cannot ask %s: %v", url, err)
	}
}

func okDetailReturned(url string) error {
	_, err := http.Get(url)
	if err != nil {
		klog.V(3).Infof("cannot ask %s", url)
	}
	return err
}
