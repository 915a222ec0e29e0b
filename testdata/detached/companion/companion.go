// Package companion imports errvet's companion, so that its fixes may use it.
package companion

import (
	"context"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/errvet/errvet/fault/boundary"
)

func work() error                 { return os.Chdir("work") }
func load(string) ([]byte, error) { return os.ReadFile("work") }
func run(context.Context) error   { return os.Chdir("run") }

func guarded() error { return boundary.Call(work) }

func starts(ctx context.Context, name string) {
	go work()         // want `work runs on its own, and nobody takes its error`
	go load(name)     // want `load runs on its own`
	go run(ctx)       // want `run runs on its own`
	go func() error { // want `the function literal runs on its own`
		return work()
	}()
}

func serves(srv *http.Server, l net.Listener) {
	go srv.Serve(l) // want `srv.Serve runs on its own`
}

func accepts(l net.Listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go handle(c) // want `strict: a panic in the goroutine that starts here ends the whole service`
	}
}

func handle(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 512)
	if _, err := c.Read(buf); err != nil {
		log.Print(err)
	}
}

func answers(w http.ResponseWriter, r *http.Request) {
	go func() { // want `strict: a panic in the goroutine that starts here`
		if err := work(); err != nil {
			log.Print(err)
		}
	}()
}
