package errmatch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
)

// A condition that compares one error with several is one decision, and one finding.

func badEither(ctx context.Context, d *net.Dialer, addr string) (net.Conn, error) {
	c, err := d.DialContext(ctx, "tcp", addr)
	if err == context.Canceled || err == context.DeadlineExceeded { // want `^err comes wrapped from d.DialContext \(line \d+\); == misses context.Canceled and context.DeadlineExceeded then, errors.Is finds them$`
		return nil, nil
	}
	return c, err
}

func badNeither(ctx context.Context, d *net.Dialer, addr string, report func(error)) {
	_, err := d.DialContext(ctx, "tcp", addr)
	if err != nil && (err != context.Canceled && context.DeadlineExceeded != err) { // want `^err comes wrapped from d.DialContext \(line \d+\); == misses context.Canceled and context.DeadlineExceeded then`
		report(err)
	}
}

// Two errors are two decisions.
func badOfTwo(ctx context.Context, d *net.Dialer, a, b string) bool {
	_, first := d.DialContext(ctx, "tcp", a)
	_, second := d.DialContext(ctx, "tcp", b)
	return first == context.Canceled || // want `^first comes wrapped from d.DialContext`
		second == context.Canceled // want `^second comes wrapped from d.DialContext`
}

// One kind that is meant and one that is not are two decisions, too.
func badOneNotOther(ctx context.Context, d *net.Dialer, addr string, again bool) bool {
	_, err := d.DialContext(ctx, "tcp", addr)
	return err == context.Canceled || // want `^err comes wrapped from d.DialContext \(line \d+\); == misses context.Canceled then, errors.Is finds it$`
		again && err != context.DeadlineExceeded // want `^err comes wrapped from d.DialContext \(line \d+\); == misses context.DeadlineExceeded then`
}

func okOneNotOther(ctx context.Context, d *net.Dialer, addr string, again bool) bool {
	_, err := d.DialContext(ctx, "tcp", addr)
	return errors.Is(err, context.Canceled) || again && !errors.Is(err, context.DeadlineExceeded)
}

func okOneNotOtherAsIs(ctx context.Context, again bool) bool {
	err := ctx.Err()
	return err == context.Canceled || again && err != context.DeadlineExceeded
}

// So are two conditions.
func badInTurn(ctx context.Context, d *net.Dialer, addr string) int {
	_, err := d.DialContext(ctx, "tcp", addr)
	if err == context.Canceled { // want `^err comes wrapped from d.DialContext \(line \d+\); == misses context.Canceled then, errors.Is finds it$`
		return 1
	}
	if err == context.DeadlineExceeded { // want `^err comes wrapped from d.DialContext \(line \d+\); == misses context.DeadlineExceeded then`
		return 2
	}
	return 0
}

func okEitherAsIs(r io.Reader, b []byte) bool {
	_, err := io.ReadFull(r, b)
	return err == io.EOF || err == io.ErrUnexpectedEOF
}

func okNeitherAsIs(r io.Reader, b []byte) bool {
	_, err := io.ReadFull(r, b)
	return err != nil && err != io.EOF && err != io.ErrUnexpectedEOF
}

func okEitherOfContext(ctx context.Context) bool {
	err := ctx.Err()
	return err == context.Canceled || err == context.DeadlineExceeded
}

func okEitherPredicate(name string) bool {
	_, err := os.Stat(name)
	return os.IsNotExist(err) || os.IsPermission(err)
}

func okNilOr(ctx context.Context) bool {
	err := ctx.Err()
	return err == nil || err == context.Canceled
}

func okOtherThanText(r io.Reader, b []byte, word string) bool {
	_, err := r.Read(b)
	return err == io.EOF || word == "end"
}

func okPointers(a, b *net.Dialer) bool { return a == b || a == nil || b == nil }

func okNilBoth(a, b error) bool { return a == nil && b == nil }

// What gives so many errors as they are that a fact cannot name them gives this one, too, perhaps.
func openLog(name string, n int) error {
	switch n {
	case 0:
		return ErrNoRows
	case 1:
		return ErrConflict
	case 2:
		return errStop
	case 3:
		return io.EOF
	case 4:
		return io.ErrClosedPipe
	case 5:
		return io.ErrShortBuffer
	case 6:
		return os.ErrExist
	case 7:
		return fmt.Errorf("open %s: %w", name, os.ErrExist)
	}
	return nil
}

// openFew gives few.
func openFew(name string, n int) error {
	switch n {
	case 0:
		return ErrNoRows
	case 1:
		return fmt.Errorf("open %s: %w", name, os.ErrExist)
	}
	return nil
}

func badOfMany(name string, n int) bool {
	return openLog(name, n) == os.ErrExist // want `^strict: nothing says that openLog\(name, n\) never comes wrapped`
}

func badOfFew(name string, n int) bool {
	return openFew(name, n) == os.ErrExist // want `^openFew\(name, n\) comes wrapped from openFew`
}

func okOfMany(name string, n int) bool { return errors.Is(openLog(name, n), os.ErrExist) }

func okOfFew(name string, n int) bool { return errors.Is(openFew(name, n), os.ErrExist) }

func okOfFewAsIs(name string, n int) bool { return openFew(name, n) == ErrNoRows }

func okOfManyNil(name string, n int) bool { return openLog(name, n) == nil }
