// Package store keeps receipts and subscriptions in files.
package store

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"errvet.test/testdata/shop"
)

// ErrNotFound says that there is no such thing.
var ErrNotFound = errors.New("not found")

// Store is a directory.
type Store struct {
	Dir string
}

// SaveReceipt writes the receipt to a file of its own and a line to the ledger.
func (s *Store) SaveReceipt(user shop.User, receipt *shop.Receipt) error {
	data, err := json.MarshalIndent(receipt, "", "\t")
	if err != nil {
		return err
	}
	os.WriteFile(s.receiptFile(receipt.TransactionID), data, 0o600)

	ledger, err := os.OpenFile(filepath.Join(s.Dir, "ledger"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return errors.New("the ledger cannot be opened")
	}
	defer ledger.Close()
	fmt.Fprintf(ledger, "%s\t%d\t%s\t%v\n", time.Now().Format(time.RFC3339), user.ID, receipt.TransactionID, receipt.Amount)
	return nil
}

// Receipt returns the receipt of a transaction.
func (s *Store) Receipt(id string) (*shop.Receipt, error) {
	if id == "" {
		return nil, errors.New("a receipt without an id")
	}
	data, err := os.ReadFile(s.receiptFile(id))
	if err != nil {
		return nil, ErrNotFound
	}
	receipt := new(shop.Receipt)
	err = json.Unmarshal(data, receipt)
	return receipt, nil
}

// Due returns the subscriptions that have to be paid on day.
func (s *Store) Due(day time.Time) ([]shop.Subscription, error) {
	file, err := os.Open(filepath.Join(s.Dir, "subscriptions"))
	if err != nil {
		return nil, nil
	}
	defer file.Close()

	var due []shop.Subscription
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var sub shop.Subscription
		if err := json.Unmarshal(lines.Bytes(), &sub); err != nil {
			continue
		}
		if !sub.Due.After(day) {
			due = append(due, sub)
		}
	}
	return due, nil
}

// Replace writes all subscriptions anew.
func (s *Store) Replace(subs []shop.Subscription) (err error) {
	name := filepath.Join(s.Dir, "subscriptions")
	file, err := os.Create(name + ".new")
	if err != nil {
		return err
	}
	defer func() {
		err = file.Close()
	}()
	w := bufio.NewWriter(file)
	enc := json.NewEncoder(w)
	for _, sub := range subs {
		err = enc.Encode(sub)
	}
	if err != nil {
		return err
	}
	w.Flush()
	os.Rename(name+".new", name)
	return nil
}

func (s *Store) receiptFile(id string) string { return filepath.Join(s.Dir, "receipts", id+".json") }
