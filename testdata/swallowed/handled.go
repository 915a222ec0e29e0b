package swallowed

import (
	"bufio"
	"context"
	"database/sql"
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
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	pkgerrors "github.com/pkg/errors"
	zlog "github.com/rs/zerolog/log"
	"go.uber.org/multierr"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"
)

// The state manager hands out what has to be undone even if it failed.

type stateManager struct{ diff func(string) error }

func (m *stateManager) prepare(app string) (func(), error) {
	if err := m.diff(app); err != nil {
		return nil, err
	}
	return func() {}, nil
}

func badCarryOnCleanUp(m *stateManager, app string) {
	cleanUp, err := m.prepare(app)
	if err != nil { // want `^the failure of m.prepare \(line \d+\) is only logged, and cleanUp, which is nil then, is used on line \d+`
		slog.Error("preparing", "app", app, "err", err)
	}
	defer cleanUp()
}

func badLoggedCleanUp(m *stateManager, app string) {
	cleanUp, err := m.prepare(app)
	if err != nil { // want `^strict: the failure of .* is only logged`
		slog.Error("preparing", "app", app, "err", err)
	}
	if cleanUp != nil {
		defer cleanUp()
	}
}

func okCleanUpOnSuccess(m *stateManager, app string) error {
	cleanUp, err := m.prepare(app)
	if err == nil {
		defer cleanUp()
	}
	return err
}

// Kept beside others.

func okMultierr(l ledger, orders []order) (err error) {
	for _, o := range orders {
		if e := l.Refund(o); e != nil {
			err = multierr.Append(err, e)
		}
	}
	return err
}

func okJoin(l ledger, orders []order) (err error) {
	for _, o := range orders {
		if e := l.Refund(o); e != nil {
			err = errors.Join(err, fmt.Errorf("order %s: %w", o.ID, e))
		}
	}
	return err
}

func okByOrder(l ledger, orders []order) map[string]error {
	failed := make(map[string]error)
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			failed[o.ID] = err
		}
	}
	return failed
}

func okTexts(l ledger, orders []order) error {
	var texts []string
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			texts = append(texts, err.Error())
		}
	}
	if len(texts) > 0 {
		return errors.New(strings.Join(texts, "; "))
	}
	return nil
}

// Handed over.

func okGroup(ctx context.Context, l ledger, orders []order) error {
	g, _ := errgroup.WithContext(ctx)
	for _, o := range orders {
		g.Go(func() error {
			if err := l.Charge(o); err != nil {
				return pkgerrors.Wrap(err, "charging")
			}
			return nil
		})
	}
	return g.Wait()
}

func okGoroutine(l ledger, o order) error {
	errc := make(chan error, 1)
	go func() {
		if err := l.Charge(o); err != nil {
			errc <- err
			return
		}
		errc <- nil
	}()
	return <-errc
}

func okAtomic(l ledger, o order, last *atomic.Pointer[error]) {
	if err := l.Charge(o); err != nil {
		last.Store(&err)
	}
}

func okMutex(l ledger, orders []order) (err error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, o := range orders {
		wg.Go(func() {
			if e := l.Charge(o); e != nil {
				mu.Lock()
				defer mu.Unlock()
				err = errors.Join(err, e)
			}
		})
	}
	wg.Wait()
	return err
}

func okPipe(body func(io.Writer) error) io.Reader {
	r, w := io.Pipe()
	go func() {
		if err := body(w); err != nil {
			w.CloseWithError(err)
			return
		}
		w.CloseWithError(nil)
	}()
	return r
}

func okCancelCause(ctx context.Context, l ledger, o order) context.Context {
	ctx, cancel := context.WithCancelCause(ctx)
	context.AfterFunc(ctx, func() { cancel(nil) })
	if err := l.Charge(o); err != nil {
		cancel(err)
	}
	return ctx
}

type healthChecker struct {
	mu      sync.Mutex
	problem error
	lg      *zap.Logger
}

func (h *healthChecker) fail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.problem = err
}

func okMethodKeeps(h *healthChecker, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		h.fail(err)
	}
}

// Recorded where nobody can be told: these have no error result, and say it.

func okHandler(l ledger) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		orders, err := l.Orders()
		if err != nil {
			http.Error(w, "no orders", http.StatusBadGateway)
			slog.ErrorContext(r.Context(), "orders", "err", err)
			return
		}
		if err := json.NewEncoder(w).Encode(orders); err != nil {
			slog.WarnContext(r.Context(), "answering", "err", err)
			return
		}
	}
}

func okMain() {
	flag.Parse()
	if err := run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return flag.ErrHelp
	}
	return os.Chdir(args[0])
}

// Told by kind.

func okNoRows(ctx context.Context, db *sql.DB, id string) (o order, found bool, err error) {
	err = db.QueryRowContext(ctx, "SELECT id FROM orders WHERE id = ?", id).Scan(&o.ID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return o, false, nil
	case err != nil:
		return o, false, fmt.Errorf("order %s: %w", id, err)
	}
	return o, true, nil
}

func okWalkSkips(root string) (files []string, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrPermission) {
				return fs.SkipDir
			}
			return err
		}
		files = append(files, path)
		return nil
	})
	return files, err
}

func okTimeout(conn net.Conn, buf []byte) (n int, idle bool, err error) {
	n, err = conn.Read(buf)
	if ne, ok := err.(net.Error); ok && ne.Timeout() {
		return n, true, nil
	}
	return n, false, err
}

func okAsType(l ledger, o order) error {
	err := l.Charge(o)
	if r, ok := errors.AsType[*refusal](err); ok {
		log.Print("refused: ", r.Order.ID)
		return nil
	}
	return err
}

func okCauseSwitch(l ledger, o order) error {
	err := l.Charge(o)
	switch pkgerrors.Cause(err) {
	case nil, errRefused:
		return nil
	}
	return err
}

func okPartialRead(r *bufio.Reader) (header []byte, err error) {
	header, err = r.Peek(4)
	if err != nil && len(header) == 0 {
		return nil, err
	}
	if err == bufio.ErrBufferFull {
		err = nil
	}
	return header, err
}

// Closures.

func okClosureReturns(l ledger, o order) error {
	charge := func() error {
		if err := l.Charge(o); err != nil {
			return fmt.Errorf("charging: %w", err)
		}
		return nil
	}
	return charge()
}

func okClosureAssigns(l ledger, orders []order) error {
	var failed error
	each(orders, func(o order) bool {
		if err := l.Charge(o); err != nil {
			failed = err
			return false
		}
		return true
	})
	return failed
}

func each(orders []order, f func(order) bool) {
	for _, o := range orders {
		if !f(o) {
			return
		}
	}
}

func okIterator(l ledger, orders []order) func(func(order, error) bool) {
	return func(yield func(order, error) bool) {
		for _, o := range orders {
			if err := l.Charge(o); err != nil {
				if !yield(o, err) {
					return
				}
			}
		}
	}
}

func okGenericResult[T any](get func() (T, error)) (v T, err error) {
	if v, err = get(); err != nil {
		return v, fmt.Errorf("getting %T: %w", v, err)
	}
	return v, nil
}

// Two errors, of which one says it all.

func okBoth(a, b func() error) error {
	errA, errB := a(), b()
	if errA != nil || errB != nil {
		return errors.Join(errA, errB)
	}
	return nil
}

func okSecondOnly(stop, kill func() error) error {
	if err := stop(); err != nil {
		if killErr := kill(); killErr != nil {
			return fmt.Errorf("%w, after %v", killErr, err)
		}
		return err
	}
	return nil
}

func okSentinelReturned(stop func() error) error {
	if stop() != nil {
		return errRefused
	}
	return nil
}

// Found, or not.

func okCache(m *sync.Map, get func(string) (order, error), id string) (order, error) {
	if o, ok := m.Load(id); ok {
		return o.(order), nil
	}
	o, err := get(id)
	if err != nil {
		return order{}, fmt.Errorf("order %s: %w", id, err)
	}
	m.Store(id, o)
	return o, nil
}

func okFirstOf(ctx context.Context, gets ...func(context.Context) (order, error)) (o order, err error) {
	for _, get := range gets {
		if o, err = get(ctx); err == nil {
			return o, nil
		}
	}
	return o, err
}

func okStep(steps []func() error) (done int, err error) {
	for i, step := range steps {
		if err := step(); err != nil {
			return i, &stepError{i, err}
		}
	}
	return len(steps), nil
}

type stepError struct {
	step int
	err  error
}

func (e *stepError) Error() string { return fmt.Sprintf("step %d: %v", e.step, e.err) }

func okJSONField(data []byte) (o order, err error) {
	var raw struct{ Order json.RawMessage }
	if err = json.Unmarshal(data, &raw); err == nil {
		err = json.Unmarshal(raw.Order, &o)
	}
	return o, err
}

func okDrain(errc <-chan error) (err error) {
	for e := range errc {
		if e != nil {
			err = errors.Join(err, e)
		}
	}
	return err
}

func okLabel(l ledger, batches [][]order) (err error) {
batches:
	for _, batch := range batches {
		for _, o := range batch {
			if err = l.Charge(o); err != nil {
				break batches
			}
		}
	}
	return err
}

func okGoto(l ledger, o order) error {
	tries := 0
again:
	if err := l.Charge(o); err != nil {
		if tries++; tries < 3 {
			goto again
		}
		return err
	}
	return nil
}

func okSelect(ctx context.Context, errc <-chan error) error {
	select {
	case err := <-errc:
		if err != nil {
			return fmt.Errorf("worker: %w", err)
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func badNilOnly(l ledger, o order) string {
	if l.Charge(o) == nil { // want `^strict: only the success of l.Charge`
		return "paid"
	}
	return "open"
}

func okTerminated(l ledger, o order) {
	if err := l.Charge(o); err != nil {
		log.Panicln("charging:", err)
	}
}

func okMatchThenLog(l ledger, o order) error {
	switch err := l.Charge(o); {
	case errors.Is(err, errRefused):
		log.Print("refused")
		return nil
	default:
		return err
	}
}

func okSharedTail(l ledger, o order) (err error) {
	if o.ID == "" {
		err = l.Refund(o)
	} else {
		err = l.Charge(o)
	}
	if err != nil {
		return fmt.Errorf("order %q: %w", o.ID, err)
	}
	return nil
}

func okExitCode(args []string) int {
	if err := run(args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func okPointerTo(l ledger, o order, failure *error) {
	if err := l.Charge(o); err != nil {
		*failure = err
	}
}

func okAppendedToField(b *batch, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		b.errs = append(b.errs, err)
	}
}

type batch struct{ errs []error }

func okTimeoutOnly(conn net.Conn, buf []byte) (int, error) {
	for {
		n, err := conn.Read(buf)
		if ne, ok := err.(net.Error); ok && ne.Timeout() {
			continue
		}
		return n, err
	}
}

func okNotified(l ledger, o order, notify func(error)) {
	if err := l.Charge(o); err != nil && notify != nil {
		notify(err)
	} else if err != nil {
		log.Print(err)
	}
}

func okChainEnds(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		zlog.Fatal().Err(err).Str("url", url).Msg("fetching")
	}
	return resp.Status
}

func okChainPanics(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		zlog.Panic().Msgf("fetching: %v", err)
	}
	return resp.Status
}

func badChainOnly(url string) string {
	resp, err := http.Get(url)
	if err != nil { // want `^the failure of http.Get \(line \d+\) is only logged, and resp, which is nil then, is used on line \d+`
		zlog.Error().Err(err).Str("url", url).Msg("fetching")
	}
	return resp.Status
}

// Tests put something else in their places.
var (
	exit   = os.Exit
	ignore = func(code int) { log.Print("would exit with ", code) }
)

func giveUp(err error) {
	if err != nil {
		log.Print(err)
		exit(1)
	}
}

func okExitsByVariable(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		giveUp(err)
	}
	return resp.Status
}

func okExitsHere(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		log.Print(err)
		exit(1)
	}
	return resp.Status
}

func badExitsNever(url string) string {
	resp, err := http.Get(url)
	if err != nil { // want `^the failure of http.Get \(line \d+\) is only logged, and resp, which is nil then, is used on line \d+`
		log.Print(err)
		ignore(1)
	}
	return resp.Status
}

// A file that is none says so, whatever it is asked but for its name.
func okCarryOnFile(path string) {
	f, err := os.Open(path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	info, err := f.Stat()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(info.Size())
}

// A request has the cookie or has it not: there is no other failure.
func okCookie(r *http.Request) (id string) {
	c, err := r.Cookie("id")
	if !errors.Is(err, http.ErrNoCookie) {
		id = c.Value
	}
	return id
}

func okGlob(pattern string) (files []string) {
	files, err := filepath.Glob(pattern)
	if errors.Is(err, filepath.ErrBadPattern) {
		log.Print("not a pattern: ", pattern)
	}
	return files
}

func badFormFile(r *http.Request) (name string) {
	_, head, err := r.FormFile("invoice")
	if !errors.Is(err, http.ErrMissingFile) { // want `^one kind of error of r.FormFile \(line \d+\) is handled`
		name = head.Filename
	}
	return name
}

// A local function that tells whether there is an error, and sees to it.
func okTellsAndHandles(w *io.PipeWriter, l ledger, o order) ([]order, error) {
	failed := func(err error) bool {
		if err != nil {
			_ = w.CloseWithError(err)
			return true
		}
		return false
	}
	orders, err := l.Orders()
	if failed(err) {
		return nil, err
	}
	go func() {
		if err := l.Charge(o); failed(err) {
			return
		}
	}()
	return orders, nil
}

func okTells(l ledger) ([]order, error) {
	failed := func(err error) bool { return err != nil }
	orders, err := l.Orders()
	if failed(err) {
		return nil, err
	}
	return orders, nil
}

func badTellsOnly(l ledger, o order) error {
	failed := func(err error) bool { return err != nil }
	if err := l.Charge(o); failed(err) {
		return nil // want `^l.Charge failed \(line \d+\), yet success is returned`
	}
	return nil
}
