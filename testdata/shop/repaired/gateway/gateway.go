// Package gateway talks to the company that charges the cards.
//
// Every call has a deadline. What may pass is tried again a few times, with waits between; what will not is not. A
// gateway that is down is left alone for a while, and the caller is told at once.
package gateway

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"errvet.test/testdata/shop/repaired"
	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/breaker"
	"github.com/errvet/errvet/fault/retry"
)

// Client calls the gateway. Make it with New.
type Client struct {
	url, key string
	timeout  time.Duration
	breaker  *breaker.Breaker
	policy   retry.Policy
}

// New returns a client whose calls take at most timeout each.
func New(url, key string, timeout time.Duration) *Client {
	return &Client{
		url: url, key: key, timeout: timeout,
		breaker: breaker.New(breaker.Config{Name: "gateway", Failures: 3, Cooldown: 30 * time.Second}),
		policy:  retry.Policy{Attempts: 3, Base: 200 * time.Millisecond},
	}
}

type charge struct {
	User   int64      `json:"user"`
	Card   string     `json:"card"`
	Amount shop.Cents `json:"amount"`
}

// Charge takes amount from the user's card.
func (c *Client) Charge(ctx context.Context, user int64, card string, amount shop.Cents) (shop.Receipt, error) {
	body, err := json.Marshal(charge{user, card, amount})
	if err != nil {
		return shop.Receipt{}, fmt.Errorf("encode charge: %w", err)
	}
	key := rand.Text() // one for all attempts, so that a charge whose answer got lost is not made twice
	return breaker.Do(ctx, c.breaker, func(ctx context.Context) (shop.Receipt, error) {
		return retry.Do(ctx, c.policy, func(ctx context.Context) (shop.Receipt, error) {
			var answer struct {
				ID      string     `json:"id"`
				Balance shop.Cents `json:"balance"`
			}
			status, err := c.post(ctx, "/charges", key, body, &answer)
			if err != nil {
				return shop.Receipt{}, err
			}
			switch status {
			case http.StatusOK:
				return shop.Receipt{TransactionID: answer.ID, Amount: amount}, nil
			case http.StatusPaymentRequired:
				return shop.Receipt{}, fault.Permanent(&shop.InsufficientFundsError{UserID: user, Amount: amount, Balance: answer.Balance})
			case http.StatusForbidden:
				return shop.Receipt{}, fault.Permanent(shop.ErrFraud)
			}
			return shop.Receipt{}, fmt.Errorf("%w: gateway answered %d", shop.ErrPayment, status)
		})
	})
}

// Refund gives the money back.
func (c *Client) Refund(ctx context.Context, receipt shop.Receipt) error {
	var none struct{}
	status, err := c.post(ctx, "/refunds/"+receipt.TransactionID, receipt.TransactionID, nil, &none)
	if err != nil {
		return fmt.Errorf("refund: %w", err)
	}
	if status != http.StatusOK {
		return fmt.Errorf("refund: gateway answered %d", status)
	}
	return nil
}

// post sends body and reads the answer.
func (c *Client) post(ctx context.Context, path, key string, body []byte, answer any) (status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+path, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("make request: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	req.Header.Set("Idempotency-Key", key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", shop.ErrGatewayTimeout, err) // as transient as the network's error is
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusServiceUnavailable {
		return 0, fault.Transient(fmt.Errorf("%w: %s", shop.ErrGatewayTimeout, resp.Status))
	}
	if err := json.NewDecoder(resp.Body).Decode(answer); err != nil {
		return 0, fmt.Errorf("read answer: %w", err)
	}
	return resp.StatusCode, nil
}
