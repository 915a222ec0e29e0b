// Package service holds goroutines of a service.
package service

import (
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
)

func badNoRecover(l net.Listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go handle(c) // want `^strict: a panic in the goroutine that starts here ends the whole service: nothing in handle recovers$`
	}
}

func handle(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 512)
	if _, err := c.Read(buf); err != nil {
		log.Print(err)
		return
	}
	use(buf[0])
}

func okRecover(l net.Listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer func() {
				if r := recover(); r != nil {
					log.Printf("%v\n%s", r, debug.Stack())
				}
			}()
			handle(c)
		}()
	}
}

func okRecoverNamed(w http.ResponseWriter, r *http.Request) {
	go func() {
		defer recoverAndLog()
		if err := work(); err != nil {
			log.Print(err)
		}
	}()
}

func recoverAndLog() {
	if r := recover(); r != nil {
		log.Printf("%v\n%s", r, debug.Stack())
	}
}

func okOnlyWaits(wg *sync.WaitGroup, errc chan error) {
	go func() {
		wg.Wait()
		close(errc)
	}()
}

func badInHandler(w http.ResponseWriter, r *http.Request) {
	go func() { // want `^strict: a panic in the goroutine that starts here`
		if err := work(); err != nil {
			log.Print(err)
		}
	}()
}

func okBriefInService(path string) {
	go func() {
		if err := os.Remove(path); err != nil {
			log.Print(err)
		}
	}()
}

func work() error { return os.Chdir("work") }

func use(...any) {}

func badGoMethod(l net.Listener, srv *http.Server) {
	go srv.Serve(l) // want `^strict: srv.Serve runs on its own, and nobody takes its error$`
}

func okGoServer(srv *http.Server) {
	go func() {
		if err := srv.ListenAndServe(); err != nil && !errors.Is(err, http.ErrServerClosed) {
			log.Printf("serve: %v", err)
		}
	}()
}

// The closure has the error in hand and drops it: that is another rule's.
func okGoDroppedInside(srv *http.Server, l net.Listener) {
	go func() { _ = srv.Serve(l) }()
}

func badSharedWithOuter(l net.Listener, srv *http.Server) error {
	var err error
	go func() {
		if err = srv.Serve(l); err != nil { // want `^several goroutines assign err`
			log.Print(err)
		}
	}()
	err = work()
	return err
}
