package lostclose

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// Ways of writing that one meets in well-kept repositories.

func okRenameInto(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(data); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

func okCloseFirst(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	n, err := f.Write(data)
	if err == nil && n < len(data) {
		err = io.ErrShortWrite
	}
	if err1 := f.Close(); err == nil {
		err = err1
	}
	return err
}

func okSwitch(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, werr := f.Write(data)
	cerr := f.Close()
	switch {
	case werr != nil:
		return werr
	case cerr != nil:
		return cerr
	}
	return nil
}

func okJoinBoth(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func okInnermost(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		return errors.Join(err, f.Close(), os.Remove(name))
	}
	return f.Close()
}

func okFunctionLiteral(names []string, data []byte) error {
	for _, name := range names {
		err := func() (err error) {
			f, err := os.Create(name)
			if err != nil {
				return err
			}
			defer func() {
				if e := f.Close(); e != nil && err == nil {
					err = fmt.Errorf("close: %w", e)
				}
			}()
			_, err = f.Write(data)
			return err
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

func okPipeline(r io.Reader) io.Reader {
	pr, pw := io.Pipe()
	go func() {
		gz := gzip.NewWriter(pw)
		_, err := io.Copy(gz, r)
		if cerr := gz.Close(); err == nil {
			err = cerr
		}
		pw.CloseWithError(err)
	}()
	return pr
}

func okTarStream(w *io.PipeWriter, name string, data []byte) {
	tw := tar.NewWriter(w)
	if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(data))}); err != nil {
		w.CloseWithError(err)
		return
	}
	if _, err := tw.Write(data); err != nil {
		w.CloseWithError(err)
		return
	}
	w.CloseWithError(tw.Close())
}

func okLockFile(name string) (unlock func() error, err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	return f.Close, nil
}

func okPidFile(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(strconv.Itoa(os.Getpid()))
	if err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

func okHashed(r io.Reader) (string, error) {
	h := sha256.New()
	out := bufio.NewWriter(h)
	if _, err := io.Copy(out, r); err != nil {
		return "", err
	}
	out.Flush()
	return hex.EncodeToString(h.Sum(nil)), nil
}

func okRendered(v any) string {
	b := &bytes.Buffer{}
	out := bufio.NewWriter(b)
	fmt.Fprint(out, v)
	out.Flush()
	return b.String()
}

func okDiscarded(r io.Reader) (int64, error) {
	out := bufio.NewWriter(io.Discard)
	n, err := io.Copy(out, r)
	out.Flush()
	return n, err
}

func okLineProtocol(conn net.Conn, send <-chan string) {
	out := bufio.NewWriter(conn)
	for line := range send {
		out.WriteString(line)
		out.Flush()
	}
	conn.Close()
}

func okReadWriter(rw *bufio.ReadWriter, conn io.Closer) error {
	defer conn.Close()
	if _, err := rw.WriteString("quit\r\n"); err != nil {
		return err
	}
	return rw.Flush()
}

func okDialled(ctx context.Context, addr string, msg []byte) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	_, err = conn.Write(msg)
	return err
}

func okUpload(url, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	resp, err := http.Post(url, "application/octet-stream", f)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func okGzipped(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		gz := gzip.NewWriter(w)
		defer gz.Close()
		fmt.Fprintln(gz, r.URL)
		h.ServeHTTP(w, r)
	})
}

func okInput(cmd *exec.Cmd, lines []string) error {
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	go func() {
		defer in.Close()
		for _, line := range lines {
			fmt.Fprintln(in, line)
		}
	}()
	return cmd.Run()
}

func badStrictLogFile(name string, serve func() error) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close, which was opened for writing`
	log.SetOutput(f)
	slog.SetDefault(slog.New(slog.NewTextHandler(f, nil)))
	return serve()
}

// A recorder keeps what it writes to.
type recorder struct {
	mu  sync.Mutex
	out io.WriteCloser
}

func newRecorder(name string) (*recorder, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.WriteString("v1\n"); err != nil {
		f.Close()
		return nil, err
	}
	return &recorder{out: f}, nil
}

func (r *recorder) badStrictReplace(w io.WriteCloser) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.out != nil {
		r.out.Close() // want `^strict: nobody takes the error of out.Close, which can lose what was written elsewhere|^strict: nobody takes the error of r.out.Close`
	}
	r.out = w
}

func okSent(name string, to chan<- *os.File) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.WriteString("v1\n"); err != nil {
		f.Close()
		return err
	}
	to <- f
	return nil
}

func okCommand(name string, cmd *exec.Cmd) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	cmd.Stdout = f
	if err := cmd.Run(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func badStrictReadBack(name string) (string, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close, which was opened for writing`
	data, err := io.ReadAll(f)
	return string(data), err
}

func okExists(name string) (bool, error) {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, f.Close()
}

func okLines(lines []string) string {
	var b strings.Builder
	out := bufio.NewWriterSize(&b, 64)
	defer out.Flush()
	for _, line := range lines {
		out.WriteString(line)
	}
	return b.String()
}

func okFlushedAndSynced(f *os.File, v any) error {
	out := bufio.NewWriter(f)
	if err := json.NewEncoder(out).Encode(v); err != nil {
		f.Close()
		return err
	}
	if err := out.Flush(); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	f.Close()
	return nil
}

func okGoto(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err != nil {
		goto fail
	}
	return f.Close()
fail:
	f.Close()
	return err
}

func okRetried(name string, data []byte) error {
	var last error
	for range 3 {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		if _, err := f.Write(data); err != nil {
			f.Close()
			last = err
			continue
		}
		if err := f.Close(); err != nil {
			last = err
			continue
		}
		return nil
	}
	return last
}

// An app closes what it has; that it writes at all is its own business.
type app struct{ closers []io.Closer }

func (a *app) okShutdown() {
	for _, c := range a.closers {
		c.Close()
	}
}

func okCloseAll(c io.Closer, cleanup func()) {
	defer cleanup()
	c.Close()
}

func okStopTimer(stop chan struct{}) { close(stop) }

func okTransaction(ctx context.Context, begin func() (*unit, error)) (err error) {
	u, err := begin()
	if err != nil {
		return err
	}
	defer func() {
		if err == nil {
			err = u.Commit(ctx)
		} else {
			u.Rollback(ctx)
		}
	}()
	return u.save(ctx)
}

// A unit of work is either finished or given up.
type unit struct{ do func(string) error }

func (u *unit) save(context.Context) error     { return u.do("save") }
func (u *unit) Commit(context.Context) error   { return u.do("commit") }
func (u *unit) Rollback(context.Context) error { return u.do("rollback") }

func okDeferredLogCall(name string, data []byte, logf func(string, ...any)) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { logf("close %s: %v", name, f.Close()) }()
	_, err = f.Write(data)
	return err
}

func okClosedOnce(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	closeFile := sync.OnceValue(f.Close)
	defer closeFile()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return closeFile()
}

func okEmptyPath(name string, rows []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return f.Close()
	}
	for _, row := range rows {
		if _, err := fmt.Fprintln(f, row); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

// A blob is stored by its Commit; what Close does afterwards is to tidy up.
type blob interface {
	io.WriteCloser
	Commit(ctx context.Context, size int64) error
}

func okBlob(ctx context.Context, b blob, r io.Reader) error {
	defer b.Close()
	n, err := io.Copy(b, r)
	if err != nil {
		return err
	}
	return b.Commit(ctx, n)
}

func okInherited(fd uintptr) {
	f := os.NewFile(fd, "parent")
	fmt.Fprint(f, "ready\n")
	f.Close()
}

func badStrictOutput(name string, cmd *exec.Cmd) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close, which was opened for writing`
	cmd.Stdout = f
	return cmd.Run()
}

func okProbeWritable(dir string) error {
	f, err := os.CreateTemp(dir, "_test_")
	if err != nil {
		return err
	}
	f.Close()
	os.Remove(f.Name())
	return os.MkdirAll(dir, 0o700)
}

func okSyncHelper(dir string, r io.Reader) error {
	f, err := os.CreateTemp(dir, "tmp")
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = fsync(f)
	}
	f.Close()
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

func fsync(f *os.File) error { return f.Sync() }

func badStrictProfile(name string, work func() error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close, which was opened for writing`
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return work()
}

func okDumped(data []byte) string {
	var b strings.Builder
	d := hex.Dumper(&b)
	d.Write(data)
	d.Close()
	return b.String()
}

func okWriteThrough(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_SYNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	f.Close()
	return err
}

func okKernel(pid int, score string) error {
	name := fmt.Sprintf("/proc/%d/oom_score_adj", pid)
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(score)
	return err
}

func okCgroup(name, limit string) error {
	f, err := os.OpenFile(filepath.Join("/sys/fs/cgroup", name, "memory.max"), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(limit)
	return err
}

// Each chunk is committed by another call.
func okChunk(b blob, r io.Reader) error {
	defer b.Close()
	_, err := io.Copy(b, r)
	return err
}

func badStrictStream(wg *sync.WaitGroup, w io.WriteCloser, r io.Reader) {
	wg.Go(func() {
		if _, err := io.Copy(w, r); err != nil {
			log.Print(err)
		}
		w.Close() // want `^strict: nobody takes the error of w.Close`
	})
}

// weaviate: whoever handed the stream in knows what it is; here it is the end of a pipe.
func badStrictHandedStream(w io.WriteCloser, r io.Reader) error {
	defer w.Close() // want `^strict: nobody takes the error of the deferred w.Close`
	_, err := io.Copy(w, r)
	return err
}

func okHandedStream(w io.WriteCloser, r io.Reader) error {
	if _, err := io.Copy(w, r); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

func okFailedInClosure(name string, each func(func(string) bool)) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	var failed error
	out := bufio.NewWriter(f)
	each(func(row string) bool {
		_, failed = out.WriteString(row)
		return failed == nil
	})
	if failed != nil {
		_ = f.Close()
		return failed
	}
	if err := out.Flush(); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

func okFinishHelper(w io.Writer, name string, data []byte) error {
	tw := tar.NewWriter(w)
	defer tw.Close()
	if err := addFile(tw, name, data); err != nil {
		return err
	}
	return closeTar(tw)
}

func closeTar(tw *tar.Writer) error {
	if err := tw.Close(); err != nil {
		return fmt.Errorf("the end of the archive: %w", err)
	}
	return nil
}
