// Package store is of another project with iterators that keep their error.
package store

import (
	"bufio"
	"errors"
	"fmt"
	"os"
)

type Iterator struct {
	f   *os.File
	s   *bufio.Scanner
	err error
}

func Open(path string) (*Iterator, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &Iterator{f: f, s: bufio.NewScanner(f)}, nil
}

func (i *Iterator) Next() bool {
	if i.s.Scan() {
		return true
	}
	i.err = i.s.Err()
	return false
}

func (i *Iterator) Key() string  { return i.s.Text() }
func (i *Iterator) Err() error   { return i.err }
func (i *Iterator) Close() error { return i.f.Close() }

type Parser struct{ it *Iterator }

func NewParser(path string) *Parser {
	it, err := Open(path)
	if err != nil {
		return &Parser{&Iterator{err: err}}
	}
	return &Parser{it}
}

func (p *Parser) Next() (string, bool) {
	if p.it.Next() {
		return p.it.Key(), true
	}
	return "", false
}

func (p *Parser) Err() error { return p.it.Err() }

type List struct{ keys []string }

func Listed(keys ...string) *List { return &List{keys} }

func (l *List) Next() bool {
	if len(l.keys) > 0 {
		l.keys = l.keys[1:]
	}
	return len(l.keys) > 0
}

func (l *List) Key() string { return l.keys[0] }
func (l *List) Err() error  { return nil }

// A Record is what the store holds of a file.
type Record struct{ Size int }

// Fetch gives the record that there was, where only the file behind it cannot be closed.
func Fetch(path string) (*Record, error) {
	it, err := Open(path)
	if err != nil {
		return nil, err
	}
	r := new(Record)
	for it.Next() {
		r.Size++
	}
	return r, it.Close()
}

// An Index finds the records of a store.
type Index []*Record

// NoRecordError says that there is no record of that size.
type NoRecordError struct{ Size int }

func (e *NoRecordError) Error() string { return "no such record" }

// Find fails by *NoRecordError only.
func (x Index) Find(size int) (*Record, error) {
	for _, r := range x {
		if r.Size == size {
			return r, nil
		}
	}
	return nil, &NoRecordError{size}
}

// Load fails by *NoRecordError as well.
func Load(path string, size int) (*Record, error) {
	r, err := Fetch(path)
	if err != nil {
		return nil, err
	}
	if r.Size < size {
		return nil, &NoRecordError{size}
	}
	return r, nil
}

// ErrTestFailed says that a store is not what a patch takes for granted.
var ErrTestFailed = errors.New("test failed")

// A Patch is what is to change in a store.
type Patch struct{ lines []string }

// ReadPatch reads a patch.
func ReadPatch(path string) (*Patch, error) {
	it, err := Open(path)
	if err != nil {
		return nil, err
	}
	p := new(Patch)
	for it.Next() {
		p.lines = append(p.lines, it.Key())
	}
	return p, it.Close()
}

// Apply changes a store.
func (p *Patch) Apply(path string) (err error) {
	for _, l := range p.lines {
		switch l {
		case "test":
			err = p.test(l)
		default:
			err = os.WriteFile(path, []byte(l), 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Patch) test(l string) error { return fmt.Errorf("%q: %w", l, ErrTestFailed) }

// Steps goes through a list, and through the step that failed.
type Steps struct {
	data []string
	cur  string
	err  error
}

// NewSteps begins.
func NewSteps(data []string) *Steps { return &Steps{data: data} }

// Next says true for the step that failed, too.
func (s *Steps) Next() bool {
	if len(s.data) == 0 {
		return false
	}
	cur, err := os.ReadFile(s.data[0])
	if err != nil {
		s.cur, s.err = "", err
		s.data = nil
		return true
	}
	s.cur, s.data = string(cur), s.data[1:]
	s.err = nil
	return true
}

// Cur gives the step's text, which is empty where it failed.
func (s *Steps) Cur() string { return s.cur }

// Err tells why the last step failed.
func (s *Steps) Err() error { return s.err }
