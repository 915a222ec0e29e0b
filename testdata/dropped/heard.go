package dropped

import (
	"context"
	"errors"
	"net"
	"os"
)

type sub struct {
	conn net.Conn
	errc chan error
}

func (s *sub) Err() <-chan error { return s.errc }

func (s *sub) push(b []byte) error {
	_, err := s.conn.Write(b)
	if err != nil {
		return err
	}
	return storeLast(b)
}

func storeLast(b []byte) error { return os.WriteFile("last", b, 0o600) }

func notify(s *sub, b []byte) error { return s.push(b) }

// That the other side is gone is heard in another clause.
func badHeard(s *sub, messages <-chan []byte) error {
	for {
		select {
		case b := <-messages:
			notify(s, b) // want `^strict: notify can fail, and nobody takes its error`
		case err := <-s.Err():
			return err
		}
	}
}

func badHeardOfOther(s, other *sub, messages <-chan []byte) error {
	for {
		select {
		case b := <-messages:
			notify(s, b) // want `^notify can fail, and nobody takes its error`
		case err := <-other.Err():
			return err
		}
	}
}

func badHeardContext(ctx context.Context, s *sub, messages <-chan []byte) error {
	for {
		select {
		case b := <-messages:
			notify(s, b) // want `^notify can fail, and nobody takes its error`
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func send(ctx context.Context, s *sub, b []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.push(b)
}

// That a context ends says nothing of what is sent under it.
func badHeardEnd(ctx context.Context, s *sub, messages <-chan []byte) error {
	for {
		select {
		case b := <-messages:
			send(ctx, s, b) // want `^send can fail, and nobody takes its error`
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func okHeardEnd(ctx context.Context, s *sub, messages <-chan []byte) error {
	for {
		select {
		case b := <-messages:
			if err := send(ctx, s, b); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func okSent(ctx context.Context, s *sub, b []byte) error { return send(ctx, s, b) }

func okHeard(s *sub, messages <-chan []byte) error {
	for {
		select {
		case b := <-messages:
			if err := notify(s, b); err != nil {
				return err
			}
		case err := <-s.Err():
			return err
		}
	}
}

func okSaidFatal(s *sub, b []byte, last bool) {
	// It is not fatal if that fails.
	if last {
		notify(s, b) // want `^silenced\(comment\): notify can fail`
	}
}

func okPushed(s *sub, b []byte) error { return s.push(b) }

func okHeardTold(s *sub, messages <-chan []byte, tell func(error)) {
	for {
		select {
		case b := <-messages:
			tell(notify(s, b))
		case <-s.Err():
			return
		}
	}
}

func okHeardLast(s *sub, messages <-chan []byte) error {
	select {
	case b := <-messages:
		return notify(s, b)
	case err := <-s.Err():
		return err
	}
}

func okHeardKept(s *sub, messages <-chan []byte) (err error) {
	for b := range messages {
		err = errors.Join(err, notify(s, b))
	}
	return err
}
