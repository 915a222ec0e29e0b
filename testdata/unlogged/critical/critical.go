// Package critical holds calls of functions that -unlogged.critical names: (*Gateway).Charge and Refund.
package critical

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"

	"github.com/errvet/errvet/fault/oplog"
	"go.uber.org/zap"
)

type Gateway struct{ log *slog.Logger }

func (g *Gateway) Charge(amount int) (string, error) {
	if amount < 0 {
		return "", errors.New("refused")
	}
	return "tx", nil
}

func Refund(id string) error {
	if id == "" {
		return errors.New("no such payment")
	}
	return nil
}

func badNothing(g *Gateway) error {
	_, err := g.Charge(1) // want `strict: the critical operation Charge has no structured log record before it, after it and of its failure`
	if err != nil {
		return fmt.Errorf("charging: %w", err)
	}
	return nil
}

func badPlainLog(g *Gateway) error {
	log.Print("charging")
	id, err := g.Charge(1) // want `strict: the critical operation Charge has no structured log record before it, after it and of its failure`
	if err != nil {
		log.Printf("charging failed: %v", err)
		return err
	}
	log.Print("charged ", id)
	return nil
}

func badNoFailure(g *Gateway) error {
	slog.Info("charging", "amount", 1)
	id, err := g.Charge(1) // want `strict: the critical operation Charge has no structured log record of its failure$`
	if err != nil {
		return err
	}
	slog.Info("charged", "id", id)
	return nil
}

func badNoEnd(z *zap.Logger, id string) error {
	z.Info("refunding", zap.String("id", id))
	if err := Refund(id); err != nil { // want `strict: the critical operation Refund has no structured log record after it$`
		z.Error("refund failed", zap.String("id", id), zap.Error(err))
		return err
	}
	return nil
}

func badFailureWithoutError(z *zap.Logger, id string) error {
	z.Info("refunding", zap.String("id", id))
	if err := Refund(id); err != nil { // want `strict: the critical operation Refund has no structured log record of its failure$`
		z.Error("refund failed", zap.String("id", id))
		return err
	}
	z.Info("refunded", zap.String("id", id))
	return nil
}

func okAll(g *Gateway, amount int) error {
	slog.Info("charging", "amount", amount)
	id, err := g.Charge(amount)
	if err != nil {
		slog.Error("charging failed", "amount", amount, "err", err)
		return err
	}
	slog.Info("charged", "amount", amount, "id", id)
	return nil
}

func okZap(z *zap.Logger, id string) error {
	z.Info("refunding", zap.String("id", id))
	if err := Refund(id); err != nil {
		z.Error("refund failed", zap.String("id", id), zap.Error(err))
		return err
	}
	z.Info("refunded", zap.String("id", id))
	return nil
}

func okDeferred(g *Gateway, amount int) (err error) {
	slog.Info("charging", "amount", amount)
	defer func() {
		if err != nil {
			slog.Error("charging failed", "amount", amount, "err", err)
			return
		}
		slog.Info("charged", "amount", amount)
	}()
	_, err = g.Charge(amount)
	return err
}

func okOperation(ctx context.Context, g *Gateway, amount int) (err error) {
	op := oplog.Start(ctx, g.log, "charge")
	defer op.End(&err)
	_, err = g.Charge(amount)
	return err
}

func okOther(g *Gateway) error {
	_, err := fmt.Println("not critical")
	return err
}
