package lostclose

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// What is for whoever looks for a fault.

func badDebugState(w io.Writer, v any) error {
	gz := gzip.NewWriter(w)
	defer gz.Close() // want `^strict: nobody takes the error of the deferred gz.Close`
	return json.NewEncoder(gz).Encode(v)
}

type debugState struct{ to io.Writer }

func (d *debugState) badByReceiver(v any) error {
	gz := gzip.NewWriter(d.to)
	defer gz.Close() // want `^strict: nobody takes the error of the deferred gz.Close`
	return json.NewEncoder(gz).Encode(v)
}

// A dump is what people keep.
func badDumpState(w io.Writer, v any) error {
	gz := gzip.NewWriter(w)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	return json.NewEncoder(gz).Encode(v)
}

func okDebugClosed(w io.Writer, v any) error {
	gz := gzip.NewWriter(w)
	return errors.Join(json.NewEncoder(gz).Encode(v), gz.Close())
}

func okDebugToTerminal(v any) error {
	w := bufio.NewWriter(os.Stderr)
	defer w.Flush()
	return json.NewEncoder(w).Encode(v)
}

// kubo: a peer that was gone is gone still.

func okFlushThenWrites(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, r := range rows {
		if err := out.Write(r); err != nil {
			return err
		}
	}
	out.Flush()
	_, err := fmt.Fprintf(w, "%d rows\n", len(rows))
	return err
}

func okFlushThenWritesIf(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	out.Flush()
	if _, err := fmt.Fprintln(w, "end"); err != nil {
		return err
	}
	return nil
}

func okFlushThenReturns(w io.Writer, rows []string) (int, error) {
	out := csv.NewWriter(w)
	if err := out.Write(rows); err != nil {
		return 0, err
	}
	out.Flush()
	return w.Write([]byte("end\n"))
}

// A file takes less when there is room again.
func badFlushThenWritesFile(f *os.File, rows []string) error {
	out := csv.NewWriter(f)
	if err := out.Write(rows); err != nil {
		return err
	}
	out.Flush() // want `out.Flush`
	_, err := fmt.Fprintln(f, "end")
	return err
}

// Nobody takes the error of the write.
func badFlushThenDrops(w io.Writer, rows []string) error {
	out := csv.NewWriter(w)
	if err := out.Write(rows); err != nil {
		return err
	}
	out.Flush() // want `out.Flush`
	fmt.Fprintln(w, "end")
	return nil
}

// Another writer is no witness.
func badFlushThenOther(w, x io.Writer, rows []string) error {
	out := csv.NewWriter(w)
	if err := out.Write(rows); err != nil {
		return err
	}
	out.Flush() // want `out.Flush`
	_, err := fmt.Fprintln(x, "end")
	return err
}

// rclone: the writer in the field is over memory, wherever it is made.

type lister struct {
	buf bytes.Buffer
	csv *csv.Writer
	out *csv.Writer
	to  *csv.Writer
}

func (l *lister) begin(w io.Writer, quiet bool) {
	l.csv = csv.NewWriter(&l.buf)
	if quiet {
		l.csv = nil
	}
	l.out = csv.NewWriter(w)
	l.to = csv.NewWriter(&l.buf)
}

func newLister(w *csv.Writer) *lister { return &lister{to: w} }

func (l *lister) okField(row []string) string {
	l.buf.Reset()
	_ = l.csv.Write(row) // memory takes it all
	l.csv.Flush()
	return l.buf.String()
}

func (l *lister) okFieldAsked(row []string) error {
	if err := l.out.Write(row); err != nil {
		return err
	}
	l.out.Flush()
	return l.out.Error()
}

func (l *lister) badFieldOut(row []string) error {
	if err := l.out.Write(row); err != nil {
		return err
	}
	l.out.Flush() // want `out.Flush`
	return nil
}

// It may be another one, too.
func (l *lister) badFieldEither(row []string) error {
	if err := l.to.Write(row); err != nil {
		return err
	}
	l.to.Flush() // want `to.Flush`
	return nil
}

// Dumps and checks with their files in order.

func (d *debugState) okByReceiver(v any) (err error) {
	gz := gzip.NewWriter(d.to)
	defer func() { err = errors.Join(err, gz.Close()) }()
	return json.NewEncoder(gz).Encode(v)
}

func (l *lister) okFieldTwice(row []string) error {
	if err := l.to.Write(row); err != nil {
		return err
	}
	l.to.Flush()
	if err := l.to.Error(); err != nil {
		return err
	}
	return nil
}

func okFlushAsked(f *os.File, rows []string) error {
	out := csv.NewWriter(f)
	if err := out.Write(rows); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

func (l *lister) okFieldAll(rows [][]string) string {
	for _, r := range rows {
		_ = l.csv.Write(r) // memory takes it all
	}
	l.csv.Flush()
	return l.buf.String()
}

// The same, when it is known how it went.

func okFlushThenOther(w, x io.Writer, rows []string) error {
	out := csv.NewWriter(w)
	if err := out.Write(rows); err != nil {
		return err
	}
	out.Flush()
	_, err := fmt.Fprintln(x, "end")
	return errors.Join(err, out.Error())
}

func (l *lister) okFieldEither(row []string) error {
	if err := l.to.Write(row); err != nil {
		return err
	}
	l.to.Flush()
	return l.to.Error()
}

func okCSVInMemoryWhole(rows [][]string) (string, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	err := out.WriteAll(rows)
	return b.String(), err
}
