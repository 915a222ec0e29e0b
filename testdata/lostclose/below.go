package lostclose

import (
	"bufio"
	"compress/gzip"
	"compress/zlib"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"os"
)

// What lies under a writer keeps its error, and somebody asks for it.

// A picture is image/png's encoder in short.
type picture struct {
	zw  *zlib.Writer
	bw  *bufio.Writer
	out io.Writer
	err error
}

func (p *picture) okRows(w io.Writer, rows [][]byte) error {
	if p.zw == nil {
		zw, err := zlib.NewWriterLevel(w, zlib.BestSpeed)
		if err != nil {
			return err
		}
		p.zw = zw
	} else {
		p.zw.Reset(w)
	}
	defer p.zw.Close()
	for _, row := range rows {
		if _, err := p.zw.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func (p *picture) encode(rows [][]byte) {
	if p.bw == nil {
		p.bw = bufio.NewWriter(p.out)
	} else {
		p.bw.Reset(p.out)
	}
	p.err = p.okRows(p.bw, rows)
	if p.err != nil {
		return
	}
	p.err = p.bw.Flush()
}

func okPackedInto(w io.Writer, data []byte) error {
	gz := gzip.NewWriter(w)
	defer gz.Close()
	_, err := gz.Write(data)
	return err
}

func packTwo(w io.Writer, a, b []byte) error {
	out := bufio.NewWriter(w)
	for _, data := range [][]byte{a, b} {
		if err := okPackedInto(out, data); err != nil {
			return err
		}
	}
	return out.Flush()
}

func okPackedHere(w io.Writer, data []byte) error {
	out := bufio.NewWriter(w)
	gz := gzip.NewWriter(out)
	if _, err := gz.Write(data); err != nil {
		return err
	}
	gz.Close()
	return out.Flush()
}

func okRowsBelow(w io.Writer, rows [][]string) error {
	out := bufio.NewWriter(w)
	cw := csv.NewWriter(out)
	for _, row := range rows {
		if err := cw.Write(row); err != nil {
			return err
		}
	}
	cw.Flush()
	return out.Flush()
}

// One of two callers does not ask.
func badAskedOnce(w io.Writer, data []byte) error {
	gz := gzip.NewWriter(w)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	_, err := gz.Write(data)
	return err
}

func packAndAsk(w io.Writer, data []byte) error {
	out := bufio.NewWriter(w)
	if err := badAskedOnce(out, data); err != nil {
		return err
	}
	return out.Flush()
}

func packAndForget(w io.Writer, data []byte) error { return badAskedOnce(bufio.NewWriter(w), data) }

// A file keeps no error.
func badOverFile(f *os.File, data []byte) error {
	gz := gzip.NewWriter(f)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	_, err := gz.Write(data)
	return err
}

func packToFile(f *os.File, data []byte) error {
	if err := badOverFile(f, data); err != nil {
		return err
	}
	return f.Sync()
}

// A writer in a field, over memory until it is told otherwise.
type packer struct{ gz, again *gzip.Writer }

func newPacker() *packer {
	return &packer{gz: gzip.NewWriter(io.Discard), again: gzip.NewWriter(io.Discard)}
}

func (p *packer) badReset(w io.Writer, data []byte) error {
	p.again.Reset(w)
	if _, err := p.again.Write(data); err != nil {
		return err
	}
	p.again.Close() // want `^nobody takes the error of (p.)?again.Close`
	return nil
}

func (p *packer) okNeverReset(data []byte) error {
	if _, err := p.gz.Write(data); err != nil {
		return err
	}
	p.gz.Close()
	return nil
}

// An answer to a client, by its methods.
type response struct {
	header http.Header
	w      *bufio.Writer
}

func (r *response) Header() http.Header { return r.header }

func (r *response) Write(b []byte) (int, error) { return r.w.Write(b) }

func (r *response) WriteHeader(status int) {}

func (r *response) Close() error { return r.w.Flush() }

// net/http/fcgi
func okServed(r *response, h http.Handler, req *http.Request) {
	h.ServeHTTP(r, req)
	r.Write(nil)
	r.Close()
}

func okAnswered(r *response, data []byte) error {
	defer r.Close()
	_, err := r.Write(data)
	return err
}

// No client gets this one.
type spool struct{ w *bufio.Writer }

func (s *spool) Write(b []byte) (int, error) { return s.w.Write(b) }

func (s *spool) WriteHeader(status int) {}

func (s *spool) Close() error { return s.w.Flush() }

func badSpooled(s *spool, data []byte) error {
	defer s.Close() // want `^nobody takes the error of the deferred s.Close`
	_, err := s.Write(data)
	return err
}

func okSpooled(s *spool, data []byte) error {
	_, err := s.Write(data)
	return errors.Join(err, s.Close())
}
