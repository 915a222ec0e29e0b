// The shop command sells subscriptions.
package main

import (
	"flag"
	"log"
	"net/http"

	"errvet.test/testdata/shop/config"
	"errvet.test/testdata/shop/gateway"
	"errvet.test/testdata/shop/notify"
	"errvet.test/testdata/shop/payment"
	"errvet.test/testdata/shop/renewals"
	"errvet.test/testdata/shop/store"
	"errvet.test/testdata/shop/web"
)

func main() {
	name := flag.String("config", "shop.json", "`file` with the settings")
	flag.Parse()
	cfg := config.Load(*name)

	files := &store.Store{Dir: cfg.Data}
	notifier := &notify.Notifier{Mail: cfg.Mail, Alerts: cfg.Alerts}
	payments := &payment.Service{
		Gateway: &gateway.Client{URL: cfg.Gateway, Key: cfg.Key},
		Store:   files,
		Notify:  notifier,
	}
	batch := &renewals.Batch{Payments: payments, Store: files, Notify: notifier}
	go batch.Nightly()

	server := &web.Server{Payments: payments, Store: files}
	http.ListenAndServe(cfg.Listen, server.Handler())
	log.Print("stopped")
}
