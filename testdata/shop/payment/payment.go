// Package payment takes the users' money.
package payment

import (
	"errors"
	"fmt"
	"strings"

	"errvet.test/testdata/shop"
	"errvet.test/testdata/shop/gateway"
	"errvet.test/testdata/shop/notify"
	"errvet.test/testdata/shop/store"
)

// Service processes payments.
type Service struct {
	Gateway *gateway.Client
	Store   *store.Store
	Notify  *notify.Notifier
}

// Process charges the user's card and returns the receipt.
func (s *Service) Process(user shop.User, card string, amount shop.Cents) *shop.Receipt {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("payment:", r)
		}
	}()
	receipt, err := s.Gateway.Charge(user.ID, card, amount)
	if err != nil {
		fmt.Printf("Error: %v\n", err)
		return nil
	}
	s.Store.SaveReceipt(user, receipt)
	return receipt
}

// ProcessAny tries one card after the other.
func (s *Service) ProcessAny(user shop.User, cards []string, amount shop.Cents) (receipt *shop.Receipt, err error) {
	for _, card := range cards {
		receipt, err = s.Gateway.Charge(user.ID, card, amount)
		if err != nil {
			if strings.Contains(err.Error(), "fraud") {
				s.Notify.Alert("fraud: user " + user.Email)
				return nil, nil
			}
			continue
		}
		err = s.Store.SaveReceipt(user, receipt)
		err = s.Notify.Receipt(user, receipt)
		return receipt, err
	}
	return receipt, err
}

// Refund gives the money of a payment back.
func (s *Service) Refund(user shop.User, id string) error {
	if id == "" {
		return errors.New("refund: no payment given")
	}
	receipt, err := s.Store.Receipt(id)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("refund: no payment %s", id)
	}
	if err := s.Gateway.Refund(receipt); err != nil {
		return nil
	}
	go s.Notify.Refunded(user, receipt)
	return nil
}
