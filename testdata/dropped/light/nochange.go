package light

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"syscall"
)

// Failures that are bound to come, show by themselves, or leave things as they would be without the call.

type worker struct {
	cmd    *exec.Cmd
	cancel func()
	done   chan struct{}
}

// cmd/go: it was killed, and says so.
func badReaps(w *worker) error {
	w.cancel()
	go func() {
		w.cmd.Wait() // want `^strict: cmd.Wait can fail`
		close(w.done)
	}()
	<-w.done
	return nil
}

func badWaits(w *worker) error {
	w.cmd.Wait() // want `^cmd.Wait can fail`
	defer w.cancel()
	return os.Chmod("done", 0o600)
}

func okReaps(w *worker) error {
	w.cancel()
	return w.cmd.Wait()
}

func okReapsOrTells(w *worker) {
	w.cancel()
	if err := w.cmd.Wait(); err != nil {
		log.Print(err)
	}
}

type lazy struct {
	db    *sql.DB
	ready context.Context
	main  *sql.Conn
}

func (l *lazy) wait() (err error) {
	l.main, err = l.db.Conn(l.ready)
	return err
}

// buildkit: without a connection there is no answer.
func badLooksNext(l *lazy) error {
	l.wait() // want `^strict: l.wait can fail`
	if l.main == nil {
		return nil
	}
	return l.main.Close()
}

func badLooksAtAnother(l, m *lazy) error {
	l.wait() // want `^l.wait can fail`
	if m.main == nil {
		return nil
	}
	return m.main.Close()
}

func okLooks(l *lazy) error {
	if err := l.wait(); err != nil {
		return err
	}
	return l.main.Close()
}

func okLooksAndJoins(l *lazy) error {
	err := l.wait()
	if l.main == nil {
		return err
	}
	return errors.Join(err, l.main.Close())
}

// syscall, cmd/go: as it was before, or at least not worse.
func badPutsBack(dir, file string, origLimit *syscall.Rlimit) error {
	syscall.Setrlimit(syscall.RLIMIT_CORE, origLimit) // want `^strict: syscall.Setrlimit can fail`
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, info.Mode()|0o200); err != nil {
		return err
	}
	defer os.Chmod(dir, info.Mode()) // want `^strict: the deferred os.Chmod can fail`
	defer os.Chmod("b", info.Mode()) // want `^the deferred os.Chmod can fail`
	return os.WriteFile(file, nil, 0o600)
}

func badComesBack(to string) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	defer os.Chdir(dir) // want `^strict: the deferred os.Chdir can fail`
	return os.Chdir(to)
}

func okPutsBack(dir string, origLimit *syscall.Rlimit) error {
	if err := syscall.Setrlimit(syscall.RLIMIT_CORE, origLimit); err != nil {
		return err
	}
	return os.Chdir(dir)
}

func okComesBack(to string) (err error) {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Chdir(dir)) }()
	return os.Chdir(to)
}

type upgraded interface{ ServeConn(c net.Conn) }

// moby: there is nobody to serve where the answer did not arrive.
func badGreets(l net.Listener, u upgraded, answer *http.Response) error {
	conn, err := l.Accept()
	if err != nil {
		return err
	}
	answer.Write(conn) // want `^strict: answer.Write can fail`
	u.ServeConn(conn)
	return nil
}

func badAnswers(l net.Listener, answer *http.Response) error {
	conn, err := l.Accept()
	if err != nil {
		return err
	}
	answer.Write(conn) // want `^answer.Write can fail`
	log.Print(conn.RemoteAddr())
	return nil
}

func okGreets(conn net.Conn, u upgraded, answer *http.Response) error {
	if err := answer.Write(conn); err != nil {
		return err
	}
	u.ServeConn(conn)
	return nil
}

func okAnswers(conn net.Conn, answer *http.Response) error { return answer.Write(conn) }

// net/rpc: where the question did not arrive, there is no answer.
func badAsksPeer(addr string) (*http.Response, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	io.WriteString(conn, "CONNECT / HTTP/1.0\n\n") // want `^strict: io.WriteString can fail`
	return http.ReadResponse(bufio.NewReader(conn), nil)
}

func badAsksPeerByReader(addr string) (string, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return "", err
	}
	r := bufio.NewReader(conn)
	io.WriteString(conn, "STATUS\n") // want `^strict: io.WriteString can fail`
	line, err := r.ReadString('\n')
	return line, err
}

// Whatever the answer was, nobody looks whether there was one.
func badAsksPeerBlindly(addr string, question *http.Request) (string, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return "", err
	}
	question.Write(conn)                              // want `^question.Write can fail`
	line, _ := bufio.NewReader(conn).ReadString('\n') // want `^strict: the error of bufio.NewReader\(\).ReadString is thrown away`
	return line, nil
}

// What is read came from somebody else, or before.
func badAsksAnother(addr string, other net.Conn, thanks *http.Request) (string, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return "", err
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return "", err
	}
	thanks.Write(conn) // want `^thanks.Write can fail`
	more, err := bufio.NewReader(other).ReadString('\n')
	return line + more, err
}

func okAsksPeer(conn net.Conn) (*http.Response, error) {
	if _, err := io.WriteString(conn, "CONNECT / HTTP/1.0\n\n"); err != nil {
		return nil, err
	}
	return http.ReadResponse(bufio.NewReader(conn), nil)
}

func okAsksPeerJoined(conn net.Conn) (string, error) {
	_, writeErr := io.WriteString(conn, "STATUS\n")
	line, err := bufio.NewReader(conn).ReadString('\n')
	return line, errors.Join(writeErr, err)
}

func okTellsPeer(conn net.Conn) error {
	_, err := io.WriteString(conn, "BYE\n")
	return err
}

func okAsksPeerFirst(conn net.Conn, question *http.Request) (*http.Response, error) {
	if err := question.Write(conn); err != nil {
		return nil, err
	}
	return http.ReadResponse(bufio.NewReader(conn), question)
}

func okThanks(conn net.Conn, thanks *http.Request) error {
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil || line == "" {
		return err
	}
	return thanks.Write(conn)
}

func okAsksPeerTwice(conn net.Conn) (line string, err error) {
	for range 2 {
		if _, err = io.WriteString(conn, "STATUS\n"); err == nil {
			line, err = bufio.NewReader(conn).ReadString('\n')
		}
	}
	return line, err
}

type rows struct{ file string }

func (r *rows) update(f func(map[string]string) error) error {
	all := map[string]string{}
	if err := f(all); err != nil {
		return err
	}
	return os.WriteFile(r.file, []byte(fmt.Sprint(all)), 0o600)
}

func getRow(all map[string]string, name string) string { return all[name] }

func setRow(all map[string]string, name string) { all[name] = name }

// swarmkit: there is nothing to be written, and what is not found is not there.
func badOnlyLooks(r *rows, name string) (found string, err error) {
	r.update(func(all map[string]string) error { // want `^strict: r.update can fail`
		found = getRow(all, name)
		return nil
	})
	return found, nil
}

func badSets(r *rows, name string) error {
	r.update(func(all map[string]string) error { // want `^r.update can fail`
		setRow(all, getRow(all, name))
		return nil
	})
	return nil
}

func okOnlyLooks(r *rows, name string) (found string, err error) {
	err = r.update(func(all map[string]string) error {
		found = getRow(all, name)
		return nil
	})
	return found, err
}

func okSets(r *rows, name string) error {
	return r.update(func(all map[string]string) error {
		setRow(all, name)
		return nil
	})
}

func cacheHeader(name string) error { return os.WriteFile(name+".cached", nil, 0o600) }

func warnOf(ctx context.Context, db *sql.DB) error { return db.PingContext(ctx) }

func discardLease(ctx context.Context, db *sql.DB) error { return db.PingContext(ctx) }

// cmd/go: what is not in the cache is made again. buildkit: what is not taken back expires.
func badByName(ctx context.Context, db *sql.DB) error {
	defer discardLease(ctx, db) // want `^strict: the deferred discardLease can fail`
	cacheHeader("a.h")          // want `^strict: cacheHeader can fail`
	warnOf(ctx, db)             // want `^strict: warnOf can fail`
	return db.PingContext(ctx)
}

func okByName(ctx context.Context, db *sql.DB) error {
	if err := cacheHeader("a.h"); err != nil {
		log.Print(err)
	}
	return warnOf(ctx, db)
}

func okDiscardsLease(ctx context.Context, db *sql.DB) error { return discardLease(ctx, db) }

// x/tools: what stands at the head of a log is for whoever reads it.
func badLogByFile(logName string, cmd *exec.Cmd) error {
	f, err := os.Create(logName)
	if err != nil {
		return err
	}
	fmt.Fprintf(f, "begin %s\n", cmd) // want `^strict: fmt.Fprintf can fail`
	cmd.Stdout = f
	return errors.Join(cmd.Run(), f.Close())
}

func okLogByFile(logName string, cmd *exec.Cmd) error {
	f, err := os.Create(logName)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "begin %s\n", cmd)
	return errors.Join(err, f.Close())
}

func okLogByFileMade(logName string) (*os.File, error) { return os.Create(logName) }

// etcd: an address made of numbers is one. A name may be anything.
func badOfNumbers(port int, name string) (string, error) {
	u, _ := url.Parse(fmt.Sprintf("http://localhost:%d/", port)) // want `^strict: the error of url.Parse is thrown away`
	v, _ := url.Parse(fmt.Sprintf("http://%s:%d/", name, port))  // want `^the error of url.Parse is thrown away, and v`
	return u.Host, os.Chdir(v.Path)
}

func okOfNumbers(port int) (string, error) {
	u, err := url.Parse(fmt.Sprintf("http://localhost:%d/", port))
	if err != nil {
		return "", err
	}
	return u.Host, nil
}

func okOfNumbersChecked(port int) bool {
	_, err := url.Parse(fmt.Sprintf("http://localhost:%d/", port))
	return err == nil
}

// A printer keeps the first error of what it writes to.
type printer struct {
	w   *bufio.Writer
	err error
}

func (p *printer) Write(b []byte) (int, error) {
	if p.err == nil {
		_, p.err = p.w.Write(b)
	}
	return len(b), p.err
}

func (p *printer) failed() error { return p.err }

func escape(w io.Writer, s string) error {
	_, err := w.Write([]byte(s))
	return err
}

// encoding/xml
func okAsksWriter(p *printer, text string) error {
	escape(p, text)
	return p.failed()
}

func okAsksWriterLater(p *printer, texts []string) error {
	for _, text := range texts {
		escape(p, text)
	}
	if err := p.failed(); err != nil {
		return err
	}
	return nil
}

func badAsksFile(f *os.File, text string) error {
	escapeAll(f, text) // want `^escapeAll can fail`
	return f.Close()
}

func escapeAll(w io.Writer, s string) error {
	_, err := w.Write([]byte(s))
	return err
}

func send(c net.Conn, text string) error {
	_, err := c.Write([]byte(text))
	return err
}

func sendLast(c net.Conn, text string) error { return send(c, text) }

// nats: the peer learns of it, or not; whoever waits does.
func okTellsAfter(c net.Conn, errs chan<- error) func(error) {
	return func(err error) {
		send(c, err.Error())
		errs <- err
	}
}

func okTellsAfterAndReturns(c net.Conn, check func() error) error {
	err := check()
	send(c, fmt.Sprint(err))
	return err
}

func badTellsOnly(c net.Conn, check func() error) error {
	err := check()
	sendLast(c, fmt.Sprint(err)) // want `^sendLast can fail`
	return nil
}

// swarmkit
func okSaidOfGo(ctx context.Context, db *sql.DB, done chan<- bool) {
	log.Print("starting")
	// Most of these errors say that the deadline is over, and the others do not matter.
	go func() {
		ping(ctx, db) // want `^silenced\(comment\): ping can fail`
		done <- true
	}()
}

func okSaidInGo(ctx context.Context, db *sql.DB, done chan<- bool) {
	go func() {
		ping(ctx, db) // whatever it is, the deadline tells of it // want `^silenced\(comment\): ping can fail`
		done <- true
	}()
}

func badSaidOfWork(ctx context.Context, db *sql.DB, done chan<- bool) {
	log.Print("starting")
	// The connection is made in the background.
	go func() {
		pingLater(ctx, db) // want `^pingLater can fail`
		done <- true
	}()
}

// cmd/go: what the comment above an if says of errors goes for its branches.
func okSaidOfBranch(ctx context.Context, db *sql.DB, verbose bool) {
	log.Print("starting")
	// This is not perfect, since we ignore the error result, but it is better than not to try.
	if verbose {
		log.Print("trying")
		ping(ctx, db) // want `^silenced\(comment\): ping can fail`
	}
}

func okSaidOfBranches(ctx context.Context, db *sql.DB, verbose, silent bool) {
	log.Print("starting")
	// Best effort: the next one tries again.
	if verbose {
		if silent {
			log.Print("trying")
		} else {
			ping(ctx, db) // want `^silenced\(comment\): ping can fail`
		}
	} else if !silent {
		ping(ctx, db) // want `^silenced\(comment\): ping can fail`
	}
}

func okSaidInBranch(ctx context.Context, db *sql.DB, verbose bool) {
	log.Print("starting")
	if verbose {
		// The error is ignored.
		ping(ctx, db) // want `^silenced\(comment\): ping can fail`
	}
}

func okBranchTells(ctx context.Context, db *sql.DB, verbose bool) error {
	// We must not ignore the error here.
	if verbose {
		return ping(ctx, db)
	}
	return nil
}

func okBranchLogs(ctx context.Context, db *sql.DB, verbose bool) {
	// The others need not wait.
	if verbose {
		if err := ping(ctx, db); err != nil {
			log.Print(err)
		}
	}
}

func okSaidOfErrorTold(ctx context.Context, db *sql.DB) error {
	err := db.Ping()
	// Ignore the error where there is nothing to be seen.
	if !errors.Is(err, sql.ErrNoRows) {
		return errors.Join(err, ping(ctx, db))
	}
	return nil
}

// What is said of a question for an error is about that error.
func badSaidOfError(ctx context.Context, db *sql.DB) error {
	log.Print("starting")
	err := db.Ping()
	// Ignore the error where there is nothing to be seen.
	if !errors.Is(err, sql.ErrNoRows) {
		db.PingContext(ctx) // want `^db.PingContext can fail`
		return err
	}
	return nil
}

func badSaidOfBranch(ctx context.Context, db *sql.DB, verbose bool) {
	log.Print("starting")
	// We must not ignore the error here.
	if verbose {
		log.Print("trying")
		pingLater(ctx, db) // want `^pingLater can fail`
	}
}

func pingLater(ctx context.Context, db *sql.DB) error { return db.PingContext(ctx) }

func ping(ctx context.Context, db *sql.DB) error { return db.PingContext(ctx) }

func okTellsAfterLogged(c net.Conn, check func() error) {
	if err := check(); err != nil {
		send(c, err.Error())
		log.Print(err)
	}
}

func okTellsBoth(c net.Conn, errs chan<- error) func(error) {
	return func(err error) {
		errs <- errors.Join(err, send(c, err.Error()))
	}
}

func okAsksWriterJoined(p *printer, text string) error {
	escape(p, text)
	return errors.Join(p.failed(), p.w.Flush())
}

func okAsksFile(f *os.File, text string) error {
	return errors.Join(escapeAll(f, text), f.Close())
}

func okSpawnsAndTells(ctx context.Context, db *sql.DB, errs chan<- error) {
	// Errors go to whoever asked.
	go func() { errs <- ping(ctx, db) }()
}

// What it was before, by its name.
func badModeBefore(file string, old, next os.FileInfo) error {
	if err := os.Truncate(file, 0); err != nil {
		return err
	}
	os.Chmod(file, old.Mode())  // want `^strict: os.Chmod can fail`
	os.Chmod(file, next.Mode()) // want `^os.Chmod can fail`
	return nil
}

func okModeBefore(file string, old os.FileInfo) error {
	if err := os.Truncate(file, 0); err != nil {
		return err
	}
	return os.Chmod(file, old.Mode())
}

func okModeBeforeLogged(file string, old os.FileInfo) {
	if err := os.Chmod(file, old.Mode()); err != nil {
		log.Print(err)
	}
}

func okModeOfNew(file string, old os.FileInfo) error { return os.Chmod(file, old.Mode()) }

func okHeaderTaken(names []string) (err error) {
	for _, name := range names {
		err = errors.Join(err, cacheHeader(name))
	}
	return err
}

func okWarned(ctx context.Context, db *sql.DB) {
	if err := warnOf(ctx, db); err != nil {
		log.Print(err)
	}
}

func forceUnmount(dir string) error { return exec.Command("umount", "-f", dir).Run() }

func forceMount(dir string) error { return exec.Command("mount", "-f", dir).Run() }

// nats: how something is taken back does not matter.
func badForced(dir string) error {
	forceMount(dir) // want `^forceMount can fail`
	defer func() { log.Print(dir) }()
	forceUnmount(dir) // want `^strict: forceUnmount can fail`
	return nil
}

func okForced(dir string) error { return errors.Join(forceMount(dir), forceUnmount(dir)) }

func okForcedAndTold(dir string) {
	if err := forceUnmount(dir); err != nil {
		log.Print(err)
	}
}

// rancher: whoever may make a file may set its mode.
func badModeOfNew(path string, lines []string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	f.Chmod(0o755) // want `^strict: f.Chmod can fail`
	for _, line := range lines {
		if _, err := f.WriteString(line); err != nil {
			f.Close()
			return err
		}
	}
	return f.Close()
}

func badModeOfOther(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f.Chmod(0o755) // want `^f.Chmod can fail`
	return f, nil
}

func okModeOfMade(path string) (*os.File, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return f, f.Chmod(0o755)
}

// snapd: where there is no service manager it fails, and nobody is told anything.
func badNotifies() {
	SdNotify("READY=1") // want `^strict: SdNotify can fail`
	tell("READY=1")     // want `^tell can fail`
}

// SdNotify tells the service manager how things are.
func SdNotify(state string) error { return os.WriteFile("notify", []byte(state), 0o600) }

func tell(state string) error { return os.WriteFile("state", []byte(state), 0o600) }

func okNotifies(notify interface{ SdNotify(string) error }) error { return notify.SdNotify("READY=1") }

func okNotifiesAndLogs(notify interface{ SdNotify(string) error }) {
	if err := notify.SdNotify("STOPPING=1"); err != nil {
		log.Print(err)
	}
}

func okModeByName(path string) error { return os.Chmod(path, 0o755) }

func okModeFirst(path string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Chmod(0o755); err != nil {
		return err
	}
	_, err = f.WriteString("done")
	return err
}

func okModeOfSome(paths []string) (err error) {
	for _, path := range paths {
		err = errors.Join(err, os.Chmod(path, 0o600))
	}
	return err
}
