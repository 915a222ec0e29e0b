package lostcause

import (
	"errors"

	panics "github.com/fatedier/golib/errors"
)

// frp: nothing but a closed channel can be the reason.
func okSendsOnly(out chan<- string, s string) error {
	err := panics.PanicToError(func() { out <- s })
	if err != nil {
		return errors.New("the sender has stopped")
	}
	return nil
}

func okClosesOnly(out chan<- string) error {
	if err := panics.PanicToError(func() { close(out) }); err != nil {
		return errors.New("closed before")
	}
	return nil
}

func badSendsWhatMayPanic(out chan<- string, list []string) error {
	if err := panics.PanicToError(func() { out <- list[0] }); err != nil {
		return errors.New("the sender has stopped") // want `^the error of panics.PanicToError \(line \d+\) is replaced by one that holds neither its text nor its chain`
	}
	return nil
}
