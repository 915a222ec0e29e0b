package lostclose

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// What is for whoever looks for a fault.

func badDebugState(path string, v any) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	return json.NewEncoder(f).Encode(v)
}

type debugState struct{ dir string }

func (d *debugState) badByReceiver(v any) error {
	f, err := os.Create(filepath.Join(d.dir, "state"))
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	return json.NewEncoder(f).Encode(v)
}

// crowdsec: it stays in the directory for temporary files.
func badDumpToTemp(v any) (string, error) {
	f, err := os.CreateTemp("", "dump_*.json")
	if err != nil {
		return "", err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	return f.Name(), json.NewEncoder(f).Encode(v)
}

// containerd: the same, by its name.
func badDumpStacks(buf []byte) error {
	name := filepath.Join(os.TempDir(), fmt.Sprintf("%d.stacks.log", os.Getpid()))
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	_, err = f.Write(buf)
	return err
}

// A dump is what people keep.
func badDumpTable(path string, buf []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	_, err = f.Write(buf)
	return err
}

// nomad: a comment says so.
func badSaidSo(path string, args []byte) error {
	// Write the arguments to a file for debugging
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	_, err = f.Write(args)
	return err
}

// A comment that says something else.
func badSaidOther(path string, args []byte) error {
	// The debugger of the shell does not like an empty one.
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	_, err = f.Write(args)
	return err
}

func okDebugClosed(path string, v any) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(json.NewEncoder(f).Encode(v), f.Close())
}

func okDumpClosed(v any) error {
	f, err := os.CreateTemp("", "dump_*.json")
	if err != nil {
		return err
	}
	err = json.NewEncoder(f).Encode(v)
	return errors.Join(err, f.Close())
}

func okDumpSynced(v any) error {
	f, err := os.CreateTemp("", "dump_*.json")
	if err != nil {
		return err
	}
	defer f.Close()
	if err := json.NewEncoder(f).Encode(v); err != nil {
		return err
	}
	return f.Sync()
}

func okDebugRead(path string, v any) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewDecoder(f).Decode(v)
}

func okDebugToTerminal(v any) error {
	w := bufio.NewWriter(os.Stderr)
	defer w.Flush()
	return json.NewEncoder(w).Encode(v)
}

// minio: whether it can be written is the question.

var aligned = make([]byte, 4096)

type disk struct{ dir string }

func (d *disk) badCheck() error {
	f, err := os.OpenFile(filepath.Join(d.dir, ".check"), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(aligned)
	f.Close() // want `^strict: nobody takes the error of f.Close`
	return err
}

// What it writes was given to it.
func (d *disk) badCheckOf(name string, data []byte) error {
	f, err := os.Create(filepath.Join(d.dir, name))
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	f.Close() // want `^nobody takes the error of f.Close`
	return err
}

func (d *disk) okCheckClosed() error {
	f, err := os.Create(filepath.Join(d.dir, ".check"))
	if err != nil {
		return err
	}
	_, err = f.Write(aligned)
	return errors.Join(err, f.Close())
}

func okCheckRemoved(dir string) error {
	f, err := os.CreateTemp(dir, ".check")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(aligned)
	f.Close()
	return err
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

func okDumpTableClosed(path string, buf []byte) error { return os.WriteFile(path, buf, 0o600) }

func okDumpStacksTwice(buf []byte) error {
	f, err := os.Create(filepath.Join(os.TempDir(), "stacks.log"))
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(buf); err != nil {
		return err
	}
	return f.Close()
}

func okSaidSoClosed(path string, args []byte) error {
	// Write the arguments to a file for debugging
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err = f.Write(args); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func okSaidOtherSynced(path string, args []byte) error {
	// The debugger of the shell does not like an empty one.
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(args)
	return errors.Join(err, f.Sync())
}

func (d *debugState) okByReceiver(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(d.dir, "state"), b, 0o600)
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

func (d *disk) okCheckSynced() error {
	f, err := os.Create(filepath.Join(d.dir, ".check"))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(aligned)
	return errors.Join(err, f.Sync())
}

func (d *disk) okCheckOf(name string, data []byte) error {
	return os.WriteFile(filepath.Join(d.dir, name), data, 0o600)
}

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

func okDumpToTempRemoved(v any) error {
	f, err := os.CreateTemp("", "dump_*.json")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	return json.NewEncoder(f).Encode(v)
}

func okStateWritten(dir string, b []byte) error {
	return os.WriteFile(filepath.Join(dir, "s"), b, 0o600)
}

func okCheckRead(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Read(aligned)
	return err
}
