// Package shop sells subscriptions. It does what errvet.test/testdata/shop does, and loses no error on the way: each
// package tells what it changed. errvet has nothing to say about it.
//
// Here is what all packages share: the errors that somebody decides on. They have codes or types, never only a text.
package shop

import (
	"fmt"
	"time"

	"github.com/errvet/errvet/fault"
)

// The kinds of failed payments. The dots make the hierarchy: each of the others is an ErrPayment too.
const (
	ErrPayment           fault.Code = "payment"
	ErrInsufficientFunds fault.Code = "payment.insufficient_funds"
	ErrGatewayTimeout    fault.Code = "payment.gateway_timeout"
	ErrFraud             fault.Code = "payment.fraud"
)

// ErrNotFound says that there is no such thing.
const ErrNotFound fault.Code = "not_found"

// InsufficientFundsError carries what its handlers need. The other kinds have nothing to carry and stay codes.
type InsufficientFundsError struct {
	UserID          int64
	Amount, Balance Cents
}

// Shortfall is what is missing on the account.
func (e *InsufficientFundsError) Shortfall() Cents { return e.Amount - e.Balance }

// Error is for the log.
func (e *InsufficientFundsError) Error() string {
	return fmt.Sprintf("user %d short by %v", e.UserID, e.Shortfall())
}

// Public is what the user may read.
func (e *InsufficientFundsError) Public() string { return "Insufficient funds" }

// Unwrap makes errors.Is find the code.
func (e *InsufficientFundsError) Unwrap() error { return ErrInsufficientFunds }

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
