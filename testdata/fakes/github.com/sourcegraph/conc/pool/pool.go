// Package pool stands in for github.com/sourcegraph/conc/pool.
package pool

import "context"

type Pool struct{}

func New() *Pool                                             { return &Pool{} }
func (p *Pool) Go(f func())                                  { go f() }
func (p *Pool) Wait()                                        {}
func (p *Pool) WithErrors() *ErrorPool                       { return &ErrorPool{} }
func (p *Pool) WithContext(ctx context.Context) *ContextPool { return &ContextPool{} }

type ErrorPool struct{ err error }

func (p *ErrorPool) Go(f func() error) { go func() { p.err = f() }() }
func (p *ErrorPool) Wait() error       { return p.err }

type ContextPool struct{ err error }

func (p *ContextPool) Go(f func(ctx context.Context) error) {
	go func() { p.err = f(context.Background()) }()
}
func (p *ContextPool) Wait() error { return p.err }
