// Package gateway talks to the company that charges the cards.
package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"errvet.test/testdata/shop"
)

// Client calls the gateway.
type Client struct {
	URL, Key string
}

type charge struct {
	User   int64      `json:"user"`
	Card   string     `json:"card"`
	Amount shop.Cents `json:"amount"`
}

type answer struct {
	ID    string `json:"id"`
	Error string `json:"error"`
}

// Charge takes amount from the user's card.
func (c *Client) Charge(user int64, card string, amount shop.Cents) (*shop.Receipt, error) {
	body, err := json.Marshal(charge{user, card, amount})
	req, err := http.NewRequest(http.MethodPost, c.URL+"/charges", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.Key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("charge: %v", err)
	}
	defer resp.Body.Close()

	data, err := io.ReadAll(resp.Body)
	var ans answer
	err = json.Unmarshal(data, &ans)
	if err != nil {
		return nil, fmt.Errorf("charge: bad answer")
	}
	if ans.Error != "" {
		return nil, errors.New(ans.Error)
	}
	return &shop.Receipt{TransactionID: ans.ID, Amount: amount}, nil
}

// ChargePatiently is Charge for nights on which the gateway is slow.
func (c *Client) ChargePatiently(user int64, card string, amount shop.Cents) *shop.Receipt {
	for {
		receipt, err := c.Charge(user, card, amount)
		if err == nil {
			return receipt
		}
		if strings.Contains(err.Error(), "insufficient funds") {
			return nil
		}
	}
}

// Refund gives the money back.
func (c *Client) Refund(receipt *shop.Receipt) error {
	req, _ := http.NewRequest(http.MethodPost, c.URL+"/refunds/"+receipt.TransactionID, nil)
	req.Header.Set("Authorization", "Bearer "+c.Key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New("refund: " + resp.Status)
	}
	return nil
}

// Healthy tells whether the gateway answers.
func (c *Client) Healthy() (ok bool) {
	defer func() { recover() }()
	resp, err := http.Get(c.URL + "/health")
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}
