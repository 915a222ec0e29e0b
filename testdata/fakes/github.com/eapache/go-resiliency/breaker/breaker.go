// Package breaker stands in for github.com/eapache/go-resiliency/breaker.
package breaker

import (
	"errors"
	"time"
)

var ErrBreakerOpen = errors.New("circuit breaker is open")

type Breaker struct{}

func New(errorThreshold, successThreshold int, timeout time.Duration) *Breaker { return &Breaker{} }
func (b *Breaker) Run(work func() error) error                                 { return work() }
func (b *Breaker) Go(work func() error) error                                  { go work(); return nil }
