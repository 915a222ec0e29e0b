// Package libraries holds retries that others make.
package libraries

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"time"

	retrygo "github.com/avast/retry-go/v4"
	"github.com/cenkalti/backoff/v5"
	"github.com/errvet/errvet/fault/retry"
	"k8s.io/apimachinery/pkg/util/wait"
)

func connect(addr string) (net.Conn, error) { return net.Dial("tcp", addr) }

func send(ctx context.Context, b []byte) error {
	_, err := http.NewRequestWithContext(ctx, http.MethodPost, string(b), bytes.NewReader(b))
	return err
}

// What runs attempts for others has thought of waits, bounds and the last error.

func okBackoff(ctx context.Context, addr string) (net.Conn, error) {
	return backoff.Retry(ctx, func() (net.Conn, error) { return connect(addr) })
}

func okRetryGo(ctx context.Context, b []byte) error {
	return retrygo.Do(func() error { return send(ctx, b) }, retrygo.Attempts(5))
}

func okFault(ctx context.Context, addr string) (net.Conn, error) {
	return retry.Do(ctx, retry.Policy{Attempts: 3}, func(context.Context) (net.Conn, error) { return connect(addr) })
}

func okPollUntil(ctx context.Context, b []byte) error {
	return wait.PollUntilContextTimeout(ctx, time.Second, time.Minute, true, func(ctx context.Context) (bool, error) {
		if err := send(ctx, b); err != nil {
			return false, nil //nolint:nilerr // tried again
		}
		return true, nil
	})
}

type pacer struct{ left int }

func (p *pacer) NextBackOff() time.Duration { p.left--; return time.Second }

// The policy decides how often and how long.
func okOwnBackoff(ctx context.Context, p *pacer, b []byte) error {
	for {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		d := p.NextBackOff()
		if d < 0 {
			return err
		}
		time.Sleep(d)
	}
}

type budget struct{ left int }

func (b *budget) Ongoing() bool { b.left--; return b.left > 0 }
func (b *budget) Wait()         {}

func okOngoing(ctx context.Context, tries *budget, b []byte) error {
	var err error
	for tries.Ongoing() {
		if err = send(ctx, b); err == nil {
			return nil
		}
		tries.Wait()
	}
	return err
}
