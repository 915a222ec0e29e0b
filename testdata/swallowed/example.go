package swallowed

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"net/http"
	"os"
)

// The examples of the documentation.

type order struct{ ID string }

type ledger interface {
	Charge(o order) error
	Refund(o order) error
	Orders() ([]order, error)
}

func charge(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		return nil // want `^l.Charge failed \(line \d+\), yet success is returned`
	}
	return nil
}

func refundAll(l ledger, orders []order) error {
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			continue // want `^strict: the failure of l.Refund \(line \d+\) is skipped without a trace`
		}
	}
	return nil
}

func configuration(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) { // want `^one kind of error of os.ReadFile \(line \d+\) is handled; any other kind falls through and is lost`
		return []byte("{}"), nil
	}
	return data, nil
}

func health(url string) int {
	resp, err := http.Get(url)
	if err != nil { // want `^the failure of http.Get \(line \d+\) is only logged, and resp, which is nil then, is used on line \d+`
		log.Print(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func chargeAndAck(m message, l ledger, o order) {
	if err := l.Charge(o); err != nil { // want `^m.Ack tells of a failure`
		m.Ack(err)
	}
	m.Ack(nil)
}

func chargeOrTell(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		return fmt.Errorf("charging order %s: %w", o.ID, err)
	}
	return nil
}

func refundAllOrTell(l ledger, orders []order) error {
	var errs []error
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			errs = append(errs, fmt.Errorf("order %s: %w", o.ID, err))
		}
	}
	return errors.Join(errs...)
}

func warmCache(l ledger) error {
	if _, err := l.Orders(); err != nil {
		// The cache fills itself on the first request.
		return nil // want `^silenced\(comment\)`
	}
	return nil
}
