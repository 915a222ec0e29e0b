package oplog_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/oplog"
)

// stdout is a logger for examples: without what differs from run to run.
func stdout(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			switch a.Key {
			case slog.TimeKey, "latency_ms", "stack":
				return slog.Attr{}
			}
			return a
		},
	}))
}

const errTimeout fault.Code = "gateway.timeout"

func charge(context.Context, int64) (string, error) { return "tx1", nil }

func ExampleStart() {
	pay := func(ctx context.Context, userID int64) (id string, err error) {
		op := oplog.Start(ctx, stdout(slog.LevelInfo), "payment", slog.Int64("user_id", userID))
		defer op.End(&err)
		return charge(op.Context(), userID)
	}
	id, err := pay(context.Background(), 7)
	fmt.Println(id, err)
	// Output:
	// level=INFO msg="payment started" user_id=7
	// level=INFO msg="payment succeeded" user_id=7
	// tx1 <nil>
}

func ExampleOp_Add() {
	op := oplog.Start(context.Background(), stdout(slog.LevelInfo), "payment", slog.Int64("user_id", 7))
	defer op.End(nil)
	op.Add(slog.String("transaction_id", "tx1"))
	// Output:
	// level=INFO msg="payment started" user_id=7
	// level=INFO msg="payment succeeded" user_id=7 transaction_id=tx1
}

func ExampleOp_Context() {
	logger := stdout(slog.LevelError)
	gateway := func(ctx context.Context) (err error) {
		op := oplog.Start(ctx, logger, "charge", slog.String("gateway", "stripe"))
		defer op.End(&err)
		return errTimeout
	}
	pay := func(ctx context.Context, userID int64) (err error) {
		op := oplog.Start(ctx, logger, "payment", slog.Int64("user_id", userID))
		defer op.End(&err)
		if err := gateway(op.Context()); err != nil {
			return fmt.Errorf("pay: %w", err)
		}
		return nil
	}
	fmt.Println(pay(context.Background(), 7))
	// Output:
	// level=ERROR msg="charge failed" user_id=7 gateway=stripe error.type=fault.Code error.message=gateway.timeout error.code=gateway.timeout within=payment
	// pay: gateway.timeout
}

func ExampleOp_End() {
	err := func() (err error) {
		op := oplog.Start(context.Background(), stdout(slog.LevelInfo), "payment")
		defer op.End(&err)
		return errTimeout
	}()
	fmt.Println(errors.Is(err, errTimeout), oplog.Logged(err))
	// Output:
	// level=INFO msg="payment started"
	// level=ERROR msg="payment failed" error.type=fault.Code error.message=gateway.timeout error.code=gateway.timeout
	// true true
}

func ExampleConfig_Start() {
	config := oplog.Config{
		Logger:  stdout(slog.LevelInfo),
		Slow:    time.Microsecond,
		Routine: slog.LevelDebug,
		Level: func(err error) slog.Level {
			if errors.Is(err, errTimeout) {
				return slog.LevelWarn
			}
			return slog.LevelError
		},
	}
	for _, result := range []error{nil, errTimeout} {
		func() (err error) {
			op := config.Start(context.Background(), "payment")
			defer op.End(&err)
			time.Sleep(time.Millisecond)
			return result
		}()
	}
	// Output:
	// level=WARN msg="payment was slow" slow_after_ms=0.001
	// level=WARN msg="payment failed" slow_after_ms=0.001 error.type=fault.Code error.message=gateway.timeout error.code=gateway.timeout
}

func ExampleLogged() {
	middleware := func(err error) {
		if err != nil && !oplog.Logged(err) {
			fmt.Println("log:", err)
		}
	}
	err := errors.New("disk full")
	middleware(err)
	oplog.Start(context.Background(), slog.New(slog.NewTextHandler(io.Discard, nil)), "save").End(&err)
	middleware(fmt.Errorf("handler: %w", err))
	// Output: log: disk full
}

func ExampleMarkLogged() {
	save := func() error {
		err := errors.New("disk full")
		stdout(slog.LevelInfo).Error("save failed", fault.Attr(err))
		return oplog.MarkLogged(err)
	}
	err := func() (err error) {
		op := oplog.Start(context.Background(), stdout(slog.LevelError), "order")
		defer op.End(&err)
		return save()
	}()
	fmt.Println(err)
	// Output:
	// level=ERROR msg="save failed" error.type=errors.errorString error.message="disk full"
	// disk full
}

func ExamplePanicLogged() {
	// A boundary of one's own, as for a framework that package boundary does not know.
	serve := func(handle func()) {
		defer func() {
			if v := recover(); v != nil && !oplog.PanicLogged() {
				fmt.Println("log:", v)
			}
		}()
		handle()
	}
	serve(func() { panic("boom") })
	serve(func() {
		op := oplog.Start(context.Background(), stdout(slog.LevelError), "payment")
		defer op.End(nil)
		panic("bang")
	})
	// Output:
	// log: boom
	// level=ERROR msg="payment panicked" panic=bang
}
