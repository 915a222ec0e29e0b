// Package dropped holds calls whose error nobody takes (bad…) and, at least
// twice as often, calls that look alike and need not be looked at (ok…).
package dropped

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/maphash"
	"io"
	"io/fs"
	"log"
	"math/rand"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"go.uber.org/zap"
)

// A proposer is a raft node as its callers see it.
type proposer interface {
	Propose(ctx context.Context, data []byte) error
	Campaign(ctx context.Context) error
	Bootstrap(peers []string) error
	Join(peers []string) error
	Snapshot() ([]byte, error)
	Compact() (int64, error)
}

type walker interface {
	Walk(ctx context.Context, root string, visit func(path string) error) error
}

// Calls that stand alone.

// That the closure never fails says nothing of the walker.
func badScanInPlace(w walker, root string, found chan<- string) {
	w.Walk(context.TODO(), root, func(path string) error { // want `^w.Walk can fail`
		found <- path
		return nil
	})
}

func badProposal(ctx context.Context, n proposer, data []byte) {
	n.Propose(ctx, data) // want `^n.Propose can fail, and nobody takes its error`
}

// What stands behind an interface may fail only over its arguments. A context would say that it takes its time.
func badBootstrap(n proposer, peers []string) proposer {
	n.Join(peers) // want `^strict: n.Join can fail`
	return n
}

func visitor(found chan<- string) func(string) error {
	return func(path string) error {
		found <- path
		return nil
	}
}

func badScan(w walker, root string) <-chan string {
	found := make(chan string)
	go func() {
		defer close(found)
		w.Walk(context.TODO(), root, visitor(found)) // want `^w.Walk can fail`
	}()
	return found
}

func badExec(db *sql.DB, id int64) {
	db.Exec("DELETE FROM leases WHERE id = ?", id) // want `^db.Exec can fail`
}

func badResultUnused(n proposer) {
	n.Compact() // want `^strict: n.Compact can fail`
}

func badDecode(r io.Reader) map[string]string {
	var labels map[string]string
	json.NewDecoder(r).Decode(&labels) // want `^json.NewDecoder\(\).Decode can fail`
	return labels
}

func badUnmarshal(data []byte) (cfg struct{ Peers []string }) {
	json.Unmarshal(data, &cfg) // want `^json.Unmarshal can fail`
	return cfg
}

func badMakeDirectory(dir string) (*os.File, error) {
	os.MkdirAll(dir, 0o755) // want `^strict: os.MkdirAll can fail`
	return os.Create("LOCK")
}

// If there is no directory, the next call says so, if not why.
func badMakeWay(dir string) (*os.File, error) {
	os.MkdirAll(dir, 0o755) // want `^strict: os.MkdirAll can fail`
	return os.Create(filepath.Join(dir, "LOCK"))
}

func badInExpressionOfFunctions(hooks []func() error) {
	for _, hook := range hooks {
		hook() // want `^strict: hook can fail`
	}
}

func badReadFull(r *os.File) []byte {
	var header [8]byte
	io.ReadFull(r, header[:]) // want `^strict: io.ReadFull can fail`
	return header[:]
}

func badCopyToNetwork(conn net.Conn, body io.Reader) error {
	io.CopyN(conn, body, 512) // want `^io.CopyN can fail`
	return nil
}

// fmt's printers lose data where what they print to is no terminal.
func badPrintToConnection(conn net.Conn, line string) error {
	_, err := conn.Write([]byte("BEGIN\n"))
	if err != nil {
		return err
	}
	binary.Write(conn, binary.BigEndian, int64(len(line))) // want `^binary.Write can fail`
	return nil
}

func badOnlyInOneBranch(n proposer, ctx context.Context, leader bool) error {
	if !leader {
		return n.Campaign(ctx)
	}
	n.Campaign(ctx) // want `^n.Campaign can fail`
	return nil
}

// The condition asks about an older error, not about that of the call. Where the older one is nil for certain, wrongerr
// says so instead.
func badStaleCondition(err error, dial func(string) error) error {
	if dial("leader"); err != nil { // want `^dial can fail`
		return err
	}
	return nil
}

func badSwitchInit(apply func(string) error, kind string) string {
	switch apply(kind); kind { // want `^apply can fail`
	case "put":
		return "stored"
	}
	return "ignored"
}

func badSelect(ctx context.Context, apply func([]byte) error, requests <-chan []byte) {
	for {
		select {
		case <-ctx.Done():
			return
		case data := <-requests:
			apply(data) // want `^strict: apply can fail`
		}
	}
}

func badGoto(ctx context.Context, elect func(context.Context) error, retries int) {
again:
	elect(ctx) // want `^elect can fail`
	if retries--; retries > 0 {
		goto again
	}
}

func badInClosure(w walker) func() {
	return func() {
		w.Walk(context.TODO(), "/", nil) // want `^w.Walk can fail`
	}
}

var badAtStart = func() int {
	os.Chtimes("started", time.Now(), time.Now()) // want `^os.Chtimes can fail`
	return 1
}()

// A call that a helper makes for its caller.

func persist(path string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("persisting %s: %w", path, err)
	}
	return os.WriteFile(path, data, 0o644)
}

func badHelper(path string, v any) {
	persist(path, v) // want `^persist can fail`
}

type errTooLong struct{ n int }

func (e *errTooLong) Error() string { return fmt.Sprintf("%d bytes are too long", e.n) }

func validate(name string) *errTooLong {
	if len(name) > 63 {
		return &errTooLong{len(name)}
	}
	return nil
}

// Silent: what cannot fail, or whose failure is no loss.

func okBuffers(names []string) string {
	var b strings.Builder
	var raw bytes.Buffer
	for _, name := range names {
		b.WriteString(name)
		raw.WriteByte(',')
		fmt.Fprintf(&raw, "%q", name)
	}
	b.Write(raw.Bytes())
	return b.String()
}

func okHashes(parts ...[]byte) (sum []byte, check uint32) {
	h, c := sha256.New(), crc32.NewIEEE()
	for _, p := range parts {
		h.Write(p)
		c.Write(p)
		io.WriteString(h, "|")
	}
	return h.Sum(nil), c.Sum32()
}

func okMapHash(s string) uint64 {
	var h maphash.Hash
	h.WriteString(s)
	return h.Sum64()
}

func okRandom(id []byte) {
	rand.New(rand.NewSource(1)).Read(id)
}

func okTerminal(n int) {
	fmt.Println("compacted", n, "revisions")
	fmt.Fprintf(os.Stderr, "compacted %d revisions\n", n)
	fmt.Fprintln(os.Stdout)
}

func okTable(rows [][2]string) {
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintf(w, "%s\t%s\n", row[0], row[1])
	}
	w.Flush()
}

func okSticky(w io.Writer, lines []string) error {
	out := bufio.NewWriter(w)
	for _, line := range lines {
		out.WriteString(line)
		out.WriteByte('\n')
		fmt.Fprintln(out, len(line))
	}
	return out.Flush()
}

func okResponse(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	w.Write([]byte("ok\n"))
	fmt.Fprintf(w, "%s\n", r.URL.Path)
	io.WriteString(w, "bye\n")
}

func okResponseJSON(w http.ResponseWriter, _ *http.Request) {
	json.NewEncoder(w).Encode(map[string]string{"health": "true"})
}

func okDeadline(conn net.Conn) {
	conn.SetDeadline(time.Now().Add(time.Second))
}

func okReadSideClose(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func okBody(client *http.Client, url string) (int, error) {
	resp, err := client.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, nil
}

func okRollback(db *sql.DB, stmt string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(stmt); err != nil {
		return err
	}
	return tx.Commit()
}

func okScratch(build func(dir string) error) error {
	dir, err := os.MkdirTemp("", "build")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return build(dir)
}

func okCleanUpOnFailure(ctx context.Context, n proposer, path string) error {
	if err := n.Campaign(ctx); err != nil {
		os.Truncate(path, 0)
		n.Bootstrap(nil)
		return err
	}
	return nil
}

func okCleanUpInBranch(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		os.Remove(path)
		return err
	}
	return f.Close()
}

func okTaken(ctx context.Context, n proposer) error {
	if err := n.Propose(ctx, nil); err != nil {
		return fmt.Errorf("proposing: %w", err)
	}
	return n.Campaign(ctx)
}

func okPassedOn(ctx context.Context, n proposer, errc chan<- error) {
	errc <- n.Propose(ctx, nil)
	report(n.Campaign(ctx))
}

func report(err error) {
	if err != nil {
		log.Print(err)
	}
}

func okJoined(hooks []func() error) error {
	var errs []error
	for _, hook := range hooks {
		errs = append(errs, hook())
	}
	return errors.Join(errs...)
}

func okStored(n proposer, last *atomicError) {
	last.Store(n.Bootstrap(nil))
}

type atomicError struct {
	mu  sync.Mutex
	err error
}

func (a *atomicError) Store(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.err = err
}

func okLogger(lg *zap.Logger) {
	defer lg.Sync()
	lg.Info("starting")
}

func okEnvironment(dir string) {
	os.Setenv("TMPDIR", dir)
	defer os.Unsetenv("TMPDIR")
}

// A pointer to a concrete type is no error: nobody promised to say so.
func okConcretePointer(name string) {
	validate(name)
}

// What always answers nil cannot be lost, here or in another package.

type memoryStore map[string][]byte

func (m memoryStore) Put(key string, value []byte) error {
	m[key] = value
	return nil
}

func okInfallibleMethod(m memoryStore) {
	m.Put("a", nil)
	defer m.Put("b", nil)
}

// A growing buffer with the methods of a file.
type growing struct{ bytes.Buffer }

func okEmbedded(g *growing) {
	g.WriteString("kept in memory")
	fmt.Fprint(g, "too")
}

//errvet:infallible
func (s *registry) register(name string) error {
	return s.add(name)
}

type registry struct{ add func(string) error }

func okContract(s *registry) {
	s.register("scheduler")
}

func okSpawned(ctx context.Context, n proposer) {
	go n.Campaign(ctx)
}

// Kill and Signal fail if the process has gone, which is what is wanted.
func okKill(p *os.Process) {
	p.Kill()
}

func okMust(ctx context.Context, n proposer) {
	check(n.Campaign(ctx))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func okSpawnedClosure(ctx context.Context, n proposer, errs chan<- error) {
	go func() { errs <- n.Campaign(ctx) }()
}

// cmd/go: the way is made for the removal of the folder.
func badMakesWay(dir string) error {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			os.Chmod(path, 0o700) // want `^strict: os.Chmod can fail`
		}
		return nil
	})
	return os.RemoveAll(dir)
}

// Nothing is done with the folder behind it.
func badMakesNoWay(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			os.Chmod(path, 0o600) // want `^os.Chmod can fail`
		}
		return err
	})
}

func okMakesWay(dir string) error {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		return errors.Join(err, os.Chmod(path, 0o700))
	})
	return errors.Join(err, os.RemoveAll(dir))
}

func okMakesWayByHand(dir string) error {
	if err := os.Chmod(dir, 0o700); err != nil {
		return err
	}
	return os.RemoveAll(dir)
}

func okRemovesAtOnce(dir string) error { return os.RemoveAll(dir) }

func okWalksOnly(dir string, see func(string)) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		see(path)
		return err
	})
}

// leaveMark is used by integration_test to complete unit tests.
func badForIntegration(name string) {
	os.WriteFile(name, []byte("here"), 0o600) // want `^strict: os.WriteFile can fail`
}

func okMakesFolder(dir string) error { return os.Mkdir(dir, 0o700) }

func okMakesWayAndLogs(dir string) error {
	if err := os.Chmod(dir, 0o700); err != nil {
		log.Printf("cannot open %s: %v", dir, err)
	}
	return os.RemoveAll(dir)
}

// What cannot be written to a log, or a trace, nobody can be told by it.
func badStrictLogLine(logFile *os.File, text string) error {
	fmt.Fprintf(logFile, "begin %s\n", text) // want `^strict: fmt.Fprintf can fail`
	_, err := logFile.Stat()
	return err
}

func badStrictTrace(text string) error {
	traceFile, err := os.Create("trace")
	if err != nil {
		return err
	}
	traceFile.WriteString(text) // want `^strict: traceFile.WriteString can fail`
	return traceFile.Close()
}

func badCatalog(catalog *os.File, text string) error {
	fmt.Fprintf(catalog, "begin %s\n", text) // want `^fmt.Fprintf can fail`
	return catalog.Close()
}

func okLogLineTaken(logFile *os.File, text string) error {
	_, err := fmt.Fprintf(logFile, "begin %s\n", text)
	return err
}

func okLogLineReturned(logFile *os.File, text string) error {
	if _, err := logFile.WriteString(text); err != nil {
		return err
	}
	return logFile.Close()
}

func okTraceBuffer(trace *bytes.Buffer, text string) { fmt.Fprintf(trace, "begin %s\n", text) }

func okLogInMemory(log *strings.Builder, text string) { log.WriteString(text) }

func okTraceHandedOn(trace *os.File, write func(*os.File) error) error { return write(trace) }

func okLogRotates(logFile *os.File) error { return os.Rename(logFile.Name(), logFile.Name()+".1") }
