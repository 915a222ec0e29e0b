// Package renewals charges, each night, the subscriptions that are due.
package renewals

import (
	"fmt"
	"log"
	"sync"
	"time"

	"errvet.test/testdata/shop"
	"errvet.test/testdata/shop/notify"
	"errvet.test/testdata/shop/payment"
	"errvet.test/testdata/shop/store"
)

// Batch renews subscriptions.
type Batch struct {
	Payments *payment.Service
	Store    *store.Store
	Notify   *notify.Notifier
}

// Run renews what is due on day and reports how many subscriptions that were.
func (b *Batch) Run(day time.Time) (int, error) {
	due, err := b.Store.Due(day)
	if err != nil {
		log.Printf("renewals: %v", err)
	}
	for i := range due {
		err = b.renew(&due[i])
	}
	if err := b.Store.Replace(due); err != nil {
	}
	return len(due), nil
}

func (b *Batch) renew(sub *shop.Subscription) error {
	receipt := b.Payments.Process(sub.User, sub.Card, sub.Price)
	if receipt == nil {
		r, err := b.Payments.ProcessAny(sub.User, []string{sub.Backup}, sub.Price)
		if err != nil {
			return b.Notify.Declined(sub.User)
		}
		receipt = r
	}
	sub.Due = sub.Due.AddDate(0, 1, 0)
	return b.Notify.Receipt(sub.User, receipt)
}

// RunAll is Run with all subscriptions at once.
func (b *Batch) RunAll(day time.Time) error {
	due, err := b.Store.Due(day)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for i := range due {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err = b.renew(&due[i])
		}()
	}
	wg.Wait()
	return b.Store.Replace(due)
}

// Nightly runs the batch every 24 hours.
func (b *Batch) Nightly() {
	for range time.Tick(24 * time.Hour) {
		b.guarded(func() {
			n, err := b.Run(time.Now())
			if err != nil {
				fmt.Println("renewals failed:", err)
			}
			fmt.Println("renewed", n, "subscriptions")
		})
	}
}

func (b *Batch) guarded(run func()) {
	defer func() {
		if r := recover(); r != nil {
			b.Notify.Alert("renewals crashed")
		}
	}()
	run()
}
