package unlogged

// The examples of the documentation.

import (
	"fmt"
	"log"
	"log/slog"
	"net/http"
)

type orders struct{}

func (o *orders) find(id string) (string, error) { return id, fmt.Errorf("no order %s", id) }
func (o *orders) renew() error                   { return fmt.Errorf("no connection") }

func (o *orders) show(w http.ResponseWriter, r *http.Request) {
	order, err := o.find(r.URL.Path)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError) // want `the client gets a fixed text for the failure of o\.find`
		return
	}
	fmt.Fprint(w, order)
}

func (o *orders) start() {
	go func() {
		if err := o.renew(); err != nil {
			return // want `o\.renew failed \(line \d+\), and function literal in \(\*orders\)\.start ends without a trace of it`
		}
		log.Print("renewed")
	}()
}

func (o *orders) renewAll() {
	if err := o.renew(); err != nil {
		log.Print("renewal failed") // want `the log tells that o\.renew failed`
	}
	log.Print("done")
}

func (o *orders) print() {
	if err := o.renew(); err != nil {
		fmt.Println("renewal failed:", err)
		return // want `the failure of o\.renew \(line \d+\) is only printed, where nobody reads it`
	}
	log.Print("done")
}

func (o *orders) store(order string) error { return fmt.Errorf("no room for %s", order) }

func (o *orders) consume(in <-chan string) {
	for order := range in {
		if err := o.store(order); err != nil {
			continue // want `^strict: the failure of o\.store \(line \d+\) is skipped without a trace`
		}
		log.Print("stored ", order)
	}
}

func (o *orders) renewAllLogged() {
	if err := o.renew(); err != nil {
		slog.Error("renewal failed", "err", err)
	}
	log.Print("done")
}

func (o *orders) showLogged(w http.ResponseWriter, r *http.Request) {
	order, err := o.find(r.URL.Path)
	if err != nil {
		slog.ErrorContext(r.Context(), "finding order", "path", r.URL.Path, "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, order)
}
