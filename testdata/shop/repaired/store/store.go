// Package store keeps receipts and subscriptions in files.
//
// What was not written is not saved: the errors of Write, Sync, Close and Rename are those of the caller. A file is
// replaced in one step, so that a failure leaves the old one.
package store

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"errvet.test/testdata/shop/repaired"
)

// Store is a directory.
type Store struct {
	Dir string
}

// SaveReceipt writes the receipt to a file of its own and a line to the ledger.
func (s *Store) SaveReceipt(user shop.User, receipt shop.Receipt) error {
	data, err := json.MarshalIndent(receipt, "", "\t")
	if err != nil {
		return fmt.Errorf("save receipt: %w", err)
	}
	if err := os.WriteFile(s.receiptFile(receipt.TransactionID), data, 0o600); err != nil {
		return fmt.Errorf("save receipt: %w", err)
	}
	if err := s.enter(user, receipt); err != nil {
		return fmt.Errorf("enter receipt %s: %w", receipt.TransactionID, err)
	}
	return nil
}

// enter adds a line to the ledger.
func (s *Store) enter(user shop.User, receipt shop.Receipt) (err error) {
	ledger, err := os.OpenFile(filepath.Join(s.Dir, "ledger"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	_, err = fmt.Fprintf(ledger, "%s\t%d\t%s\t%v\n", time.Now().Format(time.RFC3339), user.ID, receipt.TransactionID, receipt.Amount)
	if err != nil {
		return err
	}
	return ledger.Sync()
}

// Receipt returns the receipt of a transaction. Its error is shop.ErrNotFound if there is none, and something else if
// there is one that cannot be read.
func (s *Store) Receipt(id string) (shop.Receipt, error) {
	data, err := os.ReadFile(s.receiptFile(id))
	if errors.Is(err, fs.ErrNotExist) {
		return shop.Receipt{}, fmt.Errorf("receipt %s: %w", id, shop.ErrNotFound)
	}
	if err != nil {
		return shop.Receipt{}, fmt.Errorf("receipt %s: %w", id, err)
	}
	var receipt shop.Receipt
	if err := json.Unmarshal(data, &receipt); err != nil {
		return shop.Receipt{}, fmt.Errorf("receipt %s: %w", id, err)
	}
	return receipt, nil
}

// Subscriptions returns all subscriptions. Before the first Replace there are none.
func (s *Store) Subscriptions() ([]shop.Subscription, error) {
	data, err := os.ReadFile(s.subscriptionsFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // nobody has subscribed yet
	}
	if err != nil {
		return nil, fmt.Errorf("subscriptions: %w", err)
	}
	var subs []shop.Subscription
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		var sub shop.Subscription
		if err := json.Unmarshal(lines.Bytes(), &sub); err != nil {
			return nil, fmt.Errorf("subscription on line %d: %w", n, err)
		}
		subs = append(subs, sub)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("subscriptions: %w", err)
	}
	return subs, nil
}

// Replace writes all subscriptions anew.
func (s *Store) Replace(subs []shop.Subscription) error {
	name := s.subscriptionsFile()
	if err := write(name+".new", subs); err != nil {
		return errors.Join(fmt.Errorf("replace subscriptions: %w", err), os.Remove(name+".new"))
	}
	if err := os.Rename(name+".new", name); err != nil {
		return fmt.Errorf("replace subscriptions: %w", err)
	}
	return nil
}

func write(name string, subs []shop.Subscription) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := bufio.NewWriter(file)
	enc := json.NewEncoder(w)
	for _, sub := range subs {
		if err := enc.Encode(sub); err != nil {
			return fmt.Errorf("subscription %d: %w", sub.ID, err)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Sync()
}

func (s *Store) receiptFile(id string) string { return filepath.Join(s.Dir, "receipts", id+".json") }

func (s *Store) subscriptionsFile() string { return filepath.Join(s.Dir, "subscriptions") }
