package errmatch

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
)

// The examples of the documentation.

type record struct{ data []byte }

func decode(r io.Reader) (record, error) {
	var rec record
	if _, err := io.ReadFull(r, rec.data); err != nil {
		return rec, fmt.Errorf("decoding a record: %w", err)
	}
	return rec, nil
}

func last(r io.Reader) (record, error) {
	rec, err := decode(r)
	if err == io.ErrUnexpectedEOF { // want `err comes wrapped from decode \(line 26\); == misses io.ErrUnexpectedEOF then, errors.Is finds it`
		return record{}, nil
	}
	return rec, err
}

func Retryable(err error) bool {
	return err == net.ErrClosed // want `^strict: err is what a caller hands in, and may be wrapped; == misses net.ErrClosed then, errors.Is finds it`
}

func accept(l net.Listener) error {
	_, err := l.Accept()
	if err != nil && strings.Contains(err.Error(), "use of closed network connection") { // want `^what to do is decided by the text of err, which stands for net.ErrClosed: errors.Is finds it`
		return nil
	}
	return err
}

func signIn(name string) error {
	if err := account(name); err != nil && strings.Contains(err.Error(), "no such account") { // want `^what to do is decided by the text of err, which the next release or wrapper changes; its name may be ErrNoSuchAccount`
		return nil
	}
	return nil
}

var ErrNoSuchAccount = errors.New("no such account")

func account(name string) error {
	if _, err := os.Stat(name); err != nil {
		return fmt.Errorf("%w: %w", ErrNoSuchAccount, err)
	}
	return nil
}

func config(name string) ([]byte, error) {
	data, err := read(name)
	if os.IsNotExist(err) { // want `err comes wrapped from read \(line \d+\); os.IsNotExist does not look inside: errors.Is\(err, fs.ErrNotExist\) does`
		return nil, nil
	}
	return data, err
}

func read(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	return data, nil
}

func repaired(r io.Reader, name string) error {
	if _, err := decode(r); errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	if _, err := read(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var op *net.OpError
	if _, err := net.Dial("tcp", name); errors.As(err, &op) {
		return op
	}
	return nil
}
