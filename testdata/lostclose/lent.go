package lostclose

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"sync"
)

// What a function does with a handle that it is given decides, where it can be seen.

// A table buffers what is put into it.
type table struct {
	f   *os.File
	buf *bufio.Writer
	m   map[string]string
}

func openTable(name string) (*table, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return &table{f, bufio.NewWriter(f), map[string]string{}}, nil
}

func (t *table) Put(k, v string) error {
	t.m[k] = v
	_, err := fmt.Fprintln(t.buf, k, v)
	return err
}

func (t *table) Get(k string) string { return t.m[k] }

func (t *table) Each(f func(k, v string)) {
	for k, v := range t.m {
		f(k, v)
	}
}

func (t *table) Close() error { return errors.Join(t.buf.Flush(), t.f.Close()) }

// badger
func badStrictOnlyShown(name string) error {
	t, err := openTable(name)
	if err != nil {
		return err
	}
	defer t.Close() // want `^strict: nobody takes the error of the deferred t.Close, which can lose what was written elsewhere`
	show(t)
	return nil
}

func show(t *table) { t.Each(func(k, v string) { fmt.Println(k, v) }) }

func badStrictShownByTwo(name string, all bool) error {
	t, err := openTable(name)
	if err != nil {
		return err
	}
	defer t.Close() // want `^strict: nobody takes the error of the deferred t.Close, which can lose what was written elsewhere`
	return showTwice(t, all)
}

func showTwice(t *table, all bool) error {
	if t.Get("id") == "" {
		return errors.New("no id")
	}
	if all {
		go show(t)
	}
	return nil
}

func badFilled(name string) error {
	t, err := openTable(name)
	if err != nil {
		return err
	}
	defer t.Close() // want `^nobody takes the error of the deferred t.Close: what was written on line \d+ may not be stored`
	return fill(t)
}

func fill(t *table) error { return t.Put("id", "1") }

func fillTwice(t *table) error { return errors.Join(fill(t), fill(t)) }

// Whoever keeps it may write at any time.
type keeper struct{ t *table }

func badKept(name string, k *keeper) error {
	t, err := openTable(name)
	if err != nil {
		return err
	}
	defer t.Close() // want `^nobody takes the error of the deferred t.Close: what was written on line \d+ may not be stored`
	k.keep(t)
	return nil
}

func (k *keeper) keep(t *table) { k.t = t }

func okFilledAndClosed(name string) error {
	t, err := openTable(name)
	if err != nil {
		return err
	}
	return errors.Join(fill(t), t.Close())
}

func okFilledAndChecked(name string) (err error) {
	t, err := openTable(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	return fillTwice(t)
}

// A deferred Close that stands in for the other paths.

// A part is renamed when it is whole.
type part struct {
	mu    sync.Mutex
	f     *os.File
	final string
}

func openPart(final string) (*part, error) {
	f, err := os.Create(final + ".tmp")
	if err != nil {
		return nil, err
	}
	return &part{f: f, final: final}, nil
}

func (p *part) Write(b []byte) (int, error) { return p.f.Write(b) }

func (p *part) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.f == nil {
		return nil
	}
	err := errors.Join(p.f.Sync(), p.f.Close())
	p.f = nil
	return err
}

func (p *part) Finalize() error {
	name := p.f.Name()
	if err := p.Close(); err != nil {
		return err
	}
	return os.Rename(name, p.final)
}

// loki
func okFinalized(r io.Reader, open func() *part) {
	var p *part
	if open != nil {
		p = open()
	}
	if p != nil {
		defer p.Close()
		if _, err := io.Copy(p, r); err != nil {
			log.Fatal(err)
		}
	}
	if p != nil {
		if err := p.Finalize(); err != nil {
			log.Fatal(err)
		}
	}
}

func okFinalizedReturned(final string, r io.Reader) error {
	p, err := openPart(final)
	if err != nil {
		return err
	}
	defer p.Close()
	if _, err := io.Copy(p, r); err != nil {
		return err
	}
	return p.Finalize()
}

func badNotAlwaysFinalized(final string, r io.Reader, whole bool) error {
	p, err := openPart(final)
	if err != nil {
		return err
	}
	defer p.Close() // want `^nobody takes the error of the deferred p.Close`
	if _, err := io.Copy(p, r); err != nil {
		return err
	}
	if whole {
		return p.Finalize()
	}
	return nil
}

// tailscale: a failure that a method makes of one.
type transfer struct {
	open func(string) (io.WriteCloser, error)
	logf func(string, ...any)
	w    io.Writer
}

func (t *transfer) failed(stage string, err error) error {
	t.logf("%s: %v", stage, err)
	return err
}

func (t *transfer) okBackstop(name string, r io.Reader, length int64) (n int64, err error) {
	wc, err := t.open(name)
	if err != nil {
		return 0, t.failed("open", err)
	}
	defer func() {
		wc.Close()
		if err != nil {
			t.logf("will be deleted")
		}
	}()
	t.w = wc
	if n, err = io.Copy(wc, r); err != nil {
		return 0, t.failed("copy", err)
	}
	if n != length {
		return 0, t.failed("copy", fmt.Errorf("copied %d bytes", n))
	}
	if err := wc.Close(); err != nil {
		return 0, t.failed("close", err)
	}
	return n, nil
}

func (t *transfer) badBackstop(name string, r io.Reader, length int64) (n int64, err error) {
	wc, err := t.open(name)
	if err != nil {
		return 0, t.failed("open", err)
	}
	defer func() {
		wc.Close() // want `^nobody takes the error of wc.Close`
	}()
	if n, err = io.Copy(wc, r); err != nil {
		return 0, t.failed("copy", err)
	}
	if n != length {
		t.logf("copied %d bytes", n)
		return n, nil
	}
	if err := wc.Close(); err != nil {
		return 0, t.failed("close", err)
	}
	return n, nil
}

func okFilledOrNot(name string, dry bool) (err error) {
	t, err := openTable(name)
	if err != nil {
		return err
	}
	if dry {
		show(t)
		return t.Close()
	}
	return errors.Join(fill(t), t.Close())
}

func okFilledThenLogged(name string) {
	t, err := openTable(name)
	if err != nil {
		log.Print(err)
		return
	}
	if err := fill(t); err != nil {
		log.Print(err)
	}
	if err := t.Close(); err != nil {
		log.Print(err)
	}
}

func okFilledAndPanicked(name string) {
	t, err := openTable(name)
	if err != nil {
		panic(err)
	}
	if err := errors.Join(fill(t), t.Close()); err != nil {
		panic(err)
	}
}

func okGivenAway(name string) (*table, error) {
	t, err := openTable(name)
	if err != nil {
		return nil, err
	}
	if err := fill(t); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

func okFilledInClosure(name string) error {
	t, err := openTable(name)
	if err != nil {
		return err
	}
	err = func() error { return fill(t) }()
	if cerr := t.Close(); err == nil {
		err = cerr
	}
	return err
}

func okFinalizedInElse(final string, r io.Reader) error {
	p, err := openPart(final)
	if err != nil {
		return err
	}
	if _, err := io.Copy(p, r); err != nil {
		p.Close()
		return err
	} else if err := p.Finalize(); err != nil {
		return err
	}
	return nil
}

func (t *transfer) okFailsByName(name string, r io.Reader) error {
	wc, err := t.open(name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(wc, r); err != nil {
		wc.Close()
		return t.failed("copy", err)
	}
	if err := wc.Close(); err != nil {
		return t.failed("close", err)
	}
	return nil
}

func (t *transfer) okShort(name string, r io.Reader, length int64) error {
	wc, err := t.open(name)
	if err != nil {
		return err
	}
	n, err := io.Copy(wc, r)
	if err == nil && n < length {
		wc.Close()
		return t.failed("copy", io.ErrShortWrite)
	}
	return errors.Join(err, wc.Close())
}
