package boundary_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/boundary"
	"github.com/errvet/errvet/fault/oplog"
)

// journal keeps what a JSON handler writes.
type journal struct {
	busy sync.WaitGroup // requests under way: a client may have its answer before the record is there
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func newJournal() (*journal, *slog.Logger) {
	j := new(journal)
	return j, slog.New(slog.NewJSONHandler(j, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (j *journal) records(t *testing.T) (all []map[string]any) {
	t.Helper()
	j.busy.Wait()
	j.mu.Lock()
	defer j.mu.Unlock()
	for line := range bytes.Lines(j.text.Bytes()) {
		var r map[string]any
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		all = append(all, r)
	}
	return all
}

func (j *journal) errors(t *testing.T) (found []map[string]any) {
	t.Helper()
	for _, r := range j.records(t) {
		if r["level"] == "ERROR" {
			found = append(found, r)
		}
	}
	return found
}

type uncomparable struct{ list []int }

func (u uncomparable) Error() string { return "uncomparable" }

func TestCall(t *testing.T) {
	if err := boundary.Call(func() error { return nil }); err != nil {
		t.Error(err)
	}
	//nolint:errorlint // the error itself is returned, and nothing around it
	if err := boundary.Call(func() error { return io.EOF }); err != io.EOF {
		t.Error(err)
	}
	if err := boundary.Call(nil); err == nil || !strings.Contains(err.Error(), "nil") {
		t.Error(err)
	}
}

//go:noinline
func explode(value any) error { panic(value) }

func TestCallPanic(t *testing.T) {
	for _, c := range []struct {
		name  string
		value any
		text  string
	}{
		{"text", "boom", "panic: boom"},
		{"number", 42, "panic: 42"},
		{"error", io.EOF, "panic: EOF"},
		{"transient error", fault.Transient(io.EOF), "panic: EOF"},
		{"uncomparable error", uncomparable{[]int{1}}, "panic: uncomparable"},
		{"nil", nil, "panic: panic called with nil argument"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := boundary.Call(func() error { return explode(c.value) })
			p, ok := errors.AsType[*boundary.PanicError](err)
			if !ok || !strings.HasPrefix(err.Error(), c.text) {
				t.Fatalf("got %v", err)
			}
			if !bytes.Contains(p.Stack, []byte("boundary_test.explode")) {
				t.Errorf("the function that panicked is not on the stack:\n%s", p.Stack)
			}
			if want, isError := c.value.(error); isError {
				if _, comparable := want.(uncomparable); !comparable && !errors.Is(err, want) {
					t.Errorf("%v is not %v", err, want)
				}
				if p.Unwrap() == nil {
					t.Error("the value is not unwrapped")
				}
			} else if c.value != nil && (p.Value != c.value || p.Unwrap() != nil) {
				t.Errorf("value %v, unwrapped %v", p.Value, p.Unwrap())
			}
			if want, _ := c.value.(error); fault.IsTransient(err) != fault.IsTransient(want) || fault.IsPermanent(err) {
				t.Errorf("transient: %v, permanent: %v", fault.IsTransient(err), fault.IsPermanent(err))
			}
			if oplog.Logged(err) {
				t.Error("nobody has logged it")
			}
		})
	}
	var zero int
	err := boundary.Call(func() error { return explode(1 / zero) })
	if _, ok := errors.AsType[runtime.Error](err); !ok {
		t.Errorf("%v is no runtime error", err)
	}
}

func TestCallGoexit(t *testing.T) {
	after, done := false, make(chan struct{})
	go func() {
		defer close(done)
		_ = boundary.Call(func() error { runtime.Goexit(); return nil })
		after = true
	}()
	<-done
	if after {
		t.Error("Call returned although the goroutine was ended")
	}
}

// A panic passes an operation, becomes an error, passes another one: one Error record.
func TestCallLogsOnce(t *testing.T) {
	j, logger := newJournal()
	err := func() (err error) {
		outer := oplog.Start(t.Context(), logger, "job", slog.Int("job_id", 1))
		defer outer.End(&err)
		return boundary.Call(func() (err error) {
			inner := oplog.Start(outer.Context(), logger, "plug-in", slog.Int("plugin_id", 2))
			defer inner.End(&err)
			return explode("boom")
		})
	}()
	errs := j.errors(t)
	if len(errs) != 1 || errs[0]["panic"] != "boom" || errs[0]["job_id"] != 1.0 || errs[0]["plugin_id"] != 2.0 {
		t.Errorf("%d Error records: %v", len(errs), errs)
	}
	if !oplog.Logged(err) {
		t.Error("not marked")
	}
}

// A panic that no operation saw is logged by the one that gets the error, with its stack.
func TestPanicErrorInLog(t *testing.T) {
	j, logger := newJournal()
	func() (err error) {
		defer oplog.Start(context.Background(), logger, "job").End(&err)
		return boundary.Call(func() error { return explode("boom") })
	}()
	errs := j.errors(t)
	if len(errs) != 1 {
		t.Fatal(errs)
	}
	e := errs[0]["error"].(map[string]any)
	details := e["details"].(map[string]any)
	if e["type"] != "boundary.PanicError" || details["value"] != "boom" || !strings.Contains(details["stack"].(string), "explode") {
		t.Error(e)
	}
}
