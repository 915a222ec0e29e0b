// Package notify sends mail to users and alerts to those on call.
package notify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/smtp"

	"errvet.test/testdata/shop"
)

// Notifier sends messages.
type Notifier struct {
	Mail   string // host and port of the mail server
	Alerts string // where alerts are posted
}

// Receipt tells the user of a payment.
func (n *Notifier) Receipt(user shop.User, receipt *shop.Receipt) error {
	return n.send(user, fmt.Sprintf("We took %v from your card (%s).", receipt.Amount, receipt.TransactionID))
}

// Refunded tells the user of a refund.
func (n *Notifier) Refunded(user shop.User, receipt *shop.Receipt) error {
	return n.send(user, fmt.Sprintf("You get %v back (%s).", receipt.Amount, receipt.TransactionID))
}

// Declined tells the user that a card was not accepted.
func (n *Notifier) Declined(user shop.User) error {
	if err := n.send(user, "Your card was declined."); err != nil {
		log.Print("mail not sent")
	}
	return nil
}

// Alert wakes somebody.
func (n *Notifier) Alert(text string) {
	body, _ := json.Marshal(map[string]string{"text": text})
	resp, err := http.Post(n.Alerts, "application/json", bytes.NewReader(body))
	if err != nil {
		return
	}
	resp.Body.Close()
}

func (n *Notifier) send(user shop.User, text string) error {
	return smtp.SendMail(n.Mail, nil, "billing@shop.test", []string{user.Email}, []byte("Subject: Your subscription\r\n\r\n"+text+"\r\n"))
}
