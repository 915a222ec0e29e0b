package fault_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/errvet/errvet/fault"
)

const (
	ErrOrder      fault.Code = "order"
	ErrOutOfStock fault.Code = "order.out_of_stock"
)

// StockError carries values; its code is one line.
type StockError struct {
	ItemID     int64
	Have, Want int
	Customer   string `log:"-"`
}

func (e *StockError) Error() string {
	return fmt.Sprintf("item %d: %d of %d", e.ItemID, e.Have, e.Want)
}
func (e *StockError) Unwrap() error { return ErrOutOfStock }

func ExampleCode() {
	err := fmt.Errorf("place: %w", &StockError{ItemID: 7, Have: 1, Want: 3})

	fmt.Println(errors.Is(err, ErrOutOfStock), errors.Is(err, ErrOrder))
	if stock, ok := errors.AsType[*StockError](err); ok {
		fmt.Println("missing:", stock.Want-stock.Have)
	}
	// Output:
	// true true
	// missing: 2
}

func ExampleCode_Error() {
	fmt.Println(fmt.Errorf("place: %w", ErrOutOfStock))
	// Output: place: order.out_of_stock
}

func ExampleCode_Is() {
	fmt.Println(ErrOutOfStock.Is(ErrOrder), ErrOrder.Is(ErrOutOfStock))
	// Output: true false
}

func ExampleCodeOf() {
	fmt.Println(fault.CodeOf(fmt.Errorf("place: %w", &StockError{})))
	fmt.Println(fault.CodeOf(errors.New("no code")) == "")
	// Output:
	// order.out_of_stock
	// true
}

func ExampleTransient() {
	err := fault.Transient(errors.New("queue is full"))
	fmt.Println(err, fault.IsTransient(err))
	// Output: queue is full true
}

func ExamplePermanent() {
	// A time-out is transient, but this one must not be repeated: the charge may have been made.
	err := fault.Permanent(fmt.Errorf("charge: %w", context.DeadlineExceeded))
	fmt.Println(fault.IsTransient(err), errors.Is(err, context.DeadlineExceeded))
	// Output: false true
}

// A client that passes on what the server asks for.
func ExampleAfter() {
	check := func(answer *http.Response) error {
		if answer.StatusCode != http.StatusTooManyRequests {
			return nil
		}
		err := errors.New(answer.Status)
		if s, wrong := strconv.Atoi(answer.Header.Get("Retry-After")); wrong == nil {
			return fault.After(err, time.Duration(s)*time.Second)
		}
		return fault.Transient(err)
	}
	err := check(&http.Response{StatusCode: 429, Status: "429 Too Many Requests", Header: http.Header{"Retry-After": {"120"}}})
	wait, ok := fault.RetryAfter(err)
	fmt.Println(err, fault.IsTransient(err), wait, ok)
	// Output: 429 Too Many Requests true 2m0s true
}

func ExampleIsTransient() {
	fmt.Println(fault.IsTransient(errors.New("unknown")))
	fmt.Println(fault.IsTransient(fmt.Errorf("query: %w", context.DeadlineExceeded)))
	fmt.Println(fault.IsTransient(fmt.Errorf("query: %w", context.Canceled)))
	// Output:
	// false
	// true
	// false
}

func ExampleIsPermanent() {
	fmt.Println(fault.IsPermanent(errors.New("unknown")))
	fmt.Println(fault.IsPermanent(fault.Permanent(errors.New("no such user"))))
	// Output:
	// false
	// true
}

func ExampleRetryAfter() {
	err := errors.Join(fault.After(errors.New("shard 1"), time.Second), fault.After(errors.New("shard 2"), time.Minute))
	fmt.Println(fault.RetryAfter(err))
	// Output: 1m0s true
}

func ExampleWithPublic() {
	err := fault.WithPublic(fmt.Errorf("insert into orders: %w", ErrOutOfStock), "This item is sold out.")
	public, _ := fault.PublicOf(err)
	fmt.Println("page:", public)
	fmt.Println("log: ", err)
	// Output:
	// page: This item is sold out.
	// log:  insert into orders: order.out_of_stock
}

func ExamplePublicOf() {
	text, ok := fault.PublicOf(errors.New("dial tcp 10.0.0.7: refused"))
	if !ok {
		text = "Something went wrong."
	}
	fmt.Println(text)
	// Output: Something went wrong.
}

func ExampleAttr() {
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	err := fmt.Errorf("place: %w", &StockError{ItemID: 7, Have: 1, Want: 3, Customer: "alice"})
	log.Error("order failed", fault.Attr(err))
	// Output:
	// level=ERROR msg="order failed" error.type=fault_test.StockError error.message="place: item 7: 1 of 3" error.code=order.out_of_stock error.details.item_id=7 error.details.have=1 error.details.want=3
}
