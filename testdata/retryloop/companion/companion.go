// Package companion imports errvet's companion, so that its fixes may use it.
package companion

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/errvet/errvet/fault/retry"
)

var errGaveUp = errors.New("gave up")

func connect(addr string) (net.Conn, error) { return net.Dial("tcp", addr) }

func send(ctx context.Context, b []byte) error {
	_, err := http.NewRequestWithContext(ctx, http.MethodPost, string(b), nil)
	return err
}

func already(ctx context.Context, addr string) (net.Conn, error) {
	return retry.Do(ctx, retry.Policy{Attempts: 3}, func(context.Context) (net.Conn, error) { return connect(addr) })
}

func sleeps(ctx context.Context, b []byte) error {
	var err error
	for i := 0; i < 10; i++ { // want `cannot be cancelled`
		if err = send(ctx, b); err == nil {
			return nil
		}
		time.Sleep(2 * time.Second)
	}
	return err
}

func atOnce(addr string, tries int) (c net.Conn, err error) {
	for i := 0; i < tries; i++ { // want `never waits`
		if c, err = connect(addr); err == nil {
			return c, nil
		}
	}
	return nil, fmt.Errorf("after %d tries: %w", tries, err)
}

func endsWell(ctx context.Context, addr string) (net.Conn, error) {
	for range 50 { // want `cannot be cancelled`
		c, err := connect(addr)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		return c, nil
	}
	return nil, nil // want `ends in success`
}

func noLast(ctx context.Context, b []byte) error {
	for range 3 {
		if err := send(ctx, b); err == nil {
			return nil
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errors.New("could not send") // want `ends without the last error`
}

func noLastSentinel(addr string) (net.Conn, error) {
	var c net.Conn
	var err error
	for range 50 { // want `strict: no jitter`
		c, err = connect(addr)
		if err == nil {
			return c, nil
		}
		time.Sleep(time.Second)
	}
	return nil, errGaveUp // want `ends without the last error`
}

// What each turn does besides is not package retry's.
func logs(ctx context.Context, b []byte) error {
	for i := 0; i < 10; i++ { // want `cannot be cancelled`
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		log.Printf("attempt %d: %v", i, err)
		time.Sleep(time.Minute)
	}
	return nil // want `ends in success`
}

func growing(ctx context.Context, b []byte) error {
	wait := time.Second
	for range 10 { // want `cannot be cancelled`
		if err := send(ctx, b); err == nil {
			return nil
		}
		time.Sleep(wait + rand.N(wait))
		wait *= 2
	}
	return errGaveUp // want `ends without the last error`
}

// Package errors is used whatever fixes do.
func is(err error) bool { return errors.Is(err, errGaveUp) }
