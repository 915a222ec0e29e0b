package infer

import (
	"fmt"
	"io"
	"log"
	"os"

	"errvet.test/testdata/known/helper"
)

type reader struct {
	f    *os.File
	next *reader
	n    int
}

func (r *reader) Close() error { // want "^takes-nil"
	if r == nil {
		return nil
	}
	return r.f.Close()
}

func (r *reader) Len() int { // want "^takes-nil$"
	if r != nil {
		return r.n
	}
	return 0
}

func (r *reader) open() bool { return r != nil && r.f != nil } // want "^takes-nil"

func (r *reader) Name() string { // want "^takes-nil"
	n := 0
	if r == nil || r.f == nil {
		return fmt.Sprint(n)
	}
	return r.f.Name()
}

func (r *reader) Log() { // want "^takes-nil"
	if n := r.Len(); n == 0 {
		log.Print("empty")
	}
	if r != nil && r.n > 0 {
		log.Print(r.n)
	} else {
		log.Print(0)
	}
	for range 3 {
		if nil == r {
			continue
		}
	}
}

func (r *reader) Count() int { return r.Len() } // want "^takes-nil$"

func (r *reader) Self() *reader { // want "^takes-nil$"
	if r == nil {
		return r
	}
	return r.next
}

// Those need something to be called on.

func (r *reader) Size() int { return r.n }

func (r *reader) Late() int {
	n := r.n
	if r == nil {
		return 0
	}
	return n
}

func (r *reader) Panics() int {
	if r == nil {
		panic("no reader")
	}
	return r.n
}

func (r *reader) Falls() int {
	if r == nil {
		log.Print("no reader")
	}
	return r.n
}

func (r *reader) Other(o *reader) int {
	if o == nil {
		return 0
	}
	return r.n
}

func (r *reader) Either() int {
	if r != nil || r.n > 0 {
		return 1
	}
	return 0
}

func (r reader) Value() int { return r.n }

func (r *reader) Embeds() error { // want "^takes-nil"
	if r == nil {
		return io.EOF
	}
	return r.f.Sync()
}

type wrapping struct {
	n int
	helper.Snapshot
}

func (w *wrapping) Sum() int { return w.Snapshot.Index() }

func (w *wrapping) Sum2() int { return w.Index() }

func (r *reader) Ready(wanted bool) bool { // want "^takes-nil$"
	switch {
	case r == nil:
		return false
	case !wanted:
		return true
	}
	return r.f != nil
}

func (r *reader) ReadyLate(wanted bool) bool {
	switch {
	case r.f == nil:
		return false
	case r == nil:
		return wanted
	}
	return true
}

func (r *reader) ReadyMaybe(wanted bool) bool {
	switch {
	case wanted:
		return r.f != nil
	case r == nil:
		return false
	}
	return true
}

// A break leaves the switch only: what comes behind it reaches into nil.
func (r *reader) ReadyBehind() bool {
	switch {
	case r == nil:
		break
	}
	return r.f != nil
}

func (r *reader) ReadyThrough(wanted bool) bool {
	switch {
	case r == nil:
		fallthrough
	case wanted:
		return r.f != nil
	}
	return false
}
