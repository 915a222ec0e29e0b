// Package gobreaker stands in for github.com/sony/gobreaker.
package gobreaker

import "errors"

var (
	ErrTooManyRequests = errors.New("too many requests")
	ErrOpenState       = errors.New("circuit breaker is open")
)

type Settings struct{ Name string }

type CircuitBreaker struct{}

func NewCircuitBreaker(st Settings) *CircuitBreaker                                     { return &CircuitBreaker{} }
func (cb *CircuitBreaker) Execute(req func() (interface{}, error)) (interface{}, error) { return req() }
