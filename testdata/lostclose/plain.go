package lostclose

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/s2"
)

// Files of which each write was looked at: what only closing can tell is little, and not everybody wants to hear of it.

// moby: in so many words.
func badAppendBlank(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(line)
	_ = f.Close() // want `^strict: nobody takes the error of f.Close`
	return err
}

func badBlank(name, text string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(f, text); err != nil {
		_ = f.Close()
		return err
	}
	_ = f.Close() // want `^strict: nobody takes the error of f.Close`
	return nil
}

func badDeferredIfOpen(name string, data []byte) (err error) {
	var f *os.File
	defer func() {
		if f != nil {
			_ = f.Close() // want `^strict: nobody takes the error of f.Close`
		}
	}()
	if f, err = os.Create(name); err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}

// tailscale, cloudflared: nor were the writes, in so many words.
func badWritesBlank(path, line string, serve func() error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(f, line)
	f.Close() // want `^strict: nobody takes the error of f.Close`
	return serve()
}

func badWritesBlankOnce(path, head, line string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(f, head)
	_, err = fmt.Fprintln(f, line)
	f.Close() // want `^nobody takes the error of f.Close`
	return err
}

func okWritesBlank(path, line string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(f, line)
	return f.Close()
}

func okWritesJoined(path, head, line string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, herr := fmt.Fprintln(f, head)
	_, err = fmt.Fprintln(f, line)
	return errors.Join(herr, err, f.Close())
}

func okBlankThenFailed(path, line string, check func() error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(f, line)
	if err := check(); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

func okBlankSynced(path, line string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(f, line)
	err = f.Sync()
	f.Close()
	return err
}

// Not each write was.
func badBlankUnseen(path, head string, line []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	fmt.Fprintln(f, head)
	_, err = f.Write(line)
	_ = f.Close() // want `^nobody takes the error of f.Close`
	return err
}

// What comes next counts on it.
func badBlankRenamed(path string, line []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "new")
	if err != nil {
		return err
	}
	if _, err = f.Write(line); err != nil {
		return err
	}
	_ = f.Close() // want `^nobody takes the error of f.Close`
	return os.Rename(f.Name(), path)
}

// moby: the directory lives as long as the function.
func badInScratchDir(v any, ship func(dir string) error) error {
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "manifest.json")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		f.Close()
		return err
	}
	f.Close() // want `^strict: nobody takes the error of f.Close`
	return ship(dir)
}

type export struct{ dir string }

func (e *export) begin() (err error) {
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	e.dir = dir
	return e.badInScratchField("a", strings.NewReader("b"))
}

// nats-server: the directory becomes that of something that lasts.
func badInNewDir(final string, r io.Reader) error {
	dir, err := os.MkdirTemp("", "restore")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	f, err := os.Create(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	f.Close() // want `^nobody takes the error of f.Close`
	if err != nil {
		return err
	}
	return os.Rename(dir, final)
}

func (e *export) badInScratchField(name string, r io.Reader) error {
	f, err := os.Create(filepath.Join(e.dir, "blobs", name))
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	_, err = io.Copy(f, r)
	return err
}

// btcd: there is nobody to tell.
func badNobodyToTell(path string, v any) {
	f, err := os.Create(path)
	if err != nil {
		log.Printf("opening %s: %v", path, err)
		return
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	if err := json.NewEncoder(f).Encode(v); err != nil {
		log.Printf("writing %s: %v", path, err)
	}
}

// Compressors over memory fail no more than those of the standard library.

func okEncodedInMemory(v any) []byte {
	var b bytes.Buffer
	w := s2.NewWriter(&b)
	json.NewEncoder(w).Encode(v)
	w.Close()
	return b.Bytes()
}

func okInMemoryWithOption(data []byte) []byte {
	var b bytes.Buffer
	w := s2.NewWriter(&b, s2.WriterSnappyCompat())
	w.Write(data)
	w.Close()
	return b.Bytes()
}

func okInMemoryDeferred(data []byte) (int, error) {
	var b bytes.Buffer
	w := s2.NewWriter(&b)
	defer w.Close()
	return w.Write(data)
}

func badInFile(f *os.File, data []byte) error {
	w := s2.NewWriter(f)
	defer w.Close() // want `^nobody takes the error of the deferred w.Close`
	_, err := w.Write(data)
	return err
}

func okCompressedParts(parts [][]byte) string {
	var b strings.Builder
	w := s2.NewWriter(&b)
	for _, p := range parts {
		w.Write(p)
		w.Flush()
	}
	w.Close()
	return b.String()
}

func okCompressedHash(data []byte) []byte {
	h := sha256.New()
	w := s2.NewWriter(h)
	w.Write(data)
	w.Close()
	return h.Sum(nil)
}

func okOneOverTheOther(data []byte) []byte {
	var b bytes.Buffer
	inner := s2.NewWriter(&b)
	outer := gzip.NewWriter(inner)
	outer.Write(data)
	outer.Close()
	inner.Close()
	return b.Bytes()
}

func okCompressedAway(data []byte) {
	w := s2.NewWriter(io.Discard)
	w.Write(data)
	w.Close()
}

// The other ways of the files above.

func okSyncedThenBlank(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err = f.Write(line); err == nil {
		err = f.Sync()
	}
	_ = f.Close()
	return err
}

func okReadBlank(path string, v any) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = json.NewDecoder(f).Decode(v)
	_ = f.Close()
	return err
}

func okClosedInScratchDir(v any, ship func(dir string) error) error {
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	f, err := os.Create(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return err
	}
	if err := errors.Join(json.NewEncoder(f).Encode(v), f.Close()); err != nil {
		return err
	}
	return ship(dir)
}

func okToldClose(path string, v any) {
	f, err := os.Create(path)
	if err != nil {
		log.Printf("opening %s: %v", path, err)
		return
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		log.Printf("writing %s: %v", path, err)
	}
	if err := f.Close(); err != nil {
		log.Printf("writing %s: %v", path, err)
	}
}

func okBlankWhereItFails(path string, v any) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

func okInNewDir(final string, r io.Reader) error {
	dir, err := os.MkdirTemp("", "restore")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	f, err := os.Create(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	if _, err = io.Copy(f, r); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(dir, final)
}

func okOnlyTouched(final string) error {
	f, err := os.Open(final)
	if err != nil {
		return err
	}
	defer f.Close()
	return os.Chtimes(final, time.Now(), time.Now())
}

// Writers that are flushed after each write: closing them only sets the mark of the end.

// libp2p
func badTrailer(f *os.File, events <-chan any) error {
	gz := gzip.NewWriter(f)
	defer gz.Close() // want `^strict: nobody takes the error of the deferred gz.Close`
	enc := json.NewEncoder(gz)
	for e := range events {
		if err := enc.Encode(e); err != nil {
			return err
		}
		if err := gz.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func badFlushedAtTimes(f *os.File, events <-chan any, now func() bool) error {
	gz := gzip.NewWriter(f)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	enc := json.NewEncoder(gz)
	for e := range events {
		if err := enc.Encode(e); err != nil {
			return err
		}
		if now() {
			if err := gz.Flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func okTrailerToo(f *os.File, events <-chan any) (err error) {
	gz := gzip.NewWriter(f)
	defer func() { err = errors.Join(err, gz.Close()) }()
	enc := json.NewEncoder(gz)
	for e := range events {
		if err := enc.Encode(e); err != nil {
			return err
		}
		if err := gz.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func okFlushedBuffer(f *os.File, events <-chan any) error {
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	for e := range events {
		if err := enc.Encode(e); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return f.Sync()
}

func okFlushedEnd(w io.Writer, parts [][]byte) error {
	gz := gzip.NewWriter(w)
	for _, p := range parts {
		if _, err := gz.Write(p); err != nil {
			return err
		}
	}
	if err := gz.Flush(); err != nil {
		return err
	}
	return gz.Close()
}

func okFlushedInClosure(w io.Writer, parts [][]byte) error {
	gz := gzip.NewWriter(w)
	write := func(p []byte) error {
		if _, err := gz.Write(p); err != nil {
			return err
		}
		return gz.Flush()
	}
	for _, p := range parts {
		if err := write(p); err != nil {
			return err
		}
	}
	return gz.Close()
}
