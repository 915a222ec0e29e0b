// Package infer shows what the inference finds out about functions, as the
// summaries that follow their names.
package infer

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"errvet.test/testdata/known/helper"
)

// --- can it fail at all

func Across() error { // want "^infallible$"
	var s helper.Sink
	_, err := fmt.Fprintf(&s, "x")
	return err
}

func Naked() (n int, err error) { // want "^infallible$"
	n = 1
	return
}

func named() (err error) { // want `^kind verdict; only io.EOF$`
	if os.Getenv("X") != "" {
		err = io.EOF
	}
	return
}

func deferred() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return nil
}

func byAddress() (err error) {
	defer fill(&err)
	return nil
}

func fill(p *error) { *p = io.EOF }

func odd(n int) error { // want "^infallible$"
	if n == 0 {
		return nil
	}
	return even(n - 1)
}

func even(n int) error { // want "^infallible$"
	if n == 0 {
		return nil
	}
	return odd(n - 1)
}

func loops(n int) error { // want "^fails; kind verdict; only strconv.ErrRange$"
	if n > 9 {
		return strconv.ErrRange
	}
	return loops(n + 1)
}

type number struct{ error }

func typed() error { // want "^fails; kind verdict; one-way$"
	return number{io.EOF}
}

func guarded(name string) error { // want "^fails; kind outside$"
	if _, err := os.Stat(name); err != nil {
		return err
	}
	return fmt.Errorf("%s is there", name)
}

func halfGuarded(name string) error { // want `^kind outside$`
	_, err := os.Stat(name)
	if err != nil && name != "" {
		return nil
	}
	return err
}

func rescued() error { // want "^one-way$"
	defer func() { _ = recover() }()
	return errors.New("or nil, if something panics")
}

// --- what is nil with an error

func passed(name string) (*os.File, error) { // want "^nil-on-error 0; kind outside$"
	return os.Open(name)
}

func pair(name string) (*os.File, error) { // want "^nil-on-error 0; kind outside; wraps io/fs.ErrExist io/fs.ErrNotExist io/fs.ErrPermission$"
	f, err := helper.Open(name)
	return f, err
}

func mixed(name string) (*os.File, error) { // want `^kind outside$`
	f, err := os.Open(name)
	if err == nil {
		_, err = f.Stat()
	}
	return f, err
}

type document struct{ text string }

func nilOrNot(name string) (*document, error) { // want "^may-nil 0; held 0; kind outside"
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	_, err = f.Stat()
	return &document{name}, err
}

func nilOrNotHandedOn(name string) (*document, error) { // want "^may-nil 0; held 0; kind outside"
	return nilOrNot(name)
}

func nilOrNotByName(name string) (d *document, err error) { // want "^may-nil 0; held 0; kind outside"
	if err = os.Remove(name); err != nil {
		return
	}
	d = &document{name}
	err = os.Remove(name + "~")
	return
}

func nilOrNotOne(name string) (*document, []byte, error) { // want "^nil-on-error 0; kind outside"
	if err := os.Remove(name); err != nil {
		return nil, nil, err
	}
	err := os.Remove(name + "~")
	return nil, []byte(name), err
}

func neverWithError(name string) (*document, error) { // want "^held 0; kind outside"
	if name == "" {
		return nil, nil
	}
	return &document{name}, os.Remove(name)
}

func nilOrNotList(name string) ([]string, error) { // want "^kind outside"
	if err := os.Remove(name); err != nil {
		return nil, err
	}
	return []string{name}, os.Remove(name + "~")
}

func partial(r io.Reader) ([]byte, error) { // want "^through 0; sentinels io.EOF io.ErrUnexpectedEOF$"
	b := make([]byte, 8)
	_, err := io.ReadFull(r, b)
	return b, err
}

func three(name string) (*os.File, []byte, error) { // want "^nil-on-error 0 1; kind outside$"
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	return f, []byte(name), nil
}

func emptySlice(name string) ([]byte, error) { // want "^kind verdict; only io.EOF$"
	if name == "" {
		return []byte{}, io.EOF
	}
	return nil, nil
}

func switched(name string) (*os.File, error) { // want "^nil-on-error 0; kind outside$"
	f, err := os.Open(name)
	switch {
	case err == nil:
		return f, nil
	default:
		return nil, err
	}
}

func tagged(name string) (*os.File, error) { // want "^nil-on-error 0; kind outside$"
	f, err := os.Open(name)
	switch err {
	case nil:
		return f, nil
	}
	return nil, err
}

func checked(name string) *os.File {
	f, err := os.Open(name)
	helper.Check(err)
	return f
}

func afterCheck(name string) (*os.File, error) { // want "^infallible$"
	f, err := os.Open(name)
	helper.Check(err)
	return f, err
}

func generic[T any](v *T, ok bool) (*T, error) { // want "^nil-on-error 0; kind verdict; only io.EOF$"
	if !ok {
		return nil, io.EOF
	}
	return v, nil
}

func instantiated(v *int) (*int, error) { // want "^nil-on-error 0; kind verdict; only io.EOF$"
	return generic(v, v != nil)
}

func sticky(name string) (*os.File, error) { // want "^nil-on-error 0; kind outside$"
	var f *os.File
	var err error
	for range 3 {
		if f, err = os.Open(name); err == nil {
			return f, nil
		}
	}
	return nil, err
}

var errLate error // set while the program runs, or not

var errEarly = errors.New("early")

func late() error { return errLate } // want `^kind verdict$`

func early() error { return errEarly } // want "^fails; kind verdict; only errvet.test/testdata/known/infer.errEarly$"

// --- what only a panic of what it is given brings about

func tried(f func()) (err error) { // want "^guards 0; arg 0 calls$"
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	f()
	return
}

func triedAbove(name string, f func()) (err error) { // want "^guards 1; arg 1 calls$"
	defer func() {
		r := recover()
		if r != nil {
			err = fmt.Errorf("panic of %s: %v", name, r)
		}
	}()
	f()
	return nil
}

func triedFallible(f func() error) (err error) { // want "^arg 0 calls$"
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	err = f()
	return err
}

func triedAlways(f func()) (err error) { // want "^arg 0 calls$"
	defer func() {
		r := recover()
		err = fmt.Errorf("panic: %v", r)
	}()
	f()
	return nil
}
