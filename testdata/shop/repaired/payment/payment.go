// Package payment takes the users' money.
//
// Each operation is logged when it begins and when it ends, with what is needed to find out why it failed, and whoever
// called it gets the failure too. It recovers no panic: it would not know what has been charged by then.
package payment

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"errvet.test/testdata/shop/repaired"
	"errvet.test/testdata/shop/repaired/gateway"
	"errvet.test/testdata/shop/repaired/notify"
	"errvet.test/testdata/shop/repaired/store"
	"github.com/errvet/errvet/fault/oplog"
)

// Service processes payments.
type Service struct {
	Gateway *gateway.Client
	Store   *store.Store
	Notify  *notify.Notifier
	Log     *slog.Logger
}

// Process charges the user's card and returns the receipt. The receipt is good if the error is nil; if it could not be
// saved, there is a receipt and an error: the money was taken.
func (s *Service) Process(ctx context.Context, user shop.User, card string, amount shop.Cents) (receipt shop.Receipt, err error) {
	op := oplog.Start(ctx, s.Log, "payment", slog.Int64("user_id", user.ID), slog.Any("amount", amount), slog.String("currency", "USD"))
	defer op.End(&err)

	receipt, err = s.Gateway.Charge(op.Context(), user.ID, card, amount)
	if err != nil {
		return shop.Receipt{}, fmt.Errorf("process payment: %w", err)
	}
	op.Add(slog.String("transaction_id", receipt.TransactionID))
	if err := s.Store.SaveReceipt(user, receipt); err != nil {
		return receipt, fmt.Errorf("process payment: %w", err)
	}
	return receipt, nil
}

// ProcessAny tries one card after the other. If none is good, it tells why of each.
func (s *Service) ProcessAny(ctx context.Context, user shop.User, cards []string, amount shop.Cents) (shop.Receipt, error) {
	var failures []error
	for _, card := range cards {
		receipt, err := s.Process(ctx, user, card, amount)
		switch {
		case err == nil:
			return receipt, nil
		case errors.Is(err, shop.ErrFraud):
			return shop.Receipt{}, errors.Join(err, s.Notify.Alert(ctx, "fraud: user "+user.Email))
		case errors.Is(err, shop.ErrInsufficientFunds):
			failures = append(failures, err)
		default:
			return receipt, err // another card would not help, and the money may have been taken
		}
	}
	return shop.Receipt{}, errors.Join(failures...)
}

// Refund gives the money of a payment back.
func (s *Service) Refund(ctx context.Context, user shop.User, id string) (err error) {
	op := oplog.Start(ctx, s.Log, "refund", slog.Int64("user_id", user.ID), slog.String("transaction_id", id))
	defer op.End(&err)

	receipt, err := s.Store.Receipt(id)
	if err != nil {
		return fmt.Errorf("refund: %w", err)
	}
	if err := s.Gateway.Refund(op.Context(), receipt); err != nil {
		return err
	}
	if err := s.Notify.Refunded(user, receipt); err != nil {
		// The money is on its way: a mail that was not sent is no reason to fail.
		s.Log.WarnContext(ctx, "refund not announced", slog.String("transaction_id", id), slog.Any("error", err))
	}
	return nil
}
