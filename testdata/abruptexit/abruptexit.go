// Package abruptexit holds what the rule flags (bad…) and, at least twice as often, what it must not (ok…).
package abruptexit

import (
	"bufio"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"runtime/pprof"
	"strconv"
	"syscall"
)

func badPanic(name string) (int, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		panic(err) // want `^strict: the failure of os.ReadFile \(line \d+\) panics, although this function could return it`
	}
	return len(data), nil
}

func badPanicText(name string) error {
	if err := os.Remove(name); err != nil {
		panic(fmt.Sprintf("cannot remove %s: %v", name, err)) // want `^strict: the failure of os.Remove .* panics`
	}
	return nil
}

func badFatal(name string) (string, error) {
	s, err := os.Readlink(name)
	if err != nil {
		log.Fatalf("reading the link: %v", err) // want `^strict: the failure of os.Readlink .* ends the program, although`
	}
	return s, nil
}

func badExit(name string) error {
	if err := os.Mkdir(name, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) // want `^strict: the failure of os.Mkdir .* ends the program`
	}
	return nil
}

func badLogger(l *log.Logger, s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		l.Fatalln("no number:", err) // want `^strict: the failure of strconv.Atoi .* ends the program`
	}
	return n, nil
}

func badLiteral(names []string) error {
	return each(names, func(name string) error {
		if err := os.Remove(name); err != nil {
			panic(err) // want `^strict: the failure of os.Remove .* panics, although`
		}
		return nil
	})
}

func each(names []string, f func(string) error) error {
	for _, name := range names {
		if err := f(name); err != nil {
			return err
		}
	}
	return nil
}

func die(err error) {
	log.Print(err)
	os.Exit(2)
}

func badHelper(name string) error {
	if err := os.Remove(name); err != nil {
		die(err) // want `^strict: the failure of os.Remove .* ends the program`
	}
	return nil
}

func badNowhereToGo(name string) []byte {
	data, err := os.ReadFile(name)
	if err != nil {
		panic(err) // want `strict: the failure of os.ReadFile .* panics: whoever calls this function cannot deal with it`
	}
	return data
}

func badFatalNowhere(name string) {
	if err := os.Remove(name); err != nil {
		log.Fatal(err) // want `strict: the failure of os.Remove .* ends the program: whoever`
	}
}

// badPromised panics if the file is not there.
func badPromised(name string) error {
	if err := os.Remove(name); err != nil {
		panic(err) // want `strict: the failure of os.Remove`
	}
	return nil
}

func badParameter(err error) error {
	if err != nil {
		panic(err) // want `strict: the failure of err \(line \d+\) panics`
	}
	return nil
}

func badSkipsFlush(w *os.File, s string) {
	out := bufio.NewWriter(w)
	defer out.Flush()
	out.WriteString(s)
	os.Exit(0) // want `os.Exit ends the program without the deferred out.Flush \(line \d+\): what is still in the buffer is lost`
}

func badSkipsTemporary(s string) {
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		log.Fatal(err) // want `strict: the failure of os.MkdirTemp`
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(dir+"/a", []byte(s), 0o600); err != nil {
		log.Fatal(err) // want `^strict: log.Fatal ends the program without the deferred os.RemoveAll \(line \d+\): the temporary data stays`
	}
}

// Of two, what data is lost by is told.
func badSkipsBufferedBeforeTemporary(w *os.File, s string) {
	out := bufio.NewWriter(w)
	defer out.Flush()
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		log.Print(err)
		return
	}
	defer os.RemoveAll(dir)
	out.WriteString(s)
	if err := os.WriteFile(dir+"/a", []byte(s), 0o600); err != nil {
		log.Fatal(err) // want `^log.Fatal ends the program without the deferred out.Flush`
	}
}

func badSkipsGzip(w *os.File, s string) {
	z := gzip.NewWriter(w)
	defer func() {
		if err := z.Close(); err != nil {
			log.Print(err)
		}
	}()
	if _, err := z.Write([]byte(s)); err != nil {
		log.Fatal(err) // want `log.Fatal ends the program without the deferred z.Close`
	}
}

func badSkipsCommit(tx *sql.Tx, s string) {
	defer tx.Commit()
	if _, err := tx.Exec(s); err != nil {
		log.Fatal(err) // want `log.Fatal ends the program without the deferred tx.Commit \(line \d+\): the transaction is lost`
	}
}

func badSkipsProfile(f *os.File, run func() int) error {
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	os.Exit(run()) // want `os.Exit ends the program without the deferred pprof.StopCPUProfile .*: the profile is lost`
	return nil
}

type flock struct{ fd int }

func (l *flock) Unlock() error { return syscall.Flock(l.fd, syscall.LOCK_UN) }

func badSkipsLock(l *flock, name string) {
	defer l.Unlock()
	if err := os.Remove(name); err != nil {
		log.Fatal(err) // want `log.Fatal ends the program without the deferred l.Unlock .*: the lock file stays`
	}
}

func badUnmarshal(data []byte) (s settings, err error) {
	if err = json.Unmarshal(data, &s); err != nil {
		panic(err) // want `strict: the failure of json.Unmarshal .* panics`
	}
	return s, nil
}

func okExplained(name string) error {
	if err := os.Remove(name); err != nil {
		// Without the lock two servers would write to the same file.
		panic(err) // want `silenced\(comment\): the failure of os.Remove`
	}
	return nil
}

func badKind(name string) error {
	if err := os.Remove(name); err != nil {
		if errors.Is(err, os.ErrPermission) {
			panic(err) // want `strict: the failure of os.Remove`
		}
		return err
	}
	return nil
}

// What is settled by the source.

var levels = []struct{ name string }{{"low"}, {"high"}}

func levelOf(name string) (int, error) {
	for i, l := range levels {
		if l.name == name {
			return i, nil
		}
	}
	return 0, fmt.Errorf("no level %q", name)
}

func badTable() (sum int, err error) {
	for _, l := range levels {
		n, err := levelOf(l.name)
		if err != nil {
			panic(err) // want `strict: the failure of levelOf`
		}
		sum += n
	}
	return sum, nil
}

func badInput(name string) (int, error) {
	n, err := levelOf(name)
	if err != nil {
		panic(err) // want `^strict: the failure of levelOf .* panics, although`
	}
	return n, nil
}

// Writers in the hands of others.

type tracker struct{ w *bufio.Writer }

func (t *tracker) Write(p []byte) (int, error) { return t.w.Write(p) }

func badSkipsTracker(f *os.File, rows []string) {
	out := &tracker{bufio.NewWriter(f)}
	defer out.w.Flush()
	show := func(row string) { fmt.Fprintln(out, row) }
	for _, row := range rows {
		show(row)
	}
	if err := os.Remove(f.Name()); err != nil {
		log.Fatal(err) // want `log.Fatal ends the program without the deferred out.w.Flush`
	}
}

func badSkipsNamed(f *os.File, s string) {
	t := &tracker{bufio.NewWriter(f)}
	defer t.w.Flush()
	t.w.WriteString(s)
	os.Exit(3) // want `os.Exit ends the program without the deferred t.w.Flush`
}

// What a Close of one's own would write is mostly written already.

type ledger struct{ f *os.File }

func (l *ledger) add(line string) { l.f.WriteString(line) }

func (l *ledger) Close() error {
	if err := l.f.Sync(); err != nil {
		return err
	}
	return l.f.Close()
}

func badSkipsOwnClose(l *ledger, name string) {
	defer l.Close()
	l.add("open")
	if err := os.Remove(name); err != nil {
		log.Fatal(err) // want `^strict: log.Fatal ends the program without the deferred l.Close \(line \d+\): what is not yet written is lost`
	}
}

func okClosesFirst(l *ledger, name string) error {
	l.add("open")
	err := os.Remove(name)
	return errors.Join(err, l.Close())
}

func okReturnsPastClose(l *ledger, name string) error {
	defer l.Close()
	l.add("open")
	return os.Remove(name)
}

// fabric: it is the failure of taking back what ends the program; the other one is returned.
func badTakesBack(name string, data []byte) error {
	if err := os.WriteFile(name, data, 0o600); err != nil {
		if removeErr := os.Remove(name); removeErr != nil {
			panic(fmt.Sprintf("half a file is left: %v", err)) // want `^strict: the failure of os.WriteFile .* panics`
		}
		return err
	}
	return nil
}

func okTakesBack(name string, data []byte) error {
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

func okTakesBackFirst(name string, data []byte) error {
	err := os.WriteFile(name, data, 0o600)
	if err != nil {
		if removeErr := os.Remove(name); removeErr != nil {
			return fmt.Errorf("half a file is left: %w", err)
		}
	}
	return err
}
