package oplog_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/errvet/errvet/fault/oplog"
)

// recovered runs f and returns the value of its panic.
func recovered(f func()) (value any, logged bool) {
	defer func() {
		logged = oplog.PanicLogged()
		value = recover()
		if logged != oplog.PanicLogged() {
			panic("PanicLogged changed its mind after recover")
		}
	}()
	f()
	return nil, false
}

func TestPanic(t *testing.T) {
	boom := errors.New("boom")
	var index = 3
	for _, c := range []struct {
		name  string
		panic func()
		text  string
		check func(value any) bool
	}{
		{"string", func() { panic("boom") }, "boom", func(v any) bool { return v == "boom" }},
		{"error", func() { panic(boom) }, "boom", func(v any) bool { return v == any(boom) }},
		{"nil", func() { panic(nil) }, "panic called with nil argument", func(v any) bool {
			_, ok := v.(*runtime.PanicNilError)
			return ok
		}},
		{"runtime error", func() { _ = []int{}[index] }, "index out of range [3]", func(v any) bool {
			_, ok := v.(runtime.Error)
			return ok
		}},
		{"nil dereference", func() { _ = *(*int)(nil) }, "invalid memory address", func(v any) bool {
			_, ok := v.(runtime.Error)
			return ok
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, logger := newJournal()
			value, logged := recovered(func() {
				var err error
				defer oplog.Start(t.Context(), logger, "payment", slog.Int("id", 1)).End(&err)
				c.panic()
			})
			if !c.check(value) || !logged {
				t.Errorf("value %v, logged %v", value, logged)
			}
			equal(t, j.said(t), []string{"INFO payment started", "ERROR payment panicked"})
			r := j.last(t)
			if !strings.Contains(r["panic"].(string), c.text) || r["id"] != 1.0 || !strings.Contains(r["stack"].(string), "TestPanic") {
				t.Error(r)
			}
		})
	}
}

// The stack on the record is the one of the panic: the function that panicked is on it.
func TestPanicStack(t *testing.T) {
	j, logger := newJournal()
	recovered(func() {
		outer := oplog.Start(t.Context(), logger, "outer")
		defer outer.End(nil)
		defer oplog.Start(outer.Context(), logger, "inner").End(nil)
		panicDeep(5)
	})
	if errs := j.atLevel(t, slog.LevelError); len(errs) != 1 || strings.Count(errs[0]["stack"].(string), "panicDeep") < 5 {
		t.Error(errs)
	}
}

//go:noinline
func panicDeep(n int) {
	if n == 0 {
		panic("deep")
	}
	panicDeep(n - 1)
}

func TestPanicThroughLayers(t *testing.T) {
	j, logger := newJournal()
	layers := []string{"handler", "service", "client", "gateway"}
	var call func(ctx context.Context, depth int) error
	call = func(ctx context.Context, depth int) (err error) {
		if depth == len(layers) {
			panic("boom")
		}
		op := oplog.Start(ctx, logger, layers[depth], slog.Int(layers[depth]+"_id", depth))
		defer op.End(&err)
		return call(op.Context(), depth+1)
	}
	value, logged := recovered(func() { _ = call(t.Context(), 0) })
	if value != "boom" || !logged {
		t.Error(value, logged)
	}
	errs := j.atLevel(t, slog.LevelError)
	if len(errs) != 1 {
		t.Fatalf("%d Error records", len(errs))
	}
	for i, name := range layers {
		if errs[0][name+"_id"] != float64(i) {
			t.Errorf("%s_id is missing in %v", name, errs[0])
		}
	}
	if got := j.said(t); got[len(got)-1] != "DEBUG handler panicked" {
		t.Error(got)
	}
}

// A panic that nobody logged, while another one was.
func TestPanicLoggedIsAboutThisPanic(t *testing.T) {
	_, logger := newJournal()
	_, logged := recovered(func() {
		defer func() {
			recover()
			panic("another")
		}()
		defer oplog.Start(t.Context(), logger, "payment").End(nil)
		panic("boom")
	})
	if logged {
		t.Error("the second panic was not logged")
	}
	if oplog.PanicLogged() {
		t.Error("there is no panic")
	}
}

// An operation that runs in a deferred call while a panic goes on does not panic itself.
func TestCleanUpDuringPanic(t *testing.T) {
	j, logger := newJournal()
	value, _ := recovered(func() {
		defer func() {
			var err error
			defer oplog.Start(t.Context(), logger, "clean-up").End(&err)
		}()
		panic("boom")
	})
	if value != "boom" {
		t.Error(value)
	}
	equal(t, j.said(t), []string{"INFO clean-up started", "INFO clean-up succeeded"})
}

// A panic that is recovered before End runs has not failed the operation by itself.
func TestRecoveredBeforeEnd(t *testing.T) {
	j, logger := newJournal()
	err := func() (err error) {
		defer oplog.Start(t.Context(), logger, "payment").End(&err)
		defer func() {
			if v := recover(); v != nil {
				err = errors.New("recovered")
			}
		}()
		panic("boom")
	}()
	if !oplog.Logged(err) {
		t.Error(err)
	}
	equal(t, j.said(t), []string{"INFO payment started", "ERROR payment failed"})
}

func TestEndInDeferredClosure(t *testing.T) {
	j, logger := newJournal()
	value, logged := recovered(func() {
		var err error
		op := oplog.Start(t.Context(), logger, "payment")
		defer func() { op.End(&err) }()
		panic("boom")
	})
	if value != "boom" || logged {
		t.Error(value, logged)
	}
	equal(t, j.said(t), []string{"INFO payment started", "ERROR payment panicked"})

	var err error
	func() {
		op := oplog.Start(t.Context(), logger, "order")
		defer func() { op.End(&err) }()
		err = errors.New("boom")
	}()
	equal(t, j.said(t)[2:], []string{"INFO order started", "ERROR order failed"})
}

// begin is what a team may write to save arguments: Start is then not called by the function that defers End.
func begin(t *testing.T, logger *slog.Logger) *oplog.Op {
	return oplog.Start(t.Context(), logger, "payment")
}

func TestStartInHelper(t *testing.T) {
	j, logger := newJournal()
	func() {
		op := begin(t, logger)
		defer func() { op.End(nil) }()
	}()
	recovered(func() {
		op := begin(t, logger)
		defer func() { op.End(nil) }()
		panic("boom")
	})
	equal(t, j.said(t), []string{"INFO payment started", "INFO payment succeeded", "INFO payment started", "ERROR payment panicked"})
}

func TestGoexit(t *testing.T) {
	j, logger := newJournal()
	done := make(chan struct{})
	go func() {
		defer close(done)
		var err error
		defer oplog.Start(t.Context(), logger, "payment").End(&err)
		runtime.Goexit()
	}()
	<-done
	equal(t, j.said(t), []string{"INFO payment started", "WARN payment abandoned"})
	if r := j.last(t); r["by"] != "runtime.Goexit" || !strings.Contains(r["stack"].(string), "TestGoexit") {
		t.Error(r)
	}
}

func TestPanicLevel(t *testing.T) {
	j, logger := newJournal()
	config := oplog.Config{Logger: logger, Level: func(err error) slog.Level {
		if errors.Is(err, http.ErrAbortHandler) {
			return slog.LevelInfo
		}
		return slog.LevelError
	}}
	value, _ := recovered(func() {
		defer config.Start(t.Context(), "proxy").End(nil)
		panic(http.ErrAbortHandler)
	})
	if value != http.ErrAbortHandler {
		t.Error(value)
	}
	equal(t, j.said(t), []string{"INFO proxy started", "INFO proxy panicked"})
}

// An End that comes after another one lets a panic pass all the same.
func TestPanicAfterEnd(t *testing.T) {
	j, logger := newJournal()
	value, logged := recovered(func() {
		op := oplog.Start(t.Context(), logger, "payment")
		defer op.End(nil)
		op.End(nil)
		panic("boom")
	})
	if value != "boom" || logged {
		t.Error(value, logged)
	}
	equal(t, j.said(t), []string{"INFO payment started", "INFO payment succeeded"})
}

// Without a record there is nothing that layers further out could rely on.
func TestPanicNotTaken(t *testing.T) {
	value, logged := recovered(func() {
		defer oplog.Start(t.Context(), slog.New(slog.DiscardHandler), "payment").End(nil)
		panic("boom")
	})
	if value != "boom" || logged {
		t.Error(value, logged)
	}
}
