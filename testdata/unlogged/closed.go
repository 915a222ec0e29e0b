package unlogged

import (
	"context"
	"fmt"
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

// What takes what comes from something, and closes that when it is left, has handled that there is no more.

type session struct {
	conn interface {
		Accept(ctx context.Context) (string, error)
	}
}

func (s *session) Close() { log.Print("closed") }

func badAcceptsAndCloses(ctx context.Context, s *session) {
	go func() {
		defer s.Close()
		for {
			name, err := s.conn.Accept(ctx)
			if err != nil {
				return // want `^strict: conn.Accept failed`
			}
			log.Print(name)
		}
	}()
}

func badAcceptsOnly(ctx context.Context, s *session) {
	go func() {
		for {
			name, err := s.conn.Accept(ctx)
			if err != nil {
				return // want `^conn.Accept failed`
			}
			log.Print(name)
		}
	}()
}

func badAcceptsOnce(ctx context.Context, s *session) {
	go func() {
		defer s.Close()
		name, err := s.conn.Accept(ctx)
		if err != nil {
			return // want `^conn.Accept failed`
		}
		log.Print(name)
	}()
}

func okAcceptsAndTells(ctx context.Context, s *session) {
	go func() {
		defer s.Close()
		for {
			name, err := s.conn.Accept(ctx)
			if err != nil {
				log.Print("accepting: ", err)
				return
			}
			log.Print(name)
		}
	}()
}

func okAcceptsForCaller(ctx context.Context, s *session) error {
	defer s.Close()
	for {
		name, err := s.conn.Accept(ctx)
		if err != nil {
			return err
		}
		log.Print(name)
	}
}

func okAcceptsForOthers(ctx context.Context, s *session, errs chan<- error) {
	go func() {
		defer s.Close()
		for {
			if _, err := s.conn.Accept(ctx); err != nil {
				errs <- err
				return
			}
		}
	}()
}

// Its output is what it prints.

func badPrintsAll(s *store) {
	if err := s.save("state", nil); err != nil {
		fmt.Println("#", err)
		return // want `^strict: the failure of s\.save \(line \d+\) is only printed`
	}
	fmt.Println("saved")
}

// A settled condition guards what is for whoever looks for a fault.

var debugging = false

func badPrintsForDebugging(s *store) {
	if debugging {
		if err := s.save("state", nil); err != nil {
			println("cannot save:", err.Error())
			return // want `^strict: the failure of s\.save \(line \d+\) is only printed`
		}
	}
	s.use(nil)
}

func okPrintsAndFails(s *store) error {
	if debugging {
		if err := s.save("state", nil); err != nil {
			println("cannot save:", err.Error())
			return err
		}
	}
	return nil
}

func okLogsForDebugging(s *store) {
	if debugging {
		if err := s.save("state", nil); err != nil {
			log.Print("cannot save: ", err)
		}
	}
}

func okPrintsAndLogs(s *store) {
	if err := s.save("state", nil); err != nil {
		log.Print("cannot save: ", err)
		return
	}
	fmt.Println("saved")
}
