package unlogged

import (
	"log"
	"net"

	panics "github.com/fatedier/golib/errors"
)

// Calls that fail only by a panic of what they are given.

// frp: nothing but a closed channel can be the reason.
func okSendsOnly(out chan<- string, s string) {
	if err := panics.PanicToError(func() { out <- s }); err != nil {
		log.Print("the sender has stopped")
		return
	}
	log.Print("sent")
}

func okSendsAndLogs(out chan<- string, s string, count func(int)) {
	err := panics.PanicToError(func() {
		log.Print("sending ", s)
		out <- s
	})
	if err != nil {
		log.Print("the sender has stopped")
		return
	}
	log.Print("sent")
}

func okSendsOrCloses(conns chan<- net.Conn, c net.Conn) {
	err := panics.PanicToError(func() {
		select {
		case conns <- c:
		default:
			c.Close()
		}
	})
	if err != nil {
		log.Print("the listener is closed")
		return
	}
	log.Print("sent")
}

func okClosesOnly(out chan string) {
	if err := panics.PanicToError(func() { close(out) }); err != nil {
		log.Print("it was closed before")
		return
	}
	log.Print("closed")
}

func badWorksAndSends(out chan<- string, parse func(string) string, s string) {
	err := panics.PanicToError(func() {
		out <- parse(s)
	})
	if err != nil {
		log.Print("the sender has stopped") // want `^the log tells that panics.PanicToError failed`
		return
	}
	log.Print("sent")
}

func badOnlyWorks(parse func(string), s string) {
	err := panics.PanicToError(func() { parse(s) })
	if err != nil {
		log.Print("not parsed") // want `^the log tells that panics.PanicToError failed`
		return
	}
	log.Print("parsed")
}
