package retryloop

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"time"
)

// The examples of the documentation.

func dial(addr string) (net.Conn, error) { return net.Dial("tcp", addr) }

func exampleEndless(addr string) (net.Conn, error) {
	for { // want `never ends and never waits`
		c, err := dial(addr)
		if err == nil {
			return c, nil
		}
	}
}

func exampleSleeps(ctx context.Context, msg []byte) (err error) {
	for range 10 { // want `cannot be cancelled`
		err = send(ctx, msg)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func exampleForgets(ctx context.Context, msg []byte) error {
	for range 3 {
		if err := send(ctx, msg); err == nil {
			return nil
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return errors.New("could not send") // want `ends without the last error`
}

func exampleRight(ctx context.Context, msg []byte) (err error) {
	wait := 100 * time.Millisecond
	for range 5 {
		if err = send(ctx, msg); err == nil {
			return nil
		}
		select {
		case <-time.After(wait + rand.N(wait)):
			wait = min(2*wait, 10*time.Second)
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		}
	}
	return fmt.Errorf("send: %w", err)
}
