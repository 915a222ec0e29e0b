package v1

import (
	"errors"
	"fmt"
)

func check(text string) error {
	if text == "" {
		return errors.New("an order without a name")
	}
	if text[0] == '-' {
		return fmt.Errorf("%q is no name", text)
	}
	return nil
}

// Parse gives an order beside the error.
func Parse(text string) (*Order, error) {
	err := check(text)
	order := &Order{Name: text}
	return order, err
}

// ParseAgain does so by another.
func ParseAgain(text string) (*Order, error) { return Parse(text) }

// Looks is how an order is looked for.
var Looks func(name string) error

// Find gives what is there beside the error.
func Find(orders map[string]*Order, name string) (*Order, error) {
	order := orders[name]
	err := Looks(name)
	return order, err
}

// A Source gives orders.
type Source interface {
	Next(name string) (*Order, error)
	Last(name string) (*Order, error)
}

type shelf struct{ orders map[string]*Order }

// Next gives what it was asked for beside the error.
func (s *shelf) Next(name string) (*Order, error) {
	if s.orders == nil {
		return nil, errors.New("no shelf")
	}
	order := &Order{Name: name}
	return order, Looks(name)
}

// Last gives what is there.
func (s *shelf) Last(name string) (*Order, error) { return s.orders[name], Looks(name) }

// A drawer has nothing.
type drawer struct{}

// Next gives nothing.
func (drawer) Next(name string) (*Order, error) { return nil, Looks(name) }

// Last gives nothing.
func (drawer) Last(name string) (*Order, error) { return nil, Looks(name) }
