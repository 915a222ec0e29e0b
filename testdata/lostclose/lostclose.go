// Package lostclose holds calls that lose what was written (bad…) and, at least
// twice as often, calls that look alike and lose nothing (ok…).
package lostclose

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"mime/multipart"
	"os"
	"path/filepath"
	"text/tabwriter"
)

// Files.

func badCreate(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close: what was written on line \d+ may not be stored`
	_, err = f.Write(data)
	return err
}

func badOpenFile(name string, r io.Reader) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	f.Close() // want `^strict: nobody takes the error of f.Close: what was written on line \d+ may not be stored`
	if err != nil {
		return err
	}
	return nil
}

func badTemp(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "new")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	f.Close() // want `^nobody takes the error of f.Close`
	return os.Rename(f.Name(), name)
}

func badDeferredClosure(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		f.Close() // want `^strict: nobody takes the error of f.Close`
	}()
	_, err = f.Write(data)
	return err
}

func badBeforeCheck(name string, data []byte) error {
	f, err := os.Create(name)
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err != nil {
		return err
	}
	return nil
}

func badLent(name string, v any, encode func(io.Writer, any) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	return encode(f, v)
}

func badEncoder(name string, v any) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	return json.NewEncoder(f).Encode(v)
}

func badOutput(name string, rows []string) error {
	var out io.Writer = os.Stdout
	if name != "-" {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
		out = f
	}
	for _, row := range rows {
		if _, err := fmt.Fprintln(out, row); err != nil {
			return err
		}
	}
	return nil
}

func badInLoop(names []string, data []byte) error {
	for _, name := range names {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		if _, err := f.Write(data); err != nil {
			f.Close()
			return err
		}
		f.Close() // want `^strict: nobody takes the error of f.Close`
	}
	return nil
}

// The Sync comes before the last write.
func badSyncedEarly(name string, head, body []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close: what was written on line \d+`
	if _, err := f.Write(head); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	_, err = f.Write(body)
	return err
}

func badSync(name string, data []byte) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	f.Sync() // want `^nobody takes the error of f.Sync: what was written on line \d+ may not last`
	return f.Close()
}

// Writers over other writers.

func badGzip(w io.Writer, data []byte) error {
	gz := gzip.NewWriter(w)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	_, err := gz.Write(data)
	return err
}

// The file is closed before the end of the compressed stream is written.
func badOrder(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	if _, err := gz.Write(data); err != nil {
		return err
	}
	return f.Close()
}

// What a flush has handed on still lacks its end.
func badFlushedGzip(w io.Writer, data []byte) error {
	gz := gzip.NewWriter(w)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	if _, err := gz.Write(data); err != nil {
		return err
	}
	return gz.Flush()
}

func badZlib(w io.Writer, r io.Reader) error {
	z := zlib.NewWriter(w)
	if _, err := io.Copy(z, r); err != nil {
		return err
	}
	z.Close() // want `^nobody takes the error of z.Close`
	return nil
}

func badFlate(w io.Writer, r io.Reader) error {
	z, err := flate.NewWriter(w, flate.BestSpeed)
	if err != nil {
		return err
	}
	defer z.Close() // want `^nobody takes the error of the deferred z.Close`
	_, err = io.Copy(z, r)
	return err
}

func badTar(w io.Writer, name string, data []byte) error {
	tw := tar.NewWriter(w)
	defer tw.Close() // want `^nobody takes the error of the deferred tw.Close`
	if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(data))}); err != nil {
		return err
	}
	_, err := tw.Write(data)
	return err
}

func badZip(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // once zw.Close is mended, this one is next
	zw := zip.NewWriter(f)
	defer zw.Close() // want `^nobody takes the error of the deferred zw.Close`
	w, err := zw.Create("data")
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

func badBufio(w io.Writer, lines []string) error {
	out := bufio.NewWriter(w)
	defer out.Flush() // want `^nobody takes the error of the deferred out.Flush: what was written on line \d+ may still be in the buffer`
	for _, line := range lines {
		if _, err := out.WriteString(line); err != nil {
			return err
		}
	}
	return nil
}

func badXML(w io.Writer, v any) error {
	enc := xml.NewEncoder(w)
	if err := enc.Encode(v); err != nil {
		return err
	}
	enc.Close() // want `^nobody takes the error of enc.Close`
	return nil
}

func badMultipart(w io.Writer, fields map[string]string) error {
	form := multipart.NewWriter(w)
	for k, v := range fields {
		if err := form.WriteField(k, v); err != nil {
			return err
		}
	}
	form.Close() // want `^nobody takes the error of form.Close`
	return nil
}

func badTable(name string, rows []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	tw := tabwriter.NewWriter(f, 0, 8, 1, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(tw, row)
	}
	tw.Flush() // want `^nobody takes the error of tw.Flush`
	return f.Close()
}

func badWriteCloser(open func() (io.WriteCloser, error), r io.Reader) error {
	w, err := open()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	w.Close() // want `^nobody takes the error of w.Close`
	return err
}

func badLentGzip(w io.Writer, v any, encode func(io.Writer, any) error) error {
	gz := gzip.NewWriter(w)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	return encode(gz, v)
}

func badTarHelper(w io.Writer, name string, data []byte) error {
	tw := tar.NewWriter(w)
	defer tw.Close() // want `^nobody takes the error of the deferred tw.Close`
	return addFile(tw, name, data)
}

func addFile(tw *tar.Writer, name string, data []byte) error {
	if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(data))}); err != nil {
		return err
	}
	_, err := tw.Write(data)
	return err
}

// Transactions.

func badCommit(ctx context.Context, db *sql.DB, id int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM leases WHERE id = ?", id); err != nil {
		tx.Rollback()
		return err
	}
	tx.Commit() // want `^nobody takes the error of tx.Commit: whether the transaction took effect is not known`
	return nil
}

func badCommitBlank(tx *sql.Tx, id int) error {
	if _, err := tx.Exec("DELETE FROM leases WHERE id = ?", id); err != nil {
		return err
	}
	_ = tx.Commit() // want `^nobody takes the error of tx.Commit`
	return nil
}

func badCommitDeferred(tx *sql.Tx, id int) error {
	defer tx.Commit() // want `^nobody takes the error of the deferred tx.Commit`
	_, err := tx.Exec("DELETE FROM leases WHERE id = ?", id)
	return err
}

// Own types.

type journal struct {
	f   *os.File
	buf *bufio.Writer
}

func openJournal(name string) (*journal, error) {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &journal{f, bufio.NewWriter(f)}, nil
}

func (j *journal) add(line string) error {
	_, err := j.buf.WriteString(line)
	return err
}

func (j *journal) Close() error {
	if err := j.buf.Flush(); err != nil {
		j.f.Close()
		return err
	}
	return j.f.Close()
}

func badOwnType(name string, lines []string) error {
	j, err := openJournal(name)
	if err != nil {
		return err
	}
	defer j.Close() // want `^nobody takes the error of the deferred j.Close`
	for _, line := range lines {
		if err := j.add(line); err != nil {
			return err
		}
	}
	return nil
}

// Sticky errors.

func badCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, row := range rows {
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush() // want `^nobody asks for the error that out.Flush leaves behind: what was written on line \d+ may not be complete`
	return nil
}

func badCSVDeferred(name string, rows [][]string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	out := csv.NewWriter(f)
	defer out.Flush() // want `^nobody asks for the error that the deferred out.Flush leaves behind`
	for _, row := range rows {
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return f.Close()
}

// The call is missing.

func badNeverCalled(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		_ = f.Close // want `^f.Close is named here, but not called`
		return err
	}
	return f.Close()
}
