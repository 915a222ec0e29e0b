package dropped

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"text/template"
	"time"

	"golang.org/x/sync/errgroup"
)

// Errors that somebody takes, in the ways people write it.

func okCompared(w walker) bool { return w.Walk(context.TODO(), "/", nil) == nil }

func okComparedToKind(w walker) bool {
	return errors.Is(w.Walk(context.TODO(), "/", nil), fs.ErrNotExist)
}

func okInSwitch(w walker) string {
	switch w.Walk(context.TODO(), "/", nil) {
	case nil:
		return "ok"
	case fs.SkipAll:
		return "skipped"
	default:
		return "failed"
	}
}

func okTypeSwitch(w walker) string {
	switch err := w.Walk(context.TODO(), "/", nil).(type) {
	case nil:
		return "ok"
	case *fs.PathError:
		return err.Path
	}
	return "failed"
}

func okLoopCondition(ctx context.Context, n proposer) {
	for n.Propose(ctx, nil) != nil {
		time.Sleep(time.Second)
	}
}

func okLoopInit(ctx context.Context, n proposer) {
	for err := n.Campaign(ctx); err != nil; err = n.Campaign(ctx) {
		slog.Warn("no leader yet", "err", err)
	}
}

func okConverted(ctx context.Context, n proposer) string {
	return fmt.Sprint(n.Propose(ctx, nil))
}

func okPanic(n proposer) { panic(n.Bootstrap(nil)) }

func okLiteral(n proposer) struct{ Err error } {
	return struct{ Err error }{n.Bootstrap(nil)}
}

func okMap(n proposer) map[string]error {
	return map[string]error{"bootstrap": n.Bootstrap(nil)}
}

func okDeferredArgument(n proposer, done func(error)) {
	defer done(n.Bootstrap(nil))
}

func okSpawnedArgument(n proposer, done func(error)) {
	go done(n.Bootstrap(nil))
}

func okMethodValue(n proposer) func([]string) error { return n.Bootstrap }

func okReturnedTuple(n proposer) ([]byte, error) { return n.Snapshot() }

func okForwardedTuple(n proposer) []byte { return must(n.Snapshot()) }

func okErrorsOfGroup(ctx context.Context, n proposer, data [][]byte) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, d := range data {
		g.Go(func() error { return n.Propose(ctx, d) })
	}
	return g.Wait()
}

func okAtomic(n proposer, last *atomic.Value) {
	last.Store(n.Bootstrap(nil))
}

func okOnce(n proposer) error {
	var once sync.Once
	var err error
	once.Do(func() { err = n.Bootstrap(nil) })
	return err
}

func okShortCircuit(ctx context.Context, n proposer) bool {
	return ctx.Err() == nil && n.Campaign(ctx) == nil
}

func okGlobal(n proposer) { lastFailure = n.Bootstrap(nil) }

var lastFailure error

func okField(n proposer, s *status) { s.err = n.Bootstrap(nil) }

type status struct{ err error }

func okImmediate(n proposer) error {
	return func() error { return n.Bootstrap(nil) }()
}

func okLogged(n proposer) { log.Println(n.Bootstrap(nil)) }

// Calls without an error result, however they are named.

func okNoError(wg *sync.WaitGroup, mu *sync.Mutex, c chan os.Signal) {
	wg.Wait()
	mu.Lock()
	defer mu.Unlock()
	signal.Notify(c, os.Interrupt)
	close(c)
}

func okBuiltins(m map[string]int, dst, src []byte) {
	delete(m, "a")
	copy(dst, src)
	clear(m)
	print("done")
}

func okContext(ctx context.Context) {
	_, cancel := context.WithCancelCause(ctx)
	cancel(errors.New("over"))
}

// Readers and scanners that keep their error until asked.

func okScanner(r io.Reader) (lines []string, err error) {
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		lines = append(lines, sc.Text())
	}
	return lines, sc.Err()
}

func okCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, row := range rows {
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func okStickyPrinter(w io.Writer, names []string) error {
	out := bufio.NewWriterSize(w, 1<<16)
	io.WriteString(out, "names:\n")
	for _, name := range names {
		fmt.Fprintf(out, "\t%s\n", name)
	}
	return out.Flush()
}

// Listeners, connections and processes on their way out.

func okListener(l net.Listener, handle func(net.Conn)) error {
	defer l.Close()
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go handle(conn)
	}
}

func okHalfClose(conn *net.TCPConn) {
	conn.CloseWrite()
}

func okKeepAlive(conn *net.TCPConn) {
	conn.SetKeepAlive(true)
	conn.SetKeepAlivePeriod(time.Minute)
}

func okSignal(cmd *exec.Cmd) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	cmd.Process.Signal(os.Interrupt)
	return cmd.Wait()
}

func okRemoveScratch(dir string) {
	os.RemoveAll(filepath.Join(dir, "tmp"))
	os.Remove(filepath.Join(dir, "LOCK"))
}

// Answers: the client has gone if they fail.

func okTemplate(page *template.Template) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		page.Execute(w, r.URL.Query())
	}
}

func okServeCopy(w http.ResponseWriter, f *os.File) {
	io.Copy(w, f)
}

func okRecorder() int {
	rec := httptest.NewRecorder()
	rec.WriteString("ok")
	return rec.Code
}

// What a failure before it has decided already.

func okAbort(n proposer, ctx context.Context, undo func() error) error {
	if err := n.Campaign(ctx); err != nil {
		undo()
		return fmt.Errorf("campaign: %w", err)
	}
	return nil
}

func okAbortLater(n proposer, ctx context.Context, undo func() error) (err error) {
	err = n.Campaign(ctx)
	if err == nil {
		return nil
	}
	undo()
	return err
}

func okAbortInClosure(ctx context.Context, n proposer, undo func() error) error {
	cleanUp := func() error { return undo() }
	if err := n.Campaign(ctx); err != nil {
		cleanUp()
		return err
	}
	return nil
}

// A reason counts wherever one looks for it.

func okReasonAbove(n proposer) {
	// Bootstrapping again is refused, which is fine.
	n.Bootstrap(nil) // want `^silenced\(comment\)`
}

func okReasonBehind(n proposer) {
	n.Bootstrap(nil) // refused on a node that is in use // want `^silenced\(comment\)`
}

func okReasonAtDefer(n proposer) {
	// The peers come back by themselves.
	defer n.Bootstrap(nil) // want `^silenced\(comment\): the deferred`
}

func flushBestEffort(data []byte) error { return os.WriteFile("cache", data, 0o600) }

func okBestEffortCallee() {
	flushBestEffort(nil) // want `^silenced\(best-effort\)`
}

func okNotifyBestEffort(n proposer, ctx context.Context) {
	n.Propose(ctx, nil) // want `^silenced\(best-effort\)`
}

func okIgnoreDirective(n proposer) {
	//errvet:ignore dropped the node is about to stop
	n.Bootstrap(nil) // want `^silenced\(ignore\)`
}

func okNolint(n proposer) {
	n.Bootstrap(nil) //nolint // want `^silenced\(nolint\)`
}

func okNolintPeer(n proposer) {
	n.Bootstrap(nil) //nolint:errcheck // want `^silenced\(nolint\)`
}

func okNosec(n proposer) {
	n.Bootstrap(nil) // #nosec G104 // want `^silenced\(nosec\)`
}

func okLintIgnore(n proposer) {
	//lint:ignore errcheck the node is about to stop
	n.Bootstrap(nil) // want `^silenced\(lint-ignore\)`
}

// These do not speak of this rule, or give no reason.

func badTodo(w walker) {
	// TODO: look at the error
	w.Walk(context.TODO(), "/", nil) // want `^w.Walk can fail`
}

func badTwoWords(path string) {
	// cut it
	os.Truncate(path, 0) // want `^os.Truncate can fail`
}

func goodIgnored(path string) {
	os.Truncate(path, 0) // ignore error // want `^silenced\(comment\): os.Truncate can fail`
}

func badOtherLinter(path string) {
	os.Chmod(path, 0o600) //nolint:govet // want `^os.Chmod can fail`
}

func badOutcommented(path string) {
	// if err := os.Lchown(path, 0, 0); err != nil { return err }
	os.Lchown(path, 0, 0) // want `^os.Lchown can fail`
}

// Generic code.

func badGeneric[T any](v T, put func(T) error) {
	put(v) // want `^strict: put can fail`
}

type sink[T any] interface{ Send(T) error }

func badGenericMethod[T any](s sink[T], values ...T) {
	for _, v := range values {
		s.Send(v) // want `^strict: s.Send can fail`
	}
}

func okGeneric[T any](s sink[T], v T) error { return s.Send(v) }

type box[T any] struct{ values []T }

func (b *box[T]) Send(v T) error {
	b.values = append(b.values, v)
	return nil
}

func okGenericInfallible() int {
	b := new(box[int])
	b.Send(1)
	return len(b.values)
}

func okFuncMap() template.FuncMap {
	return template.FuncMap{"upper": strings.ToUpper}
}

func okDecoder(r io.Reader) (v any, err error) {
	err = json.NewDecoder(r).Decode(&v)
	return v, err
}

func okFlags(args []string) string {
	flags := flag.NewFlagSet("ledger", flag.ExitOnError)
	name := flags.String("name", "", "whose ledger")
	flags.Parse(args)
	return *name
}

func okFlagsPanic(args []string) string {
	flags := flag.NewFlagSet("ledger", flag.PanicOnError)
	name := flags.String("name", "", "whose ledger")
	flags.Parse(args)
	return *name
}

func badFlags(args []string) string {
	flags := flag.NewFlagSet("ledger", flag.ContinueOnError)
	name := flags.String("name", "", "whose ledger")
	flags.Parse(args) // want `^flags.Parse can fail, and nobody takes its error`
	return *name
}
