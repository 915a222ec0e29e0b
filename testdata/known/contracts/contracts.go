// Package contracts has functions whose doc comments promise something.
package contracts

import (
	"errors"
	"io"
	"os"
)

var errFull = errors.New("full")

type Buffer struct{ b []byte }

// Write cannot fail, whatever its code looks like from outside.
//
//errvet:infallible
func (b *Buffer) Write(p []byte) (int, error) { // want Write:"^infallible$"
	n, err := sink.Write(p)
	return n, err
}

var sink io.Writer

//errvet:infallible
func (b *Buffer) WriteString(s string) (int, error) { // want WriteString:"^infallible"
	if len(s) > cap(b.b) {
		return 0, errFull // want "WriteString is infallible by its doc comment, but returns an error that is not nil here"
	}
	return len(s), nil
}

//errvet:nil-on-error
func Open(name string) (*os.File, error) { // want Open:"^nil-on-error 0"
	f, err := os.Open(name)
	if err != nil {
		return &os.File{}, err // want "Open gives nil with an error by its doc comment, but returns result 0 and an error here"
	}
	return f, nil
}

//errvet:nil-on-error
func Trusted(open func() (*os.File, error)) (*os.File, error) { // want Trusted:"^through 0; nil-on-error 0; arg 0 calls$"
	return open()
}

//errvet:handles err
func Notify(err error) { // want Notify:"^arg 0 disposes$"
	notify(err)
}

var notify func(error)

//errvet:handles err
func Forget(err error) {} // want Forget:"^arg 0 disposes$" "Forget promises to handle err, but nothing is done with it"

//errvet:handles cause // want "Mistaken has no parameter cause for //errvet:handles: name one of its parameters"
func Mistaken(err error) {} // want Mistaken:"^arg 0 drops$"

//errvet:infallible // want "Void has no error result, so //errvet:infallible says nothing: remove it"
func Void() {}

// Store is implemented elsewhere.
type Store interface {
	// Touch only notes the time.
	//
	//errvet:infallible
	Touch(key string) error // want Touch:"^infallible$"
	Put(key string) error
}

func Uses(s Store) error { // want Uses:"^infallible$"
	return s.Touch("k")
}

func Fails(s Store) error {
	return s.Put("k")
}

//errvet:boundary top of a request
func Serve(f func()) { // want Serve:"^arg 0 calls$"
	defer func() { _ = recover() }()
	f()
}
