// Package shop sells subscriptions. It is an example: its packages handle errors the way much code in production does,
// and errvet's README shows what errvet says of it. Package errvet.test/testdata/shop/repaired does the same right.
package shop

import (
	"fmt"
	"time"
)

// Cents is an amount of money.
type Cents int64

func (c Cents) String() string { return fmt.Sprintf("$%d.%02d", int64(c/100), int64(c%100)) }

// A User pays.
type User struct {
	ID    int64  `json:"id"`
	Email string `json:"email"`
}

// A Receipt is what a payment leaves.
type Receipt struct {
	TransactionID string `json:"transaction_id"`
	Amount        Cents  `json:"amount"`
}

// A Subscription is paid for every month.
type Subscription struct {
	ID     int64     `json:"id"`
	User   User      `json:"user"`
	Price  Cents     `json:"price"`
	Card   string    `json:"card"`
	Backup string    `json:"backup_card"`
	Due    time.Time `json:"due"`
}
