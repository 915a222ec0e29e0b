// Package calls shows what is known of calls, where arguments and receivers
// decide.
package calls

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"errvet.test/testdata/known/helper"
	"github.com/spf13/pflag"
)

type counter struct{ n int }

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	return len(p), nil
}

type embedded struct{ hash.Hash }

func printing(w io.Writer, rw http.ResponseWriter, f *os.File, c *counter, h hash.Hash32, e embedded) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "x")            // want "^infallible; harmless; kind print write$"
	fmt.Fprintf(c, "x")             // want "^infallible; kind print write$"
	fmt.Fprintf(h, "x")             // want "^infallible; kind print write$"
	fmt.Fprintf(w, "x")             // want "^kind print write$"
	fmt.Fprintf(os.Stderr, "x")     // want "^harmless; kind print write$"
	fmt.Fprintln(rw, "x")           // want "^harmless; kind print write respond; arg 1 answers$"
	fmt.Fprintln(f, "x")            // want "^kind print write; arg 1 prints$"
	fmt.Println("x")                // want "^harmless; kind print outside; arg 0 prints$"
	io.WriteString(&b, "x")         // want "^infallible; kind write$"
	h.Write(nil)                    // want "^infallible; kind write$"
	e.Write(nil)                    // want "^infallible; kind write$"
	sha256.New().Write(nil)         // want "^infallible; kind write$"
	w.Write(nil)                    // want "^kind write$"
	rw.Write(nil)                   // want "^harmless; kind write respond; arg 0 answers; sentinels net/http.ErrBodyNotAllowed net/http.ErrContentLength$"
	new(strings.Builder).Write(nil) // want "^infallible; kind write$"
	io.Copy(io.Discard, nil)        // want "^harmless"
}

func building(w io.Writer, rw http.ResponseWriter, f *os.File) {
	json.NewEncoder(rw).Encode(1) // want "^harmless; kind write respond$"
	enc := json.NewEncoder(f)
	enc.Encode(1) // want "^kind write persist$"
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	zw.Close() // want "^kind close flush persist outside; sentinels io.ErrShortWrite$"
	bw := bufio.NewWriter(&b)
	bw.WriteString("x") // want "^infallible; harmless; kind write outside$"
	bw.Flush()          // want "^infallible; kind flush persist; sentinels io.ErrShortWrite$"
	fw := bufio.NewWriter(w)
	fw.WriteString("x") // want "^harmless; kind write outside$"
	fw.Flush()          // want "^kind flush persist; sentinels io.ErrShortWrite$"
	cw := csv.NewWriter(f)
	cw.Flush()                                            // want "^kind flush persist$"
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', 0) // want "harmless"
	tw.Flush()                                            // want "^harmless; kind flush persist$"
}

func files(name string, flag int) {
	f, err := os.Open(name)                                                           // want "^kind outside; nil-on-error 0$"
	f.Close()                                                                         // want "^harmless; kind close outside$"
	g, err := os.Create(name)                                                         // want "^kind create outside; nil-on-error 0"
	g.Close()                                                                         // want "^kind close outside$"
	os.OpenFile(name, os.O_RDONLY, 0)                                                 // want "^kind outside; nil-on-error 0"
	os.OpenFile(name, os.O_RDWR, 0)                                                   // want "^kind create outside; nil-on-error 0"
	os.OpenFile(name, flag, 0)                                                        // want "^kind create outside; nil-on-error 0"
	os.Rename(name, "x")                                                              // want "^kind persist"
	os.RemoveAll(name)                                                                // want "^kind remove"
	os.Stat(name)                                                                     // want "^kind probe outside; nil-on-error 0"
	os.Setenv("A", "b")                                                               // want "^infallible; kind teardown"
	os.Setenv("A", "b\x00")                                                           // want "^kind teardown"
	os.Setenv("", "b")                                                                // want "^kind teardown"
	os.Setenv("A=B", "b")                                                             // want "^kind teardown"
	os.Setenv(name, "b")                                                              // want "^kind teardown"
	os.Setenv("A", name)                                                              // want "^kind teardown"
	os.Setenv("A", strconv.Itoa(len(name)))                                           // want "^infallible; kind teardown"
	os.Setenv("A", fmt.Sprintf("%d-%v", len(name), true)+":"+strconv.FormatInt(1, 2)) // want "^infallible; kind teardown"
	os.Setenv("A", fmt.Sprint(time.Second))                                           // want "^kind teardown"
	os.Setenv("A", fmt.Sprint(name))                                                  // want "^kind teardown"
	os.Unsetenv("A")                                                                  // want "^infallible; harmless; kind teardown"
	os.Unsetenv(name)                                                                 // want "^harmless; kind teardown"
	os.Setenv(name, name)                                                             // want "^kind teardown"
	_ = err
}

func parsing(s string) {
	strconv.Atoi("12")              // want "^infallible; kind probe pure verdict$"
	strconv.Atoi(s)                 // want "^kind probe pure verdict$"
	time.ParseDuration("1s")        // want "^infallible; kind probe pure verdict$"
	json.Marshal(struct{ A int }{}) // want "^infallible; kind pure verdict; nil-on-error 0$"
	json.Marshal(1.5)               // want "^kind pure verdict; nil-on-error 0$"
	json.Marshal(any(s))            // want "^kind pure verdict; nil-on-error 0$"
}

const fast = 1

var (
	home    = "http://localhost:2380"
	changed = "http://localhost:2380"
	handed  = "http://localhost:2380"
)

func settled(w io.Writer, body io.Reader, ctx context.Context, level int, s string) {
	gzip.NewWriterLevel(w, fast)                              // want "^infallible; kind verdict; nil-on-error 0$"
	gzip.NewWriterLevel(w, gzip.HuffmanOnly)                  // want "^infallible; kind verdict; nil-on-error 0$"
	gzip.NewWriterLevel(w, 10)                                // want "^kind verdict; nil-on-error 0$"
	gzip.NewWriterLevel(w, level)                             // want "^kind verdict; nil-on-error 0$"
	flate.NewWriter(w, flate.BestSpeed)                       // want "^infallible; kind verdict; nil-on-error 0$"
	http.NewRequest("POST", "/", body)                        // want "^infallible; kind pure verdict; nil-on-error 0$"
	http.NewRequest("POST", s, body)                          // want "^kind pure verdict; nil-on-error 0$"
	http.NewRequestWithContext(ctx, http.MethodGet, "/", nil) // want "^infallible; kind pure verdict; nil-on-error 0$"
	url.Parse(home)                                           // want "^infallible; kind probe pure verdict; nil-on-error 0$"
	url.Parse(changed)                                        // want "^kind probe pure verdict; nil-on-error 0$"
	url.Parse(handed)                                         // want "^kind probe pure verdict; nil-on-error 0$"
	url.Parse(s)                                              // want "^kind probe pure verdict; nil-on-error 0$"
	os.Hostname()                                             // want "^infallible; kind probe outside$"
}

var flags = flag.NewFlagSet("x", flag.ExitOnError)

func commandLines(args []string, set *flag.FlagSet) {
	flags.Parse(args)            // want "^infallible; sentinels flag.ErrHelp$"
	flag.CommandLine.Parse(args) // want "^infallible; sentinels flag.ErrHelp$"
	set.Parse(args)              // want "^sentinels flag.ErrHelp$"
	own := flag.NewFlagSet("x", flag.PanicOnError)
	own.Parse(args) // want "^infallible; sentinels flag.ErrHelp$"
	careful := flag.NewFlagSet("x", flag.ContinueOnError)
	careful.Parse(args) // want "^sentinels flag.ErrHelp$"
	asked := flag.NewFlagSet("x", handling(args))
	asked.Parse(args)             // want "^sentinels flag.ErrHelp$"
	pflag.CommandLine.Parse(args) // want "^infallible; "
	theirs := pflag.NewFlagSet("x", pflag.ExitOnError)
	theirs.Parse(args)                                       // want "^infallible; "
	pflag.NewFlagSet("x", pflag.ContinueOnError).Parse(args) // want "^kind verdict; "
	pflag.NewFlagSet("x", pflag.PanicOnError).Parse(args)    // want "^infallible; "
}

func handling(args []string) flag.ErrorHandling {
	if len(args) > 0 {
		return flag.ExitOnError
	}
	return flag.ContinueOnError
}

func changes(set *flag.FlagSet, s string) {
	changed = s
	set.StringVar(&handed, "home", handed, "address")
}

func random(source io.Reader, buf []byte) {
	ed25519.GenerateKey(nil)           // want "^infallible"
	ed25519.GenerateKey(rand.Reader)   // want "^infallible"
	ed25519.GenerateKey(source)        // want "^nil-on-error 0; nil-on-error 1; sentinels"
	rsa.GenerateKey(rand.Reader, 4096) // want "^infallible"
	rsa.GenerateKey(rand.Reader, 512)  // want "^nil-on-error 0"
	rsa.GenerateKey(source, 4096)      // want "^nil-on-error 0"
	io.ReadFull(rand.Reader, buf)      // want "^infallible"
	io.ReadFull(source, buf)           // want "^sentinels"
}

type payload struct {
	Name string
	Tags []string
}

func (p payload) MarshalText() ([]byte, error) { return nil, errors.New("no") }

func ownMarshaller(p payload) {
	json.Marshal(p) // want "^kind pure verdict; nil-on-error 0$"
}

type record struct {
	Name  string
	Skip  func() `json:"-"`
	cause error
	sync.Mutex
}

type named struct{ id string }

func (n *named) MarshalJSON() ([]byte, error) {
	m := map[string]any{"kind": "named"}
	m["id"] = n.id
	if n.id != "" {
		m["long"] = len(n.id)
	}
	return json.Marshal(m)
}

func encoding(r *record, n *named, fill func(map[string]any), v any) {
	json.Marshal(r)         // want "^infallible; kind pure verdict; nil-on-error 0$"
	json.Marshal(n)         // want "^infallible; kind pure verdict; nil-on-error 0$"
	json.Marshal([]named{}) // want "^infallible; kind pure verdict; nil-on-error 0$"

	filled := map[string]any{}
	fill(filled)
	json.Marshal(filled) // want "^kind pure verdict; nil-on-error 0$"

	open := make(map[string]any)
	open["v"] = v
	json.Marshal(open) // want "^kind pure verdict; nil-on-error 0$"
}

type event struct {
	ID   helper.ID `json:"id"`
	At   time.Time
	From net.IP
	Via  *netip.Addr
	Cost *big.Int
	Size json.Number
}

func encodingTypes(e event, at time.Time, named struct{ helper.Named }, ratio struct{ R float64 }) {
	json.Marshal(e)       // want "^infallible; kind pure verdict; nil-on-error 0$"
	json.Marshal(&at)     // want "^infallible; kind pure verdict; nil-on-error 0$"
	json.Marshal([]any{}) // want "^kind pure verdict; nil-on-error 0$"
	json.Marshal(named)   // want "^kind pure verdict; nil-on-error 0$"
	json.Marshal(ratio)   // want "^kind pure verdict; nil-on-error 0$"
}

func decoded(data []byte, r io.Reader, fill func(any)) {
	var fields map[string]any
	json.Unmarshal(data, &fields) // want "^sentinels|kind"
	fields["size"] = len(data)
	json.Marshal(fields) // want "^infallible; kind pure verdict; nil-on-error 0$"

	var any1 any
	json.NewDecoder(r).Decode(&any1) // want "^sentinels"
	json.Marshal(&any1)              // want "^infallible; kind pure verdict; nil-on-error 0$"

	list := []any{}
	json.Unmarshal(data, &list) // want "kind"
	json.Marshal(list)          // want "^infallible; kind pure verdict; nil-on-error 0$"

	var ratio map[string]any
	json.Unmarshal(data, &ratio) // want "kind"
	ratio["r"] = 1.5
	json.Marshal(ratio) // want "^kind pure verdict; nil-on-error 0$"

	var handed map[string]any
	json.Unmarshal(data, &handed) // want "kind"
	fill(handed)
	json.Marshal(handed) // want "^kind pure verdict; nil-on-error 0$"
}

func errs(err error, target *fs.PathError) {
	fmt.Errorf("a: %w", err)              // want "^fails; kind verdict; arg 1 wraps$"
	fmt.Errorf("a: %v", err)              // want "^fails; kind verdict; arg 1 flattens$"
	fmt.Errorf("%d %[2]w", 1, err)        // want "^fails; kind verdict; arg 1 flattens; arg 2 wraps$"
	errors.Join(err, nil)                 // want "^kind verdict; arg 0 wraps; arg 1 wraps$"
	errors.Is(err, io.EOF)                // want "^arg 0 tests; arg 1 tests; tells 0 true=non-nil$"
	errors.As(err, &target)               // want "^arg 0 tests; tells 0 true=non-nil$"
	os.IsNotExist(err)                    // want "^arg 0 tests; tells 0 true=non-nil$"
	log.Printf("%v", err)                 // want "^kind log; arg 1 logs$"
	log.Print("no error")                 // want "^kind log log-no-error; arg 0 logs$"
	slog.Error("x", "err", err)           // want "^kind log; arg 0 logs; arg 1 logs; arg 2 logs$"
	slog.Error("x", slog.Any("err", err)) // want "^kind log; arg 0 logs; arg 1 logs$"
	slog.Error("x", "key", 1)             // want "^kind log log-no-error; arg 0 logs; arg 1 logs; arg 2 logs$"
	http.Error(nil, err.Error(), 500)     // want "^kind respond refuse; arg 1 answers$"
}

func ends(err error) {
	log.Fatal(err) // want "^noreturn; kind log; arg 0 logs exits$"
	os.Exit(1)     // want "^noreturn$"
}

func outside(ctx context.Context, db *sql.DB, c net.Conn, r *http.Response, req *http.Request) {
	http.DefaultClient.Do(req)    // want "^kind external outside; nil-on-error 0"
	db.ExecContext(ctx, "")       // want "^kind persist external outside; nil-on-error 0"
	tx, _ := db.BeginTx(ctx, nil) // want "^kind external outside; nil-on-error 0"
	tx.Commit()                   // want "^kind commit persist external outside; sentinels context.Canceled database/sql.ErrTxDone"
	tx.Rollback()                 // want "^harmless; kind rollback external outside; sentinels database/sql.ErrTxDone"
	r.Body.Close()                // want "^harmless; kind close$"
	c.SetDeadline(time.Now())     // want "^harmless; kind deadline$"
	c.Close()                     // want "^harmless; kind close$"
	ctx.Err()                     // want "^sentinels context.Canceled context.DeadlineExceeded$"
	time.Sleep(1)                 // want "^kind wait$"
	sort.Slice(nil, nil)          // want "^arg 1 calls$"
	time.AfterFunc(1, nil)        // want "^kind spawn; arg 1 calls-later$"
}

// Logger is the kind of interface that projects put before their library.
type Logger interface {
	Errorf(format string, args ...any)
}

type request struct{ Logger Logger }

func own(r request, err error) {
	r.Logger.Errorf("x: %v", err) // want "^kind log; arg 0 logs; arg 1 logs$"
}
