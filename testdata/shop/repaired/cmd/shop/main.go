// The shop command sells subscriptions.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"errvet.test/testdata/shop/repaired/config"
	"errvet.test/testdata/shop/repaired/gateway"
	"errvet.test/testdata/shop/repaired/notify"
	"errvet.test/testdata/shop/repaired/payment"
	"errvet.test/testdata/shop/repaired/renewals"
	"errvet.test/testdata/shop/repaired/store"
	"errvet.test/testdata/shop/repaired/web"
	"github.com/errvet/errvet/fault/boundary"
)

func main() {
	name := flag.String("config", "shop.json", "`file` with the settings")
	flag.Parse()
	boundary.Main(func(ctx context.Context) error { return run(ctx, *name) })
}

// run serves until ctx ends. It returns why it could not, or why it stopped.
func run(ctx context.Context, name string) error {
	cfg, err := config.Load(name)
	if err != nil {
		return err
	}
	logger := slog.Default()
	files := &store.Store{Dir: cfg.Data}
	notifier := &notify.Notifier{Mail: cfg.Mail, Alerts: cfg.Alerts}
	payments := &payment.Service{
		Gateway: gateway.New(cfg.Gateway, cfg.Key, cfg.Timeout),
		Store:   files, Notify: notifier, Log: logger,
	}
	batch := &renewals.Batch{Payments: payments, Store: files, Notify: notifier, Log: logger}
	shopfront := &web.Server{Payments: payments, Store: files, Log: logger}
	server := &http.Server{Addr: cfg.Listen, Handler: shopfront.Handler(), ReadHeaderTimeout: cfg.Timeout}

	group := boundary.NewGroup(ctx)
	group.Go(batch.Nightly)
	group.Go(func(context.Context) error {
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	group.Go(func(ctx context.Context) error {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		if err := server.Shutdown(grace); err != nil {
			return fmt.Errorf("shut down: %w", err)
		}
		return nil
	})
	return group.Wait()
}
