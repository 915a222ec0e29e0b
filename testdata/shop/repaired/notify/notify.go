// Package notify sends mail to users and alerts to those on call. Whether a message matters enough to fail for is for
// its callers to say, so they are told when it was not sent.
package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/smtp"

	"errvet.test/testdata/shop/repaired"
)

// Notifier sends messages.
type Notifier struct {
	Mail   string // host and port of the mail server
	Alerts string // where alerts are posted
}

// Receipt tells the user of a payment.
func (n *Notifier) Receipt(user shop.User, receipt shop.Receipt) error {
	return n.send(user, fmt.Sprintf("We took %v from your card (%s).", receipt.Amount, receipt.TransactionID))
}

// Refunded tells the user of a refund.
func (n *Notifier) Refunded(user shop.User, receipt shop.Receipt) error {
	return n.send(user, fmt.Sprintf("You get %v back (%s).", receipt.Amount, receipt.TransactionID))
}

// Declined tells the user that a card was not accepted.
func (n *Notifier) Declined(user shop.User, shortfall shop.Cents) error {
	return n.send(user, fmt.Sprintf("Your card was declined. Shortfall: %v", shortfall))
}

// Alert wakes somebody.
func (n *Notifier) Alert(ctx context.Context, text string) error {
	body, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		return fmt.Errorf("alert: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, n.Alerts, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("alert: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("alert: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("alert: %s", resp.Status)
	}
	return nil
}

func (n *Notifier) send(user shop.User, text string) error {
	message := []byte("Subject: Your subscription\r\n\r\n" + text + "\r\n")
	if err := smtp.SendMail(n.Mail, nil, "billing@shop.test", []string{user.Email}, message); err != nil {
		return fmt.Errorf("mail to user %d: %w", user.ID, err)
	}
	return nil
}
