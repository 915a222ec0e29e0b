package lostclose

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/s2"
)

// Files that are closed and no more: what only that can tell is little, and not everybody wants to hear of it.

// moby
func badAppend(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(line)
	_ = f.Close() // want `^strict: nobody takes the error of f.Close`
	return err
}

func okAppend(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(line)
	return errors.Join(err, f.Close())
}

// What is in the buffer over it was flushed.
func badFlushedFirst(path string, rows []string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	w := bufio.NewWriter(f)
	for _, row := range rows {
		if _, err := w.WriteString(row); err != nil {
			return err
		}
	}
	return w.Flush()
}

// It never was.
func badNeverFlushed(path string, v any) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	w := bufio.NewWriter(f)
	return json.NewEncoder(w).Encode(v)
}

// It cannot be.
func badNeverNamed(path string, v any) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	return json.NewEncoder(bufio.NewWriter(f)).Encode(v)
}

// Only what lies over it was.
func badHalfFlushed(path string, data []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	w := bufio.NewWriter(f)
	gz := gzip.NewWriter(w)
	if _, err := gz.Write(data); err != nil {
		return err
	}
	return gz.Close()
}

// A csv.Writer's WriteAll flushes.
func badAllAtOnce(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	return csv.NewWriter(f).WriteAll(rows)
}

func okFlushedAndClosed(path string, v any) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	return errors.Join(json.NewEncoder(w).Encode(v), w.Flush())
}

// Files behind an interface, or in a type of one's own.

func openOutput(path string) (io.WriteCloser, error) {
	if path == "" {
		return nil, errors.New("no name")
	}
	return os.Create(path)
}

func openPacked(path string) (io.WriteCloser, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(path, ".gz") {
		return gzip.NewWriter(f), nil
	}
	return f, nil
}

// oc
func badOpened(path string, r io.Reader) error {
	w, err := openOutput(path)
	if err != nil {
		return err
	}
	defer w.Close() // want `^strict: nobody takes the error of the deferred w.Close`
	_, err = io.Copy(w, r)
	return err
}

func badOpenedPacked(path string, r io.Reader) error {
	w, err := openPacked(path)
	if err != nil {
		return err
	}
	defer w.Close() // want `^nobody takes the error of the deferred w.Close`
	_, err = io.Copy(w, r)
	return err
}

// containerd
func badFileOrStdout(path string, r io.Reader) (err error) {
	var w io.WriteCloser
	if path == "-" {
		w = os.Stdout
	} else if w, err = os.Create(path); err != nil {
		return err
	}
	defer w.Close() // want `^strict: nobody takes the error of the deferred w.Close`
	_, err = io.Copy(w, r)
	return err
}

func badFileOrOther(path string, other io.WriteCloser, r io.Reader) (err error) {
	w := other
	if path != "-" {
		if w, err = os.Create(path); err != nil {
			return err
		}
	}
	_, err = io.Copy(w, r)
	w.Close() // want `^nobody takes the error of w.Close`
	return err
}

func okOpened(path string, r io.Reader) error {
	w, err := openOutput(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Close())
}

func okOpenedPacked(path string, r io.Reader) error {
	w, err := openPacked(path)
	if err != nil {
		return err
	}
	if _, err = io.Copy(w, r); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

// docker/cli
type idFile struct {
	path    string
	file    *os.File
	written bool
}

func (i *idFile) Write(b []byte) (int, error) {
	i.written = true
	return i.file.Write(b)
}

func (i *idFile) Close() error {
	if i.file == nil {
		return nil
	}
	err := i.file.Close()
	if i.written {
		return err
	}
	return os.Remove(i.path)
}

func badIDFile(i *idFile, id string) error {
	defer i.Close() // want `^strict: nobody takes the error of the deferred i.Close`
	_, err := io.WriteString(i, id)
	return err
}

// What closing this one does is to put it in its place.
type placed struct {
	file *os.File
	name string
}

func (p *placed) Write(b []byte) (int, error) { return p.file.Write(b) }

func (p *placed) Close() error {
	if err := p.file.Close(); err != nil {
		return err
	}
	return os.Rename(p.file.Name(), p.name)
}

func badPlaced(p *placed, data []byte) error {
	defer p.Close() // want `^nobody takes the error of the deferred p.Close`
	_, err := p.Write(data)
	return err
}

func okIDFile(i *idFile, id string) error {
	_, err := io.WriteString(i, id)
	return errors.Join(err, i.Close())
}

func okPlaced(p *placed, data []byte) (err error) {
	defer func() { err = errors.Join(err, p.Close()) }()
	_, err = p.Write(data)
	return err
}

// Files that take the place of others.

// The old one is moved out of the way before.
func badRotated(path string, line []byte) error {
	if err := os.Rename(path, path+".1"); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	_, err = f.Write(line)
	return err
}

func okRotated(path string, line []byte) error {
	if err := os.Rename(path, path+".1"); err != nil {
		return err
	}
	return os.WriteFile(path, line, 0o600)
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

// It becomes another file.
func badTempLinked(to, content string) error {
	f, err := os.CreateTemp("", "key_*")
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	if _, err := f.WriteString(content); err != nil {
		return err
	}
	return os.Link(f.Name(), to)
}

func okTempLinked(to, content string) error {
	f, err := os.CreateTemp("", "key_*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), to)
}

// A file that is removed has nothing to lose.

func okRemovedByName(name string, data []byte, read func(string) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer os.Remove(name)
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return read(name)
}

func okRemovedInLine(dir string, data []byte) error {
	f, err := os.CreateTemp(dir, "probe")
	if err != nil {
		return err
	}
	_, werr := f.Write(data)
	f.Close()
	return errors.Join(werr, os.Remove(f.Name()))
}

func okRemovedWithDir(dir string, data []byte, read func(string) error) error {
	defer os.RemoveAll(dir)
	f, err := os.Create(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return read(dir)
}

func okRemovedInClosure(data []byte, read func(string) error) error {
	f, err := os.CreateTemp("", "data")
	if err != nil {
		return err
	}
	defer func() {
		f.Close()
		os.Remove(f.Name())
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return read(f.Name())
}

func okNameKept(data []byte, read func(string) error) error {
	f, err := os.CreateTemp("", "data")
	if err != nil {
		return err
	}
	name := f.Name()
	defer os.Remove(name)
	if _, err = f.Write(data); err != nil {
		f.Close()
		return err
	}
	f.Close()
	return read(name)
}

func okTempRemoved(content string, use func(name string) error) error {
	f, err := os.CreateTemp("", "key_*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := f.WriteString(content); err != nil {
		return err
	}
	return use(f.Name())
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
