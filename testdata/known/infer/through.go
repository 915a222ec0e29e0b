package infer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
)

// --- by what alone a function fails

func header(w io.Writer, name string) error { // want "^through 0$"
	_, err := fmt.Fprintf(w, "%s:\n", name)
	return err
}

func lines(w io.Writer, list []string) (n int, err error) { // want "^through 0$"
	for _, l := range list {
		if err = header(w, l); err != nil {
			return n, fmt.Errorf("line %q: %w", l, err)
		}
		if _, err := io.WriteString(w, "\n"); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func buffered(w io.Writer) error { // want "^through 0; sentinels io.ErrShortWrite$"
	bw := bufio.NewWriter(w)
	if err := header(bw, "x"); err != nil {
		return err
	}
	return bw.Flush()
}

func inMemory() (string, error) { // want "^infallible$"
	var b strings.Builder
	if err := header(&b, "x"); err != nil {
		return "", err
	}
	_, err := lines(&b, nil)
	return b.String(), err
}

func both(a, b io.Writer) error { // want "^through 0 1$"
	if err := header(a, "x"); err != nil {
		return err
	}
	return header(b, "x")
}

func again(f func() error) error { // want "^through 0; arg 0 calls$"
	for {
		if err := f(); err == nil || errors.Is(err, io.EOF) {
			return err
		}
	}
}

type printer struct {
	w   io.Writer
	f   *os.File
	buf bytes.Buffer
}

func (p *printer) header() error { // want "^through receiver$"
	return header(p.w, "x")
}

func (p *printer) kept() error { // want "^infallible$"
	return header(&p.buf, "x")
}

func (p *printer) indent(w io.Writer) error { // want "^through 0 receiver$"
	if err := p.header(); err != nil {
		return err
	}
	return header(w, "x")
}

// What follows can fail by itself.

func check(w io.Writer, name string) error {
	if name == "" {
		return errors.New("no name")
	}
	return header(w, name)
}

func encode(w io.Writer, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

func elsewhere(w io.Writer) error {
	w = os.Stdout
	return header(w, "x")
}

func (p *printer) toFile() error { // want "^kind write outside; sentinels io.ErrShortWrite$"
	_, err := p.f.WriteString("x")
	return err
}

func received(w io.Writer, errs chan error) error { // want `^kind outside$`
	err := header(w, "x")
	if err == nil {
		err = <-errs
	}
	return err
}

func asserted(w io.Writer, v any) error {
	err, _ := v.(error)
	return err
}

// --- functions that never return

func die(format string, args ...any) { // want "^noreturn; arg 1 logs; kind log$"
	log.Printf(format, args...)
	os.Exit(2)
}

func dieUnless(ok bool) {
	if !ok {
		die("x")
	}
}

func dieBy(err error) { // want "^noreturn; arg 0 logs exits tests; kind log$"
	if err != nil {
		die("%v", err)
	}
	die("nothing")
}

func dead() error { // want "^noreturn; kind verdict$"
	log.Fatal("x")
	return nil
}

func recovered() (err error) { // want "^one-way$"
	defer func() {
		if recover() != nil {
			err = errors.New("x")
		}
	}()
	log.Panic("x")
	return nil
}

// What its writer was built over is the constructor's to know: here it is what the receiver holds.
type table struct{ w *bufio.Writer }

func newTable(w io.Writer) *table { return &table{w: bufio.NewWriter(w)} }

func (t *table) row() error { // want "^through receiver"
	_, err := t.w.WriteString("row")
	return err
}
