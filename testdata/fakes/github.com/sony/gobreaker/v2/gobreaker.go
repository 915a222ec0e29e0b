// Package gobreaker stands in for github.com/sony/gobreaker/v2.
package gobreaker

import "errors"

var (
	ErrTooManyRequests = errors.New("too many requests")
	ErrOpenState       = errors.New("circuit breaker is open")
)

type Settings struct{ Name string }

type CircuitBreaker[T any] struct{}

func NewCircuitBreaker[T any](settings Settings) *CircuitBreaker[T]    { return &CircuitBreaker[T]{} }
func (cb *CircuitBreaker[T]) Execute(req func() (T, error)) (T, error) { return req() }
