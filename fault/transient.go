package fault

import (
	"context"
	"io"
	"time"
)

// Transient marks err as worth trying again. The text, errors.Is and errors.As are those of err; nil stays nil.
// The outermost mark wins, so a layer that knows better may mark an error again.
func Transient(err error) error {
	if err == nil {
		return nil
	}
	return &marked{error: err, transient: true}
}

// Permanent marks err as not worth trying again, whatever it wraps. nil stays nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &marked{error: err}
}

// After marks err as transient, and as not to be tried again before d has passed: what a server asks for by a
// Retry-After header. A negative d is 0. nil stays nil.
func After(err error, d time.Duration) error {
	if err == nil {
		return nil
	}
	return &postponed{error: err, wait: max(d, 0)}
}

// marked says by its Transient method what its maker decided. It is a pointer, so that two marks of
// equal errors are different errors, as with fmt.Errorf.
type marked struct {
	error
	transient bool
}

func (m *marked) Unwrap() error   { return m.error }
func (m *marked) Transient() bool { return m.transient }

type postponed struct {
	error
	wait time.Duration
}

func (p *postponed) Unwrap() error             { return p.error }
func (p *postponed) Transient() bool           { return true }
func (p *postponed) RetryAfter() time.Duration { return p.wait }

// IsTransient reports whether trying again may help. It asks, in this order:
//
//   - the outermost error in the chain that has a method Transient() bool, which the marks of
//     [Transient], [Permanent] and [After] have too;
//   - otherwise, from the outside in: a timeout (Timeout() bool, as of package net, os and
//     context.DeadlineExceeded), a state its author calls temporary (Temporary() bool), a connection
//     that was refused, reset or broken off, io.ErrUnexpectedEOF.
//
// An error about which none of them says anything is not transient, nor is nil. context.Canceled
// never is: somebody no longer wants the answer. Of several errors joined, one that is permanent makes
// the whole permanent; otherwise one that is transient makes the whole transient.
func IsTransient(err error) bool {
	v := declared(err)
	if v == unknown {
		v = implied(err)
	}
	return v == transient
}

// IsPermanent reports whether somebody has said that trying again is of no use: the outermost error in the chain
// that has a method Transient() bool answers false. It is not the opposite of [IsTransient]: of most
// errors nobody has said anything, and both are false.
func IsPermanent(err error) bool { return declared(err) == permanent }

type verdict uint8

const (
	unknown verdict = iota
	transient
	permanent
)

// declared finds what the errors say about themselves. It is asked of the whole tree before implied
// is: a *url.Error has a Timeout method, and would otherwise overrule the mark of the error it wraps.
func declared(err error) verdict {
	for err != nil {
		if x, ok := err.(interface{ Transient() bool }); ok {
			if x.Transient() {
				return transient
			}
			return permanent
		}
		one, many := children(err)
		if many != nil {
			return joint(many, declared)
		}
		err = one
	}
	return unknown
}

// implied draws conclusions from well-known errors of the standard library.
func implied(err error) verdict {
	for err != nil {
		if err == context.Canceled {
			return permanent
		}
		if x, ok := err.(interface{ Timeout() bool }); ok && x.Timeout() {
			return transient
		}
		if x, ok := err.(interface{ Temporary() bool }); ok && x.Temporary() {
			return transient
		}
		if err == io.ErrUnexpectedEOF || isConnectionLost(err) {
			return transient
		}
		one, many := children(err)
		if many != nil {
			return joint(many, implied)
		}
		err = one
	}
	return unknown
}

func joint(errs []error, of func(error) verdict) verdict {
	all := unknown
	for _, err := range errs {
		switch of(err) {
		case permanent:
			return permanent
		case transient:
			all = transient
		}
	}
	return all
}

// RetryAfter returns how long to wait before the next try, as told by the outermost error in the chain that has a
// method RetryAfter() time.Duration: the mark of [After], the breaker's open error, a client's own type.
// Of several errors joined, the longest wait counts. ok is false if none says anything; d is never negative.
func RetryAfter(err error) (d time.Duration, ok bool) {
	for err != nil {
		if x, is := err.(interface{ RetryAfter() time.Duration }); is {
			return max(x.RetryAfter(), 0), true
		}
		one, many := children(err)
		for _, e := range many {
			if wait, told := RetryAfter(e); told {
				d, ok = max(d, wait), true
			}
		}
		err = one
	}
	return d, ok
}
