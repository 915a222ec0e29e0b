// Package renewals charges, each night, the subscriptions that are due.
//
// One that fails stops neither the others nor goes unmentioned: Run gives the failures of all. Only what was paid for
// is moved on by a month.
package renewals

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"errvet.test/testdata/shop/repaired"
	"errvet.test/testdata/shop/repaired/notify"
	"errvet.test/testdata/shop/repaired/payment"
	"errvet.test/testdata/shop/repaired/store"
	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/boundary"
)

// Batch renews subscriptions.
type Batch struct {
	Payments *payment.Service
	Store    *store.Store
	Notify   *notify.Notifier
	Log      *slog.Logger
}

// Run renews what is due on day, ten at a time, and returns how many subscriptions were renewed. Its error holds the
// failures of all others. A panic in one of them is a failure too.
func (b *Batch) Run(ctx context.Context, day time.Time) (renewed int, err error) {
	subs, err := b.Store.Subscriptions()
	if err != nil {
		return 0, fmt.Errorf("renewals: %w", err)
	}
	paid := make([]bool, len(subs))
	group := boundary.NewGroup(ctx)
	group.Limit(10)
	for i, sub := range subs {
		if sub.Due.After(day) {
			continue
		}
		// With ctx, not the group's own: that one ends with the first failure, and the others are to go on.
		group.Go(func(context.Context) (err error) {
			if paid[i], err = b.renew(ctx, sub); err != nil {
				return fmt.Errorf("subscription %d: %w", sub.ID, err)
			}
			return nil
		})
	}
	failures := group.Wait()
	for i := range subs {
		if paid[i] {
			subs[i].Due = subs[i].Due.AddDate(0, 1, 0)
			renewed++
		}
	}
	// What was paid for is kept even if something failed.
	if err := b.Store.Replace(subs); err != nil {
		return renewed, errors.Join(failures, fmt.Errorf("renewals: %w", err))
	}
	return renewed, failures
}

// renew reports whether the subscription was paid for, which it may be even if something failed afterwards.
func (b *Batch) renew(ctx context.Context, sub shop.Subscription) (paid bool, err error) {
	receipt, err := b.Payments.ProcessAny(ctx, sub.User, []string{sub.Card, sub.Backup}, sub.Price)
	paid = receipt.TransactionID != ""
	if short, ok := errors.AsType[*shop.InsufficientFundsError](err); ok {
		return paid, errors.Join(err, b.Notify.Declined(sub.User, short.Shortfall()))
	}
	if err != nil {
		return paid, err
	}
	return paid, b.Notify.Receipt(sub.User, receipt)
}

// Nightly runs the batch every 24 hours until ctx ends. A night that went wrong is logged and wakes somebody.
func (b *Batch) Nightly(ctx context.Context) error {
	nights := time.NewTicker(24 * time.Hour)
	defer nights.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case night := <-nights.C:
			if err := b.night(ctx, night); err != nil {
				b.Log.ErrorContext(ctx, "renewals failed", fault.Attr(errors.Join(err, b.Notify.Alert(ctx, "renewals failed"))))
			}
		}
	}
}

// night is where a panic of the batch ends: the next night is worth trying all the same.
func (b *Batch) night(ctx context.Context, night time.Time) error {
	return boundary.Call(func() error {
		n, err := b.Run(ctx, night)
		b.Log.InfoContext(ctx, "renewals done", slog.Int("renewed", n), slog.Bool("all", err == nil))
		return err
	})
}
