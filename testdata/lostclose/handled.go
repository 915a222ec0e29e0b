package lostclose

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"go.uber.org/zap"
	"golang.org/x/crypto/ssh"
)

// What was only read.

func okOpen(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func okOpenReadOnly(name string) ([]byte, error) {
	f, err := os.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	f.Close()
	return data, err
}

func okBody(url string) (string, error) {
	resp, err := http.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return string(data), err
}

func okRows(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM leases")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func okGzipReader(r io.Reader) ([]byte, error) {
	gz, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	defer gz.Close()
	return io.ReadAll(gz)
}

func okCopyFrom(w io.Writer, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func okListener(l net.Listener) error {
	defer l.Close()
	conn, err := l.Accept()
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("hello\n"))
	return err
}

func okPipe(cmd *exec.Cmd, text string) error {
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if _, err := io.WriteString(in, text); err != nil {
		return err
	}
	in.Close()
	return cmd.Wait()
}

func okOSPipe(text string) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	_, err = w.WriteString(text)
	w.Close()
	return r, err
}

func okDirectory(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// Somebody looks.

func okReturned(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func okBesideReturned(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Close()
}

func okBesideChecked(name string, v any) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := json.NewEncoder(f).Encode(v); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	return nil
}

func okSynced(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

func okSyncedThenClosed(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	f.Close()
	return err
}

func okFirstKept(name string, data []byte) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	_, err = f.Write(data)
	return err
}

func okJoined(name string, data []byte) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.Write(data)
	return err
}

func okLogged(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if err := f.Close(); err != nil {
			slog.Warn("close", "name", name, "err", err)
		}
	}()
	_, err = f.Write(data)
	return err
}

func okLogHelper(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer closeAndLog(f)
	_, err = f.Write(data)
	return err
}

func closeAndLog(c io.Closer) {
	if err := c.Close(); err != nil {
		log.Print(err)
	}
}

func okKeepHelper(name string, data []byte) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer closeInto(&err, f)
	_, err = f.Write(data)
	return err
}

func closeInto(err *error, c io.Closer) {
	if e := c.Close(); *err == nil {
		*err = e
	}
}

func okWriteThenClose(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err1 := f.Close(); err1 != nil && err == nil {
		err = err1
	}
	return err
}

func okFlushReturned(w io.Writer, lines []string) error {
	out := bufio.NewWriter(w)
	defer out.Flush()
	for _, line := range lines {
		if _, err := out.WriteString(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

func okGzipClosed(w io.Writer, data []byte) error {
	gz := gzip.NewWriter(w)
	defer gz.Close()
	if _, err := gz.Write(data); err != nil {
		return err
	}
	return gz.Close()
}

func okCommitChecked(tx *sql.Tx, id int) (err error) {
	defer func() {
		if err != nil {
			tx.Rollback()
			return
		}
		err = tx.Commit()
	}()
	_, err = tx.Exec("DELETE FROM leases WHERE id = ?", id)
	return err
}

func okRollback(tx *sql.Tx, id int) error {
	defer tx.Rollback()
	if _, err := tx.Exec("DELETE FROM leases WHERE id = ?", id); err != nil {
		return err
	}
	return tx.Commit()
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

func okCSVAll(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	defer out.Flush()
	return out.WriteAll(rows)
}

func okCSVHandedOut(w io.Writer, rows [][]string) (*csv.Writer, error) {
	out := csv.NewWriter(w)
	for _, row := range rows {
		if err := out.Write(row); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return out, nil
}

func okCSVInMemory(rows [][]string) string {
	var b strings.Builder
	out := csv.NewWriter(&b)
	for _, row := range rows {
		out.Write(row)
	}
	out.Flush()
	return b.String()
}

// The path has an error to tell already.

func okFailing(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		os.Remove(name)
		return err
	}
	return f.Close()
}

func okFailingNew(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if n, _ := f.Write(data); n != len(data) {
		f.Close()
		return errors.New("short write")
	}
	return f.Close()
}

func okFailingDeferred(name string, data []byte) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(name)
		}
	}()
	if _, err = f.Write(data); err != nil {
		return err
	}
	return f.Close()
}

func okDoneFlag(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			f.Close()
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	done = true
	return f.Close()
}

func okPanicking(name string, data []byte) {
	f, err := os.Create(name)
	if err != nil {
		panic(err)
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		panic(err)
	}
	if err := f.Close(); err != nil {
		panic(err)
	}
}

// Nobody reads it.

func okScratch(data []byte, run func(name string) error) error {
	f, err := os.CreateTemp("", "scratch")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return run(f.Name())
}

func okScratchByName(data []byte, run func(name string) error) error {
	name := filepath.Join(os.TempDir(), "scratch")
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		f.Close()
		os.Remove(name)
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return run(name)
}

func okScratchDir(data []byte, run func(dir string) error) error {
	dir, err := os.MkdirTemp("", "scratch")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	f, err := os.Create(filepath.Join(dir, "input"))
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	f.Close()
	return run(dir)
}

func okProbe(dir string) error {
	name := filepath.Join(dir, ".probe")
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	f.WriteString("probe")
	f.Close()
	return os.Remove(name)
}

// Memory, clients, terminals.

func okClient(w http.ResponseWriter, v any) error {
	gz := gzip.NewWriter(w)
	defer gz.Close()
	return json.NewEncoder(gz).Encode(v)
}

func okConnection(conn net.Conn, lines []string) error {
	out := bufio.NewWriter(conn)
	defer out.Flush()
	for _, line := range lines {
		if _, err := out.WriteString(line); err != nil {
			return err
		}
	}
	return nil
}

func okTerminal(rows []string) {
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', 0)
	defer tw.Flush()
	for _, row := range rows {
		fmt.Fprintln(tw, row)
	}
}

func okStdout(lines []string) {
	out := bufio.NewWriter(os.Stdout)
	for _, line := range lines {
		out.WriteString(line)
	}
	out.Flush()
}

func okLogger(l *zap.Logger) {
	defer l.Sync()
	l.Info("done")
}

func okPipeWriter(w *io.PipeWriter, data []byte) error {
	defer w.Close()
	_, err := w.Write(data)
	return err
}

// Nothing was written on that path.

func okNothingWritten(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if len(data) == 0 {
		f.Close() // not on this path
		return nil
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// Somebody else has it.

func okHandedOut(name string, head []byte) (*os.File, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(head); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (j *journal) okReplace(name string, head []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(head); err != nil {
		f.Close()
		return err
	}
	j.f.Close()
	j.f = f
	return nil
}

// Somebody gives the reason.

func okReason(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	// The file is only a hint for the next start.
	defer f.Close() // want `^silenced\(comment\)`
	_, err = f.Write(data)
	return err
}

func saveBestEffort(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^silenced\(best-effort\)`
	_, err = f.Write(data)
	return err
}

func okNolint(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // want `^silenced\(nolint\)`
	_, err = f.Write(data)
	return err
}

// The strict tier.

func okInMemory(data []byte) ([]byte, error) {
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	if _, err := gz.Write(data); err != nil {
		return nil, err
	}
	gz.Close()
	return b.Bytes(), nil
}

func okForm(fields map[string]string) (io.Reader, error) {
	b := new(bytes.Buffer)
	form := multipart.NewWriter(b)
	for k, v := range fields {
		if err := form.WriteField(k, v); err != nil {
			return nil, err
		}
	}
	form.Close()
	return b, nil
}

func badStrictUnwritten(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	f.Close() // want `^strict: nobody takes the error of f.Close, which was opened for writing`
	return nil
}

func badStrictHandedOn(name string, start func(*os.File) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close, which was opened for writing`
	return start(f)
}

func badStrictTable(w io.Writer, rows []string) error {
	tw := tabwriter.NewWriter(w, 0, 8, 1, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(tw, row)
	}
	tw.Flush() // want `^strict: nobody takes the error of tw.Flush`
	return nil
}

func (j *journal) badStrictRotate(line string) error {
	if _, err := j.buf.WriteString(line); err != nil {
		return err
	}
	j.buf.Flush() // want `^strict: nobody takes the error of buf.Flush|^strict: nobody takes the error of j.buf.Flush`
	return nil
}

func badStrictNoErrorResult(w io.Writer, lines []string) {
	out := bufio.NewWriter(w)
	for _, line := range lines {
		out.WriteString(line)
	}
	out.Flush() // want `^strict: nobody takes the error of out.Flush`
}

func okTarInMemory(name string, data []byte) (*bytes.Buffer, error) {
	b := new(bytes.Buffer)
	tw := tar.NewWriter(b)
	if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(data))}); err != nil {
		return nil, err
	}
	if _, err := tw.Write(data); err != nil {
		return nil, err
	}
	return b, tw.Close()
}

// What goes over a connection is answered there.

type Conn struct{ f *os.File }

func (c *Conn) Bind(name string) error {
	_, err := c.f.WriteString(name)
	return err
}

func (c *Conn) Close() error { return c.f.Close() }

func okBound(dial func() (*Conn, error), name string) error {
	c, err := dial()
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Bind(name)
}

// What the kernel gets is stored nowhere.

func okPrompt(text string, ask func(io.ReadWriter) error) error {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer tty.Close()
	if _, err := fmt.Fprint(tty, text); err != nil {
		return err
	}
	return ask(tty)
}

const watchdog = "/dev/watchdog"

func okWatchdog() error {
	f, err := os.OpenFile(watchdog, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString("V")
	return err
}

func badNoDevice(data []byte) error {
	f, err := os.OpenFile("/development/data", os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	_, err = f.Write(data)
	return err
}

// Another machine.

func okSession(c *ssh.Client, cmd string, debug bool) error {
	s, err := c.NewSession()
	if err != nil {
		return err
	}
	defer s.Close()
	if debug {
		return runDebug(s, cmd)
	}
	return s.Run(cmd)
}

func runDebug(s *ssh.Session, cmd string) error {
	log.Print(cmd)
	return s.Run(cmd)
}

func okSSHClient(c *ssh.Client, cmd string) error {
	defer c.Close()
	s, err := c.NewSession()
	if err != nil {
		return err
	}
	return errors.Join(s.Run(cmd), s.Close())
}

func okChannel(ch ssh.Channel, data []byte) error {
	defer ch.Close()
	if _, err := ch.Write(data); err != nil {
		return err
	}
	return ch.CloseWrite()
}

// A writer that keeps its error gives it the next time.

// A stream is one of those.
type stream struct {
	out io.Writer
	buf []byte
	Err error
}

func newStream(w io.Writer) *stream { return &stream{out: w} }

func (s *stream) put(text string) { s.buf = append(s.buf, text...) }

func (s *stream) WriteString(text string) { s.put(text) }

func (s *stream) Flush() error {
	if s.Err == nil {
		_, s.Err = s.out.Write(s.buf)
		s.buf = s.buf[:0]
	}
	return s.Err
}

func okFlushedAgain(w io.Writer, rows []string) error {
	s := newStream(w)
	for _, row := range rows {
		s.WriteString(row)
		s.Flush()
	}
	s.WriteString("end")
	return s.Flush()
}

type rows []string

func (r rows) each(f func(string) error) error {
	for _, row := range r {
		if err := f(row); err != nil {
			return err
		}
	}
	return nil
}

func okFlushedInPlace(w io.Writer, r rows) error {
	s := newStream(w)
	s.WriteString("begin")
	if err := r.each(func(row string) error {
		s.WriteString(row)
		s.Flush()
		return nil
	}); err != nil {
		return err
	}
	s.WriteString("end")
	return s.Flush()
}

func okBufferFlushedAgain(f *os.File, rows []string) error {
	out := bufio.NewWriter(f)
	for i, row := range rows {
		out.WriteString(row)
		if i%100 == 0 {
			out.Flush()
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Sync()
}

func okFieldAsked(w io.Writer, rows []string) error {
	s := newStream(w)
	for _, row := range rows {
		s.WriteString(row)
	}
	s.Flush()
	return s.Err
}

func okFieldLogged(w io.Writer, rows []string) {
	s := newStream(w)
	for _, row := range rows {
		s.WriteString(row)
	}
	s.Flush()
	if s.Err != nil {
		log.Print(s.Err)
	}
}

func badFlushedLast(f *os.File, rows []string) error {
	s := newStream(f)
	for _, row := range rows {
		s.WriteString(row)
		s.Flush() // want `^nobody takes the error of s.Flush`
	}
	return f.Sync()
}

func badFlushedAtTheEnd(f *os.File, rows []string) error {
	out := bufio.NewWriter(f)
	if err := out.Flush(); err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := out.WriteString(row); err != nil {
			return err
		}
	}
	out.Flush() // want `^nobody takes the error of out.Flush`
	return f.Sync()
}

func badAskedTooEarly(f *os.File, rows []string) error {
	s := newStream(f)
	defer s.Flush() // want `^nobody takes the error of the deferred s.Flush`
	for _, row := range rows {
		s.WriteString(row)
	}
	return s.Err
}

// tabwriter has no place for an error.
func badColumns(f *os.File, rows []string) error {
	tw := tabwriter.NewWriter(f, 0, 8, 1, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(tw, row)
		tw.Flush() // want `^nobody takes the error of tw.Flush`
	}
	return tw.Flush()
}
