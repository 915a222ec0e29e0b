package oplog_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/oplog"
)

// One failure passes four layers, each of which logs and wraps it.
func TestFourLayers(t *testing.T) {
	j, logger := newJournal()
	cause := &declinedError{UserID: 7, Short: 39.99}
	layers := []string{"handler", "service", "client", "gateway"}
	var call func(ctx context.Context, depth int) error
	call = func(ctx context.Context, depth int) (err error) {
		if depth == len(layers) {
			return cause
		}
		op := oplog.Start(ctx, logger, layers[depth], slog.Int(layers[depth]+"_id", depth))
		defer op.End(&err)
		if err := call(op.Context(), depth+1); err != nil {
			return fmt.Errorf("%s: %w", layers[depth], err)
		}
		return nil
	}
	err := call(t.Context(), 0)

	if err.Error() != "handler: service: client: gateway: declined" {
		t.Errorf("the text changed: %v", err)
	}
	if got, ok := errors.AsType[*declinedError](err); !ok || got != cause || !errors.Is(err, errDeclined) || fault.CodeOf(err) != errDeclined {
		t.Errorf("the chain is broken: %v", err)
	}
	if !oplog.Logged(err) {
		t.Error("not marked")
	}
	errs := j.atLevel(t, slog.LevelError)
	if len(errs) != 1 || errs[0]["msg"] != "gateway failed" || errs[0]["within"] != "handler/service/client" {
		t.Fatalf("%d Error records: %v", len(errs), errs)
	}
	for i, name := range layers {
		if errs[0][name+"_id"] != float64(i) {
			t.Errorf("%s_id is missing in %v", name, errs[0])
		}
	}
	details := errs[0]["error"].(map[string]any)["details"].(map[string]any)
	if details["user_id"] != 7.0 || details["short"] != 39.99 {
		t.Error(details)
	}
	equal(t, j.said(t)[4:], []string{"ERROR gateway failed", "DEBUG client failed", "DEBUG service failed", "DEBUG handler failed"})
	if j.last(t)["already_logged"] != true {
		t.Error(j.last(t))
	}
}

func TestMark(t *testing.T) {
	if oplog.MarkLogged(nil) != nil || oplog.Logged(nil) {
		t.Error("nil is an error")
	}
	marked := oplog.MarkLogged(io.EOF)
	//nolint:errorlint // that == does not hold is what the documentation says
	if marked == io.EOF || !errors.Is(marked, io.EOF) || marked.Error() != "EOF" {
		t.Error(marked)
	}
	if oplog.MarkLogged(marked) != marked {
		t.Error("marked twice")
	}
	if got := fault.Attr(oplog.MarkLogged(&declinedError{})).Value.Resolve().Group()[0]; got.Value.String() != "oplog_test.declinedError" {
		t.Errorf("the mark hides the type: %v", got)
	}
}

type pair struct{ errs []error }

func (p pair) Error() string   { return "pair" }
func (p pair) Unwrap() []error { return p.errs }

func TestLoggedOfSeveral(t *testing.T) {
	plain := errors.New("plain")
	done := oplog.MarkLogged(errors.New("done"))
	for _, c := range []struct {
		name string
		err  error
		want bool
	}{
		{"plain", plain, false},
		{"marked", done, true},
		{"wrapped", fmt.Errorf("a: %w", fmt.Errorf("b: %w", done)), true},
		{"joined with one that is not", errors.Join(done, plain), false},
		{"joined, both", errors.Join(done, fmt.Errorf("x: %w", done)), true},
		{"joined with its code", errors.Join(errDeclined, done), true},
		{"joined with a context error", errors.Join(done, context.DeadlineExceeded), true},
		{"joined with a wrapped context error", errors.Join(done, fmt.Errorf("query: %w", context.Canceled)), false},
		{"joined with a failure made of kinds", errors.Join(done, fmt.Errorf("%w: %w", errDeclined, context.DeadlineExceeded)), false},
		{"own type, with a reason made of kinds", pair{[]error{done, fmt.Errorf("%w: %w", errDeclined, context.DeadlineExceeded)}}, true},
		{"sentence with a second failure made of kinds", fmt.Errorf("%w, and %w", done, fmt.Errorf("%w: %w", errDeclined, context.DeadlineExceeded)), false},
		{"own type, with a reason that tells more", pair{[]error{done, fmt.Errorf("%w: %w", errDeclined, plain)}}, false},
		{"kinds only", errors.Join(errDeclined, context.Canceled), false},
		{"kind before the cause", fmt.Errorf("%w: %w", plain, done), true},
		{"code after the cause", fmt.Errorf("%w (%w)", done, errDeclined), true},
		{"another failure after the cause", fmt.Errorf("%w, and roll back: %w", done, plain), false},
		{"another failure with a cause before it", fmt.Errorf("%w: %w", fmt.Errorf("x: %w", plain), done), false},
		{"inside a join", errors.Join(fmt.Errorf("%w: %w", plain, done), done), true},
		{"own type", pair{[]error{done, nil, done}}, true},
		{"own type, one open", pair{[]error{plain, done}}, false},
		{"empty", pair{}, false},
	} {
		if got := oplog.Logged(c.err); got != c.want {
			t.Errorf("%s: Logged is %v", c.name, got)
		}
	}
}

// What failed beside a logged failure is not silenced by it.
func TestSecondFailureIsLogged(t *testing.T) {
	j, logger := newJournal()
	func() (err error) {
		outer := oplog.Start(t.Context(), logger, "order")
		defer outer.End(&err)
		err = errors.New("boom")
		oplog.Start(outer.Context(), logger, "payment").End(&err)
		return errors.Join(err, errors.New("roll back: disk full"))
	}()
	equal(t, j.said(t)[2:], []string{"ERROR payment failed", "ERROR order failed"})
}

// A cache hands out one error again and again: each operation that fails by it has a record.
func TestKeptError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, logger := newJournal()
		kept := errors.New("host unknown")
		for range 3 {
			func() (err error) {
				defer oplog.Start(t.Context(), logger, "lookup").End(&kept)
				return kept
			}()
			time.Sleep(time.Second)
		}
		if got := len(j.atLevel(t, slog.LevelError)); got != 3 {
			t.Errorf("%d Error records, want 3", got)
		}
	})
}

// A logger that takes no Error record must not mark: the next layer still has to log.
func TestNotTaken(t *testing.T) {
	for name, handler := range map[string]slog.Handler{
		"disabled": slog.DiscardHandler,
		"broken":   broken{slog.NewTextHandler(io.Discard, nil)},
	} {
		j, logger := newJournal()
		err := errors.New("boom")
		outer := oplog.Start(t.Context(), logger, "order")
		oplog.Start(outer.Context(), slog.New(handler), "payment").End(&err)
		if oplog.Logged(err) {
			t.Errorf("%s: marked without a record", name)
		}
		outer.End(&err)
		equal(t, j.said(t), []string{"INFO order started", "ERROR order failed"})
	}
}

type broken struct{ slog.Handler }

func (broken) Handle(context.Context, slog.Record) error { return errors.New("disk full") }
