package unlogged

import (
	"log"
	"net"

	"errvet.test/testdata/known/helper"
)

// Calls that fail only by a panic of what they are given.

// frp: nothing but a closed channel can be the reason.
func okSendsOnly(out chan<- string, s string) {
	if err := helper.Try(func() { out <- s }); err != nil {
		log.Print("the sender has stopped")
		return
	}
	log.Print("sent")
}

func okSendsAndLogs(out chan<- string, s string, count func(int)) {
	err := helper.Try(func() {
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
	err := helper.Try(func() {
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
	if err := helper.Try(func() { close(out) }); err != nil {
		log.Print("it was closed before")
		return
	}
	log.Print("closed")
}

func badWorksAndSends(out chan<- string, parse func(string) string, s string) {
	err := helper.Try(func() {
		out <- parse(s)
	})
	if err != nil {
		log.Print("the sender has stopped") // want `^the log tells that helper.Try failed`
		return
	}
	log.Print("sent")
}

func badOnlyWorks(parse func(string), s string) {
	err := helper.Try(func() { parse(s) })
	if err != nil {
		log.Print("not parsed") // want `^the log tells that helper.Try failed`
		return
	}
	log.Print("parsed")
}
