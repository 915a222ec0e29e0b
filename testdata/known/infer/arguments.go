package infer

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"log/slog"
	"net/http"
	"os"
	"sort"
	"sync"
	"testing"
	"time"

	"errvet.test/testdata/known/helper"
)

// --- errors

func logs(err error) { // want "^arg 0 logs; kind log$"
	slog.Error("failed", "err", err)
}

func logsText(err error) { // want "^arg 0 logs; kind log$"
	log.Print("failed: " + err.Error())
}

func logsWrapped(err error) { // want "^arg 0 logs; kind log$"
	e := fmt.Errorf("more: %w", err)
	slog.Error("failed", slog.Any("err", e))
}

func logsByHelper(err error) { // want "^arg 0 logs tests; kind log$"
	helper.Report(err)
}

func logf(format string, args ...any) { // want "^arg 1 logs; kind log$"
	log.Printf(format, args...)
}

func logsByWrapper(err error) { // want "^arg 0 logs; kind log$"
	logf("failed: %v", err)
}

func wraps(err error) error { // want "^fails; arg 0 wraps$"
	return fmt.Errorf("wraps: %w", err)
}

func wrapsBoth(a, b error) error { // want "^arg 0 wraps; arg 1 wraps$"
	return errors.Join(a, b)
}

func flattens(err error) error { // want "^fails; arg 0 flattens$"
	return fmt.Errorf("flattens: %v", err)
}

func describes(err error) string { // want "^arg 0 flattens$"
	return "failed: " + err.Error()
}

type opError struct {
	op  string
	err error
}

func (e *opError) Error() string { return e.op + ": " + e.err.Error() }
func (e *opError) Unwrap() error { return e.err }

func typedWrap(op string, err error) error { // want "^fails; arg 1 wraps$"
	return &opError{op, err}
}

type outcome struct{ err error }

func stores(err error, o *outcome) { // want "^arg 0 stores$"
	o.err = err
}

func sends(err error, c chan<- error) { // want "^arg 0 sends$"
	c <- err
}

func answers(w http.ResponseWriter, err error) { // want "^arg 1 answers; kind respond refuse$"
	http.Error(w, err.Error(), http.StatusInternalServerError)
}

func returns(err error) error { // want "^follows 0; arg 0 returns$"
	return err
}

func returnsNamed(err error) (out error) { // want "^follows 0; arg 0 returns$"
	out = err
	return out
}

func wrapsNonNil(err error) error { // want "^follows 0; arg 0 wraps tests$"
	if err != nil {
		return fmt.Errorf("more: %w", err)
	}
	return nil
}

func must(err error) { // want "^arg 0 panics tests$"
	if err != nil {
		panic(err)
	}
}

func mustValue[T any](v T, err error) T { // want "^arg 1 panics tests$"
	must(err)
	return v
}

func exitOn(err error) { // want "^arg 0 logs panics tests; kind log$"
	if err == nil {
		return
	}
	log.Print(err)
	os.Exit(1)
}

func fatal(err error) { // want "^noreturn; arg 0 logs exits; kind log$"
	log.Fatal(err)
}

func requireNil(t *testing.T, err error) { // want "^arg 1 logs panics tests; kind log$"
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected: %v", err)
	}
}

func sometimes(err error) { // want "^arg 0 tests escapes$"
	if err != nil && time.Now().IsZero() {
		panic(err)
	}
}

func ignores(err error) {} // want "^arg 0 drops$"

func swallows(err error) { // want "^arg 0 tests drops$"
	if err != nil {
		return
	}
}

func escapes(err error, f func(error)) { // want "^arg 1 calls$"
	f(err)
}

// --- predicates

func failed(err error) bool { return err != nil } // want "^arg 0 tests; tells 0 true=non-nil false=nil$"

func fine(err error) bool { // want "^arg 0 tests; tells 0 true=nil false=non-nil$"
	if failed(err) {
		return false
	}
	return true
}

func isMissing(err error) bool { // want "^arg 0 tests; tells 0 true=non-nil$"
	return errors.Is(err, fs.ErrNotExist) || os.IsPermission(err)
}

func benign(err error) bool { // want "^arg 0 tests; tells 0 false=non-nil$"
	return err == nil || errors.Is(err, fs.ErrNotExist)
}

func second(err error) (int, bool) { // want "^arg 0 tests; tells 0 result=1 true=non-nil false=nil$"
	if err == nil {
		return 0, false
	}
	return 1, true
}

func untold(err error) bool { // want "^arg 0 tests$"
	return err == nil && time.Now().IsZero() || os.Getenv("X") == ""
}

// --- functions as arguments

func calls(f func() error) error { // want "^through 0; arg 0 calls$"
	return f()
}

func callsDeferred(f func()) { // want "^arg 0 calls$"
	defer func() { f() }()
}

func callsInPlace(f func(int) bool, s []int) { // want "^arg 0 calls$"
	sort.Slice(s, func(i, j int) bool { return f(s[i]) })
}

func callsOnce(once *sync.Once, f func()) { // want "^arg 1 calls$"
	once.Do(f)
}

func callsLater(f func()) { // want "^arg 0 calls-later$"
	go f()
}

func callsWhenTimePassed(f func()) { // want "^arg 0 calls-later$"
	time.AfterFunc(time.Second, f)
}

type hooks struct{ list []func() }

func (h *hooks) add(f func()) { // want "^arg 0 stores$"
	h.list = append(h.list, f)
}

func twice(f func()) { // want "^arg 0 calls calls-later$"
	f()
	go func() { f() }()
}

// The parameter takes another error on: what is done with that is not done with what was handed in.

func takesOver(err error) (*os.File, error) { // want "^nil-on-error 0; kind outside$"
	text := err.Error()
	f, err := os.Create(text)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func takesOverOnce(err error) error { // want "^arg 0 returns"
	if _, ok := err.(*opError); ok {
		err = os.Remove("x")
	}
	return err
}

func takesOverItself(err error) error { // want "^fails; arg 0 wraps returns$"
	err = wraps(err)
	return err
}
