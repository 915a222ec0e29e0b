package lostcause

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

// A deadline is refused only by what is closed: nothing more is to be said.
func badDeadlineSet(c net.Conn) error {
	if err := c.SetReadDeadline(time.Now().Add(time.Second)); err != nil {
		return errors.New("cannot set a time limit") // want `^strict: the error of c.SetReadDeadline \(line \d+\) is replaced`
	}
	return nil
}

type port struct{ n int }

func portFromString(s string) (port, error) {
	var p port
	if _, err := fmt.Sscan(s, &p.n); err != nil {
		return p, err
	}
	if p.n > 1<<16 {
		return p, errors.New("too large")
	}
	return p, nil
}

// What is made from a text fails over that text, which is told.
func badFromString(s string) (port, error) {
	p, err := portFromString(s)
	if err != nil {
		return p, fmt.Errorf("%q is no port", s) // want `^strict: the error of portFromString \(line \d+\) is replaced`
	}
	return p, nil
}

var errFull = errors.New("full")

func offer(ctx context.Context, c chan<- string, s string, limit time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case c <- s:
		return nil
	case <-time.After(limit):
		return errFull
	}
}

// The background never ends, so that one reason is left.
func badOffered(c chan<- string) error {
	if err := offer(context.Background(), c, "x", time.Second); err != nil {
		return errors.New("nobody takes it") // want `^strict: the error of offer \(line \d+\) is replaced`
	}
	return nil
}

func badRead(name string) error {
	if _, err := os.ReadFile(name); err != nil {
		return errors.New("no settings") // want `^the error of os.ReadFile \(line \d+\) is replaced`
	}
	return nil
}

func okDeadlineSet(c net.Conn) error {
	if err := c.SetReadDeadline(time.Now().Add(time.Second)); err != nil {
		return fmt.Errorf("time limit: %w", err)
	}
	return nil
}

func okDeadlineGiven(c net.Conn) error { return c.SetDeadline(time.Time{}) }

func okFromString(s string) (port, error) {
	p, err := portFromString(s)
	if err != nil {
		return p, fmt.Errorf("port %q: %w", s, err)
	}
	return p, nil
}

func okOffered(ctx context.Context, c chan<- string) error {
	if err := offer(ctx, c, "x", time.Second); err != nil {
		return fmt.Errorf("nobody takes it: %w", err)
	}
	return nil
}

func okOfferedAsked(c chan<- string) bool {
	return errors.Is(offer(context.Background(), c, "x", time.Second), errFull)
}

func okRead(name string) error {
	if _, err := os.ReadFile(name); err != nil {
		return errors.Join(errors.New("no settings"), err)
	}
	return nil
}

func okReadBoth(name string) error {
	_, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("no settings: %v: %w", err, errFull)
	}
	return nil
}

func okReadLater(name string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("no settings: %w", err)
		}
	}()
	_, err = os.ReadFile(name)
	return err
}

// sum32 has some of what a hash has.
type sum32 interface {
	io.Writer
	Sum32() uint32
	Reset()
}

type resetter interface {
	io.Writer
	Reset()
}

func okOwnHash(h sum32, s string) (uint32, error) {
	if _, err := h.Write([]byte(s)); err != nil {
		return 0, errors.New("cannot happen")
	}
	return h.Sum32(), nil
}

func badNoHash(h resetter, s string) error {
	if _, err := h.Write([]byte(s)); err != nil {
		return errors.New("can happen") // want `^the error of h.Write \(line \d+\) is replaced`
	}
	return nil
}

func okNoHash(h resetter, s string) error {
	if _, err := h.Write([]byte(s)); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}
