package oplog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/slogtest"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/oplog"
)

// journal keeps what a JSON handler writes, record by record.
type journal struct {
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
	return j, slog.New(slog.NewJSONHandler(j, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}))
}

func (j *journal) records(t *testing.T) []map[string]any {
	t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	var all []map[string]any
	for line := range bytes.Lines(j.text.Bytes()) {
		if err := noDuplicateKeys(line); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		var r map[string]any
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		all = append(all, r)
	}
	return all
}

// noDuplicateKeys looks at the outermost object only.
func noDuplicateKeys(line []byte) error {
	d := json.NewDecoder(bytes.NewReader(line))
	if _, err := d.Token(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, ok := key.(string)
		if !ok {
			return errors.New("no key")
		}
		if seen[name] {
			return errors.New("duplicate key " + name)
		}
		seen[name] = true
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
	}
	return nil
}

// said returns "LEVEL message" of every record.
func (j *journal) said(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, r := range j.records(t) {
		all = append(all, r["level"].(string)+" "+r["msg"].(string))
	}
	return all
}

func (j *journal) last(t *testing.T) map[string]any {
	t.Helper()
	all := j.records(t)
	if len(all) == 0 {
		t.Fatal("no record")
	}
	return all[len(all)-1]
}

func (j *journal) atLevel(t *testing.T, level slog.Level) (found []map[string]any) {
	t.Helper()
	for _, r := range j.records(t) {
		if r["level"] == level.String() {
			found = append(found, r)
		}
	}
	return found
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

type declinedError struct {
	UserID int64
	Short  float64
}

const errDeclined fault.Code = "payment.declined"

func (e *declinedError) Error() string { return "declined" }
func (e *declinedError) Unwrap() error { return errDeclined }

func TestSuccess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, logger := newJournal()
		func() (err error) {
			op := oplog.Start(t.Context(), logger, "payment", slog.Int("user_id", 7))
			defer op.End(&err)
			time.Sleep(1234567 * time.Nanosecond)
			op.Add(slog.String("transaction_id", "tx1"))
			return nil
		}()
		equal(t, j.said(t), []string{"INFO payment started", "INFO payment succeeded"})
		r := j.last(t)
		if r["user_id"] != 7.0 || r["transaction_id"] != "tx1" || r["latency_ms"] != 1.235 {
			t.Error(r)
		}
		for _, r := range j.records(t) {
			source := r["source"].(map[string]any)
			if f := source["function"].(string); !strings.HasPrefix(f, "github.com/errvet/errvet/fault/oplog_test.TestSuccess") {
				t.Errorf("source of %q is %s", r["msg"], f)
			}
		}
	})
}

func TestRoutineLevel(t *testing.T) {
	j, logger := newJournal()
	op := oplog.Config{Logger: logger, Routine: slog.LevelDebug}.Start(t.Context(), "payment")
	op.End(nil)
	equal(t, j.said(t), []string{"DEBUG payment started", "DEBUG payment succeeded"})
}

func TestSlow(t *testing.T) {
	for _, c := range []struct {
		name       string
		slow, took time.Duration
		err        error
		want       string
		marked     bool
	}{
		{"below", time.Second, time.Second - 1, nil, "INFO payment succeeded", false},
		{"at the threshold", time.Second, time.Second, nil, "WARN payment was slow", true},
		{"failed too", time.Second, 2 * time.Second, errDeclined, "ERROR payment failed", true},
		{"off", 0, time.Hour, nil, "INFO payment succeeded", false},
		{"negative is off", -time.Second, time.Hour, nil, "INFO payment succeeded", false},
		{"huge", 1<<63 - 1, time.Hour, nil, "INFO payment succeeded", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				j, logger := newJournal()
				err := c.err
				op := oplog.Config{Logger: logger, Slow: c.slow}.Start(t.Context(), "payment")
				time.Sleep(c.took)
				op.End(&err)
				if got := j.said(t)[1]; got != c.want {
					t.Errorf("got %s, want %s", got, c.want)
				}
				if _, marked := j.last(t)["slow_after_ms"]; marked != c.marked {
					t.Error(j.last(t))
				}
			})
		})
	}
}

func TestCancelled(t *testing.T) {
	shutdown := errors.New("server shuts down")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	caused, cancelCause := context.WithCancelCause(t.Context())
	cancelCause(shutdown)
	late, cancelLate := context.WithTimeout(t.Context(), -1)
	defer cancelLate()

	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want string
	}{
		{"caller's cancel", cancelled, context.Canceled, "INFO payment cancelled"},
		{"wrapped", cancelled, errors.Join(errors.New("charge"), context.Canceled), "INFO payment cancelled"},
		{"cause returned", caused, shutdown, "INFO payment cancelled"},
		{"cancelled, but another error", cancelled, errDeclined, "WARN payment cancelled"},
		{"a cancel that is not the caller's", t.Context(), context.Canceled, "ERROR payment failed"},
		{"deadline", late, context.DeadlineExceeded, "ERROR payment failed"},
		{"cancelled, yet it succeeded", cancelled, nil, "INFO payment succeeded"},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, logger := newJournal()
			err := c.err
			oplog.Start(c.ctx, logger, "payment").End(&err)
			if got := j.said(t)[1]; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if !errors.Is(err, c.err) {
				t.Errorf("%v is no longer %v", err, c.err)
			}
			cause, told := j.last(t)["cause"]
			if told != (c.ctx == caused) || told && cause != "server shuts down" {
				t.Errorf("cause: %v", cause)
			}
		})
	}
}

func TestLevel(t *testing.T) {
	j, logger := newJournal()
	config := oplog.Config{Logger: logger, Level: func(err error) slog.Level {
		if errors.Is(err, errDeclined) {
			return slog.LevelInfo
		}
		return slog.LevelError
	}}
	var err error = &declinedError{UserID: 7}
	outer := config.Start(t.Context(), "order")
	inner := config.Start(outer.Context(), "payment")
	inner.End(&err)
	outer.End(&err)
	equal(t, j.said(t), []string{"INFO order started", "INFO payment started", "INFO payment failed", "DEBUG order failed"})
	if oplog.Logged(err) {
		t.Error("an Info record counts as an Error record")
	}

	// A layer that takes the same failure more seriously is heard.
	fresh := error(&declinedError{UserID: 8})
	batch := oplog.Start(t.Context(), logger, "batch")
	config.Start(batch.Context(), "payment").End(&fresh)
	batch.End(&fresh)
	if got := j.said(t); got[len(got)-1] != "ERROR batch failed" || !oplog.Logged(fresh) {
		t.Error(got)
	}
}

func TestErrorAttributes(t *testing.T) {
	j, logger := newJournal()
	var err error = &declinedError{UserID: 7, Short: 39.99}
	oplog.Start(t.Context(), logger, "payment").End(&err)
	got := j.last(t)["error"].(map[string]any)
	details, _ := got["details"].(map[string]any)
	if got["type"] != "oplog_test.declinedError" || got["code"] != "payment.declined" || details["short"] != 39.99 {
		t.Error(got)
	}
}

func TestAttributesOfLayers(t *testing.T) {
	j, logger := newJournal()
	a := oplog.Start(t.Context(), logger, "a", slog.Int("id", 1), slog.String("same", "x"), slog.Any("list", []int{1}))
	b := oplog.Start(a.Context(), logger, "b", slog.Int("id", 2), slog.String("same", "x"), slog.Any("list", []int{1}))
	c := oplog.Start(b.Context(), logger, "b", slog.Int("id", 3), slog.Int("id", 4), slog.String("error", "mine"))
	a.Add(slog.Bool("late", true))
	err := errors.New("boom")
	c.End(&err)
	r := j.last(t)
	want := map[string]any{
		"id": 4.0, "same": "x", "late": true, "within": "a/b", "list": []any{1.0},
		"a": map[string]any{"id": 1.0, "list": []any{1.0}}, "a/b": map[string]any{"id": 2.0}, "a/b/b": map[string]any{"error": "mine"},
	}
	for key, value := range want {
		g, _ := json.Marshal(r[key])
		w, _ := json.Marshal(value)
		if !bytes.Equal(g, w) {
			t.Errorf("%s: got %s, want %s", key, g, w)
		}
	}
	if e, ok := r["error"].(map[string]any); !ok || e["message"] != "boom" {
		t.Errorf("error: %v", r["error"])
	}
}

func TestAttributesAreCopied(t *testing.T) {
	j, logger := newJournal()
	attrs := []slog.Attr{slog.Int("id", 1)}
	op := oplog.Start(t.Context(), logger, "payment", attrs...)
	attrs[0] = slog.Int("id", 2)
	op.End(nil)
	if j.last(t)["id"] != 1.0 {
		t.Error(j.last(t))
	}
}

func TestBadInput(t *testing.T) {
	t.Run("nil logger", func(t *testing.T) {
		j, logger := newJournal()
		before := slog.Default()
		slog.SetDefault(logger)
		defer slog.SetDefault(before)
		err := errors.New("boom")
		oplog.Start(t.Context(), nil, "payment").End(&err)
		equal(t, j.said(t), []string{"INFO payment started", "ERROR payment failed"})
	})
	t.Run("nil context and empty name", func(t *testing.T) {
		j, logger := newJournal()
		err := errors.New("boom")
		//lint:ignore SA1012 the test is about a nil context
		op := oplog.Start(nil, logger, "")
		if op.Context() == nil {
			t.Error("no context")
		}
		op.End(&err)
		equal(t, j.said(t), []string{"INFO operation started", "ERROR operation failed"})
	})
	t.Run("nil Op", func(t *testing.T) {
		var op *oplog.Op
		err := errors.New("boom")
		op.Add(slog.Int("id", 1))
		op.End(&err)
		op.End(nil)
		if op.Context() == nil || oplog.Logged(err) {
			t.Error("a nil Op does something")
		}
	})
	t.Run("second End", func(t *testing.T) {
		j, logger := newJournal()
		var err error
		op := oplog.Start(t.Context(), logger, "payment")
		op.End(&err)
		err = errors.New("boom")
		op.End(&err)
		equal(t, j.said(t), []string{"INFO payment started", "INFO payment succeeded"})
	})
}

func TestConcurrentUse(t *testing.T) {
	j, logger := newJournal()
	config := oplog.Config{Logger: logger, Slow: time.Hour}
	outer := config.Start(t.Context(), "batch")
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() {
			var err error
			inner := config.Start(outer.Context(), "item", slog.Int("i", i))
			outer.Add(slog.Int("last", i))
			if i%2 == 0 {
				err = errDeclined
			}
			inner.End(&err)
		})
	}
	all.Wait()
	outer.End(nil)
	if got := len(j.atLevel(t, slog.LevelError)); got != 32 {
		t.Errorf("%d Error records, want 32", got)
	}
}

// through sends every record it gets through an operation: the started record carries its attributes.
type through struct{ slog.Handler }

func (h through) Handle(ctx context.Context, r slog.Record) error {
	var attrs []slog.Attr
	for a := range r.Attrs {
		attrs = append(attrs, a)
	}
	oplog.Start(ctx, slog.New(h.Handler), "message", attrs...).End(nil)
	return nil
}
func (h through) WithAttrs(attrs []slog.Attr) slog.Handler {
	return through{h.Handler.WithAttrs(attrs)}
}
func (h through) WithGroup(name string) slog.Handler { return through{h.Handler.WithGroup(name)} }

// What slog asks of handlers holds for attributes that travel through an operation: empty ones vanish, groups
// stay groups or are inlined, a LogValuer is resolved, With and WithGroup of the logger count.
func TestSlogRules(t *testing.T) {
	j := new(journal)
	// An operation always gives the time, the place and its own message.
	notOurs := []string{"zero-time", "empty-PC"}
	slogtest.Run(t, func(t *testing.T) slog.Handler {
		if slices.ContainsFunc(notOurs, func(name string) bool { return strings.HasSuffix(t.Name(), "/"+name) }) {
			t.Skip("an operation makes its own records")
		}
		j.text.Reset()
		return through{slog.NewJSONHandler(j, nil)}
	}, func(t *testing.T) map[string]any {
		first := maps.Clone(j.records(t)[0])
		msg, ok := strings.CutSuffix(first["msg"].(string), " started")
		if !ok {
			t.Error(first)
		}
		if strings.HasSuffix(t.Name(), "/built-ins") {
			first["msg"] = msg
		} else {
			first["msg"] = "msg"
		}
		return first
	})
}
