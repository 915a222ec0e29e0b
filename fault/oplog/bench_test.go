package oplog_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/errvet/errvet/fault/oplog"
)

// What an operation costs beside the records themselves: each case has its counterpart written by hand.
func BenchmarkOp(b *testing.B) {
	boom := errors.New("boom")
	for _, c := range []struct {
		name   string
		logger *slog.Logger
		err    error
	}{
		{"succeeds", slog.New(slog.NewJSONHandler(io.Discard, nil)), nil},
		{"fails", slog.New(slog.NewJSONHandler(io.Discard, nil)), boom},
		{"unlogged", slog.New(slog.NewJSONHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelError})), nil},
	} {
		b.Run(c.name+"/oplog", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = operate(b.Context(), c.logger, c.err)
			}
		})
		b.Run(c.name+"/by hand", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = byHand(b.Context(), c.logger, c.err)
			}
		})
	}
}

func operate(ctx context.Context, logger *slog.Logger, result error) (err error) {
	op := oplog.Start(ctx, logger, "payment", slog.Int64("user_id", 7), slog.Float64("amount", 49.99))
	defer op.End(&err)
	return result
}

func byHand(ctx context.Context, logger *slog.Logger, result error) error {
	attrs := []slog.Attr{slog.Int64("user_id", 7), slog.Float64("amount", 49.99)}
	logger.LogAttrs(ctx, slog.LevelInfo, "payment started", attrs...)
	start := time.Now()
	err := result
	attrs = append(attrs, slog.Duration("latency", time.Since(start)))
	if err != nil {
		logger.LogAttrs(ctx, slog.LevelError, "payment failed", append(attrs, slog.Any("error", err))...)
		return err
	}
	logger.LogAttrs(ctx, slog.LevelInfo, "payment succeeded", attrs...)
	return nil
}
