// Package nilonfail holds functions that tell a failure by nil (bad…) and, at
// least twice as often, functions whose nil is no failure, or not the only word
// about it (ok…).
package nilonfail

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"
)

type member struct {
	ID   uint64
	Peer *url.URL
}

type backend interface {
	Get(key string) (*member, error)
	List() ([]*member, error)
	Delete(key string) error
	Watch(ctx context.Context) (<-chan *member, error)
}

// nil from a function without an error result, which a caller takes for a result.

func badTrips(b backend, key string) *member {
	m, err := b.Get(key)
	if err != nil {
		return nil // want `^b.Get failed \(line \d+\), and nil is all that callers get, one of whom \(nilonfail.go:\d+\) uses it without a nil test`
	}
	return m
}

func host(b backend, key string) string {
	m := badTrips(b, key)
	return m.Peer.Host
}

func badTripsAtOnce(addr string) net.Conn {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil // want `^net.Dial failed \(line \d+\), and nil is all that callers get, one of whom`
	}
	return conn
}

func greet(addr string) error {
	_, err := badTripsAtOnce(addr).Write([]byte("hello"))
	return err
}

// This caller asks; that is how nil is meant.
func badAsked(b backend, key string) *member {
	m, err := b.Get(key)
	if err != nil {
		return nil // want `^strict: b.Get failed \(line \d+\), and nil is all that callers get`
	}
	return m
}

func hostOf(b backend, key string) string {
	m := badAsked(b, key)
	if m == nil {
		return "localhost"
	}
	return m.Peer.Host
}

// A method of a pointer may be made for nil.
func badMethod(b backend, key string) *member {
	m, err := b.Get(key)
	if err != nil {
		return nil // want `^strict: b.Get failed \(line \d+\), and nil is all that callers get`
	}
	return m
}

func (m *member) host() string {
	if m == nil {
		return "localhost"
	}
	return m.Peer.Host
}

func hostByMethod(b backend, key string) string { return badMethod(b, key).host() }

// nil from a function without an error result of which nobody here says that it is taken for one.

func badPointer(b backend, key string) *member {
	m, err := b.Get(key)
	if err != nil {
		return nil // want `^strict: b.Get failed \(line \d+\), and nil is all that callers get: give the function an error result`
	}
	return m
}

// Fails by nothing that happens outside: whoever calls it knows whether it can.
func badInside(list []string) *member {
	m, err := pick(list)
	if err != nil {
		return nil // want `^strict: pick failed \(line \d+\), and nil is all that callers get`
	}
	return m
}

func pick(list []string) (*member, error) {
	if len(list) == 0 {
		return nil, errors.New("nothing to pick")
	}
	return &member{ID: uint64(len(list))}, nil
}

// A message made of plain things is never beyond JSON.
type message struct {
	Kind string
	Args map[string]any
	sent time.Time
}

func (m *message) MarshalJSON() ([]byte, error) {
	fields := make(map[string]any)
	fields["kind"] = m.Kind
	fields["args"] = len(m.Args)
	return json.Marshal(fields)
}

func okEncodes(m *message) []byte {
	data, err := json.Marshal(m)
	if err != nil {
		return nil
	}
	return data
}

func okEncodesMap(id string, peers []string) []byte {
	data, err := json.Marshal(map[string][]string{id: peers})
	if err != nil {
		return nil
	}
	return data
}

func badMap(r io.Reader) map[string]string {
	labels := make(map[string]string)
	if err := json.NewDecoder(r).Decode(&labels); err != nil {
		return nil // want `^strict: json.NewDecoder\(\).Decode failed \(line \d+\), and nil is all that callers get`
	}
	return labels
}

func badInterface(addr string) io.Reader {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil // want `^strict: net.Dial failed \(line \d+\), and nil is all that callers get`
	}
	return conn
}

func badChannel(ctx context.Context, b backend) <-chan *member {
	c, err := b.Watch(ctx)
	if err != nil {
		return nil // want `^strict: b.Watch failed \(line \d+\), and nil is all that callers get`
	}
	return c
}

// The bool tells at least that there is none.
func badWithOk(b backend, key string) (*member, bool) {
	m, err := b.Get(key)
	if err != nil {
		return nil, false // want `^strict: b.Get failed \(line \d+\), and a zero value is all that callers get`
	}
	return m, true
}

type server struct {
	b  backend
	lg *zap.Logger
}

func (s *server) badMethod(key string) *member {
	if m, err := s.b.Get(key); err != nil {
		return nil // want `^strict: b.Get failed \(line \d+\), and nil is all that callers get`
	} else {
		return m
	}
}

func badInSwitch(b backend, key string) *member {
	switch m, err := b.Get(key); {
	case err != nil:
		return nil // want `^strict: b.Get failed \(line \d+\), and nil is all that callers get`
	default:
		return m
	}
}

func badTodo(b backend, key string) *member {
	m, err := b.Get(key)
	if err != nil {
		// TODO: give it an error result
		return nil // want `^strict: b.Get failed \(line \d+\), and nil is all that callers get`
	}
	return m
}

func badGeneric[T any](data []byte) *T {
	v := new(T)
	if err := json.Unmarshal(data, v); err != nil {
		return nil // want `^strict: json.Unmarshal failed \(line \d+\), and nil is all that callers get`
	}
	return v
}

func badClosure(b backend) func(string) *member {
	return func(key string) *member {
		m, err := b.Get(key)
		if err != nil {
			return nil // want `^strict: b.Get failed \(line \d+\), and nil is all that callers get`
		}
		return m
	}
}

func badFlag(b backend, key string) *member {
	m, err := b.Get(key)
	ok := err == nil
	if !ok {
		return nil // want `^strict: b.Get failed \(line \d+\), and nil is all that callers get`
	}
	return m
}

// nil, nil.

func badNilNil(b backend, key string) (*member, error) {
	m, err := b.Get(key)
	if err != nil {
		return nil, nil // want `^strict: b.Get failed \(line \d+\), yet nil, nil is returned: callers cannot tell`
	}
	return m, nil
}

func badNilNilSlice(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, nil // want `^strict: io.ReadAll failed \(line \d+\), yet nil, nil is returned`
	}
	return bytes.TrimSpace(data), nil
}

func badNilNilInLoop(b backend, keys []string) ([]*member, error) {
	var list []*member
	for _, key := range keys {
		m, err := b.Get(key)
		if err != nil {
			return nil, nil // want `^strict: b.Get failed \(line \d+\), yet nil, nil is returned`
		}
		list = append(list, m)
	}
	return list, nil
}

// Probes answer by failing; zero values may be what callers expect.

func badProbePointer(raw string) *url.URL {
	u, err := url.Parse(raw)
	if err != nil {
		return nil // want `^strict: url.Parse failed \(line \d+\), and nil is all that callers get`
	}
	return u
}

func badProbeNilNil(path string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil // want `^strict: os.Stat failed \(line \d+\), yet nil, nil is returned`
	}
	return info, nil
}

func badZeroInt(r io.Reader) int {
	data, err := io.ReadAll(r)
	if err != nil {
		return 0 // want `^strict: io.ReadAll failed \(line \d+\), and a zero value is all that callers get`
	}
	return len(data)
}

func badZeroString(r io.Reader) string {
	data, err := io.ReadAll(r)
	if err != nil {
		return "" // want `^strict: io.ReadAll failed \(line \d+\), and a zero value is all that callers get`
	}
	return string(data)
}

func badZeroBool(b backend, key string) bool {
	if err := b.Delete(key); err != nil {
		return false // want `^strict: b.Delete failed \(line \d+\), and a zero value is all that callers get`
	}
	return true
}

func badZeroStruct(b backend, key string) member {
	m, err := b.Get(key)
	if err != nil {
		return member{} // want `^strict: b.Get failed \(line \d+\), and a zero value is all that callers get`
	}
	return *m
}

// The strict tier takes offence at every nil, nil.

func badNoOption(raw string) (*url.URL, error) {
	if raw == "" {
		return nil, nil // want `^strict: nil, nil is returned: callers cannot tell an absent result from a failure`
	}
	return url.Parse(raw)
}

func badNoRows(db *sql.DB, id int) (*member, error) {
	m := new(member)
	switch err := db.QueryRow("SELECT id FROM members WHERE id = ?", id).Scan(&m.ID); {
	case err == sql.ErrNoRows:
		return nil, nil // want `^strict: nil, nil is returned`
	case err != nil:
		return nil, err
	}
	return m, nil
}

// The caller that takes the result for granted never hands in nil.

func badEmptyIn(m *member) (*url.URL, error) {
	if m == nil {
		return nil, nil // want `^strict: nil, nil is returned`
	}
	return url.Parse("//" + m.Peer.Host)
}

func okHandsIn(s *server, m member, old *member) (string, error) {
	u, err := badEmptyIn(&m)
	if err != nil {
		return "", err
	}
	last, err := badEmptyIn(old)
	if err != nil || last == nil {
		return u.Host, err
	}
	return last.Host, nil
}

// A caller takes the result for granted.

func (s *server) badLeader() (*member, error) {
	members, err := s.b.List()
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.ID == 1 {
			return m, nil
		}
	}
	return nil, nil // want `^strict: nil, nil is returned, and a caller \(nilonfail\.go:\d+\) uses the result without a nil test`
}

func (s *server) okLeaderID() (uint64, error) {
	m, err := s.badLeader()
	if err != nil {
		return 0, err
	}
	return m.ID, nil
}

// Silent.

func (s *server) okKnown(key string) (*member, bool, error) {
	m, err := s.b.Get(key)
	if errors.Is(err, errMissing) {
		return nil, false, nil
	}
	return m, err == nil, err
}

func okSentinel(b backend, key string) (*member, error) {
	m, err := b.Get(key)
	if errors.Is(err, errMissing) {
		return nil, errMissing
	}
	return m, err
}

var errMissing = errors.New("missing")

func okError(b backend, key string) (*member, error) {
	m, err := b.Get(key)
	if err != nil {
		return nil, fmt.Errorf("member %s: %w", key, err)
	}
	return m, nil
}

func okPlainError(b backend, key string) (*member, error) {
	m, err := b.Get(key)
	if err != nil {
		return nil, err
	}
	return m, nil
}

func okTuple(b backend, key string) (*member, error) { return b.Get(key) }

func okLookup(members map[string]*member, key string) *member {
	m, ok := members[key]
	if !ok {
		return nil
	}
	return m
}

func okDisabled(s *server) *zap.Logger {
	if s == nil {
		return nil
	}
	return s.lg
}

func okLogged(b backend, key string) *member {
	m, err := b.Get(key)
	if err != nil {
		log.Printf("member %s: %v", key, err)
		return nil
	}
	return m
}

func okLoggedStructured(s *server, key string) *member {
	m, err := s.b.Get(key)
	if err != nil {
		s.lg.Warn("no such member", zap.String("key", key), zap.Error(err))
		return nil
	}
	return m
}

func okLoggedHelper(s *server) []*member {
	members, err := s.b.List()
	if err != nil {
		s.complain("list", err)
		return nil
	}
	return members
}

func (s *server) complain(what string, err error) {
	s.lg.Error(what, zap.Error(err))
}

func okSlog(ctx context.Context, b backend) []*member {
	members, err := b.List()
	if err != nil {
		slog.ErrorContext(ctx, "listing members", "err", err)
		return nil
	}
	return members
}

func okAnswered(w http.ResponseWriter, r *http.Request) map[string]string {
	var v map[string]string
	if err := json.NewDecoder(r.Body).Decode(&v); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return nil
	}
	return v
}

func okFailsTheTest(t interface{ Fatal(...any) }, data []byte) map[string]string {
	var v map[string]string
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
		return nil
	}
	return v
}

func okPanics(pattern string) *regexp.Regexp {
	re, err := regexp.Compile(pattern)
	if err != nil {
		panic(err)
	}
	return re
}

func okMustName(pattern string) *template {
	t, err := parse(pattern)
	if err != nil {
		log.Fatalf("template %q: %v", pattern, err)
	}
	return t
}

type template struct{ text string }

func parse(text string) (*template, error) {
	if strings.Count(text, "{{") != strings.Count(text, "}}") {
		return nil, errors.New("unbalanced braces")
	}
	return &template{text}, nil
}

func okKeptInReceiver(s *scanner, r io.Reader) []byte {
	data, err := io.ReadAll(r)
	if err != nil {
		s.err = err
		return nil
	}
	return data
}

type scanner struct{ err error }

func okSent(b backend, errs chan<- error) []*member {
	members, err := b.List()
	if err != nil {
		errs <- err
		return nil
	}
	return members
}

func okOutParameter(b backend, failure *error) []*member {
	members, err := b.List()
	if err != nil {
		*failure = err
		return nil
	}
	return members
}

func okReported(b backend, report func(error)) []*member {
	members, err := b.List()
	if err != nil {
		report(err)
		return nil
	}
	return members
}

func okSecondTry(primary, secondary backend, key string) (*member, error) {
	m, err := primary.Get(key)
	if err != nil {
		return secondary.Get(key)
	}
	return m, nil
}

func okResultInside(b backend, key string) *answer {
	m, err := b.Get(key)
	if err != nil {
		return &answer{Err: err}
	}
	return &answer{Member: m}
}

type answer struct {
	Member *member
	Err    error
}

func okErrorAsPointer(b backend, key string) *failure {
	if err := b.Delete(key); err != nil {
		return &failure{err}
	}
	return nil
}

type failure struct{ cause error }

func (f *failure) Error() string { return f.cause.Error() }

func okErrorOnly(b backend, key string) error {
	return b.Delete(key)
}

func okNilError(b backend, key string) error {
	if err := b.Delete(key); err != nil {
		return err
	}
	return nil
}

// The nil is the command: a server that answers EOF is left.
func okNextState(r io.Reader) stateFn {
	var b [1]byte
	if _, err := r.Read(b[:]); err == io.EOF {
		return nil
	}
	return okNextState
}

type stateFn func(io.Reader) stateFn

func okDecodeAll(data []byte) (blocks []*pem.Block) {
	for {
		var b *pem.Block
		b, data = pem.Decode(data)
		if b == nil {
			return blocks
		}
		blocks = append(blocks, b)
	}
}

func okReason(b backend, key string) *member {
	m, err := b.Get(key)
	if err != nil {
		return nil // a member that is gone has no address // want `^silenced\(comment\)`
	}
	return m
}

func okReasonAbove(b backend, key string) (*member, error) {
	m, err := b.Get(key)
	if err != nil {
		// The only failure there is says that the key is free.
		return nil, nil // want `^silenced\(comment\)`
	}
	return m, nil
}

func okDirective(b backend, key string) *member {
	m, err := b.Get(key) //errvet:ignore nilonfail callers treat it as absent
	if err != nil {
		return nil // want `^silenced\(ignore\)`
	}
	return m
}

func okNolint(b backend, key string) (*member, error) {
	m, err := b.Get(key)
	if err != nil {
		return nil, nil //nolint:nilnil,nilerr // want `^silenced\(nolint\)`
	}
	return m, nil
}

func okWarmBestEffort(b backend) []*member {
	members, err := b.List()
	if err != nil {
		return nil // want `^silenced\(best-effort\)`
	}
	return members
}

// Values without an error behind them.

func okParseTextual(s string) *time.Duration {
	if s == "" {
		return nil
	}
	d := time.Minute
	return &d
}

func okContextDone(ctx context.Context, c <-chan *member) *member {
	select {
	case m := <-c:
		return m
	case <-ctx.Done():
		return nil
	}
}

func okTypeAssertion(v any) *member {
	m, ok := v.(*member)
	if !ok {
		return nil
	}
	return m
}

func okEmptyList(b backend) ([]*member, error) {
	members, err := b.List()
	if err != nil || len(members) == 0 {
		return nil, err
	}
	return members, nil
}

func okNamed(b backend, key string) (m *member, err error) {
	if m, err = b.Get(key); err != nil {
		return nil, err
	}
	return
}

func okNaked(b backend, key string) (m *member, err error) {
	m, err = b.Get(key)
	if err != nil {
		return
	}
	return m, nil
}

func okDeferredError(b backend, key string) (m *member, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("member %q: %w", key, err)
		}
	}()
	if m, err = b.Get(key); err != nil {
		return nil, err
	}
	return m, nil
}

func okOnce(b backend) []*member {
	var once sync.Once
	var members []*member
	var err error
	once.Do(func() { members, err = b.List() })
	if err != nil {
		panic(err)
	}
	return members
}

func okHandle(dir string) (*os.File, error) {
	f, err := os.Open(filepath.Join(dir, "LOCK"))
	if err != nil {
		return nil, &fs.PathError{Op: "lock", Path: dir, Err: err}
	}
	return f, nil
}

func okNumbers(fields []string) ([]int, error) {
	var numbers []int
	for _, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil {
			return nil, errors.New("not a number: " + f)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// The error value itself is what is missing, which is no failure of a call.
func okRememberedError(s *scanner) *member {
	if s.err != nil {
		return nil
	}
	return new(member)
}

func okParameter(err error) *member {
	if err != nil {
		return nil
	}
	return new(member)
}

func okAccepting(l net.Listener, serve func(net.Conn)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go serve(conn)
	}
}

func okTwoResults(b backend, key string) (m *member, cancel func(), err error) {
	if m, err = b.Get(key); err != nil {
		return nil, nil, err
	}
	return m, func() {}, nil
}

func okTold(b backend, key string) (*member, string) {
	m, err := b.Get(key)
	if err != nil {
		return nil, err.Error()
	}
	return m, ""
}

func okToldAsError(b backend, key string) (*member, *failure) {
	m, err := b.Get(key)
	if err != nil {
		return nil, &failure{err}
	}
	return m, nil
}

// The only caller asks.

func (s *server) lookup(key string) (*member, error) {
	if key == "" {
		return nil, errMissing
	}
	return s.b.Get(key)
}

func okAsks(s *server) string {
	m, err := s.lookup("a")
	if err != nil || m == nil {
		return "nobody"
	}
	return m.Peer.Host
}

func okEmptyMap(labels map[string]string) map[string]string {
	if len(labels) == 0 {
		return nil
	}
	return labels
}

func okStopped(stop <-chan struct{}, c <-chan *member) (m *member, ok bool) {
	select {
	case m, ok = <-c:
		return m, ok
	case <-stop:
		return nil, false
	}
}

func okWrapsNil(b backend, key string) (*member, error) {
	m, err := b.Get(key)
	switch {
	case err == nil:
		return m, nil
	case errors.Is(err, errMissing):
		return nil, fmt.Errorf("member %q: %w", key, err)
	}
	return nil, err
}

func okGenericError[T any](data []byte) (*T, error) {
	v := new(T)
	if err := json.Unmarshal(data, v); err != nil {
		return nil, fmt.Errorf("decoding a %T: %w", v, err)
	}
	return v, nil
}

func okAbsent(b backend, key string) (m *member, found bool, err error) {
	m, err = b.Get(key)
	if errors.Is(err, errMissing) {
		return nil, false, nil
	}
	return m, err == nil, err
}

func okHeld(mu *sync.Mutex, held map[string]*member, key string) *member {
	mu.Lock()
	defer mu.Unlock()
	if m := held[key]; m != nil {
		return m
	}
	return nil
}
