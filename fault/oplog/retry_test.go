package oplog_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/breaker"
	"github.com/errvet/errvet/fault/oplog"
	"github.com/errvet/errvet/fault/retry"
)

// An operation around a retry, and one inside it, with a breaker in between: what the layers between do to an error does not
// take its mark away.
func TestRetriedOperations(t *testing.T) {
	asWarning := func(error) slog.Level { return slog.LevelWarn }
	for _, c := range []struct {
		name  string
		level func(error) slog.Level
		base  time.Duration
		want  []string
	}{
		{"attempts are errors", nil, time.Nanosecond,
			[]string{"ERROR attempt failed", "ERROR attempt failed", "DEBUG payment failed"}},
		{"attempts are warnings, the last word is an error", asWarning, time.Nanosecond,
			[]string{"WARN attempt failed", "WARN attempt failed", "ERROR payment failed"}},
		{"the wait would outlast the deadline", nil, 10 * time.Hour,
			[]string{"ERROR attempt failed", "DEBUG payment failed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, logger := newJournal()
			api := breaker.New(breaker.Config{Logger: slog.New(slog.DiscardHandler)})
			attempts := oplog.Config{Logger: logger, Level: c.level}
			err := func() (err error) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				op := oplog.Start(ctx, logger, "payment", slog.Int("user_id", 7))
				defer op.End(&err)
				return api.Run(op.Context(), func(ctx context.Context) error {
					return retry.Run(ctx, retry.Policy{Attempts: 2, Base: c.base, Max: 20 * time.Hour}, func(ctx context.Context) (err error) {
						op := attempts.Start(ctx, "attempt", slog.String("gateway", "stripe"))
						defer op.End(&err)
						return fault.Transient(errTimeout)
					})
				})
			}()
			var got []string
			for _, said := range j.said(t) {
				if said != "INFO payment started" && said != "INFO attempt started" {
					got = append(got, said)
				}
			}
			equal(t, got, c.want)
			if !oplog.Logged(err) {
				t.Error(err)
			}
			for _, r := range j.atLevel(t, slog.LevelError) {
				if r["user_id"] != 7.0 || r["error"].(map[string]any)["code"] != "gateway.timeout" {
					t.Error(r)
				}
			}
		})
	}
}
