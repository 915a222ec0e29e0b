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
		panic(err) // want `the failure of os.ReadFile \(line \d+\) panics, although this function could return it`
	}
	return len(data), nil
}

func badPanicText(name string) error {
	if err := os.Remove(name); err != nil {
		panic(fmt.Sprintf("cannot remove %s: %v", name, err)) // want `the failure of os.Remove .* panics`
	}
	return nil
}

func badFatal(name string) (string, error) {
	s, err := os.Readlink(name)
	if err != nil {
		log.Fatalf("reading the link: %v", err) // want `the failure of os.Readlink .* ends the program, although`
	}
	return s, nil
}

func badExit(name string) error {
	if err := os.Mkdir(name, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) // want `the failure of os.Mkdir .* ends the program`
	}
	return nil
}

func badLogger(l *log.Logger, s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		l.Fatalln("no number:", err) // want `the failure of strconv.Atoi .* ends the program`
	}
	return n, nil
}

func badLiteral(names []string) error {
	return each(names, func(name string) error {
		if err := os.Remove(name); err != nil {
			panic(err) // want `the failure of os.Remove .* panics, although`
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
		die(err) // want `the failure of os.Remove .* ends the program`
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
		log.Fatal(err) // want `log.Fatal ends the program without the deferred os.RemoveAll \(line \d+\): the temporary data stays`
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
