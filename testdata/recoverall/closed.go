package recoverall

import "time"

// Functions in which nothing can panic but a channel that is closed: the panic is the answer, and says no more than that.

type packets struct {
	in   chan []byte
	done chan struct{}
}

// frp: what comes too late is dropped.
func (p *packets) okSendsOnly(b []byte) {
	defer func() {
		_ = recover()
	}()

	select {
	case p.in <- b:
	default:
	}
}

type output chan<- []byte

// moby
func (out output) okWrites(b []byte) error {
	defer func() {
		recover()
	}()
	out <- b
	return nil
}

func (p *packets) okClosesTwice() {
	defer func() { recover() }()
	close(p.done)
}

func (p *packets) okWaits(b []byte) bool {
	defer func() { recover() }()
	select {
	case p.in <- b:
		return true
	case <-p.done:
	}
	return false
}

// seaweedfs
func okSafeSend[T any](ch chan T, val T, quit <-chan struct{}) {
	if ch == nil {
		return
	}
	defer func() {
		recover()
	}()
	select {
	case ch <- val:
	case <-quit:
	}
}

func (p *packets) okNoted(b []byte, wait bool) (sent bool) {
	defer func() { recover() }()
	if wait {
		p.in <- b
		sent = true
	} else {
		select {
		case p.in <- b:
			sent = true
		default:
		}
	}
	return sent
}

func (p *packets) badAsks(b []byte, allowed func([]byte) bool) {
	defer func() {
		recover() // want `^recover takes every panic of badAsks and throws it away`
	}()
	if allowed(b) {
		p.in <- b
	}
}

func (p *packets) badWorksToo(b []byte, parse func([]byte) []byte) {
	defer func() {
		recover() // want `^recover takes every panic of badWorksToo and throws it away`
	}()
	p.in <- parse(b)
}

func (p *packets) badReachesInto(list [][]byte) {
	defer func() {
		recover() // want `^recover takes every panic of badReachesInto and throws it away`
	}()
	p.in <- list[0]
	time.Sleep(0)
}
