// Package helper holds the functions whose facts package infer uses.
package helper

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
)

type Sink struct{ n int }

func (s *Sink) Write(p []byte) (int, error) { // want "^infallible; kind write$"
	s.n += len(p)
	return len(p), nil
}

func Open(name string) (*os.File, error) { // want "^nil-on-error 0; kind outside; wraps io/fs.ErrExist io/fs.ErrNotExist io/fs.ErrPermission$"
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	return f, nil
}

func Check(err error) { // want "^arg 0 panics tests$"
	if err != nil {
		panic(err)
	}
}

func Report(err error) { // want "^arg 0 logs tests; kind log$"
	if err != nil {
		log.Printf("failed: %v", err)
	}
}

func Wrap(err error, what string) error { // want "^follows 0; arg 0 wraps tests$"
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

func Newf(format string, args ...any) error { // want "^fails; arg 1 wraps flattens; kind verdict$"
	return fmt.Errorf(format, args...)
}

var ErrEmpty = errors.New("empty")

func Next(r io.Reader) (byte, error) { // want "^sentinels errvet.test/testdata/known/helper.ErrEmpty io.EOF$"
	var b [1]byte
	n, err := r.Read(b[:])
	if n == 0 && err == nil {
		return 0, ErrEmpty
	}
	return b[0], err
}

// Exit is a variable so that tests can put something else there.
var Exit = exit

var exit = func(code int) { os.Exit(code) }

func Reset() { Exit = exit }

func Fail() { // want "^noreturn$"
	Exit(1)
}

// Short names for functions of others.
var (
	Remove  = os.Remove
	Read    = rand.Read
	Changed = rand.Read
	Default = nothing
)

func nothing() error { return nil } // want "^infallible$"

func Change(read func([]byte) (int, error)) { Changed = read } // want "^arg 0 stores$"

// OnFailure is for others to set.
var OnFailure func(error)

var Retry = func(code int) { // also for others, who get it to give up sooner
	if code > 1 {
		os.Exit(code)
	}
}

type ID [2]byte

func (id ID) MarshalText() ([]byte, error) { // want "^infallible$"
	return []byte{id[0] | 'a', id[1] | 'a'}, nil
}

type Named string

func (n Named) MarshalText() ([]byte, error) { // want "."
	if n == "" {
		return nil, ErrEmpty
	}
	return []byte(n), nil
}

type Snapshot struct{ index int }

func (s *Snapshot) Index() int { // want "^takes-nil$"
	if s == nil {
		return 0
	}
	return s.index
}

func (s *Snapshot) Close() error { // want "^takes-nil"
	if s == nil {
		return nil
	}
	return os.Remove("snapshot")
}

func (s *Snapshot) Restore() int { return s.index }

func Take() (*Snapshot, error) { // want "^nil-on-error 0"
	f, err := os.Open("snapshot")
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return &Snapshot{}, nil
}
